"""What no single table can see of reports: obstacles that are named, versions of the plan, lines that are carried."""

from collections.abc import Iterator

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from programs.reporting.reports.carrying import SameWork
from programs.reporting.reports.kept import KeptLine, KeptReport, KeptValue
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


def kept_figures() -> Iterator[str]:
    """A copy for the public is whole: as many lines and values as were approved, and their money."""
    lines = KeptLine.objects.filter(report=OuterRef("report")).order_by().values("report")
    values = KeptValue.objects.filter(report=OuterRef("report")).order_by().values("report")
    kept = KeptReport.objects.select_related("report__period").annotate(
        lines_now=Coalesce(Subquery(lines.annotate(n=Count("pk")).values("n")), 0),
        values_now=Coalesce(Subquery(values.annotate(n=Count("pk")).values("n")), 0),
        spent_now=Coalesce(Subquery(lines.annotate(n=Sum("spent_to_date")).values("n")), 0),
    )
    same = Q(lines=F("lines_now"), values=F("values_now"), spent=F("spent_now"))
    for each in kept.exclude(same).order_by("pk"):
        yield f"{each}: baris, nilai, atau jumlahnya tidak sama dengan yang disetujui."
    without = ProgressReport.objects.filter(Exists(KeptLine.objects.filter(report=OuterRef("pk"))), kept=None)
    for report in without.select_related("period").order_by("pk"):
        yield f"{report}: ada salinan baris tanpa salinan laporannya."
