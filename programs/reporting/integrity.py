"""Whether a report that says that there are obstacles names some, and one that says none has none."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q

from programs.reporting.reports.models import ProgressReport


def obstacles() -> Iterator[str]:
    rows = ProgressReport.obstacles.through.objects.filter(progressreport=OuterRef("pk"))
    reports = ProgressReport.objects.annotate(names_some=Exists(rows)).select_related("period")
    unsaid = Q(names_some=True) & (Q(has_obstacles=None) | Q(has_obstacles=False))
    for report in reports.filter(unsaid | Q(names_some=False, has_obstacles=True)).order_by("pk"):
        yield f"{report}: jawaban ada tidaknya kendala berbeda dengan kendala yang tercatat."
