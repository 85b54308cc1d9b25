"""What is on the desk: the queue as rows, and everything that the decision on one report needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.db.models import Q
from django.utils import timezone

from p2emas import clock
from p2emas.accounts.models import Holiday, User
from p2emas.ui import formats
from p2emas.ui.workdays import working_days_between
from p2emas.workflow.models import COORDINATOR_STEP, StatusChange
from programs.obstacles.models import Obstacle
from programs.reporting.filling.indicators import IndicatorRow, IndicatorTable
from programs.reporting.reports.carried_apart import CarriedApart, later_apart
from programs.reporting.reports.due_dates import may_move_due_date, why_not_movable
from programs.reporting.reports.models import ProgressReport, ReportingPeriod
from programs.reporting.reports.parts import ReportAttachment, ReportComment, ReportLine
from programs.reporting.reports.payments import paid_activities
from programs.reporting.reports.sheets import FigureSheet, SheetRow, sheets_for
from programs.reporting.reports.shortages import short_rows
from programs.reporting.reports.visited import visited_rows
from programs.reporting.verification import deciding as verification
from programs.reporting.verification.desk_rows import DeskRow, drawn_comment, drawn_indicator
from programs.reporting.verification.finding_counts import FindingCount, count_findings
from programs.reporting.verification.finding_list import FindingList
from programs.reporting.verification.findings import assess
from programs.reporting.verification.forms import DecisionForm, SeenForm


@dataclass(frozen=True)
class QueueRow:
    report: ProgressReport
    waited: int  # working days
    found: FindingCount
    own: bool  # the reader sent it, somebody else decides


def queue_rows(reports: Sequence[ProgressReport], user: User, on: date) -> list[QueueRow]:
    """Rows of the queue with findings and working days of waiting, in six queries however many they are."""
    if not reports:
        return []
    found = count_findings(reports)
    sent = [_sent_on(report) for report in reports]
    holidays = Holiday.objects.dates_around(min(sent), on)
    return [
        QueueRow(
            report=report,
            waited=working_days_between(day, on, holidays),
            found=found[report.pk],
            own=report.submitted_by_id == user.pk,
        )
        for report, day in zip(reports, sent, strict=True)
    ]


def _sent_on(report: ProgressReport) -> date:
    return timezone.localdate(report.submitted_at or clock.now())


def next_due(on: date) -> ReportingPeriod | None:
    """The open quarter whose reports are due next."""
    return ReportingPeriod.objects.filter(status=ReportingPeriod.Status.OPEN, due_on__gte=on).order_by("due_on").first()


@dataclass(frozen=True)
class FoundInReport:
    """The figures and values of one report, and what the checks find in them."""

    sheet: FigureSheet
    indicators: list[IndicatorRow]
    findings: FindingList

    @classmethod
    def of(cls, report: ProgressReport) -> "FoundInReport":
        sheet, indicators = sheets_for([report])[report.pk], IndicatorTable(report).rows
        found = assess(sheet, indicators, paid_activities(sheet), visited_rows(sheet), short_rows(sheet))
        return cls(sheet, indicators, FindingList(found, len(indicators)))


class Desk:
    """Everything that the page of a decision shows."""

    def __init__(self, report: ProgressReport, user: User, form: DecisionForm, found: "FoundInReport") -> None:
        self.report, self.user, self.form = report, user, form
        self.sheet, self.indicators, self.findings = found.sheet, found.indicators, found.findings

    @cached_property
    def rows(self) -> list[DeskRow]:
        said = self._comments
        return [DeskRow(row, self.findings, said.get(row.line.pk, []), self.form) for row in self.sheet.rows]

    @property
    def values(self) -> list[str]:
        """The rows of the indicators, drawn."""
        return [drawn_indicator(row) for row in self.indicators]

    @property
    def knows_paid(self) -> bool:
        """Whether the figures have SP2D beside them."""
        return bool(self.findings.assessment.paid)

    @property
    def paid(self) -> int:
        """SP2D of all activities that are compared."""
        return sum(each.paid for each in self.findings.assessment.paid)

    @property
    def commented(self) -> list[DeskRow]:
        """Lines with a fold for comments: all while they can be written, else those of which something was said."""
        return self.rows if self.may_decide else [row for row in self.rows if row.comments]

    @property
    def quarter(self) -> str:
        return _quarter(self.report.period)

    @property
    def quarter_before(self) -> str:
        return _quarter(self.sheet.previous.period) if self.sheet.previous else f"TW{formats.NBSP}lalu"

    @property
    def comments(self) -> list[ReportComment]:
        """Comments on the report as a whole."""
        return self._comments.get(None, [])

    @property
    def fields(self) -> str:
        """The fields for a comment on the report as a whole."""
        return drawn_comment(self.form, None, "seluruh laporan")

    @property
    def is_open(self) -> bool:
        return bool(self.comments) or self.form.is_typed(None)

    @property
    def has_comments(self) -> bool:
        return bool(self._comments)

    @cached_property
    def _comments(self) -> dict[int | None, list[ReportComment]]:
        said: dict[int | None, list[ReportComment]] = {}
        mine = ReportComment.objects.for_user(self.user).filter(report=self.report)
        for comment in mine.select_related("author"):
            said.setdefault(comment.line_id, []).append(comment)
        return said

    @cached_property
    def obstacles(self) -> list[Obstacle]:
        return list(self.report.obstacles.select_related("village", "responsible"))

    @cached_property
    def attachments(self) -> list[ReportAttachment]:
        return list(self.report.attachments.select_related("line__plan_line__activity"))

    @cached_property
    def later_apart(self) -> list[CarriedApart]:
        """What later reports carry of this one and will not follow when it is approved."""
        return later_apart(self.report) if self.report.status in ProgressReport.ON_DESK else []

    # --- Its place and state ------------------------------------------------------------------

    @cached_property
    def place(self) -> verification.QueuePlace | None:
        return verification.place_in_round(self.user, self.report, clock.today())

    @cached_property
    def waited(self) -> int | None:
        if self.report.status not in ProgressReport.ON_DESK:
            return None
        sent, today = _sent_on(self.report), clock.today()
        return working_days_between(sent, today, Holiday.objects.dates_around(sent, today))

    @property
    def sent_by_reader(self) -> bool:
        return self.report.submitted_by_id == self.user.pk

    @property
    def may_claim(self) -> bool:
        return self.report.status == ProgressReport.Status.WAITING and not self.sent_by_reader

    @property
    def may_decide(self) -> bool:
        return self.report.status == ProgressReport.Status.VERIFYING and not self.sent_by_reader

    @property
    def claimed_by_other(self) -> bool:
        verifying = self.report.status == ProgressReport.Status.VERIFYING
        return verifying and self.report.claimed_by_id not in (None, self.user.pk)

    @cached_property
    def decision(self) -> StatusChange | None:
        """The step that decided it, when the report is not on the desk."""
        return None if self.report.status in ProgressReport.ON_DESK else self.report.last_change()

    @cached_property
    def may_undo(self) -> bool:
        return verification.may_undo(self.user, self.report)


def _quarter(period: ReportingPeriod) -> str:
    """ "TW III" for a column heading; the year is above the table."""
    return f"TW{formats.NBSP}{formats.ROMAN[period.number]}"


def may_verify(user: User, report: ProgressReport) -> bool:
    """Whether ``user`` is one who verifies; who sent this very report sees the page and decides nothing."""
    return bool(COORDINATOR_STEP & report.roles_of(user))


def desk_links(user: User, report: ProgressReport) -> dict[str, object]:
    """What a coordinator may do from the page of a report with its period loaded; no queries."""
    return {
        "may_verify": report.status in ProgressReport.ON_DESK and may_verify(user, report),
        "may_undo": verification.may_undo(user, report),
        "may_move_due": may_move_due_date(user, report) and not why_not_movable(report),
        "seen": SeenForm.of(report),
    }


def is_verifier(user: User) -> bool:
    return user.has_role(*COORDINATOR_STEP)


@dataclass(frozen=True)
class EditedLine:
    """What one line said when the page was drawn, and what it says now."""

    row: SheetRow
    spent: int | None
    physical: object


def changed_since(sheet: FigureSheet, moment: datetime | None) -> list[EditedLine]:
    """Lines whose figures were edited after ``moment``; one query. Nothing when the moment is unknown."""
    if moment is None:
        return []
    history = ReportLine.history.filter(
        Q(history_date__lte=moment), id__in=[row.line.pk for row in sheet.rows]
    ).order_by("id", "history_date", "history_id")
    then = {record.id: record for record in history}
    return [
        EditedLine(row, old.spent_to_date, old.physical_to_date)
        for row in sheet.rows
        if (old := then.get(row.line.pk)) is not None
        and (old.spent_to_date, old.physical_to_date) != (row.spent, row.physical)
    ]
