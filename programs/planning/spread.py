"""Is the money of the plans spread thin or piled up? Effective number of places against the planned number."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from districts.locations.models import TargetLocation
from districts.regions.models import Village
from p2emas.accounts.models import Agency
from p2emas.methods import concentration
from programs.planning.models import PlanLine, PlanLineQuerySet

TOO_FEW, TOO_MANY = 0.8, 1.25  # effective number / planned number (8-model rule 4; a policy choice, not a law)
JUDGED_FROM = 5  # with fewer eligible villages the number is shown without a judgement

BANDS = {"spread": "tersebar", "fitting": "sesuai", "piled": "menumpuk"}


@dataclass(frozen=True)
class Spread:
    """How the budget of a year divides among the villages; amounts in whole rupiah, village money left out.

    ``eligible``: all active villages, those with 0 included (N of the measures). ``planned``: target locations in
    force. ``inside``/``outside``: rupiah in target locations and in other villages; ``unplaced``: for the whole
    regency, in no village's share. ``hhi`` 1/N to 1, ``normalised_hhi`` and ``gini`` 0 to 1, ``effective_number``
    in villages, all None when nothing is placed. ``amounts``: village id -> rupiah, villages with money only.
    """

    year: int
    eligible: int
    planned: int
    inside: int
    outside: int
    unplaced: int
    hhi: float | None
    normalised_hhi: float | None
    effective_number: float | None
    gini: float | None
    amounts: dict[int, int]

    @property
    def placed(self) -> int:
        return self.inside + self.outside

    @property
    def recipients(self) -> int:
        return len(self.amounts)

    @property
    def ratio(self) -> float | None:
        """Effective over planned number of places; None without money in villages or without target locations."""
        if self.effective_number is None or not self.planned:
            return None
        return self.effective_number / self.planned

    @property
    def band(self) -> str | None:
        """ "spread" above 1.25 x, "piled" below 0.8 x, else "fitting"; None where no judgement is made."""
        if self.ratio is None or self.eligible < JUDGED_FROM:
            return None
        if self.ratio > TOO_MANY:
            return "spread"
        return "piled" if self.ratio < TOO_FEW else "fitting"

    @property
    def band_label(self) -> str:
        return BANDS[self.band] if self.band else ""


def spread_of_year(year: int, *, on: date, agency: Agency | None = None) -> Spread:
    """Spread of the plans of ``year`` in force on ``on``, of one agency or of all (three queries)."""
    lines = PlanLine.objects.filter(plan__year=year).in_force(on)
    if agency is not None:
        lines = lines.filter(plan__agency=agency)
    return spread_of(lines, year, on=on)


def spread_of(lines: PlanLineQuerySet, year: int, *, on: date) -> Spread:
    """Spread of ``lines``, held against the target locations in force on ``on``."""
    rows = dict(lines.in_program_budget().placed().order_by().values_list("place_village").annotate(Sum("amount")))
    targets = set(TargetLocation.objects.in_force(on).values_list("village", flat=True))
    return measure_spread(rows, year, targets)


def measure_spread(money: Mapping[int | None, int], year: int, targets: Collection[int]) -> Spread:
    """Spread of ``money``, village id -> rupiah (None: the whole regency), held against ``targets``; one query."""
    villages = Village.objects.public().order_by().values_list("pk", flat=True)
    return measure_spread_among(villages, money, year, targets)


def measure_spread_among(
    villages: Iterable[int], money: Mapping[int | None, int], year: int, targets: Collection[int]
) -> Spread:
    """The same where the keys of all active ``villages`` are at hand."""
    amounts = {village: amount for village, amount in money.items() if village is not None and amount}
    eligible = {*villages, *amounts}
    shares = [amounts.get(village, 0) for village in sorted(eligible)]
    return Spread(
        year=year,
        eligible=len(eligible),
        planned=len(targets),
        inside=sum(amount for village, amount in amounts.items() if village in targets),
        outside=sum(amount for village, amount in amounts.items() if village not in targets),
        unplaced=money.get(None, 0),
        hhi=concentration.hhi(shares),
        normalised_hhi=concentration.normalised_hhi(shares),
        effective_number=concentration.effective_number(shares),
        gini=concentration.gini(shares),
        amounts=amounts,
    )


def spread_of_years(years: Iterable[int], *, on: date, agency: Agency | None = None) -> list[Spread]:
    """The same measure for several years beside each other, each on ``on`` or the last day of its year.

    A past year is held against the target locations of its own last day, not against the current ones.
    """
    return [spread_of_year(year, on=min(on, date(year, 12, 31)), agency=agency) for year in years]


def exceptions(year: int, *, on: date) -> PlanLineQuerySet:
    """Agreed lines in villages that are no target locations on ``on``, the largest amount first.

    Their sum is ``outside`` of the spread: the village decides, not the field that names it. A line whose location a
    decree has closed is one of them, without an ``exception_reason``; one whose village became a location is not.
    """
    targets = TargetLocation.objects.in_force(on).order_by().values("village")
    lines = PlanLine.objects.filter(plan__year=year).in_force(on).in_program_budget().placed()
    elsewhere = lines.filter(place_village__isnull=False).exclude(place_village__in=targets)
    return elsewhere.for_table().order_by("-amount", "pk")
