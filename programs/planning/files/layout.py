"""Which column of a file is which: found by its headings, remembered for the agency, else asked on a page."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from p2emas.documents.kinds import FileRefused
from p2emas.imports.cells import as_text, folded
from p2emas.imports.shapes import close
from programs.planning.files.columns import ACTIVITY, BY_NAME, CODE, COLUMNS, INDICATOR, LINE, FileColumn, columns_of
from programs.planning.files.reading import Tables

KIND = "renja"  # under which the answers of an agency are kept (``TableLayout``)
SEARCHED, LEAST = 30, 2
NEEDED = {
    INDICATOR: ("indicator", "indicator_unit", "formula", "source"),
    LINE: ("place", "chain_link", "fund", "start_month", "amount"),
}
NO_HEADINGS = (
    f"Tidak ada baris judul kolom yang dikenali. Beri judul di atas tiap kolom, antara lain “{CODE.header}”, lalu "
    "unggah lagi."
)


@dataclass(frozen=True)
class FileHeading:
    """``key``: the text, with a number where a sheet has it twice ("satuan#2")."""

    place: int
    text: str
    key: str
    samples: tuple[str, ...]


@dataclass(frozen=True)
class FoundSheet:
    index: int
    name: str
    row: int  # number of the row of headings
    headings: tuple[FileHeading, ...]

    def guesses(self, known: Mapping[str, str]) -> dict[int, str]:
        """Place -> column: by what was answered before, else by the words that it goes by; each column once."""
        found = {each.place: known[each.key] for each in self.headings if each.key in known}
        for nearness in (2, 1):
            for column in COLUMNS:
                for each in self.headings:
                    free = each.place not in found and column.name not in found.values()
                    if free and close(each.text, column.words_met) == nearness:
                        found[each.place] = column.name
        return {place: name for place, name in found.items() if name in BY_NAME}


def find_sheets(tables: Tables) -> list[FoundSheet]:
    """The sheets with a row of headings; raises ``FileRefused`` when none has one."""
    found = [sheet for index, (name, rows) in enumerate(tables) if (sheet := _sheet(index, name, rows))]
    if not found:
        raise FileRefused(NO_HEADINGS)
    return found


def _sheet(index: int, name: str, rows: list[Any]) -> FoundSheet | None:
    scores = [_likeness(cells) for _number, cells in rows[:SEARCHED]]
    best = max(scores, default=0)
    at = scores.index(best) if best else len(rows)
    if at + 1 >= len(rows):
        return None
    number, cells = rows[at]
    below = [row for _number, row in rows[at + 1 : at + 3]]
    return FoundSheet(index, name, number, tuple(_headings(cells, below)))


def _likeness(cells: list[Any]) -> int:
    """How much a row looks like one of headings: its words, and words of ours before others; 0: not at all."""
    words = {as_text(cell) for cell in cells if isinstance(cell, str)}
    near = sum(max((close(word, column.words_met) for column in COLUMNS), default=0) for word in words)
    return len(words) + 3 * near if len(words) >= LEAST and near >= LEAST else 0


def _headings(cells: list[Any], below: list[list[Any]]) -> Iterator[FileHeading]:
    times: Counter[str] = Counter()
    for place, cell in enumerate(cells):
        if text := as_text(cell)[:60]:
            times[folded(text)] += 1
            key = folded(text) if times[folded(text)] == 1 else f"{folded(text)}#{times[folded(text)]}"
            samples = tuple(as_text(row[place])[:40] for row in below if place < len(row) and as_text(row[place]))
            yield FileHeading(place, text, key, samples)


def known_layout(sheets: list[FoundSheet], known: Mapping[str, Any]) -> dict[str, Any] | None:
    """The layout of our template, or of a file whose every heading was answered before; None: it is asked."""
    if all(_is_ours(sheet) for sheet in sheets):
        ours = {folded(column.header): column.name for column in COLUMNS}
        return layout_of(sheets, {sheet.index: sheet.guesses(ours) for sheet in sheets}, {})
    answered = known.get("columns", {})
    if not all(each.key in answered for sheet in sheets for each in sheet.headings):
        return None
    chosen = {
        sheet.index: {each.place: answered[each.key] for each in sheet.headings if answered[each.key] in BY_NAME}
        for sheet in sheets
    }
    if any(len(set(names.values())) < len(names) for names in chosen.values()) or lacking(
        chosen, known.get("same", {})
    ):
        return None
    return layout_of(sheets, chosen, known.get("same", {})) | {"known": True}


def _is_ours(sheet: FoundSheet) -> bool:
    headers = [folded(column.header) for column in COLUMNS]
    said = [each.key for each in sheet.headings]
    return folded(CODE.header) in said and all(key in headers for key in said)


def layout_of(
    sheets: list[FoundSheet], chosen: Mapping[int, Mapping[int, str]], same: Mapping[str, str]
) -> dict[str, Any]:
    return {
        "sheets": [
            {"sheet": each.index, "row": each.row, "columns": {str(p): n for p, n in chosen[each.index].items()}}
            for each in sheets
            if chosen.get(each.index)
        ],
        "same": {name: text for name, text in same.items() if text},
    }


def to_remember(sheets: list[FoundSheet], layout: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept for the agency: every heading with what it is, "" of one that is not read."""
    columns = dict(known.get("columns", {}))
    chosen = {each["sheet"]: each["columns"] for each in layout["sheets"]}
    for sheet in sheets:
        columns |= {each.key: chosen.get(sheet.index, {}).get(str(each.place), "") for each in sheet.headings}
    return {**known, "columns": columns, "same": dict(layout["same"])}


def lacking(chosen: Mapping[int, Mapping[int, str]], same: Mapping[str, str]) -> list[FileColumn]:
    """Columns that the file needs for what it has, and has not."""
    names = {name for each in chosen.values() for name in each.values()}
    missing = [] if all(CODE.name in each.values() for each in chosen.values() if each) and names else [CODE]
    for part, needed in NEEDED.items():
        if names & {column.name for column in columns_of(part)}:
            missing += [BY_NAME[name] for name in needed if name not in names and not same.get(name)]
    return missing


def has_part(layout: Mapping[str, Any], part: str) -> bool:
    names = {name for each in layout["sheets"] for name in each["columns"].values()}
    return part == ACTIVITY or bool(names & {column.name for column in columns_of(part)})
