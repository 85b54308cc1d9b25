"""Judges an Excel, Word or .ods file that is kept as it is: real, of sane size, without macros or what loads things."""

from typing import Any

from p2emas.documents.readers import opendocument
from p2emas.documents.readers.archive import ARCHIVE, DAMAGED, EMBEDDED, OLD_OFFICE, XML, Archive
from p2emas.documents.readers.wire import Refused

TYPES = "[Content_Types].xml"
MAIN_PART = {"xlsx": "xl/workbook.xml", "docx": "word/document.xml"}
MAIN_TYPE = {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": "xlsx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": "docx",
}
LOADS = ("attachedtemplate", "oleobject", "frame", "subdocument", "control", "package")


def read(data: bytes, *, kind: str) -> dict[str, Any]:
    """The number of parts, or ``Refused``; ``kind`` is "xlsx", "docx" or "ods"."""
    if kind == "ods":
        archive = Archive(data)
        opendocument.check_opendocument(archive)
        return {"parts": len(archive.parts)}
    return {"parts": check(data, kind)}


def check(data: bytes, kind: str, *, inside: bool = False) -> int:
    """Every part once: XML is parsed, of the others the beginning is looked at and the sum proved."""
    archive = Archive(data)
    if not {TYPES, MAIN_PART[kind]} <= archive.parts.keys():
        raise Refused(DAMAGED)
    for name in archive.parts:
        if name.lower().endswith(XML):
            _check_xml(archive, name, kind)
        else:
            _check_other(archive, name, inside)
    return len(archive.parts)


def _check_xml(archive: Archive, name: str, kind: str) -> None:
    found: list[str] = []

    def element(tag: str, attributes: dict[str, str]) -> None:
        if name == TYPES:
            _check_type(attributes.get("ContentType", ""), found)
        elif name.endswith(".rels"):
            _check_link(attributes)
        elif tag.rpartition(":")[2] == "ddeLink":
            raise Refused(EMBEDDED)

    watched = name == TYPES or name.endswith(".rels") or "externallinks/" in name.lower()
    archive.walk(name, start=element if watched else None)
    if name == TYPES and found != [kind]:
        raise Refused("Isi berkas ini bukan seperti namanya. Simpan ulang dari Excel atau Word.")


def _check_other(archive: Archive, name: str, inside: bool) -> None:
    """Archives in archives hide what they bring; only the table behind a chart may be one, and it is judged alike."""
    pieces = archive.pieces(name)
    begin = next(pieces, b"")
    if begin.startswith(OLD_OFFICE):
        raise Refused(EMBEDDED)
    if begin.startswith(ARCHIVE):
        if inside or not ("/embeddings/" in name and name.lower().endswith(".xlsx")):
            raise Refused(EMBEDDED)
        check(begin + b"".join(pieces), "xlsx", inside=True)
    for _piece in pieces:  # to its end, where its sum is proved
        pass


def _check_type(content_type: str, found: list[str]) -> None:
    if "macroenabled" in content_type.lower() or "vbaproject" in content_type.lower():
        raise Refused(EMBEDDED)
    if content_type in MAIN_TYPE:
        found.append(MAIN_TYPE[content_type])


def _check_link(attributes: dict[str, str]) -> None:
    kind = attributes.get("Type", "").rpartition("/")[2].lower()
    if attributes.get("TargetMode", "").lower() == "external" and kind in LOADS:
        raise Refused("Berkas ini memuat isi dari tempat lain saat dibuka. Simpan tanpa tautan itu.")
