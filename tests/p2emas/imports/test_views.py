"""The way through the pages without a script, who may walk it, and what a page says in each state."""

import io

import openpyxl
import pytest
from django.core.files.storage import FileSystemStorage
from django.urls import reverse

from districts.models import ProductionFigure
from p2emas.models import Import, ImportRow
from tests.factories import ImportFactory, ImportRowFactory, ProductionFigureFactory
from tests.markup import squeezed

from .sheets import book, csv_file, figure, upload

pytestmark = pytest.mark.django_db
UPLOAD = reverse("imports:import-upload", args=["produksi"])


def send(client, rows, **options):
    answer = client.post(UPLOAD, {"berkas": upload(book(rows, **options), "angka 2016.xlsx")})
    assert answer.status_code == 302, answer.content.decode()
    return Import.objects.get(), answer.url


def test_whole_way_takes_five_pages_without_a_script(land, client_as):
    client = client_as("coordinator")
    ProductionFigureFactory(district=land.kelam, commodity=land.lada, value=100)
    pages = [client.get(reverse("imports:import-list")), client.get(UPLOAD)]
    batch, preview = send(
        client, [figure(land.kelam, land.lada, 120), figure(land.sepauk, land.lada, 7), figure(land.sepauk, "emas", 1)]
    )
    pages.append(client.get(preview))
    applied = client.post(reverse("imports:import-apply", args=[batch.pk]), {"seen": "READY"})
    pages.append(client.get(applied.url))

    assert [page.status_code for page in pages] == [200] * 4
    text = squeezed(pages[2].text)
    for words in (
        "1 baru",
        "1 diubah",
        "0 dilewati",
        "1 galat",
        "100 → <b>120</b>",
        "Terapkan 2 baris",
        "Sepauk, emas",
    ):
        assert words in text
    result = squeezed(pages[3].text)
    assert "2 baris tersimpan" in result
    assert "1 baris galat tidak tersimpan" in result
    assert "Dapat dibatalkan sampai" in result
    assert set(ProductionFigure.objects.values_list("value", flat=True)) == {120, 7}


def test_progress_page_looks_again_by_itself_and_can_be_stopped(land, client_as):
    batch = ImportFactory(total=300, done=120)
    batch.files.create(original_name="angka.xlsx", size=1, sha256="0" * 64)
    client = client_as("coordinator")

    looking, still = client.get(batch.get_absolute_url()), client.get(f"{batch.get_absolute_url()}?segarkan=tidak")

    assert looking["Refresh"].startswith("2; url=/") and "Refresh" not in still
    assert "120 dari 300 baris diperiksa" in looking.content.decode()
    assert "http-equiv" not in looking.content.decode()
    assert "Batalkan unggahan" in looking.content.decode()
    assert "Batalkan unggahan" not in client_as("auditor").get(batch.get_absolute_url()).content.decode()


def test_second_click_on_upload_leads_to_the_one_import(land, client_as):
    client, other = client_as("coordinator"), client_as("coordinator")
    content = book([figure(land.kelam, land.lada, 3)])

    places = [c.post(UPLOAD, {"berkas": upload(content)}).url for c in (client, client, other)]

    assert places[0] == places[1] != places[2]
    client.post(f"{places[0]}langkah/cancel/", {"seen": "READY"})
    assert client.post(UPLOAD, {"berkas": upload(content)}).url not in places


def test_cancelled_while_it_is_being_checked_stays_cancelled(land, client_as):
    from p2emas.imports.jobs import check_import, fail

    client = client_as("coordinator")
    batch = ImportFactory(uploaded_by=client.user)
    batch.files.create(original_name="angka.xlsx", size=1, sha256="0" * 64)
    seen = Import.objects.get(pk=batch.pk)

    client.post(reverse("imports:import-step", args=[batch.pk, "cancel"]), {"seen": "CHECKING"})
    fail(seen, "Berkas rusak.")  # the job that had begun ends now
    check_import.call(batch.pk)  # the job that had not begun finds nothing to do

    batch.refresh_from_db()
    assert (batch.status, batch.rows.count()) == ("CANCELLED", 0)


