"""Aid of 2018 and 2019 in the demo, and what was left of it when somebody came to count.

That fish groups got tarpaulin and seed in October 2018 and did not roll the business on was said at the launch. Which
groups, how much of what, every number and every count are invented.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from districts.evidence.models import CommunityGroup
from districts.regions.models import Village
from facilitators.placements.models import Placement
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.history.records import set_author
from p2emas.management.demo.people import Cast
from p2emas.management.demo.plan_data import BEKUAN, BINJAI, ENSAID, MENTAJOI, MUNTAI, PAKAK, SOLAM
from programs.aid.due import CHECK_MONTHS, month_later
from programs.aid.duties import AidDuty, RevolvingStep
from programs.aid.models import AidPackage
from programs.aid.services import AidFinding, record_check, record_step, save_duty, save_package
from programs.aid.stating import Said, confirm_statement, make_slip, state_handover
from programs.planning.models import PlanLine

LAUNCH, GOATS = date(2018, 10, 24), date(2018, 5, 14)
LOST = "Kelompok tidak dapat ditemui (contoh)"
POND, HATCH = "Kolam terpal dan benih ikan", "Benih ikan unggul"
GROUPS = "Pembinaan kelompok masyarakat"
FISH = ("Pembudidaya Ikan", "Tirta Raya", "Sungai Tebelian Jaya", "Lele Mandiri", "Mina Muda")


@dataclass(frozen=True)
class Given:
    """``counts`` are those of months 6, 12 and 24 as far as they were due; "" was not checked, LOST was not found."""

    agency: str
    year: int
    work: str
    village: str
    group: str
    item: str
    quantity: int
    unit: str
    million: int | None
    on: date | None = None
    counts: tuple[int | str, ...] = ()
    consumable: bool = False


TARPAULIN = [
    ("dkpp", 2018, POND, SOLAM, name, "Terpal kolam", quantity, "lembar", million, LAUNCH, counts)
    for name, quantity, million, counts in zip(
        FISH, (20, 14, 30, 10, 24), (30, 21, 45, 15, 36), ((18, 11), (14,), (22,), (10, 9), (LOST,)), strict=True
    )
]
CATFISH = [
    ("dkpp", 2018, POND, SOLAM, name, "Benih lele", quantity, "ekor", million, LAUNCH, counts)
    for name, quantity, million, counts in zip(
        FISH, (8000, 4000, 6500, 3000, 5000), (24, 12, 20, 9, 15), ((5200, 2600), (1500,), (3100,), (LOST,), (0,)),
        strict=True,
    )
]  # fmt: skip
GOAT = [
    ("dpmpd", 2018, GROUPS, village, name, "Kambing", quantity, "ekor", million, GOATS, counts)
    for village, name, quantity, million, counts in (
        (PAKAK, "Tani Cabai", 12, 30, (11, 8)),
        (BEKUAN, "Tani Lada", 8, 20, (8, 7)),
        (MUNTAI, "Wanita Tani", 10, 25, (7, 4)),
        (BINJAI, "Ternak Sapi", 6, 15, (6, 6)),
        (MENTAJOI, "Pengrajin Rotan", 15, 38, (12, LOST)),
    )
]
OTHERS = [
    ("dkpp", 2018, POND, SOLAM, FISH[0], "Pakan, tiga bulan", 1200, "kg", 18, date(2018, 11, 6), (), True),
    ("distanbun", 2018, "Pengadaan bibit lada", BEKUAN, "Tani Lada", "Bibit lada", 2400, "batang", 60,
     date(2018, 4, 2), (2100, "")),
    ("distanbun", 2018, "Pengadaan bibit sapi", BINJAI, "Ternak Sapi", "Sapi", 14, "ekor", 210, date(2018, 6, 4),
     (14, 13)),
    ("disperindagkop", 2018, "Sarana tenun dan benang", ENSAID, "Menenun", "Alat tenun", 6, "unit", 27,
     date(2018, 10, 3), (6,)),
    ("disperindagkop", 2018, "Sarana tenun dan benang", ENSAID, "Menenun", "Benang", 40, "kg", 12, date(2018, 10, 3),
     (), True),
    ("distanbun", 2019, "Sarana produksi cabai", PAKAK, "Tani Cabai", "Bibit cabai", 2000, "batang", 8,
     date(2019, 5, 6)),
    ("dkpp", 2019, HATCH, SOLAM, FISH[0], "Aerator", 6, "buah", 24, date(2019, 5, 2)),
    ("dkpp", 2019, HATCH, SOLAM, FISH[1], "Induk lele", 40, "ekor", None),
]  # fmt: skip


def give_aid(cast: Cast) -> None:
    with clock.at(datetime(2018, 3, 5, 9)):
        _more_groups(cast)
    numbers: dict[int, int] = {}
    rows: tuple[tuple[Any, ...], ...] = (*GOAT, *TARPAULIN, *CATFISH, *OTHERS)
    for row in rows:
        given = Given(*row)
        with clock.at(datetime.combine(given.on or date(2019, 9, 2), datetime.min.time().replace(hour=10))):
            package = _give(given, cast, numbers)
        _count(package, given, cast)
    _say_what_came(cast)
    _pass_on(cast)


def _more_groups(cast: Cast) -> None:
    first = CommunityGroup.objects.get(village__code=SOLAM)
    for name in FISH[1:]:
        group = CommunityGroup(
            village=first.village, name=f"Kelompok {name} (contoh)", kind="POKDAKAN", commodity=first.commodity,
            is_sample=True,
        )  # fmt: skip
        set_author(group, cast.coordinator)
        group.save()


def _give(given: Given, cast: Cast, numbers: dict[int, int]) -> AidPackage:
    line = PlanLine.objects.agreed().filter(plan__agency__code=given.agency, plan__year=given.year)
    found = line.filter(activity__name=given.work).order_by("-plan__sequence").first()
    assert found is not None, given.work
    village = Village.objects.get(code=given.village)
    package = AidPackage(
        plan_line=found, group=CommunityGroup.objects.get(village=village, name__contains=given.group),
        item=given.item, quantity=Decimal(given.quantity), unit=given.unit, consumable=given.consumable,
        value=None if given.million is None else given.million * 1_000_000, is_sample=True,
        proposal_no=f"Proposal kelompok {given.year} (contoh)",
    )  # fmt: skip
    if given.on:
        number = numbers[given.year] = numbers.get(given.year, 100) + 1
        package.recipient_decree_no = f"520/{number}/SK/{given.year} (contoh)"
        package.grant_no = f"520/{number}/NPHD/{given.year} (contoh)"
        package.handover_no, package.handed_on = f"520/{number}/BAST/{given.year} (contoh)", given.on
    return save_package(package=package, by=cast.operators[given.agency])


def _say_what_came(cast: Cast) -> None:
    """Two holders answer: of the seed less came, which the facilitator saw; the tarpaulin nobody asked about yet."""
    for item, arrived, seen in (("Benih lele", 7700, True), ("Terpal kolam", 20, False)):
        package = AidPackage.objects.filter(item=item).order_by("pk")[0]
        with clock.at(datetime(2018, 10, 24, 15)):
            slip = make_slip(package=package, by=cast.operators["dkpp"], seen=None)
        with clock.at(datetime(2018, 10, 26, 9)):
            said = Said(Decimal(arrived), "GOOD", "Dihitung bersama pengurus (contoh).")
            statement = state_handover(package=package, slip=slip, said=said)
            if seen:
                confirm_statement(statement=statement, seen_on=date(2018, 10, 30), by=_facilitator(package, cast))


def _pass_on(cast: Cast) -> None:
    """The first fish group was to pass seed on and has not; the weavers give one loom back, the goats went on once."""
    rows = (
        ("Benih lele", "PASS_ON", 2000, FISH[1], date(2019, 10, 24), 0),
        ("Kambing", "PASS_ON", 4, "Tani Lada", date(2020, 5, 14), 2),
        ("Alat tenun", "RETURN", 1, "", date(2019, 9, 27), 0),
    )
    for item, kind, quantity, receiver, day, moved in rows:
        package = AidPackage.objects.filter(item=item).order_by("pk")[0]
        to_group = CommunityGroup.objects.get(name__contains=receiver) if receiver else None
        with clock.at(datetime(2018, 11, 5, 10)):
            duty = save_duty(
                duty=AidDuty(
                    package=package, kind=kind, quantity=Decimal(quantity), to_group=to_group, due_on=day,
                    clause="NPHD pasal 5 (contoh)", is_sample=True,
                ),
                by=cast.operators[package.agency.code],
            )  # fmt: skip
        if moved:
            with clock.at(datetime(2019, 8, 20, 10)):
                step = RevolvingStep(
                    duty=duty, from_group=package.group, to_group=to_group, moved_on=date(2019, 8, 19),
                    quantity=Decimal(moved),
                )  # fmt: skip
                record_step(step=step, by=_facilitator(package, cast))


def _count(package: AidPackage, given: Given, cast: Cast) -> None:
    """By the facilitator of the village, on the day that the check was due or on the last day of the demo before it."""
    by = _facilitator(package, cast)
    for month, count in zip(CHECK_MONTHS, given.counts, strict=False):
        if count == "" or given.on is None:
            continue
        day = min(month_later(given.on, month), date(2019, 10, 1))
        left = None if count == LOST else Decimal(count)
        state = "" if left is None else "GOOD" if left * 10 >= package.quantity * 8 else "PARTLY" if left else "BAD"
        note = LOST if left is None else ""
        with clock.at(datetime.combine(day, datetime.min.time().replace(hour=14))):
            record_check(package=package, found=AidFinding(month, day, left, state, note), photos=[], by=by)


def _facilitator(package: AidPackage, cast: Cast) -> User:
    placed = Placement.objects.in_village(package.village).select_related("facilitator__user").order_by("pk").first()
    return placed.facilitator.user if placed is not None and placed.facilitator.user else cast.coordinator
