"""Old -> new of every edit (django-simple-history), stamped with the business clock and tied to its author for good."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, cached_property, partial
from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords

from p2emas import clock

AUTHOR, HISTORY = "_history_user", "history"  # attributes of a record that simple-history reads and sets
WRITTEN = "_history_is_written"  # attribute of a record whose deletion is in its history already


class EditManager(HistoryManager):
    @classmethod
    @cache
    def from_queryset(cls, queryset_class, class_name=None):
        """One class for all: the stock descriptor builds a new one whenever ``record.history`` is read."""
        return super().from_queryset(queryset_class, class_name)


class EditHistory(HistoricalRecords):
    """History of a model's edits.

    Leave status and stamps out (``excluded_fields``): steps are written by the workflow, and a queryset's
    ``update()`` is invisible here, so a step would be booked to the next person who saves.
    """

    def __init__(self, *args, history_manager=EditManager, **kwargs) -> None:
        super().__init__(*args, history_manager=history_manager, **kwargs)

    def _get_history_user_fields(self):
        # The stock field forgets the author when a user is deleted; ours refuses the deletion.
        return {
            "history_user": models.ForeignKey(
                settings.AUTH_USER_MODEL, null=True, related_name="+", on_delete=models.PROTECT
            )
        }

    def post_save(self, instance, created, using=None, update_fields=None, **kwargs):
        """Saving nothing but what is left out (each sign-in stamps its user) is no edit; it would push real ones out"""
        if created or not update_fields or not set(update_fields) <= set(self.excluded_fields):
            super().post_save(instance, created, using=using, **kwargs)

    def post_delete(self, instance, using=None, **kwargs):
        if not getattr(instance, WRITTEN, False):
            super().post_delete(instance, using=using, **kwargs)

    def create_historical_record(self, instance, history_type, using=None):
        instance._history_date = clock.now()
        try:
            return super().create_historical_record(instance, history_type, using)
        finally:
            del instance._history_date


def set_author(record: models.Model, author: models.Model | None) -> None:
    """Say who makes the next edit of ``record``, where no request does."""
    setattr(record, AUTHOR, author)


def set_reason(record: models.Model, reason: str) -> None:
    """Say why the next edit of ``record`` is made."""
    record._change_reason = reason  # type: ignore[attr-defined]  # simple-history reads it


def last_edit(record: models.Model) -> int | None:
    """Number of the last edit in the history of ``record``, by which two editors notice each other.

    By number, not by date: the day of the demo is fixed while its clock runs, and edits of a second evening
    come before those of the first.
    """
    return last_of(history_of(record).all())


def history_of(tracked: models.Model | type[models.Model]) -> "models.Manager[Any]":
    """The edits of one record, or of all records of a model whose history is kept."""
    return getattr(tracked, HISTORY)


def last_of(rows: models.QuerySet) -> int | None:
    """The same of any historical rows."""
    return rows.order_by("-pk").values_list("pk", flat=True).first()


@dataclass
class Edit:
    """One edit: who did it when, and what became of each field (label, old, new)."""

    at: datetime
    author: str
    kind: str
    kind_of_thing: str
    name_of_thing: Callable[[], str] | None  # made when asked for: of hundreds of new parts only their number is told
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    author_id: int | None = None
    reason: str = ""

    KINDS = {"+": "Dibuat", "~": "Diubah", "-": "Dihapus"}

    @property
    def kind_label(self) -> str:
        return self.KINDS[self.kind]

    @cached_property
    def thing(self) -> str:
        """ "baris rencana: Bibit lada"; only its kind where names are not asked for."""
        return f"{self.kind_of_thing}: {self.name_of_thing()}" if self.name_of_thing else self.kind_of_thing


def edits_of(
    *histories: models.QuerySet,
    limit: int = 200,
    show: Callable[[models.Field, Any], str | None] | None = None,
    record: models.Model | None = None,
    named: bool = True,
) -> list[Edit]:
    """Edits found in historical rows, newest first; at most ``limit`` of each queryset are read.

    Pass ``record.history.all()``, and for parts of the record ``Part.history.filter(record=record)``. ``show``
    words a value of a plain field (money, dates); None leaves it to this module. ``record`` is at hand: what its
    parts point to need not be asked for. Without ``named`` nothing that foreign keys lead to is asked for: things
    are called by their kind, and a changed key has no values. The number of queries depends on the number of
    histories and their foreign keys, never on the number of rows.
    """
    edits: list[tuple[datetime, int, Edit]] = []
    for history in histories:
        rows = list(history.select_related("history_user").order_by("-history_date", "-history_id")[:limit])
        edits += _edits_of_rows(reversed(rows), _Related(history.model, rows, record), show, named)
    return [edit for *_key, edit in sorted(edits, key=lambda found: found[:2], reverse=True)]


def _edits_of_rows(
    rows: Iterable[Any], related: "_Related", show: Any, named: bool
) -> Iterator[tuple[datetime, int, Edit]]:
    """Date, number and edit of the rows of one model, oldest first; what changed nothing is left out."""
    before: dict[Any, Any] = {}
    for row in rows:
        key = getattr(row, row.instance_type._meta.pk.attname)
        kind, name = str(row.instance_type._meta.verbose_name), partial(_name, row, related) if named else None
        edit = Edit(row.history_date, str(row.history_user or ""), row.history_type, kind, name)
        edit.author_id = row.history_user_id
        edit.reason = row.history_change_reason or ""
        if row.history_type == "~" and key in before:
            edit.changes = _changes(before[key], row, related, show, named)
        if edit.changes or row.history_type != "~" or key not in before:
            yield row.history_date, row.history_id, edit
        before[key] = row


def _name(row: Any, related: "_Related") -> str:
    record = row.instance_type(**{f.attname: getattr(row, f.attname) for f in row.tracked_fields})
    for tracked in row.tracked_fields:
        if found := related.records.get((tracked.name, getattr(row, tracked.attname))):
            setattr(record, tracked.name, found)
    try:
        return str(record)
    except ObjectDoesNotExist:  # what it hung from is gone too
        return str(record.pk)


def _changes(old: Any, new: Any, related: "_Related", show: Any, named: bool) -> list[tuple[str, str, str]]:
    def pair(f: Any) -> tuple[str, str]:
        if f.is_relation and not named:
            return "", ""
        before, after = (_shown(f, getattr(row, f.attname), related, show) for row in (old, new))
        return before, after

    return [(_label(f), *pair(f)) for f in new.tracked_fields if getattr(old, f.attname) != getattr(new, f.attname)]


def _label(tracked: models.Field) -> str:
    """A key without words of its own is called by what it leads to, not by its English name."""
    if tracked.remote_field is not None and getattr(tracked, "_verbose_name", None) is None:
        return str(tracked.remote_field.model._meta.verbose_name)
    return str(tracked.verbose_name)


def _shown(tracked: models.Field, value: Any, related: "_Related", show: Any) -> str:
    if value is None or value == "":
        return "\N{EN DASH}"
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if tracked.is_relation:
        return related.names.get((tracked.name, value), "sudah dihapus")
    worded = show(tracked, value) if show and not tracked.flatchoices else None
    return worded if worded is not None else str(dict(tracked.flatchoices or ()).get(value, value))


class _Related:
    """What the foreign keys of some historical rows lead to: (field, id) -> the record; asked for at the first name."""

    def __init__(self, model: Any, rows: list[Any], known: models.Model | None) -> None:
        self.model, self.rows, self.known = model, rows, known

    @cached_property
    def records(self) -> dict[tuple[str, Any], models.Model]:
        """In one query for each foreign key; what its name needs comes along."""
        found: dict[tuple[str, Any], models.Model] = {}
        for tracked in self.model.tracked_fields:
            if tracked.is_relation:
                wanted = {getattr(row, tracked.attname) for row in self.rows} - {None}
                records = _whole(tracked.related_model, wanted, self.known)
                found |= {(tracked.name, pk): record for pk, record in records.items()}
        return found

    @cached_property
    def names(self) -> dict[tuple[str, Any], str]:
        return {key: str(found) for key, found in self.records.items()}


def _required(model: type[models.Model]) -> list[Any]:
    return [f for f in model._meta.concrete_fields if f.many_to_one and not f.null]


def _names_below(first: Any) -> list[str]:
    return [f"{first.name}__{second.name}" for second in _required(first.related_model)]


def _whole(model: type[models.Model], keys: set[Any], known: models.Model | None) -> dict[Any, models.Model]:
    """The rows with what they require and what that requires: names are made of two tables, or three."""
    if type(known) is model and known.pk in keys:
        return {known.pk: known} | _whole(model, keys - {known.pk}, None)
    if not keys:
        return {}
    relations = [name for first in _required(model) for name in (first.name, *_names_below(first))]
    rows = model._base_manager.all()
    return (rows.select_related(*relations) if relations else rows).in_bulk(keys)
