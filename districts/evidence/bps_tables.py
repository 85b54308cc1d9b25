"""Tables of the statistics office: kecamatan down, commodities across, under several rows of headings.

Around the figures are titles, "(1) (2) (3)", "Jumlah", notes and years before; names have numbers, footnotes or spaces
between their letters. What is found here is only a proposal: a person says which column is which.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from districts.evidence.lookups import Lookups
from p2emas.imports.cells import Cell, as_text, folded, squeezed
from p2emas.imports.quantities import is_sign
from p2emas.imports.shapes import cell_at, is_numbering, unmerged
from p2emas.imports.tables import ReceivedSheet, Row, is_filled

FEWEST_NAMES, NAME_COLUMNS, HEADING_ROWS = 2, 6, 8
NUMBERED = re.compile(r"^(?:\(?\d{1,3}\s*[.)\]]\s*|\d{3,10}\.?\s+|[a-z][.)]\s+)", re.IGNORECASE)
FOOTNOTE = re.compile(r"\s*(?:\d{1,2}\)|\(\d{1,2}\)|\*+\)?|[\u00b9\u00b2\u00b3\u2070-\u2079]+)+$")
TOTAL = re.compile(r"^(?:sub\s?)?(?:jumlah|total|rata-rata|kabupaten|kab\.|kota|provinsi)\b", re.IGNORECASE)
NOTE = re.compile(r"^(?:catatan|keterangan|sumber|note|source|ket\b)", re.IGNORECASE)
SOURCE = re.compile(r"^sumber(?:\s*(?:data)?\s*/?\s*source)?\s*[:.]?\s*", re.IGNORECASE)
YEAR = re.compile(r"(?:19|20)\d\d")
DASHES = frozenset({"-", "\N{EN DASH}", "\N{EM DASH}", "\N{MINUS SIGN}"})
UNITS = {  # as official tables write them -> as ours
    "kw": "kuintal", "kwintal": "kuintal", "quintal": "kuintal", "hektar": "ha", "hektare": "ha", "hectare": "ha",
    "tons": "ton", "m\u00b2": "m2", "heads": "ekor", "rupiah": "rp", "lt": "liter", "ltr": "liter", "liters": "liter",
}  # fmt: skip


@dataclass(frozen=True)
class ValueColumn:
    """One column of figures, with what its headings say."""

    place: int
    heading: str
    commodity: int | None
    year: int | None
    measure: str


@dataclass(frozen=True)
class BpsTable:
    names: int  # the column of kecamatan
    rows: list[Row]  # of one kecamatan each
    columns: list[ValueColumn]
    skipped: list[tuple[int, str]]  # totals and the like among or below them
    title: str
    source: str

    @property
    def dashes(self) -> int:
        return sum(is_dash(cell_at(row, c.place)) for _number, row in self.rows for c in self.columns)


def is_dash(cell: Cell) -> bool:
    return is_sign(cell) and squeezed(str(cell)) in DASHES


def bare_place_name(cell: Cell) -> str:
    """ "01. Sepauk 1)" -> "Sepauk", "B a w a n g" -> "Bawang"."""
    text = FOOTNOTE.sub("", NUMBERED.sub("", as_text(cell))).strip(" .:*")
    letters = text.split(" ")
    return "".join(letters) if len(letters) > 2 and all(len(word) == 1 for word in letters) else text


def recognised(sheet: ReceivedSheet, lookups: Lookups, units: dict[str, str]) -> BpsTable | None:
    """The table in a sheet, or None where it has another shape. ``units``: unit -> code of the measure."""
    rows = unmerged(sheet)
    names, known = _name_column(rows, lookups)
    if len(known) < FEWEST_NAMES:
        return None
    first = min(known)
    heads = _heading_rows(rows[:first], names)
    body, skipped = _body(rows, known, names)
    columns = [c for place in _value_places(body, names) if (c := _column(place, heads, lookups, units))]
    if not any(column.commodity for column in columns):
        return None
    title = " ".join(dict.fromkeys(as_text(cell) for _number, row in rows[:first] for cell in row if is_filled(cell)))
    return BpsTable(names, body, columns, skipped, title[:2_000], _source(rows[first:]))


def _name_column(rows: list[Row], lookups: Lookups) -> tuple[int, set[int]]:
    """The column with most names of kecamatan, and the rows in which they are; a name comes once."""
    best: tuple[int, set[int]] = (0, set())
    for place in range(NAME_COLUMNS):
        names = ((n, lookups.place(bare_place_name(cell_at(row, place)))) for n, (_number, row) in enumerate(rows))
        found = {n: pk for n, pk in names if pk}
        if len(set(found.values())) == len(found) > len(best[1]):
            best = place, set(found)
    return best


def _heading_rows(above: list[Row], names: int) -> list[Row]:
    """The last rows above the figures, without titles that go over all columns and without "(1) (2) (3)"."""
    return [
        (number, row)
        for number, row in above[-HEADING_ROWS:]
        if any(is_filled(cell) for cell in row[names + 1 :]) and not is_numbering(row) and not _is_title(row, names)
    ]


def _is_title(row: list[Cell], names: int) -> bool:
    said = {as_text(cell) for cell in row if is_filled(cell)}
    return len(said) == 1 and any(is_filled(cell) for cell in row[: names + 1])


def _body(rows: list[Row], known: set[int], names: int) -> tuple[list[Row], list[tuple[int, str]]]:
    """The rows of kecamatan, also of one whose name is unknown: it becomes an error that can be seen."""
    body, skipped = [], []
    for place in range(min(known), len(rows)):
        number, row = rows[place]
        name = as_text(cell_at(row, names))
        if place not in known and NOTE.match(name or as_text(cell_at(row, 0))) and place > max(known):
            break
        if place in known:
            body.append((number, row))
        elif not name or is_numbering(row) or not any(is_filled(cell) for cell in row[names + 1 :]):
            continue
        elif TOTAL.match(name) or YEAR.fullmatch(bare_place_name(name)) or not any(sign.isalpha() for sign in name):
            skipped.append((number, name[:40]))
        else:
            body.append((number, row))
    return body, skipped


def _value_places(body: list[Row], names: int) -> list[int]:
    width = max((len(row) for _number, row in body), default=0)
    places = range(names + 1, width)
    return [place for place in places if any(is_filled(cell_at(row, place)) for _number, row in body)]


def _column(place: int, heads: list[Row], lookups: Lookups, units: dict[str, str]) -> ValueColumn | None:
    texts = list(dict.fromkeys(as_text(cell) for _number, row in heads if is_filled(cell := cell_at(row, place))))
    if not texts:
        return None
    commodity = next((found for text in reversed(texts) if (found := _commodity(text, lookups))), None)
    years = [int(said[0]) for text in texts if (said := YEAR.fullmatch(FOOTNOTE.sub("", text)))]
    if any(TOTAL.match(text) for text in texts):
        commodity = None
    heading = " \N{MIDDLE DOT} ".join(texts)[:120]
    return ValueColumn(place, heading, commodity, years[-1] if years else None, measure_in(texts, units))


def _commodity(text: str, lookups: Lookups) -> int | None:
    """ "Lada/Pepper 1)" is lada."""
    pieces = [text, *re.split(r"[/\n(]", text)]
    return next((found for each in pieces if (found := lookups.goods(FOOTNOTE.sub("", each).strip(" .:*")))), None)


def measure_in(texts: Iterable[str], units: dict[str, str]) -> str:
    """The measure whose unit is in brackets, the last one that does, or ""."""
    found = ""
    for text in texts:
        for inside in re.findall(r"\(([^()]{1,30})\)", text):
            for word in re.split(r"[/,]", inside):
                said = folded(word).strip(" .")
                found = units.get(UNITS.get(said, said), found)
    return found


def year_in(title: str) -> int | None:
    years = [int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", title)]
    return years[-1] if years else None


def _source(rows: list[Row]) -> str:
    for _number, row in rows:
        for cell in row:
            text = as_text(cell)
            if SOURCE.match(text) and (named := SOURCE.sub("", text).strip()):
                return named[:200]
    return ""


def cells_of(table: BpsTable, column: ValueColumn) -> Iterator[tuple[int, str, Any]]:
    """Row, name of the kecamatan and figure, down one column."""
    for number, row in table.rows:
        yield number, bare_place_name(cell_at(row, table.names)), cell_at(row, column.place)
