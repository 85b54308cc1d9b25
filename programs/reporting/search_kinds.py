"""How the search finds progress reports: by number, or by the last part of it."""

from typing import Any

from django.db.models import QuerySet

from p2emas.registry.kinds import Hit, SearchKind
from programs.reporting.reports.models import ProgressReport


def _rows(reader: Any) -> QuerySet[ProgressReport]:
    return ProgressReport.objects.for_user(reader).select_related("period", "agency")


REPORTS = SearchKind(
    code="report",
    title="Laporan",
    place=6,
    model=ProgressReport,
    rows=_rows,
    names=lambda report: [],
    numbers=lambda report: [report.number, report.number.rpartition("-")[2]],
    hit=lambda report, reader: Hit(
        report.number, report.get_absolute_url(), f"{report.agency} · {report.period}", record=report
    ),
    related=("period",),
)
