"""The S-curve of a year: what was planned and reached by the end of each month, and how far behind it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import cached_property

from p2emas.ui import formats
from p2emas.ui.charts import Chart
from p2emas.ui.formats import MONTHS
from programs.monthly.comparing import LineComparison
from programs.monthly.curve.drawing import draw_s_curve
from programs.monthly.figures import Origin
from programs.monthly.totals import MonthTotal


class CurveMeasure(Enum):
    MONEY = "keuangan"
    WORK = "fisik"


@dataclass(frozen=True)
class CurvePoint:
    """One month; percentages of the budget of the lines that say something, None is "belum ada data"."""

    month: int
    compared: LineComparison
    amount: int
    origin: Origin

    @property
    def name(self) -> str:
        return MONTHS[self.month - 1]

    @property
    def planned(self) -> Fraction | None:
        return self.compared.planned

    @property
    def reached(self) -> Fraction | None:
        return self.compared.reached

    @cached_property
    def points(self) -> Fraction | None:
        """Deviasi of the S-curve: percentage points, negative where it is behind."""
        return self.compared.points

    @cached_property
    def relative(self) -> Fraction | None:
        """Deviasi of RFK: per cent of the plan, positive where it is behind."""
        return self.compared.relative

    @cached_property
    def is_critical(self) -> bool | None:
        return self.compared.is_critical

    @property
    def is_open(self) -> bool:
        """Whether lines that say nothing could make it critical."""
        return self.points is not None and self.is_critical is None

    @property
    def status(self) -> str:
        if self.points is None:
            return "Belum ada data"
        return {True: "Kritis", False: "Tidak kritis", None: "Belum pasti"}[self.is_critical]

    @property
    def told(self) -> str:
        """ "8 dari 10": the lines that say what they have reached."""
        return f"{len(self.compared.told)} dari {len(self.compared.lines)}"

    @property
    def partly(self) -> str:
        """ "8 dari 10 baris" where both sides are not known of every line."""
        both, lines = len(self.compared.both), len(self.compared.lines)
        return "" if both == lines else f"{both} dari {lines} baris"

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
        partly = f", dihitung dari {last.partly}" if last.partly else ""
        if behind == "0":
            return f"{self.what} sesuai {self.plan_word}{partly}"
        if last.points > 0:
            return f"{self.what} {behind} poin di atas {self.plan_word}{partly}"
        critical = ": kritis" if last.is_critical else ""
        return f"{self.what} tertinggal {behind} poin dari {self.plan_word}{critical}{partly}"

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
    return CurvePoint(month, total.money if measure is CurveMeasure.MONEY else total.work, total.amount, origin)
