"""Which open draft carries out what was decided."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Model, Q

from districts.competencies.models import CompetencyDetermination
from districts.locations.models import DecreeItem
from districts.locations.rounds.models import SelectionRound
from p2emas.documents.models import Decree
from p2emas.instruments.discussed import drafts_with

BY_ITEMS = (CompetencyDetermination, SelectionRound)


@drafts_with.provide
def drafts_carrying(records: Sequence[Model]) -> dict[Model, Decree]:
    """Of competencies and rounds of villages by the items of drafts, of others by the decree that they name."""
    rows: Sequence[Any] = records
    others = [row for row in rows if not isinstance(row, BY_ITEMS) and row.NEEDS_DECREE]
    named = {row: row.decree_id for row in others if row.decree_id}
    drafts = Decree.objects.drafts().in_bulk(set(named.values())) if named else {}
    return dict(_by_items(records)) | {row: drafts[key] for row, key in named.items() if key in drafts}


def _by_items(records: Sequence[Model]) -> Iterator[tuple[Model, Decree]]:
    kept = {(type(row), row.pk): row for row in records if isinstance(row, BY_ITEMS)}
    if not kept:
        return
    determined, rounds = ([pk for kind, pk in kept if kind is each] for each in BY_ITEMS)
    of_these = Q(determination__in=determined) | Q(candidate__round__in=rounds)
    items = DecreeItem.objects.filter(of_these, decree__status=Decree.Status.DRAFT)
    for item in items.select_related("decree", "candidate"):
        if item.candidate is None:
            yield kept[CompetencyDetermination, item.determination_id or 0], item.decree
        else:
            yield kept[SelectionRound, item.candidate.round_id], item.decree
