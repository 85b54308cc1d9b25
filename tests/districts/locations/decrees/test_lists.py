"""The public lists: what they find, what they show, and that they do not grow with their rows."""

import csv
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from districts.models import TargetLocation, Village
from tests.factories import (
    CoreCompetencyFactory,
    DecreeFactory,
    DistrictFactory,
    TargetLocationFactory,
    VillageAliasFactory,
    VillageFactory,
)
from tests.markup import tight

pytestmark = pytest.mark.django_db

VILLAGES, DISTRICTS = reverse("locations:village-list"), reverse("locations:district-list")


def names(response):
    return [place.name for place, _shown in response.context["page"].rows]


def table(response):
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    text = response.content.decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(StringIO(text[1:]), delimiter=";"))


def test_lists_have_the_addresses_that_people_type():
    assert (VILLAGES, DISTRICTS) == ("/desa/", "/kecamatan/")


@pytest.mark.parametrize("who", ["anonymous", "coordinator"])
def test_lists_are_open_to_everybody(client_as, who):
    client = client_as(who)
    VillageFactory(active=False, name="Bubar")

    for url in (VILLAGES, DISTRICTS):
        assert client.get(url).status_code == 200
        assert client.head(url).status_code == 200
        assert client.post(url).status_code == 405
    assert "Bubar" not in client.get(VILLAGES).content.decode()


SEARCHES = [
    ("binjai", ["Binjai Hilir", "Binjai Hulu"]),
    ("Desa Binjai", ["Binjai Hilir", "Binjai Hulu"]),
    ("  ENSAID  ", ["Ensaid Panjang"]),
    ("61.05.19.2005", ["Ensaid Panjang"]),
    ("taok", ["Tauk"]),
    ("Pangkak", ["Pakak"]),
    ("Empoyang", ["Emponyang"]),
    ("kel. akcaya", ["Akcaya"]),
    ("bungkong", ["Bungkong Baru"]),
    ("semuntai", ["Semuntai", "Semuntai"]),
    (" Desa  Ensaid \u00a0 Panjang ", ["Ensaid Panjang"]),
    ("%", []),
    ("tidak-ada", []),
]


def test_search_finds_names_aliases_and_codes(client):
    call_command("load_regions", stdout=StringIO())

    found = {text: names(client.get(VILLAGES, {"cari": text})) for text, _ in SEARCHES}

    assert found == dict(SEARCHES)


def test_search_shows_the_alias_that_matched(client):
    village = VillageFactory(name="Tauk")
    for name in ("Taok", "Tawak"):
        VillageAliasFactory(village=village, name=name)
    VillageAliasFactory(name="Lintak")

    response = client.get(VILLAGES, {"cari": "taok"})

    assert [matched for _village, matched in response.context["page"].rows] == [["Taok"]]
    assert "nama lain: Taok" in response.content.decode()
    assert "Tawak" not in response.content.decode()


def test_filters_narrow_the_list(client):
    kelam = DistrictFactory(name="Kelam Permai")
    weaving = VillageFactory(name="Ensaid Panjang", district=kelam)
    VillageFactory(name="Kebong", district=kelam)
    town = VillageFactory(name="Akcaya", kind=Village.Kind.KELURAHAN)
    TargetLocationFactory(village=weaving)

    def found(**query):
        return set(names(client.get(VILLAGES, query)))

    assert found() == {"Ensaid Panjang", "Kebong", "Akcaya"}
    assert found(kecamatan=kelam.code) == {"Ensaid Panjang", "Kebong"}
    assert found(jenis="KELURAHAN") == {town.name}
    assert found(lokus="on") == {"Ensaid Panjang"}
    assert found(kecamatan=kelam.code, cari="keb") == {"Kebong"}
    assert found(kecamatan=kelam.code, jenis="KELURAHAN") == set()


