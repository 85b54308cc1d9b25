"""The second ledger: what changed for people in a village, from the baseline to the newest approved value."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from django.conf import settings
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
    counts_people: bool = False
    of_sex: str = ""  # of a part of those who are counted: FEMALE, MALE
    hidden: bool = False  # its figures are those of too few persons, and not shown

    @property
    def has_few(self) -> bool:
        """Whether one of its figures is that of so few persons that they could be recognised."""
        figures = (self.baseline, self.value)
        least = settings.SMALLEST_SHOWN_GROUP
        return self.counts_people and any(figure is not None and 0 < figure < least for figure in figures)

    def without_figures(self) -> "VillageResult":
        return replace(self, baseline=None, target=None, values={}, hidden=True)

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
    def gain(self) -> Fraction | None:
        """The change in the direction that is better for people: above 0 where they are better off."""
        change = self.change
        return -change if change is not None and self.better_when_lower else change

    @property
    def better_when_lower(self) -> bool:
        return self.formula == Indicator.Formula.DECREASING

    @property
    def improved(self) -> bool | None:
        """Whether people are better off than at the baseline; None when that cannot be said."""
        if self.value is None or self.baseline is None:
            return None
        return self.value < self.baseline if self.better_when_lower else self.value > self.baseline

    @property
    def course(self) -> str:
        """What became of it, in a word: a fall is called a fall."""
        if self.improved:
            return "Membaik"
        if self.value == self.baseline:
            return "Tetap"
        return "Naik, padahal harus turun" if self.better_when_lower else "Turun"


def village_results(
    year: int,
    quarter: int = 4,
    *,
    villages: Iterable[Village] | None = None,
    approved_only: bool = True,
    by_sex: bool = False,
    exact: bool = False,
) -> list[VillageResult]:
    """Results of ``year`` up to ``quarter`` (1-4) per village and welfare indicator, in the order of the villages.

    Indicators of the same name and unit are one measure, whichever activity carries them. ``by_sex``: with the parts of
    those that count persons. Unless ``exact``, figures of too few persons are left out, and so
    are all parts where one of them is, because the others would tell it. Two queries, both on the chosen year only.
    """
    targets = IndicatorTarget.objects.filter(
        year=year, village__isnull=False, indicator__ledger=Indicator.Ledger.WELFARE
    ).select_related("indicator", "village__district")
    here = Q(village__isnull=False)
    if villages is not None:
        wanted = [village.pk for village in villages]
        targets, here = targets.filter(village__in=wanted), Q(village__in=wanted)
    if not by_sex:
        targets = targets.filter(indicator__of_sex="")
    found: dict[Measured, VillageResult] = {}
    for target in targets.order_by("village__name", "village", "indicator__name", "indicator__of_sex", "pk"):
        found.setdefault(_measured(target), _result(target))
    for village_id, name, unit, of_sex, number, value in _values(year, quarter, here, approved_only=approved_only):
        result = found.get((village_id, name, unit, of_sex))
        if result is not None and (value is not None or number not in result.values):
            result.values[number] = value
    return list(found.values()) if exact else _without_few(found)


Measured = tuple[int | None, str, str, str]  # village, name, unit, sex
Row = tuple[int, str, str, str, int, Decimal | None]


def _measured(target: IndicatorTarget) -> Measured:
    return target.village_id, target.indicator.name, target.indicator.unit, target.indicator.of_sex


def _result(target: IndicatorTarget) -> VillageResult:
    indicator, village = target.indicator, target.village
    assert village is not None  # asked for above
    return VillageResult(
        village,
        indicator.name,
        indicator.unit,
        indicator.formula,
        target.baseline,
        target.baseline_year,
        target.target,
        target.is_sample,
        counts_people=indicator.counts_people,
        of_sex=indicator.of_sex,
    )


def _without_few(found: dict[Measured, VillageResult]) -> list[VillageResult]:
    """A part with few persons hides the village's other parts of that unit: beside the whole they would tell it."""
    parts = {(place[0], result.unit) for place, result in found.items() if result.of_sex and result.has_few}
    return [
        result.without_figures() if result.has_few or (result.of_sex and (place[0], result.unit) in parts) else result
        for place, result in found.items()
    ]


def _values(year: int, quarter: int, here: Q, *, approved_only: bool) -> list[Row]:
    """(village, name, unit, sex, quarter, value), quarter by quarter; of reports being corrected as approved."""
    wanted = here & Q(
        report__period__year=year,
        report__period__number__lte=quarter,
        report__period__kind=ReportingPeriod.Kind.QUARTER,
        indicator__ledger=Indicator.Ledger.WELFARE,
    )
    approved = Q(report__status__in=ProgressReport.APPROVED_STATES)
    measured = ("village_id", "indicator__name", "indicator__unit", "indicator__of_sex")
    read = ("report__period__number", "pk", *measured, "value")
    own = IndicatorValue.objects.filter(wanted & approved if approved_only else wanted).order_by().values_list(*read)
    if approved_only:
        own = own.union(KeptValue.objects.filter(wanted & ~approved).order_by().values_list(*read), all=True)
    rows = sorted(own, key=_place)
    return [(village, name, unit, of_sex, number, value) for number, _pk, village, name, unit, of_sex, value in rows]


def _place(row: tuple) -> tuple[int, int]:
    number, pk = row[:2]
    return number, pk
