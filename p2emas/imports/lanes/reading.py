"""From a received workbook, or from pasted text, to what each row says. Which record it may fill is asked later."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django import forms

from p2emas.documents.kinds import FileRefused, ReceivedFile
from p2emas.documents.readers.reading import Reader
from p2emas.imports.cells import Cell, Percent, as_text, folded, from_reader, is_formula
from p2emas.imports.lanes.book_reader import SEARCHED
from p2emas.imports.lanes.shapes import CODE, LaneColumn, LaneSheet, is_number
from p2emas.imports.models import CSV, ODS
from p2emas.imports.numbers import Cited, MixedFormats, prove, read
from p2emas.imports.tables import BLIND, FORMATS, MARK_SHEET, ReceivedSheet, letter, sheet_of, told_of_hidden
from p2emas.ui.fields import PercentField, RupiahField

MOST_ROWS = 500  # of a file that is read while somebody waits; a longer one is read by a worker
LONGEST = 2_000
OUR_KEY = re.compile(r"[a-z][0-9]+(-[0-9]+)?")
TEXT = "text/tab-separated-values"  # pasted
NAMED = 5  # cells of a notice
BOOK = Reader(
    name="lane",
    module="p2emas.imports.lanes.book_reader",
    limit="READ_SHEET_SECONDS",
    too_long="Berkas ini terlalu lama dibaca. Hapus lembar dan kolom tambahan, lalu unggah lagi.",
    too_large="Isi berkas ini terlalu besar setelah dibuka. Hapus lembar tambahan, lalu unggah lagi.",
    broken="Berkas ini tidak dapat dibaca. Buka di Excel, simpan ulang sebagai .xlsx, lalu unggah lagi.",
)
FORMULA_REMEDY = "berisi rumus. Salin selnya, lalu tempel sebagai nilai."


@dataclass
class ReadRow:
    """One row with a code: the text of each typed cell as the form takes it, and what no form can say of a cell.

    ``lost``: why a row of an office's own table is no row of the form; then ``about`` is what it calls itself.
    """

    number: int
    key: str
    texts: dict[str, str] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)
    about: str = ""
    lost: str = ""


@dataclass
class ReadSheet:
    name: str
    letters: dict[str, str]  # field -> letter of its column
    rows: list[ReadRow]


@dataclass
class ReadBook:
    sheets: list[ReadSheet]
    mark: list[Any]
    notices: list[str]


Table = list[tuple[int, list[Cell]]]


class OwnHeadings(FileRefused):
    """A table without our headings: the sentence says what they are, ``table`` is what others know to read."""

    def __init__(self, sentence: str, table: ReceivedSheet) -> None:
        super().__init__(sentence)
        self.table = table


class NoHeadings(FileRefused):
    """None of our headings are in a table."""


class LongFile(Exception):
    """A file has more rows than are read while somebody waits."""


def read_file(
    received: ReceivedFile, sheets: list[LaneSheet], *, most: int | None = None, seconds: float | None = None
) -> ReadBook:
    """Raises ``FileRefused`` with a sentence, ``OwnHeadings`` for a table of others, ``LongFile`` beyond ``most`` rows.

    ``seconds`` is for jobs.
    """
    if received.content_type == TEXT:
        return read_text(received.content.decode(), sheets)
    is_csv = received.content_type == CSV
    names = [sheet.name for sheet in sheets]
    options = {"kind": FORMATS.get(received.content_type, "xlsx"), "names": names, "mark": MARK_SHEET}
    found = BOOK.read(received.content, seconds=seconds, code=CODE, most=most, **options).value
    if "long" in found:
        raise LongFile
    own = sheet_of(found["own"], is_csv=is_csv) if found["own"] else None
    book = ReadBook([], found["mark"], [BLIND] if received.content_type == ODS else [])
    try:
        _take_all(book, sheets, found["sheets"], is_csv)
    except NoHeadings as refusal:
        if own is None:
            raise
        raise OwnHeadings(refusal.messages[0], own) from None
    return book


def _take_all(book: ReadBook, sheets: list[LaneSheet], found: Sequence[Any], is_csv: bool) -> None:
    """Add all tables of a file; raises ``NoHeadings`` where none of them is a lane's."""
    if not found:
        listed = " atau ".join(f"“{sheet.name}”" for sheet in sheets)
        raise NoHeadings(f"Lembar {listed} tidak ada dalam berkas ini. Unduh isian Excel, lalu isi lembarnya.")
    for name, rows, count, hidden in found:
        table = [(number, [from_reader(cell) for cell in cells]) for number, cells in rows]
        _take(book, sheets, name, table, in_text=is_csv)
        if count:
            book.notices.append(told_of_hidden(count, hidden, f"pada lembar {name or 'itu'}"))
    if _has_other_keys(book):
        raise NoHeadings("Kode dalam berkas ini bukan kode isian. Unduh isian Excel, lalu isi lembarnya.")


