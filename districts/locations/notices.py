"""Who is told that a selection of villages waits, was decided, or comes back; see ``p2emas/notifications``."""

from districts.locations.rounds.models import SelectionRound
from p2emas.accounts.roles import COORDINATORS, Role
from p2emas.notifications.people import coordinators, heads
from p2emas.registry.kinds import NoticeKind, Told
from p2emas.workflow.models import StatusChange


def _of_submission(record: SelectionRound, change: StatusChange) -> Told:
    return Told(f"{record} menunggu keputusan Anda", "Pilihan desa sudah diajukan.")


def _of_sending_back(record: SelectionRound, change: StatusChange) -> Told:
    return Told(f"{record} dikembalikan", change.note)


def _of_deciding(record: SelectionRound, change: StatusChange) -> Told:
    return Told(f"{record} diputuskan", "Desa yang terpilih siap dibuatkan SK.")


NOTICES = (
    NoticeKind(
        "locations-submitted", "Pemilihan desa menunggu keputusan", SelectionRound, heads,
        frozenset({Role.COORDINATOR_HEAD}), "alert", steps=("submit",), of_step=_of_submission,
    ),
    NoticeKind(
        "locations-back", "Pemilihan desa dikembalikan", SelectionRound, coordinators,
        COORDINATORS, "back", steps=("send_back",), of_step=_of_sending_back,
    ),
    NoticeKind(
        "locations-decided", "Pemilihan desa diputuskan", SelectionRound, coordinators,
        COORDINATORS, "check", steps=("decide",), of_step=_of_deciding,
    ),
)  # fmt: skip
