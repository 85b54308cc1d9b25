"""Old -> new of every edit (django-simple-history), stamped with the business clock and tied to its author for good."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from p2emas import clock


class EditHistory(HistoricalRecords):
    """History of a model's edits.

    Leave status and stamps out (``excluded_fields``): steps are written by the workflow, and a queryset's
    ``update()`` is invisible here, so a step would be booked to whoever saves next.
    """

    def _get_history_user_fields(self):
        # The stock field forgets the author when a user is deleted; ours refuses the deletion.
        return {
            "history_user": models.ForeignKey(
                settings.AUTH_USER_MODEL, null=True, related_name="+", on_delete=models.PROTECT
            )
        }

    def create_historical_record(self, instance, history_type, using=None):
        instance._history_date = clock.now()
        try:
            return super().create_historical_record(instance, history_type, using)
        finally:
            del instance._history_date


@dataclass
class Edit:
    """One edit: who did it when, and what became of each field (label, old, new)."""

    at: datetime
    author: str
    kind: str
    thing: str
    changes: list[tuple[str, str, str]] = field(default_factory=list)

    KINDS = {"+": _("Dibuat"), "~": _("Diubah"), "-": _("Dihapus")}

    @property
    def kind_label(self) -> str:
        return self.KINDS[self.kind]


def edits_of(*histories: models.QuerySet, limit: int = 200) -> list[Edit]:
    """Edits found in historical rows, newest first; at most ``limit`` of each queryset are read.

    Pass ``record.history.all()``, and for parts of the record ``Part.history.filter(record=record)``.
    """
    edits: list[tuple[datetime, int, Edit]] = []
    for history in histories:
        rows = list(history.select_related("history_user").order_by("-history_date", "-history_id")[:limit])
        names = _related_names(history.model, rows)
        later: dict[Any, Any] = {}
        for row in reversed(rows):
            key = getattr(row, history.model.instance_type._meta.pk.attname)
            edit = Edit(row.history_date, str(row.history_user or ""), row.history_type, _thing(row))
            if row.history_type == "~" and key in later:
                edit.changes = _changes(later[key], row, names)
            if edit.changes or row.history_type != "~" or key not in later:
                edits.append((row.history_date, row.history_id, edit))
            later[key] = row
    return [edit for *_key, edit in sorted(edits, key=lambda found: found[:2], reverse=True)]


def _thing(row: Any) -> str:
    record = row.instance_type(**{f.attname: getattr(row, f.attname) for f in row.tracked_fields})
    return f"{row.instance_type._meta.verbose_name}: {record}"


def _changes(old: Any, new: Any, names: dict[tuple[str, Any], str]) -> list[tuple[str, str, str]]:
    return [
        (str(f.verbose_name), _shown(f, getattr(old, f.attname), names), _shown(f, getattr(new, f.attname), names))
        for f in new.tracked_fields
        if getattr(old, f.attname) != getattr(new, f.attname)
    ]


def _shown(tracked: models.Field, value: Any, names: dict[tuple[str, Any], str]) -> str:
    if value is None or value == "":
        return "\N{EN DASH}"
    if isinstance(value, bool):
        return str(_("ya") if value else _("tidak"))
    if (tracked.name, value) in names:
        return names[tracked.name, value]
    return str(dict(tracked.flatchoices or ()).get(value, value))


def _related_names(model: Any, rows: list[Any]) -> dict[tuple[str, Any], str]:
    """(field, id) -> the record's name, in one query for each foreign key."""
    wanted = defaultdict(set)
    relations = [f for f in model.tracked_fields if f.is_relation]
    for tracked in relations:
        wanted[tracked].update(getattr(row, tracked.attname) for row in rows)
    return {
        (tracked.name, pk): str(record)
        for tracked in relations
        for pk, record in tracked.related_model._base_manager.in_bulk(wanted[tracked] - {None}).items()
    }
