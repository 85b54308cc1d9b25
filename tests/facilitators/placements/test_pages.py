"""Pages of facilitators and placements: what they list, what the public learns, both versions, constant queries."""

import io
from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from districts.models import District
from facilitators.models import Contract, Facilitator, Placement
from facilitators.placements import load as load_rules
from facilitators.placements.load import load_on
from facilitators.placements.matching import matches_for
from facilitators.placements.services import place_facilitator
from facilitators.placements.waiting import placement_tasks
from tests import facilitator_factories as make
from tests.factories import (
    CommodityFactory,
    CoreCompetencyFactory,
    DistrictFactory,
    TargetLocationFactory,
    VillageAliasFactory,
    VillageFactory,
)
from tests.markup import squeezed, tight

pytestmark = pytest.mark.django_db
TODAY = date(2019, 10, 8)
LIST_QUERIES = 12  # session, user, assignments, kecamatan, villages of the filter, count, rows, placements
DETAIL_QUERIES = 20


def located(**fields):
    return TargetLocationFactory(valid_from=date(2019, 1, 1), **fields)


def placed(name: str, location=None, **fields) -> Placement:
    person = make.FacilitatorFactory(name=name)
    return make.PlacementFactory(
        facilitator=person, contract__facilitator=person, target_location=location or located(), **fields
    )


def names_on(page: str, *names: str) -> set[str]:
    return {name for name in names if name in page}


# --- The list ------------------------------------------------------------------------------------------------------


@pytest.fixture
def people():
    """One placed with a contract that ends soon, one placed until the end of 2020, one free, one who has left."""
    soon = placed("Orang Segera")
    soon.contract.ends = soon.ends = date(2019, 11, 30)
    soon.contract.save()
    soon.save()
    later = placed("Orang Lama", contract__ends=date(2020, 12, 31))
    make.FacilitatorFactory(name="Orang Bebas")
    left = placed("Orang Selesai", ends=date(2019, 6, 30))
    return soon, later, left


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"Orang Segera", "Orang Lama", "Orang Bebas", "Orang Selesai"}),
        ("?segera=on", {"Orang Segera"}),
        ("?keadaan=bertugas", {"Orang Segera", "Orang Lama"}),
        ("?keadaan=bebas", {"Orang Bebas"}),
        ("?keadaan=selesai", {"Orang Selesai"}),
        ("?cari=lama", {"Orang Lama"}),
        ("?cari=nama%20dulu", {"Orang Lama"}),
        ("?cari={later.target_location.village.name}", {"Orang Lama"}),
        ("?desa={later.target_location.village.slug}", {"Orang Lama"}),
        ("?kecamatan={soon.target_location.village.district.code}", {"Orang Segera"}),
        ("?keadaan=entah&kecamatan=99", {"Orang Segera", "Orang Lama", "Orang Bebas", "Orang Selesai"}),
    ],
)
def test_list_shows_who_fits(client_as, people, query, shown):
    soon, later, _left = people
    VillageAliasFactory(village=later.target_location.village, name="Nama Dulu")

    page = client_as("leader").get("/pendamping/" + query.format(soon=soon, later=later)).content.decode()

    assert names_on(page, "Orang Segera", "Orang Lama", "Orang Bebas", "Orang Selesai") == shown


def test_list_says_when_a_contract_ends(client_as, people):
    page = client_as("coordinator").get("/pendamping/").content.decode()

    assert "53 hari lagi" in page
    assert "30-11-2019" in page


def test_workbook_holds_office_phones_and_no_private_ones(client_as, people):
    Facilitator.objects.filter(name="Orang Lama").update(name="=1+1", phone="+628110000000", email="x@contoh.id")

    answer = client_as("auditor").get("/pendamping/?format=xlsx")

    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)
    assert {row[0] for row in rows[1:]} == {"=1+1", "Orang Segera", "Orang Bebas", "Orang Selesai"}
    assert {row[8] for row in rows[1:]} == {person.office_phone for person in Facilitator.objects.all()}
    assert "8110000000" not in str(rows)
    assert "contoh.id" not in str(rows)


