"""Values of indicators as reports give them, and one figure for the whole."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from decimal import Decimal

from django.db.models import QuerySet

from programs.framework.models import Indicator
from programs.recaps.evaluation import sum_known
from programs.reporting.reading.approved import Published
from programs.reporting.reports.kept import KeptValue
from programs.reporting.reports.parts import IndicatorValue

ByVillage = Mapping[int | None, Decimal | None]  # None is everywhere


def read_values(
    indicators: Container[int], reports: Sequence[Published]
) -> dict[tuple[int, int], dict[int | None, Decimal | None]]:
    """By report and indicator: village (None: everywhere) -> value."""
    found: dict[tuple[int, int], dict[int | None, Decimal | None]] = defaultdict(dict)
    own = [report.pk for report in reports if not report.kept]
    copied = [report.pk for report in reports if report.kept]
    sources: list[QuerySet] = [IndicatorValue.objects.filter(report__in=own)]
    if copied:
        sources.append(KeptValue.objects.filter(report__in=copied))
    for rows in sources:
        for report, indicator, village, value in rows.order_by().values_list("report", "indicator", "village", "value"):
            if indicator in indicators:
                found[report, indicator][village] = value
    return found


def whole_of(formula: str, by_village: ByVillage) -> Decimal | None:
    """One figure for the whole: as it is given, or the sum over villages of what adds up. A percentage is no sum."""
    if None in by_village:
        return by_village[None]
    values = list(by_village.values())
    if formula == Indicator.Formula.INCREASING:
        return sum_known(values)
    return values[0] if len(values) == 1 else None


def silent_villages(said: Iterable[ByVillage], targets: ByVillage) -> set[int]:
    """Villages with a target, or a row in a report, that never said a value; none where one figure is for the whole."""
    reports = list(said)
    asked = {village for by_village in (targets, *reports) for village in by_village}
    told = {village for by_village in reports for village, value in by_village.items() if value is not None}
    return set() if None in asked else {village for village in asked - told if village is not None}
