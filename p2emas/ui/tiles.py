"""The tile map: one equal square per kecamatan, placed where it lies, so that small ones do not vanish.

The places of Sintang are drawn by hand; those of any other regency follow from the centres of its kecamatan.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from math import ceil, sqrt

from . import charts, formats, states
from .drawing.outlines import Drawing, Outline, spread

COLUMNS, ROWS = 7, 9  # the classes c1...c7 and r1...r9 of the theme
Place = tuple[int, int]  # row from the north, column from the west

SINTANG: Mapping[str, Place] = {
    "61.05.06": (1, 1),
    "61.05.05": (1, 2),
    "61.05.04": (2, 3),
    "61.05.21": (3, 3),
    "61.05.19": (3, 4),
    "61.05.01": (4, 3),
    "61.05.07": (4, 4),
    "61.05.08": (4, 5),
    "61.05.09": (4, 6),
    "61.05.15": (4, 7),
    "61.05.03": (5, 1),
    "61.05.02": (5, 2),
    "61.05.20": (5, 3),
    "61.05.14": (5, 6),
}

Degrees = Decimal | float

# Stage of a target location -> sign and shape on its tile.
STAGES: Mapping[str, tuple[str, str]] = {
    "ready": ("good", "check"),
    "running": ("good", "dot"),
    "fixed": ("none", "half"),
    "postponed": ("watch", "alert"),
    "closed": ("none", "lock"),
}


@dataclass
class Tile:
    """One kecamatan: ``word`` is its competency, ``stage`` the status code of its location, ``rate`` a percentage."""

    code: str
    name: str
    url: str = ""
    word: str = ""
    stage: str = ""
    stage_word: str = ""
    rate: formats.Number | None = None
    lat: Degrees | None = None
    lng: Degrees | None = None
    row: int = 0
    column: int = 0
    here: bool = False
    outline: Outline | None = None
    label_y: int | None = None  # a name that finds no room is not drawn

    @property
    def shade(self) -> str:
        """Colour of the area on the real map: five steps of twenty percent, grey where there is no figure."""
        return "q0" if self.rate is None else f"q{min(5, max(0, int(self.rate)) // 20 + 1)}"

    @property
    def sign(self) -> dict[str, str]:
        code, shape = STAGES.get(self.stage.lower(), ("none", "circle"))
        badge = states.chains()["location"].get(self.stage.lower())
        return {
            "code": code,
            "shape": shape,
            "word": self.stage_word or (badge.word if badge else "Belum ada lokasi sasaran"),
        }

    @property
    def rate_text(self) -> str:
        return formats.percent(self.rate, 0)

    @property
    def chart(self) -> charts.Chart:
        return charts.bar(self.rate, height=6, tone="f1")

    @property
    def css(self) -> str:
        return f"r{self.row} c{self.column}" if self.row else ""


@dataclass
class TileMap:
    """Placed tiles in reading order. ``wide`` puts the legend above, where the north-east corner is taken.

    ``placeless`` tiles have no centre: where all are, the tiles follow the alphabet and are no map.
    """

    tiles: list[Tile]
    wide: bool = False
    counts: list[tuple[dict[str, str], int]] = field(default_factory=list)
    drawing: Drawing | None = None  # the real map, where boundaries were imported
    placeless: int = 0

    @property
    def is_map(self) -> bool:
        return self.drawing is not None or self.placeless < len(self.tiles)

    @property
    def order(self) -> str:
        """How the tiles are placed, in a sentence."""
        if not self.is_map:
            return "Ubin disusun menurut abjad, bukan menurut letak: titik tengah kecamatan belum ada datanya."
        said = "Ubin disusun menurut letak kecamatan, utara di atas."
        if self.placeless:
            said += f" {self.placeless} ubin tanpa titik tengah menempati kotak yang kosong."
        return said

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the thumbnail in px."""
        columns = max((tile.column for tile in self.tiles), default=1)
        return columns * 19 - 2, max((tile.row - self.wide for tile in self.tiles), default=1) * 19 - 2

    @property
    def shades(self) -> list[tuple[str, str]]:
        """The key of the real map's colours."""
        words = [f"{low}–{low + 19 if low < 80 else 100}%" for low in range(0, 100, 20)]
        return [*((f"q{step}", word) for step, word in enumerate(words, 1)), ("q0", "belum ada data")]

    @property
    def squares(self) -> list[tuple[int, int, str]]:
        """x, y and colour of each square of the thumbnail."""
        return [
            ((t.column - 1) * 19, (t.row - 1 - self.wide) * 19, "f1" if t.here else "fpale")
            for t in self.tiles
            if t.row
        ]


