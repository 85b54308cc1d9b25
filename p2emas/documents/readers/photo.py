"""Decodes a photo, turns it upright, makes it small and writes it again as nothing but the picture.

Runs in a process of its own; the caller has judged the header.
"""

import io
import warnings
from typing import Any

from PIL import Image, ImageOps

from p2emas.documents.readers.foreign import check_picture
from p2emas.documents.readers.wire import Refused

EDGE, BYTES = 1280, 300 * 1024
SMALL_EDGE, SMALL_BYTES = 160, 8 * 1024
QUALITIES = (85, 78, 70, 62, 54, 46, 38, 30)
GPS, EXIF, TAKEN, OFFSET = 0x8825, 0x8769, 36867, 36881


def read(data: bytes, *, formats: list[str], most_pixels: int, too_large: str) -> tuple[dict[str, Any], list[bytes]]:
    """What the camera wrote (taken, offset, lat, lng), and picture and thumbnail as JPEG."""
    warnings.filterwarnings("ignore", category=Image.DecompressionBombWarning)  # the pixels are counted below
    check_picture(data)
    if "HEIF" in formats:
        import pillow_heif

        pillow_heif.register_heif_opener(thumbnails=False)
    with Image.open(io.BytesIO(data), formats=formats) as image:
        width, height = image.size
        if width * height > most_pixels:
            raise Refused(too_large)
        image.draft("RGB", (EDGE, EDGE))  # a JPEG is decoded at a fraction of its size already
        image.load()
        notes = _notes(image)
        upright = _small(image)
    small = upright.copy()
    small.thumbnail((SMALL_EDGE, SMALL_EDGE))
    return notes, [_jpeg(upright, BYTES), _jpeg(small, SMALL_BYTES)]


def _small(image: Any) -> Any:
    """RGB on white, at most 1280 px, upright. Nothing but the pixels goes along.

    Shrunk before anything else, so that there is no second large copy; a palette cannot be shrunk.
    """
    if image.mode in ("P", "PA", "1"):
        image = image.convert("RGBA" if image.mode == "PA" or "transparency" in image.info else "RGB")
    image.thumbnail((EDGE, EDGE))
    ImageOps.exif_transpose(image, in_place=True)
    if image.mode.startswith("I"):  # 16 bits of grey: the upper 8 of them
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.mode in ("RGBA", "LA") or "transparency" in image.info:
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
        best = b""
        fits, too_much = len(QUALITIES), -1
        while fits - too_much > 1:  # the best is tried first: most photos fit; for the others a few tries of many
            middle = 0 if too_much < 0 and not best else (fits + too_much) // 2
            out = io.BytesIO()
            image.save(out, "JPEG", quality=QUALITIES[middle], optimize=True, progressive=True)
            if out.tell() <= most:
                best, fits = out.getvalue(), middle
            else:
                too_much = middle
        if best:
            return best
        image = image.resize((max(1, image.width * 3 // 4), max(1, image.height * 3 // 4)))


# --- What the camera wrote ------------------------------------------------------------------------------------------


def _notes(image: Any) -> dict[str, Any]:
    """Time and place as the camera noted them; the site judges whether they make sense."""
    try:
        exif = image.getexif()
        details, gps = exif.get_ifd(EXIF), exif.get_ifd(GPS)
        return {
            "taken": str(details.get(TAKEN) or "").strip("\x00 ")[:40],
            "offset": str(details.get(OFFSET) or "").strip("\x00 ")[:10],
            "lat": _degrees(gps.get(2), gps.get(1) in ("S", b"S")),
            "lng": _degrees(gps.get(4), gps.get(3) in ("W", b"W")),
        }
    except Exception:  # noqa: BLE001 - Pillow raises anything over broken notes; the picture is sound
        return {"taken": "", "offset": "", "lat": None, "lng": None}


def _degrees(parts: Any, negative: bool) -> float | None:
    try:
        degrees, minutes, seconds = (float(part) for part in parts)
        value = degrees + minutes / 60 + seconds / 3600
    except (TypeError, ValueError, ArithmeticError):
        return None
    return -value if negative else value
