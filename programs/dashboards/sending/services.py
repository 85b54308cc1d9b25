"""Sending the page of the leaders by mail: paper, letters and their release in one click and one transaction."""

from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction

from p2emas import clock
from p2emas.accounts.models import User
from p2emas.accounts.roles import Role
from p2emas.naming import said
from p2emas.notifications.people import holders
from p2emas.notifications.telling import SAMPLE
from p2emas.outbox.models import OutboxMessage
from p2emas.outbox.services import deliver
from p2emas.serving.after_response import after_response
from programs.dashboards.sending.models import SummarySending
from programs.reporting.reports.models import ReportingPeriod


class AlreadySent(Exception):
    """Somebody has sent since the page was shown: a second click, or another coordinator."""


@dataclass(frozen=True)
class SendingBox:
    """To whom the page goes, and when it went last. ``seen`` is what the button sends back."""

    reached: list[User]
    without_mail: list[User]
    last: SummarySending | None
    addresses: list[str]  # of the last sending

    @classmethod
    def of(cls, period: ReportingPeriod) -> "SendingBox":
        people = list(holders({Role.LEADER}).order_by("name", "pk"))
        last = SummarySending.objects.of_period(period).select_related("sent_by").first()
        letters = OutboxMessage.objects.about(last) if last else OutboxMessage.objects.none()
        return cls(
            [each for each in people if each.email],
            [each for each in people if not each.email],
            last,
            sorted(letter.recipient for letter in letters),
        )

    @property
    def seen(self) -> int:
        return self.last.number if self.last else 0


def send_summary(*, period: ReportingPeriod, paper: bytes, seen: int, actor: User, is_sample: bool) -> int:
    """Letters with ``paper`` to every leader who has an address; how many. Raises ``AlreadySent``."""
    people = [person for person in holders({Role.LEADER}).order_by("pk") if person.email]
    if not people:
        return 0
    try:
        with transaction.atomic():
            ReportingPeriod.objects.select_for_update(no_key=True).get(pk=period.pk)
            last = SummarySending.objects.of_period(period).first()
            if (last.number if last else 0) != seen:
                raise AlreadySent
            now = clock.now()
            sending = SummarySending.objects.create(
                period=period, number=seen + 1, paper=paper, sent_by=actor, sent_at=now
            )
            letters = OutboxMessage.objects.bulk_create(
                OutboxMessage(
                    kind=OutboxMessage.Kind.SUMMARY, recipient=person.email, record=sending,
                    subject=said("Ringkasan {programme} %s") % period, body=_words(sending, person, is_sample),
                    immediate=True, drafted_at=now, released_at=now, released_by=actor,
                )
                for person in people
            )  # fmt: skip
            pks = [letter.pk for letter in letters]
            transaction.on_commit(lambda: after_response(lambda: deliver(pks)))
    except IntegrityError:  # the other click was faster by a moment
        raise AlreadySent from None
    return len(people)


def _words(sending: SummarySending, person: User, is_sample: bool) -> str:
    letter = said(
        "Yth. %(name)s,\n\nRingkasan satu halaman {programme} untuk %(period)s terlampir (%(file)s). Halaman yang "
        "selalu terbaru, dengan bukti tiap kalimat:\n%(url)s\n\n{Programme} {regency}\n{contact}"
    ) % {
        "name": person.name,
        "period": sending.period,
        "file": sending.file_name,
        "url": settings.SITE_URL + sending.get_absolute_url(),
    }
    return f"{SAMPLE}\n\n{letter}" if is_sample else letter
