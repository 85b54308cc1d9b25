"""One visit a month in each village with a facilitator: which villages were not visited in a month."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Count
from django.db.models.functions import Coalesce
from django.urls import reverse

from districts.regions.models import District, Village
from facilitators.placements.models import Placement
from p2emas.accounts.models import User
from p2emas.ui.formats import MONTHS
from programs.fieldwork.models import FieldReport


@dataclass(frozen=True, order=True)
class Month:
    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Month":
        return cls(day.year, day.month)

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        return self.next.first - timedelta(days=1)

    @property
    def next(self) -> "Month":
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    def lies_in(self, starts: date, ends: date) -> bool:
        """Whether all of it does: where somebody was placed for a part only, the month is not held against them."""
        return starts <= self.first and self.last <= ends

    @classmethod
    def last_whole(cls, year: int, today: date) -> "Month | None":
        """The last month of ``year`` that is over; none before its first is."""
        last = min(cls(year, 12).last, cls.of(today).previous.last)
        return cls.of(last) if last.year == year else None

    @property
    def previous(self) -> "Month":
        return Month.of(self.first - timedelta(days=1))

    def __str__(self) -> str:
        return f"{MONTHS[self.number - 1]} {self.year}"


@dataclass(frozen=True)
class UnvisitedVillage:
    """A village in which fewer visits arrived than expected, and who was placed there."""

    village: Village
    people: tuple[str, ...]
    visits: int

    @property
    def people_words(self) -> str:
        return ", ".join(self.people)


@dataclass(frozen=True)
class VisitedMonth:
    """How many villages expect visits in a month, and which had fewer; facilitators read no mail."""

    month: Month
    expected: int
    missing: list[UnvisitedVillage]

    @property
    def heading(self) -> str:
        if not self.missing:
            return f"Semua {self.expected} desa dikunjungi pendampingnya, {self.month}"
        return f"{len(self.missing)} dari {self.expected} desa tanpa kunjungan pendamping, {self.month}"

    @property
    def message(self) -> str:
        """For the group of the facilitators: villages only, no names of people."""
        lines = [f"- {each.village}, {each.village.district}" for each in self.missing]
        link = f"{settings.SITE_URL}{reverse('fieldwork:field-home')}"
        return "\n".join(
            [
                f"Kunjungan {self.month} dari desa ini belum kami terima:",
                *lines,
                f"Mohon dikirim lewat {link}. Yang sudah tersimpan di HP terkirim sendiri setelah Anda masuk.",
            ]
        )


@dataclass(frozen=True)
class VisitedMonths:
    """Of months that are over: how many of them, each counted once a village, expect visits, and how many had them."""

    expected: int
    visited: int

    def __add__(self, other: "VisitedMonths") -> "VisitedMonths":
        return VisitedMonths(self.expected + other.expected, self.visited + other.visited)


NO_MONTH = VisitedMonths(0, 0)


def visited_months(first: Month, last: Month, *, district: District | None = None) -> dict[Month, VisitedMonths]:
    """Each month from ``first`` to ``last`` in which a village expects visits, of ``district`` alone if there is one.

    A village expects them where one facilitator was placed for the whole month, as in ``visits_of_month``.
    """
    expected = _expected_villages(first, last, district)
    here = FieldReport.objects.counted().filter(visited_on__range=(first.first, last.last))
    if district is not None:
        here = here.filter(village__district=district)
    made: Counter[tuple[Month, int]] = Counter()
    days = here.order_by().values_list("village", "visited_on").annotate(Count("pk"))
    for village, day, count in days.iterator():
        made[Month.of(day), village] += count
    return {
        month: VisitedMonths(
            len(villages), sum(made[month, village] >= settings.VISITS_A_MONTH for village in villages)
        )
        for month, villages in expected.items()
    }


def _expected_villages(first: Month, last: Month, district: District | None) -> dict[Month, set[int]]:
    if not settings.VISITS_A_MONTH:
        return {}
    placed = Placement.objects.overlapping(first.first, last.last).in_villages()
    if district is not None:
        placed = placed.filter(target_location__village__district=district)
    found: dict[Month, set[int]] = defaultdict(set)
    spans = placed.order_by().values_list("target_location__village", "starts", Coalesce("ended_on", "ends"))
    for village, starts, ends in spans:
        month = max(first, Month.of(starts))
        while month <= min(last, Month.of(ends)):
            if month.lies_in(starts, ends):
                found[month].add(village)
            month = month.next
    return found


def unvisited(month: Month, *, user: User | None = None) -> list[UnvisitedVillage]:
    """Villages with fewer counted visits in ``month`` than are expected; of ``user`` alone, their own."""
    return visits_of_month(month, user=user).missing


def visits_of_month(month: Month, *, user: User | None = None) -> VisitedMonth:
    """Which villages had a facilitator all month long, and fewer visits than are expected."""
    if not settings.VISITS_A_MONTH:
        return VisitedMonth(month, 0, [])
    placed = Placement.objects.overlapping(month.first, month.last).in_villages()
    if user is not None:
        placed = placed.of_user(user)
    people: dict[Village, list[str]] = {}
    for each in placed.for_table().order_by("target_location__village__name", "pk"):
        if month.lies_in(each.starts, each.last_day) and each.target_location is not None:
            people.setdefault(each.target_location.village, []).append(str(each.facilitator))
    counts = _visits_in(month, people)
    missing = [
        UnvisitedVillage(village, tuple(names), counts.get(village.pk, 0))
        for village, names in people.items()
        if counts.get(village.pk, 0) < settings.VISITS_A_MONTH
    ]
    return VisitedMonth(month, len(people), missing)


def _visits_in(month: Month, villages: Iterable[Village]) -> dict[int, int]:
    here = FieldReport.objects.counted().filter(village__in=list(villages), visited_on__range=(month.first, month.last))
    return dict(here.order_by().values_list("village").annotate(Count("pk")))
