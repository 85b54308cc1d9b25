"""The workbook of a lane as it is handed out: keys locked, numbers as numbers, text as text no matter how it begins."""

import io
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.db import models

from p2emas.exports.workbook import UNPRINTABLE
from p2emas.imports.lanes.shapes import PLACE, Lane, LaneColumn, LaneRow, LaneSheet, NewRows, is_number
from p2emas.imports.lanes.tokens import token_for
from p2emas.imports.tables import MARK_SHEET
from p2emas.imports.workbooks import NOTHING_COMPUTED, fits_excel
from p2emas.ui import formats
from p2emas.ui.fields import PercentField, RupiahField

HEAD_ROW = 3  # from 0: title, hint and the version of the plan come before
WHOLE, PERCENT, QUANTITY = "#,##0", "0.##", "#,##0.###"
GUIDE = (
    "Isi hanya kolom berlatar putih. Kolom abu-abu menunjukkan apa yang diisi; jangan diubah.",
    "Angka cukup diketik sebagai angka. Kosong berarti belum ada data; nol adalah nilai.",
    "Rumus tidak dibaca: salin hasilnya, lalu tempel sebagai nilai.",
    "Simpan berkas sebagai .xlsx, lalu unggah di halaman tempat Anda mengunduhnya.",
    "Sebelum dipakai, Anda melihat setiap sel yang berubah: isi lama di sebelah isi baru.",
    "Baris yang dihapus dari berkas tidak menghapus apa pun di aplikasi.",
    "Bila ada yang menyimpan di aplikasi sesudah berkas ini diunduh, kedua isinya ditampilkan dan Anda memilih.",
)


def lane_workbook(lane: Lane[Any], record: models.Model) -> bytes:
    import xlsxwriter  # needed by few requests

    sheets = lane.sheets(record)
    version = f"Menurut {words}." if (words := lane.version_words(record)) else ""
    token = token_for(lane.code, record.pk, lane.version_of(record), sheets)
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, NOTHING_COMPUTED) as book:
        looks = _looks(book)
        written = [(sheet, book.add_worksheet(sheet.name)) for sheet in sheets]
        guide, mark = book.add_worksheet("Petunjuk"), book.add_worksheet(MARK_SHEET)
        for place, piece in enumerate(token.pieces()):
            mark.write_string(0, place, piece)
        mark.very_hidden()
        lists = _Lists(mark)
        for sheet, worksheet in written:
            title = f"{lane.name_of(record)}, {sheet.name.lower()}"
            _SheetWriter(worksheet, sheet, looks, lists).write(title, formats.short_moment(token.made_at), version)
        _write_guide(guide, sheets, looks, version)
    return content.getvalue()


