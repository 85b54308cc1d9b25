"""The packages of one plan as a workbook: those that are there, and new ones for its lines and groups."""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Max, ProtectedError
from django.shortcuts import get_object_or_404
from django.urls import reverse

from districts.evidence.models import CommunityGroup
from districts.regions.models import Village
from p2emas.accounts.models import User
from p2emas.history.bulk import delete_with_history
from p2emas.history.records import history_of
from p2emas.imports.lanes.shapes import Lane, LaneColumn, LaneRow, LaneSheet, NewRows, register_lane
from p2emas.naming import said
from p2emas.ui.forms import FieldsAlone
from p2emas.workflow.editing import EditConflict
from programs.aid.forms import PAPERS, PackageForm
from programs.aid.models import AidPackage, may_keep_packages
from programs.aid.services import CountRefused, save_package
from programs.planning.models import PlanLine, WorkPlan
from programs.planning.workbook.known import KnownField, KnownRows, Words

NEW = "Hanya untuk paket baru."
_NEW = re.compile(r"(b[0-9]{1,7})-item$")
YES = {"on": "ya", "": "tidak"}


class PackageChoices:
    """What packages of one plan may name, and what they say already; read once for all rows of a file."""

    def __init__(self, plan: WorkPlan) -> None:
        self.plan = plan
        self.taken: dict[tuple[Any, ...], str] = {}  # what tells packages apart -> where it is

    @cached_property
    def packages(self) -> list[AidPackage]:
        return list(packages_of(self.plan).for_table().with_checks().order_by("plan_line__activity__code", "pk"))

    @cached_property
    def last_edits(self) -> dict[int, int]:
        edits = history_of(AidPackage).filter(id__in=[package.pk for package in self.packages])
        return dict(edits.order_by().values_list("id").annotate(last=Max("history_id")))

    @cached_property
    def plan_lines(self) -> list[PlanLine]:
        lines = self.plan.lines.select_related("activity", "plan", "target_location__village", "other_village", "group")
        return list(lines.order_by("activity__code", "pk"))

    @cached_property
    def lines(self) -> KnownRows:
        known = KnownRows()
        for line in self.plan_lines:
            known.add(f"#{line.pk}", line, line_label(line), line.activity.name, line.activity.code)
        return known

    @cached_property
    def groups(self) -> KnownRows:
        """Groups of the lines' villages; where a line is for the whole regency, of the programme's villages too."""
        villages = Village.objects.filter(pk__in=[line.village.pk for line in self.plan_lines if line.village])
        if any(line.village is None for line in self.plan_lines):
            villages = villages | Village.objects.filter(pk__in=self.of_the_programme)
        known = KnownRows()
        found = CommunityGroup.objects.filter(village__in=villages.order_by().values("pk"), active=True)
        for group in found.select_related("village").order_by("village__name", "name", "pk"):
            known.add(f"#{group.pk}", group, f"{group.name}, {group.village}", group.name)
        return known

    @cached_property
    def of_the_programme(self) -> set[int]:
        here = Village.objects.filter(target_locations__isnull=False)
        return set(here.order_by().values_list("pk", flat=True).distinct())

    def refuse_group(self, line: PlanLine, group: CommunityGroup) -> str:
        """Why a line gives nothing to a group of another place, or ""."""
        here = {line.village.pk} if line.village is not None else self.of_the_programme
        return (
            "" if group.village_id in here else f"Kelompok ini bukan dari {line_place(line)}. Pilih kelompok di sana."
        )

    def refuse_twice(self, package: AidPackage, where: str) -> str:
        key = (package.plan_line_id, package.group_id, package.item, package.handover_no)
        held = self.taken.setdefault(key, where)
        return "" if held == where else f"Sama dengan {held}. Hapus baris ini, atau ubah barang atau nomor BAST-nya."


def packages_of(plan: WorkPlan) -> Any:
    return AidPackage.objects.filter(plan_line__plan=plan)


