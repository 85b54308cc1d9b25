"""What a returned report came back for, each with the page on which it is corrected."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from programs.reporting.filling.figure_forms import SPENT
from programs.reporting.reports.models import ProgressReport
from programs.reporting.reports.parts import ReportComment
from programs.reporting.verification.indicator_findings import INDICATOR_CHECKS

FIGURES, PHOTOS, VALUES = "report-figures", "report-files", "report-indicators"
ACTIONS = {
    FIGURES: "Perbaiki baris yang ditandai",
    PHOTOS: "Tambah foto yang diminta",
    VALUES: "Perbaiki nilai indikator",
}


@dataclass(frozen=True)
class Correction:
    remark: ReportComment
    page: str  # the name of the URL; empty for a remark on the report as a whole
    url: str

    @classmethod
    def of(cls, remark: ReportComment, report: ProgressReport) -> "Correction":
        page = _page_of(remark)
        anchor = f"#id_b{remark.line_id}-{SPENT}" if page == FIGURES else ""
        return cls(remark, page, reverse(f"reporting:{page}", args=[report.pk]) + anchor if page else "")


def _page_of(remark: ReportComment) -> str:
    if remark.asks_for_photo:
        return PHOTOS
    if remark.finding in INDICATOR_CHECKS:
        return VALUES
    return FIGURES if remark.asks_for_figures else ""


@dataclass(frozen=True)
class Corrections:
    """In the order in which they were asked."""

    report: ProgressReport
    remarks: Sequence[ReportComment]

    @property
    def listed(self) -> list[Correction]:
        return [Correction.of(remark, self.report) for remark in self.remarks]

    @property
    def action(self) -> tuple[str, str] | None:
        """Label and address of the button: figures first, since photos and values are shown beside them."""
        pages = {each.page for each in self.listed}
        return next(
            (
                (label, reverse(f"reporting:{page}", args=[self.report.pk]))
                for page, label in ACTIONS.items()
                if page in pages
            ),
            None,
        )
