"""What no single table can see of reports: obstacles that are named, versions of the plan, lines that are carried."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q

from programs.reporting.reports.carrying import SameWork
from programs.reporting.reports.models import ProgressReport
from programs.reporting.reports.parts import ReportLine


def obstacles() -> Iterator[str]:
    rows = ProgressReport.obstacles.through.objects.filter(progressreport=OuterRef("pk"))
    reports = ProgressReport.objects.annotate(names_some=Exists(rows)).select_related("period")
    unsaid = Q(names_some=True) & (Q(has_obstacles=None) | Q(has_obstacles=False))
    for report in reports.filter(unsaid | Q(names_some=False, has_obstacles=True)).order_by("pk"):
        yield f"{report}: jawaban ada tidaknya kendala berbeda dengan kendala yang tercatat."


def plan_versions() -> Iterator[str]:
    """No report has a later version of the plan than the report of a quarter after it."""
    reports = ProgressReport.objects.filter(plan__isnull=False).select_related("period", "plan").order_by()
    before: ProgressReport | None = None
    for report in reports.order_by("agency", "period__year", "period__number"):
        same = before is not None and (before.agency_id, before.period.year) == (report.agency_id, report.period.year)
        if same and before is not None and before.plan and report.plan and before.plan.sequence > report.plan.sequence:
            yield f"{before}: memakai versi rencana sesudah versi laporan berikutnya, {report}."
        before = report


def carried_lines() -> Iterator[str]:
    """A line is carried exactly where the report's plan no longer has its work."""
    strange = ReportLine.objects.filter(carried="").exclude(plan_line__plan=F("report__plan"))
    for line in strange.select_related("report__period", "plan_line__activity").order_by("pk"):
        yield f"{line.report}: baris {line} bukan dari rencana laporan ini."
    work: dict[tuple[int, int], SameWork] = {}
    carried = ReportLine.objects.exclude(carried="").select_related("report__period", "plan_line__activity")
    for line in carried.order_by("pk"):
        agency, year = line.report.agency_id, line.report.period.year
        known = work.get((agency, year)) or work.setdefault((agency, year), SameWork(agency, year))
        if line.report.plan_id is None or known.in_plan([line.plan_line_id], line.report.plan_id):
            yield f"{line.report}: baris {line} dibawa, padahal rencana laporan ini masih memuatnya."