def tile_map(tiles: Iterable[Tile], *, here: str = "", drawing: Drawing | None = None) -> TileMap:
    """Place the tiles; ``here`` is the code of the kecamatan that the page is about, ``drawing`` the real map."""
    tiles = list(tiles)
    placeless = _placeless(tiles)
    if placeless == len(tiles):
        tiles.sort(key=lambda tile: tile.name)
    places = positions([(tile.code, tile.lat, tile.lng) for tile in tiles])
    wide = any(row <= 2 and column >= 4 for row, column in places.values())
    for tile in tiles:
        row, tile.column = places.get(tile.code, (0, 0))
        tile.row = row + wide if row else 0
        tile.here = tile.code == here
        tile.outline = drawing.outlines.get(tile.code) if drawing else None
    tiles.sort(key=lambda tile: (tile.row == 0, tile.row, tile.column))
    drawn = [(tile, tile.outline) for tile in tiles if tile.outline]
    heights = spread([(outline.x, outline.y, tile.name) for tile, outline in drawn])
    for (tile, _outline), height in zip(drawn, heights, strict=True):
        tile.label_y = height
    counts: dict[str, tuple[dict[str, str], int]] = {}
    for tile in tiles:
        sign = tile.sign
        counts[sign["word"]] = (sign, counts.get(sign["word"], (sign, 0))[1] + 1)
    return TileMap(tiles, wide, list(counts.values()), drawing, placeless)


def _placeless(tiles: Sequence[Tile]) -> int:
    if all(tile.code in SINTANG for tile in tiles):
        return 0
    return sum(tile.lat is None or tile.lng is None for tile in tiles)


def positions(centres: Sequence[tuple[str, Degrees | None, Degrees | None]]) -> dict[str, Place]:
    """Row and column of each code (lat, lng in degrees): Sintang's own, else the nearest free cell of a grid.

    What has no centre fills the cells that stay free; what the grid cannot hold gets no place.
    """
    codes = [code for code, _, _ in centres]
    if codes and all(code in SINTANG for code in codes):
        return {code: SINTANG[code] for code in codes}
    known = [(code, float(lat), float(lng)) for code, lat, lng in centres if lat is not None and lng is not None]
    cells = _grid(len(codes))
    placed = _nearest(known, cells)
    free = [cell for cell in sorted(cells) if cell not in set(placed.values())]
    for code in codes:
        if code not in placed and free:
            placed[code] = free.pop(0)
    return placed


def _grid(count: int) -> list[Place]:
    """Cells for ``count`` tiles with some air between them."""
    columns = min(COLUMNS, max(1, ceil(sqrt(count * 1.8))))
    rows = min(ROWS - 1, max(1, ceil(count * 1.6 / columns)))
    return [(row, column) for row in range(1, rows + 1) for column in range(1, columns + 1)]


def _nearest(known: list[tuple[str, float, float]], cells: list[Place]) -> dict[str, Place]:
    if not known:
        return {}
    north, south = max(lat for _, lat, _ in known), min(lat for _, lat, _ in known)
    west, east = min(lng for _, _, lng in known), max(lng for _, _, lng in known)
    rows, columns = max(row for row, _ in cells), max(column for _, column in cells)

    def ideal(lat: float, lng: float) -> tuple[float, float]:
        down = (north - lat) / (north - south) if north > south else 0
        right = (lng - west) / (east - west) if east > west else 0
        return 1 + down * (rows - 1), 1 + right * (columns - 1)

    # Pairs of tile and cell, closest first: a tile that is exactly on a cell gets it.
    pairs = sorted(
        ((row - y) ** 2 + (column - x) ** 2, code, (row, column))
        for code, lat, lng in known
        for y, x in [ideal(lat, lng)]
        for row, column in cells
    )
    return _first_come(pairs)


def _first_come(pairs: Iterable[tuple[float, str, Place]]) -> dict[str, Place]:
    """Each tile on the first of its cells that is still free."""
    placed: dict[str, Place] = {}
    taken: set[Place] = set()
    for _, code, cell in pairs:
        if code not in placed and cell not in taken:
            placed[code] = cell
            taken.add(cell)
    return placed
