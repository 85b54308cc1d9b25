"""Who is told that a selection of villages waits for its decision; see ``p2emas/notifications``."""

from districts.locations.rounds.models import SelectionRound
from p2emas.accounts.roles import Role
from p2emas.notifications.people import heads
from p2emas.registry.kinds import NoticeKind, Told
from p2emas.workflow.models import StatusChange


def _of_submission(record: SelectionRound, change: StatusChange) -> Told:
    return Told(f"{record} menunggu keputusan Anda", "Pilihan desa sudah diajukan.")


NOTICES = (
    NoticeKind(
        "locations-submitted", "Pemilihan desa menunggu keputusan", SelectionRound, heads,
        frozenset({Role.COORDINATOR_HEAD}), "alert", steps=("submit",), of_step=_of_submission,
    ),
)  # fmt: skip
