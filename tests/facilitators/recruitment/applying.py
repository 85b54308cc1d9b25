"""Going through an application as a browser does: read the page's own form, type into it, send it."""

import io
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from facilitators.models import Application, ApplicationFile, RecruitmentRound
from p2emas.privacy.sealing import fingerprint, seal
from tests import facilitator_factories as make
from tests.facilitator_factories import nik_of
from tests.filled import own_form

BORN = date(1994, 3, 17)
IDENTITY = {"birth_date": "17-03-1994", "phone": "0812-3456-7890", "agreed": "on"}
ANSWERS = {
    "nama-alamat": {"name": "Pelamar Contoh", "home": "luar", "address": "Jalan Lintas Melawi, Nanga Pinoh"},
    "pendidikan": {"education": "S1", "school": "Universitas Kapuas", "major": "Agribisnis", "graduated": "2016"},
    "pengalaman": {"experience": "Mendampingi kelompok tani.", "motivation": "Ingin kelompok menjual bersama."},
    "desa": {"anywhere": "on"},
}


def picture(colour: str = "white", size: tuple[int, int] = (600, 400)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return out.getvalue()


def paper(name: str = "ktp.jpg", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture() if content is None else content)


def address(record: RecruitmentRound, step: str) -> str:
    return f"/rekrutmen/{record.code}/lamar/{step}/"


def send_page(client: Client, url: str, *, files: dict | None = None, button: str = "next", **typed: str):
    """POST the page's own form with ``typed`` over it and one button pressed."""
    page = client.get(url)
    assert page.status_code == 200, (url, page.status_code)
    form = own_form(page.content.decode(), url)
    assert form is not None, url
    data: dict[str, list] = {}
    for name, value in form.filled(**typed):
        data.setdefault(name, []).append(value)
    return client.post(url, {**data, **({button: "1"} if button else {}), **(files or {})})


def begin(client: Client, record: RecruitmentRound, number: int = 1, **typed: str) -> Application:
    """A draft, begun through the first page."""
    answer = send_page(client, address(record, "identitas"), **{"nik": nik_of(number), **IDENTITY, **typed})
    assert answer.status_code == 302, answer.content.decode()
    return Application.objects.latest("pk")


def fill(client: Client, record: RecruitmentRound, number: int = 1) -> Application:
    """A complete draft, page by page."""
    begin(client, record, number)
    for step, typed in ANSWERS.items():
        assert send_page(client, address(record, step), **typed).status_code == 302, step
    files = {f"paper{document.pk}": paper() for document in record.documents.all()}
    assert send_page(client, address(record, "berkas"), files=files).status_code == 302
    assert send_page(client, address(record, "pernyataan"), declared="on").status_code == 302
    return Application.objects.latest("pk")


def complete_draft(record: RecruitmentRound, number: int, **fields: object) -> Application:
    """A complete draft, put there without pages."""
    nik = nik_of(number)
    draft = make.ApplicationFactory(
        round=record,
        draft=True,
        nik_sealed=seal(nik),
        nik_fingerprint=fingerprint(nik),
        nik_last4=nik[-4:],
        anywhere=True,
        **{"declared_at": make.SENT, **fields},
    )
    for document in record.documents.all():
        ApplicationFile.objects.create(
            application=draft,
            document=document,
            file="x/x",
            original_name="ktp.jpg",
            content_type="image/jpeg",
            size=10,
            sha256=f"{number:064d}",
        )
    return draft
