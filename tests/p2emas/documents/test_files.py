"""Uploads: judged by content, images rewritten, everything nasty refused in a sentence."""

import io
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from p2emas.documents.files import clean_name, receive_file
from p2emas.documents.kinds import PAPERS, PDF, PHOTOS, FileRefused

from . import corpus

NASTY, HONEST = corpus.nasty(), corpus.honest()


def upload(name, content):
    made = SimpleUploadedFile("x", content)
    made._name = name  # past Django's own cleaning: the worst that a client may send
    return made


def receive(name, content, **options):
    return receive_file(upload(name, content), **options)


@pytest.mark.parametrize("label", NASTY)
def test_nasty_file_is_refused_in_a_sentence(label):
    name, content = NASTY[label]

    with pytest.raises(FileRefused) as refused:
        receive(name, content)

    (sentence,) = refused.value.messages
    assert sentence.endswith(".") and " " in sentence and sentence[0].isupper()


@pytest.mark.parametrize(("label", "piece"), [
    ("empty", "kosong"),
    ("pixel bomb", "terlalu besar"),
    ("pixel bomb just above", "40 juta titik"),
    ("photo cut short", "rusak atau terpotong"),
    ("photo named pdf", "JPG, padahal namanya berakhiran .pdf"),
    ("photo and archive", "jenis berkas lain"),
    ("pdf with password", "berkata sandi"),
    ("pdf with escaped script", "memuat skrip"),
    ("pdf with packed script", "menjalankan program"),
    ("pdf with script", "memuat skrip"),
    ("pdf with file", "memuat berkas lain"),
    ("pdf bomb", "terlalu besar setelah dibuka"),
    ("locked office", "tanpa kata sandi"),
    ("excel with password", "berkata sandi"),
    ("excel with macro type", "makro"),
    ("excel with macro part", "makro"),
    ("excel that starts a program", "makro"),
    ("excel that reads files", "perintah XML"),
    ("excel that reads files in utf-16", "perintah XML"),
    ("word that laughs", "perintah XML"),
    ("word that loads a template", "dari tempat lain"),
    ("zip bomb", "terlalu besar setelah dibuka"),
    ("many parts", "terlalu besar setelah dibuka"),
    ("lying sizes", "rusak"),
    ("text", "Unggah JPG, PNG, WebP, HEIC, PDF, Excel (.xlsx), Word (.docx)"),
])  # fmt: skip
def test_refusal_names_the_reason(label, piece):
    with pytest.raises(FileRefused) as refused:
        receive(*NASTY[label])

    assert piece in refused.value.messages[0]


@pytest.mark.parametrize("label", HONEST)
def test_honest_file_is_received(label):
    name, content, stored_name = HONEST[label]

    received = receive(name, content)

    assert received.original_name == stored_name
    if received.content_type == "image/jpeg":
        assert Image.open(io.BytesIO(received.content)).format == "JPEG"
        assert 0 < len(received.thumbnail) <= 8 * 1024
    else:
        assert (received.content, received.thumbnail) == (content, b"")


def test_kind_that_the_place_does_not_take_is_refused():
    with pytest.raises(FileRefused, match=r"Berkas PDF tidak diterima di sini. Unggah JPG, PNG, WebP, HEIC."):
        receive("surat.pdf", corpus.pdf(), allowed=PHOTOS)
    with pytest.raises(FileRefused, match=r"bukan jenis yang diterima. Unggah PDF."):
        receive("data.xls", NASTY["old office"][1], allowed=frozenset({PDF}))


def test_file_above_the_limit_is_refused_whatever_size_it_announced(settings):
    settings.UPLOAD_MAX_BYTES = 1000
    lying = upload("surat.pdf", corpus.pdf(inside=b" " * 1000))
    lying.size = 10

    with pytest.raises(FileRefused, match="Paling besar 1"):
        receive_file(lying)


def test_photo_carries_nothing_but_the_picture():
    content = corpus.image(
        size=(400, 300),
        exif=corpus.exif(lat=(0, 4, 30.0), lng=(111, 30, 0.0), taken="2019:10:07 10:11:12"),
        comment=b"komentar rahasia",
    )

    received = receive("foto.jpg", content)

    for image in (received.content, received.thumbnail):
        opened = Image.open(io.BytesIO(image))
        assert not opened.getexif() and set(opened.info) <= {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "progressive",
            "progression",
        }
        assert b"rahasia" not in image.lower() and b"Exif" not in image
    assert (received.lat, received.lng) == (Decimal("0.075000"), Decimal("111.500000"))
    assert received.taken_at == datetime(2019, 10, 7, 3, 11, 12, tzinfo=UTC)  # the camera spoke of Pontianak


