"""A table that an office made itself: which column is which is asked once, as of imports, and kept for the office.

Its rows have no code of ours. Each is the row of the form that goes by the same name, at the same place where several
do; a row that is none of them, or could be several, is an error on the page of differences. It adds no rows.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from p2emas.documents.kinds import FileRefused
from p2emas.imports.cells import as_text, folded
from p2emas.imports.columns_shape import COLUMNS, ColumnsForm, guesses, layout_words
from p2emas.imports.kinds import Column, ImportKind
from p2emas.imports.lanes.reading import ReadBook, SheetHeadings, Table, add_table
from p2emas.imports.lanes.shapes import CODE, PLACE, Lane, LaneRow, LaneSheet
from p2emas.imports.shapes import Json, is_numbering, unmerged
from p2emas.imports.tables import ReceivedSheet, TableRefused
from p2emas.ui.formats import number as shown
from p2emas.ui.layout import Sent, form_helper

KEY, ABOUT, WHERE = "kode", "tentang", "tempat"
_SUM = re.compile(r"(sub ?)?(jumlah|total)( (total|umum|semua|seluruhnya|keseluruhan|[ivx]+|[0-9]+))?[ .:]*")
MOST_ROWS = 5_000  # of one table
SUBJECTS = ("Uraian", "Nama", "Nama kegiatan", "Uraian kegiatan", "Kegiatan", "Desa")
PLACES = ("Desa", "Lokasi", "Kelurahan", "Desa/kelurahan", "Kecamatan")


class SheetKind(ImportKind):
    """The columns of one sheet of a lane, as the question about columns names them; under its code the office's answers
    are kept."""

    most_rows = MOST_ROWS

    def __init__(self, lane: Lane[Any], sheet: LaneSheet) -> None:
        self.code = f"{lane.code}:{sheet.name.lower()}"[:30]
        self.title = sheet.name
        self.columns = (
            Column(sheet.about, ABOUT, _as_it_is, also=SUBJECTS),
            Column(PLACE, WHERE, _as_it_is, required=False, also=PLACES),
            Column(CODE, KEY, _as_it_is, required=False),
            *(Column(c.header, c.field, _as_it_is, required=False, also=c.also) for c in taken_columns(sheet)),
        )


def _as_it_is(cell: Any, row: Any, lookups: Any) -> Any:
    return cell


def taken_columns(sheet: LaneSheet) -> list[Any]:
    """Typed columns that a row which is there takes."""
    return [column for column in sheet.typed if any(row.takes(column) for row in sheet.rows)]


class LaneColumnsForm(ColumnsForm):
    """Which column is which of a table that fills one sheet."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        typed = [column for column in self.kind.columns if column.name not in (KEY, ABOUT, WHERE)]
        if not any(cleaned.get(f"kolom-{column.name}") for column in typed):
            self.add_error(f"kolom-{typed[0].name}", "Pilih sedikitnya satu kolom yang berisi isian.")
        return cleaned

    def sent_to(self, address: str, seen: str) -> None:
        sent = Sent(seen=seen, lembar=self.kind.title)
        self.helper = form_helper("Baca dengan susunan ini", sent, *self.pieces, action=address, css="narrow")


# --- The question ---------------------------------------------------------------------------------------------------


def question_about(kinds: Iterable[SheetKind], table: ReceivedSheet, known: dict[str, Json]) -> Json:
    """The headings of a table by the sheet that it may fill, and the sheet of which most columns were guessed.

    Raises ``TableRefused`` where there are no headings.
    """
    found: dict[str, Json] = {}
    scores: dict[str, int] = {}
    for kind in kinds:
        found[kind.title] = COLUMNS.recognise(kind, table, None)
        scores[kind.title] = len(guesses(kind, found[kind.title]["headings"], known.get(kind.code, {})))
    if not found:
        raise TableRefused("Tidak ada baris yang dapat diisi di sini.")
    best = max(scores, key=lambda name: scores[name])
    return {"sheet": best, "found": found, "guessed": scores[best]}


def remembered_layout(
    kinds: Iterable[SheetKind], table: ReceivedSheet, known: dict[str, Json], asked: Json
) -> Json | None:
    """The layout by what the office answered before, of the first sheet of which all columns are there again."""
    for kind in kinds:
        found = asked["found"][kind.title]
        if answer := COLUMNS.remembered(kind, table, found, known.get(kind.code, {}), None):
            return {"sheet": kind.title, **answer}
    return None


# --- Reading by the answer ------------------------------------------------------------------------------------------


