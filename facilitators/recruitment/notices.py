"""Who is told that the choice of facilitators waits, was decided, or comes back; see ``p2emas/notifications``."""

from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas.accounts.roles import COORDINATORS, Role
from p2emas.notifications.people import coordinators, heads
from p2emas.registry.kinds import NoticeKind, Told
from p2emas.workflow.models import StatusChange


def _of_submission(record: RecruitmentRound, change: StatusChange) -> Told:
    return Told(f"{record} menunggu keputusan Anda", "Pilihan pendamping sudah diajukan.")


def _of_sending_back(record: RecruitmentRound, change: StatusChange) -> Told:
    return Told(f"{record} dikembalikan", change.note)


def _of_deciding(record: RecruitmentRound, change: StatusChange) -> Told:
    return Told(f"{record} diputuskan", "Pendamping yang terpilih siap dibuatkan SK.")


NOTICES = (
    NoticeKind(
        "recruitment-submitted", "Seleksi pendamping menunggu keputusan", RecruitmentRound, heads,
        frozenset({Role.COORDINATOR_HEAD}), "alert", steps=("submit",), of_step=_of_submission,
    ),
    NoticeKind(
        "recruitment-back", "Seleksi pendamping dikembalikan", RecruitmentRound, coordinators,
        COORDINATORS, "back", steps=("send_back",), of_step=_of_sending_back,
    ),
    NoticeKind(
        "recruitment-decided", "Seleksi pendamping diputuskan", RecruitmentRound, coordinators,
        COORDINATORS, "check", steps=("decide",), of_step=_of_deciding,
    ),
)  # fmt: skip
