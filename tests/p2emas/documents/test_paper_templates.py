"""An office's own Word template: tried when it is uploaded, used from then on, gone back from."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from p2emas.documents.papers import Minutes, shipped_template
from p2emas.documents.templates import docx_of
from p2emas.models import PaperTemplate

pytestmark = pytest.mark.django_db
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
    paper = Minutes(about="rapat & panen")

    assert words(docx_of(paper)) == ["Kop baru", "rapat & panen"]

    stored = PaperTemplate.objects.get()
    coordinator.post(f"/kelola/p2emas/papertemplate/{stored.pk}/delete/", {"post": "yes"})
    assert "BERITA ACARA" in words(docx_of(paper))


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (["{{ rahasia }}"], "tidak dikenal: rahasia"),
        (["{{ about"], "tidak dapat diisi"),
        (["{{ about.__class__.__mro__ }}"], "tidak dapat diisi"),
    ],
    ids=["unknown word", "broken", "reaching out of the sandbox"],
)
def test_template_that_cannot_be_filled_is_refused_with_a_sentence(client_as, lines, sentence):
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
