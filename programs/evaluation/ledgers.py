"""Both ledgers side by side, of one village or of many, and what they say together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from districts.locations.models import TargetLocation
from districts.regions.models import District, Village
from programs.evaluation.money import MoneyLedger, money_ledgers, total_money
from programs.evaluation.welfare import WelfareLedger, of_one, of_several
from programs.reporting.reading.welfare import VillageResult, village_results


class Finding(Enum):
    """What two ledgers say: words, class of the sign, and what the headline of a village says."""

    REVIEW = ("Perlu ditinjau", "late", "uang terpakai, hidup belum membaik")
    BOTH_LOW = ("Tertinggal dan datar", "watch", "pekerjaan tertinggal, hidup belum membaik")
    BEHIND = ("Membaik, pekerjaan tertinggal", "watch", "hidup membaik, pekerjaan tertinggal")
    BEHIND_UNKNOWN = ("Tertinggal, kesejahteraan belum ada data", "watch", "pekerjaan tertinggal")
    GOOD = ("Berjalan dan membaik", "good", "pekerjaan berjalan, hidup membaik")
    NO_MONEY = ("Pekerjaan belum ada data", "none", "pekerjaan belum dapat dinilai")
    NO_WELFARE = ("Kesejahteraan belum ada data", "none", "kesejahteraan belum dapat dinilai")

    def __init__(self, word: str, sign: str, headline: str) -> None:
        self.word, self.sign, self.headline = word, sign, headline

    @property
    def is_red(self) -> bool:
        return self is Finding.REVIEW


ORDER = list(Finding)  # of a list: what asks for somebody first


def finding_of(money: MoneyLedger, welfare: WelfareLedger) -> Finding:
    """Red only where money and work are as planned and welfare is flat; what is not known is never red."""
    green, flat = money.is_green, welfare.is_flat
    if green is None:
        return Finding.NO_MONEY
    if flat is None:
        return Finding.NO_WELFARE if green else Finding.BEHIND_UNKNOWN
    if green:
        return Finding.REVIEW if flat else Finding.GOOD
    return Finding.BOTH_LOW if flat else Finding.BEHIND


@dataclass(frozen=True)
class VillageLedgers:
    village: Village
    money: MoneyLedger
    welfare: WelfareLedger
    location_is_sample: bool = False

    @property
    def finding(self) -> Finding:
        return finding_of(self.money, self.welfare)

    @property
    def is_sample(self) -> bool:
        return bool(self.money.invented) or self.welfare.is_sample or self.location_is_sample


@dataclass(frozen=True)
class RegionLedgers:
    """The target locations of the programme, or of one kecamatan."""

    rows: list[VillageLedgers]
    money: MoneyLedger
    welfare: WelfareLedger

    @property
    def red(self) -> int:
        return sum(row.finding.is_red for row in self.rows)

    @property
    def has_sample(self) -> bool:
        return any(row.is_sample for row in self.rows)


def ledgers_of_village(village: Village, year: int, on: date) -> VillageLedgers:
    results = village_results(year, villages=[village], by_sex=True)
    money = money_ledgers(year, on, village=village)
    return VillageLedgers(village, money.get(village.pk, MoneyLedger()), of_one(results))


def ledgers_of_region(year: int, on: date, district: District | None = None) -> RegionLedgers:
    """Of the target locations in force on ``on``; the number of queries does not depend on theirs."""
    locations = TargetLocation.objects.in_force(on).select_related("village__district").order_by("village__name", "pk")
    if district is not None:
        locations = locations.filter(village__district=district)
    places = {location.village_id: location for location in locations}
    results = [each for each in village_results(year, by_sex=True) if each.village.pk in places]
    money = money_ledgers(year, on)
    rows = [
        VillageLedgers(place.village, money.get(pk, MoneyLedger()), of_one(own), place.is_sample)
        for (pk, place), own in zip(places.items(), _by_village(places, results), strict=True)
    ]
    rows.sort(key=lambda row: (ORDER.index(row.finding), row.village.name, row.village.pk))
    return RegionLedgers(rows, total_money(row.money for row in rows), of_several(results))


def _by_village(places: Iterable[int], results: Iterable[VillageResult]) -> list[list[VillageResult]]:
    found: dict[int, list[VillageResult]] = {pk: [] for pk in places}
    for result in results:
        found[result.village.pk].append(result)
    return list(found.values())
