"""Receipts: one for each sending, genuine or not for everybody, on paper with a QR code that leads there."""

import json
import uuid

import pytest
import segno
from django.urls import reverse

from p2emas.documents.models import Receipt
from p2emas.documents.pdf import HEAD, compile_pdf, qr_svg
from p2emas.documents.receipts import find_receipt, issue_receipt, plain_code, receipt_link, receipt_pdf
from p2emas.schema import RECEIPT_ALPHABET
from tests.factories import AgencyFactory, ProgressReportFactory, ReceiptFactory

from .pdf_text import objects, text_of

pytestmark = pytest.mark.django_db
TOKEN = uuid.UUID(int=7)


# --- Issuing --------------------------------------------------------------------------------------------------------


def test_same_token_gives_the_same_receipt():
    report = ProgressReportFactory()

    receipts = {issue_receipt(report, report.number, TOKEN) for _ in range(3)}

    assert len(receipts) == 1 and Receipt.objects.get().record == report


def test_each_sending_without_token_has_its_own_receipt():
    report = ProgressReportFactory()

    assert issue_receipt(report, "A") != issue_receipt(report, "A")


def test_token_of_another_record_gives_no_foreign_receipt():
    mine, foreign = ProgressReportFactory(), ProgressReportFactory()
    theirs = issue_receipt(foreign, foreign.number, TOKEN)

    receipt = issue_receipt(record=mine, number=mine.number, client_token=TOKEN)

    assert receipt != theirs and receipt.record == mine and receipt.client_token is None


# --- Genuine? -------------------------------------------------------------------------------------------------------


@pytest.fixture
def receipt():
    agency = AgencyFactory(short_name="Kenari-Rahasia", name="Dinas Kenari")
    return ReceiptFactory(code="ABCDE52U8Z", number="LAP-2019-T3-0042", record=ProgressReportFactory(agency=agency))


@pytest.mark.parametrize("typed", [
    "ABCDE52U8Z", "abcde52u8z", "ABCDE-52U8Z", " abcde 52u8z ", "ABCDE–S2V8Z", "A8CDES2UB2", "a.b.c.d.e.5.2.u.8.z",
])  # fmt: skip
def test_code_is_found_as_people_type_it(client, receipt, typed):
    answer = client.get(reverse("documents:receipt-search"), {"kode": typed}, follow=True)

    text = answer.content.decode()
    assert answer.status_code == 200 and "Tanda terima ini asli" in text and "LAP-2019-T3-0042" in text
    assert find_receipt(typed) == receipt


def test_exact_code_wins_over_a_look_alike(receipt):
    twin = ReceiptFactory(code="ABCDES2U8Z")

    assert (find_receipt("ABCDE52U8Z"), find_receipt("abcdes2u8z")) == (receipt, twin)


def test_genuine_page_says_nothing_about_whose_it_is(client, receipt):
    text = client.get(receipt.get_absolute_url()).content.decode()

    assert "Oktober 2019" in text and "Kenari" not in text and str(receipt.record.pk) not in text.split("LAP-")[0][-50:]


@pytest.mark.parametrize("code", ["ZZZZZ99999", "x", "' OR 1=1", "a" * 3000, "%00", "<script>", "../../", "٣٣٣٣٣٣٣٣٣٣"])
def test_unknown_code_gets_a_friendly_not_found(client, receipt, code):
    answer = client.get(f"/asli/{code.replace('/', '%2F')}/")

    text = answer.content.decode()
    assert answer.status_code == 404 and "<script>" not in text
    if "%2F" not in answer.request["PATH_INFO"] and "../" not in code:
        assert "Tidak ada tanda terima dengan kode ini" in text


@pytest.mark.parametrize(("typed", "piece"), [
    ("", "Isi kode"), ("ABC", "sepuluh huruf"), ("ABCDE*2U8Z", "sepuluh huruf"), ("x" * 100, "60"), ("a\x00", "Galat"),
])  # fmt: skip
def test_search_with_nonsense_is_a_sentence(client, typed, piece):
    answer = client.get(reverse("documents:receipt-search"), {"kode": typed})

    text = answer.content.decode()
    assert answer.status_code == 200 and "<title>Galat: " in text and piece in text


