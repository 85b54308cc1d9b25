"""What the pages of a lane show: the box on the page of the record, and the list of differences."""

import re
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.urls import reverse

from p2emas.accounts.models import User
from p2emas.imports.lanes.comparing import ComparedCell, ComparedRow, ComparedSheet, Fate, LaneComparison
from p2emas.imports.lanes.forms import PasteForm, WorkbookForm
from p2emas.imports.lanes.models import LaneUpload
from p2emas.imports.lanes.services import undo_refusal
from p2emas.imports.lanes.shapes import Lane, LaneColumn
from p2emas.ui import formats

_PLACE = re.compile(r"^Baris [0-9]+, [^:]{1,40}: ")
FEW = 40  # rows of a sheet up to which the unchanged ones are shown too
SIGNS = {  # colour and shape of a count, word
    Fate.ADDED: ("desk", "plus", "baris baru"),
    Fate.NEW: ("desk", "plus", "baru"),
    Fate.CHANGE: ("watch", "half", "diubah"),
    Fate.SAME: ("none", "circle", "tetap"),
    Fate.WRONG: ("late", "alert", "salah"),
    Fate.BOTH: ("desk", "back", "dua versi"),
}


@dataclass(frozen=True)
class LaneBox:
    """Download, upload, paste and undo of one record: needs of ``p2emas/imports/_lane_box.html``."""

    lane: Lane[Any]
    record: models.Model
    file: WorkbookForm
    paste: PasteForm
    undoable: LaneUpload | None

    @classmethod
    def of(cls, lane: Lane[Any], record: models.Model, user: User) -> "LaneBox":
        file = WorkbookForm(lane=lane.code, record=record.pk)
        paste = PasteForm(lane=lane.code, record=record.pk)
        return cls(lane, record, file, paste, undoable_upload(lane, record, user))

    @property
    def url(self) -> str:
        return reverse("imports:lane", args=[self.lane.code, self.record.pk])

    @property
    def download_url(self) -> str:
        return reverse("imports:lane-workbook", args=[self.lane.code, self.record.pk])


def undoable_upload(lane: Lane[Any], record: models.Model, user: User) -> LaneUpload | None:
    """The last upload that ``user`` applied, as long as it can be taken back."""
    found = LaneUpload.objects.for_user(user).of_record(lane.code, record.pk).applied().order_by("-applied_at", "-pk")
    upload = found.defer("cells", "held", "before").first()
    return upload if upload is not None and not undo_refusal(lane, record, upload) else None


class DifferenceSheet:
    """A sheet with the columns that are worth showing and the rows that are."""

    def __init__(self, sheet: ComparedSheet) -> None:
        self.name, self.about, self.count = sheet.name, sheet.about, len(sheet.rows)
        self.columns = [
            (column, letter) for column, letter in sheet.columns if column.main or _differs_in(sheet, column)
        ]
        shows_all = self.count <= FEW
        shown = [row for row in sheet.rows if shows_all or row.fate is not Fate.SAME]
        wanted = [column for column, _letter in self.columns]
        self.rows = [DifferenceRow(row, wanted) for row in shown]
        self.hidden = self.count - len(shown)
        self.absent = sheet.absent

    @property
    def width(self) -> int:
        return len(self.columns) + 3


def _differs_in(sheet: ComparedSheet, column: LaneColumn) -> bool:
    return any(
        cell.errors or (cell.fate is not Fate.SAME and not column.lead)
        for row in sheet.rows
        for cell in row.cells
        if cell.column is column
    )


class DifferenceRow:
    def __init__(self, row: ComparedRow, columns: list[LaneColumn]) -> None:
        self.row, self.number, self.label, self.place = row, row.number, row.label, row.place
        by_column = {cell.column: cell for cell in row.cells}
        self.cells: list[ComparedCell | None] = [by_column.get(column) for column in columns]
        self.fate = row.fate.value

    @property
    def errors(self) -> list[tuple[str, str, str]]:
        """Which row or cell, what is wrong with it, and the id of its box."""
        of_cells = [(cell, sentence) for cell in self.row.cells for sentence in cell.errors]
        found = [(cell.address, _without_place(sentence), f"id_{cell.name}") for cell, sentence in of_cells]
        of_row = [(str(self.number), sentence, "") for sentence in self.row.errors]
        return [
            *((f"Baris {number}", sentence, box) for number, sentence, box in of_row),
            *((f"Sel {address}", sentence, box) for address, sentence, box in found),
        ]


def _without_place(sentence: str) -> str:
    """The sentence of a form without its row of the report: the cell of the workbook is named before it."""
    return _PLACE.sub("", sentence)


class DifferencePage:
    def __init__(self, comparison: LaneComparison, *, asked: bool = False) -> None:
        self.comparison, self.asked = comparison, asked
        self.sheets = [DifferenceSheet(sheet) for sheet in comparison.sheets]
        self.saved_by = comparison.lane.last_saved(comparison.record) if comparison.counts[Fate.BOTH] else ""

    @property
    def heading(self) -> str:
        count = self.comparison.to_decide
        if count:
            return f"Periksa isian Excel: {formats.number(count)} hal perlu Anda putuskan"
        cells, rows = self.comparison.changed_cells, self.comparison.added_rows
        words = [f"{formats.number(cells)} sel akan berubah"] if cells else []
        words += [f"{formats.number(rows)} baris baru akan ditambahkan"] if rows else []
        return f"Periksa isian Excel: {', '.join(words) or 'tidak ada yang berubah'}"

    @property
    def counts(self) -> list[dict[str, Any]]:
        found = self.comparison.counts
        return [
            {"count": found[fate], "colour": sign[0], "shape": sign[1], "word": sign[2]}
            for fate, sign in SIGNS.items()
            if found[fate] or fate in (Fate.NEW, Fate.CHANGE, Fate.SAME)
        ]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to list: no difference and nothing wrong."""
        return self.comparison.changes_nothing and not self.comparison.to_decide

    @property
    def may_apply(self) -> bool:
        """Also while something has to be decided: the answers are on this page."""
        return not self.is_empty

    @property
    def errors(self) -> list[dict[str, str]]:
        """For the summary, once somebody wanted to apply it."""
        if not self.asked:
            return []
        items = []
        for sheet in self.sheets:
            for row in sheet.rows:
                for where, sentence, box in row.errors:
                    items.append({"id": box, "message": f"{self._sheet(sheet)}{where}: {sentence}"})
                for cell in row.cells:
                    if cell is not None and cell.is_open:
                        message = f"{self._sheet(sheet)}Sel {cell.address}: pilih isi berkas atau yang tersimpan."
                        items.append({"id": f"id_{cell.pick_name}_0", "message": message})
        return items

    def _sheet(self, sheet: DifferenceSheet) -> str:
        """Which sheet, where there are several."""
        return f"{sheet.name}, " if len(self.sheets) > 1 else ""