@pytest.mark.parametrize(("notes", "expected"), [
    ({"lat": (-1, 30, 0.0), "lng": (111, 0, 0.0)}, (Decimal("-1.5"), Decimal(111), None)),
    ({"lat": (0, 0, 0.0), "lng": (0, 0, 0.0)}, (None, None, None)),
    ({"lat": (95, 0, 0.0), "lng": (111, 0, 0.0)}, (None, None, None)),
    ({"taken": "2019:10:07 10:11:12", "offset": "+09:00"}, (None, None, datetime(2019, 10, 7, 1, 11, 12, tzinfo=UTC))),
    ({"taken": "2031:01:01 00:00:00"}, (None, None, None)),  # a camera that was never set
    ({"taken": "0000:00:00 00:00:00"}, (None, None, None)),
    ({"taken": "kemarin"}, (None, None, None)),
])  # fmt: skip
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_time_and_place_are_read_where_they_make_sense(kind, notes, expected):
    received = receive("foto", corpus.image(kind, exif=corpus.exif(**notes)))

    assert (received.lat, received.lng, received.taken_at) == expected


def test_heic_keeps_its_time_and_loses_its_notes():
    received = receive("foto.heic", corpus.heic(exif=corpus.exif(taken="2019:10:07 10:11:12")))

    assert received.taken_at == datetime(2019, 10, 7, 3, 11, 12, tzinfo=UTC)
    assert not Image.open(io.BytesIO(received.content)).getexif()


def test_photo_stands_upright_and_is_small():
    content = corpus.image(size=(3000, 2000), noise=True, quality=95, exif=corpus.exif(orientation=6))

    received = receive("foto.jpg", content)

    opened = Image.open(io.BytesIO(received.content))
    assert max(opened.size) <= 1280 and opened.width < opened.height
    assert len(received.content) <= 300 * 1024 and len(received.thumbnail) <= 8 * 1024


def test_transparent_picture_stands_on_white():
    content = corpus.image("PNG", mode="RGBA")  # wholly transparent black

    opened = Image.open(io.BytesIO(receive("layar.png", content).content))

    assert opened.getpixel((5, 5)) == (255, 255, 255)


def test_same_photo_is_stored_as_the_same_bytes():
    content = corpus.image(size=(300, 200), noise=True)

    assert receive("a.jpg", content).sha256 == receive("b.jpg", content).sha256


@pytest.mark.parametrize(("name", "clean"), [
    ("../../etc/passwd", "passwd"),
    ("C:\\Users\\a\\foto.jpg", "foto.jpg"),
    ("a\x00b\r\nSet-Cookie: x.jpg", "abSet-Cookie x.jpg"),
    ("\u202egpj.exe", "gpj.exe"),
    ('"><script>.jpg', "script.jpg"),
    ("  .htaccess ", "htaccess"),
    ("foto\u2028 \u00a0 baru.jpg", "foto baru.jpg"),
    ("", ""),
    ("...", ""),
])  # fmt: skip
def test_name_is_cleaned(name, clean):
    assert clean_name(name) == clean


@pytest.mark.parametrize("name", ["x" * 5000 + ".jpg", "." * 300, "", "é" * 300, "a.b.c.jpg", "laporan 07.10.2019"])
def test_stored_name_is_short_and_has_the_ending(name):
    stored = receive(name, corpus.image()).original_name

    assert len(stored) <= 120 and stored.endswith(".jpg") and len(stored) > 4


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_damaged_file_is_received_or_refused_but_never_an_error(data):
    name, content, _stored = HONEST[data.draw(st.sampled_from(sorted(HONEST)))]
    damaged = bytearray(content)
    for _n in range(data.draw(st.integers(1, 6))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(damaged)))
    mixed = bytes(damaged[:cut]) + data.draw(st.binary(max_size=40)) + bytes(damaged[cut:])

    try:
        received = receive(name, mixed)
    except FileRefused as refusal:
        assert len(refusal.messages) == 1
    else:
        assert received.content_type in PAPERS


@settings(max_examples=50, deadline=None)
@given(
    st.text(max_size=200),
    st.sampled_from(
        [b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"%PDF-", b"PK\x03\x04", b"RIFFxxxxWEBP", b"\0\0\0\x18ftypheic"]
    ),
    st.binary(max_size=200),
)
def test_any_name_and_content_is_received_or_refused(name, start, rest):
    with pytest.raises(FileRefused):
        receive(name, start + rest)