def test_search_form_stands_alone_at_first(client):
    answer = client.get(reverse("documents:receipt-search"))

    assert answer.status_code == 200 and "Galat" not in answer.content.decode()


def test_unknown_code_costs_one_query(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get("/asli/BBBBB88888/")  # 1,024 readings, of which 512 are tried


def test_plain_code_holds_only_what_a_code_or_its_look_alikes_hold():
    assert plain_code("ABCDE-FGHJK") == "ABCDEFGHJK" and plain_code("ABCDE0FGH1") == "ABCDE0FGH1"
    assert plain_code("ABCDE_FGHJ!") == plain_code("ß" * 5) == plain_code("") == ""
    assert set("01ILO").isdisjoint(RECEIPT_ALPHABET)


# --- On paper -------------------------------------------------------------------------------------------------------

EVIL = 'Dinas *tebal* #emph[x] $a$ <b> \\ "kutip" @rujuk'


def test_pdf_has_number_rows_and_address_as_text(receipt, settings):
    settings.SITE_URL = "https://p2emas.example.go.id"

    text = text_of(receipt_pdf(receipt, [("SKPD", EVIL), ("Catatan", None), ("Periode", "Triwulan III 2019")]))

    for piece in (
        "PEMERINTAH KABUPATEN SINTANG",
        "LAP-2019-T3-0042",
        "8 Oktober 2019 pukul 09.00 WIB",
        "Dinas *tebal* #emph[x] $a$ <b>",
        "tidak diisi",
        "https://p2emas.example.go.id/asli/ABCDE52U8Z/",
        "ABCDE-52U8Z",
        "Halaman 1 / 1",
    ):
        assert piece in text, piece


def test_pdf_has_title_language_and_tags(receipt):
    found = b"".join(objects(receipt_pdf(receipt, [])).values())

    assert b"Tanda Terima LAP-2019-T3-0042" in found and b"/Lang(id)" in found and b"/Marked true" in found


def test_qr_code_holds_the_public_address(receipt, monkeypatch):
    """The drawing in the PDF is the matrix of exactly that address."""
    given = {}
    monkeypatch.setattr("p2emas.documents.papers.compile_pdf", lambda *args, **kwargs: given.update(kwargs) or b"")

    receipt_pdf(receipt, [])

    assert given["files"]["qr.svg"] == qr_svg(receipt_link(receipt)) != qr_svg(receipt_link(receipt) + "x")
    assert drawn_modules(given["files"]["qr.svg"].decode()) == {
        (x, y)
        for y, row in enumerate(segno.make(receipt_link(receipt), error="m").matrix_iter(border=4))
        for x, dark in enumerate(row)
        if dark
    }


def drawn_modules(svg: str) -> set[tuple[int, int]]:
    """Dark squares of segno's path: moves and horizontal strokes, half a module down."""
    import re

    found, x, y = set(), 0.0, 0.0
    for command, arguments in re.findall(r"([MmhH])([-\d. ]+)", re.search(r'd="([^"]+)"', svg)[1]):
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", arguments)]
        if command == "M":
            x, y = numbers
        elif command == "m":
            x, y = x + numbers[0], y + numbers[1]
        else:
            found |= {(int(x) + step, int(y)) for step in range(int(numbers[0]))}
            x += numbers[0]
    return found


def test_pdf_takes_control_characters_and_long_words(receipt):
    assert receipt_pdf(receipt, [("a\x00b\x07", "x" * 3000), ("", "\u202e\ud7ff😀")]).startswith(b"%PDF-")


def test_template_sees_nothing_of_the_disk(tmp_path, monkeypatch):
    import typst

    (tmp_path / HEAD).touch()
    (tmp_path / "thief.typ").write_text('#read("/etc/hostname") #read("../secret.txt")')
    monkeypatch.setattr("p2emas.documents.pdf.TEMPLATES", tmp_path)

    with pytest.raises(typst.TypstError):
        compile_pdf("thief.typ", json.loads("{}"))


def test_receipt_of_invented_data_says_so(receipt):
    assert "DATA CONTOH" in text_of(receipt_pdf(receipt, [], is_sample=True))
    assert "DATA CONTOH" not in text_of(receipt_pdf(receipt, []))
