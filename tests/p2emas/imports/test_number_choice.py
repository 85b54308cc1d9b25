"""What a file's numbers mean is proved by the file, carried by our template, or asked; it is kept and shown."""

from decimal import Decimal

import pytest
from django.urls import reverse

from districts.models import ProductionFigure
from p2emas.models import Import
from p2emas.workflow.riwayat import timeline
from tests.factories import CommodityFactory

from .sheets import HEADERS, book, csv_file, figure, upload

pytestmark = pytest.mark.django_db
UPLOAD = reverse("imports:import-upload", args=["produksi"])
MARK = "Angka: koma desimal (1.234,56)"


def send(client, content: bytes, name: str = "angka.csv") -> Import:
    answer = client.post(UPLOAD, {"berkas": upload(content, name)})
    assert answer.status_code == 302, answer.content.decode()
    return Import.objects.latest("pk")


def stored_values(batch: Import) -> list[str]:
    return [row.after["value"] for row in batch.rows.order_by("number") if row.after]


@pytest.fixture
def many(land):
    return [CommodityFactory(name=f"hasil {number:02d}") for number in range(50)]


def test_published_table_with_points_is_read_as_published(land, many, client_as):
    """45 cells can be read in one way only; the other 5 would be a thousand times too large on their own."""
    five = ["657.565", "30.996", "244.239", "24.889", "19.167"]
    texts = [*five[:3], *(f"{n}.{n % 90 + 10}" for n in range(100, 145)), *five[3:]]
    rows = [figure(land.kelam, commodity, text) for commodity, text in zip(many, texts, strict=True)]

    batch = send(client_as("coordinator"), csv_file(rows))

    assert (batch.status, batch.number_format) == ("READY", "POINT")
    assert [Decimal(value) for value in stored_values(batch)] == [Decimal(text) for text in texts]
    why = "Angka dibaca dengan titik desimal (1,234.56): sel E5 “100.20” hanya terbaca begitu."
    assert batch.notices.startswith(why)
    assert "Jadi sel E2 “657.565” berarti enam ratus lima puluh tujuh koma lima enam lima." in batch.notices
    assert any(entry.note.startswith(why) for entry in timeline(batch))


def test_file_that_proves_nothing_is_asked_and_keeps_what_was_sent(land, client_as):
    client = client_as("coordinator")
    batch = send(client, csv_file([figure(land.kelam, land.lada, "657.565"), figure(land.kelam, land.karet, "12")]))
    asked = client.get(batch.get_absolute_url())
    text = asked.content.decode()

    assert batch.status == "ASKING" and not batch.rows.exists()
    assert "Sel E2 berisi “657.565”. Berapa maksudnya?" in text
    assert "Enam ratus lima puluh tujuh ribu lima ratus enam puluh lima: koma desimal (1.234,56)" in text
    assert "Enam ratus lima puluh tujuh koma lima enam lima: titik desimal (1,234.56)" in text
    assert " checked" not in text and "Unduh" in text

    url = reverse("imports:import-format", args=[batch.pk])
    nothing = client.post(url, {"seen": "ASKING"})
    assert "<title>Galat: " in nothing.content.decode() and "keliru seribu kali" in nothing.content.decode()
    assert client.post(url, {"seen": "ASKING", "angka": "ENTAH"}).status_code == 200
    answered = client.post(url, {"seen": "ASKING", "angka": "POINT"}, follow=True)

    batch.refresh_from_db()
    assert (batch.status, batch.number_format, stored_values(batch)) == ("READY", "POINT", ["657.565", "12"])
    assert "menurut jawaban pengunggah" in answered.content.decode()
    notes = [entry.note for entry in timeline(batch)]
    assert "Sel E2 “657.565” dapat dibaca dua cara." in notes and "titik desimal (1,234.56)" in notes
    assert client.post(url, {"seen": "ASKING", "angka": "COMMA"}).status_code == 409
    assert client.post(url, {"seen": "READY", "angka": "x"}).status_code == 409


def test_reader_of_an_open_question_sees_it_and_no_buttons(land, client_as):
    batch = send(client_as("coordinator"), csv_file([figure(land.kelam, land.lada, "657.565")]))
    auditor = client_as("auditor")

    assert "Periksa berkas dengan jawaban ini" not in auditor.get(batch.get_absolute_url()).content.decode()
    assert auditor.post(reverse("imports:import-format", args=[batch.pk]), {"angka": "COMMA"}).status_code == 403


