"""Coordinators work at the lead office: what becomes of their assignments when another office takes it over."""

from datetime import date, timedelta

from django.db import models

from p2emas.accounts.models import Agency, Assignment, DatedQuerySet
from p2emas.accounts.roles import COORDINATORS


class Then(models.TextChoices):
    MOVE = "MOVE", "Pindah ke kantor baru dengan hak yang sama"
    END = "END", "Berakhir: administrator menugaskan orang lain"


def coordinators_of(office_id: int | None, on: date) -> DatedQuerySet:
    """Assignments of coordinators at that office which hold on day ``on`` or begin later."""
    return Assignment.objects.overlapping(on, None).filter(agency=office_id, role__in=COORDINATORS)


def hand_over(*, old_id: int, new: Agency | None, then: str, on: date) -> int:
    """End the coordinators' assignments at the office that led until now and, to move, begin them at ``new``.

    What has begun ends on the day before. What has not yet can end no earlier than it begins; a coordinator who is not
    at the lead office has no rights all the same. Returns how many there were. Call it in the transaction that changes
    the lead office.
    """
    held = list(coordinators_of(old_id, on).select_for_update(no_key=True, of=("self",)))
    for each in held:
        if then == Then.MOVE and new is not None:
            _begin(each, new, max(each.valid_from, on))
        each.valid_until = max(each.valid_from, on - timedelta(days=1))
        each.save()
    return len(held)


def _begin(held: Assignment, office: Agency, first: date) -> None:
    """The same work at ``office``, unless the person has it there already."""
    same = held.user.assignments.overlapping(first, held.valid_until).filter(agency=office, role=held.role)
    if not same.exists():
        held.user.assignments.create(agency=office, role=held.role, valid_from=first, valid_until=held.valid_until)