def test_target_location_holds_on_the_day_that_is_asked_for(client):
    closed = TargetLocationFactory(
        village__name="Sudah Selesai", valid_until=date(2019, 6, 30), closed_by=DecreeFactory()
    )
    later = TargetLocationFactory(village__name="Belum Mulai", valid_from=date(2020, 1, 1))
    now = TargetLocationFactory(village__name="Sedang Jalan", status=TargetLocation.Status.RUNNING)

    response = client.get(VILLAGES)

    assert {row.name: [locus.pk for locus in row.locus] for row, _matched in response.context["page"].rows} == {
        closed.village.name: [],
        later.village.name: [],
        now.village.name: [now.pk],
    }
    assert set(names(client.get(VILLAGES, {"lokus": "on"}))) == {"Sedang Jalan"}
    assert "Berjalan" in response.content.decode()


def test_district_list_shows_counts_competency_and_locations(client):
    kelam = DistrictFactory(name="Kelam Permai", code="61.05.19")
    VillageFactory(district=kelam, kind=Village.Kind.KELURAHAN)
    VillageFactory(district=kelam, active=False)
    competency = CoreCompetencyFactory(district=kelam, commodity__name="tenun ikat")
    for name in ("Merpak", "Ensaid Panjang"):
        TargetLocationFactory(village__name=name, village__district=kelam, core_competency=competency)
    DistrictFactory(name="Ambalau", code="61.05.15")

    rows = client.get(DISTRICTS).context["page"].rows

    assert [
        (d.name, d.desa_count, d.kelurahan_count, decided.competency, [row.village.name for row in decided.locations])
        for d, decided in rows
    ] == [("Ambalau", 0, 0, None, []), ("Kelam Permai", 2, 1, competency, ["Ensaid Panjang", "Merpak"])]
    assert names(client.get(DISTRICTS, {"cari": "kecamatan kelam"})) == ["Kelam Permai"]
    assert names(client.get(DISTRICTS, {"cari": "61.05.15"})) == ["Ambalau"]
    assert names(client.get(DISTRICTS, {"urut": "-desa"})) == ["Kelam Permai", "Ambalau"]


@pytest.mark.parametrize(
    ("sort", "order"),
    [("nama", ["A", "B", "C"]), ("-nama", ["C", "B", "A"]), ("kode", ["C", "A", "B"]), ("kecamatan", ["B", "A", "C"])],
)
def test_village_list_sorts(client, sort, order):
    first, second = DistrictFactory(name="Satu"), DistrictFactory(name="Awal")
    VillageFactory(name="A", code="61.05.01.2002", district=first)
    VillageFactory(name="B", code=None, district=second)
    VillageFactory(name="C", code="61.05.01.2001", district=first)

    assert names(client.get(VILLAGES, {"urut": sort})) == order


def test_paging_reaches_every_village_once(client):
    call_command("load_regions", stdout=StringIO())
    seen, url = [], f"{VILLAGES}?baris=100"
    while url:
        page = client.get(url).context["page"]
        seen += [village.pk for village, _matched in page.rows]
        url = f"{VILLAGES}{page.next}" if page.next else ""

    assert len(seen) == len(set(seen)) == 407


def test_csv_holds_what_the_filter_holds_and_stays_text(client):
    kelam = DistrictFactory(name="Kelam Permai", code="61.05.19")
    village = VillageFactory(name="=HYPERLINK(1)", district=kelam, code="61.05.19.2005")
    VillageAliasFactory(village=village, name="+Ensait")
    decree = DecreeFactory(number="050/7/2017")
    TargetLocationFactory(village=village, decree=decree, core_competency__commodity__name="tenun ikat")
    VillageFactory(name="Tempat Lain")

    rows = table(client.get(VILLAGES, {"kecamatan": kelam.code, "format": "csv"}))

    assert rows == [
        {
            "Kode": "61.05.19.2005",
            "Nama": "'=HYPERLINK(1)",
            "Jenis": "Desa",
            "Kecamatan": "Kelam Permai",
            "Nama lain": "'+Ensait",
            "Lokasi sasaran": "Lokasi sasaran",
            "Kompetensi inti": "tenun ikat",
            "Keputusan": str(decree),
            "Sejak": "27-07-2017",
            "Data contoh": "tidak",
        }
    ]


