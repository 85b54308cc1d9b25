"""Which line a photo probably shows, by where and when it was taken. A guess is offered, never stored unseen."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from django.utils import timezone

from districts.regions.models import District, Village
from programs.reporting.filling.figures import FigureRow, FigureTable
from programs.reporting.reports.parts import ReportAttachment

NEAR_KM = 10  # further from a village nobody can say that its work is shown
FAR_KM = 60  # further from the seat of a kecamatan the photo was taken in none
KM_A_DEGREE = 111.2
Place = tuple[float, float]
Located = TypeVar("Located", District, Village)


@dataclass(frozen=True)
class PhotoGuess:
    """``row`` is None where there is nothing to go by. ``sure``: nothing about it asks for a second look."""

    row: FigureRow | None
    words: str
    sure: bool = False


@dataclass(frozen=True)
class PhotoPlace:
    """Where a photo was taken, as far as the places that are known tell: a village, else the kecamatan."""

    name: str
    rows: list[FigureRow]
    is_village: bool


@dataclass(frozen=True)
class PhotoPlaces:
    """The places of a report's lines, and what was done in each."""

    table: FigureTable

    @cached_property
    def _villages(self) -> Mapping[int, Village]:
        return Village.objects.only("name", "lat", "lng", "district").in_bulk({row.village_id for row in self._rows})

    @cached_property
    def _districts(self) -> list[District]:
        return list(District.objects.exclude(lat=None).exclude(lng=None).only("name", "lat", "lng"))

    @cached_property
    def _rows(self) -> list[FigureRow]:
        return [row for row in self.table.rows if row.village_id]

    def place_of_photo(self, photo: ReportAttachment) -> PhotoPlace | None:
        """A village of the report that is near; else the kecamatan whose seat is the nearest of all."""
        if photo.lat is None or photo.lng is None:
            return None
        here = float(photo.lat), float(photo.lng)
        return self._village_near(here) or self._district_around(here)

    def _village_near(self, here: Place) -> PhotoPlace | None:
        known = [each for each in self._villages.values() if each.lat is not None and each.lng is not None]
        village = _nearest(here, known, within=NEAR_KM)
        if village is None:
            return None
        return PhotoPlace(village.name, [row for row in self._rows if row.village_id == village.pk], True)

    def _district_around(self, here: Place) -> PhotoPlace | None:
        district = _nearest(here, self._districts, within=FAR_KM)
        if district is None:
            return None
        there = {pk for pk, each in self._villages.items() if each.district_id == district.pk}
        return PhotoPlace(str(district), [row for row in self._rows if row.village_id in there], False)

    def guess(self, photo: ReportAttachment) -> PhotoGuess:
        if photo.line_id is not None:
            chosen = next((row for row in self.table.rows if row.line.pk == photo.line_id), None)
            return PhotoGuess(chosen, *self._outside(photo))
        place = self.place_of_photo(photo)
        if place is None or not place.rows:
            return PhotoGuess(None, self._without_place(photo))
        likely, count = _likeliest(place.rows), len(place.rows)
        if words := self._outside(photo)[0]:
            return PhotoGuess(likely, words)
        if count > 1:
            return PhotoGuess(likely, f"{count} kegiatan di {place.name}, periksa")
        if place.is_village:
            return PhotoGuess(likely, "Ditebak dari tempat", sure=True)
        return PhotoGuess(likely, f"Ditebak dari {place.name}, periksa")

    @staticmethod
    def _without_place(photo: ReportAttachment) -> str:
        return "Tanpa tempat, pilih sendiri" if photo.lat is None else "Jauh dari lokasi kegiatan, pilih sendiri"

    def _outside(self, photo: ReportAttachment) -> tuple[str, bool]:
        """A photo of another quarter may show work of this one; it is only said."""
        period = self.table.report.period
        if photo.taken_at is None:
            return "", True
        day = timezone.localtime(photo.taken_at).date()
        return ("", True) if period.starts <= day <= self.table.report.due_on else ("Di luar triwulan ini", False)


def _likeliest(rows: Sequence[FigureRow]) -> FigureRow:
    """Of the work in one village that which lacks a photo, else that which is proved by one."""
    return max(rows, key=lambda row: (row.lacks_photo, row.plan_line.is_physical_work, -row.number))


def _nearest(here: Place, places: Iterable[Located], *, within: float) -> Located | None:
    """The nearest place, if it is not further than ``within`` kilometres."""
    far = {each: kilometres(here, (float(each.lat or 0), float(each.lng or 0))) for each in places}
    nearest = min(far, key=lambda each: (far[each], each.pk), default=None)
    return nearest if nearest is not None and far[nearest] <= within else None


def kilometres(here: Place, there: Place) -> float:
    """Between two places of one regency, where the earth is flat enough."""
    north = (there[0] - here[0]) * KM_A_DEGREE
    east = (there[1] - here[1]) * KM_A_DEGREE * math.cos(math.radians((here[0] + there[0]) / 2))
    return math.hypot(north, east)
