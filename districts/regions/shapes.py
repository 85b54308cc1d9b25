"""Rings of neighbouring areas: shared borders made simpler once for both sides, and rings that cross themselves."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import cos, floor, hypot, radians

Point = tuple[float, float]  # longitude, latitude in degrees
Ring = list[Point]  # without the closing repetition of the first point


def simplify(rings: Sequence[Ring], tolerance: float) -> list[Ring]:
    """``rings`` with fewer points, none further than ``tolerance`` (degrees) from its old line.

    A border that two rings share is cut where others meet it and simplified once, so that no gap opens between
    neighbours. What would collapse to a line comes back empty.
    """
    scale = cos(radians(_middle_latitude(rings)))
    joints = junctions(rings)
    known: dict[tuple[Point, ...], Ring] = {}
    found = []
    for ring in rings:
        kept: Ring = []
        for arc in _arcs(ring, joints):
            kept += _simple_arc(arc, tolerance, scale, known)[:-1]
        found.append(kept if len(kept) >= 3 else [])
    return found


def junctions(rings: Iterable[Ring]) -> set[Point]:
    """Points where borders meet: more than two neighbours over all rings."""
    neighbours: dict[Point, set[Point]] = defaultdict(set)
    for ring in rings:
        for place, point in enumerate(ring):
            neighbours[point] |= {ring[place - 1], ring[(place + 1) % len(ring)]}
    return {point for point, others in neighbours.items() if len(others) > 2}


def _middle_latitude(rings: Sequence[Ring]) -> float:
    latitudes = [lat for ring in rings for _lng, lat in ring]
    return (min(latitudes) + max(latitudes)) / 2 if latitudes else 0


def _arcs(ring: Ring, joints: set[Point]) -> list[Ring]:
    """The ring cut at its joints; a ring without any is one arc from its smallest point, the same for both sides."""
    cuts = [place for place, point in enumerate(ring) if point in joints] or [ring.index(min(ring))]
    turned = ring[cuts[0] :] + ring[: cuts[0]]
    places = [cut - cuts[0] for cut in cuts] + [len(ring)]
    closed = [*turned, turned[0]]
    return [closed[start : end + 1] for start, end in pairwise(places)]


def _simple_arc(arc: Ring, tolerance: float, scale: float, known: dict[tuple[Point, ...], Ring]) -> Ring:
    """Computed in one direction only, whichever side asks."""
    forward, backward = tuple(arc), tuple(reversed(arc))
    key = min(forward, backward)
    if key not in known:
        known[key] = _douglas_peucker(list(key), tolerance, scale)
    return known[key] if key == forward else known[key][::-1]


def _douglas_peucker(points: Ring, tolerance: float, scale: float) -> Ring:
    keep = {0, len(points) - 1}
    open_parts = [(0, len(points) - 1)]
    while open_parts:
        start, end = open_parts.pop()
        if end - start < 2:
            continue
        furthest, at = max(
            (_distance(points[place], points[start], points[end], scale), place) for place in range(start + 1, end)
        )
        if furthest > tolerance:
            keep.add(at)
            open_parts += [(start, at), (at, end)]
    return [points[place] for place in sorted(keep)]


def _distance(point: Point, one: Point, other: Point, scale: float) -> float:
    """From ``point`` to the segment, in degrees of latitude."""
    x, y = (point[0] - one[0]) * scale, point[1] - one[1]
    dx, dy = (other[0] - one[0]) * scale, other[1] - one[1]
    length = dx * dx + dy * dy
    along = max(0.0, min(1.0, (x * dx + y * dy) / length)) if length else 0.0
    return hypot(x - along * dx, y - along * dy)


def crossing(ring: Ring) -> tuple[Point, float] | None:
    """Where ``ring`` crosses itself worst, and the share of its area inside that loop; None if nowhere.

    Segments are compared only with those nearby. Simplified rivers cross by a hair everywhere; a bow tie has a half.
    """
    count = len(ring)
    segments = [(ring[place], ring[(place + 1) % count]) for place in range(count)]
    spans = [max(abs(b[0] - a[0]), abs(b[1] - a[1])) for a, b in segments]
    size = max(sum(spans) / count, max(spans) / 200, 1e-9)
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    found: dict[tuple[int, int], float] = {}
    for number, (one, other) in enumerate(segments):
        for cell in _cells(one, other, size):
            for earlier in cells[cell]:
                apart = number - earlier
                if apart not in (1, count - 1) and _cross(segments[earlier], (one, other)):
                    found[earlier, number] = _loop_share(ring, earlier, number)
            cells[cell].append(number)
    worst = max(found, key=found.__getitem__, default=None)
    return None if worst is None else (ring[worst[1]], found[worst])


def _loop_share(ring: Ring, earlier: int, later: int) -> float:
    """The smaller of the two loops into which a crossing parts the ring, as a share of both."""
    a, b, c, d = ring[earlier], ring[earlier + 1], ring[later], ring[(later + 1) % len(ring)]
    before, behind = abs(_side(c, d, a)), abs(_side(c, d, b))
    along = before / (before + behind)
    knot = (a[0] + (b[0] - a[0]) * along, a[1] + (b[1] - a[1]) * along)
    loop = abs(area([knot, *ring[earlier + 1 : later + 1]]))
    rest = abs(area([knot, *ring[later + 1 :], *ring[: earlier + 1]]))
    return min(loop, rest) / (loop + rest) if loop + rest else 0.0


def area(ring: Sequence[Sequence[float]]) -> float:
    """Inside ``ring``, in square degrees; the sign says which way round it goes."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], *ring[:1]], strict=True)) / 2


def _cells(one: Point, other: Point, size: float) -> list[tuple[int, int]]:
    columns = sorted((floor(one[0] / size), floor(other[0] / size)))
    rows = sorted((floor(one[1] / size), floor(other[1] / size)))
    return [(x, y) for x in range(columns[0], columns[1] + 1) for y in range(rows[0], rows[1] + 1)]


def _cross(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    """Whether two segments cross properly; touching at a point is how islands are often written."""
    (a, b), (c, d) = one, other
    return _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0


def _side(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
