"""Excel and Word files: real ones, of sane size, without macros, links that load something, or XML tricks."""

import io
import zipfile
from collections.abc import Iterator
from xml.parsers import expat

from django.utils.translation import gettext as _

from p2emas.documents.kinds import DOCX, XLSX, FileRefused

MAIN_PART = {XLSX: "xl/workbook.xml", DOCX: "word/document.xml"}
MAIN_TYPE = {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": XLSX,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": DOCX,
}
TYPES = "[Content_Types].xml"
MOST_PARTS, MOST_BYTES, MOST_DIRECTORY = 2_000, 80 * 1024 * 1024, 1024 * 1024
END_OF_ARCHIVE, END_SIZE = b"PK\x05\x06", 22
ACTIVE = ("vbaproject", "vbadata", "activex/", "macrosheets/", "oleobject", "customui/")
LOADS = ("attachedtemplate", "oleobject", "frame", "subdocument", "control", "package")


def is_archive(data: bytes) -> bool:
    """Whether an archiver would open ``data``, whatever it looks like from the front."""
    try:
        return zipfile.is_zipfile(io.BytesIO(data))
    except Exception:  # noqa: BLE001 - zipfile lets struct, Unicode and offset errors of a broken directory through
        return False


def office_kind(data: bytes) -> str:
    """XLSX or DOCX by the archive's own list of parts; "" for any other archive."""
    end = data.rfind(END_OF_ARCHIVE)
    if end < 0 or int.from_bytes(data[end + 12 : end + 16], "little") > MOST_DIRECTORY:
        return ""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except Exception:  # noqa: BLE001 - as above: what cannot be listed is of no kind that we take
        return ""
    return next((kind for kind, part in MAIN_PART.items() if {part, TYPES} <= names), "")


def check_office(data: bytes, kind: str) -> None:
    """Raise ``FileRefused`` unless ``data`` is a plain file of ``kind``."""
    damaged = _("Berkas ini rusak atau bukan berkas Office yang utuh. Buka dan simpan ulang, lalu unggah lagi.")
    if data.rfind(END_OF_ARCHIVE) != len(data) - END_SIZE:  # something stands behind the archive
        raise FileRefused(damaged)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_directory(archive)
            for name, content in _xml_parts(archive):
                _check_part(name, content, kind)
            if archive.testzip() is not None:
                raise FileRefused(damaged)
    except FileRefused:
        raise
    except Exception as error:  # the archive lies about itself in one of a hundred ways
        raise FileRefused(damaged) from error


def _check_directory(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = [part.filename.lower() for part in parts]
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
        raise FileRefused(_("Isi berkas ini terlalu besar setelah dibuka. Bagi menjadi beberapa berkas."))
    if any(part.flag_bits & 1 for part in parts):
        raise FileRefused(_("Berkas ini berkata sandi. Simpan tanpa kata sandi, lalu unggah lagi."))
    if len(set(names)) != len(names) or min(part.header_offset for part in parts) != 0:
        raise FileRefused(_("Susunan berkas ini tidak wajar. Buka dan simpan ulang, lalu unggah lagi."))
    if any(mark in name for mark in ACTIVE for name in names):
        raise FileRefused(_macros())


def _macros() -> str:
    return _("Berkas ini memuat makro atau objek tertanam. Simpan sebagai .xlsx atau .docx biasa, lalu unggah lagi.")


def _xml_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    for part in archive.infolist():
        name = part.filename
        if name.lower().endswith((".xml", ".rels", ".vml")):
            yield name, archive.read(name)


def _check_part(name: str, content: bytes, kind: str) -> None:
    """Well-formed, no DOCTYPE (the door of every XML attack), nothing that loads or runs when it is opened."""
    parser = expat.ParserCreate()
    found: list[str] = []

    def refuse_doctype(*_args: object) -> None:
        raise FileRefused(_("Berkas ini memuat perintah XML yang tidak diterima. Simpan ulang dari Excel atau Word."))

    def element(tag: str, attributes: dict[str, str]) -> None:
        if name == TYPES:
            _check_type(attributes.get("ContentType", ""), found)
        elif name.endswith(".rels"):
            _check_link(attributes)
        elif tag.rpartition(":")[2] == "ddeLink":
            raise FileRefused(_macros())

    parser.StartDoctypeDeclHandler = refuse_doctype
    if name == TYPES or name.endswith(".rels") or "externallinks/" in name.lower():
        parser.StartElementHandler = element
    parser.Parse(content, True)
    if name == TYPES and found != [kind]:
        raise FileRefused(_("Isi berkas ini bukan seperti namanya. Simpan ulang dari Excel atau Word."))


def _check_type(content_type: str, found: list[str]) -> None:
    if "macroenabled" in content_type.lower() or "vbaproject" in content_type.lower():
        raise FileRefused(_macros())
    if content_type in MAIN_TYPE:
        found.append(MAIN_TYPE[content_type])


def _check_link(attributes: dict[str, str]) -> None:
    kind = attributes.get("Type", "").rpartition("/")[2].lower()
    if attributes.get("TargetMode", "").lower() == "external" and kind in LOADS:
        raise FileRefused(_("Berkas ini memuat isi dari tempat lain saat dibuka. Simpan tanpa tautan itu."))
