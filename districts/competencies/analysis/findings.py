"""What an analysis found: one commodity in one year, between two years, and over all years."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

SMALL_BASE = 0.05  # below this share of the kecamatan nothing is called a core commodity
SAME = 9  # decimals after which two figures are equal
CLASS_ORDER = ("unggul_berdaya_saing", "basis_melemah", "berkembang", "bukan_prioritas")


@dataclass(frozen=True)
class CommodityYear:
    """One commodity in one year: x_ij, x_j, X_i, X and what follows from them."""

    year: int
    own: Decimal | None
    own_total: Decimal
    whole: Decimal
    whole_total: Decimal
    covered: int  # kecamatan that have a figure
    lower_bound: bool  # x_j lacks a commodity without data, so the quotient is not final
    lq: float | None
    reason: str  # code of why lq is None

    @property
    def share(self) -> float | None:
        return None if self.lq is None or self.own is None else float(self.own / self.own_total)

    @property
    def whole_share(self) -> float | None:
        return None if self.lq is None else float(self.whole / self.whole_total)

    @property
    def regency_share(self) -> float | None:
        return None if self.lq is None or self.own is None else float(self.own / self.whole)


@dataclass(frozen=True)
class CommodityChange:
    """One commodity between two years. Totals cover the commodities that have a figure at all four corners."""

    first: int
    last: int
    own: tuple[Decimal, Decimal]
    own_total: tuple[Decimal, Decimal]
    whole: tuple[Decimal, Decimal]
    whole_total: tuple[Decimal, Decimal]
    left_out: tuple[str, ...]
    dlq: float | None
    national: float | None
    mix: float | None
    competitive: float | None
    residual: Decimal | None  # sum of C over all kecamatan with both figures; 0 when they add up to the regency

    @property
    def growth(self) -> float | None:
        return _growth(self.own)

    @property
    def whole_growth(self) -> float | None:
        return _growth(self.whole)

    @property
    def competitive_share(self) -> float | None:
        """C as a share of x_j of the first year."""
        if self.competitive is None or not self.own_total[0]:
            return None
        return self.competitive / float(self.own_total[0])


@dataclass(frozen=True)
class CommodityLine:
    """Everything about one commodity. ``reasons``: name of an undefined figure -> code of why."""

    commodity: int
    name: str
    sector: str
    years: tuple[CommodityYear, ...]
    lq: float | None
    lq_min: float | None
    lq_max: float | None
    share: float | None
    whole_share: float | None
    regency_share: float | None
    change: CommodityChange | None
    spans_whole: bool  # the change covers the first and the last usable year
    klassen: str | None
    slq_dlq: str | None
    combined: str | None
    grade: str  # A, B, C, or "" without any quotient
    is_sample: bool
    reasons: Mapping[str, str]
    rank: int | None = None

    @property
    def is_small(self) -> bool:
        return self.share is not None and self.share < SMALL_BASE

    @property
    def lower_bound(self) -> bool:
        return any(year.lower_bound and year.lq is not None for year in self.years)

    @property
    def valid_years(self) -> tuple[CommodityYear, ...]:
        return tuple(year for year in self.years if year.lq is not None)

    @property
    def dlq(self) -> float | None:
        return self.change.dlq if self.change else None


@dataclass(frozen=True)
class Analysis:
    district: int
    district_name: str
    unit: str
    years: tuple[int, ...]
    lines: tuple[CommodityLine, ...]
    gaps: Mapping[int, tuple[str, ...]]  # year -> commodities without data in this kecamatan
    beside_parts: Mapping[str, tuple[str, ...]]  # a group with figures -> its parts that have figures too
    unusable_years: Mapping[int, str]
    districts: int
    is_sample: bool

    def line(self, commodity: int) -> CommodityLine | None:
        return next((line for line in self.lines if line.commodity == commodity), None)

    @property
    def several_years(self) -> bool:
        return len(self.years) - len(self.unusable_years) > 1


def _growth(ends: tuple[Decimal, Decimal]) -> float | None:
    return float(ends[1] / ends[0] - 1) if ends[0] else None