def test_workbook_holds_the_codes_of_village_and_kecamatan(client_as):
    village = placed("Orang Desa").target_location.village
    make.FacilitatorFactory(name="Orang Bebas")

    answer = client_as("auditor").get("/pendamping/?format=xlsx")

    header, *rows = openpyxl.load_workbook(io.BytesIO(answer.content)).active.values
    found = {row[0]: dict(zip(header, row, strict=True)) for row in rows}
    codes = {name: (row["Kode desa"], row["Kode kecamatan"]) for name, row in found.items()}
    assert codes == {"Orang Desa": (village.code, village.district.code), "Orang Bebas": (None, None)}


def test_workbook_holds_the_last_day_of_who_leaves_early(client_as):
    placed("Orang Pergi", ended_on=date(2019, 10, 20), end_reason="RESIGNED")

    answer = client_as("auditor").get("/pendamping/?format=xlsx")

    row = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)[1]
    assert str(row[6])[:10] in ("2019-10-20", "20-10-2019")


@pytest.mark.parametrize("count", [1, 3])
def test_list_queries_do_not_grow(client_as, django_assert_max_num_queries, count):
    client = client_as("coordinator")
    for number in range(count):
        placed(f"Orang {number}")
    client.get("/pendamping/")

    with django_assert_max_num_queries(LIST_QUERIES):
        client.get("/pendamping/")


@pytest.mark.parametrize("count", [1, 3])
def test_pages_of_one_do_not_grow(client_as, django_assert_max_num_queries, count):
    client = client_as("coordinator")
    placement = placed("Orang")
    for number in range(count):
        make.AppraisalFactory(placement=placement, appraised_on=date(2019, 9, 1 + number))
        make.EnrolmentFactory(facilitator=placement.facilitator)
        make.ContractFactory(facilitator=placement.facilitator)
    for url in (placement.get_absolute_url(), placement.facilitator.get_absolute_url(), "/pendamping/beban/"):
        client.get(url)

        with django_assert_max_num_queries(DETAIL_QUERIES):
            client.get(url)


def test_empty_list_says_what_to_do(client_as):
    page = client_as("coordinator").get("/pendamping/").content.decode()

    assert "Belum ada pendamping." in page
    assert reverse("placements:facilitator-create") in page


# --- The load ------------------------------------------------------------------------------------------------------


def test_load_finds_empty_villages_and_who_has_too_many():
    empty, full = located(), located()
    first = placed("Orang Penuh", full)
    second = make.PlacementFactory(facilitator=first.facilitator, contract=first.contract, target_location=located())
    consultant = make.PlacementFactory(target_location=None)
    over = placed("Orang Lewat", ends=date(2019, 6, 30)).target_location  # over, so its village is empty
    gone = located(valid_until=date(2019, 9, 30), closed_by=full.decree)
    outlived = placed("Orang Tertinggal", gone)

    load = load_on(TODAY)

    assert set(load.empty) == {empty, over}
    assert load.over == [(first.facilitator, [first, second])]
    assert load.consultants == [consultant]
    assert load.outlived == [outlived]
    assert load.finding == "2 dari 4 lokasi sasaran punya pendamping"


def test_load_of_many_villages_is_read_by_the_page(client_as, monkeypatch):
    monkeypatch.setattr(load_rules, "SHOWN", 2)
    names = [located().village.name for _ in range(30)]
    office = client_as("coordinator")

    first, second = (tight(office.get(f"/pendamping/beban/?baris=25&{query}").text) for query in ("", "halaman=2"))

    assert "(30 desa)" in first and "dan 28 desa lainnya" in first
    tables = [text.partition('id="tabel"')[2] for text in (first, second)]
    assert [table.count('<tr><th scope="row">') for table in tables] == [25, 5]
    assert [table.count("?lokasi=") for table in tables] == [25, 5]
    assert all(name in "".join(tables) for name in names)


# --- Matching ------------------------------------------------------------------------------------------------------


