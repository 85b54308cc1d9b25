"""Loading a regency's CSV: what it writes, that it may be repeated, and every sentence it refuses with."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from districts.management.commands.load_regions import SINTANG
from districts.regions.models import District, Regency, Village, VillageAlias
from districts.regions.region_file import RegionFileError
from districts.regions.services import load_regions

HEADER = "level,code,parent_code,name,kind,lat,lng,aliases\n"
MELAWI = HEADER + (
    "kabupaten,61.10,,Kabupaten Melawi,,,,\n"
    "kecamatan,61.10.01,61.10,Belimbing,,-0.25,111.9,\n"
    "kecamatan,61.10.02,61.10,Nanga Pinoh,,,,\n"
    "desa,61.10.01.2001,61.10.01,Semuntai,DESA,,,\n"
    "desa,61.10.01.2002,61.10.01,Batu Nanta,DESA,-0.2,111.8,Batunanta;Nanta (s.d. 2012)\n"
    "desa,61.10.02.1001,61.10.02,Tanjung Niaga,KELURAHAN,,,\n"
    "desa,,61.10.02,Tanpa Kode,DESA,,,\n"
)

pytestmark = pytest.mark.django_db


def load(text, **options):
    return load_regions(content=text.encode(), **options)


def refusals(text):
    with pytest.raises(RegionFileError) as refused:
        load_regions(content=text if isinstance(text, bytes) else text.encode())
    assert not Regency.objects.exists()
    return refused.value.problems


def test_load_regions_without_a_file_loads_sintang(django_assert_max_num_queries):
    out = StringIO()

    with django_assert_max_num_queries(64):  # rows and their words of the search go in batches
        call_command("load_regions", stdout=out)

    assert "422 baru, 0 diubah, 0 tetap" in out.getvalue()
    assert Regency.objects.get().name == "Kabupaten Sintang"
    assert District.objects.count() == 14
    assert Village.objects.filter(kind="DESA").count() == 391
    assert Village.objects.filter(kind="KELURAHAN").count() == 16
    assert Village.objects.get(code=None).slug == "bungkong-baru"
    assert Village.objects.get(code="61.05.19.2005").slug == "ensaid-panjang"
    repeated = Village.objects.filter(name__in=["Semuntai", "Sungai Mali"]).values_list("slug", flat=True)
    assert set(repeated) == {
        "semuntai-sepauk",
        "semuntai-ketungau-hilir",
        "sungai-mali-ketungau-hilir",
        "sungai-mali-dedai",
    }
    assert [v.name for v in Village.objects.search("lintak")] == ["Lintang Tambuk"]


def test_load_regions_twice_changes_nothing():
    call_command("load_regions", stdout=StringIO())
    histories = Village.history.count(), District.history.count(), VillageAlias.history.count()
    out = StringIO()

    call_command("load_regions", str(SINTANG), stdout=out)

    assert out.getvalue().strip() == "0 baru, 0 diubah, 422 tetap"
    assert (Village.history.count(), District.history.count(), VillageAlias.history.count()) == histories
    assert histories == (407, 14, 16)


def test_load_regions_refuses_a_second_regency():
    load(MELAWI)
    before = set(Village.objects.values_list("pk", "name", "slug"))

    with pytest.raises(RegionFileError) as refused:
        load_regions(content=SINTANG.read_bytes())

    (sentence,) = refused.value.problems
    assert sentence.startswith("Baris 2: berkas ini memuat Kabupaten Sintang (61.05), basis data ini milik Kabupaten")
    assert "Satu basis data hanya untuk satu kabupaten atau kota" in sentence
    assert set(Village.objects.values_list("pk", "name", "slug")) == before and Regency.objects.count() == 1


def test_load_regions_without_a_file_only_into_an_empty_database():
    load(MELAWI)

    with pytest.raises(CommandError, match="Sebut berkasnya"):
        call_command("load_regions", stdout=StringIO())

    assert Regency.objects.get().code == "61.10"


def test_load_regions_dry_run_changes_nothing(tmp_path):
    load(MELAWI)
    before = set(Village.objects.values_list("pk", "name")), Village.history.count()
    file, out = tmp_path / "wilayah.csv", StringIO()
    file.write_text(MELAWI.replace("Batu Nanta", "BATU NANTA"))

    call_command("load_regions", str(file), "--dry-run", stdout=out)

    assert "1 diubah" in out.getvalue() and "tidak ada yang disimpan" in out.getvalue()
    assert (set(Village.objects.values_list("pk", "name")), Village.history.count()) == before
    assert 'Perhatikan: 1 nama ditulis dengan huruf besar semua, misalnya "BATU NANTA"' in out.getvalue()


def test_load_regions_tells_namesakes_in_one_kecamatan():
    text = MELAWI + "desa,61.10.01.2099,61.10.01,Batu Nanta,DESA,,,\n"

    (notice,) = load(text).notices

    assert '"Batu Nanta" juga ada di baris' in notice


def test_load_regions_reads_what_excel_writes():
    text = MELAWI.replace("Batunanta;Nanta (s.d. 2012)", "").replace(",", ";").replace("\n", "\r\n")

    assert load("\ufeff" + text).created == 7


def test_load_regions_reads_cells_separated_by_tabs():
    assert load(MELAWI.replace(",", "\t")).created == 7


@pytest.mark.parametrize("sign", ["|", " ", ":"])
def test_load_regions_says_in_one_sentence_how_cells_are_separated(sign):
    with pytest.raises(RegionFileError) as refused:
        load(MELAWI.replace(";", "/").replace(",", sign))

    (sentence,) = refused.value.problems
    assert "Pisahkan dengan koma, titik koma, atau tab: level, code, parent_code, name, kind" in sentence


def test_load_regions_renamed_village_keeps_old_name_and_address():
    load(MELAWI)

    result = load(MELAWI.replace("Batu Nanta", "Batu Nanta Raya"))

    assert (result.created, result.changed, result.unchanged) == (0, 1, 6)
    assert result.changes == ["61.10.01.2002: name: Batu Nanta -> Batu Nanta Raya"]
    village = Village.objects.get(code="61.10.01.2002")
    assert (village.name, village.slug) == ("Batu Nanta Raya", "batu-nanta")
    assert set(village.aliases.values_list("name", flat=True)) == {"Batu Nanta", "Batunanta", "Nanta"}
    assert [row.name for row in village.history.all()] == ["Batu Nanta Raya", "Batu Nanta"]


def test_load_regions_keeps_what_staff_entered():
    load(MELAWI)
    village = Village.objects.get(code="61.10.01.2001")
    Village.objects.filter(pk=village.pk).update(lat="0.5", lng="111.5", contact_name="kepala desa", active=False)
    VillageAlias.objects.create(village=village, name="Muntai")

    result = load(MELAWI)

    village.refresh_from_db()
    assert (result.created, result.changed) == (0, 0)
    assert (str(village.lat), village.contact_name, village.active) == ("0.500000", "kepala desa", False)
    assert village.aliases.get().name == "Muntai"


def test_load_regions_new_alias_counts_as_a_change():
    load(MELAWI)

    result = load(MELAWI.replace("Tanjung Niaga,KELURAHAN,,,", "Tanjung Niaga,KELURAHAN,,,Niaga;Tg. Niaga"))

    assert (result.created, result.changed, result.unchanged) == (0, 1, 6)
    assert result.changes == ["61.10.02.1001: + Niaga"]


def test_load_regions_gives_a_village_its_code_later():
    load(MELAWI)
    village = Village.objects.get(code=None)

    result = load(MELAWI.replace("desa,,61.10.02", "desa,61.10.02.2009,61.10.02"))

    village.refresh_from_db()
    assert (village.code, result.created, result.changed) == ("61.10.02.2009", 0, 1)


def test_load_regions_names_villages_that_the_file_leaves_out():
    load(MELAWI)

    result = load(MELAWI.replace("desa,61.10.01.2001,61.10.01,Semuntai,DESA,,,\n", ""))

    assert result.missing == ["61.10.01.2001 Semuntai"]
    assert Village.objects.filter(code="61.10.01.2001").exists()


def test_load_regions_later_namesake_leaves_the_first_address():
    load(MELAWI)

    load(MELAWI + "desa,61.10.02.2010,61.10.02,Semuntai,DESA,,,\n")

    slugs = Village.objects.filter(name="Semuntai").values_list("code", "slug")
    assert dict(slugs) == {"61.10.01.2001": "semuntai", "61.10.02.2010": "semuntai-nanga-pinoh"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("desa,61.10.01.2001,61.10.01,Semuntai", "desa,61.10.02.2011,61.10.02,Semuntai"),  # other kecamatan
        ("desa,61.10.01.2001,61.10.01,Semuntai", "desa,61.10.01.2099,61.10.01,Semuntai"),  # other code
        ("desa,61.10.01.2001,61.10.01,Semuntai", "desa,,61.10.01,Semuntai"),  # code lost
        ("desa,,61.10.02,Tanpa Kode", "desa,,61.10.01,Tanpa Kode"),  # no code, other kecamatan
    ],
)
def test_load_regions_refuses_to_move_a_village(old, new):
    load(MELAWI)
    before = set(Village.objects.values_list("pk", "code", "name", "district"))

    with pytest.raises(RegionFileError, match="ubah dahulu di Kelola"):
        load(MELAWI.replace("Batu Nanta", "Batu Nanta Raya").replace(old, new))

    assert set(Village.objects.values_list("pk", "code", "name", "district")) == before


def test_load_regions_refuses_a_village_that_staff_moved():
    load(MELAWI)
    Village.objects.filter(code="61.10.01.2001").update(district=District.objects.get(code="61.10.02"))

    with pytest.raises(RegionFileError, match=r"^Baris 5, kolom parent_code: .*Nanga Pinoh"):
        load(MELAWI)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("aliases\n", "alias\n", "Baris 1, kolom alias: tidak dikenal. Pakai: level, code, parent_code, name, kind, lat, lng, aliases."),
        ("level,code", "level,level", "Baris 1, kolom code: tidak ada. Tambahkan kolom ini."),
        ("lat,lng", "lat,lat", "Baris 1, kolom lat: ada dua kali. Hapus salah satunya."),
        ("61.10.01.2002", "61.10.01.2001", 'Baris 6, kolom code: "61.10.01.2001" sudah ada di baris 5. Hapus salah satunya.'),
        ("desa,61.10.02.1001,61.10.02,Tanjung Niaga,KELURAHAN", "desa,,61.10.02,TANPA KODE,DESA", 'Baris 8, kolom name: "Tanpa Kode" sudah ada di baris 7. Hapus salah satunya.'),
        ("desa,61.10.01.2001,61.10.01,", "desa,61.10.01.2001,61.10.09,", 'Baris 5, kolom parent_code: induk "61.10.09" tidak ada di berkas ini. Tambahkan baris induknya atau betulkan kodenya.'),
        ("desa,61.10.01.2001,61.10.01,", "desa,61.10.01.2001,,", 'Baris 5, kolom parent_code: induk "" tidak ada di berkas ini. Tambahkan baris induknya atau betulkan kodenya.'),
        ("desa,61.10.01.2001,61.10.01,", "desa,61.10.01.2001,61.10.02,", 'Baris 5, kolom parent_code: "61.10.02" bukan induk dari kode 61.10.01.2001. Samakan keduanya.'),
        ("61.10.01.2001", "61.10.1.2001", 'Baris 5, kolom code: "61.10.1.2001" bukan kode desa. Tulis seperti 61.05.01.2001.'),
        ("61.10.01.2001", "٦1.10.01.2001", 'Baris 5, kolom code: "٦1.10.01.2001" bukan kode desa. Tulis seperti 61.05.01.2001.'),
        ("kecamatan,61.10.02", "kecamatan,6110020", 'Baris 4, kolom code: "6110020" bukan kode kecamatan. Tulis seperti 61.05.01.'),
        ("kabupaten,61.10,,", "kabupaten,61.10,61,", "Baris 2, kolom parent_code: Kosongkan untuk kabupaten."),
        ("kecamatan,61.10.02", "distrik,61.10.02", 'Baris 4, kolom level: "distrik" tidak dikenal. Isi kabupaten, kecamatan, atau desa.'),
        ("Semuntai,DESA", "Semuntai,DUSUN", 'Baris 5, kolom kind: "DUSUN" tidak dikenal. Isi DESA atau KELURAHAN.'),
        ("Semuntai", "", "Baris 5, kolom name: Isi nama, paling banyak 80 huruf."),
        ("Semuntai", "S" * 81, "Baris 5, kolom name: Isi nama, paling banyak 80 huruf."),
        ("-0.25,", "-91,", 'Baris 3, kolom lat: "-91" bukan derajat. Tulis dengan titik, antara -90 dan 90, contoh -0.071.'),
        ("-0.25,", '"-0,25",', 'Baris 3, kolom lat: "-0,25" bukan derajat. Tulis dengan titik, antara -90 dan 90, contoh -0.071.'),
        ("111.9,", "nan,", 'Baris 3, kolom lng: "nan" bukan derajat. Tulis dengan titik, antara -180 dan 180, contoh -0.071.'),
        ("111.9,", "1e999999999,", 'Baris 3, kolom lng: "1e999999999" bukan derajat. Tulis dengan titik, antara -180 dan 180, contoh -0.071.'),
        ("-0.25,111.9", ",111.9", "Baris 3, kolom lat: Isi lat dan lng keduanya, atau kosongkan keduanya."),
        ("Nanta (s.d. 2012)", "Nanta (2012)", 'Baris 6, kolom aliases: "Nanta (2012)": tulis "Nama" atau "Nama (s.d. 2019)".'),
        ("Belimbing,,-0.25", "Belimbing, Hulu,,-0.25", "Baris 3: ada 9 sel, seharusnya 8. Beri tanda kutip pada nama yang memuat pemisah."),
        ("Semuntai", '"Semuntai', "Baris 8: tanda kutip tidak lengkap. Perbaiki atau simpan ulang berkas sebagai CSV."),
    ],
)  # fmt: skip
def test_load_regions_refuses_with_line_column_and_remedy(old, new, sentence):
    assert sentence in refusals(MELAWI.replace(old, new))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            MELAWI.encode("utf-16"),
            'Berkas tersimpan sebagai UTF-16. Simpan ulang berkas sebagai "CSV UTF-8 (dipisah koma)".',
        ),
        (
            MELAWI.replace("Semuntai", "Sémuntai").encode("cp1252"),
            'Baris 5: huruf bukan UTF-8. Simpan ulang berkas sebagai "CSV UTF-8 (dipisah koma)".',
        ),
        (
            MELAWI.replace("Semuntai", "Sem\x00untai").encode(),
            'Baris 5: ada karakter NUL. Simpan ulang berkas sebagai "CSV UTF-8 (dipisah koma)".',
        ),
        (b"", "Berkas kosong. Isi baris judul dan paling sedikit satu baris kabupaten."),
        (HEADER.encode(), "Berkas kosong. Isi baris judul dan paling sedikit satu baris kabupaten."),
        (
            (HEADER + "kecamatan,61.10.01,61.10,Belimbing,,,,\n").encode(),
            'Tidak ada baris kabupaten. Tambahkan satu baris dengan level "kabupaten".',
        ),
        (
            (MELAWI + "kabupaten,61.11,,Kabupaten Lain,,,,\n").encode(),
            "Baris 9, kolom level: Satu berkas hanya memuat satu kabupaten. Pisahkan berkasnya.",
        ),
        (
            b"\x89PNG\r\n\x1a\n\x00\x00",
            'Baris 1: huruf bukan UTF-8. Simpan ulang berkas sebagai "CSV UTF-8 (dipisah koma)".',
        ),
    ],
)
def test_load_regions_refuses_a_file_of_another_make(content, sentence):
    assert sentence in refusals(content)


def test_load_regions_reports_at_most_twenty_problems():
    problems = refusals(MELAWI + "dusun,,,,,,,\n" * 30)

    assert len(problems) == 21
    assert problems[-1] == "... dan 10 kesalahan lain."


def test_load_regions_command_shows_the_problems(tmp_path):
    file = tmp_path / "melawi.csv"
    file.write_text(MELAWI.replace("KELURAHAN", "KOTA"))

    with pytest.raises(CommandError, match="tidak ada yang berubah:\n  - Baris 7, kolom kind"):
        call_command("load_regions", str(file))
    with pytest.raises(CommandError, match="tidak dapat dibaca"):
        call_command("load_regions", str(tmp_path / "none.csv"))