def test_second_click_on_apply_is_like_the_first(land, client_as):
    client = client_as("coordinator")
    batch, _url = send(client, [figure(land.kelam, land.lada, 120)])
    address = reverse("imports:import-apply", args=[batch.pk])

    assert [client.post(address, {"seen": "READY"}).status_code for _ in range(2)] == [302, 302]
    assert batch.status_changes().filter(step="apply").count() == 1


def test_what_changed_since_the_preview_is_shown_before_it_is_asked_again(land, client_as):
    client = client_as("coordinator")
    batch, _url = send(client, [figure(land.kelam, land.lada, 120)])
    ProductionFigureFactory(district=land.kelam, commodity=land.lada, value=5)

    answer = client.post(reverse("imports:import-apply", args=[batch.pk]), {"seen": "READY"})

    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Data tersimpan berubah sejak pratinjau: 1 baris." in text and "<title>Galat: " in text
    assert "Berubah sejak pratinjau" in text and "5 → <b>120</b>" in text and "Terapkan 1 baris" in text
    assert ProductionFigure.objects.get().value == 5


def test_undo_page_takes_everything_back(land, client_as):
    client = client_as("coordinator")
    batch, _url = send(client, [figure(land.kelam, land.lada, 120)])
    client.post(reverse("imports:import-apply", args=[batch.pk]), {"seen": "READY"})
    address = reverse("imports:import-step", args=[batch.pk, "undo"])

    assert client.get(address).status_code == 200
    assert client.post(address, {"seen": "APPLIED"}).status_code == 302

    assert not ProductionFigure.objects.exists()
    assert "semua baris kembali seperti semula" in client.get(batch.get_absolute_url()).content.decode()


def test_failed_rows_come_as_a_workbook_that_can_be_mended_and_sent_again(land, client_as):
    client = client_as("coordinator")
    batch, _url = send(client, [figure(land.kelam, land.lada, 12.5), figure(land.kelam, land.karet, -3)])

    answer = client.get(reverse("imports:problem-download", args=[batch.pk]))

    made = openpyxl.load_workbook(io.BytesIO(answer.content))
    header, row = made["Isian"].iter_rows(values_only=True)
    assert header[-1] == "Masalah"
    assert row[:5] == ("Kelam Permai", "karet", 2016, "Luas (ha)", -3)
    assert row[-1].startswith("Baris 3. Kolom E “Nilai”: Nilai tidak boleh negatif.")
    made["Isian"]["E2"] = 3
    content = io.BytesIO()
    made.save(content)
    client.post(UPLOAD, {"berkas": upload(content.getvalue())})
    assert [r.action for r in Import.objects.latest("pk").rows.all()] == ["NEW"]


def test_refused_file_is_said_beside_the_field(client_as):
    answer = client_as("coordinator").post(UPLOAD, {"berkas": upload(b"\xff\xd8\xff\xe0" + bytes(50), "foto.xlsx")})

    text = answer.content.decode()
    assert answer.status_code == 200 and "<title>Galat: " in text
    assert "Berkas JPG tidak diterima di sini" in text and not Import.objects.exists()


