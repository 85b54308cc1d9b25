"""What is known and what is missing of the evidence: kecamatan x commodity x year, with the grade of each."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product

from django.db.models import Count, Q, Sum

from districts.evidence.aid import EarlierAid
from districts.evidence.figures import ProductionFigure, ProductionFigureQuerySet
from districts.evidence.measures import unit_of
from districts.evidence.models import Commodity, CommunityGroup
from districts.regions.models import District
from p2emas.accounts.models import User

ENOUGH_YEARS = 3
GRADES = {
    "A": "tiga tahun atau lebih, dan semua kecamatan tercatat pada tiga tahun atau lebih",
    "B": "dua tahun atau lebih",
    "C": "satu tahun: hanya LQ yang dapat dihitung",
}


def evidence_grade(years: int, complete_years: int) -> str:
    """A, B, C or "" (none): ``years`` known of one kecamatan, ``complete_years`` known of every kecamatan."""
    if years >= ENOUGH_YEARS and complete_years >= ENOUGH_YEARS:
        return "A"
    if years >= 2:
        return "B"
    return "C" if years == 1 else ""


@dataclass(frozen=True)
class Cell:
    """One figure of the table; ``value`` None and ``recorded`` says that somebody knows it is unknown."""

    value: Decimal | None = None
    recorded: bool = False
    is_sample: bool = False
    source: str = ""


@dataclass
class Row:
    district: District
    commodity: Commodity
    cells: list[Cell] = field(default_factory=list)
    grade: str = ""

    @property
    def known(self) -> int:
        return sum(cell.value is not None for cell in self.cells)

    @property
    def sources(self) -> list[str]:
        return list(dict.fromkeys(cell.source for cell in self.cells if cell.source))

    @property
    def is_sample(self) -> bool:
        return any(cell.is_sample for cell in self.cells)


@dataclass
class Known:
    """The figures of one measure in the scope of one person."""

    measure: str
    years: list[int]
    rows: list[Row]
    districts: list[District]
    commodities: list[Commodity]
    without: list[Commodity]  # of which nothing is known in this measure

    @property
    def unit(self) -> str:
        return unit_of(self.measure)

    @property
    def expected(self) -> int:
        return len(self.rows) * len(self.years)

    @property
    def known(self) -> int:
        return sum(row.known for row in self.rows)

    @property
    def has_sample(self) -> bool:
        return any(row.is_sample for row in self.rows)

    @property
    def matrix(self) -> list[tuple[District, list[Row]]]:
        """One line for each kecamatan, one row object for each commodity."""
        of = {(row.district.pk, row.commodity.pk): row for row in self.rows}
        return [(d, [of[d.pk, c.pk] for c in self.commodities]) for d in self.districts]

    @property
    def grades(self) -> list[tuple[str, str, int]]:
        return [(grade, what, sum(row.grade == grade for row in self.rows)) for grade, what in GRADES.items()]

    @property
    def nothing(self) -> int:
        return sum(not row.grade for row in self.rows)


def known(user: User, measure: str, *, district: District | None = None, commodity: Commodity | None = None) -> Known:
    """What ``user`` may know; the grade looks at all kecamatan, so that it is the same for everybody."""
    figures = ProductionFigure.objects.filter(measure=measure)
    mine = figures.for_user(user).select_related("commodity")
    by_place = {(f.district_id, f.commodity_id, f.year): f for f in mine}
    years = sorted({f.year for f in by_place.values()})
    districts = list(District.objects.visible_in_office(user).order_by("name"))
    complete = _complete_years(figures, District.objects.count())
    every = list(Commodity.objects.order_by("name"))
    found = Known(measure, years, [], districts, *_parted(every, {key[1] for key in by_place}))
    if district:
        found.districts = [each for each in districts if each == district]
    if commodity:
        found.commodities = [commodity]
    found.rows = list(_rows(found, by_place, complete))
    return found


def _parted(every: list[Commodity], having: set[int]) -> tuple[list[Commodity], list[Commodity]]:
    """Those that have figures, and those without."""
    return [each for each in every if each.pk in having], [each for each in every if each.pk not in having]


def _rows(
    found: Known, figures: Mapping[tuple[int, int, int], ProductionFigure], complete: Mapping[int, int]
) -> Iterator[Row]:
    """Each kecamatan with each commodity, over all years."""
    for district, commodity in product(found.districts, found.commodities):
        cells = [_cell(figures.get((district.pk, commodity.pk, year))) for year in found.years]
        row = Row(district, commodity, cells)
        row.grade = evidence_grade(row.known, complete.get(commodity.pk, 0))
        yield row


def _cell(figure: ProductionFigure | None) -> Cell:
    if figure is None:
        return Cell()
    return Cell(figure.value, True, figure.is_sample, figure.source)


def _complete_years(figures: ProductionFigureQuerySet, districts: int) -> Mapping[int, int]:
    """Commodity -> in how many years every kecamatan has a value."""
    found: dict[int, int] = defaultdict(int)
    covered = figures.known().order_by().values("commodity", "year").annotate(n=Count("district", distinct=True))
    for row in covered:
        if districts and row["n"] >= districts:
            found[row["commodity"]] += 1
    return found


@dataclass(frozen=True)
class SourceUse:
    source: str
    count: int
    is_sample: bool


def sources(rows: Iterable[Row]) -> list[SourceUse]:
    """Where the shown figures come from, the most used first."""
    counts: dict[tuple[str, bool], int] = defaultdict(int)
    for row in rows:
        for cell in row.cells:
            if cell.source:
                counts[cell.source, cell.is_sample] += 1
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [SourceUse(source, count, sample) for (source, sample), count in ordered]


@dataclass(frozen=True)
class OnTheGround:
    """Groups and earlier aid of one kecamatan. A sum of aid counts only what is known."""

    district: District
    groups: int
    aid: int
    amount: int | None
    unknown: int


def on_the_ground(user: User, districts: Iterable[District]) -> list[OnTheGround]:
    groups = CommunityGroup.objects.for_user(user).filter(active=True).order_by().values_list("village__district")
    counted = dict(groups.annotate(Count("pk")))
    aid = EarlierAid.objects.for_user(user).order_by().values("village__district")
    given = {
        row["village__district"]: row
        for row in aid.annotate(n=Count("pk"), sum=Sum("amount"), unknown=Count("pk", filter=Q(amount=None)))
    }
    found = []
    for district in districts:
        row = given.get(district.pk)
        count, amount, unknown = (row["n"], row["sum"], row["unknown"]) if row else (0, None, 0)
        found.append(OnTheGround(district, counted.get(district.pk, 0), count, amount, unknown))
    return found