def line_place(line: PlanLine) -> str:
    return line.village.name if line.village else said("seluruh {territory}")


def line_label(line: PlanLine) -> str:
    return f"{line.activity.code} {line.activity.name}, {line_place(line)}"


class PackageRowForm(PackageForm, FieldsAlone):
    """A package that is there: its line and its group stay, as whole rows are known by them."""

    def __init__(self, data: Any, *, package: AidPackage, known: PackageChoices, prefix: str) -> None:
        self.known = known
        super().__init__(data, package=package, prefix=prefix)

    def offer_groups(self) -> None:
        del self.fields["group"]

    def start(self) -> None:
        del self.fields["seen"]

    @property
    def last_edit(self) -> int | None:
        return self.known.last_edits.get(self.instance.pk)

    @property
    def where(self) -> str:
        return f"paket {str(self.prefix).removeprefix('r')}"

    def _get_validation_exclusions(self) -> set[str]:
        """Lines and groups are rows that the database gave us: it is not asked again for each."""
        return super()._get_validation_exclusions() | {"group", "plan_line"}  # type: ignore[misc]

    def _post_clean(self) -> None:
        super()._post_clean()
        if not self.errors and (why := self.known.refuse_twice(self.instance, self.where)):
            self.add_error(None, why)


class NewPackageForm(PackageRowForm):
    """A package of which only the workbook knows yet."""

    def offer_groups(self) -> None:
        known = self.known
        self.fields["plan_line"] = KnownField(known.lines, "Pilih baris rencana dari daftar.", label="Baris rencana")
        self.fields["group"] = KnownField(known.groups, "Pilih kelompok dari daftar.", label="Kelompok penerima")

    @property
    def where(self) -> str:
        return f"baris {str(self.prefix).removeprefix('b')} berkas ini"

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        line, group = data.get("plan_line"), data.get("group")
        if line is None or group is None:
            return data
        if why := self.known.refuse_group(line, group):
            self.add_error("group", why)
        self.instance.plan_line, self.instance.is_sample = line, line.plan.is_sample
        return data


class PackageLane(Lane[WorkPlan]):
    """Every package of one set plan; a package is known by its row, a new one by its line and its group."""

    code, title = "paket", "Isian Excel paket bantuan"

    def find(self, user: User, pk: int) -> WorkPlan:
        plan = get_object_or_404(WorkPlan.objects.for_user(user).select_related("agency"), pk=pk)
        if not may_keep_packages(user, plan.agency_id):
            raise PermissionDenied
        return plan

    def is_open(self, record: WorkPlan) -> bool:
        return record.status == WorkPlan.Status.SET

    def closed(self, record: WorkPlan) -> str:
        word = record.get_status_display().lower()
        return f"Rencana ini berstatus {word}. Paket dicatat dari rencana yang sudah ditetapkan."

    def name_of(self, record: WorkPlan) -> str:
        return f"Paket bantuan {record.agency.short_name} {record.year}"

    def version_words(self, record: WorkPlan) -> str:
        return f"rencana {record.dated_name}"

    def file_name(self, record: WorkPlan) -> str:
        return f"isian-paket-{record.year}-{record.sequence}-{record.agency.short_name.lower().replace(' ', '-')}"

    def url_of(self, record: WorkPlan) -> str:
        return reverse("aid:package-list")

    def version_of(self, record: WorkPlan) -> int:
        """The last edit of any package of the plan, a deleted one included: packages are saved one by one too."""
        edits = history_of(AidPackage).filter(plan_line__in=record.lines.order_by().values("pk"))
        return edits.aggregate(last=Max("history_id"))["last"] or 0

    def sheets(self, record: WorkPlan, data: Mapping[str, str] | None = None) -> list[LaneSheet]:
        known = PackageChoices(record)
        rows = [_package_row(package, known, data) for package in known.packages]
        for row in rows:
            if not row.form.is_bound:
                known.refuse_twice(row.form.instance, row.form.where)  # type: ignore[attr-defined]
        rows += [_new_row(known, key, data) for key in _new_keys(data)]
        return [LaneSheet("Paket", "Baris rencana", COLUMNS, rows, [row.form for row in rows], adds=_added_rows(known))]

    def save(self, record: WorkPlan, sheets: list[LaneSheet], *, version: int, actor: User) -> Sequence[int]:
        held = WorkPlan.objects.select_for_update(no_key=True).get(pk=record.pk)
        if self.version_of(held) != version or not self.is_open(held):
            raise EditConflict
        added = []
        for form in (form for sheet in sheets for form in sheet.whole if form.is_bound):
            is_new = form.instance.pk is None
            try:
                package = save_package(package=form.save(commit=False), by=actor, seen=form.last_edit)
            except CountRefused as refusal:
                raise EditConflict(f"{form.instance.item}: {refusal}") from refusal
            if is_new:
                added.append(package.pk)
        return added

    def take_back(
        self, record: WorkPlan, sheets: list[LaneSheet], added: Sequence[int], *, version: int, actor: User
    ) -> None:
        self.save(record, sheets, version=version, actor=actor)
        try:
            delete_with_history(list(packages_of(record).filter(pk__in=added)), actor)
        except ProtectedError as in_use:
            raise EditConflict("Paket baru itu sudah dipakai di tempat lain.") from in_use


