"""Telling people: the notices of one occasion and their letters, both or neither, once for each person.

A step tells in its own transaction. What the days ask for comes from ``tell_of_day``, which may be killed anywhere and
run again, twice at once too: an occasion that was told is never told again.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.urls import reverse

from p2emas import clock
from p2emas.accounts.models import Holiday, User
from p2emas.naming import said
from p2emas.notifications.models import Notification, NotificationChoice
from p2emas.outbox.models import OutboxMessage
from p2emas.outbox.services import deliver
from p2emas.registry.contributions import notice_kinds
from p2emas.registry.kinds import NoticeKind, Told
from p2emas.serving.after_response import after_response
from p2emas.ui.workdays import is_working_day
from p2emas.workflow.models import Chain, StatusChange, step_taken

SAMPLE = "DATA CONTOH: nama dan isi surat ini rekaan."
_silent: ContextVar[bool] = ContextVar("no_letters", default=False)


@contextmanager
def without_letters() -> Iterator[None]:
    """What is told in the block stays in the product: the demo lives years of work in a moment."""
    token = _silent.set(True)
    try:
        yield
    finally:
        _silent.reset(token)


@step_taken.provide
def tell_of_step(record: Chain, change: StatusChange) -> None:
    """Tell those whom the step concerns, except who took it."""
    for kind in notice_kinds().values():
        if kind.model is type(record) and change.step in kind.steps and kind.of_step is not None:
            tell(kind, record, f"step-{change.pk}", kind.of_step(record, change), but=change.actor_id)


def tell_of_day(today: date) -> list[int]:
    """Tell what ``today`` asks for and has not been told, on a working day; the letters that this call wrote."""
    written: list[int] = []
    if not is_working_day(today, Holiday.objects.dates_around(today, today)):
        return written
    for kind in notice_kinds().values():
        if kind.of_day is None:
            continue
        for notice in kind.of_day(today):
            try:
                written += tell(kind, notice.record, notice.occasion, notice.told, at_once=False)
            except IntegrityError:  # another run tells the same at this moment: all of it, or it will be told next time
                continue
    return written


def tell(
    kind: NoticeKind,
    record: models.Model,
    occasion: str,
    told: Told,
    *,
    but: int | None = None,
    at_once: bool = True,
    released_by: User | None = None,
) -> list[int]:
    """Notices and letters of one occasion, to those who have none of it yet; the letters that were written.

    ``at_once`` sends the letters after commit; otherwise the next run of the mail queue takes them. ``released_by``
    has read their words and sends them.
    """
    with transaction.atomic():
        before = set(Notification.objects.of_occasion(kind.code, occasion).values_list("user_id", flat=True))
        people = [each for each in kind.whom(record) if each.pk not in before and each.pk != but]
        now = clock.now()
        Notification.objects.bulk_create(
            Notification(
                user=each, kind=kind.code, record=record, occasion=occasion, told_at=now,
                title=_short(told.title, 200), detail=_short(told.detail, 300),
            )
            for each in people
        )  # fmt: skip
        written = [] if _silent.get() else _letters(kind, record, told, people, released_by)
        if at_once and written and not kind.waits:
            transaction.on_commit(lambda: after_response(lambda: deliver(written)))
    return written


def _letters(
    kind: NoticeKind, record: models.Model, told: Told, people: Sequence[User], released_by: User | None
) -> list[int]:
    """One letter to each who has an address and wants this kind by mail."""
    choices = NotificationChoice.objects.of_kind(kind.code) if people else {}
    now = clock.now()
    letters = [
        OutboxMessage(
            kind=kind.letter or (OutboxMessage.Kind.NEWS if kind.steps else OutboxMessage.Kind.REMINDER),
            recipient=person.email, subject=_short(told.title, 200), body=letter_text(kind, record, told, person),
            record=record, immediate=not kind.waits, drafted_at=now, released_at=None if kind.waits else now,
            released_by=released_by,
        )
        for person in people
        if person.email and choices.get(person.pk, kind.by_mail)
    ]  # fmt: skip
    return [letter.pk for letter in OutboxMessage.objects.bulk_create(letters)]


def letter_text(kind: NoticeKind, record: models.Model, told: Told, person: User) -> str:
    url = kind.page_of(record)
    body = told.letter or "\n".join(line for line in (f"{told.title}.", told.detail) if line)
    letter = said("Yth. %(name)s,\n\n%(body)s\n\n%(url)s\n\n{Programme} {regency}\n{contact}\n\n%(stop)s") % {
        "name": person.name,
        "body": body,
        "url": settings.SITE_URL + url,
        "stop": f"Pilih apa yang datang lewat surel: {settings.SITE_URL}{reverse('notifications:notification-list')}",
    }
    return f"{SAMPLE}\n\n{letter}" if getattr(record, "is_sample", False) else letter


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
