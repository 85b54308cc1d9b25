"""An office's own Word template: tried when it is uploaded, used from then on, gone back from."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from docx import Document

from p2emas.documents.papers import DecreeText, MinutesText, Signer, paper_docx, paper_pdf, shipped_template
from p2emas.documents.readers.reading import Reader
from p2emas.documents.templates import docx_of, paper_answer
from p2emas.models import PaperTemplate

pytestmark = [pytest.mark.django_db, pytest.mark.whole]
ADD = "/kelola/p2emas/papertemplate/add/"


def template(*lines: str) -> SimpleUploadedFile:
    document, out = Document(), io.BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(out)
    return SimpleUploadedFile("kop-baru.docx", out.getvalue())


def words(content: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs]


def test_own_template_is_used_until_it_is_removed(client_as):
    coordinator = client_as("coordinator")
    coordinator.post(ADD, {"kind": "minutes", "upload": template("Kop baru", "{{ about }}")})
    paper = MinutesText(about="rapat & panen")

    assert words(docx_of(paper)[0]) == ["Kop baru", "rapat & panen"]

    stored = PaperTemplate.objects.get()
    coordinator.post(f"/kelola/p2emas/papertemplate/{stored.pk}/delete/", {"post": "yes"})
    assert "BERITA ACARA" in words(docx_of(paper)[0])


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (["{{ rahasia }}"], "tidak dikenal: rahasia"),
        (["{{ about"], "tidak dapat diisi: ada kurung kurawal"),
        (["{{ about.__class__.__mro__ }}"], "tidak dapat diisi: ada perintah yang tidak diizinkan"),
        (["{{ 1/0 }}"], "tidak dapat diisi: ada perintah atau hitungan yang gagal"),
        (["{{ 'x'.encode('zzz') }}"], "tidak dapat diisi: ada perintah atau hitungan yang gagal"),
        (["{{ range(10000000) }}"], "tidak dapat diisi: ada perintah atau hitungan yang gagal"),
        (["{{ about|xmlattr }}"], "tidak dapat diisi: ada perintah atau hitungan yang gagal"),
        (["{{ signers[7].name.first }}"], "tidak dapat diisi: ada isian yang tidak ada"),
        (["{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}"], "makro yang memanggil dirinya"),
        (["{% include 'a' %}"], "tidak dapat diisi"),
        (["{% for a in range(90000) %}{% for b in range(90000) %}{% endfor %}{% endfor %}"], "terlalu lama diisi"),
        (["{{ 'a'*900000000 }}"], "terlalu besar"),
    ],
    ids=[
        "unknown word",
        "broken",
        "reaching out of the sandbox",
        "division by zero",
        "unknown encoding",
        "huge range",
        "wrong filter",
        "word that is not there",
        "macro without end",
        "another file",
        "loops",
        "huge text",
    ],
)
def test_template_that_cannot_be_filled_is_refused_with_a_sentence(client_as, settings, lines, sentence):
    settings.READ_TEMPLATE_SECONDS = 2 if "terlalu lama" in sentence else 10
    answer = client_as("coordinator").post(ADD, {"kind": "minutes", "upload": template(*lines)})

    assert sentence in answer.content.decode() and not PaperTemplate.objects.exists()


def test_file_that_is_no_word_document_is_refused(client_as):
    answer = client_as("coordinator").post(
        ADD, {"kind": "minutes", "upload": SimpleUploadedFile("kop.docx", b"PK\x03\x04 bukan")}
    )

    assert answer.status_code == 200 and not PaperTemplate.objects.exists()


def test_template_in_use_is_downloaded_by_the_back_office_only(client_as):
    url = reverse("admin:p2emas_papertemplate_download", args=["minutes"])

    answers = {who: client_as(who).get(url).status_code for who in ("coordinator", "district_admin", "agency_operator")}

    assert answers == {"coordinator": 200, "district_admin": 404, "agency_operator": 403}
    assert client_as("coordinator").get(url).content == shipped_template("minutes")
    assert client_as("coordinator").get(url.replace("minutes", "lain")).status_code == 404


def test_template_is_tried_before_the_transaction_and_once(client_as, monkeypatch):
    states = []

    def reads(self, data, **options):
        states.append((self.name, connection.in_atomic_block and len(connection.savepoint_ids)))
        return read(self, data, **options)

    read = Reader.read
    monkeypatch.setattr(Reader, "read", reads)
    around = len(connection.savepoint_ids)
    answer = client_as("coordinator").post(ADD, {"kind": "minutes", "upload": template("{{ about }}")})

    assert answer.status_code == 302
    assert states == [("office", around), ("template", around)]


def test_template_that_fails_with_a_paper_gives_way_to_the_shipped_one(db):
    content = template("{{ 1 / (5 - about|length) }}").read()
    PaperTemplate.objects.create(kind="minutes", content=content, original_name="a.docx", sha256="0" * 64)

    answer = paper_answer(MinutesText(about="rapat", place="Sintang"), "docx", "ba-1")

    assert "BERITA ACARA" in words(answer.content)
    assert "ba-1-templat-bawaan.docx" in answer["Content-Disposition"]


@pytest.mark.parametrize("char", ["\x00", "\x01", "\x0b", "\x0c", "\x1f", "\ud800", "\ufffe", "\uffff"])
def test_control_character_never_reaches_a_paper(char):
    paper = DecreeText(about=f"rotan{char}manau", authority="Bupati", signer=Signer(title=f"Bupati{char}"))

    assert any(
        line.split() in (["rotan", "manau"], ["rotanmanau"]) for line in map(str.lower, words(paper_docx(paper)))
    )
    assert paper_pdf(paper).startswith(b"%PDF-")


def test_long_title_fits_the_properties_of_the_file():
    assert paper_docx(MinutesText(about="a" * 400))
