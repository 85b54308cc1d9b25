"""Packages and their checks as the life table of ``p2emas/methods`` takes them: what is left, item by item."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from p2emas.accounts.models import Agency
from p2emas.methods.survival import Package, Survival, life_table
from p2emas.ui import formats
from programs.aid.due import CHECK_MONTHS, GRACE
from programs.aid.models import AidPackage

NOT_YET = "belum dapat dikatakan"
Counts = tuple[Decimal | None, ...]


def counts_left(package: AidPackage, on: date) -> Counts:
    """What was left at each check month, in order: None where nobody could count, nothing where it is not due yet.

    A check that nobody wrote down counts as lost from 30 days after it fell due, and before one that was written down.
    """
    made = {check.month: check.left for check in package.checks.all()}
    last = max((month for month in CHECK_MONTHS if month in made or _is_over(package, month, on)), default=0)
    return tuple(made.get(month) for month in CHECK_MONTHS if month <= last)


def _is_over(package: AidPackage, month: int, on: date) -> bool:
    due = package.due_on(month)
    return due is not None and due + GRACE < on


def contradicts(package: AidPackage, counts: Counts) -> bool:
    """Whether more was counted than there was before; services refuse it, an old file may have it."""
    most = package.quantity
    for left in counts:
        if left is not None:
            if left > most:
                return True
            most = left
    return False


@dataclass(frozen=True)
class CountedLeft:
    """What was counted at one month: so much was left of what was handed over, in the packages that were counted."""

    month: int
    left: Decimal
    of: Decimal
    packages: int


@dataclass(frozen=True)
class ItemSurvival:
    """One item in one unit, of one agency or of all, as far as packages were handed over."""

    item: str
    unit: str
    agency: Agency | None
    packages: Sequence[AidPackage]
    on: date

    @cached_property
    def _rows(self) -> list[tuple[AidPackage, Counts]]:
        rows = [(package, counts_left(package, self.on)) for package in self.packages]
        return [(package, counts) for package, counts in rows if not contradicts(package, counts)]

    def is_same_item(self, other: "ItemSurvival") -> bool:
        return (item_key(self.item), item_key(self.unit)) == (item_key(other.item), item_key(other.unit))

    @property
    def left_out(self) -> int:
        """Packages whose counts contradict each other."""
        return len(self.packages) - len(self._rows)

    @cached_property
    def table(self) -> list[Survival]:
        return life_table(CHECK_MONTHS, [Package(package.quantity, counts) for package, counts in self._rows])

    @property
    def quantity(self) -> Decimal:
        return sum((package.quantity for package in self.packages), Decimal())

    @property
    def is_sample(self) -> bool:
        return any(package.is_sample for package in self.packages)

    @cached_property
    def newest(self) -> Survival | None:
        """The last month of which the share, or at least a band, is known."""
        said = [each for each in self.table if each.share is not None or each.worst is not None]
        return said[-1] if said else None

    def counted_at(self, month: int) -> CountedLeft | None:
        place = CHECK_MONTHS.index(month)
        known = [
            (package.quantity, counts[place])
            for package, counts in self._rows
            if len(counts) > place and counts[place] is not None
        ]
        if not known:
            return None
        left = sum((count for _quantity, count in known if count is not None), Decimal())
        return CountedLeft(month, left, sum((quantity for quantity, _count in known), Decimal()), len(known))

    @cached_property
    def counted(self) -> CountedLeft | None:
        """The newest month at which somebody counted."""
        found = [self.counted_at(month) for month in reversed(CHECK_MONTHS)]
        return next((each for each in found if each is not None), None)

    @property
    def words(self) -> str:
        """ "8 dari 12 ekor kambing masih hidup atau dipakai pada bulan ke-12": what was counted, without a model."""
        counted = self.counted
        if counted is None:
            return f"{self.item}: {NOT_YET}, belum ada yang dihitung"
        left, of = formats.number(counted.left), formats.number(counted.of)
        what = f"{self.unit} {_inside(self.item)}"
        said = f"{left} dari {of} {what} masih hidup atau dipakai pada bulan ke-{counted.month}"
        few = f", dihitung pada {counted.packages} dari {len(self.packages)} paket"
        return said if counted.packages == len(self.packages) else f"{said}{few}"


def _inside(item: str) -> str:
    """A name within a sentence: "Kambing" becomes "kambing", "PH meter" stays."""
    return item if item[1:2].isupper() else item[:1].lower() + item[1:]


def share_words(found: Survival | None) -> str:
    return NOT_YET if found is None or found.share is None else _percent(found.share)


def interval_words(found: Survival | None) -> str:
    """The interval; below five packages that were counted there is none, and it says so."""
    if found is None or found.low is None or found.high is None:
        return NOT_YET
    return between(found.low, found.high)


def band_words(found: Survival | None) -> str:
    """From all lost ones dead to all of them alive; empty where none is lost."""
    if found is None or not found.lost or found.worst is None or found.best is None:
        return ""
    return between(found.worst, found.best)


def between(low: float, high: float) -> str:
    first, last = _percent(low), _percent(high)
    return first if first == last else f"{first.removesuffix('%')}–{last}"


def _percent(share: float) -> str:
    return formats.percent(share * 100, 0)


def by_item(packages: Iterable[AidPackage], on: date, *, by_agency: bool = True) -> list[ItemSurvival]:
    """Items in the order of their names; under each, where several agencies gave it, those of each agency.

    Names and units are compared without regard to capitals and spaces: "Kambing" and "kambing " are one item.
    """
    items: dict[tuple[str, str], list[AidPackage]] = {}
    for package in packages:
        items.setdefault((item_key(package.item), item_key(package.unit)), []).append(package)
    found = []
    for _key, rows in sorted(items.items()):
        first, agencies = rows[0], {row.agency.pk: row.agency for row in rows}
        only = next(iter(agencies.values())) if len(agencies) == 1 else None
        found.append(ItemSurvival(first.item, first.unit, only, rows, on))
        if by_agency and len(agencies) > 1:
            for agency in sorted(agencies.values(), key=lambda each: (each.short_name, each.pk)):
                own = [row for row in rows if row.agency.pk == agency.pk]
                found.append(ItemSurvival(first.item, first.unit, agency, own, on))
    return found


def item_key(text: str) -> str:
    return " ".join(text.split()).casefold()
