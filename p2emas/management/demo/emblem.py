"""A neutral shield in the place of the emblems: the demo shows no real one."""

import io

EDGE = 480
OUTLINE = [(60, 40), (420, 40), (420, 260), (240, 440), (60, 260)]
INNER = [(90, 70), (390, 70), (390, 248), (240, 398), (90, 248)]


def placeholder() -> bytes:
    from PIL import Image, ImageDraw

    picture = Image.new("RGBA", (EDGE, EDGE), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    pen.polygon(OUTLINE, fill=(90, 98, 110, 255))
    pen.polygon(INNER, fill=(255, 255, 255, 255))
    for top in (130, 190, 250):
        pen.rectangle((150, top, 330, top + 22), fill=(90, 98, 110, 255))
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()
