"""What the wide seed has beside plans and reports: codes, strategic plans, groups, months, payments, and a draft."""

from collections.abc import Iterable, Iterator
from datetime import date

from benchmarks import paces
from benchmarks.paces import ACTIVITIES
from benchmarks.seed import LAST
from districts.models import CommunityGroup, TargetLocation
from p2emas.models import Agency, Assignment, User
from programs.models import (
    Activity,
    ChainAnswer,
    Indicator,
    IndicatorTarget,
    MonthlyPlan,
    MonthlyProgress,
    NomenclatureEntry,
    NomenclatureVersion,
    PlanLine,
    PlanLineTarget,
    ProcurementMethod,
    RenstraActivity,
    RenstraTarget,
    TreasuryEntry,
    WorkPlan,
)

BATCH = 2000
Numbered = Iterable[tuple[int, PlanLine]]
FILLED_MONTHS = (1, 2, 4, 5, 7, 8)  # up to the newest quarter; the ends of quarters are told by reports
REPAID, OTHERWISE = 31, 53  # one payment of so many came back in part, one activity of so many was paid otherwise


def codes() -> None:
    """The codes of the activities in the list of their year, which leaves the number of the agency open."""
    version = NomenclatureVersion.objects.get(code="13/2006")
    programmes = [f"2.01.XX.{number:02d}" for number in range(ACTIVITIES // 50)]
    rows = [("URUSAN", "2", ""), ("BIDANG", "2.01", "2"), *(("PROGRAM", code, "2.01") for code in programmes)]
    rows += [("KEGIATAN", f"{code}.{number:02d}", code) for code in programmes for number in range(50)]
    NomenclatureEntry.objects.bulk_create(
        NomenclatureEntry(version=version, level=level, code=code, parent_code=above, name=f"Menurut daftar {code}")
        for level, code, above in rows
    )


def renstra(agencies: list[Agency], years: list[int]) -> dict[tuple[int, int], RenstraActivity]:
    """(agency, number of the activity) -> its activity of five years, which has one target."""
    made = RenstraActivity.objects.bulk_create(
        (
            RenstraActivity(
                agency=agency,
                code=paces.code(n),
                name=f"Pembinaan usaha ekonomi masyarakat tahap {n}",
                programme_name=f"Peningkatan ekonomi {n // 50}",
                first_year=years[0],
                last_year=years[-1],
                money=400_000_000 + n * 1_000_000,
                realised_until=years[0] - 1,
            )
            for agency in agencies
            for n in range(ACTIVITIES)
        ),
        batch_size=BATCH,
    )
    formulas = Indicator.Formula.values
    RenstraTarget.objects.bulk_create(
        (
            RenstraTarget(
                activity=each,
                name="Jumlah kelompok dibina",
                unit="kelompok",
                formula=formulas[n % len(formulas)],
                target=n % 7 + 12,
            )
            for n, each in enumerate(made)
        ),
        batch_size=BATCH,
    )
    return {(each.agency_id, n % ACTIVITIES): each for n, each in enumerate(made)}


def groups(locations: list[TargetLocation]) -> dict[int, list[CommunityGroup]]:
    """Location -> two groups in its village."""
    made = CommunityGroup.objects.bulk_create(
        (
            CommunityGroup(
                village=location.village,
                name=f"Kelompok {number} {location.village.name}",
                kind="POKTAN",
                commodity=location.core_competency.commodity,
            )
            for location in locations
            for number in (1, 2)
        ),
        batch_size=BATCH,
    )
    return {location.pk: made[2 * n : 2 * n + 2] for n, location in enumerate(locations)}


def months(works: Numbered) -> None:
    """The plan of twelve months and what was done in those that no report tells."""
    works = list(works)
    MonthlyPlan.objects.bulk_create(
        (
            MonthlyPlan(line=line, month=month, money=line.amount * share // 100, physical=share)
            for n, line in works
            for month in range(1, 13)
            if (share := paces.month_target(n, month)) is not None
        ),
        batch_size=BATCH,
    )
    MonthlyProgress.objects.bulk_create(
        (
            MonthlyProgress(
                line=line, month=month, money=line.amount * share // 100 * 8 // 10, physical=share * 9 // 10
            )
            for n, line in works
            for month in FILLED_MONTHS
            if n % paces.UNKNOWN != 7 and (share := paces.month_target(n, month)) is not None
        ),
        batch_size=BATCH,
    )


def payments(works: Numbered) -> None:
    """What the treasury paid in the quarters of the newest year; mostly what the reports say."""

    def made() -> Iterator[TreasuryEntry]:
        year, quarters = LAST
        for n, line in works:
            before = 0
            for quarter in range(1, quarters + 1):
                spent = paces.figures(line, n, quarter).get("spent_to_date") or 0
                paid, before = int(spent) - before, int(spent)
                if n % OTHERWISE == 11:
                    paid += 1_500_000
                if paid:
                    yield TreasuryEntry(
                        agency_id=line.plan.agency_id,
                        year=year,
                        activity_id=line.activity_id,
                        sp2d_no=f"{n:05d}/LS/{quarter}",
                        paid_on=date(year, 3 * quarter, n % 28 + 1),
                        amount=-paid if n % REPAID == 5 else paid,
                        account=f"5.2.2.{n % 40:02d}",
                        text="Pembayaran pekerjaan",
                    )

    TreasuryEntry.objects.bulk_create(made(), batch_size=BATCH)


def answers(works: Numbered, user: User) -> None:
    """One agency of four says why a link stays empty."""
    links, seen = PlanLine.ChainLink.values, set()
    rows = []
    for n, line in works:
        if line.target_location is None or n % 4:
            continue
        key = (line.plan.agency_id, line.target_location.village_id, links[n % len(links)])
        if key not in seen:
            seen.add(key)
            agency, village, link = key
            rows.append(
                ChainAnswer(
                    agency_id=agency,
                    year=LAST[0],
                    village_id=village,
                    link=link,
                    text="Dilanjutkan tahun depan.",
                    answered_by=user,
                )
            )
    ChainAnswer.objects.bulk_create(rows, batch_size=BATCH)


def methods() -> list[ProcurementMethod]:
    return list(ProcurementMethod.objects.order_by("pk"))


def draft(agency: Agency, old: list[PlanLine]) -> WorkPlan:
    """The plan of the year to come, with everything but its ways of procurement and half of its indicators' targets."""
    plan = WorkPlan.objects.create(agency=agency, year=LAST[0] + 1, kind="INDUK", status="DRAFT")
    activities = Activity.objects.bulk_create(
        Activity(
            agency=agency,
            year=plan.year,
            outcome_id=line.activity.outcome_id,
            code=line.activity.code,
            name=line.activity.name,
            programme_name=line.activity.programme_name,
            renstra_id=line.activity.renstra_id,
        )
        for line in old
    )
    lines = PlanLine.objects.bulk_create(
        PlanLine(
            plan=plan,
            activity=activity,
            target_location_id=line.target_location_id,
            other_village_id=line.other_village_id,
            exception_reason=line.exception_reason,
            commodity_id=line.commodity_id,
            group_id=line.group_id,
            chain_link=line.chain_link,
            fund=line.fund,
            start_month=line.start_month,
            amount=line.amount,
        )
        for line, activity in zip(old, activities, strict=True)
    )
    PlanLineTarget.objects.bulk_create(
        PlanLineTarget(plan_line=line, quarter=quarter, money=line.amount * quarter // 4, physical=quarter * 25)
        for line in lines
        for quarter in (1, 2, 3, 4)
    )
    measured = Indicator.objects.bulk_create(
        Indicator(activity=activity, name="Jumlah kelompok dibina", unit="kelompok", formula="increasing")
        for activity in activities
    )
    IndicatorTarget.objects.bulk_create(
        IndicatorTarget(indicator=indicator, year=plan.year, baseline=n % 4, target=n % 7 + 2)
        for n, indicator in enumerate(measured)
        if n % 2
    )
    return plan


def writer(agency: Agency) -> User:
    """Who brings the plan of another agency as a file."""
    found = User.objects.create(username="writer", name="writer")
    Assignment.objects.create(user=found, agency=agency, role="agency_operator", valid_from=date(2014, 1, 1))
    return found
