"""Boundaries that were overwritten by those of another level, and a second regency in the database."""

from collections.abc import Iterator
from statistics import median

from districts.regions.boundaries import DistrictBoundary
from districts.regions.models import District, Regency, Village
from p2emas.registry.kinds import Suspect

TIMES = 20  # kecamatan of one regency differ in size by less, a desa from its kecamatan often by more
MAP = "/peta/."


def second_regency() -> Iterator[Suspect]:
    regencies = list(Regency.objects.order_by("pk"))
    for other in regencies[1:]:
        count = District.objects.filter(regency=other).count()
        words = {"name": other.name, "code": other.code, "count": count, "first": regencies[0].name}
        yield Suspect(
            "{name} ({code}, {count} kecamatan) ada di samping {first}: satu basis data hanya untuk satu.".format(
                **words
            ),
            "/kecamatan/.",
            "pulihkan cadangan dari sebelum wilayahnya dimuat, atau hubungi pengembang.",
        )


def boundaries() -> Iterator[Suspect]:
    rows = list(DistrictBoundary.objects.select_related("district").order_by("district__code"))
    if not rows:
        return
    usual = median(_area(row.rings) for row in rows)
    again = "impor ulang berkas batas kecamatan: manage.py import_boundaries BERKAS --dry-run, lalu tanpa --dry-run."
    for row in rows:
        if odd := _centre_outside(row) or _villages_outside(row) or _size(row, usual, len(rows)):
            yield Suspect(f"{row.district.name}: {odd}.", MAP, again)
    if missing := list(District.objects.filter(boundary=None).order_by("name").values_list("name", flat=True)):
        words = {"have": len(rows), "count": len(missing), "names": ", ".join(missing[:5])}
        what = "{have} kecamatan punya batas, {count} tidak ({names}): mungkin terhapus.".format(**words)
        yield Suspect(what, MAP, again)


def _centre_outside(row: DistrictBoundary) -> str:
    district = row.district
    if district.lat is None or district.lng is None or _holds(row.rings, float(district.lng), float(district.lat)):
        return ""
    return "titik tengahnya di luar batasnya"


def _villages_outside(row: DistrictBoundary) -> str:
    points = Village.objects.filter(district=row.district).values_list("lng", "lat")
    centres = [(float(lng), float(lat)) for lng, lat in points if lng is not None and lat is not None]
    outside = [each for each in centres if not _holds(row.rings, *each)]
    if len(outside) * 2 <= len(centres):
        return ""
    return f"{len(outside)} dari {len(centres)} titik desanya di luar batasnya"


def _size(row: DistrictBoundary, usual: float, count: int) -> str:
    size = _area(row.rings)
    if count < 4 or not usual or usual / TIMES <= size <= usual * TIMES:
        return ""
    return f"luasnya lebih dari {TIMES} kali lain dari kecamatan lain"


def _area(rings: list) -> float:
    """In square degrees; holes count as land, which only compares."""
    return sum(
        abs(sum(x * v - u * y for (x, y), (u, v) in zip(ring, [*ring[1:], ring[0]], strict=True))) / 2 for ring in rings
    )


def _holds(rings: list, x: float, y: float) -> bool:
    """Whether the point is in the box around the rings: a river bend may cut off a true centre, a box does not."""
    points = [point for ring in rings for point in ring]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    return west <= x <= east and south <= y <= north
