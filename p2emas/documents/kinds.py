"""The kinds of files that are kept, what a received one holds, and how one is refused."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError

JPEG, PNG, WEBP, HEIC = "image/jpeg", "image/png", "image/webp", "image/heic"
PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
OLD_OFFICE = "application/x-ole-storage"

PHOTOS = frozenset({JPEG, PNG, WEBP, HEIC})
SCANS = PHOTOS | {PDF}
PAPERS = SCANS | {XLSX, DOCX}

ENDINGS = {
    JPEG: ("jpg", "jpeg", "jpe", "jfif"),
    PNG: ("png",),
    WEBP: ("webp",),
    HEIC: ("heic", "heif", "hif"),
    PDF: ("pdf",),
    XLSX: ("xlsx",),
    DOCX: ("docx",),
    ODS: ("ods",),
}
WORDS = {
    JPEG: "JPG",
    PNG: "PNG",
    WEBP: "WebP",
    HEIC: "HEIC",
    PDF: "PDF",
    XLSX: "Excel (.xlsx)",
    DOCX: "Word (.docx)",
    ODS: "LibreOffice (.ods)",
}


class FileRefused(ValidationError):
    """The file is not kept; the message is a sentence for the screen."""


@dataclass(frozen=True)
class ReceivedFile:
    """A file as it will be stored, with what was read from it before it was rewritten."""

    content: bytes
    thumbnail: bytes
    original_name: str
    content_type: str
    taken_at: datetime | None = None
    lat: Decimal | None = None
    lng: Decimal | None = None

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()
