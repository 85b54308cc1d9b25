"""Excel, Word and .ods files: real ones, of sane size, without macros, links that load something, or XML tricks."""

import io
import zipfile

from p2emas.documents.kinds import DOCX, ODS, XLSX
from p2emas.documents.readers.reading import Reader

MAIN_PART = {XLSX: "xl/workbook.xml", DOCX: "word/document.xml"}
TYPES = "[Content_Types].xml"
MOST_DIRECTORY = 400 * 1024
END_OF_ARCHIVE = b"PK\x05\x06"
ODS_BEGINS = b"mimetype" + ODS.encode()  # its first part, not compressed
NAMES = {XLSX: "xlsx", DOCX: "docx", ODS: "ods"}
OFFICE = Reader(
    name="office",
    module="p2emas.documents.readers.office",
    limit="READ_SHEET_SECONDS",
    too_long="Berkas ini terlalu lama dibuka. Bagi menjadi beberapa berkas, atau hapus format di luar isinya.",
    too_large="Isi berkas ini terlalu besar setelah dibuka. Bagi menjadi beberapa berkas.",
    broken="Berkas ini rusak atau bukan berkas Office yang utuh. Buka dan simpan ulang, lalu unggah lagi.",
    most=1_000_000,
)


def office_kind(data: bytes) -> str:
    """XLSX, DOCX or ODS by the archive's own list of parts; "" for any other archive."""
    if data[30:].startswith(ODS_BEGINS):
        return ODS
    end = data.rfind(END_OF_ARCHIVE)
    if end < 0 or int.from_bytes(data[end + 12 : end + 16], "little") > MOST_DIRECTORY:
        return ""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except Exception:  # noqa: BLE001 - zipfile lets struct, Unicode and offset errors of a broken directory through
        return ""
    return next((kind for kind, part in MAIN_PART.items() if {part, TYPES} <= names), "")


def check_office(data: bytes, kind: str) -> None:
    """Raise ``FileRefused`` unless ``data`` is a plain file of ``kind``."""
    OFFICE.read(data, kind=NAMES[kind])
