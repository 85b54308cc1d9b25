"""Emblems of papers: PNG alone, written again, at the head of what the head of the region or the office signs."""

import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from p2emas.documents.letters import Letter, letters_pdf
from p2emas.documents.papers import Agreement, DecreeText, MinutesText, emblem_of, paper_docx, paper_pdf
from p2emas.identity.models import Identity
from p2emas.instruments import emblems
from p2emas.management.demo.emblem import placeholder

pytestmark = pytest.mark.django_db
EDIT = reverse("instruments:emblem-edit")


def picture(kind: str = "PNG", size: tuple[int, int] = (300, 400), name: str = "lambang.png") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB" if kind == "JPEG" else "RGBA", size, (90, 90, 90)).save(out, kind)
    return SimpleUploadedFile(name, out.getvalue())


@pytest.fixture
def head(client_as):
    return client_as("coordinator_head")


def test_emblem_is_written_again_and_shown_to_those_who_read_who_we_are(head, client_as):
    answer = head.post(EDIT, {"emblem_of_office": picture(size=(900, 1200))}, follow=True)

    assert "Lambang disimpan" in answer.text
    content = emblem_of(of_office=True)
    with Image.open(io.BytesIO(content)) as stored:
        assert (stored.format, max(stored.size), stored.mode) == ("PNG", 600, "RGBA")
    assert emblem_of(of_office=False) == b""
    shown = {who: client_as(who).get(reverse("instruments:emblem", args=["kantor"])) for who in ("auditor", "leader")}
    assert shown["auditor"].content == content and shown["auditor"]["Content-Type"] == "image/png"
    assert shown["leader"].status_code == 403
    assert head.get(reverse("instruments:emblem", args=["daerah"])).status_code == 404
    assert "lihat lambangnya" in head.get(EDIT).text


@pytest.mark.parametrize(
    ("upload", "sentence"),
    [
        (lambda: picture("JPEG", name="lambang.jpg"), "Berkas JPG tidak diterima di sini. Unggah PNG."),
        (lambda: picture("JPEG", name="lambang.png"), "Berkas JPG tidak diterima di sini. Unggah PNG."),
        (lambda: picture(size=(60, 60)), "terlalu kecil untuk dicetak"),
        (lambda: picture(size=(2100, 2000)), "Paling banyak 4 juta titik"),
        (lambda: SimpleUploadedFile("lambang.png", picture().read()[:60]), "rusak atau terpotong"),
        (lambda: SimpleUploadedFile("lambang.png", b"bukan gambar"), "Unggah PNG."),
        (lambda: SimpleUploadedFile("lambang.png", picture().read() + b"<script>"), "tersembunyi jenis berkas lain"),
    ],
    ids=["jpeg", "jpeg named png", "small", "large", "cut off", "no picture", "a page inside"],
)
def test_what_is_no_emblem_is_a_sentence_beside_the_field(head, upload, sentence):
    page = head.post(EDIT, {"emblem_of_head": upload()}).text

    assert sentence in page and 'href="#id_emblem_of_head"' in page
    assert emblem_of(of_office=False) == b""


def test_more_bytes_than_allowed_are_refused_before_they_are_decoded(head, monkeypatch):
    monkeypatch.setattr(emblems, "MOST_BYTES", 100)
    monkeypatch.setattr(emblems.Reader, "read", None)

    assert "terlalu besar" in head.post(EDIT, {"emblem_of_head": picture()}).text


def test_emblem_is_removed_and_a_new_one_is_stronger_than_the_box(head):
    head.post(EDIT, {"emblem_of_head": picture(), "drop_emblem_of_head": "on"})
    assert emblem_of(of_office=False)

    head.post(EDIT, {})
    assert emblem_of(of_office=False)
    head.post(EDIT, {"drop_emblem_of_head": "on"})

    assert emblem_of(of_office=False) == b""
    kept = list(Identity.history.order_by("history_id").values_list("emblems", flat=True))
    assert [bool(each) for each in kept[-2:]] == [True, False] and "kepala daerah" in kept[-2]
    page = head.get(reverse("identity:identity")).text
    assert kept[-2] in page


def drawn(pdf: bytes) -> bool:
    return bool(re.search(rb"/Subtype\s*/Image", pdf))


def test_papers_carry_the_emblem_of_who_signs_them():
    Identity.objects.update_or_create(pk=1, defaults={"emblem_of_office": placeholder()})
    office = [MinutesText(about="rapat"), Agreement(about="tugas"), DecreeText(about="x", authority="Kepala Bappeda")]
    regent = DecreeText(about="x", authority="Bupati Sintang")

    assert all(drawn(paper_pdf(paper)) for paper in office)
    assert not drawn(paper_pdf(regent))
    assert drawn(letters_pdf([Letter(subject="x", to=["y"], opening=["z"])], title="x"))
    for paper in office:
        with zipfile.ZipFile(io.BytesIO(paper_docx(paper))) as file:
            assert [name for name in file.namelist() if name.startswith("word/media/")] == ["word/media/image1.png"]
    with zipfile.ZipFile(io.BytesIO(paper_docx(regent))) as file:
        assert not [name for name in file.namelist() if name.startswith("word/media/")]

    Identity.objects.update_or_create(pk=1, defaults={"emblem_of_head": placeholder()})
    assert drawn(paper_pdf(regent))
