"""Photos: judged by their header, decoded, turned upright, made small, written anew as nothing but the picture."""

import io
import warnings
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from p2emas import clock
from p2emas.documents.kinds import HEIC, JPEG, PNG, WEBP, FileRefused, ReceivedFile

FORMATS = {JPEG: ["JPEG", "MPO"], PNG: ["PNG"], WEBP: ["WEBP"], HEIC: ["HEIF"]}
EDGE, BYTES = 1280, 300 * 1024
SMALL_EDGE, SMALL_BYTES = 160, 8 * 1024
QUALITIES = (85, 78, 70, 62, 54, 46, 38, 30)
GPS, EXIF, TAKEN, OFFSET = 0x8825, 0x8769, 36867, 36881


def receive_image(data: bytes, content_type: str, name: str) -> ReceivedFile:
    """The photo as a JPEG of at most 1280 px and about 300 KB, with a thumbnail of at most 8 KB."""
    from PIL import Image

    warnings.filterwarnings("error", category=Image.DecompressionBombWarning)
    try:
        return _receive(data, content_type, name)
    except FileRefused:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise FileRefused(_too_large()) from error
    except Exception as error:  # a decoder fed with malice raises whatever it likes: the file is refused, never a 500
        raise FileRefused(
            _("Gambar ini rusak atau terpotong. Buka dan simpan ulang gambarnya, lalu unggah lagi.")
        ) from error


def _receive(data: bytes, content_type: str, name: str) -> ReceivedFile:
    from PIL import Image, ImageOps

    if content_type == HEIC:
        import pillow_heif

        pillow_heif.register_heif_opener(thumbnails=False)
    with Image.open(io.BytesIO(data), formats=FORMATS[content_type]) as image:
        width, height = image.size
        if width * height > settings.UPLOAD_MAX_PIXELS:
            raise FileRefused(_too_large())
        image.draft("RGB", (EDGE, EDGE))  # a JPEG is decoded at a fraction of its size already
        image.load()
        taken_at, lat, lng = _read_exif(image)
        upright = _opaque(ImageOps.exif_transpose(image))
    upright.thumbnail((EDGE, EDGE))
    small = upright.copy()
    small.thumbnail((SMALL_EDGE, SMALL_EDGE))
    return ReceivedFile(
        content=_jpeg(upright, BYTES),
        thumbnail=_jpeg(small, SMALL_BYTES),
        original_name=name,
        content_type=JPEG,
        taken_at=taken_at,
        lat=lat,
        lng=lng,
    )


def _too_large() -> str:
    million = settings.UPLOAD_MAX_PIXELS // 1_000_000
    return _("Gambar ini terlalu besar. Paling banyak %d juta titik; kecilkan dulu, lalu unggah lagi.") % million


def _opaque(image: Any) -> Any:
    """RGB on white: a JPEG knows no transparency. Nothing but the pixels goes along."""
    from PIL import Image

    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        paper = Image.new("RGB", image.size, "white")
        paper.paste(image, mask=image.getchannel("A"))
        return paper
    image = image.convert("RGB")
    image.info = {}
    return image


def _jpeg(image: Any, most: int) -> bytes:
    """The best quality that fits into ``most`` bytes, else the lowest we allow at a smaller size."""
    while True:
        for quality in QUALITIES:
            out = io.BytesIO()
            image.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
            if out.tell() <= most:
                return out.getvalue()
        image = image.resize((max(1, image.width * 3 // 4), max(1, image.height * 3 // 4)))


# --- What the camera wrote ------------------------------------------------------------------------------------------


def _read_exif(image: Any) -> tuple[datetime | None, Decimal | None, Decimal | None]:
    """Time and place of the photo, where the camera noted something sensible."""
    try:
        exif = image.getexif()
        details, gps = exif.get_ifd(EXIF), exif.get_ifd(GPS)
    except Exception:  # noqa: BLE001 - Pillow raises whatever broken notes make it stumble over; the picture is sound
        return None, None, None
    lat = _degrees(gps.get(2), gps.get(1) in ("S", b"S"), 90)
    lng = _degrees(gps.get(4), gps.get(3) in ("W", b"W"), 180)
    if lat is None or lng is None or (lat == 0 and lng == 0):  # 0, 0 is what a phone without a fix writes
        lat = lng = None
    return _moment(details.get(TAKEN), details.get(OFFSET)), lat, lng


def _degrees(parts: Any, negative: bool, most: int) -> Decimal | None:
    try:
        degrees, minutes, seconds = (float(part) for part in parts)
        value = Decimal(degrees + minutes / 60 + seconds / 3600).quantize(Decimal("0.000001"))
    except (TypeError, ValueError, ArithmeticError):
        return None
    return (-value if negative else value) if 0 <= value <= most else None


def _moment(text: Any, offset: Any) -> datetime | None:
    try:
        moment = datetime.strptime(str(text).strip("\x00 "), "%Y:%m:%d %H:%M:%S")
        aware = (
            datetime.fromisoformat(f"{moment.isoformat()}{str(offset).strip()}")
            if offset
            else timezone.make_aware(moment)
        )
    except (ValueError, OverflowError):
        return None
    if aware.tzinfo is None or not 1995 <= aware.year <= 2100 or aware > clock.now() + timedelta(days=1):
        return None
    return aware
