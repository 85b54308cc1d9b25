"""The tasks of a report, how far each is, and what still keeps it from being sent."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from p2emas.ui.sentences import in_sentence
from programs.reporting.figures import FigureTable
from programs.reporting.indicators import IndicatorTable
from programs.reporting.models import ProgressReport

NAMED = 5  # missing things that the check page names in each part; the rest is a number
_COUNT_WORDS = ("nol", "satu", "dua", "tiga", "empat", "lima")


@dataclass(frozen=True)
class Blocker:
    """A sentence, the page where it is mended, and a few words for a list of several."""

    message: str
    url: str
    short: str = ""


@dataclass
class Task:
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
        return _("Lanjutkan %s") % in_sentence(self.label) if self.started else self.label


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
            return [Blocker(_("Rencana kerja tahun ini belum ditetapkan."), self._url("report-detail"))]
        return [blocker for task in self.tasks for blocker in task.blockers]

    @property
    def unfinished(self) -> list[Task]:
        """The parts that still keep the report from being sent."""
        return [task for task in self.tasks if task.blockers]

    @property
    def next_task(self) -> Task | None:
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
            return _("%(all)s bagian, belum ada yang selesai") % words
        return _("%(all)s bagian, %(done)s sudah selesai") % words

    def _url(self, name: str) -> str:
        return reverse(f"reporting:{name}", args=[self.report.pk])

    def _figures(self) -> Task:
        url, rows = self._url("report-figures"), self.figures.rows
        task = Task("figures", _("Isi realisasi"), url, "")
        filled = self.figures.filled
        task.hint = ngettext(
            "%(rows)d kegiatan, %(filled)d sudah diisi.", "%(rows)d kegiatan, %(filled)d sudah diisi.", len(rows)
        ) % {"rows": len(rows), "filled": filled}
        task.started = any(row.line.spent_to_date is not None or row.line.physical_to_date is not None for row in rows)
        task.done = filled == len(rows)
        for row in rows:
            anchor = f"{url}#id_b{row.line.pk}"
            if row.is_complete:
                continue
            if row.line.spent_to_date is None:
                sentence = _("Isi realisasi keuangan baris %(row)d, %(name)s")
                anchor += "-spent_to_date"
            elif row.line.physical_to_date is None:
                sentence = _("Isi realisasi fisik baris %(row)d, %(name)s")
                anchor += "-physical_to_date"
            else:
                sentence = _("Tulis mengapa realisasi baris %(row)d masih nihil, %(name)s")
                anchor += "-nil_reason"
            name = row.plan_line.activity.name
            words = {"row": row.number, "name": name}
            task.blockers.append(Blocker(sentence % words, anchor, f"{row.number}. {name}"))
        task.missing = _("Realisasi: %d kegiatan belum lengkap") % len(task.blockers)
        return task

    def _indicators(self) -> Task:
        url, rows = self._url("report-indicators"), self.indicators.rows
        task = Task("indicators", _("Isi nilai indikator"), url, "")
        task.hint = _("%(rows)d nilai, %(filled)d sudah diisi.") % {
            "rows": len(rows),
            "filled": self.indicators.filled,
        }
        task.started, task.done = self.indicators.filled > 0, self.indicators.is_complete
        for row in rows:
            if not row.is_complete:
                name = f"{row.indicator.name}, {row.place}" if row.place else row.indicator.name
                task.blockers.append(
                    Blocker(
                        _("Isi nilai indikator baris %(row)d, %(name)s") % {"row": row.number, "name": name},
                        f"{url}#id_i{row.indicator.pk}-{row.value.village_id or 0}-value",
                        f"{row.number}. {name}",
                    )
                )
        task.missing = _("Nilai indikator: %d belum diisi") % len(task.blockers)
        return task

    def _obstacles(self) -> Task:
        report, url = self.report, self._url("report-obstacles")
        factor = bool(report.supporting_factor or report.hindering_factor)
        told = bool(self.obstacle_count) or report.no_obstacles
        task = Task("obstacles", _("Tulis kendala dan tindak lanjut"), url, "")
        task.hint = (
            _("%d kendala, serta faktor pendorong dan penghambat.") % self.obstacle_count
            if self.obstacle_count
            else _("Kendala, faktor pendorong, faktor penghambat, tindak lanjut.")
        )
        task.started, task.done = factor or told, factor and told
        if not told:
            sentence = _("Tulis kendala, atau centang Tidak ada kendala")
            task.blockers.append(Blocker(sentence, f"{url}#id_no_obstacles", sentence))
        if not factor:
            sentence = _("Isi faktor pendorong atau faktor penghambat")
            task.blockers.append(Blocker(sentence, f"{url}#id_supporting_factor", sentence))
        task.missing = _("Kendala dan tindak lanjut: belum lengkap")
        return task

    def _files(self) -> Task:
        task = Task("files", _("Unggah lampiran"), self._url("report-files"), "")
        task.hint = (
            _("%d berkas.") % self.attachment_count
            if self.attachment_count
            else _("Berita acara, foto kegiatan yang maju. Laporan dapat dikirim tanpa lampiran.")
        )
        task.started = task.done = self.attachment_count > 0
        return task


def blockers_of(report: ProgressReport) -> list[Blocker]:
    """What still keeps ``report`` from being sent."""
    return Completeness(report).blockers