def _has_other_keys(book: ReadBook) -> bool:
    """Whether the codes are none of ours: an office has codes of its own under the same word."""
    keys = [row.key for sheet in book.sheets for row in sheet.rows if row.key]
    return bool(keys) and not any(OUR_KEY.fullmatch(key) for key in keys)


def read_text(text: str, sheets: list[LaneSheet]) -> ReadBook:
    """Cells between tabs, as a spreadsheet copies them; raises ``OwnHeadings`` for a table of others."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    table: Table = [
        (number, [cell.strip()[:LONGEST].strip('"') or None for cell in line.split("\t")])
        for number, line in enumerate(lines, start=1)
        if line.strip()
    ]
    book = ReadBook([], [], [])
    try:
        _take(book, sheets, "", table, in_text=True)
    except NoHeadings as refusal:
        raise OwnHeadings(refusal.messages[0], ReceivedSheet(table, is_csv=True)) from None
    return book


def _take(book: ReadBook, sheets: list[LaneSheet], name: str, table: Table, *, in_text: bool) -> None:
    """Add what a table says to the book; a table without a name is the sheet of which it has most headings."""
    sheet, headings = _sheet_of(table, [sheet for sheet in sheets if name in ("", sheet.name)], name)
    add_table(book, sheet, headings, table, in_text=in_text)


def add_table(book: ReadBook, sheet: LaneSheet, headings: "SheetHeadings", table: Table, *, in_text: bool) -> None:
    """Add the rows below the headings; ``in_text``: its numbers are text in the format of the table."""
    rows = [(number, cells) for number, cells in table if number > headings.row]
    if in_text:
        _in_one_format(sheet, headings, rows)
    read_rows = [row for number, cells in rows if (row := _read_row(sheet, headings, number, cells))]
    if sheet.adds and sum(not row.key for row in read_rows) > sheet.adds.most:
        raise FileRefused(f"Paling banyak {sheet.adds.most} baris baru sekali kirim. Pindahkan sisanya ke berkas lain.")
    letters = {column.field: letter(place) for column, place in headings.places.items()}
    book.sheets.append(ReadSheet(sheet.name, letters, read_rows))
    _say_percents(book, sheet, headings, rows)
    if headings.strange:
        book.notices.append(f"Kolom {', '.join(headings.strange[:5])} tidak dikenal, jadi tidak dibaca.")


def _sheet_of(table: Table, candidates: list[LaneSheet], name: str) -> "tuple[LaneSheet, SheetHeadings]":
    found = [(sheet, headings) for sheet in candidates if (headings := SheetHeadings.find(sheet, table))]
    if found:
        return max(found, key=lambda each: len(each[1].places))
    wanted = ", ".join(f"“{heading}”" for heading in (CODE, *(column.header for column in candidates[0].typed)))
    where = f"Lembar “{name}”" if name else "Tabel ini"
    raise NoHeadings(f"{where} tidak memuat baris judul {wanted}. Salin tabel beserta baris judul dan kolom kodenya.")


@dataclass
class SheetHeadings:
    """Where the columns are: the row of the headings, the column of the code, those that are typed in."""

    row: int
    code: int
    places: dict[LaneColumn, int]
    strange: list[str]

    @classmethod
    def find(cls, sheet: LaneSheet, table: Table) -> "SheetHeadings | None":
        for number, cells in table[:SEARCHED]:
            words = [folded(as_text(cell)) for cell in cells]
            if folded(CODE) not in words:
                continue
            places = {c: words.index(folded(c.header)) for c in sheet.typed if folded(c.header) in words}
            if places:
                leads = sheet.adds.leads if sheet.adds else ()
                places |= {c: words.index(folded(c.header)) for c in leads if folded(c.header) in words}
                known = {folded(heading) for heading in sheet.headings} | {""}
                strange = [as_text(cell)[:40] for cell, word in zip(cells, words, strict=True) if word not in known]
                return cls(number, words.index(folded(CODE)), places, strange)
        return cls._by_place(sheet, table)

    @classmethod
    def _by_place(cls, sheet: LaneSheet, table: Table) -> "SheetHeadings | None":
        """Rows pasted without the headings, in the order of the workbook."""
        keys = {row.key for row in sheet.rows}
        if not table or not table[0][1] or as_text(table[0][1][0]) not in keys:
            return None
        leads = sheet.adds.leads if sheet.adds else ()
        places = {c: place for place, c in enumerate(leads, start=1)}
        places |= {c: place for place, c in enumerate(sheet.columns, start=3) if c.field}
        return cls(0, 0, places, [])


def _read_row(sheet: LaneSheet, headings: SheetHeadings, number: int, cells: list[Cell]) -> ReadRow | None:
    """None for a row that says nothing: no code, and nothing in a column that is typed in."""
    key = as_text(cells[headings.code]) if headings.code < len(cells) else ""
    row = ReadRow(number, key)
    for column, place in headings.places.items():
        if column.lead and key:
            continue
        cell = cells[place] if place < len(cells) else None
        if is_formula(cell):
            row.texts[column.field], row.wrong[column.field] = "", FORMULA_REMEDY
        else:
            row.texts[column.field] = _as_typed(cell, column, sheet.field_of(column))
    return row if key or any(row.texts.values()) or row.wrong else None


def _as_typed(cell: Cell, column: LaneColumn, asked: forms.Field | None) -> str:
    """A cell as one would type it into the form: numbers that a spreadsheet holds as numbers keep their value."""
    if column.options:
        by_word = {folded(word): value for value, word in column.options.items()}
        text = as_text(cell)
        return by_word.get(folded(text), text)
    is_plain_number = isinstance(cell, int | float) and not isinstance(cell, bool)
    if is_plain_number and asked is not None and is_number(asked):
        value = Decimal(f"{cell:.15g}" if isinstance(cell, float) else cell)
        return as_form_text(value * 100 if _is_percentage(cell, column, asked) else value, asked)
    return cell.strip() if isinstance(cell, str) else as_text(cell)[:LONGEST]


def _is_percentage(cell: Cell, column: LaneColumn, asked: forms.Field | None) -> bool:
    """Whether a cell that shows 75% means 75, not the 0.75 that it holds."""
    return isinstance(cell, Percent) and (isinstance(asked, PercentField) or "%" in column.header)


def _say_percents(book: ReadBook, sheet: LaneSheet, headings: SheetHeadings, rows: Table) -> None:
    as_percent: list[str] = []
    as_it_is: list[str] = []
    for number, cells in rows:
        for column, place in headings.places.items():
            if place < len(cells) and isinstance(cells[place], Percent):
                read_so = _is_percentage(cells[place], column, sheet.field_of(column))
                (as_percent if read_so else as_it_is).append(f"{letter(place)}{number}")
    if as_percent:
        book.notices.append(f"Sel berformat persen dibaca sebagai persen, 75% menjadi 75: {_few(as_percent)}.")
    if as_it_is:
        told = "Sel berformat persen di kolom yang bukan persen dibaca apa adanya, 75% menjadi 0,75"
        book.notices.append(f"{told}: {_few(as_it_is)}. Periksa angkanya.")


def _few(addresses: list[str]) -> str:
    more = len(addresses) - NAMED
    return ", ".join(addresses[:NAMED]) + (f", dan {more} lainnya" if more > 0 else "")


def as_form_text(value: Decimal, asked: forms.Field) -> str:
    """A number as text that the field reads as just this number, or refuses; never rounded."""
    if isinstance(asked, RupiahField):
        whole = value == value.to_integral_value()
        return f"{value:.0f}" if whole else f"{value.normalize():f}".replace(".", ",")
    places = getattr(asked, "decimal_places", 2)
    if value == round(value, places):
        return str(asked.prepare_value(value))
    return f"{value.normalize():f}".replace(".", ",")


def _in_one_format(sheet: LaneSheet, headings: SheetHeadings, rows: Table) -> None:
    """Text of numbers in the format that the file's own cells prove; where they prove none the form asks for each."""
    fields = {place: sheet.field_of(column) for column, place in headings.places.items()}
    numbers = {place: asked for place, asked in fields.items() if asked is not None and is_number(asked)}
    texts = list(_texts_of(rows, numbers))
    try:
        proved = prove(
            (Cited(f"{letter(place)}{number}", cells[place]), isinstance(numbers[place], RupiahField))
            for number, cells, place in texts
        ).format
    except MixedFormats:
        return
    for _number, cells, place in texts if proved else ():
        asked = numbers[place]
        value = read(cells[place], proved, money=isinstance(asked, RupiahField))
        cells[place] = cells[place] if value is None else as_form_text(value, asked)


def _texts_of(rows: Table, places: Iterable[int]) -> Iterator[tuple[int, list[Cell], int]]:
    """Every cell of text in these columns: number of its row, the cells of the row, its place."""
    for number, cells in rows:
        for place in places:
            if place < len(cells) and isinstance(cells[place], str):
                yield number, cells, place


def in_json(book: ReadBook) -> list[list[Any]]:
    return [[sheet.name, sheet.letters, [_row_in_json(row) for row in sheet.rows]] for sheet in book.sheets]


def _row_in_json(row: ReadRow) -> list[Any]:
    return [row.number, row.key, row.texts, row.wrong, *([row.about, row.lost] if row.lost else [])]


def from_json(stored: Sequence[Sequence[Any]]) -> list[ReadSheet]:
    return [ReadSheet(name, letters, [ReadRow(*row) for row in rows]) for name, letters, rows in stored]
