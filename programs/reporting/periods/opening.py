"""Opening a quarter: who is asked for a report, its lines from the plan, and a plan that came later."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from simple_history.utils import bulk_create_with_history

from p2emas import clock
from p2emas.accounts.models import Agency, User
from p2emas.history.records import set_author
from p2emas.search.keeping import keep_words
from programs.planning.models import WorkPlan
from programs.planning.versions import plan_in_force, plans_in_force
from programs.reporting.reports.carrying import carry_over
from programs.reporting.reports.deadlines import quarter_dates, standard_due_date
from programs.reporting.reports.models import ProgressReport, ReportingPeriod
from programs.reporting.reports.parts import ReportLine


class CannotOpen(Exception):
    """The quarter cannot be opened; the message is a sentence for the screen."""


def expected_reports(year: int, quarter: int) -> list[tuple[Agency, WorkPlan | None]]:
    """Who gets a report for the quarter, and from which version of its plan.

    The version that counts on its first day, but never a later one than that of the report of a quarter after it.
    """
    starts, _ends = quarter_dates(year, quarter)
    plans = plans_in_force(year, starts)
    following = ProgressReport.objects.filter(period__year=year, period__number__gt=quarter, plan__isnull=False)
    for report in following.select_related("plan__agency").order_by("-period__number"):
        plan = plans.get(report.agency_id)
        if plan is not None and report.plan is not None and report.plan.sequence < plan.sequence:
            plans[report.agency_id] = report.plan
    return [(agency, plans.get(agency.pk)) for agency in Agency.objects.members(starts).order_by("name", "pk")]


@transaction.atomic
def open_period(*, year: int, quarter: int, opened_by: User, due_on: date | None = None) -> ReportingPeriod:
    """Open a quarter: one report with a due date for each agency that is a member on its first day.

    A quarter is opened once; of two simultaneous openings the second one gets ``CannotOpen``.
    """
    starts, ends = quarter_dates(year, quarter)
    due_on = due_on or standard_due_date(ends)
    if starts > clock.today():
        raise CannotOpen("Triwulan ini belum mulai. Periode dapat dibuka sejak hari pertamanya.")
    if due_on <= ends:
        raise CannotOpen("Jatuh tempo harus sesudah akhir triwulan.")
    period = ReportingPeriod(year=year, number=quarter, starts=starts, ends=ends, due_on=due_on, opened_by=opened_by)
    try:
        period.full_clean()
        with transaction.atomic():
            period.save()
    except (ValidationError, IntegrityError):
        raise CannotOpen("Periode ini sudah dibuka.") from None
    opened: list[int] = []
    for agency, plan in expected_reports(year, quarter):
        is_sample = plan is not None and plan.is_sample
        report = ProgressReport(period=period, agency=agency, plan=plan, due_on=due_on, is_sample=is_sample)
        set_author(report, opened_by)
        report.save()
        opened.append(report.pk)
        if plan:
            _fill_from_plan(report, plan, opened_by)
            carry_over(report, by=opened_by)
    keep_words(ProgressReport, opened)
    return period


def _fill_from_plan(report: ProgressReport, plan: WorkPlan, by: User | None = None) -> None:
    """``by`` is who opened the quarter; None leaves it to the request."""
    if plan.is_sample != report.is_sample:
        report.is_sample = plan.is_sample
        report.save(update_fields=["is_sample"])
    bulk_create_with_history(
        [ReportLine(report=report, plan_line=line) for line in plan.lines.order_by("activity__code", "pk")],
        ReportLine,
        default_user=by,
        default_date=clock.now(),
    )


@transaction.atomic
def take_plan_over(*, report: ProgressReport) -> bool:
    """Give a report that has no plan the year's plan, now that one is set; False when there is still none."""
    locked = ProgressReport.objects.select_for_update(no_key=True).get(pk=report.pk)
    plan = plan_in_force(locked.agency, locked.period.year, locked.period.starts)
    if locked.plan_id or plan is None:
        return bool(locked.plan_id)
    locked.plan = plan
    locked.save(update_fields=["plan"])
    _fill_from_plan(locked, plan)
    carry_over(locked, by=None)
    return True