def test_open_question_can_be_cancelled_and_the_same_file_leads_back_to_it(land, client_as):
    client = client_as("coordinator")
    content = csv_file([figure(land.kelam, land.lada, "657.565")])
    batch = send(client, content)

    assert send(client, content) == batch
    client.post(reverse("imports:import-step", args=[batch.pk, "cancel"]), {"seen": "ASKING"})
    batch.refresh_from_db()
    assert batch.status == "CANCELLED"


def test_both_formats_in_one_file_are_refused_with_both_cells(land, client_as):
    rows = [figure(land.kelam, land.lada, "1588,43"), figure(land.kelam, land.karet, "657.56")]

    batch = send(client_as("coordinator"), csv_file(rows))

    assert batch.status == "FAILED" and "sel E2 “1588,43”" in batch.problem and "sel E3 “657.56”" in batch.problem
    assert not ProductionFigure.objects.exists()


def test_typed_numbers_of_a_workbook_need_no_format(land, client_as):
    batch = send(client_as("coordinator"), book([figure(land.kelam, land.lada, 657.565)]), "angka.xlsx")

    assert (batch.status, batch.number_format, batch.notices) == ("READY", "", "")
    assert stored_values(batch) == ["657.565"]


def test_mark_of_our_template_answers_and_is_contradicted_aloud(land, client_as):
    client = client_as("coordinator")
    row, other = figure(land.kelam, land.lada, "30,996"), figure(land.kelam, land.karet, "30.9961")
    marked = [*HEADERS, MARK]

    taken = send(client, csv_file([row], headers=marked))
    against = send(client, csv_file([row, other], headers=marked))

    assert (taken.status, taken.number_format, stored_values(taken)) == ("READY", "COMMA", ["30.996"])
    assert "menurut templatnya: sel E2 “30,996” berarti tiga puluh koma sembilan sembilan enam." in taken.notices
    assert against.status == "FAILED" and "sel E3 “30.9961” hanya terbaca dengan titik desimal" in against.problem


def test_number_split_by_the_separator_of_columns_is_refused(land, client_as):
    """Kelam Permai,lada,2016,Luas (ha),30,996,BPS, is thirty, from "996"."""
    row = ["Kelam Permai", "lada", 2016, "Luas (ha)", "30,996", "BPS", "ya"]

    batch = send(client_as("coordinator"), csv_file([row], delimiter=","))

    assert batch.status == "FAILED" and "Sel H2 “ya” berada di kolom tanpa judul" in batch.problem


def test_more_decimals_than_are_kept_are_rounded_in_sight(land, client_as):
    client = client_as("coordinator")
    rows = [figure(land.kelam, land.lada, 1588.4349368), figure(land.kelam, land.karet, 0.0004)]

    batch = send(client, book(rows), "angka.xlsx")
    text = client.get(f"{batch.get_absolute_url()}?tindakan=catatan").content.decode()

    assert batch.rows.get(number=2).after["value"] == "1588.435"
    assert "Kolom E “Nilai”: 1588,4349368 dibulatkan menjadi 1.588,435." in text
    assert "1 baris dengan catatan" in text and "hasil" not in text.partition("<main")[2]
    assert "Terlalu kecil" in batch.rows.get(number=3).message


@pytest.mark.parametrize("sign", ["-", "...", "\u2026", "\u2014", "NA"])
def test_sign_for_unknown_is_shown_as_it_was_typed(land, client_as, sign):
    client = client_as("coordinator")
    batch = send(client, book([figure(land.kelam, land.lada, sign), figure(land.sepauk, land.lada, 0)]), "angka.xlsx")

    text = client.get(batch.get_absolute_url()).content.decode()

    assert stored_values(batch) == [None, "0"]
    assert f"Kolom E “Nilai”: tertulis “{sign}”, dibaca belum ada data. Bila maksudnya nol, tulis 0." in text
    assert "Nilai: <b>belum ada data</b>" in text


def test_year_long_ago_is_a_notice_and_a_year_to_come_an_error(land, client_as):
    client = client_as("coordinator")
    rows = [figure(land.kelam, land.lada, 1, year=year) for year in (2019, 2009, 2008, 1990)]

    batch = send(client, book([*rows, figure(land.kelam, land.lada, 1, year=2020)]), "angka.xlsx")

    assert [row.notice for row in batch.rows.order_by("number")] == [
        "",
        "",
        "Kolom C “Tahun”: tahun 2008 lebih dari 10 tahun yang lalu. Pastikan tahunnya benar.",
        "Kolom C “Tahun”: tahun 1990 lebih dari 10 tahun yang lalu. Pastikan tahunnya benar.",
        "",
    ]
    assert batch.rows.get(action="ERROR").number == 6
