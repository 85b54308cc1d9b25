"""The tasks of a report, how far each is, and what still keeps it from being sent."""

from dataclasses import dataclass, field

from django.urls import reverse

from p2emas.ui.sentences import in_sentence
from programs.reporting.filling.figures import FigureTable
from programs.reporting.filling.indicators import IndicatorTable
from programs.reporting.reports.models import ProgressReport, missing_in_report

NAMED = 5  # missing things that the check page names in each part; the rest is a number
_COUNT_WORDS = ("nol", "satu", "dua", "tiga", "empat", "lima")


@dataclass(frozen=True)
class Blocker:
    """A sentence, the page where it is corrected, and a few words for a list of several."""

    message: str
    url: str
    short: str = ""


@dataclass
class ReportTask:
    key: str
    label: str
    url: str
    hint: str
    done: bool = False
    started: bool = False
    blockers: list[Blocker] = field(default_factory=list)
    missing: str = ""  # all that its blockers ask for, in one sentence

    @property
    def named(self) -> list[Blocker]:
        return self.blockers[:NAMED]

    @property
    def unnamed(self) -> int:
        return len(self.blockers[NAMED:])

    @property
    def action(self) -> str:
        """What the button of the hub says: "Lanjutkan isi realisasi"."""
        return f"Lanjutkan {in_sentence(self.label)}" if self.started else self.label


class Completeness:
    """Everything that the hub and the check page say of one report; reads each table once."""

    def __init__(self, report: ProgressReport) -> None:
        self.report = report
        self.figures = FigureTable(report)
        self.indicators = IndicatorTable(report)
        self.obstacle_count, self.attachment_count = ProgressReport.objects.counts_of(report)
        self.tasks = [self._figures(), self._obstacles(), self._files()]
        if self.indicators.rows:
            self.tasks.insert(1, self._indicators())

    @property
    def blockers(self) -> list[Blocker]:
        if self.report.plan_id is None:
            return [Blocker("Rencana kerja tahun ini belum ditetapkan.", self._url("report-detail"))]
        return [blocker for task in self.tasks for blocker in task.blockers]

    @property
    def unfinished(self) -> list[ReportTask]:
        """The parts that still keep the report from being sent."""
        return [task for task in self.tasks if task.blockers]

    @property
    def next_task(self) -> ReportTask | None:
        """The first task that is not finished; a report that comes back is not asked for files once more."""
        if self.report.status == ProgressReport.Status.RETURNED:
            return next((task for task in self.tasks if task.blockers), None)
        return next((task for task in self.tasks if not task.done), None)

    @property
    def done_count(self) -> int:
        return sum(task.done for task in self.tasks)

    @property
    def headline(self) -> str:
        """ "Empat bagian, satu sudah selesai" for the heading of the hub."""
        words = {"all": _COUNT_WORDS[len(self.tasks) + 1].capitalize(), "done": _COUNT_WORDS[self.done_count]}
        if not self.done_count:
            return "{all} bagian, belum ada yang selesai".format(**words)
        return "{all} bagian, {done} sudah selesai".format(**words)

    def _url(self, name: str) -> str:
        return reverse(f"reporting:{name}", args=[self.report.pk])

    def _figures(self) -> ReportTask:
        url, rows = self._url("report-figures"), self.figures.rows
        task = ReportTask("figures", "Isi realisasi", url, "")
        filled = self.figures.filled
        task.hint = f"{len(rows)} kegiatan, {filled} sudah diisi."
        task.started = any(row.line.spent_to_date is not None or row.line.physical_to_date is not None for row in rows)
        task.done = filled == len(rows)
        for row in rows:
            anchor = f"{url}#id_b{row.line.pk}"
            if row.is_complete:
                continue
            if row.line.spent_to_date is None:
                sentence = "Isi realisasi keuangan baris %(row)d, %(name)s"
                anchor += "-spent_to_date"
            elif row.line.physical_to_date is None:
                sentence = "Isi realisasi fisik baris %(row)d, %(name)s"
                anchor += "-physical_to_date"
            else:
                sentence = "Tulis mengapa realisasi baris %(row)d masih nihil, %(name)s"
                anchor += "-nil_reason"
            name = row.plan_line.activity.name
            words = {"row": row.number, "name": name}
            task.blockers.append(Blocker(sentence % words, anchor, f"{row.number}. {name}"))
        task.missing = f"Realisasi: {len(task.blockers)} kegiatan belum lengkap"
        return task

    def _indicators(self) -> ReportTask:
        url, rows = self._url("report-indicators"), self.indicators.rows
        task = ReportTask("indicators", "Isi nilai indikator", url, "")
        task.hint = f"{len(rows)} nilai, {self.indicators.filled} sudah diisi."
        task.started, task.done = self.indicators.filled > 0, self.indicators.is_complete
        for row in rows:
            if not row.is_complete:
                name = f"{row.indicator.name}, {row.place}" if row.place else row.indicator.name
                task.blockers.append(
                    Blocker(
                        f"Isi nilai indikator baris {row.number}, {name}",
                        f"{url}#id_i{row.indicator.pk}-{row.value.village_id or 0}-value",
                        f"{row.number}. {name}",
                    )
                )
        task.missing = f"Nilai indikator: {len(task.blockers)} belum diisi"
        return task

    def _obstacles(self) -> ReportTask:
        report, url = self.report, self._url("report-obstacles")
        factor = bool(report.supporting_factor or report.hindering_factor)
        told = bool(self.obstacle_count) or report.no_obstacles
        task = ReportTask("obstacles", "Tulis kendala dan tindak lanjut", url, "")
        task.hint = (
            f"{self.obstacle_count} kendala, serta faktor pendorong dan penghambat."
            if self.obstacle_count
            else "Kendala, faktor pendorong, faktor penghambat, tindak lanjut."
        )
        task.started, task.done = factor or told, factor and told
        if not told:
            sentence = "Tulis kendala, atau centang Tidak ada kendala"
            task.blockers.append(Blocker(sentence, f"{url}#id_no_obstacles", sentence))
        if not factor:
            sentence = "Isi faktor pendorong atau faktor penghambat"
            task.blockers.append(Blocker(sentence, f"{url}#id_supporting_factor", sentence))
        task.missing = "Kendala dan tindak lanjut: belum lengkap"
        return task

    def _files(self) -> ReportTask:
        task = ReportTask("files", "Unggah lampiran", self._url("report-files"), "")
        task.hint = (
            f"{self.attachment_count} berkas."
            if self.attachment_count
            else "Berita acara, foto kegiatan yang maju. Laporan dapat dikirim tanpa lampiran."
        )
        task.started = task.done = self.attachment_count > 0
        return task


def blockers_of(report: ProgressReport) -> list[Blocker]:
    """What still keeps ``report`` from being sent."""
    return Completeness(report).blockers


@missing_in_report.provide
def what_report_lacks(report: ProgressReport) -> str:
    """The first sentence that keeps ``report`` from being sent; "" for none."""
    return next((blocker.message for blocker in blockers_of(report)), "")
