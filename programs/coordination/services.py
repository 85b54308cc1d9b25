"""Writes on meetings: preparing one with all that it has to talk about, its agenda, and what comes out of it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction

from p2emas import clock
from p2emas.accounts.models import Agency, User
from p2emas.history.records import set_author
from p2emas.search.keeping import keep_words
from p2emas.workflow.models import StatusChange, StepConflict, StepNotAllowed
from programs.coordination.gathering import added_since, added_words, gather_agenda, words_of_line
from programs.coordination.items import ActionItem
from programs.coordination.models import AgendaLine, Meeting, MeetingAttendance
from programs.coordination.notices import tell_of_inviting, tell_of_item, tell_of_moving, when_and_where

GATHERED = [kind for kind in AgendaLine.Kind if kind != AgendaLine.Kind.OTHER]


@transaction.atomic
def prepare_meeting(*, meeting: Meeting, agencies: Iterable[Agency], by: User) -> Meeting:
    """Write down a new meeting: its agenda follows what is open, and ``agencies`` are those to invite."""
    meeting.prepared_by, meeting.created_at = by, clock.now()
    set_author(meeting, by)
    meeting.save()
    AgendaLine.objects.bulk_create(
        AgendaLine(meeting=meeting, kind=kind, position=place) for place, kind in enumerate(GATHERED)
    )
    MeetingAttendance.objects.bulk_create(MeetingAttendance(meeting=meeting, agency=agency) for agency in agencies)
    keep_words(Meeting, [meeting.pk])
    return meeting


EDITED = ("held_on", "starts", "place", "subject")


@transaction.atomic
def edit_meeting(*, meeting: Meeting, agencies: Iterable[Agency], seen: str, by: User) -> Meeting:
    """Save ``EDITED`` of ``meeting`` and who is invited. Once the invitation was sent, people are told what changed.

    Raises ``StepConflict`` when the meeting is over, or no longer what ``seen`` marks: then nothing is written.
    """
    current = Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
    if not current.is_open:
        raise StepConflict(f"Rapat ini {current.get_status_display().lower()}, jadi tidak diubah lagi.")
    if seen != current.mark:
        raise StepConflict("Orang lain menyimpan lebih dahulu. Yang Anda tulis belum disimpan: salin, lalu muat ulang.")
    wanted = {agency.pk for agency in agencies}
    set_author(meeting, by)
    meeting.save(update_fields=EDITED)  # the steps write the others
    keep_words(Meeting, [meeting.pk])
    agencies_there = meeting.attendance.filter(agency__isnull=False)
    agencies_there.exclude(agency__in=wanted).delete()
    if current.status == Meeting.Status.INVITED and when_and_where(meeting) != when_and_where(current):
        tell_of_moving(meeting, when_and_where(current), by=by)
    later = sorted(wanted - set(agencies_there.values_list("agency_id", flat=True)))
    MeetingAttendance.objects.bulk_create(MeetingAttendance(meeting=meeting, agency_id=pk) for pk in later)
    if current.status == Meeting.Status.INVITED and later:
        tell_of_inviting(meeting, later, by=by)
    return meeting


@transaction.atomic
def edit_agenda(*, meeting: Meeting, included: set[int], new: str, seen: str) -> None:
    """Which lines are talked about, and one more. Raises ``StepConflict`` when the meeting is over meanwhile."""
    current = Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
    if current.status != seen or not current.is_open:
        typed = f" Yang Anda tulis: “{new.strip()}”." if new.strip() else ""
        raise StepConflict(f"Keadaan rapat ini sudah berubah. Agenda tidak disimpan.{typed}")
    AgendaLine.objects.filter(meeting=meeting, pk__in=included).update(included=True)
    AgendaLine.objects.filter(meeting=meeting).exclude(pk__in=included).update(included=False)
    if new.strip() and not meeting.agenda.filter(kind=AgendaLine.Kind.OTHER, title=new.strip()).exists():
        AgendaLine.objects.create(meeting=meeting, title=new.strip(), position=len(GATHERED) + meeting.agenda.count())


@transaction.atomic
def edit_line(*, line: AgendaLine, changed: Mapping[str, Any], place: int, shown: Sequence[int], seen: str) -> None:
    """Store ``changed`` of ``line`` and move it to ``place`` among the lines that the page has ``shown``.

    A second click stores nothing twice. Raises ``StepConflict`` when the meeting is over or somebody else wrote
    meanwhile; then nothing is written.
    """
    meeting = Meeting.objects.select_for_update(no_key=True).get(pk=line.meeting_id)
    current = meeting.agenda.filter(pk=line.pk).first()
    if not meeting.is_open or current is None:
        raise StepConflict(f"Rapat ini {meeting.get_status_display().lower()}. Yang Anda tulis belum disimpan.")
    order = list(meeting.agenda.values_list("pk", flat=True))
    moved = _moved(order, line.pk, place, [pk for pk in order if pk in shown])
    if moved == order and all(getattr(current, name) == value for name, value in changed.items()):
        return
    if seen != current.mark:
        raise StepConflict("Orang lain menyimpan lebih dahulu. Yang Anda tulis belum disimpan: salin, lalu muat ulang.")
    for name, value in changed.items():
        setattr(current, name, value)
    current.save(update_fields=[*changed])
    for position, pk in enumerate(moved):
        AgendaLine.objects.filter(pk=pk).update(position=position)


def _moved(order: list[int], line: int, place: int, shown: list[int]) -> list[int]:
    """``order`` with ``line`` as number ``place`` of those ``shown``; the others keep where they are."""
    wanted = [pk for pk in shown if pk != line]
    wanted.insert(place - 1, line)
    rest = iter(wanted)
    return [next(rest) if pk in shown else pk for pk in order]


@transaction.atomic
def invite_to_meeting(meeting: Meeting, *, seen: str, actor: User, note: str) -> StatusChange:
    """Keep the agenda as it is now: those who are invited read what is talked about."""
    Meeting.objects.locked(meeting.pk)  # nobody writes to a line of it meanwhile
    keep_agenda(meeting)
    return meeting.take_step("invite", seen=seen, actor=actor, note=note)


@transaction.atomic
def close_meeting(meeting: Meeting, *, seen: str, actor: User, note: str) -> StatusChange:
    Meeting.objects.locked(meeting.pk)
    if meeting.is_draft:  # nobody was invited by way of the product
        keep_agenda(meeting)
    else:
        keep_added(meeting)
    change = meeting.take_step("close", seen=seen, actor=actor, note=note)
    for item in meeting.action_items.open():
        tell_of_item(item, by=actor.pk)
    return change


def keep_agenda(meeting: Meeting) -> None:
    """Write into the lines what is gathered now, where nobody wrote anything; lines that have nothing to say go."""
    found = gather_agenda(meeting, clock.today())
    for line in meeting.agenda.exclude(kind=AgendaLine.Kind.OTHER):
        gathered = found.get(line.kind)
        if gathered is None:
            if not line.title:
                line.delete()
            continue
        line.title, line.detail, line.presenter, line.minutes_planned = words_of_line(line, gathered)
        line.save()
        line.obstacles.set(gathered.obstacles)


def keep_added(meeting: Meeting) -> None:
    """What became overdue since the invitation was talked about too: the line of obstacles says so."""
    added = added_since(meeting)
    if not added:
        return
    line = meeting.agenda.filter(kind=AgendaLine.Kind.OBSTACLES).first()
    if line is None:
        place = GATHERED.index(AgendaLine.Kind.OBSTACLES)
        line = AgendaLine(meeting=meeting, kind=AgendaLine.Kind.OBSTACLES, position=place, title="Kendala")
    words = added_words(added)
    line.detail, line.included = f"{line.detail}. {words}".removeprefix(". ")[:600], True
    line.save()
    line.obstacles.add(*added)


@transaction.atomic
def add_action_item(*, item: ActionItem, by: User) -> ActionItem:
    """Write down what somebody promised. A second click is the same one.

    Raises ``StepNotAllowed`` when the minutes of its meeting were signed meanwhile.
    """
    if item.meeting_id is not None and (refusal := Meeting.objects.locked(item.meeting_id).why_final):
        raise StepNotAllowed(refusal)
    same = {name: getattr(item, f"{name}_id") for name in ("meeting", "obstacle", "responsible", "official")}
    before = ActionItem.objects.filter(text=item.text, due_on=item.due_on, created_by=by, **same).open().first()
    if before is not None:
        return before
    item.created_by, item.created_at = by, clock.now()
    set_author(item, by)
    item.save()
    if item.meeting is None or item.meeting.status == Meeting.Status.HELD:
        tell_of_item(item, by=by.pk)
    return item
