"""Who is told that a determination waits for its decision; see ``p2emas/notifications``."""

from districts.competencies.models import CompetencyDetermination
from p2emas.accounts.roles import Role
from p2emas.notifications.people import heads
from p2emas.registry.kinds import NoticeKind, Told
from p2emas.workflow.models import StatusChange


def _of_submission(record: CompetencyDetermination, change: StatusChange) -> Told:
    return Told(f"Kompetensi inti Kecamatan {record.district} menunggu keputusan Anda", f"Tahun {record.year}.")


NOTICES = (
    NoticeKind(
        "competency-submitted", "Kompetensi inti menunggu keputusan", CompetencyDetermination, heads,
        frozenset({Role.COORDINATOR_HEAD}), "alert", steps=("submit",), of_step=_of_submission,
    ),
)  # fmt: skip
