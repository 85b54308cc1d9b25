"""Draws the map of the houses, their rooms and who imports whom, into docs/rooms.svg.

usage: python -m scripts.map_of_rooms      `make map`; tests/test_map_of_rooms.py compares the picture with the source
"""

import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path

from tests.references import module_name, references
from tests.source_tree import HOUSES, ROOT, python_files
from tests.test_floors import GATHERERS, PACKAGES, ROOF, ROOMS, model_rooms

PICTURE = ROOT / "docs" / "rooms.svg"
MEANINGS = {
    "programs": "what is done",
    "facilitators": "who does it",
    "districts": "where",
    "p2emas": "the frame",
}
COLOURS = {  # of a house: its band, its squares
    "programs": ("#e8f0fa", "#1f5fa8"),
    "facilitators": ("#e6f4ec", "#1c7a46"),
    "districts": ("#fdf1dc", "#a8640a"),
    "p2emas": ("#efeaf6", "#6a45a3"),
}
KEY = (
    "■ the room of the row imports the room of the column, and a room sees only what is below it. "
    "In grey: packages inside a room."
)
BESIDE = "other modules"  # of a house: they are in no room
CELL, BAND, NAMES, HEAD, FOOT, MARGIN = 26, 132, 118, 112, 40, 50
LETTER, SHORT = 5.9, 44  # about the width of one; of a line, how many
Room = tuple[str, str]  # house, name
Imports = dict[Room, set[Room]]


def room_of(dotted: str) -> Room | None:
    """The room that a module is in; None for the roof, for what gathers the rooms of a house, and for libraries."""
    house, _, rest = dotted.partition(".")
    first = rest.partition(".")[0]
    if house not in HOUSES or not first or first in GATHERERS or ROOF.match(dotted):
        return None
    return house, first if first in ROOMS[house] else BESIDE


def imports(root: Path = ROOT) -> Imports:
    """Every room of the tree with the other rooms that its modules refer to."""
    models, found = model_rooms(root), {}
    for path in python_files(root):
        module = module_name(path, root)
        room = room_of(module)
        if room:
            seen = {room_of(target) for _line, target in references(path, module, models)}
            found.setdefault(room, set()).update(seen - {room, None})
    imported = set().union(*found.values())
    return {room: seen for room, seen in found.items() if room[1] != BESIDE or room in imported}


def in_order(found: Imports) -> list[Room]:
    """From the ground up: houses, then rooms as tests/test_floors.py has them."""
    return sorted(found, key=lambda room: (HOUSES.index(room[0]), [BESIDE, *ROOMS[room[0]]].index(room[1])))


def parts_of(room: Room, root: Path = ROOT) -> list[str]:
    """Packages with modules inside a room, the first step of its work first."""
    folders = {path.parent.name for path in (root / room[0] / room[1]).glob("*/*.py") if path.name != "__init__.py"}
    order = PACKAGES.get(".".join(room), ())
    return sorted(folders, key=lambda name: (order.index(name) if name in order else len(order), name))


def in_lines(names: list[str]) -> list[str]:
    """One line, or two of about the same length."""
    whole = " · ".join(names)
    if len(whole) <= SHORT:
        return [whole]
    cut = min(range(1, len(names)), key=lambda at: max(len(" · ".join(part)) for part in (names[:at], names[at:])))
    return [" · ".join(names[:cut]), " · ".join(names[cut:])]


def text(x: float, y: float, words: str, **attributes: object) -> str:
    more = "".join(f' {name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f'<text x="{x:g}" y="{y:g}"{more}>{escape(words)}</text>'


def rectangle(x: float, y: float, width: float, height: float, colour: str, inside: str = "") -> str:
    shape = f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" fill="{colour}"'
    return f"{shape}>{inside}</rect>" if inside else f"{shape}/>"


def drawing(found: Imports, root: Path) -> Iterator[str]:
    """Lines of the SVG: a row and a column for each room, a square where the row imports the column."""
    rooms = in_order(found)
    left, size = BAND + NAMES, len(rooms) * CELL
    inside = [in_lines(parts_of(room, root)) for room in rooms]
    ends = [left + (number + 1) * CELL + 8 + LETTER * len(max(two, key=len)) for number, two in enumerate(inside)]
    width, height = round(max(left + size + MARGIN, *ends)), HEAD + size + FOOT
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        'font-family="system-ui, sans-serif" font-size="13" role="img" aria-labelledby="title">'
    )
    yield '<title id="title">Rooms of the four houses, and which room imports which</title>'
    yield rectangle(0, 0, width, height, "#fff")
    yield from bands(rooms, width)
    for number, room in enumerate(rooms):
        yield from row(number, room, found, rooms, left)
        x, y = left + (number + 1) * CELL + 6, top_of(number, rooms) + CELL / 2
        for line, words in enumerate(inside[number] if inside[number][0] else []):
            yield text(x, y + 4 + 12 * line - 6 * (len(inside[number]) - 1), words, font_size=11, fill="#555")
    yield text(12, HEAD + size + 25, KEY, fill="#444")
    yield "</svg>"


def top_of(number: int, rooms: list[Room]) -> int:
    """Rooms are drawn from the roof down."""
    return HEAD + (len(rooms) - 1 - number) * CELL


def bands(rooms: list[Room], width: int) -> Iterator[str]:
    for house in HOUSES:
        numbers = [number for number, room in enumerate(rooms) if room[0] == house]
        if numbers:
            band, strong = COLOURS[house]
            top, height = top_of(numbers[-1], rooms), len(numbers) * CELL
            yield rectangle(0, top, width, height, band)
            middle = top + height / 2
            yield text(12, middle - 2, house, fill=strong, font_size=16, font_weight=700)
            yield text(12, middle + 16, MEANINGS[house], fill=strong)


def row(number: int, room: Room, found: Imports, rooms: list[Room], left: int) -> Iterator[str]:
    top, middle = top_of(number, rooms), CELL / 2
    x = left + number * CELL
    strong = COLOURS[room[0]][1]
    yield text(left - 8, top + middle + 4, room[1], text_anchor="end")
    yield text(0, 0, room[1], fill=strong, transform=f"translate({x + middle + 4:g} {HEAD - 8}) rotate(-60)")
    yield rectangle(x + 1, top + 1, CELL - 2, CELL - 2, "#fff")
    for other in sorted(found[room], key=rooms.index):
        says = f"<title>{'/'.join(room)} imports {'/'.join(other)}</title>"
        yield rectangle(left + rooms.index(other) * CELL + 6, top + 6, CELL - 12, CELL - 12, COLOURS[other[0]][1], says)


def picture(root: Path = ROOT) -> str:
    return "\n".join(drawing(imports(root), root)) + "\n"


def main() -> None:
    PICTURE.write_text(picture(), "utf-8")
    sys.stdout.write(f"Wrote {PICTURE.relative_to(ROOT)}.\n")


if __name__ == "__main__":
    main()