def test_match_ranks_with_reasons_and_hides_nobody(user_as):
    office = user_as("coordinator")
    core = CommodityFactory(name="karet")
    part, whole = CommodityFactory(name="lateks", parent=core), CommodityFactory(name="perkebunan")
    core.parent = whole
    core.save()
    district = DistrictFactory()
    village = VillageFactory(district=district, name="Desa Sini")
    location = located(village=village, core_competency=CoreCompetencyFactory(district=district, commodity=core))
    people = {}
    for name, skill, home in [
        ("Sama", core, None),
        ("Bagian", part, None),
        ("Induk", whole, VillageFactory(district=district)),
        ("Lain", CommodityFactory(name="madu"), village),
        ("Kosong", None, None),
    ]:
        people[name] = make.FacilitatorFactory(name=name, home_village=home, languages="Dayak")
        people[name].skills.set([skill] if skill else [])
    make.EnrolmentFactory(facilitator=people["Sama"], outcome="PASSED")
    make.PlacementFactory(facilitator=people["Sama"], contract__facilitator=people["Sama"], target_location=located())

    found = matches_for(location, office, TODAY)

    assert [(match.facilitator.name, match.points, match.is_free) for match in found] == [
        ("Induk", 5, True),
        ("Bagian", 3, True),
        ("Lain", 3, True),
        ("Kosong", 0, True),
        ("Sama", 6, False),  # the best one, and busy: last, but there
    ]
    reasons = {match.facilitator.name: [reason.text for reason in match.reasons] for match in found}
    assert "Menguasai karet, kompetensi inti kecamatan" in reasons["Sama"]
    assert "Menguasai lateks, bagian dari karet" in reasons["Bagian"]
    assert "Menguasai perkebunan, yang mencakup karet" in reasons["Induk"]
    assert "Tinggal di desa ini" in reasons["Lain"]
    assert "Belum lulus pelatihan" in reasons["Kosong"]
    assert all("Berbahasa Dayak" in words for words in reasons.values())


def test_wish_of_the_application_counts(user_as):
    location = located()
    place = make.PlaceFactory(target_location=location)
    application = make.ApplicationFactory(round=place.round)
    make.PlaceChoiceFactory(application=application, place=place, rank=2)
    make.FacilitatorFactory(application=application)

    (match,) = matches_for(location, user_as("coordinator"), TODAY)

    assert "Memilih desa ini dalam lamaran, pilihan ke-2" in [reason.text for reason in match.reasons]


# --- The public ----------------------------------------------------------------------------------------------------


def test_public_reads_name_village_and_office_phone_only(client):
    placement = placed("Pendamping Tampil")
    person, village = placement.facilitator, placement.target_location.village
    person.phone, person.email, person.office_phone = "+628119999999", "rahasia@contoh.id", "0565-777"
    person.languages = "Bahasa Rahasia"
    person.save()
    left = placed("Pendamping Pergi", placement.target_location, ends=date(2019, 6, 30))

    page = client.get(village.get_absolute_url()).content.decode()
    decree = client.get(placement.target_location.decree.get_absolute_url()).content.decode()

    assert names_on(page, "Pendamping Tampil", "0565-777", left.facilitator.name) == {"Pendamping Tampil", "0565-777"}
    assert names_on(decree, "Pendamping Tampil", left.facilitator.name) == {"Pendamping Tampil"}
    hidden = ("8119999999", "9999-999", "rahasia@contoh.id", "Rahasia", placement.contract.number)
    assert names_on(page + decree, *hidden) == set()


def test_home_shows_ones_own_work_and_nobody_elses(client_as):
    client = client_as("facilitator")
    other = placed("Orang Lain")
    mine = placed("Saya Sendiri")
    mine.facilitator.user = client.user
    mine.facilitator.save()
    course = make.EnrolmentFactory(facilitator=mine.facilitator, outcome="PASSED").course

    page = client.get("/beranda/").content.decode()

    shown = (str(mine.target_location), mine.contract.number, course.name, "84 hari lagi")
    assert names_on(page, *shown, str(other.target_location), other.contract.number) == set(shown)
    assert "DATA CONTOH" not in page
    mine.is_sample = course.is_sample = True
    mine.save()
    course.save()
    assert client.get("/beranda/").content.decode().count("DATA CONTOH") == 2


