"""Papers as an Excel workbook: F4, landscape, heads that stay and repeat, real numbers, formulas of the form."""

import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from p2emas import clock
from p2emas.exports.workbook import ABOUT, NOT_IN_A_NAME, NOTHING_COMPUTED, UNPRINTABLE, about_sheet, write_cell
from p2emas.naming import current, letterhead, said
from p2emas.ui import formats
from programs.recaps.description import KEY, MISSING, ColumnKind, PaperColumn, PaperRow, RecapSheet

F4 = 14  # the code of 8.5 x 13 inches, what an office calls F4
FORMATS = {
    ColumnKind.MONEY: "#,##0;(#,##0)",
    ColumnKind.FIGURE: "#,##0.###;(#,##0.###)",
    ColumnKind.PERCENT: "0.0",
    ColumnKind.DAY: "dd-mm-yyyy",
    ColumnKind.TEXT: "@",
}
LONGEST_TAB = 31


def recap_workbook(sheets: Iterable[RecapSheet], *, asked: str) -> bytes:
    """A tab for each paper, and one that says what they are; ``asked`` names what was asked for."""
    import xlsxwriter  # needed by few requests

    content = io.BytesIO()
    with xlsxwriter.Workbook(content, NOTHING_COMPUTED) as book:
        writer = _Writer(book)
        first: RecapSheet | None = None
        for sheet in sheets:
            first = first or sheet
            writer.write(sheet)
        if first is not None:
            book.set_properties({"title": first.title[:250], "created": clock.now().replace(tzinfo=None)})
            about_sheet(book, writer.first, _about(first, asked, writer.has_sample))
    return content.getvalue()


