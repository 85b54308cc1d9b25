"""The pages that the project's are measured against: one query, one plain template, nothing else."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from programs.models import ProgressReport, ReportLine


@login_required
def report_rows(request: HttpRequest) -> HttpResponse:
    """The same hundred rows as the first page of the report list."""
    reports = ProgressReport.objects.select_related("agency", "period").order_by(
        "-period__year", "-period__number", "agency__short_name", "pk"
    )[: int(request.GET.get("baris", 100))]
    return render(request, "benchmarks/report_rows.html", {"reports": reports})


@login_required
def line_rows(request: HttpRequest, pk: int) -> HttpResponse:
    """The fifty lines of one report, eight columns."""
    lines = ReportLine.objects.filter(report=pk).select_related("plan_line__activity")
    return render(request, "benchmarks/line_rows.html", {"lines": lines})
