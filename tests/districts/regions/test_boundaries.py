"""Importing boundaries: what is matched, made simpler and kept, every sentence of refusal, and the way back to tiles."""

import gzip
import json
from io import StringIO
from math import cos, pi, sin

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from districts.models import District, DistrictBoundary
from districts.regions.boundaries import DRAWN_BYTES, drawing_of, fit, import_boundaries, remove_boundaries
from districts.regions.boundary_file import BoundaryFileError, read_boundaries
from districts.regions.shapes import crossing, simplify
from p2emas.ui.drawing.outlines import draw
from tests.factories import DistrictFactory, RegencyFactory
from tests.markup import tight

pytestmark = pytest.mark.django_db


def square(x, y, size=0.2):
    return [[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]]


def feature(ring=None, *, geometry=None, **properties):
    geometry = geometry or {"type": "Polygon", "coordinates": [ring or square(111, 0)]}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def geojson(*features, **more):
    return json.dumps({"type": "FeatureCollection", "features": features, **more}).encode()


@pytest.fixture
def districts():
    regency = RegencyFactory(code="61.99", name="Kabupaten Rekaan")
    return [
        DistrictFactory(regency=regency, code=f"61.99.0{n}", name=name)
        for n, name in enumerate(("Hulu Sungai", "Tengah", "Hilir"), 1)
    ]


def three(**more):
    return geojson(
        feature(square(111, 0), kode="61.99.01"),
        feature(square(111.2, 0), KODE_KEC="619902"),
        feature(square(111.4, 0), nama="Kecamatan Hilir"),
        **more,
    )


def refusal(content, **options):
    with pytest.raises(BoundaryFileError) as refused:
        read_boundaries(content, District.objects.all(), **options)
    return refused.value.problems


# --- Import ------------------------------------------------------------------------------------------------------


def test_import_matches_codes_with_and_without_dots_and_names(districts):
    result = import_boundaries(content=three(metadata={"source": "Rekaan"}))

    assert (result.created, result.missing) == (3, [])
    assert {row.district.code: row.source for row in DistrictBoundary.objects.select_related("district")} == {
        "61.99.01": "Rekaan",
        "61.99.02": "Rekaan",
        "61.99.03": "Rekaan",
    }


def test_import_again_changes_nothing(districts):
    import_boundaries(content=three())
    before = set(DistrictBoundary.objects.values_list("pk", "imported_at"))

    result = import_boundaries(content=three())

    assert (result.created, result.changed, result.unchanged) == (0, 0, 3)
    assert set(DistrictBoundary.objects.values_list("pk", "imported_at")) == before


def test_import_of_another_source_replaces_what_it_names_and_nothing_else(districts):
    import_boundaries(content=three())

    result = import_boundaries(content=geojson(feature(kode="61.99.01")), source="Peta lain")

    assert (result.changed, result.replaced, result.kept) == (1, ["Hulu Sungai"], ["Hilir", "Tengah"])
    assert result.missing == []
    assert dict(DistrictBoundary.objects.values_list("district__code", "source")) == {
        "61.99.01": "Peta lain",
        "61.99.02": "tidak disebut dalam berkas",
        "61.99.03": "tidak disebut dalam berkas",
    }


@pytest.mark.parametrize("village", [
    {"kode": "6199022001", "nama": "Tengah"},
    {"KODE": "61.99.02.2001", "WADMKC": "Tengah"},
    {"id": "61.99.02.2001", "nama": "Tengah"},
    {"wadmkd": "Tengah", "wadmkc": "Tengah"},
    {"code": "61.99", "name": "Tengah"},
    {"code": 6199, "name": "Tengah"},
])  # fmt: skip
def test_code_of_another_level_never_falls_back_to_the_name(districts, village):
    """Desa polygons bear the names of their kecamatan: five of them once replaced five kecamatan, 18 were deleted."""
    import_boundaries(content=three(metadata={"source": "Kecamatan"}))
    before = list(DistrictBoundary.objects.order_by("pk").values_list("district", "rings", "source"))
    content = geojson(feature(square(111.3, 0.1, 0.01), **village))

    (problem,) = refusal(content)
    with pytest.raises(BoundaryFileError):
        import_boundaries(content=content, skip_unknown=True)

    assert problem.endswith("bukan kecamatan. Pakai berkas batas kecamatan.")
    assert list(DistrictBoundary.objects.order_by("pk").values_list("district", "rings", "source")) == before


