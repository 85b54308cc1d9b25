"""Papers: each kept as soon as it is right, with any fault in the others; what is wrong gets a sentence."""

import io
import random
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from facilitators.models import Application, ApplicationFile
from facilitators.recruitment.apply.sending import send_application
from p2emas import clock
from tests import facilitator_factories as make
from tests.facilitators.recruitment.applying import address, begin, complete_draft, paper, picture, send_page
from tests.p2emas.documents.corpus import locked_pdf

pytestmark = [pytest.mark.django_db, pytest.mark.whole]


@pytest.fixture
def record():
    record = make.RecruitmentRoundFactory(complete=True)
    make.DocumentKindFactory(round=record, name="Ijazah")
    return record


@pytest.fixture
def draft(client, record):
    return begin(client, record)


def field(record, position: int = 0) -> str:
    return f"paper{record.documents.order_by('pk')[position].pk}"


def noise(form: str, size: tuple[int, int]) -> bytes:
    """A photo that hardly compresses."""
    if form == "HEIF":
        import pillow_heif

        pillow_heif.register_heif_opener()
    small = Image.frombytes("RGB", (800, 600), random.Random(7).randbytes(800 * 600 * 3))
    out = io.BytesIO()
    small.resize(size).save(out, form, quality=95)
    return out.getvalue()


def upload(client, record, *files, button="upload"):
    return send_page(client, address(record, "berkas"), files=dict(files), button=button)


def test_good_papers_stay_while_a_bad_one_is_refused(client, record, draft):
    bad = SimpleUploadedFile("ijazah.jpg", b"bukan gambar")

    answer = upload(client, record, (field(record), paper("ktp.jpg")), (field(record, 1), bad), button="next")

    page = answer.content.decode()
    assert answer.status_code == 200
    assert [each.original_name for each in draft.files.all()] == ["ktp.jpg"]
    assert "ijazah.jpg: Isi berkas ini bukan jenis yang diterima" in page
    assert "<title>Galat:" in page.replace("\n", "")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("kosong.jpg", b"", "kosong"),
        ("surat.pdf", picture(), "padahal namanya berakhiran .pdf"),
        ("rahasia.pdf", locked_pdf(user="rahasia"), "kata sandi"),
        ("putus.jpg", picture(size=(1600, 1200))[: len(picture(size=(1600, 1200))) * 6 // 10], "terpotong"),
        ("program.exe", b"MZ\x90\x00" * 50, "bukan jenis yang diterima"),
    ],
)
def test_file_that_cannot_be_kept_gets_a_sentence_and_nothing_is_kept(client, record, draft, name, content, sentence):
    answer = upload(client, record, (field(record), SimpleUploadedFile(name, content)))

    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert ApplicationFile.objects.count() == 0


def test_photo_of_an_iphone_is_kept_as_a_jpeg_of_at_most_300_kb(client, record, draft):
    content = noise("HEIF", (1600, 1200))

    answer = upload(client, record, (field(record), SimpleUploadedFile("IMG_0001.HEIC", content)))

    kept = draft.files.get()
    assert answer.status_code == 302
    assert (kept.content_type, kept.original_name) == ("image/jpeg", "IMG_0001.jpg")
    assert kept.size <= 300 * 1024


def test_missing_papers_hold_the_next_page_back_but_not_leaving(client, record, draft):
    stayed = upload(client, record, button="next")
    left = upload(client, record, button="later")

    assert stayed.status_code == 200
    assert "Unggah Ijazah" in stayed.content.decode()
    assert left.headers["Location"] == "/rekrutmen/status/"


def test_paper_is_seen_and_removed_by_its_owner_alone(client, record, draft):
    upload(client, record, (field(record), paper()))
    kept = draft.files.get()
    stranger = type(client)()

    seen = client.get(f"/rekrutmen/status/berkas/{kept.key}/")
    unseen = stranger.get(f"/rekrutmen/status/berkas/{kept.key}/")
    stranger.post(address(record, "berkas"), {"remove": str(kept.key)})
    there = ApplicationFile.objects.count()
    removed = client.post(address(record, "berkas"), {"remove": str(kept.key)})
    again = client.post(address(record, "berkas"), {"remove": str(kept.key)})

    assert (seen.status_code, unseen.status_code) == (200, 404)
    assert (there, ApplicationFile.objects.count()) == (1, 0)
    assert removed.status_code == again.status_code == 302


def test_no_paper_is_added_once_the_application_was_sent(client, record, draft):
    upload(client, record, (field(record), paper()))
    Application.objects.filter(pk=draft.pk).update(**sent_fields())

    answer = client.post(address(record, "berkas"), {field(record): paper("lain.jpg", picture("red"))})

    assert answer.headers["Location"] == address(record, "terkirim")
    assert ApplicationFile.objects.count() == 1


def sent_fields() -> dict:
    return {"status": "SENT", "number": "LMR-1", "sent_at": make.SENT}


def test_upload_that_breaks_off_leaves_nothing_half(client, record, draft):
    """The connection ends at 60 %: what arrived whole is kept, the rest is not."""
    first, second = picture(size=(900, 900)), noise("JPEG", (1600, 1200))
    mark = "batas"
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; filename="{name}.jpg"\r\n'
        f"Content-Type: image/jpeg\r\n\r\n".encode()
        + content
        + b"\r\n"
        for name, content in ((field(record), first), (field(record, 1), second))
    ]
    body = b"".join(parts)
    body = body[: len(body) * 6 // 10]

    answer = client.generic(
        "POST", address(record, "berkas"), body, content_type=f"multipart/form-data; boundary={mark}"
    )

    assert answer.status_code < 500
    assert {each.original_name for each in draft.files.all()} <= {f"{field(record)}.jpg"}


# --- What was missing -----------------------------------------------------------------------------------------------


def test_missing_paper_is_handed_in_until_the_moment_that_was_set(client, record, business_day, user_as):
    sent = complete_draft(record, 1, phone="+6281234567890")
    send_application(application=sent, version=0, client_token=uuid.uuid4(), arrived=make.SENT)
    until = datetime(2019, 10, 20, 9, tzinfo=UTC)
    coordinator = user_as("coordinator")
    with clock.at(until - timedelta(days=2)):
        sent.take_step("ask_completion", seen="SENT", actor=coordinator, note="KTP tidak terbaca", complete_by=until)
    client.post("/rekrutmen/status/", {"code": sent.code, "phone": "081234567890"})
    status = client.get("/rekrutmen/status/").content.decode()
    url = "/rekrutmen/status/kelengkapan/"

    with clock.at(until):
        late = client.post(url, {field(record): paper("terlambat.jpg", picture("blue")), "send": "1"})
    with clock.at(until - timedelta(days=1)):
        nothing_new = send_page(client, url, button="send")
        in_time = send_page(client, url, files={field(record): paper("baru.jpg", picture("red"))}, button="send")

    sent.refresh_from_db()
    names = set(sent.files.values_list("original_name", flat=True))
    assert "KTP tidak terbaca" in status
    assert "20 Oktober 2019 pukul 16.00 WIB" in status
    assert "Belum ada berkas baru" in nothing_new.content.decode()
    assert (late.status_code, in_time.status_code, sent.status) == (409, 302, "SENT")
    assert "baru.jpg" in names
    assert "terlambat.jpg" not in names
