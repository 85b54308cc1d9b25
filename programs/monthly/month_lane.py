"""The workbook of the months of a plan: what was reached and what is planned (RAK), two tables of a year."""

from collections.abc import Mapping, Sequence

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse

from p2emas import clock
from p2emas.accounts.models import User
from p2emas.history.records import history_of, last_of
from p2emas.imports.lanes.shapes import Lane, LaneColumn, LaneRow, LaneSheet, register_lane
from p2emas.naming import said
from p2emas.ui.formats import MONTHS
from p2emas.workflow.editing import EditConflict
from programs.monthly.figures import UNKNOWN
from programs.monthly.forms import LONGEST_NOTE
from programs.monthly.kinds import KINDS, MONEY, NOTE, PHYSICAL, PLAN, PROGRESS, MonthKind
from programs.monthly.reading import MonthReader
from programs.monthly.saving import write_months
from programs.monthly.year_forms import YearRowForm, YearTable, cell_name
from programs.planning.models import WorkPlan

WHOLE, PERCENT = "#,##0", "0.##"
BUDGET = LaneColumn("Pagu (Rp)", width=20, number=WHOLE)
SHEETS = {PROGRESS.name: "Realisasi bulanan", PLAN.name: "RAK bulanan"}


class MonthLane(Lane[WorkPlan]):
    code, title = "bulanan", "Isian Excel bulanan"

    def find(self, user: User, pk: int) -> WorkPlan:
        plan = get_object_or_404(WorkPlan.objects.for_user(user).decided().select_related("agency"), pk=pk)
        if not plan.may_write(user):
            raise PermissionDenied
        return plan

    def is_open(self, record: WorkPlan) -> bool:
        return bool(_months_of(record, _reader(record)))

    def closed(self, record: WorkPlan) -> str:
        return "Versi rencana ini tidak berlaku pada bulan mana pun, jadi tidak ada bulan yang diisi di sini."

    def name_of(self, record: WorkPlan) -> str:
        return f"Bulanan {record.year}, {record.version_name}"

    def version_words(self, record: WorkPlan) -> str:
        return f"rencana {record.dated_name}"

    def file_name(self, record: WorkPlan) -> str:
        return f"isian-bulanan-{record.year}-{record.sequence}-{record.agency.short_name.lower().replace(' ', '-')}"

    def url_of(self, record: WorkPlan) -> str:
        return f"{reverse('monthly:month-list')}?tahun={record.year}"

    def version_of(self, record: WorkPlan) -> int:
        """Rises with every saving of any of its months."""
        return 1 + sum(last_of(_edits(record, kind)) or 0 for kind in KINDS.values())

    def sheets(self, record: WorkPlan, data: Mapping[str, str] | None = None) -> list[LaneSheet]:
        reader = _reader(record)
        months = _months_of(record, reader)
        found = []
        for kind in KINDS.values():
            table = YearTable(record, kind, reader, _to_fill(kind, record.year, months))
            if table.months:
                forms = table.forms(data)
                rows = [_row(form, table) for form in forms]
                found.append(LaneSheet(SHEETS[kind.name], "Kegiatan", _columns(table), rows, forms))
        return found

    def save(self, record: WorkPlan, sheets: list[LaneSheet], *, version: int, actor: User) -> Sequence[int]:
        WorkPlan.objects.select_for_update(no_key=True).get(pk=record.pk)
        if self.version_of(record) != version:
            raise EditConflict
        for sheet in sheets:
            sent = [form for form in sheet.whole if form.is_bound]
            write_months([change for form in sent if form.is_valid() for change in form.apply()], actor)
        return []


MONTH_LANE = register_lane(MonthLane())


def _edits(plan: WorkPlan, kind: MonthKind) -> QuerySet:
    return history_of(kind.model).filter(line__plan=plan.pk)


def _reader(plan: WorkPlan) -> MonthReader:
    return MonthReader(plan.year, range(1, 13), plan.agency_id)


def _months_of(plan: WorkPlan, reader: MonthReader) -> list[int]:
    """The months in which this version counts."""
    return [month for month in range(1, 13) if reader.of(plan.agency_id, month).plan == plan.pk]


def _to_fill(kind: MonthKind, year: int, months: list[int]) -> list[int]:
    """Progress of months that have begun; plans of all."""
    today = clock.today()
    return [month for month in months if kind.is_plan or (year, month) <= (today.year, today.month)]


def _columns(table: YearTable) -> tuple[LaneColumn, ...]:
    """Two or three a month; months that the reports tell are shown and not typed."""
    found = []
    for month in sorted([*table.months, *table.reported]):
        name = MONTHS[month - 1]
        if month in table.reported:
            found.append(LaneColumn(f"{name}, laporan (Rp)", number=WHOLE))
            found.append(LaneColumn(f"{name}, laporan fisik (%)", width=12, number=PERCENT))
        else:
            money, physical = cell_name(MONEY, month), cell_name(PHYSICAL, month)
            found.append(LaneColumn(f"{name} (Rp)", money, "Rupiah bulat, kumulatif sejak Januari.", main=True))
            hint = "Persen 0 sampai 100, kumulatif sejak Januari."
            found.append(LaneColumn(f"{name} fisik (%)", physical, hint, width=12, main=True))
            if NOTE in table.kind.cells:
                hint = f"Teks, paling banyak {LONGEST_NOTE} huruf; tercetak dalam RFK."
                found.append(LaneColumn(f"{name} catatan", cell_name(NOTE, month), hint, width=30))
    return (*found, BUDGET)


def _row(form: YearRowForm, table: YearTable) -> LaneRow:
    line = form.line
    known = [table.known.get((line.pk, month), (UNKNOWN, ""))[0] for month in table.reported]
    of_reports = [figure for figures in known for figure in figures]
    place = line.village.name if line.village else said("seluruh {territory}")
    return LaneRow(str(form.prefix), line.activity.name, place, form, (*of_reports, line.amount))
