"""The workbook of a report: its figures and its indicator values, filled like the two pages."""

from collections.abc import Collection, Mapping, Sequence

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils import timezone

from p2emas.accounts.models import User
from p2emas.history.records import history_of
from p2emas.imports.lanes.shapes import Lane, LaneColumn, LaneRow, LaneSheet, register_lane
from p2emas.ui import formats
from p2emas.workflow.models import AGENCY_STEP
from programs.reporting.filling.figure_forms import FigureRowForm, FiguresForm
from programs.reporting.filling.figures import FigureTable
from programs.reporting.filling.indicator_forms import IndicatorsForm
from programs.reporting.filling.indicators import IndicatorTable
from programs.reporting.filling.saving import save_figures, save_indicators
from programs.reporting.reports.models import ProgressReport
from programs.reporting.reports.parts import ReportLine

LOCKED = "Baris ini tidak dapat diisi sekarang. Kembalikan isinya seperti semula, atau unduh isian yang baru."
WHOLE, PERCENT, QUANTITY = "#,##0", "0.##", "#,##0.###"
FIGURES = (
    LaneColumn(
        "Realisasi keuangan (Rp)",
        "spent_to_date",
        "Rupiah bulat, kumulatif sejak Januari.",
        width=20,
        main=True,
        also=("Serapan", "Realisasi anggaran", "Keuangan"),
    ),
    LaneColumn(
        "Realisasi fisik (%)",
        "physical_to_date",
        "Persen 0 sampai 100, kumulatif sejak Januari.",
        width=12,
        main=True,
        also=("Kemajuan", "Progres", "Fisik"),
    ),
    LaneColumn("Alasan nihil", "nil_reason", "Isi bila kegiatan belum berjalan atau belum ada data.", width=32),
    LaneColumn("Triwulan sebelumnya (Rp)", width=20, number=WHOLE),
    LaneColumn("Triwulan sebelumnya (%)", width=13, number=PERCENT),
    LaneColumn(
        "Sebab bila turun",
        "correction",
        "Pilih bila angkanya di bawah triwulan sebelumnya; selain itu tidak disimpan. Fisik turun hanya karena salah "
        "ketik.",
        width=22,
        options=dict(ReportLine.Correction.choices),
    ),
    LaneColumn(
        "Penjelasan", "correction_reason", "Mengapa angkanya di bawah triwulan sebelumnya. Isi bersama sebab.", width=32
    ),
    LaneColumn("Pagu (Rp)", width=20, number=WHOLE),
    LaneColumn("Target fisik (%)", width=12, number=PERCENT),
)
VALUES = (
    LaneColumn(
        "Nilai",
        "value",
        "Angka dalam satuan di kolom Satuan. Kosong berarti belum ada data.",
        main=True,
        also=("Capaian",),
    ),
    LaneColumn("Mengapa belum ada data", "missing_reason", "Isi bila nilainya kosong.", width=30),
    LaneColumn("Sumber", "source", "Dari mana angkanya.", width=30),
    LaneColumn("Satuan", width=14),
    LaneColumn("Sebelumnya", number=QUANTITY),
    LaneColumn("Target", number=QUANTITY),
)


FIGURES_SHEET, VALUES_SHEET = "Realisasi", "Indikator"


class ReportLane(Lane[ProgressReport]):
    code, title = "laporan", "Isian Excel laporan"

    def find(self, user: User, pk: int) -> ProgressReport:
        report = get_object_or_404(ProgressReport.objects.for_user(user).for_page(), pk=pk)
        if not AGENCY_STEP & report.roles_of(user):
            raise PermissionDenied
        return report

    def is_open(self, record: ProgressReport) -> bool:
        return record.is_editable and record.plan_id is not None

    def closed(self, record: ProgressReport) -> str:
        if record.plan_id is None:
            return "Laporan ini belum punya rencana kerja dan anggaran, jadi belum dapat diisi."
        return "Laporan ini sudah dikirim atau dikunci, jadi tidak dapat diubah."

    def name_of(self, record: ProgressReport) -> str:
        return f"Laporan {record.period}"

    def rests_on(self, record: ProgressReport) -> str:
        return record.rests_on

    def file_name(self, record: ProgressReport) -> str:
        return f"isian-{record.period.code.lower()}-{record.agency.short_name.lower().replace(' ', '-')}"

    def url_of(self, record: ProgressReport) -> str:
        return record.get_absolute_url()

    def version_of(self, record: ProgressReport) -> int:
        return record.version

    def sheets(self, record: ProgressReport, data: Mapping[str, str] | None = None) -> list[LaneSheet]:
        found = [_figures(FigureTable(record, targets=True), data)]
        values = _values(IndicatorTable(record), data)
        return [*found, values] if values.rows else found

    def sheets_named(self, record: ProgressReport, names: Collection[str]) -> list[LaneSheet]:
        found = [_figures(FigureTable(record, targets=True))] if FIGURES_SHEET in names else []
        return [*found, _values(IndicatorTable(record))] if VALUES_SHEET in names else found

    def bound(self, record: ProgressReport, sheets: list[LaneSheet], data: Mapping[str, str]) -> list[LaneSheet]:
        """On the tables that are read already."""
        return [(_figures if sheet.name == FIGURES_SHEET else _values)(sheet.whole.table, data) for sheet in sheets]

    def save(self, record: ProgressReport, sheets: list[LaneSheet], *, version: int, actor: User) -> Sequence[int]:
        for sheet in sheets:
            save = save_figures if isinstance(sheet.whole, FiguresForm) else save_indicators
            if save(report=record, form=sheet.whole, version=version, actor=actor):
                version = record.version
        return []

    def last_saved(self, record: ProgressReport) -> str:
        edits = history_of(ReportLine).filter(report=record.pk, history_type="~").order_by("-history_id")
        last = edits.select_related("history_user").first()
        if last is None or last.history_user is None:
            return ""
        return f"{last.history_user} {formats.clock_time(timezone.localtime(last.history_date))}"


REPORT_LANE = register_lane(ReportLane())


def _figures(table: FigureTable, data: Mapping[str, str] | None = None) -> LaneSheet:
    form = FiguresForm(table, data)
    locked = {FigureRowForm.prefix_of(row): LOCKED for row in table.rows if not row.is_open}
    return LaneSheet(FIGURES_SHEET, "Kegiatan", FIGURES, _figure_rows(form), form, locked)


def _values(table: IndicatorTable, data: Mapping[str, str] | None = None) -> LaneSheet:
    form = IndicatorsForm(table, data)
    return LaneSheet(VALUES_SHEET, "Indikator", VALUES, _value_rows(form), form)


def _figure_rows(figures: FiguresForm) -> list[LaneRow]:
    found = []
    for form in figures.forms:
        row = form.row
        shown = (row.spent_before, row.physical_before, row.ceiling, row.target_physical)
        activity = row.plan_line.activity
        found.append(LaneRow(str(form.prefix), activity.name, row.place, form, shown, also=(activity.code,)))
    return found


def _value_rows(values: IndicatorsForm) -> list[LaneRow]:
    found = []
    for form in values.forms:
        row = form.row
        shown = (row.indicator.unit, row.before, row.target.target if row.target else None)
        label = f"{row.indicator.name} ({row.measures})"
        whole = row.value.village is None
        also = (row.indicator.name,)
        found.append(LaneRow(str(form.prefix), label, row.place, form, shown, also=also, is_whole=whole))
    return found
