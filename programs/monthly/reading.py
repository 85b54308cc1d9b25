"""The months of a year, line by line: what was planned, what was reached, and where that figure comes from.

A month has the lines of the plan version that counts on its first day. The last month of a quarter has the figures of
the report, and its version, once that was sent; nobody types them twice. A piece of work keeps its figures over the
versions: what was spent on one that the version no longer has is carried on, with nothing planned for it.
"""

from collections.abc import Collection

from programs.monthly.figures import UNKNOWN, AgencyMonth, CarriedWork, Figures, LineMonth, Origin, quarter_ended_by
from programs.monthly.models import ENDS_OF_QUARTERS
from programs.monthly.stored import StoredLine, StoredMonths, StoredReport


class MonthReader:
    """``months`` of one year, of all agencies or of one; a constant number of queries. Plans only of ``planned_in``."""

    def __init__(
        self, year: int, months: Collection[int], agency: int | None = None, planned_in: Collection[int] | None = None
    ) -> None:
        self.stored = StoredMonths(year, months, agency, planned_in).read()

    @property
    def agencies(self) -> set[int]:
        """Those with a set plan of the year."""
        return set(self.stored.agency_of.values())

    def of(self, agency: int, month: int) -> AgencyMonth:
        """A month of an agency; without rows where no version of its plan was set."""
        plan, report = self.stored.versions.get((agency, month)), self._report(agency, month)
        if report is not None and report.plan is not None:
            plan = report.plan
        origin = self._origin(month, report)
        if plan is None:
            return AgencyMonth(agency, month, None, origin)
        rows = [self._row(line, month, report) for line in self.stored.of_plan[plan]]
        return AgencyMonth(agency, month, plan, origin, rows, self._carried(agency, plan, month, report))

    def approved(self, line: int) -> dict[int, Figures]:
        """Month -> what an approved report says of this piece of work."""
        root, agency = self.stored.root(line), self.stored.lines[line].agency
        reports = {month: self._report(agency, month) for month in ENDS_OF_QUARTERS}
        return {
            month: self.stored.of_reports[report.pk].get(root, UNKNOWN)
            for month, report in reports.items()
            if report is not None and report.origin in (Origin.APPROVED, Origin.CORRECTED)
        }

    def _report(self, agency: int, month: int) -> StoredReport | None:
        return self.stored.reports.get((agency, quarter_ended_by(month)))

    @staticmethod
    def _origin(month: int, report: StoredReport | None) -> Origin:
        if quarter_ended_by(month) is None:
            return Origin.TYPED
        return Origin.AWAITED if report is None else report.origin

    def _row(self, line: StoredLine, month: int, report: StoredReport | None) -> LineMonth:
        stored = self.stored
        if quarter_ended_by(month) is None:
            place = (self._filled(line.pk, month), month)
            actual, note = stored.progress.get(place, UNKNOWN), stored.notes.get(place, "")
        elif report:
            root = stored.root(line.pk)
            actual, note = stored.of_reports[report.pk].get(root, UNKNOWN), stored.reasons[report.pk].get(root, "")
        else:
            actual, note = UNKNOWN, ""
        planned = stored.planned.get((line.pk, month), UNKNOWN)
        return LineMonth(line.pk, line.activity, line.amount, line.pk in stored.in_budget, actual, planned, note)

    def _filled(self, line: int, month: int) -> int:
        """The line that has the row of the month: it may be filled before the version begins to count."""
        if (line, month) in self.stored.progress:
            return line
        same = self.stored.works[self.stored.root(line)]
        return next((each for each in same if (each, month) in self.stored.progress), line)

    def _carried(self, agency: int, plan: int, month: int, report: StoredReport | None) -> list[CarriedWork]:
        stored = self.stored
        planned = {stored.root(line.pk) for line in stored.of_plan[plan]}
        if quarter_ended_by(month) is None:
            known = self._last_known(agency, month)
        else:
            known = stored.of_reports[report.pk] if report else {}
        gone = sorted((root, figures) for root, figures in known.items() if root not in planned and figures.has_begun)
        return [
            CarriedWork(root, stored.lines[root].activity, root in stored.in_budget, figures) for root, figures in gone
        ]

    def _last_known(self, agency: int, month: int) -> dict[int, Figures]:
        """Work that may have gone -> its last figures before ``month``; nothing where each version has all of it."""
        found: dict[int, Figures] = {}
        for earlier in range(1, month) if self.stored.gone else ():
            report = self._report(agency, earlier)
            if report is not None:
                found |= self.stored.of_reports[report.pk]
            found |= self.stored.progress_of_gone.get((agency, earlier), {})
        return found
