"""Five years of a big regency, inserted in bulk: what grows with years, agencies and places at once."""

import math
from collections.abc import Iterator
from datetime import date
from typing import Any

from benchmarks.seed import DECIDED, LAST, SENT, open_quarters, people
from districts.models import (
    Commodity,
    CompetencyDetermination,
    CoreCompetency,
    District,
    DistrictBoundary,
    Regency,
    TargetLocation,
    Village,
)
from p2emas.models import Agency, Assignment, Decree, User
from programs.models import (
    Activity,
    Indicator,
    IndicatorTarget,
    IndicatorValue,
    Outcome,
    PlanLine,
    PlanLineTarget,
    Program,
    ProgressReport,
    ReportingPeriod,
    ReportLine,
    WorkPlan,
)

DISTRICTS, VILLAGES, TARGETS = 40, 435, 416
AGENCIES, ACTIVITIES, QUARTERS = 40, 300, 19
SILENT = 8  # agencies that have not begun the newest report
CORNERS = 60  # of a kecamatan's outline, as an import leaves it
BATCH = 2000
COMMODITIES = ("padi", "jagung", "lada", "karet", "kopi", "kakao", "madu", "tenun", "ikan", "sapi")


def seed() -> dict[str, Any]:
    """The rows, and the numbers that addresses of pages need."""
    who = people()
    decree, locations = _places()
    members = _agencies(who["operator"])
    periods = open_quarters(QUARTERS, who["coordinator"])
    ReportingPeriod.objects.filter(pk__in=[period.pk for period in periods[:-1]]).update(status="LOCKED")
    plans = _plans(members, sorted({period.year for period in periods}))
    lines = _work(plans, locations)
    reports = _reports(periods, members, plans, who)
    _figures(reports, lines)
    _indicators(lines, [report for report in reports if report.period.year == LAST[0]])
    newest = [report for report in reports if report.period_id == periods[-1].pk]
    return {
        "report": newest[0].pk,
        "waiting": newest[1].pk,
        "plan": newest[0].plan_id,
        "decree": decree.pk,
        "period": periods[-1].pk,
        "lines": ReportLine.objects.count(),
    }


