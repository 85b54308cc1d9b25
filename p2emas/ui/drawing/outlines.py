"""Outlines of areas as one small drawing: whole numbers, relative steps, so that it compresses well."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians

WIDTH = 1000
SIGN, LETTER, LINE = 14, 8, 16  # half a sign; width of a letter and height of a line of a name
STEPS = (30, -16, 46, -32, 62, -48)  # from the sign to the foot of its name, in the order they are tried
Point = tuple[float, float]  # longitude, latitude in degrees
Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True)
class Outline:
    """``path``: what a path element draws; ``x`` and ``y``: where a sign or a name is."""

    path: str
    x: int
    y: int


@dataclass(frozen=True)
class Drawing:
    outlines: Mapping[str, Outline]
    height: int
    source: str = ""
    width: int = WIDTH


def draw(
    rings: Mapping[str, Sequence[Sequence[Sequence[float]]]],
    *,
    centres: Mapping[str, Point] | None = None,
    source: str = "",
) -> Drawing:
    """The areas side by side, north above. Their signs are at ``centres``, else in the middle of the largest ring."""
    west, south, east, north = _frame([point for each in rings.values() for ring in each for point in ring])
    squeeze = cos(radians((south + north) / 2))
    scale = WIDTH / max((east - west) * squeeze, (north - south), 1e-9)

    def placed(point: Sequence[float]) -> tuple[int, int]:
        return round((point[0] - west) * squeeze * scale), round((north - point[1]) * scale)

    found = {}
    for code, each in rings.items():
        centre = (centres or {}).get(code) or middle(max(each, key=lambda ring: abs(_area(ring))))
        found[code] = Outline("".join(_path([placed(point) for point in ring]) for ring in each), *placed(centre))
    return Drawing(found, round((north - south) * scale), source, round((east - west) * squeeze * scale))


def _frame(points: Sequence[Sequence[float]]) -> Box:
    """West, south, east and north of the points."""
    across, down = [x for x, _y in points], [y for _x, y in points]
    return min(across), min(down), max(across), max(down)


def spread(labels: Sequence[tuple[int, int, str]]) -> list[int | None]:
    """Heights of names under or above their signs (x, y) so that they do not lie on one another.

    None for a name that would cover another one at every height: its area tells it in a title all the same.
    """
    taken: list[Box] = [(x - SIGN, y - SIGN, x + SIGN, y + SIGN) for x, y, _text in labels]
    names: list[Box] = []
    heights: list[int | None] = [None] * len(labels)
    for number, (x, y, text) in sorted(enumerate(labels), key=lambda each: (each[1][1], each[1][0])):
        half = len(text) * LETTER / 2
        others = [box for place, box in enumerate(taken) if place != number]
        boxes = [(x - half, y + step - LINE, x + half, y + step) for step in STEPS]
        free = _first_free(boxes, others) or _first_free(boxes, names)
        if free is not None:
            heights[number] = round(free[3])
            taken.append(free)
            names.append(free)
    return heights


def _first_free(boxes: Sequence[Box], others: Sequence[Box]) -> Box | None:
    return next((box for box in boxes if not any(_overlap(box, other) for other in others)), None)


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _path(points: Sequence[tuple[int, int]]) -> str:
    """ "M3 4l1-2 5 0z": each step counts from the point before; a minus sign separates as well as a blank."""
    (x, y), steps = points[0], []
    for px, py in points[1:]:
        if (px, py) != (x, y):
            steps.append(f"{px - x} {py - y}")
            x, y = px, py
    return f"M{points[0][0]} {points[0][1]}l{' '.join(steps)}z".replace(" -", "-") if len(steps) > 1 else ""


def middle(ring: Sequence[Sequence[float]]) -> Point:
    """The centre of gravity of the area inside ``ring``."""
    whole = _area(ring)
    if not whole:
        return ring[0][0], ring[0][1]
    x = y = 0.0
    for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
        part = ax * by - bx * ay
        x, y = x + (ax + bx) * part, y + (ay + by) * part
    return x / (6 * whole), y / (6 * whole)


def _area(ring: Sequence[Sequence[float]]) -> float:
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True)) / 2
