"""What a report still lacks before it can be sent; the pages know where each gap is filled (``tasks``)."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from programs.reporting.filling.figure_forms import PHYSICAL, REASON, SPENT
from programs.reporting.filling.figures import FigureRow, FigureTable
from programs.reporting.filling.indicators import IndicatorRow, IndicatorTable
from programs.reporting.reports.models import ProgressReport, missing_in_report


@dataclass(frozen=True)
class Gap:
    """A sentence, a few words for a list of several, and the field to fill in: of a row, or of the whole report."""

    sentence: str
    short: str = ""
    field: str = ""
    row: FigureRow | IndicatorRow | None = None


class Completeness:
    """How far each part of one report is, and its gaps; reads each table once."""

    def __init__(self, report: ProgressReport) -> None:
        self.report = report
        self.figures = FigureTable(report)
        self.indicators = IndicatorTable(report)
        self.obstacle_count, self.attachment_count = ProgressReport.objects.counts_of(report)

    @property
    def gaps(self) -> list[Gap]:
        if self.report.plan_id is None:
            return [Gap("Rencana kerja dan anggaran tahun ini belum ditetapkan.")]
        return [*self.figure_gaps, *self.indicator_gaps, *self.obstacle_gaps]

    @cached_property
    def figure_gaps(self) -> list[Gap]:
        return [_figure_gap(row) for row in self.figures.rows if not row.is_complete]

    @cached_property
    def indicator_gaps(self) -> list[Gap]:
        return [_indicator_gap(row) for row in self.indicators.rows if not row.is_complete]

    @cached_property
    def obstacle_gaps(self) -> list[Gap]:
        return list(self._obstacle_gaps())

    def _obstacle_gaps(self) -> Iterator[Gap]:
        if not self.names_obstacles:
            sentence = "Tulis kendala, atau centang Tidak ada kendala"
            yield Gap(sentence, sentence, "no_obstacles")
        if not self.names_a_factor:
            sentence = "Isi faktor pendorong atau faktor penghambat"
            yield Gap(sentence, sentence, "supporting_factor")

    @property
    def names_obstacles(self) -> bool:
        """Obstacles, or the statement that there are none; an answer that is stored otherwise is none."""
        return self.report.has_obstacles is bool(self.obstacle_count)

    @property
    def names_a_factor(self) -> bool:
        return bool(self.report.supporting_factor or self.report.hindering_factor)


def _figure_gap(row: FigureRow) -> Gap:
    name = row.plan_line.activity.name
    short = f"{row.number}. {name}"
    if row.falls_unexplained:
        return Gap(f"Tulis mengapa realisasi baris {row.number} di bawah triwulan lalu, {name}", short, SPENT, row)
    if row.spent is None:
        return Gap(f"Isi realisasi keuangan baris {row.number}, {name}", short, SPENT, row)
    if row.physical is None:
        return Gap(f"Isi realisasi fisik baris {row.number}, {name}", short, PHYSICAL, row)
    return Gap(f"Tulis mengapa realisasi baris {row.number} masih nihil, {name}", short, REASON, row)


def _indicator_gap(row: IndicatorRow) -> Gap:
    name = f"{row.indicator.name}, {row.place}" if row.place else row.indicator.name
    return Gap(f"Isi nilai indikator baris {row.number}, {name}", f"{row.number}. {name}", "value", row)


@missing_in_report.provide
def what_report_lacks(report: ProgressReport) -> str:
    """The first sentence that keeps ``report`` from being sent; "" for none."""
    return next((gap.sentence for gap in Completeness(report).gaps), "")
