"""Who reports, and who reports in time: the measures behind /kepatuhan/ and the dashboards.

One rule decides (``ProgressReport.received_on``): a report is in time when it was first sent on or before its due
date (moved dates count). A report that was withdrawn and not sent again has not been received. Lateness is counted
in working days, and a report that misses the date is late by at least one. Every report that was opened is expected,
in any state.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from django.db.models import Q, TextChoices

from p2emas.accounts.models import Agency, Holiday, User
from p2emas.ui.workdays import working_days_between
from programs.reporting.reports.models import ProgressReport, ReportingPeriod


class Timeliness(TextChoices):
    ON_TIME = "ON_TIME", "Tepat"
    LATE = "LATE", "Terlambat"
    OPEN = "OPEN", "Belum"
    OVERDUE = "OVERDUE", "Belum, terlambat"
    MISSING = "MISSING", "Tidak dikirim"
    NOT_YET_MEMBER = "NOT_YET_MEMBER", "belum ikut"
    NO_LONGER_MEMBER = "NO_LONGER_MEMBER", "tidak ikut lagi"


@dataclass(frozen=True)
class ComplianceCell:
    """One agency in one quarter. ``days`` are working days late; ``report`` is None when none was opened."""

    timeliness: Timeliness
    days: int = 0
    report: ProgressReport | None = None

    @property
    def words(self) -> str:
        if self.timeliness in (Timeliness.LATE, Timeliness.OVERDUE):
            return f"{self.timeliness.label} {self.days} hari"
        return self.timeliness.label

    @property
    def is_received(self) -> bool:
        return self.timeliness in (Timeliness.ON_TIME, Timeliness.LATE)

    @property
    def is_problem(self) -> bool:
        """Late or missing: what the screen shows in red."""
        return self.timeliness in (Timeliness.LATE, Timeliness.OVERDUE, Timeliness.MISSING)


@dataclass(frozen=True)
class Rates:
    """Counts of reports, and their shares of what is expected (0 to 1; None when nothing is expected)."""

    expected: int
    received: int
    on_time: int

    @property
    def received_share(self) -> Fraction | None:
        return Fraction(self.received, self.expected) if self.expected else None

    @property
    def on_time_share(self) -> Fraction | None:
        return Fraction(self.on_time, self.expected) if self.expected else None

    @classmethod
    def of(cls, cells: Iterable[ComplianceCell]) -> "Rates":
        cells = [cell for cell in cells if cell.report is not None]
        return cls(
            expected=len(cells),
            received=sum(cell.is_received for cell in cells),
            on_time=sum(cell.timeliness is Timeliness.ON_TIME for cell in cells),
        )


@dataclass(frozen=True)
class MatrixRow:
    agency: Agency
    cells: list[ComplianceCell]

    @property
    def rates(self) -> Rates:
        return Rates.of(self.cells)

    @property
    def is_sample(self) -> bool:
        return any(cell.report is not None and cell.report.is_sample for cell in self.cells)


@dataclass(frozen=True)
class Matrix:
    """Agencies x quarters; cells are in the order of ``periods``."""

    periods: list[ReportingPeriod]
    rows: list[MatrixRow]

    @property
    def is_sample(self) -> bool:
        return any(row.is_sample for row in self.rows)

    @property
    def rates(self) -> Rates:
        return Rates.of(cell for row in self.rows for cell in row.cells)

    @property
    def rates_by_period(self) -> list[Rates]:
        return [Rates.of(row.cells[n] for row in self.rows) for n in range(len(self.periods))]


def days_late(due_on: date, on: date, holidays: Collection[date] = ()) -> int:
    """Working days from ``due_on`` to ``on``: 0 up to the due date, afterwards at least 1."""
    return max(1, working_days_between(due_on, on, holidays)) if on > due_on else 0


def cell_of(report: ProgressReport, on: date, holidays: Collection[date] = ()) -> ComplianceCell:
    """What a report with its period loaded says on day ``on``; no queries."""
    sent = report.received_on
    if sent is not None:
        late = days_late(report.due_on, sent, holidays)
        return ComplianceCell(Timeliness.LATE if late else Timeliness.ON_TIME, late, report)
    if report.period.status == ReportingPeriod.Status.LOCKED:
        return ComplianceCell(Timeliness.MISSING, 0, report)
    late = days_late(report.due_on, on, holidays)
    return ComplianceCell(Timeliness.OVERDUE if late else Timeliness.OPEN, late, report)


def _without_report(agency: Agency, period: ReportingPeriod) -> ComplianceCell:
    left = agency.member_until is not None and agency.member_until < period.starts
    return ComplianceCell(Timeliness.NO_LONGER_MEMBER if left else Timeliness.NOT_YET_MEMBER)


def reporting_agencies(user: User, periods: Sequence[ReportingPeriod]) -> list[Agency]:
    """Rows of the matrix for ``user``: every agency that was to report or was a member; an agency sees itself alone."""
    agencies = Agency.objects.for_user(user)
    if not user.sees_everything:
        return list(agencies.filter(pk__in=user.staff_agency_ids))
    if not periods:
        return []
    first, last = min(period.starts for period in periods), max(period.ends for period in periods)
    member = Q(member_from__lte=last) & (Q(member_until=None) | Q(member_until__gte=first))
    reported = Q(pk__in=ProgressReport.objects.filter(period__in=[period.pk for period in periods]).values("agency"))
    return list(agencies.filter(member | reported))


def compliance_matrix(
    periods: Sequence[ReportingPeriod], agencies: Sequence[Agency], on: date, holidays: Collection[date] | None = None
) -> Matrix:
    """Agencies x quarters in words, as known on day ``on``; reading only these periods' reports.

    Two queries; one where the caller has ``holidays`` already.
    """
    loaded = {period.pk: period for period in periods}
    reports: dict[tuple[int, int], ProgressReport] = {}
    for report in ProgressReport.objects.filter(period__in=loaded, agency__in=[a.pk for a in agencies]).order_by():
        report.period = loaded[report.period_id]
        reports[report.agency_id, report.period_id] = report
    if holidays is None:
        holidays = holidays_for(reports.values(), on)
    rows = []
    for agency in agencies:
        cells = []
        for period in periods:
            opened = reports.get((agency.pk, period.pk))
            cells.append(cell_of(opened, on, holidays) if opened else _without_report(agency, period))
        rows.append(MatrixRow(agency, cells))
    return Matrix(list(periods), rows)


def reporting_rates(period: ReportingPeriod, agencies: Collection[int] | None = None) -> Rates:
    """Expected, received and in-time reports of one quarter (of the agencies with these keys); one query.

    Source: ProgressReport.first_submitted_at against due_on. Agrees with ``compliance_matrix`` by construction.
    """
    reports = ProgressReport.objects.filter(period=period).order_by()
    if agencies is not None:
        reports = reports.filter(agency__in=agencies)
    cells = []
    for report in reports.only("period_id", "status", "due_on", "first_submitted_at"):
        report.period = period
        cells.append(cell_of(report, report.due_on))
    return Rates.of(cells)


def holidays_for(reports: Iterable[ProgressReport], on: date) -> frozenset[date]:
    """The holidays that lie between the earliest due date of ``reports`` and the last day that matters; one query."""
    days = [on, *(report.due_on for report in reports)]
    days += [sent for report in reports if (sent := report.received_on) is not None]
    return Holiday.objects.dates_around(min(days), max(days) + timedelta(days=1))
