"""Results of villages as small drawings: baseline and newest value, panels of one unit on one scale."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from p2emas.ui import charts, formats
from programs.reporting.reading.welfare import VillageResult


@dataclass(frozen=True)
class ResultPanel:
    result: VillageResult
    chart: charts.Chart


def panels_of(results: Iterable[VillageResult], year: int, *, most: int | None = None) -> list[ResultPanel]:
    """The first ``most`` panels, on a scale that holds all of them."""
    results = list(results)
    tops: dict[str, Decimal] = {}
    for result in results:
        known = [value for value in (result.baseline, result.value) if value is not None]
        tops[result.unit] = max([tops.get(result.unit, Decimal(0)), *known])
    return [ResultPanel(result, _chart(result, tops[result.unit], year)) for result in results[:most]]


def _chart(result: VillageResult, top: Decimal, year: int) -> charts.Chart:
    now = formats.quarter_short(year, result.quarter) if result.quarter else "kini"
    label = f"{result.village}: {formats.number(result.baseline)} menjadi {formats.number(result.value)} {result.unit}"
    return charts.two_points(
        result.baseline,
        result.value,
        label=label,
        maximum=top,
        first_when=str(result.baseline_year or "awal"),
        last_when=now,
    )
