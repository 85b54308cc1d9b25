"""The cells of an analysis that count, added up once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from districts.competencies.analysis.figures import Cells, Goods


@dataclass
class AnalysisTable:
    """Figures of the counted commodities over the years, with their totals and the years that cannot be used."""

    cells: Cells
    district: int
    districts: Mapping[int, str]
    commodities: Mapping[int, Goods]
    years: tuple[int, ...]
    goods: list[int]
    whole: dict[tuple[int, int], Decimal] = field(default_factory=dict)
    covered: dict[tuple[int, int], int] = field(default_factory=dict)
    own_total: dict[int, Decimal] = field(default_factory=dict)
    whole_total: dict[int, Decimal] = field(default_factory=dict)
    unusable: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for (_district, commodity, year), value in self.cells.known.items():
            if commodity in self.goods and year in self.years:
                key = commodity, year
                self.whole[key] = self.whole.get(key, Decimal()) + value
                self.covered[key] = self.covered.get(key, 0) + 1
        for year in self.years:
            known = [self.own(commodity, year) for commodity in self.goods]
            self.own_total[year] = sum((value for value in known if value is not None), Decimal())
            self.whole_total[year] = sum((self.whole.get((c, year), Decimal()) for c in self.goods), Decimal())
            if reason := self._why_unusable(year):
                self.unusable[year] = reason

    @property
    def usable(self) -> list[int]:
        return [year for year in self.years if year not in self.unusable]

    def own(self, commodity: int, year: int) -> Decimal | None:
        return self.cells.known.get((self.district, commodity, year))

    def _why_unusable(self, year: int) -> str:
        """Why no quotient of ``year`` means anything, or ""."""
        present = [(d, c) for d, c, y in self.cells.known if y == year and c in self.goods]
        if not present:
            return "no_figures"
        districts, goods = (set(part) for part in zip(*present, strict=True))
        if districts <= {self.district}:
            return "alone"
        if len(goods) < 2:
            return "single"
        if self.district not in districts:
            return "no_data"
        return "" if self.own_total[year] else "district_zero"