def _package_row(package: AidPackage, known: PackageChoices, data: Mapping[str, str] | None) -> LaneRow:
    prefix = f"r{package.pk}"
    sent = data if data is not None and f"{prefix}-item" in data else None
    form = PackageRowForm(sent, package=package, known=known, prefix=prefix)
    line = package.plan_line
    return LaneRow(prefix, f"{line.activity.code} {line.activity.name}", f"{package.group}, {package.village}", form)


def _new_row(known: PackageChoices, key: str, data: Any = None) -> LaneRow:
    return LaneRow(key, "", "", NewPackageForm(data, package=AidPackage(), known=known, prefix=key))


def _new_keys(data: Mapping[str, str] | None) -> list[str]:
    """Of the new packages among what was sent, in the order of the file."""
    found = {match[1] for name in data or () if (match := _NEW.match(name))}
    return sorted(found, key=lambda key: int(key[1:]))


def _added_rows(known: PackageChoices) -> NewRows:
    line = LaneColumn(
        "Baris rencana", "plan_line", f"{NEW} Pilih dari daftar.", options=Words(known, "lines"), lead=True
    )
    group = LaneColumn(
        "Tempat", "group", f"{NEW} Pilih kelompok penerima dari daftar.", options=Words(known, "groups"), lead=True
    )
    hint = (
        "Baris kosong di bawah menambah paket: biarkan kodenya kosong, pilih baris rencana dan kelompok penerima, lalu "
        "isi kolom lainnya."
    )
    return NewRows(line, group, lambda key: _new_row(known, key), hint)


COLUMNS = (
    LaneColumn("Jumlah", "quantity", "Banyaknya, misalnya 12,5.", width=12, main=True, also=("Banyaknya",)),
    LaneColumn("Satuan", "unit", "Misalnya ekor, lembar, batang.", width=12),
    LaneColumn("Barang", "item", "Satu barang satu paket.", width=26, main=True, also=("Nama barang",)),
    LaneColumn("Nilai (Rp)", "value", "Rupiah penuh. Kosongkan bila belum ada data.", width=18, also=("Harga",)),
    LaneColumn("Habis dipakai", "consumable", "ya untuk pakan atau pupuk; tidak diperiksa lagi.", 10, YES),
    *(
        column
        for title, number, day in PAPERS
        for column in (
            LaneColumn(f"Nomor {title}", number, "Seperti tertulis.", width=22),
            LaneColumn(f"Tanggal {title}", day, "Misalnya 24-10-2018.", width=16),
        )
    ),
)

PACKAGE_LANE = register_lane(PackageLane())
