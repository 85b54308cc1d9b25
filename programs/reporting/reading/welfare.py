"""The second ledger: what changed for people in a village, from the baseline to the newest approved value."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from django.db.models import Q

from districts.regions.models import Village
from programs.framework.models import Indicator, IndicatorTarget
from programs.reporting.reports.kept import KeptValue
from programs.reporting.reports.models import ProgressReport, ReportingPeriod
from programs.reporting.reports.parts import IndicatorValue


@dataclass
class VillageResult:
    """One welfare indicator in one village. ``values`` are those of the year by quarter, None = "belum ada data".

    ``baseline`` and ``target`` are in ``unit``; ``value`` is the newest known one of the year (the running sum for
    "increasing"); ``quarter`` says which quarter it is from.
    """

    village: Village
    name: str
    unit: str
    formula: str
    baseline: Decimal | None
    baseline_year: int | None
    target: Decimal | None
    is_sample: bool
    values: dict[int, Decimal | None] = field(default_factory=dict)

    @property
    def known(self) -> dict[int, Decimal]:
        return {quarter: value for quarter, value in sorted(self.values.items()) if value is not None}

    @property
    def quarter(self) -> int | None:
        return max(self.known, default=None)

    @property
    def value(self) -> Decimal | None:
        if not self.known:
            return None
        if self.formula == Indicator.Formula.INCREASING:
            return sum(self.known.values(), Decimal(0))
        return self.known[max(self.known)]

    def up_to(self, quarter: int) -> "VillageResult":
        """What was known of it at the end of an earlier quarter of the year."""
        return replace(self, values={number: value for number, value in self.values.items() if number <= quarter})

    @property
    def change(self) -> Fraction | None:
        """From the baseline to the value, in percent of the baseline; None when either is unknown or it starts at 0."""
        if self.value is None or not self.baseline:
            return None
        return Fraction(self.value - self.baseline) * 100 / Fraction(self.baseline)

    @property
    def improved(self) -> bool | None:
        """Whether people are better off than at the baseline; None when that cannot be said."""
        if self.value is None or self.baseline is None:
            return None
        better_when_lower = self.formula == Indicator.Formula.DECREASING
        return self.value < self.baseline if better_when_lower else self.value > self.baseline


def village_results(
    year: int, quarter: int = 4, *, villages: Iterable[Village] | None = None, approved_only: bool = True
) -> list[VillageResult]:
    """Results of ``year`` up to ``quarter`` (1-4) per village and welfare indicator, in the order of the villages.

    Indicators of the same name and unit are one measure, whichever activity carries them. Two queries, both on
    the chosen year only.
    """
    targets = IndicatorTarget.objects.filter(
        year=year, village__isnull=False, indicator__ledger=Indicator.Ledger.WELFARE
    ).select_related("indicator", "village__district")
    here = Q(village__isnull=False)
    if villages is not None:
        wanted = [village.pk for village in villages]
        targets, here = targets.filter(village__in=wanted), Q(village__in=wanted)
    found: dict[tuple[int | None, str, str], VillageResult] = {}
    for target in targets.order_by("village__name", "indicator__name", "pk"):
        indicator, village = target.indicator, target.village
        assert village is not None  # asked for above
        found.setdefault(
            (village.pk, indicator.name, indicator.unit),
            VillageResult(
                village,
                indicator.name,
                indicator.unit,
                indicator.formula,
                target.baseline,
                target.baseline_year,
                target.target,
                target.is_sample,
            ),
        )
    for village_id, name, unit, number, value in _values(year, quarter, here, approved_only=approved_only):
        result = found.get((village_id, name, unit))
        if result is not None and (value is not None or number not in result.values):
            result.values[number] = value
    return list(found.values())


Row = tuple[int, str, str, int, Decimal | None]


def _values(year: int, quarter: int, here: Q, *, approved_only: bool) -> list[Row]:
    """(village, name, unit, quarter, value), quarter by quarter; of reports being corrected as they were approved."""
    wanted = here & Q(
        report__period__year=year,
        report__period__number__lte=quarter,
        report__period__kind=ReportingPeriod.Kind.QUARTER,
        indicator__ledger=Indicator.Ledger.WELFARE,
    )
    approved = Q(report__status__in=ProgressReport.APPROVED_STATES)
    read = ("report__period__number", "pk", "village_id", "indicator__name", "indicator__unit", "value")
    own = IndicatorValue.objects.filter(wanted & approved if approved_only else wanted).order_by().values_list(*read)
    if approved_only:
        own = own.union(KeptValue.objects.filter(wanted & ~approved).order_by().values_list(*read), all=True)
    return [(village, name, unit, number, value) for number, _pk, village, name, unit, value in sorted(own, key=_place)]


def _place(row: tuple) -> tuple[int, int]:
    number, pk = row[:2]
    return number, pk
