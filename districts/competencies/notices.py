"""Who is told that a determination waits for its decision, was decided, or comes back; see ``p2emas/notifications``."""

from districts.competencies.models import CompetencyDetermination
from p2emas.accounts.roles import COORDINATORS, Role
from p2emas.notifications.people import coordinators, heads
from p2emas.registry.kinds import NoticeKind, Told
from p2emas.workflow.models import StatusChange


def _of_submission(record: CompetencyDetermination, change: StatusChange) -> Told:
    return Told(f"Kompetensi inti Kecamatan {record.district} menunggu keputusan Anda", f"Tahun {record.year}.")


def _of_sending_back(record: CompetencyDetermination, change: StatusChange) -> Told:
    return Told(f"Kompetensi inti Kecamatan {record.district} dikembalikan", change.note)


def _of_deciding(record: CompetencyDetermination, change: StatusChange) -> Told:
    return Told(f"Kompetensi inti Kecamatan {record.district} diputuskan", "Siap dibuatkan SK.")


NOTICES = (
    NoticeKind(
        "competency-submitted", "Kompetensi inti menunggu keputusan", CompetencyDetermination, heads,
        frozenset({Role.COORDINATOR_HEAD}), "alert", steps=("submit",), of_step=_of_submission,
    ),
    NoticeKind(
        "competency-back", "Kompetensi inti dikembalikan", CompetencyDetermination, coordinators,
        COORDINATORS, "back", steps=("send_back", "send_back_discussion"), of_step=_of_sending_back,
    ),
    NoticeKind(
        "competency-decided", "Kompetensi inti diputuskan", CompetencyDetermination, coordinators,
        COORDINATORS, "check", steps=("decide",), of_step=_of_deciding,
    ),
)  # fmt: skip
