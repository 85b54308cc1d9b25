"""How well does a village fit to receive a success? Points of a few parts, and the distance between two centres.

What is not known gives no points and is named; it is never 0. The points help to choose and decide nothing.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from p2emas.methods.inputs import Number, checked_float, checked_number

EARTH_KM = 6371.0088  # mean radius


@dataclass(frozen=True)
class MatchPoints:
    """Points of each part in its order, None where it is not known; their sum, and the most that the known ones give.

    ``total`` and ``known`` have the unit of the weights, from 0 to their sum; ``total`` is None while nothing is known.
    """

    points: tuple[float | None, ...]
    total: float | None
    known: float

    @property
    def unknown(self) -> tuple[int, ...]:
        """Which parts are not known, counted from 0."""
        return tuple(place for place, value in enumerate(self.points) if value is None)


def match_points(shares: Iterable[Number | None], weights: Iterable[Number]) -> MatchPoints:
    """``shares``: how far each part is fulfilled, from 0 to 1, None where it is not known; ``weights``: its points.

    ValueError: a share outside 0 to 1, a weight below 0, no part at all, lists of different length.
    """
    parts, most = list(shares), [_weight(weight) for weight in weights]
    if not parts or len(parts) != len(most):
        raise ValueError(f"There are {len(parts)} parts and {len(most)} weights: give one weight for each part.")
    points = tuple(_points(share, weight, place) for place, (share, weight) in enumerate(zip(parts, most, strict=True)))
    got = {place: value for place, value in enumerate(points) if value is not None}
    known = math.fsum(most[place] for place in got)
    return MatchPoints(points, math.fsum(got.values()) if got else None, known)


def _weight(weight: Number) -> float:
    checked = checked_float(weight, "A weight")
    if checked < 0:
        raise ValueError("A weight is below 0.")
    return checked


def _points(share: Number | None, weight: float, place: int) -> float | None:
    if share is None:
        return None
    checked = checked_float(share, f"Share {place + 1}")
    if not 0 <= checked <= 1:
        raise ValueError(f"Share {place + 1} is {checked}: give one from 0 to 1.")
    return checked * weight


def share_of(value: Number | None, full: Number) -> float | None:
    """``value`` over ``full``, at most 1; None where ``value`` is not known. Both have one unit.

    ValueError: a value below 0, ``full`` that is not above 0.
    """
    if checked_number(full, "What is full") <= 0:
        raise ValueError(f"What is full is {full}: give a number above 0.")
    if value is None:
        return None
    if checked_number(value, "The value") < 0:
        raise ValueError(f"The value is {value}: give a number of at least 0.")
    return min(1.0, float(value) / float(full))


def nearness(km: Number | None, far: Number) -> float | None:
    """1 at the same place, 0 from ``far`` kilometres on, a straight line between; None where it is not known.

    ValueError: as ``share_of``.
    """
    share = share_of(km, far)
    return None if share is None else 1 - share


def distance_km(here: tuple[Number, Number], there: tuple[Number, Number]) -> float:
    """Great-circle distance in kilometres between two points, each latitude and longitude in degrees.

    By the haversine on a sphere: no road is as short. ValueError: a latitude beyond 90 or a longitude beyond 180.
    """
    (lat, lng), (other_lat, other_lng) = _radians(here), _radians(there)
    half = math.sin((other_lat - lat) / 2) ** 2 + math.cos(lat) * math.cos(other_lat) * (
        math.sin((other_lng - lng) / 2) ** 2
    )
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def _radians(point: tuple[Number, Number]) -> tuple[float, float]:
    lat, lng = checked_float(point[0], "The latitude"), checked_float(point[1], "The longitude")
    if abs(lat) > 90 or abs(lng) > 180:
        raise ValueError(f"({lat}, {lng}) is no place: latitudes go to 90 and longitudes to 180 degrees.")
    return math.radians(lat), math.radians(lng)