def _places() -> tuple[Decree, list[TargetLocation]]:
    regency = Regency.objects.create(code="99.01", name="Kabupaten Lebar")
    decree = Decree.objects.create(
        number="1/2014", dated="2014-06-02", valid_from="2014-06-02", about="Lokasi sasaran", status="IN_FORCE"
    )
    goods = [Commodity.objects.create(name=name, sector="perkebunan", unit="ton") for name in COMMODITIES]
    competencies = []
    for n in range(DISTRICTS):
        district = District.objects.create(
            regency=regency,
            code=f"99.01.{n + 1:02d}",
            name=f"Kecamatan Ke-{n + 1:02d}",
            lat=n // 8 / 10,
            lng=n % 8 / 10,
        )
        DistrictBoundary.objects.create(district=district, rings=[_outline(n % 8 / 10, n // 8 / 10)], source="Rekaan")
        good = goods[n % len(goods)]
        determination = CompetencyDetermination.objects.create(
            district=district,
            year=2014,
            chosen=good,
            reason="Sudah diusahakan.",
            sources="Rapat koordinasi",
            decided_on="2014-05-05",
            decree=decree,
            status="ENACTED",
        )
        competencies.append(
            CoreCompetency.objects.create(
                district=district, commodity=good, determination=determination, decree=decree, valid_from="2014-06-02"
            )
        )
    villages = Village.objects.bulk_create(
        Village(
            district=competencies[n % DISTRICTS].district,
            code=f"99.01.{n % DISTRICTS + 1:02d}.{2001 + n // DISTRICTS}",
            name=f"Desa Nomor {n:03d}",
            slug=f"desa-nomor-{n:03d}",
        )
        for n in range(VILLAGES)
    )
    return decree, TargetLocation.objects.bulk_create(
        TargetLocation(
            village=village,
            core_competency=competencies[n % DISTRICTS],
            decree=decree,
            valid_from="2014-06-02",
            status="RUNNING",
        )
        for n, village in enumerate(villages[:TARGETS])
    )


def _outline(x: float, y: float) -> list[list[float]]:
    """A closed ring around a point, in degrees."""
    angles = [2 * math.pi * corner / CORNERS for corner in range(CORNERS)]
    ring = [[round(x + 0.05 * math.cos(a), 6), round(y + 0.05 * math.sin(a), 6)] for a in angles]
    return [*ring, ring[0]]


def _agencies(operator: User) -> list[Agency]:
    members = Agency.objects.bulk_create(
        Agency(
            code=f"skpd-{n:02d}",
            name=f"Dinas Urusan Nomor {n:02d} Kabupaten Lebar",
            short_name=f"Dinas {n:02d}",
            kind=Agency.Kind.DINAS,
            member_from=date(2014, 1, 1),
        )
        for n in range(AGENCIES)
    )
    Assignment.objects.create(user=operator, agency=members[0], role="agency_operator", valid_from=date(2014, 1, 1))
    return members


def _plans(members: list[Agency], years: list[int]) -> list[WorkPlan]:
    return WorkPlan.objects.bulk_create(
        WorkPlan(
            agency=agency,
            year=year,
            status="SET",
            budget_doc_no=f"DPA {agency.code}/{year}",
            effective_on=date(year, 1, 2),
        )
        for year in years
        for agency in members
    )


def _work(plans: list[WorkPlan], locations: list[TargetLocation]) -> dict[int, list[PlanLine]]:
    """The lines of every plan, each an activity of its own, most of them at a target location."""
    program = Program.objects.create(name="P2-EMAS", starts=2015, ends=2019)
    outcomes = [Outcome.objects.create(program=program, name=f"Sasaran {n}") for n in range(4)]
    activities = Activity.objects.bulk_create(
        (
            Activity(
                agency=plan.agency,
                year=plan.year,
                outcome=outcomes[n % len(outcomes)],
                code=f"2.01.03.{n // 50:02d}.{n % 50:02d}",
                name=f"Pembinaan usaha ekonomi masyarakat tahap {n}",
                programme_name=f"Peningkatan ekonomi {n // 50}",
            )
            for plan in plans
            for n in range(ACTIVITIES)
        ),
        batch_size=BATCH,
    )
    links, spread = PlanLine.ChainLink.values, 7
    made = PlanLine.objects.bulk_create(
        (
            PlanLine(
                plan=plans[n // ACTIVITIES],
                activity=activity,
                target_location=locations[n * spread % TARGETS] if n % 6 else None,
                chain_link=links[n % len(links)],
                start_month=n % 12 + 1,
                amount=20_000_000 + n % 301 * 500_000,
                volume=n % 40 + 1,
                unit="paket",
            )
            for n, activity in enumerate(activities)
        ),
        batch_size=BATCH,
    )
    PlanLineTarget.objects.bulk_create(
        (
            PlanLineTarget(plan_line=line, quarter=quarter, money=line.amount * quarter // 4, physical=quarter * 25)
            for line in made
            for quarter in (1, 2, 3, 4)
        ),
        batch_size=BATCH,
    )
    by_plan: dict[int, list[PlanLine]] = {}
    for line in made:
        by_plan.setdefault(line.plan_id, []).append(line)
    return by_plan


def _reports(
    periods: list[ReportingPeriod], members: list[Agency], plans: list[WorkPlan], who: dict[str, User]
) -> list[ProgressReport]:
    plan_of = {(plan.agency_id, plan.year): plan for plan in plans}

    def made() -> Iterator[ProgressReport]:
        for period in periods:
            for n, agency in enumerate(members):
                status = _newest_status(n) if period is periods[-1] else "LOCKED"
                report = ProgressReport(period=period, agency=agency, due_on=period.due_on, status=status)
                report.plan = plan_of[agency.pk, period.year]
                if status not in {"NOT_STARTED", "DRAFT"}:
                    report.submitted_by, report.submitted_at, report.first_submitted_at = who["operator"], SENT, SENT
                if status in {"APPROVED", "LOCKED"}:
                    report.decided_by, report.decided_at = who["coordinator"], DECIDED
                yield report

    return ProgressReport.objects.bulk_create(made(), batch_size=BATCH)


def _newest_status(n: int) -> str:
    if n == 0:
        return "DRAFT"
    if n > AGENCIES - 1 - SILENT:
        return "NOT_STARTED"
    return "APPROVED" if n % 2 else "WAITING"


def _figures(reports: list[ProgressReport], lines: dict[int, list[PlanLine]]) -> None:
    ReportLine.objects.bulk_create(
        (
            ReportLine(
                report=report,
                plan_line=line,
                spent_to_date=line.amount * report.period.number // 5,
                physical_to_date=report.period.number * 22,
            )
            for report in reports
            if report.status != "NOT_STARTED"
            for line in lines[report.plan_id]
        ),
        batch_size=BATCH,
    )


def _indicators(lines: dict[int, list[PlanLine]], reports: list[ProgressReport]) -> None:
    """One for every activity with its target, and this year's values."""
    works = [line for of_plan in lines.values() for line in of_plan]
    made = Indicator.objects.bulk_create(
        (
            Indicator(activity=line.activity, name="Jumlah kelompok dibina", unit="kelompok", formula="increasing")
            for line in works
        ),
        batch_size=BATCH,
    )
    IndicatorTarget.objects.bulk_create(
        (
            IndicatorTarget(indicator=indicator, year=line.activity.year, baseline=0, target=4)
            for indicator, line in zip(made, works, strict=True)
        ),
        batch_size=BATCH,
    )
    of_plan: dict[int, list[Indicator]] = {}
    for indicator, line in zip(made, works, strict=True):
        of_plan.setdefault(line.plan_id, []).append(indicator)
    IndicatorValue.objects.bulk_create(
        (
            IndicatorValue(report=report, indicator=indicator, value=1)
            for report in reports
            if report.status != "NOT_STARTED"
            for indicator in of_plan[report.plan_id]
        ),
        batch_size=BATCH,
    )
