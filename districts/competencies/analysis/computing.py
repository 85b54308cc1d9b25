"""What the figures say about the commodities of one kecamatan: quotients, shift-share, classes.

Plain figures in, frozen dataclasses out, no database: the same code serves today's figures and those that a decision
stored. What is undefined is None with a reason; dishonest figures raise ``FiguresRefused`` with a sentence that
names the cell.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from districts.competencies.analysis.changes import changes_of
from districts.competencies.analysis.figures import Cells, Figure, FiguresRefused, Goods, checked_cells
from districts.competencies.analysis.findings import (
    CLASS_ORDER,
    SAME,
    Analysis,
    CommodityChange,
    CommodityLine,
    CommodityYear,
)
from districts.competencies.analysis.table import AnalysisTable
from districts.evidence.known import evidence_grade
from p2emas.methods.quotients import (
    combined_class,
    klassen,
    location_quotient,
    slq_dlq_class,
)
from p2emas.naming import said

__all__ = [
    "Analysis",
    "CommodityChange",
    "CommodityLine",
    "CommodityYear",
    "Figure",
    "FiguresRefused",
    "Goods",
    "analyse",
]


def analyse(
    figures: Iterable[Figure],
    *,
    district: int,
    first: int,
    last: int,
    districts: Mapping[int, str],
    commodities: Mapping[int, Goods],
) -> Analysis:
    """The analysis of kecamatan ``district`` over the years ``first`` to ``last``, both included.

    ``figures`` are those of every kecamatan of the regency in ONE unit; ``districts`` names all of its kecamatan,
    ``commodities`` every commodity in ``figures`` and those above it. Raises ``FiguresRefused`` for negative or not
    finite values, two units, tons of different sectors, a single kecamatan or a single commodity.
    """
    cells = checked_cells(figures, first, last, districts, commodities)
    counted, beside_parts = _counted(cells, commodities)
    years = tuple(range(first, last + 1))
    _refuse_lonely(cells, counted, district, districts, commodities)
    table = AnalysisTable(cells, district, districts, commodities, years, counted)
    changes = changes_of(table)
    lines = [_line(table, commodity, changes.get(commodity)) for commodity in counted]
    return Analysis(
        district=district,
        district_name=districts[district],
        unit=cells.unit,
        years=years,
        lines=tuple(_ranked(lines)),
        gaps={year: gaps for year in table.usable if (gaps := _gaps(table, year))},
        beside_parts=beside_parts,
        unusable_years=table.unusable,
        districts=len(districts),
        is_sample=any(key[1] in counted for key in cells.samples),
    )


def _counted(cells: Cells, commodities: Mapping[int, Goods]) -> tuple[list[int], dict[str, tuple[str, ...]]]:
    """Commodities that are added up; and groups that have figures beside those of their parts.

    Such a group is taken to hold what its parts do not ("hortikultura selain cabai"); the page asks to make sure.
    """
    present = {commodity for _district, commodity, _year in cells.known}
    parts: dict[int, set[int]] = {}
    for commodity in present:
        above, seen = commodities[commodity].parent, {commodity}
        while above is not None and above not in seen:
            seen.add(above)
            if above in present:
                parts.setdefault(above, set()).add(commodity)
            above = commodities[above].parent if above in commodities else None
    named = {commodities[c].name: tuple(sorted(commodities[part].name for part in found)) for c, found in parts.items()}
    return sorted(present, key=lambda c: (commodities[c].name, c)), named


def _refuse_lonely(
    cells: Cells, counted: list[int], district: int, districts: Mapping[int, str], commodities: Mapping[int, Goods]
) -> None:
    present = {place for place, commodity, _year in cells.known if commodity in counted}
    if not present:
        return
    if len(present) == 1:
        raise FiguresRefused(
            said(
                "Hanya kecamatan %(name)s yang punya angka, jadi kecamatan itu sama dengan {territory} dan semua "
                "LQ menjadi 1. Lengkapi angka kecamatan lain."
            )
            % {"name": districts[present.pop()]}
        )
    if len(counted) == 1:
        raise FiguresRefused(
            f"Hanya {commodities[counted[0]].name} yang punya angka. Dengan satu komoditas semua LQ menjadi 1; "
            "lengkapi komoditas lain."
        )


def _gaps(table: AnalysisTable, year: int) -> tuple[str, ...]:
    return tuple(table.commodities[c].name for c in table.goods if table.own(c, year) is None)


def _year(table: AnalysisTable, commodity: int, year: int) -> CommodityYear:
    own, whole = table.own(commodity, year), table.whole.get((commodity, year), Decimal())
    reason, lq = table.unusable.get(year, ""), None
    if own is None and reason not in ("no_figures", "alone", "single"):
        reason = "no_data"
    if not reason:
        lq = location_quotient(own, table.own_total[year], whole, table.whole_total[year])
        reason = "" if lq is not None else "commodity_zero"
    return CommodityYear(
        year=year,
        own=own,
        own_total=table.own_total[year],
        whole=whole,
        whole_total=table.whole_total[year],
        covered=table.covered.get((commodity, year), 0),
        lower_bound=any(table.own(c, year) is None for c in table.goods),
        lq=lq,
        reason=reason,
    )


def _line(table: AnalysisTable, commodity: int, change: CommodityChange | None) -> CommodityLine:
    years = tuple(_year(table, commodity, year) for year in table.years)
    valid = [year for year in years if year.lq is not None]
    quotients = [year.lq for year in years if year.lq is not None]
    lq = _mean(quotients)
    share = _mean([year.share for year in valid])
    whole_share = _mean([year.whole_share for year in valid])
    of_klassen, slq_dlq, combined = _classes(lq, share, whole_share, change)
    return CommodityLine(
        commodity=commodity,
        name=table.commodities[commodity].name,
        sector=table.commodities[commodity].sector,
        years=years,
        lq=lq,
        lq_min=min(quotients, default=None),
        lq_max=max(quotients, default=None),
        share=share,
        whole_share=whole_share,
        regency_share=_mean([year.regency_share for year in valid]),
        change=change,
        spans_whole=change is not None and (change.first, change.last) == (table.usable[0], table.usable[-1]),
        klassen=of_klassen,
        slq_dlq=slq_dlq,
        combined=combined,
        grade=_grade(table, commodity, valid),
        is_sample=any(key[1] == commodity for key in table.cells.samples),
        reasons=_reasons(years, lq, change),
    )


def _classes(
    lq: float | None, share: float | None, whole_share: float | None, change: CommodityChange | None
) -> tuple[str | None, str | None, str | None]:
    """Classes of Klassen, of SLQ with DLQ, and of LQ with C; all three need a change between two years."""
    if change is None:
        return None, None, None
    return (
        klassen(share, whole_share, change.growth, change.whole_growth),
        slq_dlq_class(lq, change.dlq),
        combined_class(lq, change.competitive),
    )


def _reasons(years: tuple[CommodityYear, ...], lq: float | None, change: CommodityChange | None) -> dict[str, str]:
    """Why a figure is undefined, as codes that ``words.REASONS`` turns into sentences."""
    reasons = {}
    if lq is None:
        reasons["lq"] = next((year.reason for year in years if year.reason not in ("", "no_data")), "no_data")
    if change is None:
        known = sum(year.own is not None for year in years)
        reasons["change"] = {0: "no_data", 1: "one_year"}.get(known, "no_start")
        return reasons
    if change.dlq is None:
        reasons["dlq"] = _why_no_dlq(change)
    if change.competitive is None:
        reasons["competitive"] = "regency_start_zero"
    if change.growth is None:
        reasons["growth"] = "new" if change.own[1] else "start_zero"
    return reasons


def _why_no_dlq(change: CommodityChange) -> str:
    if not change.own[0]:
        return "new" if change.own[1] else "start_zero"
    return "district_end_zero" if change.whole[1] else "regency_end_zero"


def _grade(table: AnalysisTable, commodity: int, valid: list[CommodityYear]) -> str:
    return evidence_grade(len(valid), sum(year.covered == len(table.districts) for year in valid))


def _ranked(lines: list[CommodityLine]) -> list[CommodityLine]:
    """Highest class first, then LQ, then C as a share of x_j; a small base comes after. Ties share their rank."""
    known = sorted((line for line in lines if line.lq is not None), key=_order)
    ranks: list[CommodityLine] = []
    rank = 0
    before: CommodityLine | None = None
    for place, line in enumerate(known, start=1):
        if before is None or _order(before) != _order(line):
            rank = place
        ranks.append(replace(line, rank=rank))
        before = line
    return ranks + [line for line in lines if line.lq is None]


def _order(line: CommodityLine) -> tuple[bool, int, float, float]:
    place = CLASS_ORDER.index(line.combined) if line.combined else len(CLASS_ORDER)
    share = line.change.competitive_share if line.change else None
    return line.is_small, place, -round(line.lq or 0, SAME), -round(share or 0, SAME)


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return math.fsum(known) / len(known) if known else None