def test_home_of_the_office_names_what_waits(client_as, people):
    empty = located()

    page = client_as("coordinator").get("/beranda/").content.decode()

    assert "Kontrak pendamping berakhir dalam 60 hari" in page
    assert "Orang Segera" in page
    assert "Lokasi sasaran tanpa pendamping" in page
    assert str(empty.village) in page


# --- Forms ---------------------------------------------------------------------------------------------------------


def test_refused_placement_keeps_what_was_typed(client_as):
    person = make.FacilitatorFactory(email="a@contoh.id")
    contract = make.ContractFactory(facilitator=person)
    location = located()
    typed = {
        "target_location": location.pk, "contract": contract.pk, "starts": "14-10-2019", "ends": "31-12-2025",
        "email": "a@contoh.id", "username": "orang.baru",
    }  # fmt: skip

    page = client_as("coordinator").post(reverse("placements:placement-create", args=[person.pk]), typed)

    text = page.content.decode()
    assert "Kontraknya berakhir 31 Desember 2019" in text
    assert "31-12-2025" in text
    assert "orang.baru" in text
    assert not Placement.objects.exists()


def test_contract_of_two_editors_shows_both_versions(client_as):
    contract = make.ContractFactory(monthly_pay=2_000_000)
    client, url = (
        client_as("coordinator"),
        reverse("placements:contract-edit", args=[contract.facilitator_id, contract.pk]),
    )
    seen = contract.history.first().pk
    contract.monthly_pay = 2_500_000
    contract.save()
    typed = {
        "number": contract.number, "dated": "02-01-2019", "starts": "02-01-2019", "ends": "31-12-2019",
        "monthly_pay": "3.000.000", "signer_name": contract.signer_name, "signer_title": contract.signer_title,
        "seen": seen,
    }  # fmt: skip

    answer = client.post(url, typed)
    again = client.post(url, typed | {"seen": contract.history.first().pk})

    assert answer.status_code == 409
    assert names_on(answer.content.decode(), "2.500.000", "3.000.000") == {"2.500.000", "3.000.000"}
    assert again.status_code == 302
    assert Contract.objects.get().monthly_pay == 3_000_000


def test_contract_is_stored_once_and_a_taken_number_is_told(client_as):
    person = make.FacilitatorFactory()
    client, url = client_as("coordinator"), reverse("placements:contract-create", args=[person.pk])
    typed = {
        "number": "800/7", "dated": "02-01-2019", "starts": "02-01-2019", "ends": "31-12-2019",
        "signer_name": "Kepala", "signer_title": "Kepala Bappeda",
    }  # fmt: skip

    codes = [client.post(url, typed).status_code for _ in range(2)]
    other = client.post(url, typed | {"ends": "30-11-2019"})

    short = client.post(url, typed | {"number": "800/8", "signer_nip": "123"})

    assert codes == [302, 302]
    assert "Nomor kontrak ini sudah dipakai" in other.content.decode()
    assert "NIP terdiri atas 18 angka" in short.content.decode()
    assert Contract.objects.count() == 1


def test_contract_is_not_cut_below_its_placements(client_as):
    placement = placed("Orang")
    contract = placement.contract
    url = reverse("placements:contract-edit", args=[placement.facilitator_id, contract.pk])
    typed = {
        "number": contract.number, "dated": "02-01-2019", "starts": "02-01-2019", "ends": "30-06-2019",
        "signer_name": "Kepala", "signer_title": "Kepala Bappeda", "seen": contract.history.first().pk,
    }  # fmt: skip

    page = client_as("coordinator").post(url, typed).content.decode()

    assert "Ada penempatan dengan kontrak ini" in page
    contract.refresh_from_db()
    assert contract.ends == date(2019, 12, 31)


def test_paper_of_a_contract_says_place_and_pay(client_as):
    placement = placed("Orang Bertugas")
    placement.contract.monthly_pay = 2_500_000
    placement.contract.save()
    urls = [
        reverse(f"placements:contract-{form}", args=[placement.facilitator_id, placement.contract_id])
        for form in ("docx", "pdf")
    ]

    word, pdf = (client_as("leader").get(url) for url in urls)

    from docx import Document

    document = Document(io.BytesIO(word.content))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    signed = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert "Orang Bertugas".upper() in signed
    assert "NIP ..." not in signed  # who is no official has none to write
    assert "dua juta lima ratus ribu rupiah" in text
    assert str(placement.target_location) in text
    assert placement.contract.number in text
    assert pdf.content.startswith(b"%PDF")


