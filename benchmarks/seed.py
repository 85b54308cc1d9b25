"""Rows by the thousand, inserted in bulk; runs inside a process of the measured installation."""

from datetime import UTC, date, datetime

from p2emas.identity.models import ONLY, Identity
from p2emas.models import Agency, Assignment, User
from programs.models import (
    Activity,
    Outcome,
    PlanLine,
    PlanLineTarget,
    Program,
    ProgressReport,
    ReportingPeriod,
    ReportLine,
    WorkPlan,
)

LAST = (2019, 3)
SENT = datetime(2019, 10, 2, 3, 0, tzinfo=UTC)
DECIDED = datetime(2019, 10, 4, 3, 0, tzinfo=UTC)
STATES = ("APPROVED", "APPROVED", "WAITING", "RETURNED", "NOT_STARTED")


def people() -> dict[str, User]:
    """A coordinator of the lead office, an operator of the first agency and a superuser."""
    bappeda = Agency.objects.create(code="bappeda", name="Bappeda", short_name="Bappeda", kind=Agency.Kind.BADAN)
    Identity.objects.update_or_create(pk=ONLY, defaults={"lead_agency": bappeda})
    found = {name: User.objects.create(username=name, name=name) for name in ("coordinator", "operator")}
    found["admin"] = User.objects.create(username="admin", name="admin", is_superuser=True)
    Assignment.objects.create(
        user=found["coordinator"], agency=bappeda, role="coordinator", valid_from=date(2017, 1, 1)
    )
    return found


def quarters(count: int) -> list[tuple[int, int]]:
    """The last ``count`` quarters up to TW III 2019, oldest first."""
    last = LAST[0] * 4 + LAST[1] - 1
    return [(index // 4, index % 4 + 1) for index in range(last - count + 1, last + 1)]


def reports(*, agencies: int, periods: int, lines: int = 0) -> dict[str, int]:
    """``agencies`` x ``periods`` reports; with ``lines`` each has that many plan lines and figures."""
    who = people()
    members, opened = _members(agencies, who["operator"]), open_quarters(periods, who["coordinator"])
    years = sorted({period.year for period in opened}) if lines else [LAST[0]]
    plans = _plans(members, years)
    plan_of = {(plan.agency_id, plan.year): plan for plan in plans}
    made = ProgressReport.objects.bulk_create(
        (
            _report(period, agency, plan_of.get((agency.pk, period.year), plan_of[agency.pk, LAST[0]]), who, n + m)
            for n, period in enumerate(opened)
            for m, agency in enumerate(members)
        ),
        batch_size=2000,
    )
    if lines:
        _lines(plans, made, lines)
    editable = next(
        report for report in made if report.period_id == opened[-1].pk and report.agency_id == members[0].pk
    )
    ProgressReport.objects.filter(pk=editable.pk).update(status="DRAFT", submitted_by=None, decided_by=None)
    return {"report": editable.pk, "reports": len(made)}


def _members(count: int, operator: User) -> list[Agency]:
    """Agencies that report; ``operator`` works in the first."""
    members = Agency.objects.bulk_create(
        Agency(
            code=f"skpd-{n:04d}",
            name=f"Dinas Nomor {n:04d}",
            short_name=f"SKPD {n:04d}",
            kind=Agency.Kind.DINAS,
            member_from=date(1900, 1, 1),
        )
        for n in range(count)
    )
    Assignment.objects.create(user=operator, agency=members[0], role="agency_operator", valid_from=date(2017, 1, 1))
    return members


def open_quarters(count: int, opened_by: User) -> list[ReportingPeriod]:
    return ReportingPeriod.objects.bulk_create(
        ReportingPeriod(
            year=year,
            number=quarter,
            starts=date(year, 3 * quarter - 2, 1),
            ends=date(year, 3 * quarter, 30),
            due_on=date(year + quarter // 4, 3 * quarter % 12 + 1, 7),
            opened_by=opened_by,
        )
        for year, quarter in quarters(count)
    )


def _plans(members: list[Agency], years: list[int]) -> list[WorkPlan]:
    return WorkPlan.objects.bulk_create(
        WorkPlan(
            agency=agency,
            year=year,
            kind="INDUK",
            status="SET",
            budget_doc_no=f"DPA {agency.code}/{year}",
            effective_on=date(year, 1, 2),
        )
        for year in years
        for agency in members
    )


def _report(period, agency, plan, who, n) -> ProgressReport:
    status = STATES[n % len(STATES)]
    report = ProgressReport(period=period, agency=agency, plan=plan, due_on=period.due_on, status=status)
    if status != "NOT_STARTED":
        report.submitted_by, report.submitted_at, report.first_submitted_at = who["operator"], SENT, SENT
        report.has_obstacles = False
    if status in {"APPROVED", "RETURNED"}:
        report.decided_by, report.decided_at = who["coordinator"], DECIDED
    return report


def _lines(plans: list[WorkPlan], made: list[ProgressReport], lines: int) -> None:
    """``lines`` lines with targets in every plan, and a figure of each in every report."""
    planned = _plan_lines(plans, lines)
    PlanLineTarget.objects.bulk_create(
        (
            PlanLineTarget(plan_line=line, quarter=quarter, money=line.amount * quarter // 4, physical=quarter * 25)
            for line in planned
            for quarter in (1, 2, 3, 4)
        ),
        batch_size=2000,
    )
    by_plan: dict[int, list[PlanLine]] = {}
    for line in planned:
        by_plan.setdefault(line.plan_id, []).append(line)
    ReportLine.objects.bulk_create(
        (
            ReportLine(
                report=report,
                plan_line=line,
                spent_to_date=line.amount * report.period.number // 5,
                physical_to_date=report.period.number * 22,
            )
            for report in made
            for line in by_plan[report.plan_id]
        ),
        batch_size=2000,
    )


def _plan_lines(plans: list[WorkPlan], lines: int) -> list[PlanLine]:
    program = Program.objects.create(name="P2-EMAS", starts=2000, ends=2030)
    outcome = Outcome.objects.create(program=program, name="Sasaran")
    activities = Activity.objects.bulk_create(
        Activity(agency=plan.agency, year=plan.year, outcome=outcome, code=f"2.01.03.15.{n:03d}", name=f"Kegiatan {n}")
        for plan in plans
        for n in range(lines)
    )
    of_plan = [plan for plan in plans for _ in range(lines)]
    links = PlanLine.ChainLink.values
    return PlanLine.objects.bulk_create(
        (
            PlanLine(
                plan=plan,
                activity=activity,
                chain_link=links[n % len(links)],
                start_month=n % 12 + 1,
                amount=50_000_000 + n * 1_000_000,
            )
            for n, (plan, activity) in enumerate(zip(of_plan, activities, strict=True))
        ),
        batch_size=2000,
    )
