"""The parts of a report as tasks of its agency: how far each is, and where its gaps are filled."""

from dataclasses import dataclass, field
from functools import cached_property

from django.urls import reverse

from p2emas.ui.sentences import in_sentence
from programs.reporting.filling.figure_forms import FigureRowForm
from programs.reporting.filling.figures import FigureRow, FigureTable
from programs.reporting.filling.indicator_forms import IndicatorRowForm
from programs.reporting.filling.indicators import IndicatorRow, IndicatorTable
from programs.reporting.reports.models import ProgressReport
from programs.reporting.reports.payments import PaidActivity, paid_activities
from programs.reporting.reports.sheets import SheetRow
from programs.reporting.reports.shortages import short_in_words, short_rows
from programs.reporting.reports.visited import SeenWork, visited_rows
from programs.reporting.sending.completeness import Completeness, Gap

NAMED = 5  # gaps that the check page names in each part; the rest is a number
_COUNT_WORDS = ("nol", "satu", "dua", "tiga", "empat", "lima")


@dataclass(frozen=True)
class LinkedGap:
    sentence: str
    short: str
    url: str


@dataclass
class ReportTask:
    label: str
    url: str
    hint: str
    started: bool
    done: bool
    gaps: list[LinkedGap] = field(default_factory=list)
    missing: str = ""  # all that its gaps ask for, in one sentence
    asked: bool = False  # the report came back for it

    @property
    def named(self) -> list[LinkedGap]:
        return self.gaps[:NAMED]

    @property
    def unnamed(self) -> int:
        return len(self.gaps[NAMED:])

    @property
    def action(self) -> str:
        """What the button of the hub says: "Lanjutkan isi realisasi"."""
        return f"Lanjutkan {in_sentence(self.label)}" if self.started else self.label


class ReportTasks:
    """What the hub and the check page show of one report."""

    def __init__(self, report: ProgressReport) -> None:
        self.report = report
        self.completeness = Completeness(report)

    @property
    def figures(self) -> FigureTable:
        return self.completeness.figures

    @property
    def indicators(self) -> IndicatorTable:
        return self.completeness.indicators

    @cached_property
    def paid_otherwise(self) -> list[PaidActivity]:
        """Activities whose figures differ from what the treasury paid; said before sending, never refused."""
        return [each for each in paid_activities(self.figures.sheet) if each.differs]

    @cached_property
    def visited_otherwise(self) -> list[tuple[SheetRow, SeenWork]]:
        """Lines with work of which the last visit says that nothing had begun; said before sending, never refused."""
        sheet = self.figures.sheet
        seen = visited_rows(sheet)
        pairs = ((row, seen.get(row.number)) for row in sheet.activities)
        return [(row, visit) for row, visit in pairs if visit is not None and visit.contradicts(row)]

    @cached_property
    def short_of_goods(self) -> list[tuple[SheetRow, str]]:
        """Lines of which goods came short or were refused, and what the holder says; said before sending."""
        sheet = self.figures.sheet
        said = short_rows(sheet)
        return [(row, short_in_words(said[row.number])) for row in sheet.activities if row.number in said]

    @cached_property
    def tasks(self) -> list[ReportTask]:
        indicators = [self._indicators()] if self.indicators.rows else []
        return [self._figures(), *indicators, self._obstacles(), self._files()]

    @property
    def gaps(self) -> list[LinkedGap]:
        """Of all parts; a report without a plan lacks just that."""
        if self.report.plan_id is None:
            url = self._url("report-detail")
            return [LinkedGap(gap.sentence, gap.short, url) for gap in self.completeness.gaps]
        return [gap for task in self.tasks for gap in task.gaps]

    @property
    def unfinished(self) -> list[ReportTask]:
        """The parts that still keep the report from being sent."""
        return [task for task in self.tasks if task.gaps]

    @property
    def next_task(self) -> ReportTask | None:
        """The first task that is not finished; a report that comes back is asked only for what it came back for."""
        if self.report.status == ProgressReport.Status.RETURNED:
            return next((task for task in self.tasks if task.gaps or task.asked), None)
        return next((task for task in self.tasks if not task.done), None)

    @property
    def headline(self) -> str:
        """ "Empat bagian, satu sudah selesai" for the heading of the hub."""
        parts, done = _COUNT_WORDS[len(self.tasks) + 1].capitalize(), sum(task.done for task in self.tasks)
        finished = f"{_COUNT_WORDS[done]} sudah selesai" if done else "belum ada yang selesai"
        return f"{parts} bagian, {finished}"

    def _url(self, name: str) -> str:
        return reverse(f"reporting:{name}", args=[self.report.pk])

    def _figures(self) -> ReportTask:
        url, rows, filled = self._url("report-figures"), self.figures.rows, self.figures.filled
        gaps = _linked(url, self.completeness.figure_gaps)
        return ReportTask(
            "Isi realisasi",
            url,
            f"{len(rows)} kegiatan, {filled} sudah diisi.",
            started=any(row.spent is not None or row.physical is not None for row in rows),
            done=filled == len(rows),
            gaps=gaps,
            missing=f"Realisasi: {len(gaps)} kegiatan belum lengkap",
        )

    def _indicators(self) -> ReportTask:
        url, table = self._url("report-indicators"), self.indicators
        gaps = _linked(url, self.completeness.indicator_gaps)
        return ReportTask(
            "Isi nilai indikator",
            url,
            f"{len(table.rows)} nilai, {table.filled} sudah diisi.",
            started=table.filled > 0,
            done=table.is_complete,
            gaps=gaps,
            missing=f"Nilai indikator: {len(gaps)} belum diisi",
        )

    def _obstacles(self) -> ReportTask:
        url, found = self._url("report-obstacles"), self.completeness
        return ReportTask(
            "Tulis kendala dan tindak lanjut",
            url,
            f"{found.obstacle_count} kendala, serta faktor pendorong dan penghambat."
            if found.obstacle_count
            else "Kendala, faktor pendorong, faktor penghambat, tindak lanjut.",
            started=found.names_a_factor or found.names_obstacles,
            done=found.names_a_factor and found.names_obstacles,
            gaps=_linked(url, found.obstacle_gaps),
            missing="Kendala dan tindak lanjut: belum lengkap",
        )

    def _files(self) -> ReportTask:
        count, without = self.completeness.attachment_count, len(self.figures.without_photo)
        hint = f"{count} berkas."
        if not count:
            hint = "Berita acara, foto kegiatan fisik yang maju. Laporan dapat dikirim tanpa lampiran."
        elif without:
            hint = f"{count} berkas, foto belum ada pada {without} kegiatan fisik."
        return ReportTask(
            "Unggah lampiran",
            self._url("report-files"),
            hint,
            started=count > 0,
            done=count > 0 and not without,
            asked=bool(self.figures.photos_asked),
        )


def _linked(url: str, gaps: list[Gap]) -> list[LinkedGap]:
    return [LinkedGap(gap.sentence, gap.short, f"{url}#id_{_field_of(gap)}") for gap in gaps]


def _field_of(gap: Gap) -> str:
    """The name of the field on its page: rows are told apart by the prefix of their form."""
    if isinstance(gap.row, FigureRow):
        return f"{FigureRowForm.prefix_of(gap.row)}-{gap.field}"
    if isinstance(gap.row, IndicatorRow):
        return f"{IndicatorRowForm.prefix_of(gap.row)}-{gap.field}"
    return gap.field
