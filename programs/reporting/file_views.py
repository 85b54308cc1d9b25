"""Files of a report: photographs, minutes, the signed covering letter."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from programs.reporting.access import for_filling
from programs.reporting.models import ProgressReport


@require_http_methods(["GET", "HEAD", "POST"])
@for_filling
def report_files(request: HttpRequest, report: ProgressReport) -> HttpResponse:
    return render(request, "programs/reporting/files.html", {"report": report})
