"""Files whose headings are not ours: asked once, remembered for the office and the kind, shown and changeable."""

import io

import openpyxl
import pytest
from django.urls import reverse

from p2emas.imports.memory import known_to
from p2emas.models import Import, TableLayout
from tests.factories import CommunityGroupFactory, VillageFactory
from tests.markup import squeezed

from .sheets import upload

pytestmark = pytest.mark.django_db
UPLOAD = reverse("imports:import-upload", args=["produksi"])
LAYOUT = reverse("imports:layout-edit", args=["produksi"])
HEADINGS = ["No", "KEC.", "Jenis Tanaman", "Thn", "Luas (ha)"]
SAME = {"sama-measure": "Luas (ha)", "sama-source": "Dinas Pertanian"}


def workbook(rows, *, merged: str = "") -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if merged:
        book.active.merge_cells(merged)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def foreign(value: float = 12.5, *, headings=HEADINGS) -> bytes:
    rows = [["DATA PERKEBUNAN"], [], headings, ["(1)", "(2)", "(3)", "(4)", "(5)"]]
    return workbook([*rows, [1, "Kelam Permai", "lada", 2016, value], [2, None, "karet", 2016, 3]], merged="B5:B6")


def send(client, content: bytes, name: str = "kebun.xlsx") -> Import:
    client.post(UPLOAD, {"berkas": upload(content, name)})
    return Import.objects.order_by("-pk")[0]


def answer(client, batch, **change):
    places = {"kolom-district_id": 1, "kolom-commodity_id": 2, "kolom-year": 3, "kolom-value": 4}
    address = reverse("imports:import-layout", args=[batch.pk])
    return client.post(address, {"seen": "ASKING", **places, **SAME, **change})


def test_it_is_asked_once_with_guesses_and_then_known(land, client_as):
    client = client_as("coordinator")
    batch = send(client, foreign())
    page = squeezed(client.get(batch.get_absolute_url()).text)

    assert batch.status == "ASKING"
    assert "Kolom mana berisi apa?" in page
    assert "B “KEC.”, misalnya Kelam Permai" in page
    assert answer(client, batch).status_code == 302
    batch.refresh_from_db()
    assert (batch.status, batch.rows.count()) == ("READY", 2)
    assert "Kecamatan ← “KEC.”" in batch.notices and "Ukuran ← “Luas (ha)” untuk semua baris" in batch.notices

    again = send(client, foreign(99), "kebun lain.xlsx")
    assert again.status == "READY"
    assert "susunan yang diingat" in again.notices
    page = squeezed(client.get(again.get_absolute_url()).text)
    assert "Ubah susunan yang diingat untuk berkas berikutnya" in page and "Tanyakan lagi kolom berkas ini" in page


def test_wrong_columns_are_answered_anew_from_the_preview(land, client_as):
    client = client_as("coordinator")
    answer(client, send(client, foreign()))
    batch = send(client, foreign(99), "kebun lain.xlsx")
    address = reverse("imports:import-step", args=[batch.pk, "rearrange"])
    assert f'href="{address}"' in client.get(batch.get_absolute_url()).text

    assert client.post(address, {"seen": "READY"}).status_code == 302

    batch.refresh_from_db()
    assert (batch.status, batch.rows.count(), batch.notices) == ("ASKING", 0, "")
    page = squeezed(client.get(batch.get_absolute_url()).text)
    assert "Kolom mana berisi apa?" in page and '<option value="1" selected>B “KEC.”' in page
    assert answer(client, batch, **{"sama-source": "BPS"}).status_code == 302
    batch.refresh_from_db()
    assert (batch.status, batch.rows.count()) == ("READY", 2)
    assert "Sumber ← “BPS” untuk semua baris" in batch.notices
    assert "“BPS”" in send(client, foreign(7), "kebun ketiga.xlsx").notices


def test_columns_of_a_template_are_not_asked(land, client_as):
    client = client_as("coordinator")
    batch = Import.objects.get(pk=send(client, foreign()).pk)
    Import.objects.filter(pk=batch.pk).update(status="READY", asked=None)
    address = reverse("imports:import-step", args=[batch.pk, "rearrange"])

    assert address not in client.get(batch.get_absolute_url()).text
    assert "menurut templat" in client.post(address, {"seen": "READY"}).text
    batch.refresh_from_db()
    assert batch.status == "READY"


def test_other_headings_are_asked_with_what_is_known_filled_in(land, client_as):
    client = client_as("coordinator")
    answer(client, send(client, foreign()))

    batch = send(client, foreign(1, headings=["No", "KEC.", "Tanaman", "Thn", "Luas (ha)"]))

    assert batch.status == "ASKING"
    page = squeezed(client.get(batch.get_absolute_url()).text)
    assert '<option value="1" selected>B “KEC.”' in page
    assert 'value="Dinas Pertanian"' in page


