"""What the public may know of progress: the newest approved figures of each agency, at once on approval.

The figures of a report that is being corrected are those of its copy (``reports.kept``) until it is approved again.
"""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from programs.planning.models import WorkPlan
from programs.reporting.reports.kept import KeptLine
from programs.reporting.reports.models import ProgressReport
from programs.reporting.reports.parts import LineFiguresQuerySet, ReportLine


class Published(NamedTuple):
    """A report whose figures are public: its key, its quarter, whether they are those of its copy, or invented."""

    pk: int
    quarter: int
    kept: bool
    is_sample: bool = False

    @classmethod
    def of(cls, report: ProgressReport) -> "Published":
        return cls(report.pk, report.period.number, is_corrected(report), report.is_sample)


def is_corrected(report: ProgressReport) -> bool:
    """Whether the public reads the copy of ``report``, one of the published ones."""
    return report.status not in ProgressReport.APPROVED_STATES


def published_plan(report: ProgressReport) -> WorkPlan | None:
    """The version of the plan that its public figures were reported on."""
    return report.kept.plan if is_corrected(report) else report.plan


def latest_approved_reports(year: int, quarter: int = 4) -> dict[int, Published]:
    """Agency id -> its newest published report of ``year`` up to ``quarter`` (1-4); one query, a row a report.

    Figures are cumulative, so the newest approved report of a year says all of the year; an agency without one
    is absent ("belum ada data"), which is not the same as zero.
    """
    return dict(_published(year, quarter))


def latest_approved_by_quarter(year: int, quarters: Collection[int]) -> dict[int, dict[int, Published]]:
    """Quarter -> the same as of the end of that quarter, for all of ``quarters``; one query."""
    found: dict[int, dict[int, Published]] = {quarter: {} for quarter in quarters}
    for agency, report in _published(year, max(quarters)):
        for quarter in quarters:
            if report.quarter <= quarter:
                found[quarter][agency] = report
    return found


def published_lines(reports: Iterable[Published]) -> list[LineFiguresQuerySet]:
    """The lines of ``reports``: of the reports, and of their copies where there are some.

    No report is in both, so that sums by report, by agency or by line are put together without adding them up.
    """
    reports = list(reports)
    own = [report.pk for report in reports if not report.kept]
    copied = [report.pk for report in reports if report.kept]
    found: list[LineFiguresQuerySet] = [ReportLine.objects.filter(report__in=own)]
    return [*found, KeptLine.objects.filter(report__in=copied)] if copied else found


def approved_lines(year: int, quarter: int = 4) -> list[LineFiguresQuerySet]:
    """Cumulative money (rupiah) and physical progress (percent) of every line of the newest published reports."""
    return published_lines(latest_approved_reports(year, quarter).values())


def _published(year: int, quarter: int) -> list[tuple[int, Published]]:
    """(agency id, report) of all published ones, quarter by quarter; one query."""
    rows = (
        ProgressReport.objects.published()
        .filter(period__year=year, period__number__lte=quarter)
        .order_by("period__number")
        .values_list("agency_id", "pk", "period__number", "status", "is_sample")
    )
    return [
        (agency, Published(pk, number, status not in ProgressReport.APPROVED_STATES, is_sample))
        for agency, pk, number, status, is_sample in rows
    ]
