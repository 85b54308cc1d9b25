"""The table of figures as its agency fills it: a sheet, what has to be corrected, and what counts as filled.

Everything on the screen is cumulative since January ("s.d. TW"); the quarter's own amount is derived.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from django.db.models import QuerySet

from programs.reporting.reports.models import ProgressReport
from programs.reporting.reports.parts import ReportComment
from programs.reporting.reports.sheets import FigureSheet, SheetRow, sheets_for


@dataclass(frozen=True)
class FigureRow(SheetRow):
    """A line of the sheet as its agency fills it. Missing is None, never 0."""

    remarks: list[ReportComment] = field(default_factory=list)
    is_open: bool = True  # may be filled; a returned report opens only the lines with a remark

    @property
    def target_physical(self) -> Decimal | None:
        return self.target.physical if self.target else None

    @property
    def is_filled(self) -> bool:
        return self.spent is not None and self.physical is not None

    @property
    def is_nil(self) -> bool:
        """Both figures are zero: nothing has happened yet, which needs a reason."""
        return self.is_filled and not self.spent and not self.physical

    @property
    def is_complete(self) -> bool:
        """Figures, or a reason why there are none (or none but zeros)."""
        if self.falls_unexplained:
            return False
        return self.is_carried or bool(self.line.nil_reason) or (self.is_filled and not self.is_nil)


class FigureTable:
    """The rows of one report; a constant number of queries, however many lines. Only filling shows ``targets``."""

    def __init__(self, report: ProgressReport, *, targets: bool = False) -> None:
        self.report, self.targets = report, targets

    @cached_property
    def sheet(self) -> FigureSheet:
        return sheets_for([self.report], targets=self.targets)[self.report.pk]

    @cached_property
    def remarks(self) -> list[ReportComment]:
        """What has to be corrected, in the whole report and in its lines."""
        return list(open_remarks(self.report).select_related("line__plan_line__activity"))

    @property
    def previous(self) -> ProgressReport | None:
        """The last report of the same year that was sent."""
        return self.sheet.previous

    @cached_property
    def rows(self) -> list[FigureRow]:
        remarks: dict[int, list[ReportComment]] = {}
        for remark in self.remarks:
            if remark.line_id:
                remarks.setdefault(remark.line_id, []).append(remark)
        fillable = {row.line.pk for row in self.sheet.rows if not row.is_carried}
        marked = fillable & {remark.line_id for remark in self.remarks if remark.asks_for_figures}
        return [
            FigureRow(
                number=row.number,
                line=row.line,
                before=row.before,
                target=row.target,
                photos=row.photos,
                remarks=remarks.get(row.line.pk, []),
                is_open=row.line.pk in (marked or fillable),
            )
            for row in self.sheet.rows
        ]

    @property
    def filled(self) -> int:
        return sum(row.is_complete for row in self.rows)

    @property
    def without_photo(self) -> list[FigureRow]:
        """Lines whose progress wants a picture."""
        return [row for row in self.rows if row.lacks_photo]

    @property
    def photos_asked(self) -> list[FigureRow]:
        """Those of them that a returned report came back for."""
        return [row for row in self.without_photo if any(said.asks_for_photo for said in row.remarks)]

    @property
    def lower(self) -> bool:
        """Whether any line has spent less in all than in the report before."""
        return any(row.money_falls for row in self.rows)

    @property
    def over_budget(self) -> list[FigureRow]:
        """Lines that spent more than their ceiling: said where it is typed and read, never refused."""
        return [row for row in self.rows if row.over_budget is not None]


def open_remarks(report: ProgressReport) -> QuerySet[ReportComment]:
    """What the agency has to correct in a returned report; no remarks in any other state."""
    if report.status != ProgressReport.Status.RETURNED:
        return ReportComment.objects.none()
    return report.comments.to_correct().select_related("author")
