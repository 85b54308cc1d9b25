"""PDF files: whole, readable without a password, and without script, launch actions or files inside."""

import re
import zlib
from collections.abc import Iterator

from django.utils.translation import gettext as _

from p2emas.documents.kinds import FileRefused

ENCRYPTED = re.compile(rb"/Encrypt\s*(\d+\s+\d+\s+R|<<)")
ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA)\b")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
MOST_OBJECTS = 20 * 1024 * 1024


def check_pdf(data: bytes) -> None:
    """Raise ``FileRefused`` with the sentence that says what is wrong with ``data``, a file that begins as a PDF."""
    if b"%%EOF" not in data[-2048:] or b"obj" not in data:
        raise FileRefused(_("Berkas PDF ini rusak atau terpotong. Simpan ulang, lalu unggah lagi."))
    plain, packed = _parts(data)
    if ENCRYPTED.search(plain) or ENCRYPTED.search(data[-4096:]):
        raise FileRefused(_("Berkas PDF ini berkata sandi. Simpan tanpa kata sandi, lalu unggah lagi."))
    for part in (plain, *_unpacked(packed)):
        # a name may hide letters as #4A
        if ACTIVE.search(ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), part)):
            raise FileRefused(
                _("Berkas PDF ini memuat skrip atau berkas lain di dalamnya. Cetak ulang menjadi PDF biasa.")
            )


def _parts(data: bytes) -> tuple[bytes, list[bytes]]:
    """What stands outside streams, and the object streams: by searching, since a pattern would take ages on malice."""
    plain, packed, at = [], [], 0
    while True:
        start = data.find(b"stream", at)
        end = data.find(b"endstream", start) if start >= 0 else -1
        if end < 0:
            plain.append(data[at:])
            return b" ".join(plain), packed
        plain.append(data[at:start])
        if b"/ObjStm" in data[max(at, start - 600) : start]:
            packed.append(data[start + len(b"stream") : end].lstrip(b"\r\n"))
        at = end + len(b"endstream")


def _unpacked(packed: list[bytes]) -> Iterator[bytes]:
    """Object streams in plain: there the names of actions hide in compressed form."""
    size = 0
    for content in packed:
        try:
            text = zlib.decompressobj().decompress(content, MOST_OBJECTS - size)
        except zlib.error:
            continue
        size += len(text)
        if size >= MOST_OBJECTS:
            raise FileRefused(_("Isi berkas PDF ini terlalu besar setelah dibuka. Bagi menjadi beberapa berkas."))
        yield text
