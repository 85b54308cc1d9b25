"""Photos: judged by their header, then decoded and written again in a process of its own."""

import math
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone

from p2emas import clock
from p2emas.documents.kinds import HEIC, JPEG, PNG, WEBP, FileRefused, ReceivedFile
from p2emas.documents.readers.headers import MOST_SCANS, heic_header, jpeg_header, png_header, webp_header
from p2emas.documents.readers.reading import Reader

FORMATS = {JPEG: ["JPEG", "MPO"], PNG: ["PNG"], WEBP: ["WEBP"], HEIC: ["HEIF"]}
HEADERS = {JPEG: jpeg_header, PNG: png_header, WEBP: webp_header, HEIC: heic_header}
BROKEN = "Gambar ini rusak atau terpotong. Buka dan simpan ulang gambarnya, lalu unggah lagi."
PHOTO = Reader(
    name="photo",
    module="p2emas.documents.readers.photo",
    limit="READ_PHOTO_SECONDS",
    too_long="Gambar ini terlalu lama dibuka. Simpan ulang sebagai JPG yang lebih kecil, lalu unggah lagi.",
    too_large="Gambar ini terlalu besar untuk dibuka. Kecilkan dulu, lalu unggah lagi.",
    broken=BROKEN,
)


def receive_image(data: bytes, content_type: str, name: str) -> ReceivedFile:
    """The photo as a JPEG of at most 1280 px and about 300 KB, with a thumbnail of at most 8 KB."""
    most = settings.UPLOAD_MAX_HEIC_PIXELS if content_type == HEIC else settings.UPLOAD_MAX_PIXELS
    too_large = _too_large(content_type, most)
    header = HEADERS[content_type](data)
    if header is None:
        raise FileRefused(BROKEN)
    if header.width * header.height > most:
        raise FileRefused(too_large)
    if header.scans > MOST_SCANS:
        raise FileRefused("Susunan gambar ini tidak wajar. Simpan ulang sebagai JPG biasa, lalu unggah lagi.")
    reading = PHOTO.read(data, formats=FORMATS[content_type], most_pixels=most, too_large=too_large)
    notes, (content, thumbnail) = reading.value, reading.pieces
    lat, lng = photo_place(notes["lat"], notes["lng"])
    return ReceivedFile(
        content=content,
        thumbnail=thumbnail,
        original_name=name,
        content_type=JPEG,
        taken_at=photo_moment(notes["taken"], notes["offset"]),
        lat=lat,
        lng=lng,
    )


def _too_large(content_type: str, most: int) -> str:
    million = most // 1_000_000
    if content_type == HEIC:
        return (
            f"Gambar HEIC ini terlalu besar. Paling banyak {million} juta titik; "
            "simpan sebagai JPG atau kecilkan dulu, "
            "lalu unggah lagi."
        )
    return f"Gambar ini terlalu besar. Paling banyak {million} juta titik; kecilkan dulu, lalu unggah lagi."


# --- What the camera wrote ------------------------------------------------------------------------------------------


def photo_place(lat: float | None, lng: float | None) -> tuple[Decimal | None, Decimal | None]:
    """Both or nothing; 0, 0 is what a phone without a fix writes."""
    if lat is None or lng is None or not (math.isfinite(lat) and math.isfinite(lng)) or (lat == 0 and lng == 0):
        return None, None
    if abs(lat) > 90 or abs(lng) > 180:
        return None, None
    degrees = Decimal("0.000001")
    return Decimal(lat).quantize(degrees), Decimal(lng).quantize(degrees)


def photo_moment(text: Any, offset: Any) -> datetime | None:
    try:
        moment = datetime.strptime(text, "%Y:%m:%d %H:%M:%S")
        aware = datetime.fromisoformat(f"{moment.isoformat()}{offset}") if offset else timezone.make_aware(moment)
    except (ValueError, OverflowError):
        return None
    if aware.tzinfo is None or not 1995 <= aware.year <= 2100 or aware > clock.now() + timedelta(days=1):
        return None
    return aware
