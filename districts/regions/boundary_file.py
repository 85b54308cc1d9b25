"""Reads a GeoJSON file of kecamatan; what is wrong is said in sentences, all of it at once."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from districts.regions.models import PLACE_WORD, District
from districts.regions.shapes import Ring, crossing

WEST, SOUTH, EAST, NORTH = 94.0, -12.0, 142.0, 7.0  # Indonesia
MAX_POINTS = 200_000
MAX_RINGS = 2_000
HAIR = 0.01  # share of the area
CODE_KEYS = ("kode", "code", "kode_kec", "kdckmn", "kdcpum", "kdppum", "kode_kemendagri", "id")
NAME_KEYS_OF_VILLAGES = ("wadmkd", "desa", "kelurahan", "nama_desa", "nm_desa", "nama_kel", "nm_kelurahan", "name_4")
NAME_KEYS = ("nama", "name", "namobj", "wadmkc", "kecamatan", "nama_kec", "name_3", "nm_kecamatan")
OTHER_LEVELS = {2: "provinsi", 4: "kabupaten", 10: "desa"}  # digits of an official code; kecamatan have 6
WRITTEN_CODE = re.compile(r"[0-9]{2}(\.[0-9]{2}){0,2}(\.[0-9]{4})?")
KNOWN_CRS = re.compile(r"CRS84|EPSG:{1,2}4326|EPSG/0/4326", re.IGNORECASE)


class BoundaryFileError(Exception):
    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = list(problems)
        super().__init__("; ".join(self.problems))


@dataclass
class BoundaryFile:
    """Rings of each kecamatan by its code, outer ones and holes alike (drawn by the even-odd rule)."""

    rings: dict[str, list[Ring]] = field(default_factory=dict)
    source: str = ""
    skipped: list[str] = field(default_factory=list)
    hairs: int = 0  # rings that cross themselves by less than a hair, as simplified rivers do


def read_boundaries(
    content: bytes,
    districts: Iterable[District],
    *,
    aliases: Mapping[str, str] | None = None,
    skip_unknown: bool = False,
) -> BoundaryFile:
    """Match the areas of a FeatureCollection to ``districts`` by code, else by name or by ``aliases`` (name: code).

    Raises ``BoundaryFileError``.
    """
    data = _collection(content)
    finder = _Finder(districts, aliases or {})
    found = BoundaryFile(source=_source(data))
    problems = [*finder.problems, *_read_areas(data["features"], finder, found, skip_unknown=skip_unknown)]
    points = sum(len(ring) for rings in found.rings.values() for ring in rings)
    if points > MAX_POINTS:
        sentence = "Berkas ini punya %(n)d titik, paling banyak %(most)d. Sederhanakan dahulu dengan mapshaper."
        problems.append(sentence % {"n": points, "most": MAX_POINTS})
    elif not problems:
        problems = list(_check_crossings(found))
    if not found.rings and not problems:
        problems = ["Tidak ada satu pun kecamatan yang dikenal di berkas ini."]
    if problems:
        raise BoundaryFileError(problems)
    return found


def _read_areas(
    features: Iterable[Any], finder: "_Finder", found: BoundaryFile, *, skip_unknown: bool
) -> Iterator[str]:
    """Put the rings of each area into ``found``; sentences about those that cannot be taken."""
    for number, feature in enumerate(features, 1):
        label, district, why = finder.match(feature, number)
        if district is None and skip_unknown:
            found.skipped.append(label)
        elif district is None:
            yield f"{label}: {why}"
        elif district.code in found.rings:
            yield f"{label}: kecamatan ini sudah ada di berkas. Gabungkan menjadi satu MultiPolygon."
        else:
            try:
                found.rings[district.code] = list(_rings(feature))
            except ValueError as error:
                yield f"{label}: {error}"


def _collection(content: bytes) -> dict[str, Any]:
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise BoundaryFileError(["Berkas ini bukan GeoJSON: isinya tidak dapat dibaca sebagai JSON."]) from error
    if (
        not isinstance(data, dict)
        or data.get("type") != "FeatureCollection"
        or not isinstance(data.get("features"), list)
    ):
        raise BoundaryFileError(["Berkas ini bukan GeoJSON berjenis FeatureCollection."])
    crs = data.get("crs")
    if crs is not None and not KNOWN_CRS.search(json.dumps(crs)):
        raise BoundaryFileError(
            ["Sistem koordinat berkas ini bukan WGS84. Simpan ulang sebagai EPSG:4326 (bujur, lintang)."]
        )
    if not data["features"]:
        raise BoundaryFileError(["Berkas ini tidak memuat satu wilayah pun."])
    return data


def _source(data: Mapping[str, Any]) -> str:
    metadata = data.get("metadata")
    about = metadata if isinstance(metadata, dict) else data
    parts = [about.get(key) for key in ("source", "sumber", "licence", "license", "lisensi")]
    return " · ".join(part.strip() for part in parts if isinstance(part, str) and part.strip())


class _Finder:
    def __init__(self, districts: Iterable[District], aliases: Mapping[str, str]) -> None:
        rows = list(districts)
        self.by_code = {_digits(row.code): row for row in rows}
        self.by_name = {_plain(row.name): row for row in rows}
        self.problems: list[str] = []
        for name, code in aliases.items():
            district = self.by_code.get(_digits(code))
            if district is None:
                self.problems.append(f"Nama lain {name}: kode {code} tidak dikenal.")
            else:
                self.by_name[_plain(name)] = district

    def match(self, feature: Any, number: int) -> tuple[str, District | None, str]:
        """How to name the feature in a sentence, its kecamatan, and why it has none.

        A code that is there decides alone: a desa often bears the name of its kecamatan.
        """
        named = _names_of(feature)
        label, unknown = named.label(number), "kecamatan ini tidak dikenal."
        if named.district_codes:
            return label, _first(self.by_code, map(_digits, named.district_codes)), unknown
        if level := named.other_level:
            return label, None, f"ini {level}, bukan kecamatan. Pakai berkas batas kecamatan."
        return label, _first(self.by_name, map(_plain, named.names)), unknown


@dataclass(frozen=True)
class _Named:
    """By what a feature says which area it is: its codes, each with its key, and its names."""

    codes: list[tuple[str, str]]
    names: list[str]
    names_village: bool

    @property
    def district_codes(self) -> list[str]:
        return [code for _key, code in self.codes if len(_digits(code)) == 6 and _digits(code).isdigit()]

    @property
    def other_level(self) -> str:
        """Which level the feature is of, if not a kecamatan."""
        level = next((level for key, code in self.codes if (level := _other_level(key, code))), "")
        return level or (OTHER_LEVELS[10] if self.names_village else "")

    def label(self, number: int) -> str:
        codes = self.district_codes or [code for _key, code in self.codes]
        told = " ".join([*codes[:1], *self.names[:1]])[:80]
        return f"Wilayah ke-{number} ({told})" if told else f"Wilayah ke-{number}"


def _names_of(feature: Any) -> _Named:
    properties = _properties(feature)
    codes = [(key, properties.get(key)) for key in CODE_KEYS]
    codes.append(("id", feature.get("id") if isinstance(feature, dict) else None))
    return _Named(
        codes=[(key, str(code)) for key, code in codes if isinstance(code, str | int) and str(code).strip()],
        names=[properties[key] for key in NAME_KEYS if isinstance(properties.get(key), str)],
        names_village=any(str(properties.get(key) or "").strip() for key in NAME_KEYS_OF_VILLAGES),
    )


def _properties(feature: Any) -> dict[str, Any]:
    given = feature.get("properties") if isinstance(feature, dict) else None
    return {str(key).casefold(): value for key, value in given.items()} if isinstance(given, dict) else {}


def _first(districts: Mapping[str, District], keys: Iterable[str]) -> District | None:
    return next((districts[key] for key in keys if key in districts), None)


def _other_level(key: str, code: str) -> str:
    """Whose official code this is, if not of a kecamatan; a bare number under "id" only counts the features."""
    digits = _digits(code)
    if not digits.isdigit() or (key == "id" and "." not in code and len(digits) != 10):
        return ""
    if "." in code and not WRITTEN_CODE.fullmatch(code.strip()):
        return ""
    return OTHER_LEVELS.get(len(digits), "")


def _digits(code: str) -> str:
    return re.sub(r"[.\s-]", "", code)


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", PLACE_WORD.sub("", name.strip()).casefold())


def _rings(feature: Mapping[str, Any]) -> Iterator[Ring]:
    """Every ring of a Polygon or MultiPolygon; raises ``ValueError`` with a sentence."""
    rings = [ring for polygon in _polygons(feature) for ring in polygon]
    if len(rings) > MAX_RINGS:
        raise ValueError(f"lebih dari {MAX_RINGS} garis batas.")
    for ring in rings:
        yield _ring(ring)


def _polygons(feature: Mapping[str, Any]) -> list[list[Any]]:
    geometry = feature.get("geometry")
    if not isinstance(geometry, dict) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        raise ValueError("bentuknya harus Polygon atau MultiPolygon.")
    found = geometry.get("coordinates")
    polygons = [found] if geometry["type"] == "Polygon" else found
    if not isinstance(polygons, list) or not polygons or not all(isinstance(each, list) and each for each in polygons):
        raise ValueError("garis batasnya kosong.")
    return polygons


def _ring(ring: Any) -> Ring:
    if not isinstance(ring, list) or len(ring) < 4:
        raise ValueError("garis batas punya kurang dari 4 titik.")
    points = [_point(point) for point in ring]
    if points[0] != points[-1]:
        raise ValueError("garis batas tidak kembali ke titik awalnya.")
    kept = [point for place, point in enumerate(points[:-1]) if point != points[place - 1] or place == 0]
    if len(set(kept)) < 3:
        raise ValueError("garis batas tidak melingkupi wilayah.")
    return kept


def _point(point: Any) -> tuple[float, float]:
    numbers = point[:2] if isinstance(point, list) else []
    if len(numbers) < 2 or not all(isinstance(each, int | float) and not isinstance(each, bool) for each in numbers):
        raise ValueError("ada titik yang bukan pasangan angka bujur dan lintang.")
    lng, lat = numbers
    if not (WEST <= lng <= EAST and SOUTH <= lat <= NORTH):  # not a number is outside too
        raise ValueError(
            f"titik ({str(lng)[:20]}, {str(lat)[:20]}) di luar Indonesia. "
            "Simpan ulang sebagai WGS84, bujur lalu lintang dalam derajat."
        )
    return round(float(lng), 6), round(float(lat), 6)


def _check_crossings(found: BoundaryFile) -> Iterator[str]:
    """Sentences of rings that cross themselves for good; those that do so by a hair are only counted."""
    for code, each in found.rings.items():
        for ring in each:
            worst = crossing(ring)
            if worst is None:
                continue
            (x, y), share = worst
            if share <= HAIR:
                found.hairs += 1
                continue
            yield f"{code}: garis batas memotong dirinya sendiri di sekitar ({x:.5f}, {y:.5f})."
