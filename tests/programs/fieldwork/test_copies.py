"""The ZIP of a phone gives the same visits, photos and receipts as the phone itself, and hurts nobody."""

import hashlib
import io
import json
import uuid
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from p2emas.documents.models import Receipt
from programs.fieldwork.copies import LIST
from programs.fieldwork.models import FieldPhoto, FieldReport
from tests.programs.fieldwork.test_pages import (  # noqa: F401  (fixtures)
    facilitator,
    phone,
    picture,
    placement,
    upload,
)

pytestmark = pytest.mark.django_db
PAGE = "/impor/kunjungan/"


def item_of(data: dict) -> dict:
    fields = [[name, str(value)] for name, value in data.items() if name not in ("token", "photos")]
    return {"token": data["token"], "fields": fields, "photos": json.loads(data["photos"])}


def zipped(user, items, photos=(), **more) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(LIST, json.dumps({"user": str(user.pk), "items": items} | more))
        for name, content in photos:
            archive.writestr(f"foto/{name}.jpg", content)
    return made.getvalue()


def send(client, content: bytes):
    return client.post(PAGE, {"copy": SimpleUploadedFile("salinan.zip", content)})


def test_copy_gives_what_the_phone_would_have_sent(facilitator, placement):  # noqa: F811
    first, second = picture(300), picture(340)
    with_photos, without = phone(placement, first, second), phone(placement, text="Tanpa foto")
    content = zipped(
        placement.facilitator.user,
        [item_of(with_photos), item_of(without)],
        [(f"{with_photos['token']}-1", first), (f"{with_photos['token']}-2", second)],
    )

    pages = [send(facilitator, content).text for _each in range(2)]

    assert all(page.count("Terkirim") >= 2 for page in pages)
    assert FieldReport.objects.filter(status="SENT").count() == FieldReport.objects.count() == 2
    assert [each.sent_sha256 for each in FieldPhoto.objects.order_by("number")] == [
        hashlib.sha256(each).hexdigest() for each in (first, second)
    ]
    receipt = Receipt.objects.get(client_token=with_photos["token"]).shown_code
    later = facilitator.post(reverse("fieldwork:visit-receive"), with_photos).json()
    assert (later["receipt"], later["state"]) == (receipt, "SENT")


def test_photo_in_the_copy_is_stored_as_the_phone_would_have_stored_it(facilitator, placement):  # noqa: F811
    content = picture(320)
    by_copy, by_phone = phone(placement, content), phone(placement, content)

    send(facilitator, zipped(placement.facilitator.user, [item_of(by_copy)], [(f"{by_copy['token']}-1", content)]))
    facilitator.post(reverse("fieldwork:visit-receive"), by_phone)
    facilitator.post(reverse("fieldwork:photo-receive", args=[by_phone["token"], 1]), {"foto": upload(content)})

    one, other = (FieldPhoto.objects.get(report__client_token=each["token"]) for each in (by_copy, by_phone))
    assert one.file.open().read() == other.file.open().read()


def test_photo_that_is_missing_leaves_the_visit_waiting_for_it(facilitator, placement):  # noqa: F811
    content = picture()
    data = phone(placement, content)

    page = send(facilitator, zipped(placement.facilitator.user, [item_of(data)])).text

    assert "Satu foto pada salinan ini rusak" in page
    assert FieldReport.objects.get().status == "WAITING"


def test_visit_that_is_refused_keeps_no_other_from_arriving(facilitator, placement):  # noqa: F811
    bad, good = phone(placement, women="-1"), phone(placement)

    page = send(facilitator, zipped(placement.facilitator.user, [item_of(bad), item_of(good)])).text

    assert "belum diterima" in page
    assert str(FieldReport.objects.get().client_token) == good["token"]


def test_copy_of_somebody_else_is_refused(facilitator, placement, user_as):  # noqa: F811
    page = send(facilitator, zipped(user_as("facilitator"), [item_of(phone(placement))])).text

    assert "milik pemakai lain" in page and not FieldReport.objects.exists()


def many_entries() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for number in range(3000):
            archive.writestr(f"foto/{number}.jpg", b"")
    return made.getvalue()


def bomb(name: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, b" " * 50_000_000)
    return made.getvalue()


def with_list(said: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(LIST, said)
    return made.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x05\x06", b"bukan zip", many_entries(), bomb(LIST), bomb("lain.txt"), with_list("[" * 100_000),
        with_list("[]"), with_list("{}"), with_list('{"items": 7}'), with_list('{"items": [{"token": "x"}]}'),
        with_list(json.dumps({"items": [{"token": str(uuid.uuid4()), "fields": [["a", 7]], "photos": []}]})),
        with_list(json.dumps({"items": [{"token": str(uuid.uuid4()), "fields": [1], "photos": []}]})),
        with_list('{"items": [{"token": 7}]}'),
        with_list(json.dumps({"items": [{"token": str(uuid.uuid4()), "fields": [["text", "\ud800"]], "photos": []}]})),
        with_list(json.dumps({"items": [{}] * 61})), b"PK\x03\x04" + b"\0" * 40,
    ],
)  # fmt: skip
def test_file_that_is_no_copy_is_refused_in_a_sentence(facilitator, content):  # noqa: F811
    answer = send(facilitator, content)

    assert answer.status_code == 200 and "bukan salinan kunjungan" in answer.text
    assert not FieldReport.objects.exists()


def test_copy_without_visits_says_so(facilitator, placement):  # noqa: F811
    assert "tidak memuat kunjungan" in send(facilitator, zipped(placement.facilitator.user, [])).text
    assert "Pilih berkas salinannya" in facilitator.post(PAGE, {}).text
