"""Boundaries of kecamatan: indicative lines from an imported file, for drawing only; none is shipped."""

import gzip
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice

from django.db import models, transaction

from districts.regions.boundary_file import read_boundaries
from districts.regions.models import District
from districts.regions.shapes import Ring, simplify
from p2emas import clock, schema
from p2emas.ui.drawing import outlines

DRAWN_BYTES = 16_000  # of all outlines, compressed; names, signs and links fill the rest of the 20 KB of a map
FIRST_STEP = 0.0005  # of the map's width: half a pixel of a drawing 1,000 wide
LONGEST_SOURCE = 300


class BoundaryQuerySet(models.QuerySet):
    def for_user(self, user: object) -> "BoundaryQuerySet":
        """Where a kecamatan lies is public."""
        return self


class DistrictBoundary(models.Model):
    """The outline of a kecamatan: "batas indikatif", never a legal border."""

    district = models.OneToOneField(
        District, models.CASCADE, related_name="boundary", verbose_name="kecamatan", editable=False
    )
    rings = models.JSONField("garis batas", help_text="Daftar garis tertutup, titiknya bujur dan lintang.")
    source = models.CharField("sumber", max_length=LONGEST_SOURCE)
    imported_at = models.DateTimeField("diimpor", default=schema.now)

    objects = BoundaryQuerySet.as_manager()

    class Meta:
        verbose_name = "batas kecamatan"
        verbose_name_plural = "batas kecamatan"
        ordering = ["district"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(source=""),
                name="districts_districtboundary_sourced",
                violation_error_message="Tulis asal garis batasnya.",
            )
        ]

    def __str__(self) -> str:
        return str(self.district)


@dataclass
class BoundaryResult:
    """What an import did; ``missing``: kecamatan that still have no boundary, so that the tile map stays."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    points_before: int = 0
    points: int = 0
    size: int = 0
    missing: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)  # not in the file: what is stored stays
    skipped: list[str] = field(default_factory=list)
    hairs: int = 0

    def __str__(self) -> str:
        return (
            f"{self.created} baru, {self.changed} diubah, {self.unchanged} tetap; "
            f"{self.points_before} titik menjadi {self.points}, {self.size} bita"
        )


def import_boundaries(
    *,
    content: bytes,
    source: str = "",
    aliases: Mapping[str, str] | None = None,
    skip_unknown: bool = False,
    dry_run: bool = False,
) -> BoundaryResult:
    """Keep the boundaries of a GeoJSON file, all or nothing; a kecamatan that it does not name keeps its own.

    ``dry_run`` says what would change and changes nothing. Raises ``BoundaryFileError``.
    """
    districts = list(District.objects.order_by("code"))
    file = read_boundaries(content, districts, aliases=aliases, skip_unknown=skip_unknown)
    old = {row.district.code: row for row in DistrictBoundary.objects.select_related("district")}
    kept = [row.district for code, row in old.items() if code not in file.rings]
    simple, size = fit(file.rings, DRAWN_BYTES * len(file.rings) // (len(file.rings) + len(kept)))
    said = (source.strip() or file.source or "tidak disebut dalam berkas")[:LONGEST_SOURCE]
    result = BoundaryResult(
        points_before=_points(file.rings), points=_points(simple), size=size, skipped=file.skipped, hairs=file.hairs,
        missing=[row.name for row in districts if row.code not in simple and row.code not in old],
        kept=sorted(district.name for district in kept),
    )  # fmt: skip
    with transaction.atomic():
        for district in districts:
            if district.code in simple:
                _store(result, district, old.get(district.code), _plain(simple[district.code]), said)
        transaction.set_rollback(dry_run)
    return result


def _store(result: BoundaryResult, district: District, row: DistrictBoundary | None, rings: list, source: str) -> None:
    if row is None:
        DistrictBoundary.objects.create(district=district, rings=rings, source=source)
        result.created += 1
        result.new.append(district.name)
    elif (row.rings, row.source) != (rings, source):
        row.rings, row.source, row.imported_at = rings, source, clock.now()
        row.save()
        result.changed += 1
        result.replaced.append(district.name)
    else:
        result.unchanged += 1


def remove_boundaries() -> int:
    """Back to the tile map; how many were there."""
    return DistrictBoundary.objects.all().delete()[0]


def fit(rings: Mapping[str, list[Ring]], most: int = DRAWN_BYTES) -> tuple[dict[str, list[Ring]], int]:
    """The finest outlines whose drawing fits ``most`` bytes compressed, and its size."""
    every = [ring for each in rings.values() for ring in each]
    longitudes = [lng for ring in every for lng, _lat in ring]
    tolerance = (max(longitudes) - min(longitudes)) * FIRST_STEP
    while True:
        found = _sorted_back(rings, simplify(every, tolerance))
        size = drawn_size(found)
        if size <= most or tolerance > 1:
            return found, size
        tolerance *= 1.5


def _sorted_back(rings: Mapping[str, list[Ring]], simple: Iterable[Ring]) -> dict[str, list[Ring]]:
    """Simplified rings of all kecamatan, one after the other, under their codes; each keeps at least its longest."""
    following, found = iter(simple), {}
    for code, each in rings.items():
        kept = [ring for ring in islice(following, len(each)) if ring]
        found[code] = kept or [max(each, key=len)]
    return found


def drawn_size(rings: Mapping[str, list[Ring]]) -> int:
    drawing = outlines.draw(rings)
    return len(gzip.compress("".join(each.path for each in drawing.outlines.values()).encode()))


def drawing_of(districts: list[District]) -> outlines.Drawing | None:
    """The real map of ``districts`` (read ``with_boundary``); None (draw tiles) unless each of them has one."""
    rows: dict[str, DistrictBoundary] = {}
    for district in districts:
        boundary = getattr(district, "boundary", None)
        if boundary is None:
            return None
        rows[district.code] = boundary
    if not rows:
        return None
    return outlines.draw(
        {code: row.rings for code, row in rows.items()},
        centres={d.code: (float(d.lng), float(d.lat)) for d in districts if d.lat is not None and d.lng is not None},
        source=rows[districts[0].code].source,
    )


def _points(rings: Mapping[str, list[Ring]]) -> int:
    return sum(len(ring) for each in rings.values() for ring in each)


def _plain(rings: list[Ring]) -> list[list[list[float]]]:
    """As JSON gives it back, so that an equal import is seen to be equal."""
    return [[[lng, lat] for lng, lat in ring] for ring in rings]
