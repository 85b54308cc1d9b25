"""An archive of XML parts (xlsx, docx), opened under limits that hold before and while it is read.

For readers of every house; runs in their process. A part is never held whole, its elements never make a tree.
"""

import io
import zipfile
from collections.abc import Callable, Iterator
from xml.parsers import expat

from p2emas.documents.readers.wire import Refused

MOST_PARTS, MOST_BYTES = 2_000, 128 * 1024 * 1024  # a sheet that is formatted to its last row has 90 MB
MOST_RATIO, SMALL_PART = 200, 1024 * 1024
MOST_DEPTH = 200
PIECE = 64 * 1024
END_OF_ARCHIVE, END_SIZE = b"PK\x05\x06", 22
ARCHIVE, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
XML = (".xml", ".rels", ".vml")
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
ACTIVE = ("vbaproject", "vbadata", "activex/", "macrosheets/", "oleobject", "customui/")
DAMAGED = "Berkas ini rusak atau bukan berkas Office yang utuh. Buka dan simpan ulang, lalu unggah lagi."
TOO_LARGE = "Isi berkas ini terlalu besar setelah dibuka. Bagi menjadi beberapa berkas."
EMBEDDED = "Berkas ini memuat makro atau objek tertanam. Simpan sebagai .xlsx atau .docx biasa, lalu unggah lagi."
STRANGE = "Susunan berkas ini tidak wajar. Buka dan simpan ulang, lalu unggah lagi."
Start = Callable[[str, dict[str, str]], None]


class Archive:
    """``Archive(data)`` raises ``Refused`` for an archive that is damaged, locked, too large or carries macros."""

    def __init__(self, data: bytes) -> None:
        if data.rfind(END_OF_ARCHIVE) != len(data) - END_SIZE:  # something comes after the archive
            raise Refused(DAMAGED)
        try:
            self._file = zipfile.ZipFile(io.BytesIO(data))
        except Exception:  # noqa: BLE001 - zipfile lets struct, Unicode and offset errors of a broken directory through
            raise Refused(DAMAGED) from None
        self.parts = {part.filename: part for part in self._file.infolist()}
        self._check_directory(len(data))

    def _check_directory(self, size: int) -> None:
        parts = self._file.infolist()
        names = [part.filename.lower() for part in parts]
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
            raise Refused(TOO_LARGE)
        if any(part.flag_bits & 1 for part in parts):
            raise Refused("Berkas ini berkata sandi. Simpan tanpa kata sandi, lalu unggah lagi.")
        if _is_strange(parts, size) or len(set(names)) != len(names):
            raise Refused(STRANGE)
        if any(_swells(part) for part in parts):
            raise Refused(TOO_LARGE)
        if any(mark in name for mark in ACTIVE for name in names):
            raise Refused(EMBEDDED)

    def pieces(self, name: str) -> Iterator[bytes]:
        """The part a little at a time; ``Refused`` when it is not there, or not what the directory says of it."""
        try:
            with self._file.open(self.parts[name]) as part:
                while piece := part.read(PIECE):
                    yield piece
        except Refused:
            raise
        except Exception:  # noqa: BLE001 - as above, and what zlib says of broken bytes
            raise Refused(DAMAGED) from None

    def walk(
        self,
        name: str,
        *,
        start: Start | None = None,
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        """Parse an XML part as it comes; ``start``, ``end`` and ``text`` are told what expat tells its handlers.

        No DOCTYPE (the way in of every XML attack), elements at most 200 deep, well-formed to its end.
        """
        parser = expat.ParserCreate()
        parser.buffer_text = True
        depth = 0

        def opens(tag: str, attributes: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            if depth > MOST_DEPTH:
                raise Refused("Susunan berkas ini terlalu dalam. Salin isinya ke berkas baru, lalu unggah lagi.")
            if start is not None:
                start(tag, attributes)

        def closes(tag: str) -> None:
            nonlocal depth
            depth -= 1
            if end is not None:
                end(tag)

        parser.StartElementHandler, parser.EndElementHandler = opens, closes
        parser.StartDoctypeDeclHandler = _refuse_doctype
        if text is not None:
            parser.CharacterDataHandler = text
        try:
            for piece in self.pieces(name):
                parser.Parse(piece, False)
            parser.Parse(b"", True)
        except expat.ExpatError:
            raise Refused(DAMAGED) from None


def _refuse_doctype(*_args: object) -> None:
    raise Refused("Berkas ini memuat perintah XML yang tidak diterima. Simpan ulang dari Excel atau Word.")


def _is_strange(parts: list[zipfile.ZipInfo], size: int) -> bool:
    """Parts that overlap, are packed in a way that no office program uses, or come after something else."""
    overlapping = sum(part.compress_size for part in parts) > size
    packed = {part.compress_type for part in parts}
    return overlapping or bool(packed - METHODS) or min(part.header_offset for part in parts) != 0


def _swells(part: zipfile.ZipInfo) -> bool:
    """Whether a part grows beyond measure when it is unpacked."""
    return part.file_size > SMALL_PART and part.file_size > MOST_RATIO * part.compress_size
