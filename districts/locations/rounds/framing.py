"""Writes of a round before it opens: its frame, its criteria, and the weights that its members agree on."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction

from districts.locations.rounds.criteria import Criterion, PairwiseJudgment
from districts.locations.rounds.models import SelectionRound
from districts.locations.rounds.replicating import first_criteria
from p2emas.accounts.models import User
from p2emas.workflow.editing import EditConflict, claim_version

Status, Kind = SelectionRound.Status, SelectionRound.Kind
FRAME = ("name", "unit", "direction", "weight", "low", "high", "source")


@transaction.atomic
def create_round(*, fields: Mapping[str, Any]) -> SelectionRound:
    """A new draft; its criteria begin as those of the round of its kind before, so that years can be compared.

    ``source`` among the fields makes it a round that passes the success of that location on. The same form sent again
    (a double click, a page loaded again) leads to the draft that it has made already.
    """
    rounds = SelectionRound.objects.exclude(status=Status.CANCELLED).order_by("-year", "-pk")
    fields = {"kind": Kind.REPLICATION if fields.get("source") else Kind.SELECTION} | dict(fields)
    rounds.select_for_update(no_key=True).first()  # holds the second click until the first is through
    before = rounds.filter(kind=fields["kind"]).first()
    same = rounds.filter(status=Status.DRAFT, version=0, **fields).first()
    if same is not None:
        return same
    selection = SelectionRound.objects.create(**fields)
    if before is not None:
        _copy_criteria(before, selection)
    elif selection.is_replication:
        for criterion in first_criteria(selection):
            criterion.save()
    return selection


def _copy_criteria(before: SelectionRound, selection: SelectionRound) -> None:
    for criterion in before.criteria.all():
        copied = Criterion(round=selection, **{name: getattr(criterion, name) for name in FRAME})
        copied.save()
        if criterion.pk == before.tie_break_id:
            selection.tie_break = copied
    if selection.tie_break_id:
        selection.save()


@transaction.atomic
def save_round(*, selection: SelectionRound, seen: int, fields: Mapping[str, Any]) -> None:
    """The frame of a draft, or the closing day of an open round. Raises ``EditConflict``."""
    claim_version(selection, seen, Status.DRAFT, Status.OPEN)
    for name, value in fields.items():
        setattr(selection, name, value)
    selection.save()


@transaction.atomic
def save_criteria(
    *,
    selection: SelectionRound,
    seen: int,
    criteria: Iterable[Criterion],
    dropped: Iterable[Criterion],
    tie_break: str,
) -> None:
    """Criteria and the one that breaks ties, by its name. Raises ``EditConflict``."""
    claim_version(selection, seen, Status.DRAFT)
    for criterion in dropped:
        criterion.delete()
    for criterion in criteria:
        criterion.round = selection
        criterion.save()
    named = selection.criteria.filter(name=tie_break).first() if tie_break else None
    selection.refresh_from_db()
    if selection.tie_break_id != (named.pk if named else None):
        selection.tie_break = named
        selection.save()


@transaction.atomic
def save_judgments(*, selection: SelectionRound, user: User, grades: Mapping[tuple[int, int], int | None]) -> None:
    """One member's own judgments, by pair of criteria; None takes one back. Raises ``EditConflict`` once it opened."""
    if not SelectionRound.objects.select_for_update(no_key=True).filter(pk=selection.pk, status=Status.DRAFT).exists():
        raise EditConflict
    known = {(row.first_id, row.second_id): row for row in selection.judgments.filter(user=user)}
    present = set(selection.criteria.values_list("pk", flat=True))
    for (first, second), grade in grades.items():
        row = known.get((first, second))
        if grade is None:
            if row:
                row.delete()
        elif {first, second} <= present and (row is None or row.grade != grade):
            row = row or PairwiseJudgment(round=selection, user=user, first_id=first, second_id=second)
            row.grade = grade
            row.save()


@transaction.atomic
def use_weights(*, selection: SelectionRound, seen: int, weights: Mapping[int, float]) -> None:
    """Write the weights of the comparison (share by criterion) into the criteria. Raises ``EditConflict``."""
    claim_version(selection, seen, Status.DRAFT)
    for criterion in selection.criteria.all():
        if criterion.pk in weights:
            criterion.weight = round(Decimal(repr(weights[criterion.pk])) * 100, 6)
            criterion.save()
