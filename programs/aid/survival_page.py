"""What is left item by item, as the table of it and the page of a village show it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from districts.regions.models import Village
from p2emas.methods.survival import Survival
from p2emas.ui import formats
from p2emas.ui.charts import Chart, place
from programs.aid.models import AidPackage
from programs.aid.querysets import AidPackageQuerySet
from programs.aid.survival import ItemSurvival, band_words, by_item, interval_words, share_words

GOAL = 80  # per cent; a mark on the bar, with no consequence


@dataclass(frozen=True)
class SurvivalRow:
    """One item at its newest month, with a bar: dark is surely there, pale up to all that were not found."""

    found: ItemSurvival
    title: str
    month: Survival | None

    @property
    def share(self) -> str:
        return share_words(self.month)

    @property
    def interval(self) -> str:
        return interval_words(self.month)

    @property
    def band(self) -> str:
        return band_words(self.month)

    @property
    def chart(self) -> Chart:
        return band_chart(self.month)

    @property
    def months(self) -> list["SurvivalCell"]:
        return [SurvivalCell(each) for each in self.found.table]


@dataclass(frozen=True)
class SurvivalCell:
    month: Survival

    @property
    def words(self) -> str:
        return share_words(self.month) if self.month.packages else "–"

    @property
    def detail(self) -> str:
        if not self.month.packages:
            return ""
        lost = f", {self.month.lost} tidak ditemukan" if self.month.lost else ""
        return f"{self.month.packages} paket{lost}"


def band_chart(found: Survival | None) -> Chart:
    chart = Chart(14)
    if found is None or (found.share is None and found.worst is None):
        chart.add("rect", css="fnone", x="0.2%", y=0.5, width="99.6%", height=13)
        return chart
    low, high = (found.worst, found.best) if found.lost else (found.share, found.share)
    low, high = low or 0.0, high or 0.0
    chart.add("rect", css="fbg", width="100%", height=14)
    chart.add("rect", css="f1", width=place(low * 100), height=14)
    if high > low:
        chart.add("rect", css="fpale", x=place(low * 100), width=place((high - low) * 100), height=14)
    chart.add("line", css="goal", x1=f"{GOAL}%", x2=f"{GOAL}%", y1=0, y2=14)
    return chart


def survival_row(found: ItemSurvival, title: str) -> SurvivalRow:
    return SurvivalRow(found, title, found.newest)


@dataclass(frozen=True)
class ItemBlock:
    """One item: its sentence, then a row for all agencies and one for each."""

    whole: ItemSurvival
    rows: list[SurvivalRow]

    @property
    def item(self) -> str:
        return self.whole.item


def item_blocks(packages: AidPackageQuerySet, today: date) -> list[ItemBlock]:
    found = by_item(packages.lasting().for_table().with_checks().order_by("pk"), today)
    blocks: list[ItemBlock] = []
    for each in found:
        title = each.agency.short_name if each.agency else "Semua SKPD"
        if blocks and blocks[-1].whole.is_same_item(each):
            blocks[-1].rows.append(survival_row(each, title))
        else:
            blocks.append(ItemBlock(each, [survival_row(each, title)]))
    return blocks


@dataclass(frozen=True)
class PublicAid:
    """What everybody may know of one item in a village: how much was handed over, and what share of it is there."""

    item: str
    quantity: str
    month: Survival | None
    consumable: bool
    is_sample: bool

    @property
    def words(self) -> str:
        if self.consumable:
            return "habis karena dipakai"
        if self.month is None:
            return "belum diperiksa"
        if band := band_words(self.month):
            return f"{band} pada bulan ke-{self.month.month}; sebagian tidak ditemukan"
        return f"{share_words(self.month)} masih hidup atau dipakai pada bulan ke-{self.month.month}"


def with_aid(villages: QuerySet[Village]) -> QuerySet[Village]:
    """With whether anything was handed over in each, so that the pages of most of them ask no more."""
    given = AidPackage.objects.handed_over().filter(group__village=OuterRef("pk")).order_by()
    return villages.annotate(has_aid=Exists(given))


def public_aid(village: Village, today: date) -> list[PublicAid]:
    """Without names of groups, numbers of papers, or photos. Two queries; none where ``with_aid`` found none."""
    if not getattr(village, "has_aid", True):
        return []
    packages = list(AidPackage.objects.in_village(village).handed_over().for_table().with_checks().order_by("pk"))
    found = []
    for consumable in (False, True):
        kept = [package for package in packages if package.consumable == consumable]
        for each in by_item(kept, today, by_agency=False):
            quantity = f"{formats.number(each.quantity)} {each.unit}"
            found.append(PublicAid(each.item, quantity, each.newest, consumable, each.is_sample))
    return found
