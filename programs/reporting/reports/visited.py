"""What facilitators saw of the lines of a report near its quarter's end: work that a visit found not begun.

A visit names lines of the version in force on its day, a report those of its own; an activity is one in all versions.
So the last visit decides that names the activity in that village, and only where none of its lines there had begun.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings

from programs.fieldwork.models import VisitedLine
from programs.fieldwork.querysets import COUNTED
from programs.reporting.reports.models import ProgressReport, ReportingPeriod
from programs.reporting.reports.sheets import FigureSheet, SheetRow

Place = tuple[int, int | None]  # activity, village


@dataclass(frozen=True)
class SeenWork:
    """The last visit to the work of one line."""

    visited_on: date
    not_begun: bool

    def contradicts(self, row: SheetRow) -> bool:
        """Whether the report says more was done than a visit that found nothing begun allows."""
        return self.not_begun and row.physical is not None and row.physical > settings.FINDING_VISIT_PHYSICAL_PERCENT


def visited_rows(sheet: FigureSheet) -> dict[int, SeenWork]:
    """By the number of each line that was visited near the quarter's end; one query."""
    report = sheet.report
    seen = _seen([report])
    first, last = _window(report.period)
    found = {}
    for row in sheet.activities:
        village = row.plan_line.village
        if village is not None and (last_seen := _last(seen, (row.plan_line.activity_id, village.pk), first, last)):
            found[row.number] = last_seen
    return found


def denied_places(reports: Sequence[ProgressReport]) -> dict[int, set[Place]]:
    """By the key of each of ``reports`` (with periods): where the last visit found nothing begun; two queries."""
    seen = _seen(reports, not_begun_only=True) if reports else {}
    found: dict[int, set[Place]] = {}
    for report in reports:
        window = _window(report.period)
        places = {place for place in seen if (last := _last(seen, place, *window)) and last.not_begun}
        if places:
            found[report.pk] = places
    return found


Visits = Mapping[Place, list[tuple[date, int, bool]]]  # day, visit, whether nothing had begun; the oldest first


def _seen(reports: Iterable[ProgressReport], *, not_begun_only: bool = False) -> Visits:
    windows = [_window(report.period) for report in reports]
    agencies = {report.agency_id for report in reports}
    lines = VisitedLine.objects.filter(
        plan_line__plan__agency__in=agencies,
        report__status__in=COUNTED,
        report__visited_on__range=(min(first for first, _last in windows), max(last for _first, last in windows)),
    )
    if not_begun_only:
        # asked first: as a subquery, PostgreSQL without statistics asked it again for each line, for minutes
        denied = set(lines.filter(not_begun=True).order_by().values_list("plan_line__activity", flat=True))
        if not denied:
            return {}
        lines = lines.filter(plan_line__activity__in=denied)
    found: dict[Place, list[tuple[date, int, bool]]] = {}
    rows = lines.order_by("report__visited_on", "report", "pk")
    for activity, village, day, visit, not_begun in rows.values_list(
        "plan_line__activity", "report__village", "report__visited_on", "report", "not_begun"
    ):
        found.setdefault((activity, village), []).append((day, visit, not_begun))
    return found


def _window(period: ReportingPeriod) -> tuple[date, date]:
    return period.ends - timedelta(days=settings.FINDING_VISIT_DAYS), period.ends


def _last(seen: Visits, place: Place, first: date, last: date) -> SeenWork | None:
    said = [each for each in seen.get(place, ()) if first <= each[0] <= last]
    if not said:
        return None
    day, visit, _not_begun = said[-1]
    return SeenWork(day, all(not_begun for _day, of_visit, not_begun in said if of_visit == visit))
