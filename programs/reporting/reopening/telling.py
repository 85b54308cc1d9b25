"""Who is told that a report is to be corrected, and of the answer; see ``p2emas/notifications``.

The agency's letter about the answer waits in the outbox (``notices``), so that these come without mail.
"""

from p2emas.accounts.models import UserQuerySet
from p2emas.accounts.roles import AGENCY_STAFF, Role
from p2emas.notifications.people import heads, holders
from p2emas.notifications.telling import tell
from p2emas.registry.kinds import NoticeKind, Told
from p2emas.workflow.models import StatusChange
from programs.reporting.reports.reopening import ReopenRequest


def _askers(asked: ReopenRequest) -> UserQuerySet:
    return holders(AGENCY_STAFF, agency=asked.report.agency_id)


def _of_answer(asked: ReopenRequest, change: StatusChange) -> Told:
    if change.step == "open":
        return Told(f"Laporan {asked.report.period} dibuka untuk dikoreksi", change.note or asked.reason)
    return Told(f"Laporan {asked.report.period} tidak dibuka kembali", change.note)


ASKED = NoticeKind(
    "reopen-asked", "Permintaan buka kembali", ReopenRequest, heads, frozenset({Role.COORDINATOR_HEAD}), "back"
)
ANSWERED = NoticeKind(
    "reopen-answered", "Jawaban permintaan buka kembali", ReopenRequest, _askers, AGENCY_STAFF, "dot",
    steps=("open", "refuse"), of_step=_of_answer,
)  # fmt: skip


def tell_heads(asked: ReopenRequest) -> None:
    """Belongs into the transaction that stores the request."""
    title = f"{asked.agency} minta laporan {asked.report.period.short} dibuka kembali"
    tell(ASKED, asked, f"permintaan-{asked.pk}", Told(title, asked.reason), but=asked.asked_by_id)


NOTICES = (ASKED, ANSWERED)
