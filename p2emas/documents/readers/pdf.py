"""Judges a PDF by what a real parser (qpdf) finds in it; nothing is rewritten, so signatures stay bit for bit.

Refused wherever they are, in packed objects too: a password that is needed to open, and what runs, sends, loads or
carries something when the file is opened. Ordinary links pass, and so does a file that only forbids printing.
"""

import io
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pikepdf

from p2emas.documents.readers.foreign import check_ends
from p2emas.documents.readers.wire import Refused

BROKEN = "Berkas PDF ini rusak atau terpotong. Simpan ulang, lalu unggah lagi."
SCRIPT, FILE, MEDIA = "skrip", "berkas lain di dalamnya", "media yang dapat dijalankan"
KEYS = {
    "/JS": SCRIPT,
    "/JavaScript": SCRIPT,
    "/OnInstantiate": SCRIPT,
    "/XFA": "formulir XFA",
    "/EF": FILE,
    "/EmbeddedFiles": FILE,
    "/RichMediaContent": MEDIA,
    "/RichMediaSettings": MEDIA,
}
NAMES = {
    "/JavaScript": SCRIPT,
    "/Launch": "perintah yang menjalankan program",
    "/SubmitForm": "perintah yang mengirim isian",
    "/ImportData": "perintah yang mengambil data",
    "/EmbeddedFile": FILE,
    "/RichMedia": MEDIA,
    "/RichMediaExecute": MEDIA,
}
NAMING = ("/S", "/Type", "/Subtype")  # the keys under which a name says what a thing is
SUSPECT = re.compile(b"|".join(re.escape(name.encode()) for name in sorted({*KEYS, *NAMES})))
OBJECT = re.compile(rb"\b(\d{1,10})\s{1,9}(\d{1,5})\s{1,9}obj\b")
REFERENCE = re.compile(rb"\b\d{1,10}\s{1,9}\d{1,5}\s{1,9}R\b")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
MOST_PACKED = 20 * 1024 * 1024
POINTER, NO_POINTER = b"startxref", b"startxxxx"


def read(data: bytes) -> dict[str, int]:
    """The number of pages and objects, or ``Refused``."""
    check_ends(data)
    if b"%%EOF" not in data[-2048:]:
        raise Refused(BROKEN)
    with _opened(data) as pdf:
        known, numbers = _check(pdf)
        found = {"pages": len(pdf.pages), "objects": len(known) + numbers}
    if _holds_more(data, known, numbers):
        _check_as_repaired(data)
    return found


def _opened(data: bytes) -> pikepdf.Pdf:
    try:
        return pikepdf.open(io.BytesIO(data), suppress_warnings=True)
    except pikepdf.PasswordError:
        raise Refused("Berkas PDF ini berkata sandi. Simpan tanpa kata sandi, lalu unggah lagi.") from None
    except pikepdf.PdfError:
        raise Refused(BROKEN) from None


def _check(pdf: pikepdf.Pdf) -> tuple[set[tuple[int, int]], int]:
    """Every object, whether or not anything leads to it; which there are, and how many plain numbers beside them."""
    known, numbers = set(), 0
    _check_object(pdf.trailer)
    for thing in pdf.objects:
        if hasattr(thing, "objgen"):
            known.add(thing.objgen)
            _check_object(thing)
        else:  # the library makes an int of an int, which then has no number of its own
            numbers += 1
    return known, numbers


def _check_object(thing: Any) -> None:
    # written out by the parser: packed objects in plain, no letter of a name hidden as #4A
    if not hasattr(thing, "unparse"):
        return
    written = thing.unparse(resolved=True)
    if written.endswith(b" R"):  # a stream is written as a reference to itself
        written = thing.stream_dict.unparse()
        if b"/ObjStm" in written:
            _check_packed(thing)
    if SUSPECT.search(written):
        for words in _dangers(thing, top=True):
            raise Refused(f"Berkas PDF ini memuat {words}. Cetak ulang menjadi PDF biasa, lalu unggah lagi.")


def _check_packed(stream: pikepdf.Stream) -> None:
    """What is in a stream of objects, also in one that the table of the file does not name."""
    text = stream.read_bytes()
    if len(text) > MOST_PACKED:
        raise Refused("Isi berkas PDF ini terlalu besar setelah dibuka. Bagi menjadi beberapa berkas.")
    if not SUSPECT.search(ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), text)):
        return
    first = int(stream.First)
    places = [first + int(number) for number in text[:first].split()[1::2]]
    for begin, end in pairwise([*places, len(text)]):
        # read by itself an object has nothing to refer to; that something is there is enough
        _check_object(pikepdf.Object.parse(REFERENCE.sub(b"0", text[begin:end])))


def _dangers(thing: Any, *, top: bool = False) -> Iterator[str]:
    """What the thing and everything in it brings along; what it only points to is looked at by itself."""
    if not isinstance(thing, pikepdf.Object) or (thing.is_indirect and not top):
        return
    if isinstance(thing, pikepdf.Name) and top:
        yield from _words(NAMES, str(thing))
    elif isinstance(thing, pikepdf.Array):
        for each in thing:
            yield from _dangers(each)
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        for key, value in thing.items():
            yield from _words(KEYS, key)
            if key in NAMING and isinstance(value, pikepdf.Name):
                yield from _words(NAMES, str(value))
            yield from _dangers(value)


def _words(known: dict[str, str], name: str) -> Iterator[str]:
    if name in known:
        yield known[name]


# --- What another program would find --------------------------------------------------------------------------------


def _holds_more(data: bytes, known: set[tuple[int, int]], numbers: int) -> bool:
    """Whether objects are in the file that its table does not name, or twice: a program that repairs sees them."""
    seen, strange = set(), 0
    for found in OBJECT.finditer(data):
        number = (int(found[1]), int(found[2]))
        strange += number not in known
        if number in seen or strange > numbers:
            return True
        seen.add(number)
    return False


def _check_as_repaired(data: bytes) -> None:
    try:
        pdf = pikepdf.open(io.BytesIO(data.replace(POINTER, NO_POINTER)), suppress_warnings=True)
    except pikepdf.PdfError:
        return  # nobody can repair it: then only what its table names can be seen
    with pdf:
        _check(pdf)
