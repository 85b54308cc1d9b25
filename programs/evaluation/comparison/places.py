"""Which villages may be held against target locations: none of them, none of their neighbours.

No borders of villages are known, only points, and not of every village. Two villages with points are neighbours up to
``COMPARISON_NEIGHBOUR_KM``; where one of the two has none, all villages of one kecamatan are.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from districts.locations.models import TargetLocation
from districts.regions.models import Village
from p2emas.methods.matching import distance_km


def supported_villages(later_year: int, today: date) -> list[int]:
    """Villages that are target locations on the last day of ``later_year``, or on ``today`` if that comes first."""
    on = min(today, date(later_year, 12, 31))
    return sorted(TargetLocation.objects.in_force(on).order_by().values_list("village", flat=True).distinct())


def ever_supported(later_year: int) -> list[int]:
    """Villages that were a target location at any time up to the end of ``later_year``."""
    begun = TargetLocation.objects.filter(valid_from__lte=date(later_year, 12, 31))
    return sorted(begun.order_by().values_list("village", flat=True).distinct())


@dataclass(frozen=True)
class Spot:
    """Where a village is: its kecamatan, and its point where one is known."""

    pk: int
    district: int
    point: tuple[float, float] | None

    @classmethod
    def of(cls, village: Village) -> "Spot":
        known = village.lat is not None and village.lng is not None
        point = (float(village.lat or 0), float(village.lng or 0)) if known else None
        return cls(village.pk, village.district_id, point)

    def touches(self, other: "Spot") -> bool:
        if self.point is None or other.point is None:
            return self.district == other.district
        return distance_km(self.point, other.point) <= settings.COMPARISON_NEIGHBOUR_KM


def untouched(villages: Iterable[Village], targets: Iterable[Village]) -> list[Village]:
    """Those of ``villages`` that are neither a target nor the neighbour of one."""
    held = [Spot.of(target) for target in targets]
    own = {spot.pk for spot in held}
    return [each for each in villages if each.pk not in own and not _is_beside(Spot.of(each), held)]


def _is_beside(spot: Spot, targets: Iterable[Spot]) -> bool:
    return any(spot.touches(target) for target in targets)