def test_another_office_and_another_kind_are_asked_for_themselves(land, client_as):
    client = client_as("coordinator")
    answer(client, send(client, foreign()))
    office = land.kelam.office

    assert send(client_as("district_admin", at=office), foreign(5)).status == "ASKING"
    assert known_to(office, "produksi") == {} and TableLayout.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"kolom-district_id": ""}, "Pilih kolom kecamatan, atau tulis isi yang sama"),
        ({"kolom-commodity_id": 1}, "sudah dipakai untuk kecamatan"),
        ({"sama-year": "2016"}, "jangan keduanya"),
        ({"kolom-year": "77"}, "tidak ada dalam pilihan|bukan salah satu"),
    ],
)
def test_answer_that_cannot_be_is_said_and_kept(land, client_as, change, sentence):
    client = client_as("coordinator")
    batch = send(client, foreign())

    page = answer(client, batch, **change)

    batch.refresh_from_db()
    assert (page.status_code, batch.status) == (200, "ASKING")
    assert any(words in page.text for words in sentence.split("|"))
    assert 'value="Dinas Pertanian"' in page.text


def test_answer_to_nothing_asked_is_refused(land, client_as):
    client = client_as("coordinator")
    batch = send(client, foreign())
    answer(client, batch)

    assert answer(client, batch).status_code == 409


def test_number_format_is_not_answered_before_the_columns(land, client_as):
    client = client_as("coordinator")
    batch = send(client, foreign())

    page = client.post(reverse("imports:import-format", args=[batch.pk]), {"seen": "ASKING", "angka": "COMMA"})

    assert page.status_code == 409
    assert "Jawab dahulu" in page.text


def test_csv_with_other_headings_is_asked_for_columns_and_then_for_its_numbers(land, client_as):
    client = client_as("coordinator")
    batch = send(client, b"KEC;TANAMAN;TAHUN;LUAS\nSepauk;lada;2016;1.234\n", "kebun.csv")
    assert batch.asked["shape"] == "columns"

    answer(client, batch, **{f"kolom-{n}": p for p, n in enumerate(["district_id", "commodity_id", "year", "value"])})
    batch.refresh_from_db()
    assert (batch.status, batch.asked, batch.asked_cell) == ("ASKING", None, "D2")
    client.post(reverse("imports:import-format", args=[batch.pk]), {"seen": "ASKING", "angka": "COMMA"})

    assert batch.rows.get().after["value"] == "1234"


def test_memory_is_shown_changed_and_forgotten(land, client_as):
    client = client_as("coordinator")
    batch = send(client, foreign())
    answer(client, batch)
    assert LAYOUT in client.get(UPLOAD).text
    assert 'value="Jenis Tanaman"' in client.get(LAYOUT).text
    sent = {
        "judul-district_id": "KEC.",
        "judul-commodity_id": "Tanaman",
        "judul-year": "Thn",
        "judul-value": "Luas (ha)",
    }

    client.post(LAYOUT, sent | SAME)
    changed = send(client, foreign(7, headings=["No", "KEC.", "Tanaman", "Thn", "Luas (ha)"]))
    client.post(LAYOUT, {"lupakan": "1"})

    assert changed.status == "READY"
    assert known_to(batch.agency, "produksi") == {}
    assert send(client, foreign(8)).status == "ASKING"
    assert TableLayout.history.count() >= 3


def test_groups_are_read_by_the_same_way(client_as):
    client = client_as("coordinator")
    village, known = VillageFactory(name="Ensaid"), CommunityGroupFactory()
    rows = [["Kecamatan", "Desa/Kelurahan", "Nama Poktan", "Bentuk", "Usaha"]]
    rows += [[village.district.name, "Ensaid", "Maju Bersama", "Kelompok tani", known.commodity.name]]
    client.post(reverse("imports:import-upload", args=["kelompok"]), {"berkas": upload(workbook(rows), "poktan.xlsx")})
    batch = Import.objects.get()
    page = client.get(batch.get_absolute_url()).text
    assert '<option value="1" selected>B “Desa/Kelurahan”' in page

    places = {"district_id": 0, "village_id": 1, "name": 2, "kind": 3, "commodity_id": 4}
    sent = {"seen": "ASKING"} | {f"kolom-{name}": place for name, place in places.items()}
    client.post(reverse("imports:import-layout", args=[batch.pk]), sent)

    row = batch.rows.get()
    assert (row.action, row.after["name"]) == ("NEW", "Maju Bersama")


def test_sheet_without_headings_is_refused_in_a_sentence(land, client_as):
    batch = send(client_as("coordinator"), workbook([[1, 2, 3], [4, 5, 6]]))

    assert batch.status == "FAILED"
    assert "Tidak ada baris judul kolom" in batch.problem
