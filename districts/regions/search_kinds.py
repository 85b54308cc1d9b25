"""How the search finds kecamatan and villages: by name, other names and code; misspelt names too."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from districts.regions.models import District, Village
from p2emas.registry.kinds import Hit, SearchKind


def _names(place: Village | District) -> Iterator[str]:
    yield place.name
    yield from sorted(alias.name for alias in place.aliases.all())


def _also(place: Village | District) -> str:
    others = ", ".join(sorted(alias.name for alias in place.aliases.all()))
    return f"nama lain: {others}" if others else ""


def _about(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _villages(reader: Any) -> QuerySet[Village]:
    """The page of an active village is public."""
    return Village.objects.public().select_related("district").prefetch_related("aliases")


def _village(village: Village, reader: Any) -> Hit:
    code = f"kode {village.code}" if village.code else ""
    about = _about(f"{village.get_kind_display()} di Kecamatan {village.district}", code, _also(village))
    return Hit(village.name, village.get_absolute_url(), about)


def _districts(reader: Any) -> QuerySet[District]:
    return District.objects.for_user(reader).prefetch_related("aliases")


def _district(district: District, reader: Any) -> Hit:
    return Hit(f"Kecamatan {district}", district.get_absolute_url(), _about(f"kode {district.code}", _also(district)))


VILLAGES = SearchKind(
    code="village",
    title="Desa dan kelurahan",
    place=1,
    model=Village,
    rows=_villages,
    names=_names,
    numbers=lambda village: [village.code or ""],
    hit=_village,
    related=("aliases",),
    forgiving=True,
)
DISTRICTS = SearchKind(
    code="district",
    title="Kecamatan",
    place=2,
    model=District,
    rows=_districts,
    names=_names,
    numbers=lambda district: [district.code],
    hit=_district,
    related=("aliases",),
    forgiving=True,
)
