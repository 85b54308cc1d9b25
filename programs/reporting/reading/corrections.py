"""What a returned report came back for, each with the page on which it is corrected."""

from collections import defaultdict
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


def ways_to_correct(reports: Sequence[ProgressReport]) -> dict[int, str]:
    """Where each returned report is corrected, by its key, where one page holds all that was asked; one query.

    A report that needs several pages, or was sent back as a whole, is left out: its own page says what to do.
    """
    returned = {report.pk: report for report in reports if report.status == ProgressReport.Status.RETURNED}
    asked: dict[int, set[str]] = defaultdict(set)
    if returned:
        for remark in ReportComment.objects.filter(report__in=returned).to_correct():
            asked[remark.report_id].add(Correction.of(remark, returned[remark.report_id]).page)
    only = {pk: pages.pop() for pk, pages in asked.items() if len(pages) == 1}
    return {pk: reverse(f"reporting:{page}", args=[pk]) for pk, page in only.items() if page}