def test_people_page_still_gives_no_facilitator_assignment(client_as):
    client = client_as("coordinator_head")

    page = client.get(reverse("staffing:user-invite")).content.decode()

    assert 'value="facilitator"' not in page
    assert 'value="coordinator"' in page


# --- A decree has ended the target location -----------------------------------------------------------------------


@pytest.fixture
def left_behind():
    """Somebody still placed in a location that has ended, somebody in one that is in force, and one who was ended in time."""
    remains = placed("Orang Tenang")
    over = located(valid_until=date(2019, 9, 30), closed_by=remains.target_location.decree)
    placed("Orang Pamit", over, ended_on=date(2019, 9, 30), end_reason="LOCATION_CLOSED")
    return placed("Orang Tertinggal", over), remains


def test_ended_location_is_said_on_the_placement_the_list_and_the_load(client_as, left_behind):
    row, remains = left_behind
    client, ends = client_as("coordinator"), reverse("placements:placement-end", args=[left_behind[0].pk])

    page, other = (squeezed(client.get(each.get_absolute_url()).text) for each in (row, remains))
    people = squeezed(client.get(reverse("placements:facilitator-list")).text)
    load = client.get(reverse("placements:load")).text
    form = squeezed(client.get(ends).text)

    assert "bukan lokasi sasaran lagi sejak 30 September 2019" in page
    assert "bukan lokasi sasaran lagi" not in other
    assert people.count("Lokasi sudah berakhir") == 1
    assert (ends in page, ends in load) == (True, True)
    assert '<option value="LOCATION_CLOSED" selected>' in form


def test_reader_is_told_and_offered_nothing(client_as, left_behind):
    row, _stands = left_behind
    page = client_as("auditor").get(row.get_absolute_url()).content.decode()

    assert "bukan lokasi sasaran lagi" in page
    assert reverse("placements:placement-end", args=[row.pk]) not in page


def test_placement_in_an_ended_location_waits_for_coordinators(user_as, left_behind):
    row, _stands = left_behind

    (task,) = [each for each in placement_tasks(user_as("coordinator"), TODAY) if "sudah berakhir" in each.title]

    assert (task.count, str(row.facilitator) in task.sentence) == (1, True)
    assert "Orang Tenang" not in task.sentence
    assert "Orang Pamit" not in task.sentence
    assert placement_tasks(user_as("leader"), TODAY) == []


def test_contract_and_placement_of_an_invented_person_are_marked(client_as):
    placement = placed("Orang Contoh")
    person = placement.facilitator
    Facilitator.objects.filter(pk=person.pk).update(is_sample=True)
    url = reverse("placements:contract-create", args=[person.pk])
    typed = {
        "number": "800/9", "dated": "02-01-2019", "starts": "02-01-2020", "ends": "31-12-2020",
        "signer_name": "Kepala", "signer_title": "Kepala Bappeda",
    }  # fmt: skip

    client_as("coordinator").post(url, typed)

    contract = Contract.objects.get(number="800/9")
    assert contract.is_sample
    person.refresh_from_db()
    made = place_facilitator(
        facilitator=person, contract=contract, starts=date(2020, 1, 2), ends=date(2020, 12, 31),
        untrained_reason="Sudah lama bekerja", email="contoh@contoh.id",
    )  # fmt: skip
    assert made.is_sample


def test_load_is_a_map_only_where_places_are_known(client_as):
    location = TargetLocationFactory()
    District.objects.update(lat=None, lng=None)
    client = client_as("coordinator")

    assert 'id="peta">Kecamatan menurut abjad</h2>' in tight(client.get("/pendamping/beban/").text)
    District.objects.filter(pk=location.village.district_id).update(lat="0.1", lng="111.5")
    assert 'id="peta">Peta</h2>' in tight(client.get("/pendamping/beban/").text)
