"""Writes on obstacles outside the report: raising one, sending it to who answers, and answering it."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from p2emas import clock
from p2emas.accounts.models import Agency, Holiday, User
from p2emas.documents.storing import store_file
from p2emas.history.records import set_author
from p2emas.workflow.models import StatusChange, StepConflict, StepNotAllowed
from programs.obstacles.models import Obstacle, ObstacleFile

SECOND_CLICK = timedelta(minutes=5)


@transaction.atomic
def raise_obstacle(*, obstacle: Obstacle, files: Iterable[Any], by: User) -> Obstacle:
    """Write down an obstacle with the files that show it. Raises ``FileRefused``; then nothing is written.

    A second click is the same obstacle: what the same person has just said of the same place is not said again.
    """
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if before := Obstacle.objects.just_raised(obstacle, by=by, since=clock.now() - SECOND_CLICK).first():
        return before
    set_author(obstacle, by)
    obstacle.raised_by_user, obstacle.standalone = by, True
    obstacle.created_at = clock.now()
    obstacle.save()
    for upload in files:
        store_file(ObstacleFile, owner=obstacle, upload=upload, user=by, kind=ObstacleFile.Kind.RAISED)
    return obstacle


def answer_day(days: int, on: date) -> date:
    """The last day for an answer that has ``days`` working days from ``on``."""
    return Holiday.objects.working_day_after(on, days)


@transaction.atomic
def send_obstacle(
    *,
    obstacle: Obstacle,
    name: str,
    responsible: Agency,
    due_on: date,
    seen: str,
    since: str,
    actor: User,
    note: str = "",
) -> StatusChange:
    """Take the step that gives the obstacle to ``responsible`` until ``due_on``.

    ``since``: when it came to who has it on the page. Passed on twice at once, its status alone would tell nobody.
    """
    current = _as_it_is(obstacle)
    if current.held_since != since:
        raise StepConflict("Kendala ini sudah diteruskan orang lain.")
    if name == "pass_on" and current.responsible_id == responsible.pk:
        raise StepNotAllowed("SKPD ini sudah menjadi penjawabnya. Pilih SKPD lain.")
    current.responsible, current.due_on = responsible, due_on
    set_author(current, actor)
    current.save(update_fields=["responsible", "due_on"])
    change = current.take_step(name, seen=seen, actor=actor, note=note)
    obstacle.refresh_from_db()
    return change


@transaction.atomic
def answer_obstacle(
    *, obstacle: Obstacle, text: str, promised_on: date, files: Iterable[Any], seen: str, actor: User
) -> StatusChange:
    """Say what was done or will be, and by when. Raises ``FileRefused``; then nothing is written."""
    stamp = {"answer": text.strip(), "promised_on": promised_on}
    change = _as_it_is(obstacle).take_step("answer", seen=seen, actor=actor, note=text, **stamp)
    obstacle.refresh_from_db()
    for upload in files:
        store_file(ObstacleFile, owner=obstacle, upload=upload, user=actor, kind=ObstacleFile.Kind.ANSWER)
    return change


@transaction.atomic
def decline_obstacle(obstacle: Obstacle, *, seen: str, actor: User, note: str) -> StatusChange:
    """Give it back to the office that runs the programme; who declined answers no longer."""
    current = _as_it_is(obstacle)
    change = current.take_step("decline", seen=seen, actor=actor, note=note)
    current.responsible = current.due_on = None
    set_author(current, actor)
    current.save(update_fields=["responsible", "due_on"])
    obstacle.refresh_from_db()
    return change


def _as_it_is(obstacle: Obstacle) -> Obstacle:
    """Under a lock, with who has to answer at this moment: passed on, it keeps its status, and others may act."""
    return Obstacle.objects.select_for_update(no_key=True).get(pk=obstacle.pk)