def _looks(book: Any) -> dict[str, Any]:
    grey = {"bg_color": "#F4F6F8", "valign": "top"}
    free = {"locked": False, "valign": "top", "border": 1, "border_color": "#5E6773"}
    looks = {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "head": book.add_format({"bold": True, "bg_color": "#E3EDF7", "border": 1, "text_wrap": True, "valign": "top"}),
        "meta": book.add_format({"font_color": "#4A5159"}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        "grey": book.add_format(grey | {"text_wrap": True}),
        "free": book.add_format(free | {"text_wrap": True}),
    }
    for number in (WHOLE, PERCENT, QUANTITY):
        looks[f"grey{number}"] = book.add_format(grey | {"num_format": number})
        looks[f"free{number}"] = book.add_format(free | {"num_format": number})
    return looks


class _Lists:
    """Words of the drop-downs, on the hidden sheet: in a rule itself only 255 letters have room."""

    def __init__(self, mark: Any) -> None:
        self.mark, self.next = mark, 0

    def add(self, words: list[str]) -> str:
        from xlsxwriter.utility import xl_col_to_name

        letters = xl_col_to_name(self.next)
        for number, word in enumerate(words, start=1):
            self.mark.write_string(number, self.next, word)
        self.next += 1
        return f"={MARK_SHEET}!${letters}$2:${letters}${len(words) + 1}"


class _SheetWriter:
    """Writes one sheet of the workbook."""

    def __init__(self, worksheet: Any, sheet: LaneSheet, looks: Mapping[str, Any], lists: _Lists) -> None:
        self.worksheet, self.sheet, self.looks, self.lists = worksheet, sheet, looks, lists

    def write(self, title: str, made_at: str, version: str) -> None:
        sheet, worksheet = self.sheet, self.worksheet
        worksheet.write_string(0, 0, title, self.looks["title"])
        worksheet.write_string(1, 0, f"Diunduh {made_at}. Isi kolom putih; lihat lembar Petunjuk.", self.looks["meta"])
        if version:
            worksheet.write_string(2, 0, version, self.looks["meta"])
        for place, heading in enumerate(sheet.headings):
            worksheet.write_string(HEAD_ROW, place, heading, self.looks["head"])
        for place, width in enumerate([9, 38, 20, *(column.width for column in sheet.columns)]):
            worksheet.set_column(place, place, width)
        worksheet.freeze_panes(HEAD_ROW + 1, 2)
        for number, row in enumerate(sheet.rows, start=HEAD_ROW + 1):
            self._row(number, row)
        last = HEAD_ROW + len(sheet.rows)
        if sheet.adds:
            self._blank_rows(last + 1, sheet.adds)
            for place, column in enumerate(sheet.adds.leads, start=1):
                self._guard(place, column, last + 1, last + sheet.adds.blank)
            last += sheet.adds.blank
        for place, column in enumerate(sheet.columns, start=3):
            if column.field and last > HEAD_ROW:
                self._guard(place, column, HEAD_ROW + 1, last)
        worksheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})

    def _row(self, number: int, row: LaneRow) -> None:
        for place, text in enumerate((row.key, row.label, row.place)):
            self.worksheet.write_string(number, place, _printable(text), self.looks["grey"])
        shown = iter(row.shown)
        for place, column in enumerate(self.sheet.columns, start=3):
            look, value, kind = self._cell(row, column, shown)
            self._value((number, place), value, look, kind)

    def _blank_rows(self, first: int, adds: NewRows) -> None:
        """Rows in which new ones are typed: everything is free but the code and what is only shown."""
        row = adds.make("")
        looks = ["grey", "free", "free"]
        for column in self.sheet.columns:
            kind = _number_format(row.field_of(column)) if row.takes(column) and is_number(row.field_of(column)) else ""
            looks.append(f"free{kind}" if row.takes(column) else "grey")
        for number in range(first, first + adds.blank):
            for place, look in enumerate(looks):
                self.worksheet.write_blank(number, place, None, self.looks[look])

    def _cell(self, row: LaneRow, column: LaneColumn, shown: Iterator[Any]) -> tuple[str, Any, str]:
        """Look, value, format of numbers."""
        if not column.field:
            return "grey", next(shown, None), column.number
        if not row.takes(column):
            return "grey", row.seen.get(column.field), ""
        asked = row.field_of(column)
        if column.options:
            return "free", column.options.get(row.stored(column), ""), ""
        if is_number(asked):
            return "free", row.initial(column), _number_format(asked)
        return "free", row.stored(column), ""

    def _value(self, at: tuple[int, int], value: Any, look: str, kind: str) -> None:
        drawn = self.looks[f"{look}{kind}"]
        if value is None or value == "":
            self.worksheet.write_blank(*at, None, drawn)
        elif isinstance(value, int | Decimal) and not isinstance(value, bool) and fits_excel(value):
            self.worksheet.write_number(*at, value, drawn)
        else:
            words = formats.number(value) if isinstance(value, int | Decimal) else str(value)
            self.worksheet.write_string(*at, _printable(words), self.looks[look])

    def _guard(self, place: int, column: LaneColumn, first: int, last: int) -> None:
        """Drop-downs, and a warning for numbers that the form would refuse."""
        rule = self._rule(column)
        if column.hint:
            rule |= {"input_title": column.header[:32], "input_message": column.hint[:255]}
        if len(rule) > 1:
            self.worksheet.data_validation(first, place, last, place, rule)

    def _rule(self, column: LaneColumn) -> dict[str, Any]:
        asked = self.sheet.field_of(column)
        if column.options:
            return {
                "validate": "list",
                "source": self.lists.add(list(column.options.values())),
                "error_title": "Pilih dari daftar",
                "error_message": "Isi sel ini hanya dari daftar yang tersedia.",
            }
        if isinstance(asked, RupiahField):
            return _between("integer", "Tulis rupiah bulat, misalnya 1250000.")
        if isinstance(asked, PercentField):
            return _between("decimal", "Tulis persen 0 sampai 100, misalnya 62,5.", 100)
        return {"validate": "any"}


def _number_format(asked: Any) -> str:
    if isinstance(asked, RupiahField):
        return WHOLE
    return PERCENT if isinstance(asked, PercentField) else QUANTITY


def _printable(text: str) -> str:
    """What XML can hold."""
    return UNPRINTABLE.sub("", text)[:32_000]


def _between(validate: str, message: str, highest: int = 999_999_999_999_999) -> dict[str, Any]:
    return {
        "validate": validate,
        "criteria": "between",
        "minimum": 0,
        "maximum": highest,
        "error_type": "warning",
        "error_title": "Periksa angkanya",
        "error_message": message,
    }


def _write_guide(guide: Any, sheets: list[LaneSheet], looks: Mapping[str, Any], version: str) -> None:
    guide.set_column(0, 0, 34)
    guide.set_column(1, 1, 90)
    guide.write_string(0, 0, "Cara mengisi", looks["title"])
    number = 1
    for sentence in filter(None, (version, *GUIDE)):
        guide.write_string(number, 1, sentence, looks["wrap"])
        number += 1
    for sheet in sheets:
        number += 1
        guide.write_string(number, 0, f"Lembar {sheet.name}", looks["title"])
        if sheet.adds:
            number += 1
            guide.write_string(number, 1, sheet.adds.hint, looks["wrap"])
        for column in (*(sheet.adds.leads if sheet.adds else ()), *sheet.typed):
            number += 1
            guide.write_string(number, 0, column.header, looks["wrap"])
            guide.write_string(number, 1, column.hint, looks["wrap"])
        number += 1
    guide.write_string(number + 1, 0, f"Kolom {PLACE} dan kolom abu-abu lain tidak dibaca.", looks["meta"])