class _Writer:
    """One workbook: its looks are made once, its tabs have names that do not repeat."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.first: Any = None
        self.has_sample = False
        self._tabs = {ABOUT.casefold()}
        edge = {"border": 1, "valign": "top", "font_size": 9}
        self.head = book.add_format({**edge, "bold": True, "align": "center", "valign": "vcenter", "text_wrap": True})
        self.plain = book.add_format({"font_size": 10, "valign": "top"})
        self.wrapped = book.add_format({"font_size": 10, "valign": "top", "text_wrap": True})
        self.bold = book.add_format({"font_size": 10, "bold": True, "valign": "top"})
        self.title = book.add_format({"font_size": 13, "bold": True})
        self.name = book.add_format({"font_size": 10, "bold": True, "underline": 1})
        self.looks = {
            (kind, level): book.add_format(
                {
                    **edge,
                    "num_format": code,
                    "bold": level,
                    "text_wrap": kind == ColumnKind.TEXT,
                    "align": "left" if kind == ColumnKind.TEXT else "right",
                    **({"bg_color": "#EFEFEF"} if level else {}),
                }
            )
            for kind, code in FORMATS.items()
            for level in (False, True)
        }

    def write(self, paper: RecapSheet) -> None:
        sheet = self.book.add_worksheet(self._tab(paper.tab))
        self.first = self.first or sheet
        self.has_sample = self.has_sample or paper.is_sample
        columns = paper.columns
        row = self._title(sheet, paper)
        top = self._head(sheet, paper, row)
        for number, each in enumerate(paper.rows, start=top):
            self._row(sheet, number, each, columns)
        last = top + len(paper.rows)
        sheet.autofilter(top - 1, 0, max(last - 1, top), len(columns) - 1)
        sheet.freeze_panes(top, _fixed(columns))
        sheet.repeat_rows(row, top - 1)
        sheet.set_landscape()
        sheet.set_paper(F4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer(
            "&L&8" + _for_print(paper.marks[0] if paper.marks else paper.office) + "&R&8Halaman &P dari &N"
        )
        self._end(sheet, paper, last + 1)

    def _tab(self, wanted: str) -> str:
        name = NOT_IN_A_NAME.sub(" ", wanted).strip()[:LONGEST_TAB] or "Lembar"
        plain, number = name, 1
        while name.casefold() in self._tabs:
            number += 1
            name = f"{plain[: LONGEST_TAB - 4]} {number}"
        self._tabs.add(name.casefold())
        return name

    def _title(self, sheet: Any, paper: RecapSheet) -> int:
        sheet.write_string(0, 0, letterhead()["government"], self.plain)
        sheet.write_string(1, 0, _clean(paper.title), self.title)
        sheet.write_string(2, 0, _clean(f"{paper.office} · {paper.period}"), self.bold)
        for number, mark in enumerate(paper.marks, start=3):
            sheet.write_string(number, 0, _clean(mark), self.plain)
        return 4 + len(paper.marks)

    def _head(self, sheet: Any, paper: RecapSheet, row: int) -> int:
        """Labels, the words under them, and the numbers of the form; the row after them."""
        place = 0
        for group in paper.groups:
            end = place + len(group.columns) - 1
            for offset, column in enumerate(group.columns):
                sheet.write_string(row + 1, place + offset, column.head, self.head)
                # not merged, because a filter cannot begin on merged cells
                sheet.write_string(row + 2, place + offset, group.number, self.head)
                sheet.set_column(place + offset, place + offset, column.width)
            bottom = row if group.is_divided else row + 1
            if (row, place) != (bottom, end):
                sheet.merge_range(row, place, bottom, end, "", self.head)
            sheet.write_string(row, place, _clean(group.label), self.head)
            place = end + 1
        sheet.set_row(row, 42)
        return row + 3

    def _row(self, sheet: Any, number: int, row: PaperRow, columns: Sequence[PaperColumn]) -> None:
        places = {column.key: place for place, column in enumerate(columns)}
        for place, column in enumerate(columns):
            look = self.looks[column.kind, row.is_level]
            if row.cells.get(column.key, "") == "":
                sheet.write_blank(number, place, None, look)
                continue
            value = row.cells[column.key]
            formula = row.formulas.get(column.key)
            if value is None:
                sheet.write_string(number, place, MISSING, look)
            elif formula is not None and isinstance(value, int | float | Decimal) and _has_all(formula, places):
                sheet.write_formula(number, place, _filled(formula, number, places), look, float(value))
            elif isinstance(value, str):
                sheet.write_string(number, place, _clean(value), look)
            else:
                write_cell(sheet, number, place, value, _Always(look))

    def _text(self, sheet: Any, row: int, text: str, columns: Sequence[PaperColumn]) -> None:
        """Over the columns beside the label, as high as it needs: two thousand letters are a factor too."""
        first = min(4, len(columns) - 1)
        letters = sum(column.width for column in columns[first:])
        if len(text) < letters and "\n" not in text:
            sheet.write_string(row, first, text, self.plain)
            return
        sheet.merge_range(row, first, row, len(columns) - 1, "", self.wrapped)
        sheet.write_string(row, first, text, self.wrapped)
        sheet.set_row(row, 13.5 * _lines_of(text, letters))

    def _end(self, sheet: Any, paper: RecapSheet, row: int) -> None:
        columns = len(paper.columns)
        for label, text in (*paper.foot, *paper.factors):
            sheet.write_string(row, 0, _clean(label), self.bold)
            self._text(sheet, row, _clean(text), paper.columns)
            row += 1
        row += 1
        for number, signer in enumerate(paper.signers):
            place = max(columns - 16, 2) + 9 * number if columns > 16 else 1 + 3 * number
            lines = (signer.heading, signer.title, "", "", "", signer.name or "." * 30, f"NIP {signer.nip or '.' * 24}")
            for offset, text in enumerate(lines):
                look = self.name if offset == 5 else self.plain
                sheet.write_string(row + offset, place, _clean(text), look)
        row += 8
        for note in paper.remarks:
            sheet.write_string(row, 0, _clean(note), self.plain)
            row += 1


def _lines_of(text: str, letters: int) -> int:
    """As many as a cell of that width needs; a sheet does not stretch for merged cells."""
    return sum(1 + len(part) // max(letters, 1) for part in text.split("\n"))


class _Always(dict):
    """One look for any value."""

    def __init__(self, look: Any) -> None:
        super().__init__()
        self.look = look

    def __missing__(self, key: str) -> Any:
        return self.look


def _filled(formula: str, row: int, places: dict[str, int]) -> str:
    from xlsxwriter.utility import xl_rowcol_to_cell

    return "=" + KEY.sub(lambda key: xl_rowcol_to_cell(row, places[key[1]]), formula)


def _has_all(formula: str, places: dict[str, int]) -> bool:
    """Whether every column that it reads is printed."""
    return all(key in places for key in KEY.findall(formula))


def _fixed(columns: Sequence[PaperColumn]) -> int:
    """The columns of words on the left, which stay in place."""
    return next((n for n, column in enumerate(columns) if column.kind != ColumnKind.TEXT), 1)


def _about(first: RecapSheet, asked: str, has_sample: bool) -> list[tuple[str, str]]:
    found = [
        ("Judul", first.title),
        ("Sumber", said("{site}, {office_name}")),
        ("Diminta", asked),
        ("Keadaan per", formats.long_date(clock.today())),
        ("Diunduh", formats.moment(clock.now())),
        ("Tanda –", "Belum ada data; bukan nol."),
        *(("Catatan", note) for note in first.notes),
    ]
    if has_sample:
        found.insert(1, ("DATA CONTOH", f"Sebagian isi rekaan untuk demo {current().programme}. Jangan dikutip."))
    return found


def _clean(text: str) -> str:
    return UNPRINTABLE.sub("", text)[:32_000]


def _for_print(text: str) -> str:
    return _clean(text).replace("&", "&&")[:120]
