"""What a report says, for reading: the check page, the page of readers, and what BAPPEDA decides on."""

from functools import cached_property

from programs.obstacles.models import Obstacle
from programs.reporting.filling.figures import FigureTable
from programs.reporting.filling.indicators import IndicatorRow, IndicatorTable
from programs.reporting.reports.models import ProgressReport
from programs.reporting.reports.parts import ReportAttachment
from programs.reporting.reports.sheets import SheetRow
from programs.reporting.sending.completeness import Completeness
from programs.reporting.sending.drawn import figure_cells, value_cells


class ReportContent:
    def __init__(self, report: ProgressReport, status: Completeness | None = None) -> None:
        self.report = report
        self.figures = status.figures if status else FigureTable(report)
        self.indicators = status.indicators if status else IndicatorTable(report)

    @property
    def lines(self) -> list[tuple[SheetRow, str]]:
        """The rows of the figures, each with its cells."""
        return [(row, figure_cells(row)) for row in self.figures.rows]

    @property
    def values(self) -> list[tuple[IndicatorRow, str]]:
        return [(row, value_cells(row)) for row in self.indicators.rows]

    @cached_property
    def obstacles(self) -> list[Obstacle]:
        return list(Obstacle.objects.filter(pk__in=self.report.obstacles.values("pk")).for_cards())

    @cached_property
    def attachments(self) -> list[ReportAttachment]:
        return list(self.report.attachments.for_list())

    @property
    def factors(self) -> list[dict[str, str]]:
        labels = {field.name: str(field.verbose_name) for field in self.report._meta.concrete_fields}
        return [
            {"label": labels[name][:1].upper() + labels[name][1:], "value": getattr(self.report, name)}
            for name in FACTORS
        ]


FACTORS = ("supporting_factor", "hindering_factor", "next_step", "next_plan_step")
