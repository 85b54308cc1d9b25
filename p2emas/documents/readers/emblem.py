"""Decodes an emblem and writes it again as nothing but its pixels, small enough for the head of a paper.

Runs in a process of its own; the caller has judged the header.
"""

import io
import warnings
from typing import Any

from PIL import Image

from p2emas.documents.readers.foreign import check_picture
from p2emas.documents.readers.wire import Refused

EDGE = 600  # 22 mm on paper at 600 dots an inch and some more


def read(data: bytes, *, most_pixels: int, least: int, too_large: str) -> tuple[dict[str, Any], list[bytes]]:
    """Width and height, and the picture as PNG; a transparent ground stays so."""
    warnings.filterwarnings("ignore", category=Image.DecompressionBombWarning)  # the pixels are counted below
    check_picture(data)
    with Image.open(io.BytesIO(data), formats=["PNG"]) as image:
        if image.width * image.height > most_pixels:
            raise Refused(too_large)
        if min(image.size) < least:
            raise Refused(
                f"Lambang ini terlalu kecil untuk dicetak. Pakai gambar dengan sisi paling sedikit {least} titik."
            )
        image.load()
        emblem = image.convert("RGBA")
    emblem.thumbnail((EDGE, EDGE))
    emblem.info = {}
    out = io.BytesIO()
    emblem.save(out, "PNG", optimize=True)
    return {"width": emblem.width, "height": emblem.height}, [out.getvalue()]
