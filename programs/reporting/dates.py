"""The dates of quarters and reports in the calendar."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from p2emas.accounts.agencies import LONGEST_BREAK
from p2emas.accounts.models import Holiday
from p2emas.accounts.roles import COORDINATORS
from p2emas.registry.dates import CalendarDate, DateKind, Dates, Span
from p2emas.ui.workdays import add_working_days
from programs.reporting.reports.models import ProgressReport, ReportingPeriod


def due_reports(reader: Any, span: Span) -> Dates:
    """An agency's own reports. For those who see all: one date a quarter, and each report with another date."""
    reports = ProgressReport.objects.for_user(reader).due_between(span.first, span.last)
    if reader.sees_everything:
        yield from _due_periods(reader, span)
        reports = reports.moved()
    for report in reports.for_table().order_by("due_on", "pk"):
        owner = f" {report.agency.short_name}" if reader.sees_everything else ""
        yield CalendarDate(
            f"laporan-{report.pk}",
            report.due_on,
            "Laporan jatuh tempo",
            f"Laporan{owner} {report.period} jatuh tempo",
            report.number,
            f"Sekarang: {report.get_status_display().lower()}.",
            report.get_absolute_url(),
        )


def _due_periods(reader: Any, span: Span) -> Dates:
    for period in ReportingPeriod.objects.for_user(reader).due_between(span.first, span.last):
        yield CalendarDate(
            f"periode-{period.code}",
            period.due_on,
            "Laporan SKPD jatuh tempo",
            f"Laporan SKPD {period} jatuh tempo",
            period.code,
            url=period.get_absolute_url(),
        )


def verifications(reader: Any, span: Span) -> Dates:
    """Until when the office decides on what came in time; for those who see all reports."""
    if not reader.sees_everything:
        return
    holidays = Holiday.objects.dates_around(span.first - LONGEST_BREAK, span.last)
    for period in ReportingPeriod.objects.for_user(reader).ending_between(span.first - LONGEST_BREAK, span.last):
        day = add_working_days(period.ends, settings.VERIFY_WORKING_DAYS, holidays)
        if day in span:
            yield CalendarDate(
                f"verifikasi-{period.code}",
                day,
                "Verifikasi laporan selesai",
                f"Verifikasi {period} selesai",
                period.code,
                f"{settings.VERIFY_WORKING_DAYS} hari kerja sesudah triwulan berakhir.",
                reverse("reporting:verification-queue") if reader.has_role(*COORDINATORS) else "",
            )


DATES = (
    DateKind("laporan", "Laporan jatuh tempo", 10, due_reports),
    DateKind("verifikasi", "Batas verifikasi", 20, verifications),
)
