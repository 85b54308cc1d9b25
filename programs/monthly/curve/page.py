"""What the page of the S-curve shows: the curve of an agency or programme, and its programmes side by side."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from p2emas.accounts.models import Agency
from programs.framework.models import Activity
from programs.monthly.curve.curve import CurveMeasure, CurvePoint, YearCurve
from programs.monthly.figures import AgencyMonth
from programs.monthly.reading import MonthReader
from programs.monthly.totals import MonthTotal

UNNAMED = "Tanpa nama program"
WHOLE_YEAR = range(1, 13)


@dataclass(frozen=True)
class ProgrammeRow:
    """One programme at its last month with figures; None where it has none."""

    name: str
    amount: int
    point: CurvePoint | None


class CurvePage:
    """``programme``: the name of one, or "" for all of the agency."""

    def __init__(self, agency: Agency, year: int, measure: CurveMeasure, programme: str = "") -> None:
        self.agency, self.year, self.measure, self.programme = agency, year, measure, programme

    @cached_property
    def months(self) -> list[AgencyMonth]:
        reader = MonthReader(self.year, WHOLE_YEAR, self.agency.pk)
        return [reader.of(self.agency.pk, month) for month in WHOLE_YEAR]

    @cached_property
    def totals(self) -> list[MonthTotal]:
        return [MonthTotal.of(month) for month in self.months]

    @cached_property
    def activities(self) -> dict[str, set[int]]:
        """Programme -> its activities of the year."""
        found: dict[str, set[int]] = defaultdict(set)
        rows = Activity.objects.of(self.agency.pk, self.year).order_by("code", "pk")
        for pk, name in rows.values_list("pk", "programme_name"):
            found[name or UNNAMED].add(pk)
        return found

    @cached_property
    def curve(self) -> YearCurve:
        return self.curve_of(self.programme)

    def curve_of(self, programme: str) -> YearCurve:
        totals = self.totals
        if programme:
            totals = [total.of_activities(self.activities.get(programme, set())) for total in totals]
        months = [(month.month, month.origin, total) for month, total in zip(self.months, totals, strict=True)]
        return YearCurve.of(months, self.measure)

    @property
    def programmes(self) -> Sequence[ProgrammeRow]:
        """Those that are furthest behind first; without figures last."""
        rows = []
        for name in self.activities:
            curve = self.curve_of(name)
            amount = next((point.amount for point in reversed(curve.points) if point.amount), 0)
            rows.append(ProgrammeRow(name, amount, curve.last))
        return sorted(rows, key=_behind)

    @cached_property
    def is_sample(self) -> bool:
        plans = [month.plan for month in self.months if month.plan is not None]
        return self.agency.plans.filter(pk__in=plans, is_sample=True).exists()


def _behind(row: ProgrammeRow) -> tuple[bool, float, str]:
    points = row.point.points if row.point else None
    return points is None, float(points or 0), row.name
