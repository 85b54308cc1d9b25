"""What the notebook shows: a group's month so far, and what twelve months say of each group of a village."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from django.conf import settings
from django.db.models import Q, QuerySet

from districts.evidence.models import CommunityGroup
from districts.regions.models import Village
from p2emas.accounts.models import User
from p2emas.accounts.roles import AGENCY_STAFF
from p2emas.methods.sales import NotebookFigures, Sale, notebook_figures
from programs.fieldwork.months import Month
from programs.fieldwork.notebook.models import SalesEntry
from programs.fieldwork.rules import villages_to_visit

MONTHS = 12
SHOWN = 20


def last_months(on: date, count: int = MONTHS) -> list[Month]:
    """The last ones that are over, the oldest first."""
    found = [Month.of(on).previous]
    while len(found) < count:
        found.append(found[-1].previous)
    return found[::-1]


def members_of(group: CommunityGroup) -> int | None:
    return None if group.members_m is None or group.members_f is None else group.members_m + group.members_f


def figures_of(group: CommunityGroup, entries: Iterable[SalesEntry], months: list[Month]) -> NotebookFigures:
    sales = [Sale(_key(Month.of(each.month)), each.buyer, each.amount, each.cost) for each in entries]
    least = settings.SMALLEST_SHOWN_GROUP
    return notebook_figures(sales, months=[_key(month) for month in months], members=members_of(group), least=least)


def _key(month: Month) -> int:
    return month.year * 12 + month.number


def groups_to_write(user: User, today: date) -> QuerySet[CommunityGroup]:
    """Of the villages where they may write, and those in whose notebook they wrote before."""
    wrote = SalesEntry.objects.of_author(user).order_by().values("group")
    here = Q(village__in=[each.pk for each in villages_to_visit(user, today)])
    return CommunityGroup.objects.filter(here | Q(pk__in=wrote)).select_related("village")


def groups_offered(user: User, today: date) -> QuerySet[CommunityGroup]:
    return groups_to_write(user, today).filter(active=True).order_by("village__name", "name", "pk")


def may_read_sales(user: User, village: Village, today: date) -> bool:
    """Sums of groups: agencies, those who see everything, and the people of the village."""
    if user.sees_everything or user.has_role(*AGENCY_STAFF):
        return True
    own = Village.objects.for_user(user).filter(pk=village.pk).exists()
    return own or village in villages_to_visit(user, today)


@dataclass(frozen=True)
class ItemSum:
    item: str
    unit: str
    quantity: Decimal
    amount: int


@dataclass(frozen=True)
class GroupMonth:
    """The lines of one group in the month of ``today``, for the person who writes them."""

    group: CommunityGroup
    today: date

    @property
    def month(self) -> Month:
        return Month.of(self.today)

    @cached_property
    def entries(self) -> list[SalesEntry]:
        return list(SalesEntry.objects.filter(group=self.group, month=self.month.first).order_by("-received_at", "-pk"))

    @property
    def shown(self) -> list[SalesEntry]:
        return self.entries[:SHOWN]

    @property
    def counted(self) -> list[SalesEntry]:
        return [each for each in self.entries if each.struck_at is None]

    @property
    def sums(self) -> list[ItemSum]:
        found: dict[tuple[str, str], list[SalesEntry]] = defaultdict(list)
        for each in self.counted:
            found[each.item.casefold(), each.unit.casefold()].append(each)
        return [
            ItemSum(rows[0].item, rows[0].unit, sum((r.quantity for r in rows), Decimal()), sum(r.amount for r in rows))
            for rows in found.values()
        ]


@dataclass(frozen=True)
class GroupSales:
    """Twelve months of one group in a village."""

    group: CommunityGroup
    figures: NotebookFigures
    is_sample: bool
    written: tuple[Month, ...] = ()  # the months that have a line

    @property
    def shares(self) -> list[tuple[str, Fraction]]:
        """The kinds of buyer in their order, in percent."""
        found = self.figures.shares
        return [(str(kind.label), found[kind] * 100) for kind in SalesEntry.Buyer if kind in found]

    @property
    def why_not(self) -> str:
        if not self.figures.written:
            return "belum ada data"
        if self.figures.written * 2 < self.figures.months:
            return f"baru {self.figures.written} dari {self.figures.months} bulan dicatat"
        return f"anggota belum dicatat atau kurang dari {settings.SMALLEST_SHOWN_GROUP} orang"


def sales_of(villages: Collection[int], months: list[Month]) -> dict[int, list[GroupSales]]:
    """Village -> its active groups over ``months``; two queries, however many villages."""
    entries: dict[int, list[SalesEntry]] = defaultdict(list)
    here = SalesEntry.objects.counted().filter(group__village__in=villages)
    for each in here.between(months[0].first, months[-1].first).order_by("pk"):
        entries[each.group_id].append(each)
    found: dict[int, list[GroupSales]] = {village: [] for village in villages}
    groups = CommunityGroup.objects.filter(village__in=villages, active=True).order_by("name", "pk")
    for group in groups:
        found[group.village_id].append(_sales_of_group(group, entries[group.pk], months))
    return found


def _sales_of_group(group: CommunityGroup, entries: list[SalesEntry], months: list[Month]) -> GroupSales:
    written = {each.month for each in entries}
    return GroupSales(
        group,
        figures_of(group, entries, months),
        group.is_sample or any(each.is_sample for each in entries),
        tuple(month for month in months if month.first in written),
    )


def months_sold_beyond(village: Village, months: Iterable[Month]) -> list[bool | None] | None:
    """Of each month whether a group sold beyond the village; None in it is not written. None where none is written."""
    wanted = list(months)
    here = SalesEntry.objects.counted().in_village(village).between(wanted[0].first, wanted[-1].first)
    written: dict[Month, bool] = {}
    for month, buyer, quantity in here.order_by().values_list("month", "buyer", "quantity"):
        beyond = buyer in SalesEntry.BEYOND_THE_VILLAGE and quantity > 0
        written[Month.of(month)] = written.get(Month.of(month), False) or beyond
    return [written.get(month) for month in wanted] if written else None
