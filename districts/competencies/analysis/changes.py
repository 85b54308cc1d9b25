"""How commodities changed between two years: dynamic quotient and shift-share, over one list of commodities."""

from decimal import Decimal

from districts.competencies.analysis.findings import SAME, CommodityChange
from districts.competencies.analysis.table import AnalysisTable
from p2emas.methods.quotients import dynamic_location_quotient, shift_share


def changes_of(table: AnalysisTable) -> dict[int, CommodityChange]:
    """Each commodity between its first and its last usable year; those of one span share their totals."""
    spans: dict[tuple[int, int], list[int]] = {}
    for commodity in table.goods:
        known = [year for year in table.usable if table.own(commodity, year) is not None]
        if len(known) > 1:
            spans.setdefault((known[0], known[-1]), []).append(commodity)
    found: dict[int, CommodityChange] = {}
    for span, members in spans.items():
        found |= _changes_of_span(table, span, members)
    return found


def _changes_of_span(table: AnalysisTable, span: tuple[int, int], members: list[int]) -> dict[int, CommodityChange]:
    own = [[table.own(c, year) for c in table.goods] for year in span]
    whole = [[table.whole.get((c, year)) for c in table.goods] for year in span]
    complete = [place for place, values in enumerate(zip(*own, *whole, strict=True)) if None not in values]
    own_total, whole_total = _totals(own, complete), _totals(whole, complete)
    if not whole_total[0]:
        return {}
    quotients = dynamic_location_quotient(own[0], own[1], whole[0], whole[1], span[1] - span[0])
    parts = shift_share(own[0], own[1], whole[0], whole[1])
    left_out = _names_without(table, complete)
    found = {}
    for commodity in members:
        place = table.goods.index(commodity)
        found[commodity] = CommodityChange(
            first=span[0],
            last=span[1],
            own=_ends(own, place),
            own_total=own_total,
            whole=_ends(whole, place),
            whole_total=whole_total,
            left_out=left_out,
            dlq=quotients[place],
            national=parts.national[place],
            mix=parts.mix[place],
            competitive=parts.competitive[place],
            residual=_residual(table, commodity, span),
        )
    return found


def _names_without(table: AnalysisTable, places: list[int]) -> tuple[str, ...]:
    return tuple(table.commodities[c].name for place, c in enumerate(table.goods) if place not in places)


def _totals(ends: list[list[Decimal | None]], places: list[int]) -> tuple[Decimal, Decimal]:
    first, last = (sum((values[place] or Decimal() for place in places), Decimal()) for values in ends)
    return first, last


def _ends(ends: list[list[Decimal | None]], place: int) -> tuple[Decimal, Decimal]:
    """The first and the last figure of one commodity; a span begins and ends with a year that has them."""
    first, last = ends[0][place], ends[1][place]
    if first is None or last is None:
        raise ValueError("a span begins and ends with a figure")
    return first, last


def _residual(table: AnalysisTable, commodity: int, span: tuple[int, int]) -> Decimal | None:
    """What the kecamatan's C add up to: 0 when all have a figure in both years, else what is missing."""
    first, last = (table.whole.get((commodity, year)) for year in span)
    if not first or last is None:
        return None
    known = table.cells.known
    both = [
        (known[place, commodity, span[0]], known[place, commodity, span[1]])
        for place in table.districts
        if (place, commodity, span[0]) in known and (place, commodity, span[1]) in known
    ]
    total = sum((b for _a, b in both), Decimal()) - sum((a for a, _b in both), Decimal()) * last / first
    return round(total, SAME)
