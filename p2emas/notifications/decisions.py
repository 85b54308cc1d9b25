"""Notices of a record that coordinators submit and a head decides: it waits, comes back, is decided."""

from collections.abc import Callable
from typing import Any

from django.db import models

from p2emas.accounts.roles import COORDINATORS, Role
from p2emas.notifications.people import coordinators, heads
from p2emas.registry.kinds import NoticeKind, Told
from p2emas.workflow.models import StatusChange

Words = Callable[[Any], str]


def decision_notices(
    code: str,
    title: str,
    model: type[models.Model],
    *,
    submitted: Words,
    decided: Words,
    named: Words = str,
    back: tuple[str, ...] = ("send_back",),
) -> tuple[NoticeKind, ...]:
    """``submitted`` and ``decided`` say more of the record below its name; ``back`` are the steps that return it."""

    def of_submission(record: Any, change: StatusChange) -> Told:
        return Told(f"{named(record)} menunggu keputusan Anda", submitted(record))

    def of_return(record: Any, change: StatusChange) -> Told:
        return Told(f"{named(record)} dikembalikan", change.note)

    def of_decision(record: Any, change: StatusChange) -> Told:
        return Told(f"{named(record)} diputuskan", decided(record))

    return (
        NoticeKind(
            f"{code}-submitted", f"{title} menunggu keputusan", model, heads,
            frozenset({Role.COORDINATOR_HEAD}), "alert", steps=("submit",), of_step=of_submission,
        ),
        NoticeKind(
            f"{code}-back", f"{title} dikembalikan", model, coordinators,
            COORDINATORS, "back", steps=back, of_step=of_return,
        ),
        NoticeKind(
            f"{code}-decided", f"{title} diputuskan", model, coordinators,
            COORDINATORS, "check", steps=("decide",), of_step=of_decision,
        ),
    )  # fmt: skip
