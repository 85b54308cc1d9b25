"""What the years before came to that are in this system, added to what the Renstra says of those before them."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from programs.framework.models import Activity, Indicator
from programs.framework.renstra import RenstraActivity, RenstraTarget
from programs.recaps.evaluation import last_known, sum_all, sum_known
from programs.recaps.reading.figures import read_values, silent_villages, whole_of
from programs.recaps.reading.spending import LinesOfYear, Spending, read_spent
from programs.reporting.reading.approved import Published
from programs.reporting.reports.models import ProgressReport


class EarlierActivity(NamedTuple):
    pk: int
    agency: int
    year: int
    renstra: int


class EarlierIndicator(NamedTuple):
    pk: int
    activity: int
    renstra_target: int
    formula: str


class EarlierYears:
    """Figures of reports that were approved; unknown as soon as one part is."""

    def __init__(self, activities: Sequence[Activity], year: int) -> None:
        renstra = {each.renstra_id: each.renstra for each in activities if each.renstra}
        # thousands of rows in a large regency, so only what the sums below ask
        rows = Activity.objects.filter(renstra__in=renstra, year__lt=year).order_by("year", "pk")
        self.activities = {
            row.pk: row
            for row in map(EarlierActivity._make, rows.values_list(*EarlierActivity._fields))
            if row.year > renstra[row.renstra].realised_until
        }
        self.of_renstra: dict[int, list[EarlierActivity]] = defaultdict(list)
        for each in self.activities.values():
            self.of_renstra[each.renstra].append(each)
        self.reports = self._approved()
        published = [report for reports in self.reports.values() for report in reports]
        self.spent = read_spent(published, LinesOfYear(self._agencies, self._years))
        measured = Indicator.objects.filter(activity__in=self.activities, renstra_target__isnull=False)
        measured = measured.order_by("activity__year", "pk")
        indicators = [EarlierIndicator(*row) for row in measured.values_list(*EarlierIndicator._fields)]
        self.of_target: dict[int, list[EarlierIndicator]] = defaultdict(list)
        for indicator in indicators:
            self.of_target[indicator.renstra_target].append(indicator)
        self.values = read_values({each.pk for each in indicators}, published)

    @property
    def _years(self) -> set[int]:
        return {each.year for each in self.activities.values()}

    @property
    def _agencies(self) -> set[int]:
        return {each.agency for each in self.activities.values()}

    def _approved(self) -> dict[tuple[int, int], list[Published]]:
        """Agency and year -> its approved reports, quarter by quarter."""
        found: dict[tuple[int, int], list[Published]] = defaultdict(list)
        if not self.activities:
            return found
        rows = ProgressReport.objects.published().filter(agency__in=self._agencies, period__year__in=self._years)
        for report in rows.select_related("period").order_by("period__number"):
            found[report.agency_id, report.period.year].append(Published.of(report))
        return found

    def money(self, renstra: RenstraActivity) -> int | None:
        """Unknown as soon as one year is: an activity of that year of which a line never said a figure."""
        parts: list[int | None] = [renstra.realised_money]
        for activity in self.of_renstra[renstra.pk]:
            reports = self.reports.get((activity.agency, activity.year), [])
            spending = Spending({each.quarter: self.spent.get((each.pk, activity.pk), {}) for each in reports})
            parts.append(None if spending.silent else spending.realised)
        return sum_all(parts)

    def figure(self, goal: RenstraTarget, formula: str) -> Decimal | None:
        parts: list[Decimal | None] = [goal.realised]
        adds_up = formula == Indicator.Formula.INCREASING
        for indicator in self.of_target[goal.pk]:
            activity = self.activities[indicator.activity]
            reports = self.reports.get((activity.agency, activity.year), [])
            values = [self.values.get((report.pk, indicator.pk), {}) for report in reports]
            said = [whole_of(formula, each) for each in values]
            if adds_up:
                parts.append(None if silent_villages(values, {}) else sum_known(said))
            else:
                parts.append(last_known(said))
        return sum_all(parts) if adds_up else last_known(parts)