def test_full_disk_is_said_beside_the_field_and_leaves_no_import(land, client_as, monkeypatch):
    def full(self, name, content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    rows = book([figure(land.kelam, land.lada, 1)])

    answer = client_as("coordinator").post(UPLOAD, {"berkas": upload(rows, "angka 2016.xlsx")})

    text = answer.content.decode()
    assert answer.status_code == 200 and "<title>Galat: " in text
    assert "Berkas tidak dapat disimpan saat ini." in text and not Import.objects.exists()


def test_other_template_fails_with_its_sentence(land, client_as):
    client = client_as("coordinator")
    batch, url = send(client, [figure(land.kelam, land.lada, 1)], token="kelompok:1")

    assert batch.status == "FAILED"
    assert "dari templat lain" in client.get(url).content.decode()


def test_staff_of_another_kecamatan_see_nothing_of_it(land, client_as):
    clerk = client_as("district_admin", at=land.kelam.office)
    batch, url = send(clerk, [figure(land.kelam, land.lada, 1)])
    other = client_as("district_admin", at=land.sepauk.office)

    assert other.get(url).status_code == 404
    assert "angka 2016.xlsx" not in other.get(reverse("imports:import-list")).content.decode()
    assert other.get(batch.file.get_absolute_url()).status_code == 404
    assert clerk.get(batch.file.get_absolute_url()).status_code == 200


def test_coordinator_applies_what_a_kecamatan_uploaded_and_the_auditor_reads(land, client_as):
    _batch, url = send(client_as("district_admin", at=land.kelam.office), [figure(land.kelam, land.lada, 1)])

    assert "Terapkan 1 baris" not in client_as("auditor").get(url).content.decode()
    assert client_as("coordinator").post(f"{url}terapkan/", {"seen": "READY"}).status_code == 302


def test_template_offers_only_the_own_kecamatan(land, client_as):
    clerk = client_as("district_admin", at=land.kelam.office)
    address = reverse("imports:template-download", args=["produksi"])

    mine = openpyxl.load_workbook(io.BytesIO(clerk.get(f"{address}?tahun=2016&ukuran=HECTARE").content))["Isian"]
    foreign = clerk.get(f"{address}?kecamatan={land.sepauk.code}")

    assert {row[0] for row in mine.iter_rows(min_row=2, values_only=True)} == {"Kelam Permai"}
    assert foreign["Content-Type"].startswith("text/html") and "<title>Galat: " in foreign.content.decode()


def test_template_as_csv_is_what_the_reader_takes(land, client_as):
    client = client_as("coordinator")
    content = client.get(reverse("imports:template-download", args=["kelompok"]), {"format": "csv"}).content

    assert content.decode().startswith("\ufeffKecamatan;Desa;Nama kelompok;Jenis;")
    assert client.get(reverse("imports:template-download", args=["tidak-ada"])).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_list_and_preview_ask_as_many_queries_for_one_row_as_for_three(
    land, client_as, rows, django_assert_num_queries
):
    client = client_as("coordinator")
    for _ in range(rows):
        batch = ImportFactory(ready=True)
        batch.files.create(original_name="angka.xlsx", size=1, sha256="0" * 64)
    after = {"district_id": land.kelam.pk, "commodity_id": land.lada.pk, "year": 2016, "measure": "TON"}
    for number in range(rows):
        ImportRowFactory(
            batch=batch,
            action="NEW",
            number=number + 2,
            after={**after, "value": "1", "source": "x", "is_sample": False},
        )
    for warm in ("/impor/", batch.get_absolute_url()):
        client.get(warm)

    with django_assert_num_queries(6):  # session, user, assignments; count, page, files
        client.get("/impor/")
    with django_assert_num_queries(10):  # and rows, counts, lookups, steps, edits
        client.get(batch.get_absolute_url())


def test_rows_are_filtered_and_paged_in_the_address(land, client_as):
    client = client_as("coordinator")
    things = (land.lada, land.karet, land.cabai)
    places = [(place, thing) for place in (land.kelam, land.sepauk) for thing in things]
    rows = [figure(*places[n % 6], n, year=2000 + n // 6) for n in range(101)] + [figure(land.kelam, "emas", 1)]
    _batch, url = send(client, rows)

    first, second, wrong = (client.get(url + query) for query in ("", "?halaman=2", "?tindakan=galat"))

    assert [len(page.context["rows"]) for page in (first, second, wrong)] == [100, 2, 1]
    assert client.get(f"{url}?tindakan=%00&halaman=x").status_code == 200


def test_text_in_a_file_never_becomes_markup(land, client_as):
    client = client_as("coordinator")
    evil = "<script>alert(1)</script>"
    _batch, url = send(client, [figure(land.kelam, land.lada, 3, source=evil), figure(evil, evil, evil)])

    text = client.get(url).content.decode()

    assert "<script>alert" not in text and "&lt;script&gt;alert" in text
    assert ImportRow.objects.filter(action="ERROR").count() == 1


def test_csv_is_a_first_class_way_too(land, client_as):
    client = client_as("district_admin", at=land.kelam.office)

    answer = client.post(UPLOAD, {"berkas": upload(csv_file([figure(land.kelam, land.lada, "12,5")]), "angka.csv")})

    assert client.get(answer.url).context["batch"].rows.get().after["value"] == "12.5"
