"""Five years of a big regency, inserted in bulk: what grows with years, agencies and places at once."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from benchmarks import further, paces
from benchmarks.paces import ACTIVITIES, AGENCIES
from benchmarks.regency import places
from benchmarks.seed import LAST, open_quarters, people
from districts.models import Commodity, TargetLocation, Village
from p2emas.models import Agency, Assignment, User
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
    RenstraActivity,
    RenstraTarget,
    ReportingPeriod,
    ReportLine,
    WorkPlan,
)

QUARTERS = 19
SILENT = 8  # agencies that have not begun the newest report
CLAIMED = 4  # the agency whose newest report is being verified
BATCH = 2000
Numbered = dict[int, list[tuple[int, PlanLine]]]  # plan -> its lines, each with its number among all


def seed() -> dict[str, Any]:
    """The rows, and the numbers that addresses of pages need."""
    who = people()
    decree, locations, others = places()
    members = _agencies(who["operator"])
    periods = open_quarters(QUARTERS, who["coordinator"])
    ReportingPeriod.objects.filter(pk__in=[period.pk for period in periods[:-1]]).update(status="LOCKED")
    years = sorted({period.year for period in periods})
    plans = _plans(members, years)
    further.codes()
    lines = _work(plans, _Places(locations, others), further.renstra(members, years))
    reports = _reports(periods, members, plans, who)
    _figures(reports, lines)
    _indicators(lines, [report for report in reports if report.period.year == LAST[0]])
    newest = [report for report in reports if report.period_id == periods[-1].pk]
    works = [work for plan in plans if plan.year == LAST[0] for work in lines[plan.pk]]
    further.months(works)
    further.payments(works)
    further.answers(works, who["operator"])
    first = [line for _n, line in lines[newest[0].plan_id]]
    further.writer(members[1])
    return {
        "report": newest[0].pk,
        "waiting": newest[2].pk,
        "claimed": newest[CLAIMED].pk,
        "plan": newest[0].plan_id,
        "second": members[1].pk,
        "draft": further.draft(members[0], first).pk,
        "decree": decree.pk,
        "period": periods[-1].pk,
        "lines": ReportLine.objects.count(),
    }


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


class _Places:
    """Where lines are, and for whom."""

    def __init__(self, locations: list[TargetLocation], others: list[Village]) -> None:
        self.locations, self.others = locations, others
        self.groups = further.groups(locations)
        self.goods = list(Commodity.objects.order_by("pk"))

    def of(self, n: int) -> dict[str, object]:
        """One line of eight is for the whole regency, one of 24 in another village, three of five on the competency.

        Every fourth agency keeps to the target locations and to what they are for. Two of three name a group.
        """
        focused = n // ACTIVITIES % AGENCIES % 4 == 0
        if n % 24 == 6:
            return {"other_village": self.others[n % len(self.others)], "exception_reason": "Usulan musrenbang."}
        if n % 6 == 0 and not focused:
            return {}
        location, goods = self.locations[n * 7 % len(self.locations)], self.goods
        own = location.core_competency.commodity
        good = own if focused else (own, own, own, goods[n % len(goods)], None)[n % 5]
        group = (*self.groups[location.pk], None)[n % 3]
        return {"target_location": location, "commodity": good, "group": group}


def _work(plans: list[WorkPlan], places: _Places, promised: dict[tuple[int, int], RenstraActivity]) -> Numbered:
    """The lines of every plan, each an activity of its own, most of them at a target location."""
    lines = _lines(plans, _activities(plans, promised), places)
    PlanLineTarget.objects.bulk_create(
        (
            PlanLineTarget(
                plan_line=line,
                quarter=quarter,
                money=line.amount * paces.target(n, quarter) // 100,
                physical=paces.target(n, quarter),
            )
            for n, line in enumerate(lines)
            for quarter in (1, 2, 3, 4)
        ),
        batch_size=BATCH,
    )
    by_plan: Numbered = {}
    for n, line in enumerate(lines):
        by_plan.setdefault(line.plan_id, []).append((n, line))
    return by_plan


def _activities(plans: list[WorkPlan], promised: dict[tuple[int, int], RenstraActivity]) -> list[Activity]:
    program = Program.objects.create(name="P2-EMAS", starts=2015, ends=2019)
    outcomes = [Outcome.objects.create(program=program, name=f"Sasaran {n}") for n in range(4)]
    return Activity.objects.bulk_create(
        (
            Activity(
                agency=plan.agency,
                year=plan.year,
                outcome=outcomes[n % len(outcomes)],
                code=paces.code(n),
                renstra=promised[plan.agency_id, n],
                name=f"Pembinaan usaha ekonomi masyarakat tahap {n}",
                programme_name=f"Peningkatan ekonomi {n // 50}",
            )
            for plan in plans
            for n in range(ACTIVITIES)
        ),
        batch_size=BATCH,
    )


def _lines(plans: list[WorkPlan], activities: list[Activity], places: _Places) -> list[PlanLine]:
    links, methods = PlanLine.ChainLink.values, [None, *further.methods()]
    return PlanLine.objects.bulk_create(
        (
            PlanLine(
                plan=plans[n // ACTIVITIES],
                activity=activity,
                **places.of(n),
                procurement=methods[n % len(methods)],
                chain_link=links[n % len(links)],
                fund=paces.fund(n),
                start_month=paces.start_month(n),
                amount=20_000_000 + n % 301 * 500_000,
                volume=n % 40 + 1,
                unit="paket",
            )
            for n, activity in enumerate(activities)
        ),
        batch_size=BATCH,
    )


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
                report.claimed_by = who["coordinator"] if status == "VERIFYING" else None
                if status not in {"NOT_STARTED", "DRAFT"}:
                    sent = _sent(period, n)
                    report.submitted_by, report.submitted_at, report.first_submitted_at = who["operator"], sent, sent
                    report.has_obstacles = False
                if status in {"APPROVED", "LOCKED"}:
                    report.decided_by, report.decided_at = who["coordinator"], sent + timedelta(days=1)
                yield report

    return ProgressReport.objects.bulk_create(made(), batch_size=BATCH)


def _sent(period: ReportingPeriod, n: int) -> datetime:
    """From five days before the date to five days after it; the newest ones in time, today is the day after."""
    noon = datetime(period.due_on.year, period.due_on.month, period.due_on.day, 5, tzinfo=UTC)
    days = (n * 7 + period.number * 3) % 11 - 5
    return noon + timedelta(days=min(days, -1) if (period.year, period.number) == LAST else days)


def _newest_status(n: int) -> str:
    if n == 0:
        return "DRAFT"
    if n > AGENCIES - 1 - SILENT:
        return "NOT_STARTED"
    if n == CLAIMED:
        return "VERIFYING"
    return "APPROVED" if n % 2 else "WAITING"


def _figures(reports: list[ProgressReport], lines: Numbered) -> None:
    ReportLine.objects.bulk_create(
        (
            ReportLine(report=report, plan_line=line, **paces.figures(line, n, report.period.number))
            for report in reports
            if report.status != "NOT_STARTED"
            for n, line in lines[report.plan_id]
        ),
        batch_size=BATCH,
    )


def _indicators(lines: Numbered, reports: list[ProgressReport]) -> None:
    """One for every activity with its target, and this year's values."""
    works = [numbered for of_plan in lines.values() for numbered in of_plan]
    formulas = Indicator.Formula.values
    promised = dict(RenstraTarget.objects.values_list("activity", "pk"))
    made = Indicator.objects.bulk_create(
        (
            Indicator(
                activity=line.activity,
                name="Jumlah kelompok dibina",
                unit="kelompok",
                formula=formulas[n % len(formulas)],
                renstra_target_id=promised[line.activity.renstra_id],
            )
            for n, line in works
        ),
        batch_size=BATCH,
    )
    IndicatorTarget.objects.bulk_create(
        (
            IndicatorTarget(indicator=indicator, year=line.activity.year, baseline=n % 4, target=n % 4 + n % 7 + 2)
            for indicator, (n, line) in zip(made, works, strict=True)
        ),
        batch_size=BATCH,
    )
    of_plan: dict[int, list[tuple[int, Indicator]]] = {}
    for indicator, (n, line) in zip(made, works, strict=True):
        of_plan.setdefault(line.plan_id, []).append((n, indicator))
    IndicatorValue.objects.bulk_create(
        (
            IndicatorValue(report=report, indicator=indicator, **paces.value(n, report.period.number))
            for report in reports
            if report.status != "NOT_STARTED"
            for n, indicator in of_plan[report.plan_id]
        ),
        batch_size=BATCH,
    )
