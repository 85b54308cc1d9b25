"""What readers are told while approved figures are corrected: whose, of which quarter, and since when."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from programs.reporting.reports.models import ReportingPeriod
from programs.reporting.reports.reopening import ReopenRequest


@dataclass(frozen=True)
class UnderCorrection:
    agency: str
    period: ReportingPeriod
    since: date
    shown: bool = True  # the approved figures are still read; not of reports that were opened before copies were kept


def under_correction(year: int, agencies: Collection[int] | None = None) -> list[UnderCorrection]:
    """Reports of ``year`` that were opened and are not approved again, of all agencies or of those; one query."""
    opened = ReopenRequest.objects.under_correction(year).select_related("report__period", "report__agency")
    opened = opened.annotate(kept=Q(report__kept__isnull=False))
    if agencies is not None:
        opened = opened.filter(report__agency__in=agencies)
    opened = opened.only("decided_at", "report__agency__short_name", "report__period__year", "report__period__number")
    found = {}
    for asked in opened.order_by("report__agency__short_name", "report__period__number", "decided_at"):
        if asked.decided_at is not None:  # the constraint says so
            since = timezone.localdate(asked.decided_at)
            found[asked.report_id] = UnderCorrection(
                asked.report.agency.short_name, asked.report.period, since, asked.kept
            )
    return list(found.values())
