"""What a report says, for reading: the check page, the page of readers, and what BAPPEDA decides on."""

from functools import cached_property

from django.db.models import QuerySet

from p2emas.accounts.models import User
from programs.obstacles.models import Obstacle
from programs.reporting.completeness import Completeness
from programs.reporting.models import ProgressReport
from programs.reporting.report_parts import ReportAttachment, ReportComment


class ReportContent:
    def __init__(self, report: ProgressReport, user: User, status: Completeness | None = None) -> None:
        self.report, self.user = report, user
        self.status = status or Completeness(report)

    @property
    def figures(self):
        return self.status.figures

    @property
    def indicators(self):
        return self.status.indicators

    @cached_property
    def obstacles(self) -> list[Obstacle]:
        return list(Obstacle.objects.filter(pk__in=self.report.obstacles.values("pk")).for_cards())

    @cached_property
    def attachments(self) -> list[ReportAttachment]:
        return list(self.report.attachments.for_list())

    @property
    def remarks(self) -> QuerySet[ReportComment]:
        """Remarks that are not mended yet, as far as the reader may see them."""
        return ReportComment.objects.for_user(self.user).filter(report=self.report, resolved_at=None)

    @property
    def factors(self) -> list[dict[str, str]]:
        labels = {name: self.report._meta.get_field(name).verbose_name for name in FACTORS}
        return [
            {"label": str(label)[:1].upper() + str(label)[1:], "value": getattr(self.report, name)}
            for name, label in labels.items()
        ]


FACTORS = ("supporting_factor", "hindering_factor", "next_step")