def test_number_that_counts_the_features_is_no_code(districts):
    content = geojson(feature(id=1001, nama="Tengah"), feature(square(111.2, 0), id=12, nama="Hilir"))

    assert set(read_boundaries(content, districts).rings) == {"61.99.02", "61.99.03"}


def test_dry_run_says_what_would_change_and_changes_nothing(districts, tmp_path):
    import_boundaries(content=geojson(feature(kode="61.99.01")))
    before = list(DistrictBoundary.objects.values())
    file, out = tmp_path / "batas.geojson", StringIO()
    file.write_bytes(geojson(feature(square(112, 0), kode="61.99.01"), feature(square(111, 0), kode="61.99.02")))

    call_command("import_boundaries", str(file), "--dry-run", stdout=out)

    assert "Batas baru: Tengah" in out.getvalue() and "Batas diganti: Hulu Sungai" in out.getvalue()
    assert "tidak ada yang disimpan" in out.getvalue()
    assert list(DistrictBoundary.objects.values()) == before
    call_command("import_boundaries", "--remove", "--dry-run", stdout=out)
    assert "1 batas akan dihapus" in out.getvalue() and DistrictBoundary.objects.count() == 1


def test_alias_gives_a_name_its_code(districts):
    content = geojson(feature(nama="Ulu Sei"))

    assert refusal(content) == ["Wilayah ke-1 (Ulu Sei): kecamatan ini tidak dikenal."]
    assert list(read_boundaries(content, districts, aliases={"Ulu Sei": "61.99.01"}).rings) == ["61.99.01"]
    assert refusal(content, aliases={"Ulu Sei": "99"})[0] == "Nama lain Ulu Sei: kode 99 tidak dikenal."


def test_a_foreign_code_is_not_matched_by_its_name(districts):
    content = geojson(feature(kode="61.01.01", nama="Tengah"), feature(square(111.2, 0), kode="61.99.02"))

    assert refusal(content) == ["Wilayah ke-1 (61.01.01 Tengah): kecamatan ini tidak dikenal."]
    assert read_boundaries(content, districts, skip_unknown=True).skipped == ["Wilayah ke-1 (61.01.01 Tengah)"]


def test_holes_and_islands_are_kept_as_rings(districts):
    geometry = {
        "type": "MultiPolygon",
        "coordinates": [[square(111, 0, 1), square(111.4, 0.4, 0.1)], [square(113, 0)]],
    }

    import_boundaries(content=geojson(feature(geometry=geometry, kode="61.99.01")))

    assert [len(ring) for ring in DistrictBoundary.objects.get().rings] == [4, 4, 4]


def test_missing_kecamatan_are_told_and_the_tiles_stay(districts):
    out = StringIO()
    file = geojson(feature(kode="61.99.01"))

    result = import_boundaries(content=file)

    assert result.missing == ["Tengah", "Hilir"]
    assert drawing_of(list(District.objects.with_boundary())) is None
    call_command("import_boundaries", "--remove", stdout=out)
    assert "1 batas dihapus" in out.getvalue()


# --- Refusals ----------------------------------------------------------------------------------------------------

