"""Who is told that a verdict on a village waits, was decided, or comes back; see ``p2emas/notifications``."""

from p2emas.accounts.roles import COORDINATORS, Role
from p2emas.notifications.people import coordinators, heads
from p2emas.registry.kinds import NoticeKind, Told
from p2emas.workflow.models import StatusChange
from programs.evaluation.models import Evaluation


def _of_proposal(record: Evaluation, change: StatusChange) -> Told:
    return Told(f"{record} menunggu putusan Anda", "Penilaiannya sudah diajukan.")


def _of_verdict(record: Evaluation, change: StatusChange) -> Told:
    return Told(f"{record} diputuskan", f"{record.get_verdict_display()}.")


def _of_return(record: Evaluation, change: StatusChange) -> Told:
    return Told(f"{record} dikembalikan", change.note)


NOTICES = (
    NoticeKind(
        "verdict-submitted", "Kesiapan menunggu putusan", Evaluation, heads,
        frozenset({Role.COORDINATOR_HEAD}), "alert", steps=("submit",), of_step=_of_proposal,
    ),
    NoticeKind(
        "verdict-decided", "Kesiapan diputuskan", Evaluation, coordinators,
        COORDINATORS, "check", steps=("decide",), of_step=_of_verdict,
    ),
    NoticeKind(
        "verdict-back", "Penilaian kesiapan dikembalikan", Evaluation, coordinators,
        COORDINATORS, "back", steps=("send_back",), of_step=_of_return,
    ),
)  # fmt: skip
