"""Writes on the handover of a package: its code, what its holder says, and who confirms it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from p2emas import clock
from p2emas.accounts.models import User
from p2emas.accounts.roles import COORDINATORS
from p2emas.documents.receipts import plain_code, readings_of
from p2emas.documents.storing import store_file
from programs.aid.handover import MOST_ANSWERS, HandoverSlip, HolderPhoto, HolderStatement, StatementWitness
from programs.aid.models import AidPackage


class NotStated(Exception):
    """The answer is not taken; the message is a sentence."""


@dataclass(frozen=True)
class Said:
    """What came: how much, in what state."""

    arrived: Decimal
    condition: str
    note: str = ""


@transaction.atomic
def make_slip(*, package: AidPackage, by: User, seen: int | None) -> HandoverSlip:
    """A code for ``package``; the one before, which the page showed (``seen``), ends. A second click makes no other."""
    AidPackage.objects.select_for_update(no_key=True).get(pk=package.pk)
    newest = HandoverSlip.objects.newest_of(package).first()
    if newest is not None and newest.pk != seen:
        return newest
    if newest is not None:
        newest.ended_at = clock.now()
        newest.save(update_fields=["ended_at"])
    return HandoverSlip.objects.create(package=package, printed_by=by, printed_at=clock.now())


def find_slip(typed: str, now: datetime) -> HandoverSlip | None:
    """The open code, as typed or as somebody would misread it from paper."""
    code = plain_code(typed)
    if not code:
        return None
    wanted = readings_of(code)
    found = {slip.code: slip for slip in HandoverSlip.objects.open(now).filter(code__in=wanted)}
    return next((found[reading] for reading in wanted if reading in found), None)


@transaction.atomic
def state_handover(
    *,
    package: AidPackage,
    slip: HandoverSlip | None,
    said: Said,
    photos: Iterable[Any] = (),
    by: User | None = None,
) -> HolderStatement:
    """Keep what the holder says, or the facilitator for them (``by``). The first answer is used, later ones are kept.

    The first answer to a newer code is used instead. A facilitator was there: that is a visit. Raises ``NotStated``
    when a code has taken enough, ``FileRefused``; then nothing is written. A second click is the same answer.
    """
    AidPackage.objects.select_for_update(no_key=True).get(pk=package.pk)
    same = HolderStatement.objects.filter(package=package, slip=slip)
    if same.count() >= MOST_ANSWERS:
        raise NotStated("Kode ini sudah menerima cukup banyak jawaban. Hubungi pendamping masyarakat.")
    values = {"arrived": said.arrived, "condition": said.condition, "note": said.note, "recorded_by": by}
    if (twice := same.filter(**values).first()) is None:
        used = HolderStatement.objects.filter(package=package, counts=True).first()
        is_newer = used is not None and slip is not None and used.slip_id != slip.pk
        if used is not None and is_newer:
            used.counts = False
            used.save(update_fields=["counts"])
        statement = HolderStatement.objects.create(
            package=package, slip=slip, counts=used is None or is_newer, stated_at=clock.now(), **values
        )
    else:
        statement = twice
    for upload in photos:
        store_file(HolderPhoto, owner=statement, upload=upload, user=by)
    if by is not None and not by.has_role(*COORDINATORS):
        confirm_statement(statement=statement, seen_on=clock.today(), by=by)
    return statement


def confirm_statement(*, statement: HolderStatement, seen_on: date, by: User, note: str = "") -> StatementWitness:
    """A coordinator called, a facilitator was there; each day once."""
    kind = StatementWitness.Kind.CALL if by.has_role(*COORDINATORS) else StatementWitness.Kind.VISIT
    return StatementWitness.objects.get_or_create(
        statement=statement, kind=kind, seen_on=seen_on, defaults={"note": note, "written_by": by}
    )[0]