@pytest.mark.parametrize("what", ["location", "decree", "determination"])
def test_samples_are_marked_in_both_lists_and_their_files(client, what):
    location = TargetLocationFactory()
    competency = location.core_competency
    part = {"location": location, "decree": location.decree, "determination": competency.determination}[what]
    type(part).objects.filter(pk=part.pk).update(is_sample=True)
    VillageFactory(district=location.village.district)
    lists = [DISTRICTS] if what == "determination" else [VILLAGES, DISTRICTS]

    marks = {url: [row["Data contoh"] for row in table(client.get(url, {"format": "csv"}))] for url in lists}

    assert {url: sorted(mark for mark in found if mark) for url, found in marks.items()} == {u: ["ya"] for u in lists}
    assert all("DATA CONTOH" in client.get(url).content.decode() for url in lists)


def test_csv_has_every_row_of_all_pages(client):
    call_command("load_regions", stdout=StringIO())

    assert len(table(client.get(VILLAGES, {"format": "csv"}))) == 407
    assert len(table(client.get(DISTRICTS, {"format": "csv", "halaman": "2"}))) == 14


STRANGE = ["\x00", "x" * 5000, "99999999999999999999", "-1", "[]", "'", "\\", "%00", "é\ud83d", "<script>"]


@pytest.mark.parametrize(
    "key", ["cari", "kecamatan", "jenis", "lokus", "urut", "halaman", "baris", "setelah", "sebelum", "format"]
)
@pytest.mark.parametrize("url", [VILLAGES, DISTRICTS])
def test_lists_answer_any_query(client, url, key):
    VillageFactory()
    for value in STRANGE:
        assert client.get(url, {key: value.encode("utf-8", "surrogatepass")}).status_code == 200


def test_refused_filter_value_is_told_and_narrows_nothing(client):
    VillageFactory(name="Kebong")

    response = client.get(VILLAGES, {"kecamatan": "99.99.99"})

    assert names(response) == ["Kebong"]
    assert response.context["filters"].form.errors["kecamatan"]
    assert "invalid-feedback" in response.content.decode()


def test_empty_list_says_why(client):
    assert "load_regions" in client.get(VILLAGES).content.decode()
    VillageFactory()
    assert "Tidak ada desa atau kelurahan yang cocok" in client.get(VILLAGES, {"cari": "zzz"}).content.decode()


# villages: kecamatan of the filter, count, rows, target locations, aliases; kecamatan: count, rows, competencies, locations
@pytest.mark.parametrize(("url", "queries"), [(VILLAGES, 5), (DISTRICTS, 4)])
@pytest.mark.parametrize("rows", [1, 3])
def test_list_queries_do_not_grow(client, django_assert_num_queries, url, queries, rows):
    for _ in range(rows):
        location = TargetLocationFactory()
        VillageAliasFactory(village=location.village)

    with django_assert_num_queries(queries):
        client.get(url)


def test_contacts_are_never_on_the_public_list(client):
    VillageFactory(contact_name="Kontak Rahasia", contact_phone="0812345")

    for query in ({}, {"format": "csv"}, {"cari": "Kontak"}, {"cari": "0812345"}):
        text = client.get(VILLAGES, query).content.decode()
        assert "Kontak Rahasia" not in text
        assert "0812345</td>" not in tight(text)


def test_target_location_holds_on_its_last_day_and_not_after_it():
    ended = TargetLocationFactory(valid_until=date(2019, 6, 30), closed_by=DecreeFactory())

    for day, holds in ((date(2019, 6, 30), True), (date(2019, 7, 1), False)):
        assert (ended in TargetLocation.objects.in_force(day)) is holds
        assert ended.is_in_force(day) is holds
