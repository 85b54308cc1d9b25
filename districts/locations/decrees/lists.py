"""Rows of the public lists: the map with what decrees have set on it, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Prefetch, QuerySet

from districts.competencies.models import CoreCompetency
from districts.locations.models import TargetLocation
from districts.regions.models import District, Village, VillageAlias, place_name
from p2emas.ui import states

VILLAGE_COLUMNS = {"nama": "name", "kecamatan": ("district__name", "name"), "jenis": ("kind", "name"), "kode": "code"}
VILLAGE_HEADER = [
    "Kode",
    "Nama",
    "Jenis",
    "Kecamatan",
    "Nama lain",
    "Lokasi sasaran",
    "Kompetensi inti",
    "Keputusan",
    "Sejak",
    "Data contoh",
]
DISTRICT_COLUMNS = {"nama": "name", "kode": "code", "desa": "desa_count", "kelurahan": "kelurahan_count"}
DISTRICT_HEADER = [
    "Kode",
    "Kecamatan",
    "Desa",
    "Kelurahan",
    "Kompetensi inti",
    "Keputusan",
    "Lokasi sasaran",
    "Lokasi sasaran",
    "Data contoh",
]


def village_rows(
    on: date, *, cari: str = "", kecamatan: District | None = None, jenis: str = "", lokus: bool = False
) -> QuerySet:
    """Active villages that fit, each with ``locus`` (its target location in force on ``on``) and all its aliases."""
    rows = Village.objects.public().search(cari).select_related("district")
    if kecamatan:
        rows = rows.filter(district=kecamatan)
    if jenis:
        rows = rows.filter(kind=jenis)
    if lokus:
        rows = rows.filter(pk__in=TargetLocation.objects.in_force(on).values("village"))
    in_force = TargetLocation.objects.in_force(on).select_related("core_competency__commodity", "decree")
    return rows.prefetch_related(
        Prefetch("target_locations", queryset=in_force, to_attr="locus"),
        Prefetch("aliases", queryset=VillageAlias.objects.order_by("name", "pk")),
    )


def with_matches(rows: Iterable[Village], text: str) -> list[tuple[Village, list[str]]]:
    """The rows, each with the aliases through which ``text`` found it, when its own name did not."""
    text = place_name(text).casefold()
    return [(village, _matched(village, text)) for village in rows]


def _matched(village: Village, text: str) -> list[str]:
    if not text or text in village.name.casefold():
        return []
    return [alias.name for alias in village.aliases.all() if text in alias.name.casefold()]


def village_table(rows: QuerySet) -> Iterator[list[object]]:
    for village in rows:
        locus = village.locus[0] if village.locus else None
        yield [
            village.code,
            village.name,
            village.get_kind_display(),
            village.district.name,
            ", ".join(alias.name for alias in village.aliases.all()),
            states.word_of(locus) if locus else None,
            locus.core_competency.commodity.name if locus else None,
            str(locus.decree) if locus else None,
            locus.valid_from if locus else None,
            locus.rests_on_sample if locus else None,
        ]


def district_rows(*, cari: str = "") -> QuerySet:
    """Kecamatan that fit, with the number of their active desa and kelurahan."""
    return District.objects.search(cari).with_village_counts()


@dataclass(frozen=True)
class Decided:
    """What decrees have set in one kecamatan: its competency and target locations in force on a day."""

    competency: CoreCompetency | None
    locations: list[TargetLocation]
    has_sample: bool  # one of them rests on a sample


def with_decisions(rows: Iterable[District], on: date) -> list[tuple[District, Decided]]:
    """The rows, each with what is in force there on ``on``."""
    in_force = CoreCompetency.objects.in_force(on).select_related("commodity", "decree")
    competencies = {row.district_id: row for row in in_force.annotate(is_sample=F("determination__is_sample"))}
    locations: dict[int, list[TargetLocation]] = defaultdict(list)
    rests_on = ("village__name", "village__slug", "village__district", "decree__is_sample")
    fixed = TargetLocation.objects.in_force(on).select_related("village", "decree").order_by("village__name", "pk")
    for location in fixed.only("status", "is_sample", *rests_on):
        locations[location.village.district_id].append(location)
    found = []
    for district in rows:
        own, here = competencies.get(district.pk), locations[district.pk]
        has_sample = any(location.rests_on_sample for location in here)
        has_sample = has_sample or bool(own and (own.is_sample or own.decree.is_sample))
        found.append((district, Decided(own, here, has_sample)))
    return found


def district_table(rows: Iterable[tuple[District, Decided]]) -> Iterator[list[object]]:
    for district, decided in rows:
        competency = decided.competency
        yield [
            district.code,
            district.name,
            district.desa_count,
            district.kelurahan_count,
            competency.commodity.name if competency else None,
            str(competency.decree) if competency else None,
            len(decided.locations),
            ", ".join(location.village.name for location in decided.locations),
            decided.has_sample if competency or decided.locations else None,
        ]
