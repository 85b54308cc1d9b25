"""Asking for a deputy, naming one and ending it early: the right is an assignment with an end."""

from datetime import date, timedelta

from django.db import transaction

from p2emas import clock
from p2emas.accounts.models import Assignment, DatedQuerySet, Official, User
from p2emas.history.records import set_author
from p2emas.staffing.absence_notices import tell_of_request
from p2emas.staffing.absences import Absence
from p2emas.staffing.services import NotPossible, assign
from p2emas.workflow.models import StatusChange, StepConflict, StepNotAllowed

RIGHTS = ("assignment", "official")  # what the naming wrote; the history of edits leaves both out


@transaction.atomic
def ask_absence(*, absence: Absence, by: User) -> Absence:
    """Write the request; who may name does so at once. Raises ``StepNotAllowed`` with the sentence why not."""
    person = User.objects.select_for_update(no_key=True).get(pk=absence.person_id)
    same = Absence.objects.live().filter(person=person, agency=absence.agency, role=absence.role)
    before = same.between(absence.valid_from, absence.valid_until).first()
    if before is not None:
        if (before.stand_in_id, before.valid_from, before.valid_until, before.asked_by_id) == (
            absence.stand_in_id, absence.valid_from, absence.valid_until, by.pk,
        ):  # fmt: skip
            return before  # a second click
        raise StepNotAllowed(f"Untuk tanggal itu sudah ada: {before}, {before.days}.")
    if refusal := absence.why_not(max(absence.valid_from, clock.today())):
        raise StepNotAllowed(refusal)
    absence.asked_by, absence.asked_at = by, clock.now()
    set_author(absence, by)
    absence.save()
    if absence.may_take(by, "name"):
        name_stand_in(absence, seen=absence.status, actor=by, note="")
    else:
        tell_of_request(absence)
    return absence


@transaction.atomic
def name_stand_in(absence: Absence, *, seen: str, actor: User, note: str) -> StatusChange:
    """Give the role for those days, and the office on papers where the deputy acts in it."""
    start = max(absence.valid_from, clock.today())
    change = absence.take_step("name", seen=seen, actor=actor, note=note)
    if not absence.holds_anyway(start):
        absence.assignment = _given(absence, start)
    if absence.replaces is not None:
        absence.official = _acting(absence, absence.replaces, start)
    absence.save(update_fields=RIGHTS)
    return change


def _given(absence: Absence, start: date) -> Assignment:
    try:
        return assign(
            person=absence.stand_in,
            agency=absence.agency,
            role=absence.role,
            valid_from=start,
            valid_until=absence.valid_until,
        )
    except NotPossible as refusal:
        raise StepNotAllowed(str(refusal)) from None


def _acting(absence: Absence, office: Official, start: date) -> Official:
    """Who signs meanwhile: "Plh. Kepala Dinas". Papers copy it, so that they stay as they were signed."""
    return Official.objects.create(
        agency=office.agency,
        name=absence.stand_in.name,
        nip=absence.stand_in.nip,
        rank=absence.rank,
        title=office.title,
        capacity=absence.acting,
        valid_from=start,
        valid_until=absence.valid_until,
        is_sample=office.is_sample,
    )


@transaction.atomic
def end_absence(absence: Absence, *, seen: str, actor: User, note: str) -> StatusChange:
    """The deputy's right ends with yesterday; one that has not begun by then ends on its first day."""
    change = absence.take_step("end", seen=seen, actor=actor, note=note)
    today = clock.today()
    for model, pk in ((Assignment, absence.assignment_id), (Official, absence.official_id)):
        rows: DatedQuerySet = model.objects.all()
        row = rows.select_for_update(no_key=True, of=("self",)).filter(pk=pk).first()
        if row is None:
            continue
        if row.valid_from > today:
            setattr(absence, model.__name__.lower(), None)
            absence.save(update_fields=RIGHTS)
            row.delete()
        elif row.valid_until is None or row.valid_until >= today:
            row.valid_until = max(row.valid_from, today - timedelta(days=1))
            row.save()
    return change


TAKEN_BY = {"name": name_stand_in, "end": end_absence}

__all__ = ["TAKEN_BY", "StepConflict", "ask_absence", "end_absence", "name_stand_in"]