def book_by_layout(kind: SheetKind, sheet: LaneSheet, table: ReceivedSheet, layout: Json) -> ReadBook:
    """What each row says; raises ``FileRefused`` when there is none."""
    rows = [(number, list(cells)) for number, cells in unmerged(table) if number > layout["row"]]
    rows = [(number, cells) for number, cells in rows if not is_numbering(cells)]
    if len(rows) > MOST_ROWS:
        raise FileRefused(f"Tabel ini berisi lebih dari {shown(MOST_ROWS)} baris. Bagi menjadi beberapa berkas.")
    arranged = _Arranged(sheet, layout, rows)
    book = ReadBook([], [], [*table.notices, layout_words(kind, table, layout)])
    add_table(book, sheet, arranged.headings, arranged.table, in_text=True)
    for row in book.sheets[0].rows:
        row.about, row.lost = arranged.lost.get(row.number, ("", ""))
    book.sheets[0].letters |= dict.fromkeys(layout["same"], "")
    if arranged.totals:
        numbers = ", ".join(str(number) for number in arranged.totals[:5])
        book.notices.append(f"Baris jumlah tidak dibaca (baris {numbers}{', ...' if arranged.totals[5:] else ''}).")
    return book


@dataclass
class _Arranged:
    """The rows with a code of ours behind their cells, and behind that what is the same in all of them."""

    sheet: LaneSheet
    layout: Json
    rows: Table
    table: Table = field(default_factory=list)
    lost: dict[int, tuple[str, str]] = field(default_factory=dict)  # number -> what it is about, why it is no row
    totals: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        places, same = self.layout["places"], self.layout["same"]
        self.width = 1 + max([len(cells) for _number, cells in self.rows] + list(places.values()))
        at = places | {name: self.width + 1 + number for number, name in enumerate(same)}
        columns = {column: at[column.field] for column in taken_columns(self.sheet) if column.field in at}
        self.headings = SheetHeadings(self.layout["row"], self.width, columns, [])
        self._take(at, {places[column.field] for column in columns if column.field in places}, list(same.values()))

    def _take(self, at: dict[str, int], asked: set[int], fixed: list[str]) -> None:
        """The rows that say anything in one of the columns ``asked``."""
        known = RowsByName(self.sheet)
        said = {name: at[name] for name in (KEY, ABOUT, WHERE) if name in at}
        for number, cells in self.rows:
            whole = [*cells, *[None] * (self.width + 1 - len(cells)), *fixed]
            if any(as_text(whole[place]) for place in asked):
                self._add(number, whole, known, {name: as_text(whole[place]) for name, place in said.items()})

    def _add(self, number: int, whole: list[Any], known: "RowsByName", words: dict[str, str]) -> None:
        if _SUM.fullmatch(folded(words[ABOUT])):  # not an indicator "Jumlah kelompok"
            self.totals.append(number)
            return
        whole[self.width], why = known.find(words.get(KEY, ""), words[ABOUT], words.get(WHERE, ""))
        if why:
            self.lost[number] = (words[ABOUT][:60] or f"Baris {number}", why)
        self.table.append((number, whole))


class RowsByName:
    """The rows of a sheet by the words that a table may name them by."""

    def __init__(self, sheet: LaneSheet) -> None:
        self.keys = {row.key for row in sheet.rows}
        self.named: dict[str, list[LaneRow]] = {}
        for row in sheet.rows:
            for word in {folded(word) for word in (row.label, *row.also) if word}:
                self.named.setdefault(word, []).append(row)

    def find(self, key: str, about: str, where: str) -> tuple[str, str]:
        """The key of the row that a table means, or "" and the sentence that says why there is none."""
        if key in self.keys:
            return key, ""
        named = next((rows for word in _words(about) if (rows := self.named.get(word))), [])
        found = _at(named, folded(where)) if where else named
        if len(found) > 1 and not where:
            found = [row for row in found if row.is_whole] or found
        if len(found) == 1:
            return found[0].key, ""
        return "", _why(len(named), len(found), where)


def _at(rows: list[LaneRow], where: str) -> list[LaneRow]:
    return [row for row in rows if where in set(_places(row.place))]


def _why(named: int, found: int, where: str) -> str:
    if not named:
        return "Tidak ada baris dengan nama ini di sini. Samakan namanya, atau hapus baris itu, lalu unggah lagi."
    if not found:
        return f"Tidak ada baris dengan nama ini di {where[:40]}. Samakan tempatnya, lalu unggah lagi."
    return f"{found} baris di sini bernama sama. Beri kolom tempat atau kode di berkas, lalu unggah lagi."


def _words(about: str) -> Iterator[str]:
    """Of "1.02.03 Pelatihan petani" both parts too."""
    text = folded(about)
    yield text
    code, _blank, name = text.partition(" ")
    if code[:1].isdigit() and name:
        yield name.strip()
        yield code.strip(".")


def _places(place: str) -> Iterator[str]:
    """How a table may write a place of ours."""
    text = folded(place)
    yield text
    yield from (f"{word} {text}" for word in ("desa", "kelurahan", "kec.", "kecamatan"))
