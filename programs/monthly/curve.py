"""The S-curve of a year: what was planned and reached by the end of each month, and how far behind it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import cached_property

from p2emas.methods.curves import is_critical, point_deviation, relative_deviation
from p2emas.ui import formats
from p2emas.ui.charts import Chart
from p2emas.ui.formats import MONTHS
from programs.monthly.drawing import draw_s_curve
from programs.monthly.figures import Origin
from programs.monthly.totals import MonthTotal


class CurveMeasure(Enum):
    MONEY = "keuangan"
    WORK = "fisik"


@dataclass(frozen=True)
class CurvePoint:
    """One month; percentages of the budget of that month, None is "belum ada data"."""

    month: int
    planned: Fraction | None
    reached: Fraction | None
    amount: int
    origin: Origin

    @property
    def name(self) -> str:
        return MONTHS[self.month - 1]

    @property
    def points(self) -> Fraction | None:
        """Deviasi of the S-curve: percentage points, negative where it is behind."""
        return point_deviation(self.planned, self.reached)

    @property
    def relative(self) -> Fraction | None:
        """Deviasi of RFK: per cent of the plan, positive where it is behind."""
        return relative_deviation(self.planned, self.reached)

    @property
    def is_critical(self) -> bool:
        return bool(is_critical(self.planned, self.reached))

    @property
    def source(self) -> str:
        return {
            Origin.APPROVED: "laporan",
            Origin.CORRECTED: "laporan, sedang dikoreksi",
            Origin.UNVERIFIED: "laporan, belum diverifikasi",
            Origin.AWAITED: "laporan belum ada",
            Origin.TYPED: "bulanan",
        }[self.origin]


@dataclass(frozen=True)
class YearCurve:
    """Twelve months of an agency, or of one programme of it."""

    measure: CurveMeasure
    points: Sequence[CurvePoint]

    @classmethod
    def of(cls, months: Sequence[tuple[int, Origin, MonthTotal]], measure: CurveMeasure) -> "YearCurve":
        return cls(measure, [_point(*month, measure) for month in months])

    @cached_property
    def last(self) -> CurvePoint | None:
        """The last month that was reached."""
        return next((point for point in reversed(self.points) if point.reached is not None), None)

    @property
    def is_known(self) -> bool:
        return any(point.reached is not None or point.planned is not None for point in self.points)

    @property
    def what(self) -> str:
        return {CurveMeasure.MONEY: "Keuangan", CurveMeasure.WORK: "Fisik"}[self.measure]

    @property
    def plan_word(self) -> str:
        return {CurveMeasure.MONEY: "rencana kas (RAK)", CurveMeasure.WORK: "rencana fisik"}[self.measure]

    @property
    def headline(self) -> str:
        """ "Keuangan tertinggal 8,8 poin dari rencana kas (RAK): kritis"."""
        last = self.last
        if last is None:
            return f"{self.what}: belum ada data"
        if last.points is None:
            return f"{self.what} {formats.percent(last.reached)} sampai {last.name}; rencana belum ada data"
        behind = formats.number(abs(last.points), 1)
        if behind == "0":
            return f"{self.what} sesuai {self.plan_word}"
        if last.points > 0:
            return f"{self.what} {behind} poin di atas {self.plan_word}"
        return f"{self.what} tertinggal {behind} poin dari {self.plan_word}{': kritis' if last.is_critical else ''}"

    @property
    def rule(self) -> str:
        """The rule by which the last month is critical."""
        if self.last is None or self.last.planned is None:
            return ""
        late = self.last.planned > 70
        return f"batas {'5' if late else '10'} poin pada rencana {'di atas 70' if late else 'sampai 70'} persen"

    @property
    def chart(self) -> Chart:
        last = self.last
        said = "" if last is None else f", sampai {last.name} {formats.percent(last.reached)}"
        return draw_s_curve(
            [point.planned for point in self.points],
            [point.reached for point in self.points],
            label=f"Kurva S {self.what.lower()}{said}; angkanya ada di tabel",
            difference="" if last is None or last.points is None else formats.points(last.points),
        )


def _point(month: int, origin: Origin, total: MonthTotal, measure: CurveMeasure) -> CurvePoint:
    money = measure is CurveMeasure.MONEY
    planned = total.planned_percent if money else total.planned_physical
    reached = total.spent_percent if money else total.physical
    return CurvePoint(month, planned, reached, total.amount, origin)
