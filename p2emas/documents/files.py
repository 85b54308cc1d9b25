"""What people upload, judged by content and never by name: accepted, rewritten, or refused in a sentence."""

import unicodedata
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings

from p2emas.documents.images import receive_image
from p2emas.documents.kinds import (
    DOCX,
    ENDINGS,
    HEIC,
    JPEG,
    OLD_OFFICE,
    PAPERS,
    PDF,
    PHOTOS,
    PNG,
    WEBP,
    WORDS,
    XLSX,
    FileRefused,
    ReceivedFile,
)
from p2emas.documents.office import check_office, office_kind
from p2emas.documents.pdf_check import check_pdf
from p2emas.documents.turns import refusals_counted
from p2emas.ui.formats import file_size

HEIC_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"})
NAME_LENGTH = 120


def receive_file(upload: Any, *, allowed: frozenset[str] = PAPERS) -> ReceivedFile:
    """Read an uploaded file and make it safe to keep, or raise ``FileRefused`` with a sentence.

    ``allowed`` holds content types. Images come out as JPEG without EXIF, PDF and Office files unchanged after
    their structure was checked. Nothing is written to disk or database.
    """
    with refusals_counted():
        return _receive(upload, allowed)


def content_of(upload: Any, allowed: frozenset[str]) -> tuple[bytes, str, str]:
    """Content, kind and bare name of an upload, judged by size, first bytes and name; nothing is decoded."""
    data = _read(upload)
    found = detect(data)
    name = clean_name(upload.name or "")
    if found not in allowed:
        raise FileRefused(_not_accepted(found, allowed))
    _check_name(name, found)
    return data, found, name


def _receive(upload: Any, allowed: frozenset[str]) -> ReceivedFile:
    data, found, name = content_of(upload, allowed)
    if found in PHOTOS:
        return receive_image(data, found, _named(name, JPEG))
    if found == PDF:
        check_pdf(data)
    else:
        check_office(data, found)
    return ReceivedFile(content=data, thumbnail=b"", original_name=_named(name, found), content_type=found)


def _read(upload: Any) -> bytes:
    """The whole content; no more than the limit is read, no matter which size was announced."""
    limit = settings.UPLOAD_MAX_BYTES
    upload.seek(0)
    data = upload.read(limit + 1)
    if len(data) > limit:
        raise FileRefused(f"Berkas ini terlalu besar. Paling besar {file_size(limit)}.")
    if not data:
        raise FileRefused("Berkas ini kosong. Pilih berkas lain.")
    return data


def detect(data: bytes) -> str:
    """Content type by the first bytes; "" when it is none that we know."""
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return WEBP
    if data[4:8] == b"ftyp" and _brands(data) & HEIC_BRANDS:
        return HEIC
    if data.startswith(b"%PDF-"):
        return PDF
    if data.startswith(b"PK\x03\x04"):
        return office_kind(data)
    return OLD_OFFICE if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") else ""


def _brands(data: bytes) -> set[bytes]:
    size = min(int.from_bytes(data[:4], "big"), 256)
    return {data[8:12], *(data[at : at + 4] for at in range(16, size, 4))}


def _not_accepted(found: str, allowed: frozenset[str]) -> str:
    kinds = ", ".join(words for kind, words in WORDS.items() if kind in allowed)
    if found == OLD_OFFICE and allowed & {XLSX, DOCX}:
        return (
            "Ini berkas Office versi lama atau berkata sandi. Simpan sebagai .xlsx atau .docx tanpa kata sandi, "
            "lalu unggah lagi."
        )
    if found in WORDS:
        return f"Berkas {WORDS[found]} tidak diterima di sini. Unggah {kinds}."
    return f"Isi berkas ini bukan jenis yang diterima. Unggah {kinds}."


def _check_name(name: str, found: str) -> None:
    """A name that says something else than the content misleads the person who opens it later."""
    ending = _ending(name)
    if ending and ending not in ENDINGS[found]:
        raise FileRefused(
            f"Isi berkas ini {WORDS[found]}, padahal namanya berakhiran .{ending}. Periksa berkasnya, lalu unggah lagi."
        )


# --- Names ----------------------------------------------------------------------------------------------------------


def clean_name(name: str) -> str:
    """The bare name: no folder, no control or direction characters, at most 120 characters; may be empty."""
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    name = "".join(char for char in name if unicodedata.category(char)[0] != "C" and char not in '"<>|:*?\u2028\u2029')
    return " ".join(name.split()).strip(". ")[-400:]


def _ending(name: str) -> str:
    ending = PurePosixPath(name).suffix[1:].lower()
    return ending if ending.isascii() and ending.isalnum() and len(ending) <= 5 and not ending.isdigit() else ""


def _named(name: str, content_type: str) -> str:
    """``name`` with the ending of what is stored: a HEIC becomes a .jpg."""
    ending = _ending(name)
    stem = name[: -len(ending) - 1] if ending else name
    proper = ending if ending in ENDINGS[content_type] else ENDINGS[content_type][0]
    stem = stem.strip(". ")[: NAME_LENGTH - len(proper) - 1] or "berkas"
    return f"{stem}.{proper}"
