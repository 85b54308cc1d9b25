"""What the pages of packages show: rows of the list, and one package with its papers and checks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.urls import reverse

from p2emas import clock
from p2emas.accounts.models import Holiday, User
from p2emas.accounts.roles import COORDINATORS, Role
from p2emas.ui import formats
from p2emas.ui.workdays import working_days_between
from programs.aid.due import CHECK_MONTHS, GRACE
from programs.aid.duties import AidDuty, RevolvingStep
from programs.aid.handover import HandoverSlip, HolderStatement
from programs.aid.models import AidCheck, AidCheckPhoto, AidPackage, may_keep_packages, window_of
from programs.aid.querysets import AidPackageQuerySet
from programs.aid.survival import ItemSurvival, item_key
from programs.aid.survival_page import SurvivalRow, survival_row
from programs.fieldwork.page import checks_due
from programs.obstacles.page import open_duties
from programs.planning.models import PlanLine

SHOWN_STATEMENTS, SHOWN_DUTIES = 10, 20


@dataclass(frozen=True)
class CheckCell:
    """One check month of one package: what was counted, or when somebody is to count."""

    package: AidPackage
    month: int
    check: AidCheck | None
    today: date

    @property
    def due(self) -> date | None:
        return self.package.due_on(self.month)

    @property
    def is_due(self) -> bool:
        return self.check is None and self.due is not None and self.due <= self.today

    @property
    def is_late(self) -> bool:
        return self.is_due and self.due is not None and self.due + GRACE < self.today

    @property
    def is_open(self) -> bool:
        """Whether somebody can write it down, or correct it."""
        window = window_of(self.package, self.month)
        return window is not None and window[0] <= self.today

    @property
    def words(self) -> str:
        if self.check is not None:
            return "tidak ditemukan" if self.check.left is None else formats.number(self.check.left)
        return "belum diperiksa" if self.is_due else "–"

    @property
    def url(self) -> str:
        return reverse("aid:check-record", args=[self.package.pk, self.month])


@dataclass(frozen=True)
class PackageRow:
    package: AidPackage
    cells: list[CheckCell]

    @classmethod
    def of(cls, package: AidPackage, today: date) -> "PackageRow":
        made = {check.month: check for check in package.checks.all()}
        return cls(package, [CheckCell(package, month, made.get(month), today) for month in CHECK_MONTHS])

    @property
    def next(self) -> CheckCell | None:
        """The check that is due, or the next one that will be."""
        if self.package.due_on(CHECK_MONTHS[0]) is None:
            return None
        due = [cell for cell in self.cells if cell.is_due]
        ahead = [cell for cell in self.cells if cell.check is None and not cell.is_due]
        return next(iter(due or ahead), None)

    @property
    def next_words(self) -> str:
        package, found = self.package, self.next
        if package.handed_on is None:
            return "Belum diserahkan"
        if package.consumable:
            return "Habis dipakai, tidak diperiksa lagi"
        if found is None:
            return "Selesai diperiksa"
        return f"{found.month} bulan, {formats.table_date(found.due)}"

    @property
    def papers(self) -> str:
        handed = f"BAST {formats.table_date(self.package.handed_on)}" if self.package.handed_on else "Belum ada BAST"
        return " · ".join([handed, *([formats.rupiah_compact(self.package.value)] if self.package.value else [])])


def package_rows(packages: Sequence[AidPackage], today: date) -> list[PackageRow]:
    return [PackageRow.of(package, today) for package in packages]


def packages_headline(packages: AidPackageQuerySet, today: date) -> str:
    """Of all that the reader sees, not of the filter."""
    count = packages.order_by().count()
    if not count:
        return "Belum ada paket bantuan"
    due = packages.order_by().check_due(today).count()
    words = f"{formats.number(due, 0)} pemeriksaan jatuh tempo" if due else "tidak ada pemeriksaan yang jatuh tempo"
    return f"{formats.number(count, 0)} paket bantuan, {words}"


@dataclass(frozen=True)
class PackagePage:
    package: AidPackage
    user: User
    today: date

    @cached_property
    def row(self) -> PackageRow:
        return PackageRow.of(self.package, self.today)

    @cached_property
    def found(self) -> ItemSurvival:
        return ItemSurvival(self.package.item, self.package.unit, self.package.agency, [self.package], self.today)

    @property
    def title(self) -> str:
        if self.package.handed_on is None or self.package.consumable or self.found.counted is None:
            return f"{self.package.item}, {formats.number(self.package.quantity)} {self.package.unit}"
        return self.found.words

    @property
    def may_edit(self) -> bool:
        return self.package.may_edit(self.user)

    @cached_property
    def may_check(self) -> bool:
        return self.package.may_check(self.user)

    @property
    def check_next(self) -> CheckCell | None:
        """The one that the reader is asked to write down."""
        found = self.row.next
        return found if found is not None and found.is_open and self.may_check else None

    @cached_property
    def photos(self) -> dict[int, list[AidCheckPhoto]]:
        """By check."""
        found: dict[int, list[AidCheckPhoto]] = {}
        for photo in AidCheckPhoto.objects.filter(check_made__package=self.package).order_by("uploaded_at", "pk"):
            found.setdefault(photo.check_made_id, []).append(photo)
        return found

    @property
    def checks(self) -> list[tuple[CheckCell, list[AidCheckPhoto]]]:
        return [(cell, self.photos.get(cell.check.pk, []) if cell.check else []) for cell in self.row.cells]

    @property
    def is_checked(self) -> bool:
        return self.package.due_on(CHECK_MONTHS[0]) is not None

    @cached_property
    def comparison(self) -> list[SurvivalRow]:
        """This package beside all of its item that the reader sees."""
        if not self.is_checked:
            return []
        same = AidPackage.objects.for_user(self.user).lasting().filter(item__iexact=self.package.item)
        rows = [each for each in same.for_table().with_checks() if item_key(each.unit) == item_key(self.package.unit)]
        whole = ItemSurvival(self.package.item, self.package.unit, None, rows, self.today)
        return [
            survival_row(self.found, "Paket ini"),
            *([survival_row(whole, "Semua paket barang ini")] if len(rows) > 1 else []),
        ]

    @property
    def may_move(self) -> bool:
        """Whether the reader writes down that goods went on."""
        return self.may_check or self.may_edit

    @cached_property
    def duties(self) -> list["DutyRow"]:
        steps: dict[int, list[RevolvingStep]] = {}
        for step in RevolvingStep.objects.filter(duty__package=self.package).for_table():
            steps.setdefault(step.duty_id, []).append(step)
        found = list(AidDuty.objects.filter(package=self.package).with_passed().for_table().order_by("due_on", "pk"))
        return [DutyRow(duty, steps.get(duty.pk, []), self.today, _holidays(found, self.today)) for duty in found]

    @cached_property
    def statements(self) -> list[HolderStatement]:
        """The one that is used first, then later ones."""
        found = list(HolderStatement.objects.filter(package=self.package).for_page()[:SHOWN_STATEMENTS])
        for statement in found:
            statement.package = self.package
        return found

    @property
    def used_statement(self) -> HolderStatement | None:
        return next((each for each in self.statements if each.counts), None)

    @cached_property
    def handover_state(self) -> str:
        """Of the newest code; empty while none was printed."""
        slip = HandoverSlip.objects.newest_of(self.package).first()
        if slip is None:
            return ""
        answered = any(each.slip_id == slip.pk for each in self.statements)
        return slip.state(clock.now(), answered=answered)

    @property
    def calls(self) -> bool:
        """Whether the reader confirms by telephone."""
        return self.user.has_role(*COORDINATORS)

    @cached_property
    def others(self) -> list[PackageRow]:
        """Further packages of the group."""
        found = AidPackage.objects.for_user(self.user).filter(group=self.package.group_id).exclude(pk=self.package.pk)
        return package_rows(list(found.for_table().with_checks()[:20]), self.today)

    @property
    def facts(self) -> list[dict[str, object]]:
        package = self.package
        told: list[tuple[str, object]] = [
            ("Kelompok", f"{package.group}, {package.village}"),
            ("Pemberi", package.agency),
            ("Jumlah", f"{formats.number(package.quantity)} {package.unit}"),
            ("Nilai", formats.rupiah(package.value)),
        ]
        for label, number, day in (
            ("Proposal", package.proposal_no, package.proposal_on),
            ("SK penerima", package.recipient_decree_no, package.recipient_decree_on),
            ("NPHD", package.grant_no, package.grant_on),
            ("BAST", package.handover_no, package.handed_on),
        ):
            dated = formats.long_date(day) if day else ""
            told.append((label, ", ".join(part for part in (number, dated) if part)))
        return [{"label": label, "value": value} for label, value in told]


@dataclass(frozen=True)
class DutyRow:
    """One duty of a package, how late it is, and what was done of it."""

    duty: AidDuty
    steps: list[RevolvingStep]
    today: date
    holidays: frozenset[date]

    @property
    def late(self) -> str:
        """How many working days ago it should have been done; empty while it is not late."""
        if not self.duty.is_late(self.today):
            return ""
        return f"Lewat {max(1, working_days_between(self.duty.due_on, self.today, self.holidays))} hari kerja"

    @property
    def words(self) -> str:
        if not self.duty.left:
            return "Sudah selesai"
        return f"Sisa {working_days_between(self.today, self.duty.due_on, self.holidays)} hari kerja"


def _holidays(duties: Sequence[AidDuty], today: date) -> frozenset[date]:
    """One query for all of them, none where there is none."""
    days = [today, *(duty.due_on for duty in duties if duty.left)]
    return Holiday.objects.dates_around(min(days), max(days)) if len(days) > 1 else frozenset()


@open_duties.provide
def duties_of(user: User, today: date) -> list[Mapping[str, object]]:
    """What is still to be passed on or given back, as the list of obstacles shows it; the nearest day first."""
    found = AidDuty.objects.for_user(user).outstanding().for_table()[:SHOWN_DUTIES]
    return [
        {
            "title": f"{duty.get_kind_display()}: {formats.number(duty.left)} {duty.package.unit} {duty.package.item}",
            "url": duty.get_absolute_url(),
            "about": f"{duty.package.group}, {duty.package.village}",
            "due_on": duty.due_on,
            "is_late": duty.is_late(today),
            "is_sample": duty.is_sample,
        }
        for duty in found
    ]


@checks_due.provide
def packages_to_count(user: User, today: date) -> int:
    """Those with a check that is due, where the reader counts."""
    if not user.has_role(Role.FACILITATOR):
        return 0
    return AidPackage.objects.for_user(user).order_by().check_due(today).count()


@dataclass(frozen=True)
class AidOfWork:
    """Packages on the page of one piece of work, for those who may see them; what was counted is on their pages."""

    packages: list[AidPackage]
    add_url: str
    book_url: str = ""  # of the workbook of its plan


def aid_of_work(lines: Sequence[PlanLine], current: PlanLine, user: object) -> AidOfWork:
    if not isinstance(user, User):
        return AidOfWork([], "")
    found = AidPackage.objects.for_user(user).filter(plan_line__in=lines)
    may_add = current.plan.status == current.plan.Status.SET and may_keep_packages(user, current.plan.agency_id)
    if not may_add:
        return AidOfWork(list(found.for_table()), "")
    book = reverse("imports:lane", args=["paket", current.plan_id])
    return AidOfWork(list(found.for_table()), reverse("aid:package-create", args=[current.pk]), book)
