"""Whether states, their history and the history of edits still say the same as the records.

What came later is told by its number: the day of the demo is pinned, so its moments may go backwards.
"""

from collections.abc import Iterator
from itertools import islice, pairwise
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from p2emas.history.records import history_of
from p2emas.workflow.models import Chain, StatusChange

BATCH = 500


def chain_models() -> list[type[Chain]]:
    return [model for model in apps.get_models() if issubclass(model, Chain)]


def states() -> Iterator[str]:
    """A status that was not moved by ``take_step``, or one that no step led to."""
    for model in chain_models():
        kind = ContentType.objects.get_for_model(model)
        changes = StatusChange.objects.filter(content_type=kind, object_id=OuterRef("pk")).order_by("-pk")
        moved: QuerySet = model._base_manager.annotate(last=Subquery(changes.values("new")[:1]))
        for record in moved.exclude(last=None).exclude(status=F("last")).order_by("pk"):
            which = f"{model._meta.verbose_name} {record.pk}"
            yield f"{which} berstatus {record.status}, padahal langkah terakhirnya menuju {record.last}."
        codes = list(model.status_words())
        rows: QuerySet = model._base_manager.all()
        for pk in rows.exclude(status__in=codes).values_list("pk", flat=True):
            yield f"{model._meta.verbose_name} {pk} berstatus yang tidak dikenal."


def steps() -> Iterator[str]:
    """Steps of records that are gone, and steps that do not join."""
    for model in chain_models():
        kind = ContentType.objects.get_for_model(model)
        rows = StatusChange.objects.filter(content_type=kind)
        there = model._base_manager.filter(pk=OuterRef("object_id"))
        for row in rows.filter(~Exists(there)):
            yield f"Langkah {row.pk} menunjuk {model._meta.verbose_name} {row.object_id} yang tidak ada."
        for before, after in pairwise(rows.order_by("object_id", "pk").iterator(chunk_size=2000)):
            if before.object_id == after.object_id and before.new != after.old:
                yield f"Langkah {after.pk} berangkat dari {after.old}, padahal langkah sebelumnya menuju {before.new}."


def edits() -> Iterator[str]:
    """Rows that were changed or removed past their history (by hand in the database)."""
    for model in apps.get_models():
        if hasattr(model, "history") and not hasattr(model, "history_object"):
            yield from _edits_of(model)


def _edits_of(model: type[models.Model]) -> Iterator[str]:
    history = history_of(model).model
    pk, fields = model._meta.pk.attname, [field.attname for field in history.tracked_fields]
    live = model._base_manager.order_by("pk")
    every = live.values_list("pk", flat=True).iterator(chunk_size=BATCH)
    while keys := list(islice(every, BATCH)):
        stored = {row["pk"]: row for row in live.filter(pk__in=keys).values("pk", *fields)}
        for last in _latest(history, pk, keys, fields):
            row = stored.get(last[pk], {})
            different = [name for name in fields if row and row[name] != last[name]]
            if different:
                yield "{kind} {pk} berbeda dari riwayatnya: {fields}.".format(
                    kind=model._meta.verbose_name,
                    pk=last[pk],
                    fields=", ".join(different),
                )
    newest = history.objects.filter(**{pk: OuterRef(pk)}).order_by("-history_id")
    gone = history.objects.filter(~Exists(model._base_manager.filter(pk=OuterRef(pk))))
    for key in (
        gone.filter(history_id=Subquery(newest.values("history_id")[:1]))
        .exclude(history_type="-")
        .values_list(pk, flat=True)
    ):
        yield f"{model._meta.verbose_name} {key} hilang tanpa catatan penghapusan."


def _latest(history: Any, pk: str, keys: Any, fields: list[str]) -> Iterator[dict[str, Any]]:
    """The newest historical row of each key; later ones overwrite earlier ones."""
    found = {}
    rows = history.objects.filter(**{f"{pk}__in": keys}).order_by("history_id")
    for row in rows.values(pk, *fields):
        found[row[pk]] = row
    return iter(found.values())
