"""Agencies, officials and holidays as tables: read by any heading, checked like the single form, taken back."""

from datetime import date

import pytest
from django.urls import reverse

from p2emas.imports.applying.undoing import undo_import
from p2emas.imports.applying.writing import apply_import
from p2emas.imports.kinds import kind_of
from p2emas.imports.services import start_import
from p2emas.models import Agency, Holiday, Official
from p2emas.workflow.models import StepNotAllowed
from tests.factories import AgencyFactory, OfficialFactory
from tests.p2emas.imports.sheets import book, received

pytestmark = pytest.mark.django_db


def run(code, user, rows):
    kind = kind_of(code)
    content = book(rows, token=kind.token, headers=[column.header for column in kind.columns])
    batch = start_import(kind=kind, received=received(content), user=user)
    batch.refresh_from_db()
    return batch


@pytest.fixture
def coordinator(user_as):
    return user_as("coordinator")


def test_agencies_come_as_a_file_and_go_again(coordinator):
    old = AgencyFactory(code="distan", name="Dinas Tani", short_name="Tani", member_from=date(2017, 1, 1))
    rows = [
        ["DISTAN", "Dinas Pertanian", "Pertanian", "dinas", None, 2017, None, None],
        ["perindag", "Dinas Perindustrian", "Perindag", "Dinas", "Tani", "1 Maret 2018", 2020, "ya"],
    ]

    batch = run("perangkat-daerah", coordinator, rows)
    apply_import(batch=batch, seen="READY", actor=coordinator)

    old.refresh_from_db()
    assert (old.code, old.name, old.member_from) == ("distan", "Dinas Pertanian", date(2017, 1, 1))
    new = Agency.objects.get(code="perindag")
    assert (new.successor, new.member_from, new.member_until) == (old, date(2018, 3, 1), date(2020, 12, 31))
    assert new.history.get().history_user == coordinator

    undo_import(batch, seen="APPLIED", actor=coordinator)

    old.refresh_from_db()
    assert (old.name, old.short_name) == ("Dinas Tani", "Tani")
    assert not Agency.objects.filter(code="perindag").exists()


def test_agency_that_somebody_works_in_is_not_taken_back(coordinator, user_as):
    batch = run("perangkat-daerah", coordinator, [["baru", "Dinas Baru", "Baru", "Dinas", None, 2018, None, None]])
    apply_import(batch=batch, seen="READY", actor=coordinator)
    user_as("agency_operator", at=Agency.objects.get(code="baru"))

    with pytest.raises(StepNotAllowed, match="sudah dipakai"):
        undo_import(batch, seen="APPLIED", actor=coordinator)

    assert Agency.objects.filter(code="baru").exists()


@pytest.mark.parametrize(
    ("place", "typed", "told"),
    [
        (0, "dinas baru", "Kolom A “Kode”: Tulis huruf, angka"),
        (1, None, "Kolom B “Nama”: Sel ini kosong."),
        (3, "Kantor", "Kolom D “Jenis”: “Kantor” tidak dikenal. Pilih: Badan"),
        (4, "Entah", "Kolom E “Dilanjutkan oleh”: Perangkat daerah “Entah” tidak dikenal."),
        (5, "13-13-2018", "Kolom F “Anggota sejak”: Bulan 13 tidak ada."),
        (6, 2017, "Kolom “Anggota sampai”: isi juga “Anggota sejak”, dan tanggal akhirnya tidak sebelum"),
    ],
)
def test_wrong_cell_of_an_agency_is_named_with_its_remedy(coordinator, place, typed, told):
    row = ["baru", "Dinas Baru", "Baru", "Dinas", None, 2018, None, None]
    row[place] = typed

    batch = run("perangkat-daerah", coordinator, [row])

    assert batch.status == "FAILED" and told in batch.rows.get().message


def test_officials_are_found_by_agency_name_and_first_day(coordinator):
    agency = AgencyFactory(short_name="Pertanian")
    first = OfficialFactory(agency=agency, name="Ani", valid_from=date(2017, 1, 2), valid_until=None)
    rows = [
        ["pertanian", "ani", first.nip, first.rank, first.title, "Definitif", "02-01-2017", "31-12-2018", "tidak"],
        [agency.code, "Budi, S.P.", "197001012000031001", None, "Kepala Dinas", "Plt", date(2019, 1, 2), None, None],
        ["Pertanian", "Citra", 197001012000031001, None, "Kepala Dinas", None, "02-01-2020", None, None],
    ]

    batch = run("pejabat", coordinator, rows)
    apply_import(batch=batch, seen="READY", actor=coordinator)

    assert list(Official.objects.order_by("valid_from").values_list("name", "capacity", "valid_until")) == [
        ("Ani", "DEFINITIVE", date(2018, 12, 31)),
        ("Budi, S.P.", "PLT", None),
    ]
    assert "Excel membulatkan angka sepanjang ini" in batch.rows.get(action="ERROR").message


def test_two_agencies_of_one_short_name_are_told_apart_by_their_code(coordinator):
    AgencyFactory(code="satu", short_name="Sama")
    AgencyFactory(code="dua", short_name="Sama")
    row = ["Sama", "Ani", None, None, "Kepala", None, "02-01-2019", None, None]

    batch = run("pejabat", coordinator, [row])

    assert batch.rows.get().message == (
        "Kolom A “Perangkat daerah”: “Sama” cocok dengan beberapa perangkat daerah. Tulis kodenya."
    )


def test_holidays_of_a_file_with_other_headings_are_asked_about_once(client_as):
    client = client_as("coordinator")
    content = book([["25-12-2019", "Natal"], ["01-01-2020", "Tahun Baru"]], token="", headers=["Tgl", "Uraian"])
    sent = {"berkas": received_upload(content)}
    asked = client.post(reverse("imports:import-upload", args=["hari-libur"]), sent)
    answer = {"seen": "ASKING", "kolom-date": "0", "kolom-name": "1"}
    shown = client.post(f"{asked.url}susunan/", answer, follow=True)
    client.post(f"{asked.url}terapkan/", {"seen": "READY"})

    assert "2 baru" in shown.content.decode()
    assert set(Holiday.objects.values_list("name", flat=True)) == {"Natal", "Tahun Baru"}
    again = book([["17-08-2020", "Kemerdekaan"]], token="", headers=["Tgl", "Uraian"])
    page = client.post(
        reverse("imports:import-upload", args=["hari-libur"]), {"berkas": received_upload(again)}, follow=True
    )
    assert "menurut susunan yang diingat" in page.content.decode()


def received_upload(content):
    from tests.p2emas.imports.sheets import upload

    return upload(content)


@pytest.mark.parametrize("code", ["perangkat-daerah", "pejabat", "hari-libur", "kantor-kecamatan"])
def test_kecamatan_staff_do_not_keep_offices(client_as, code):
    assert client_as("district_admin").get(reverse("imports:import-upload", args=[code])).status_code == 403
