"""What the public may know of progress: the newest approved figures of each agency, at once on approval."""

from collections.abc import Collection

from programs.reporting.reports.models import ProgressReport
from programs.reporting.reports.parts import ReportLine, ReportLineQuerySet


def latest_approved_reports(year: int, quarter: int = 4) -> dict[int, int]:
    """Agency id -> id of its newest approved report of ``year`` up to ``quarter`` (1-4); one query, a row a report.

    Figures are cumulative, so the newest approved report of a year says all of the year; an agency without one
    is absent ("belum ada data"), which is not the same as zero.
    """
    rows = (
        ProgressReport.objects.approved()
        .filter(period__year=year, period__number__lte=quarter)
        .order_by("period__number")
        .values_list("agency_id", "pk")
    )
    return dict(rows)


def latest_approved_by_quarter(year: int, quarters: Collection[int]) -> dict[int, dict[int, int]]:
    """Quarter -> the same as of the end of that quarter, for all of ``quarters``; one query."""
    rows = (
        ProgressReport.objects.approved()
        .filter(period__year=year, period__number__lte=max(quarters))
        .order_by("period__number")
        .values_list("period__number", "agency_id", "pk")
    )
    found: dict[int, dict[int, int]] = {quarter: {} for quarter in quarters}
    for number, agency, report in rows:
        for quarter in quarters:
            if number <= quarter:
                found[quarter][agency] = report
    return found


def approved_lines(year: int, quarter: int = 4) -> ReportLineQuerySet:
    """Lines of those reports: cumulative money (rupiah) and physical progress (percent) of every plan line."""
    return ReportLine.objects.filter(report__in=latest_approved_reports(year, quarter).values())
