"""A table in the form of our template: each column under its heading, in any order."""

from collections.abc import Sequence

from p2emas.imports.cells import Cell, as_text, folded
from p2emas.imports.kinds import ImportKind
from p2emas.imports.numbers import HEADINGS as FORMAT_HEADINGS
from p2emas.imports.tables import ReadTable, ReceivedSheet, TableRefused, filled_lines, is_filled, letter
from p2emas.ui.formats import number as shown

PROBLEM = "Masalah"  # the column of a file of rows to correct; ignored when that file comes back
MERGED = "Lembar ini memuat sel gabungan. Pisahkan semua sel gabungan, lalu unggah lagi."


def is_template(kind: ImportKind, sheet: ReceivedSheet) -> bool:
    """Whether a file is to be read as our template: it carries our mark, or its first row has all our headings."""
    if sheet.token:
        return True
    first = sheet.rows[0][1] if sheet.rows and sheet.rows[0][0] == 1 else []
    found = {folded(as_text(cell)) for cell in first}
    return all(folded(column.header) in found for column in kind.columns)


def template_table(kind: ImportKind, sheet: ReceivedSheet) -> ReadTable:
    """The filled rows of a template, or ``TableRefused``."""
    if sheet.merged:
        raise TableRefused(MERGED)
    rows = list(sheet.rows)
    marks = _marks(kind, sheet) if sheet.token else []
    first = rows.pop(0)[1] if rows and rows[0][0] == 1 else []
    headings = _Headings(kind, first, marks)
    aside = [told for number, row in rows if (told := headings.beyond(number, row))]
    if sheet.is_csv and aside:
        raise TableRefused(_split(aside[0]))
    lines = filled_lines(rows, headings.places, kind.most_rows)
    letters = [letter(place) for place in headings.places]
    return ReadTable(lines, letters, headings.marked, [*sheet.notices, *_aside(aside)])


def _aside(aside: list[tuple[str, str]]) -> list[str]:
    if not aside:
        return []
    words = {"cell": aside[0][0], "typed": aside[0][1], "count": shown(len(aside))}
    return ["Isi di luar kolom berjudul tidak dibaca: {count} baris, misalnya {cell} “{typed}”.".format(**words)]


def _split(told: tuple[str, str]) -> str:
    return (
        f"Sel {told[0]} “{told[1]}” berada di kolom tanpa judul. Bila sebuah sel terbelah oleh koma, beri tanda kutip "
        "pada angkanya atau pakai titik koma sebagai pemisah kolom; bila catatan, hapus."
    )


class _Headings:
    """The first row: where each column of the kind is, in any order, and the mark of a number format."""

    def __init__(self, kind: ImportKind, row: Sequence[Cell], marks: Sequence[str]) -> None:
        self.found = [folded(as_text(cell)) for cell in row]
        wanted = [folded(column.header) for column in kind.columns]
        self._check(kind, row, wanted)
        self.places = [self.found.index(heading) for heading in wanted]
        self.width = max((place for place, heading in enumerate(self.found, start=1) if heading), default=0)
        self.mark = next((place for place, heading in enumerate(self.found) if heading in FORMAT_HEADINGS), None)
        self.marked = self._format_marked(marks)

    def _format_marked(self, marks: Sequence[str]) -> str:
        """The number format that the template or a heading names, or ""."""
        said = [*marks, *([] if self.mark is None else [self.found[self.mark]])]
        return next((FORMAT_HEADINGS[word] for word in map(folded, said) if word in FORMAT_HEADINGS), "")

    def _check(self, kind: ImportKind, row: Sequence[Cell], wanted: list[str]) -> None:
        missing = [column.header for column in kind.columns if folded(column.header) not in self.found]
        if missing:
            names = ", ".join(f"“{name}”" for name in missing)
            raise TableRefused(
                f"Baris pertama tidak memuat judul kolom {names}. "
                "Unduh templatnya lagi dan isi tanpa mengubah judulnya."
            )
        known = {"", folded(PROBLEM), *FORMAT_HEADINGS, *wanted}
        strange = [as_text(cell)[:60] for cell, heading in zip(row, self.found, strict=True) if heading not in known]
        if strange:
            names = ", ".join(f"“{heading}”" for heading in strange)
            raise TableRefused(f"Kolom {names} tidak dikenal. Hapus kolom itu, lalu unggah lagi.")
        self._check_once(kind)

    def _check_once(self, kind: ImportKind) -> None:
        twice = [column.header for column in kind.columns if self.found.count(folded(column.header)) > 1]
        if twice:
            raise TableRefused(f"Judul kolom “{twice[0]}” ada dua kali. Hapus salah satunya, lalu unggah lagi.")

    def beyond(self, number: int, row: Sequence[Cell]) -> tuple[str, str] | None:
        """The first cell under no heading: "30,996" in a CSV whose columns are between commas is 30 and 996."""
        places = [self.mark] if self.mark is not None and self.mark < len(row) else []
        for place in [*range(self.width, len(row)), *places]:
            if is_filled(row[place]):
                return f"{letter(place)}{number}", as_text(row[place])[:60]
        return None


def _marks(kind: ImportKind, sheet: ReceivedSheet) -> list[str]:
    """Which template this is: another one, or an older one. Answers what else is beside its name."""
    token, *rest = [as_text(cell) for cell in sheet.mark]
    code, _colon, version = token.partition(":")
    if token == kind.token:
        return rest
    if code != kind.code:
        raise TableRefused(f"Berkas ini dari templat lain. Di halaman ini hanya templat “{kind.title}” yang diterima.")
    raise TableRefused(
        f"Templat ini versi {version[:10]}, yang berlaku versi {kind.version}. "
        "Unduh templat baru dan salin isinya ke sana."
    )
