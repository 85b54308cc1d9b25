"""Writes on aid packages: the package itself, what was counted of it, and what its group passed on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Sum

from districts.evidence.models import CommunityGroup
from p2emas.accounts.models import User
from p2emas.documents.storing import store_file
from p2emas.history.records import last_edit, set_author
from p2emas.ui import formats
from p2emas.workflow.editing import EditConflict, check_last_edit
from programs.aid.duties import AidDuty, RevolvingStep
from programs.aid.models import AidCheck, AidCheckPhoto, AidPackage, window_of
from programs.planning.models import PlanLine


class CountRefused(Exception):
    """The count contradicts what is written already; the message is a sentence, ``field`` where it is shown."""

    def __init__(self, sentence: str, field: str = "left") -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class AidFinding:
    """What somebody found at one check; ``left`` None: nobody could count, and ``note`` says why."""

    month: int
    checked_on: date
    left: Decimal | None
    condition: str = ""
    note: str = ""


@transaction.atomic
def save_package(*, package: AidPackage, by: User, seen: int | None = None) -> AidPackage:
    """Save a new package, or the edit of one that ``seen`` (its last edit) was shown of.

    Raises ``EditConflict`` when somebody else saved since, ``CountRefused`` when more was counted than it has, or the
    same package is there already (a second click).
    """
    PlanLine.objects.select_for_update(no_key=True).get(pk=package.plan_line_id)  # one at a time of each line
    if package.pk:
        stored = AidPackage.objects.select_for_update(no_key=True).get(pk=package.pk)
        check_last_edit(stored, seen)
        refuse_counts_of(package)
    else:
        package.created_by = by
    if AidPackage.objects.like(package).exists():
        raise CountRefused("Paket dengan barang, kelompok, dan nomor BAST ini sudah tercatat.", "item")
    set_author(package, by)
    package.save()
    return package


def refuse_counts_of(package: AidPackage) -> None:
    """A package that was counted keeps its day and has no less than was counted."""
    for check in package.checks.all():
        window = window_of(package, check.month)
        if window is None:
            raise CountRefused("Paket ini sudah diperiksa, jadi tetap barang tahan lama yang bertanggal.", "handed_on")
        if check.left is not None and check.left > package.quantity:
            counted = formats.number(check.left)
            raise CountRefused(f"Pada bulan ke-{check.month} dihitung {counted} {package.unit}.", "quantity")
        if not _is_within(check.checked_on, window):
            day = formats.long_date(check.checked_on)
            raise CountRefused(f"Bulan ke-{check.month} diperiksa {day}; tanggal BAST ini tidak cocok.", "handed_on")


@transaction.atomic
def record_check(
    *, package: AidPackage, found: AidFinding, photos: Iterable[Any], by: User, seen: int | None = None
) -> AidCheck:
    """Write down one check, or correct the one that ``seen`` (its last edit) was shown of.

    Raises ``CountRefused``, ``EditConflict`` when somebody else wrote it meanwhile, ``FileRefused``; then nothing is
    written. A second click writes nothing twice.
    """
    package = AidPackage.objects.select_for_update(no_key=True).select_related("group").get(pk=package.pk)
    known = {check.month: check for check in package.checks.all()}
    refuse_finding(package, found, known)
    check = known.get(found.month)
    if check is None or not _says(check, found):
        if (last_edit(check) if check else None) != seen:
            raise EditConflict
        check = check or AidCheck(package=package, month=found.month, is_sample=package.is_sample)
        check.checked_on, check.left, check.checked_by = found.checked_on, found.left, by
        check.condition, check.note = found.condition, found.note
        set_author(check, by)
        check.save()
    for upload in photos:
        store_file(AidCheckPhoto, owner=check, upload=upload, user=by)
    return check


def _says(check: AidCheck, found: AidFinding) -> bool:
    return (check.checked_on, check.left, check.condition, check.note) == (
        found.checked_on,
        found.left,
        found.condition,
        found.note,
    )


def refuse_finding(package: AidPackage, found: AidFinding, known: dict[int, AidCheck]) -> None:
    """What is left only becomes less, and a count belongs to the month in whose time it was made."""
    window = window_of(package, found.month)
    if window is None:
        raise CountRefused("Paket ini belum diserahkan, atau habis dipakai, jadi tidak diperiksa.", "checked_on")
    if not _is_within(found.checked_on, window):
        first, last = window
        until = f" sampai {formats.long_date(last)}" if last else " atau sesudahnya"
        raise CountRefused(
            f"Pemeriksaan bulan ke-{found.month} dilakukan {formats.long_date(first)}{until}.", "checked_on"
        )
    if found.left is None:
        return
    most, least = package.quantity, Decimal()
    for month, check in sorted(known.items()):
        if check.left is not None and month < found.month:
            most = check.left
        elif check.left is not None and month > found.month:
            least = max(least, check.left)
    if not least <= found.left <= most:
        bounds = f"paling banyak {formats.number(most)}"
        if least:
            bounds = f"antara {formats.number(least)} dan {formats.number(most)}"
        raise CountRefused(f"Isi {bounds} {package.unit}: itu yang ada menurut pemeriksaan lain atau BAST.")


def _is_within(day: date, window: tuple[date, date | None]) -> bool:
    first, last = window
    return first <= day and (last is None or day <= last)


@transaction.atomic
def save_duty(*, duty: AidDuty, by: User, seen: int | None = None) -> AidDuty:
    """Save a duty, or the edit of one that ``seen`` (its last edit) was shown of.

    Raises ``CountRefused`` when more was passed on already or the package has one of its kind, ``EditConflict`` when
    somebody else saved since.
    """
    AidPackage.objects.select_for_update(no_key=True).get(pk=duty.package_id)
    if duty.pk:
        check_last_edit(duty, seen)
    others = AidDuty.objects.filter(package=duty.package_id, kind=duty.kind).exclude(pk=duty.pk)
    if others.exists():
        raise CountRefused("Kewajiban itu sudah dicatat untuk paket ini.", "kind")
    if duty.quantity > duty.package.quantity and duty.kind == AidDuty.Kind.RETURN:
        raise CountRefused(f"Isi paling banyak {formats.number(duty.package.quantity)}.", "quantity")
    moved = moved_from(duty, duty.package.group) if duty.pk else Decimal()
    if duty.quantity < moved:
        raise CountRefused(f"Sudah berpindah {formats.number(moved)}; isi sedikitnya itu.", "quantity")
    set_author(duty, by)
    duty.save()
    return duty


@transaction.atomic
def record_step(*, step: RevolvingStep, by: User) -> RevolvingStep:
    """Write down that goods went on. Raises ``CountRefused`` with a sentence; a second click says the same thing."""
    duty = AidDuty.objects.select_for_update(no_key=True).select_related("package__group").get(pk=step.duty_id)
    if duty.package.handed_on is None or step.moved_on < duty.package.handed_on:
        raise CountRefused("Barang berpindah sesudah diserahkan. Periksa tanggalnya.", "moved_on")
    same = {"from_group": step.from_group_id, "to_group": step.to_group_id, "moved_on": step.moved_on}
    if duty.steps.filter(**same).exists():
        raise CountRefused("Perpindahan antara kedua kelompok pada hari itu sudah dicatat.", "moved_on")
    most = duty.quantity if step.from_group_id == duty.package.group_id else received_by(duty, step.from_group)
    left = most - moved_from(duty, step.from_group)
    if step.quantity > left:
        raise CountRefused(f"Isi paling banyak {formats.number(left)}: itu yang masih ada padanya.", "quantity")
    step.written_by, step.is_sample = by, duty.is_sample
    set_author(step, by)
    step.save()
    return step


def moved_from(duty: AidDuty, group: CommunityGroup) -> Decimal:
    return duty.steps.filter(from_group=group).aggregate(sum=Sum("quantity"))["sum"] or Decimal()


def received_by(duty: AidDuty, group: CommunityGroup) -> Decimal:
    return duty.steps.filter(to_group=group).aggregate(sum=Sum("quantity"))["sum"] or Decimal()
