"""What the years before came to that are in this system, added to what the Renstra says of those before them."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from programs.framework.models import Activity, Indicator
from programs.framework.renstra import RenstraActivity, RenstraTarget
from programs.recaps.evaluation import last_known, sum_all, sum_known
from programs.recaps.reading.figures import read_values, silent_villages, whole_of
from programs.recaps.reading.spending import LinesOfYear, Spending, read_spent
from programs.reporting.reading.approved import Published
from programs.reporting.reports.models import ProgressReport


class EarlierYears:
    """Figures of reports that were approved; unknown as soon as one part is."""

    def __init__(self, activities: Sequence[Activity], year: int) -> None:
        renstra = {each.renstra_id for each in activities if each.renstra_id}
        rows = Activity.objects.filter(renstra__in=renstra, year__lt=year).select_related("renstra").order_by("year")
        self.activities = [row for row in rows if row.renstra and row.year > row.renstra.realised_until]
        self.of_renstra: dict[int | None, list[Activity]] = defaultdict(list)
        for each in self.activities:
            self.of_renstra[each.renstra_id].append(each)
        self.reports = self._approved()
        published = [report for reports in self.reports.values() for report in reports]
        years, agencies = {each.year for each in self.activities}, {each.agency_id for each in self.activities}
        self.spent = read_spent(published, LinesOfYear(agencies, years))
        rows_of = Indicator.objects.filter(activity__in=self.activities, renstra_target__isnull=False)
        self.indicators = list(rows_of.select_related("activity").order_by("activity__year", "pk"))
        self.of_target: dict[int | None, list[Indicator]] = defaultdict(list)
        for indicator in self.indicators:
            self.of_target[indicator.renstra_target_id].append(indicator)
        by_pk = {each.pk: each for each in self.indicators}
        self.values = read_values(by_pk, published)

    def _approved(self) -> dict[tuple[int, int], list[Published]]:
        """Agency and year -> its approved reports, quarter by quarter."""
        found: dict[tuple[int, int], list[Published]] = defaultdict(list)
        if not self.activities:
            return found
        years, agencies = {each.year for each in self.activities}, {each.agency_id for each in self.activities}
        rows = ProgressReport.objects.published().filter(agency__in=agencies, period__year__in=years)
        for report in rows.select_related("period").order_by("period__number"):
            found[report.agency_id, report.period.year].append(Published.of(report))
        return found

    def money(self, renstra: RenstraActivity) -> int | None:
        """Unknown as soon as one year is: an activity of that year of which a line never said a figure."""
        parts: list[int | None] = [renstra.realised_money]
        for activity in self.of_renstra[renstra.pk]:
            reports = self.reports.get((activity.agency_id, activity.year), [])
            spending = Spending({each.quarter: self.spent.get((each.pk, activity.pk), {}) for each in reports})
            parts.append(None if spending.silent else spending.realised)
        return sum_all(parts)

    def figure(self, goal: RenstraTarget, formula: str) -> Decimal | None:
        parts: list[Decimal | None] = [goal.realised]
        adds_up = formula == Indicator.Formula.INCREASING
        for indicator in self.of_target[goal.pk]:
            activity = indicator.activity
            assert activity is not None  # asked by the query
            reports = self.reports.get((activity.agency_id, activity.year), [])
            values = [self.values.get((report.pk, indicator.pk), {}) for report in reports]
            said = [whole_of(indicator, each) for each in values]
            if adds_up:
                parts.append(None if silent_villages(values, {}) else sum_known(said))
            else:
                parts.append(last_known(said))
        return sum_all(parts) if adds_up else last_known(parts)