BOW_TIE = [[111, 0], [112, 1], [112, 0], [111, 1], [111, 0]]
BAD = {
    "no JSON": (b"peta", "tidak dapat dibaca sebagai JSON"),
    "no text": (b"\xff\xfe\x00", "tidak dapat dibaca sebagai JSON"),
    "too deep": (b"[" * 100_000, "tidak dapat dibaca sebagai JSON"),
    "a list": (b"[]", "FeatureCollection"),
    "one feature": (json.dumps(feature(kode="61.99.01")).encode(), "FeatureCollection"),
    "nothing": (geojson(), "tidak memuat satu wilayah pun"),
    "CRS named": (
        geojson(feature(kode="61.99.01"), crs={"properties": {"name": "urn:ogc:def:crs:EPSG::32749"}}),
        "bukan WGS84",
    ),
    "metres": (geojson(feature(square(500_000, 10_000, 100), kode="61.99.01")), "di luar Indonesia"),
    "latitude first": (geojson(feature(square(0.1, 111), kode="61.99.01")), "di luar Indonesia"),
    "not a number": (geojson(feature([[float("nan"), 0]] * 4, kode="61.99.01")), "di luar Indonesia"),
    "endless": (geojson(feature([[10**400, 0]] * 4, kode="61.99.01")), "di luar Indonesia"),
    "words": (geojson(feature([["a", "b"]] * 4, kode="61.99.01")), "bukan pasangan angka"),
    "truth": (geojson(feature([[True, False]] * 4, kode="61.99.01")), "bukan pasangan angka"),
    "no geometry": (geojson({"type": "Feature", "properties": {"kode": "61.99.01"}}), "Polygon atau MultiPolygon"),
    "a point": (
        geojson(feature(geometry={"type": "Point", "coordinates": [111, 0]}, kode="61.99.01")),
        "Polygon atau MultiPolygon",
    ),
    "empty": (geojson(feature(geometry={"type": "Polygon", "coordinates": []}, kode="61.99.01")), "kosong"),
    "too short": (geojson(feature([[111, 0], [112, 0], [111, 0]], kode="61.99.01")), "kurang dari 4 titik"),
    "open": (geojson(feature(square(111, 0)[:-1], kode="61.99.01")), "tidak kembali ke titik awalnya"),
    "a line": (geojson(feature([[111, 0], [112, 0], [111, 0], [111, 0]], kode="61.99.01")), "tidak melingkupi"),
    "bow tie": (geojson(feature(BOW_TIE, kode="61.99.01")), "memotong dirinya sendiri"),
    "twice": (geojson(feature(kode="61.99.01"), feature(kode="61.99.01")), "sudah ada di berkas"),
    "unknown": (geojson(feature(nama="Antah")), "tidak dikenal"),
    "no properties": (geojson({"type": "Feature", "properties": None, "geometry": None}), "tidak dikenal"),
    "a word for a feature": (geojson("kecamatan"), "tidak dikenal"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_file_is_refused_with_a_sentence_and_changes_nothing(districts, name, tmp_path):
    content, sentence = BAD[name]
    import_boundaries(content=three())
    before = list(DistrictBoundary.objects.values())
    file = tmp_path / "batas.geojson"
    file.write_bytes(content)

    with pytest.raises(CommandError, match="tidak ada yang berubah") as refused:
        call_command("import_boundaries", str(file))

    assert sentence in str(refused.value)
    assert list(DistrictBoundary.objects.values()) == before


def test_too_many_points_are_refused(districts, monkeypatch):
    monkeypatch.setattr("districts.regions.boundary_file.MAX_POINTS", 10)

    assert "12 titik, paling banyak 10" in refusal(three())[0]


def test_command_says_what_is_wrong_with_its_words(districts, tmp_path):
    for words, sentence in (
        ([], "Sebut berkas GeoJSON"),
        ([str(tmp_path / "tidak-ada.json")], "tidak dapat dibaca"),
        ([str(tmp_path / "x.json"), "--alias", "tanpa tanda"], "NAMA=KODE"),
    ):
        with pytest.raises(CommandError, match=sentence):
            call_command("import_boundaries", *words)


# --- Shapes ------------------------------------------------------------------------------------------------------


def wavy(x, y, right):
    """A square whose left or right side is a wave: the shared border of two neighbours."""
    wave = [(x + 0.02 * sin(n), y + n / 100) for n in range(101)]
    corners = [(x + 1, y + 1), (x + 1, y)] if right else [(x - 1, y + 1), (x - 1, y)]
    return [*wave, *corners]


def test_neighbours_keep_one_border_when_they_are_simplified():
    one, other = wavy(111, 0, right=True), wavy(111, 0, right=False)[::-1]

    simple, neighbour = simplify([one, other], 0.015)

    shared = [point for point in simple if point in set(one) & set(other)]
    assert len(simple) < len(one) / 2
    assert shared == [point for point in simple if point in neighbour]
    assert {point for point in neighbour if point in set(one)} == set(shared)


def test_hole_and_island_in_it_keep_one_border():
    circle = [(111 + cos(n * pi / 50) / 10, sin(n * pi / 50) / 10) for n in range(100)]
    turned = circle[37:] + circle[:37]

    hole, island = simplify([circle, turned[::-1]], 0.01)

    assert 3 < len(hole) < 30
    assert set(hole) == set(island)


def test_a_crossing_by_a_hair_is_less_than_a_bow_tie():
    hair = [(0, 0), (10, 0), (10, 10), (5, 10), (5.1, 10.1), (5.1, 9.9), (4.9, 10.1), (0, 10)]

    assert crossing([(0, 0), (1, 0), (1, 1), (0, 1)]) is None
    assert crossing([(0, 0), (1, 1), (1, 0), (0, 1)])[1] == pytest.approx(0.5)
    assert crossing(hair)[1] < 0.01


def test_outlines_are_made_coarser_until_the_drawing_fits():
    rings = {
        f"{n}": [
            [(111 + n + cos(a / 3000) + sin(a * 7.7) / 300, sin(a / 3000) + cos(a * 9.1) / 300) for a in range(18_000)]
        ]
        for n in range(4)
    }

    found, size = fit(rings)

    assert size <= DRAWN_BYTES
    assert all(len(each[0]) >= 3 for each in found.values())
    assert sum(len(each[0]) for each in found.values()) < 72_000 / 4


def test_drawing_has_north_above_and_whole_numbers():
    drawn = draw(
        {"utara": [square(111, 1)], "selatan": [square(111, 0)]}, centres={"utara": (111.1, 1.1)}, source="Rekaan"
    )

    assert drawn.outlines["utara"].y < drawn.outlines["selatan"].y
    assert drawn.outlines["utara"].path.startswith("M0 167l")
    assert (drawn.height, drawn.source) == (1000, "Rekaan")


# --- Pages -------------------------------------------------------------------------------------------------------


def test_map_page_draws_tiles_until_boundaries_are_complete_and_tiles_again_after(districts):
    def page():
        return tight(Client().get("/peta/").text)

    assert 'class="tiles"' in page() and '<svg viewBox="-4' not in page()
    import_boundaries(content=three(), source="Survei <rekaan>")

    drawn = page()
    assert 'class="tiles"' not in drawn
    assert drawn.count('fill-rule="evenodd"') == 3
    assert "Batas indikatif, bukan batas hukum. Sumber: Survei &lt;rekaan&gt;." in drawn
    assert (
        'href="/kecamatan/61.99.01/" aria-label="Hulu Sungai: kompetensi inti belum ditetapkan, Belum ada lokasi sasaran, fisik'
        in drawn
    )
    assert '<th scope="row"><a href="/kecamatan/61.99.01/">Hulu Sungai</a></th>' in drawn

    assert remove_boundaries() == 3
    assert 'class="tiles"' in page()


def test_map_of_a_whole_regency_is_light():
    """Fourteen kecamatan with far more line than a drawing may have: the picture stays under 20 KB compressed."""
    regency = RegencyFactory(code="61.98")
    rows = [DistrictFactory(regency=regency, code=f"61.98.{n:02d}", name=f"Kecamatan Rekaan {n}") for n in range(1, 15)]

    def coast(n):  # a star with many small bays
        middle, steps = (111 + n % 4, n // 4), 2000
        radii = [0.4 + sin(a * 12.9898 + n) / 99 for a in range(steps)]
        angles = [2 * pi * a / steps for a in range(steps)]
        return [[middle[0] + r * cos(t), middle[1] + r * sin(t)] for r, t in zip(radii, angles, strict=True)]

    rings = [coast(n) for n in range(14)]

    result = import_boundaries(
        content=geojson(*(feature([*ring, ring[0]], kode=row.code) for ring, row in zip(rings, rows, strict=True)))
    )

    html = Client().get("/peta/").content.decode()
    svg = html[html.index('<svg viewBox="-4') : html.index("<figcaption>")]
    assert result.points > 500
    assert len(gzip.compress(svg.encode())) <= 20_000
