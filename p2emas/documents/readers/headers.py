"""What a photo says of itself in its first bytes, read in plain Python: width, height, and how many scans it has.

Neither is proof of what a decoder will find; it keeps obvious bombs from costing a process.
"""

import re
from typing import NamedTuple

MOST_SCANS = 50  # a camera writes 1, a progressive picture about 10; each further one costs a walk over all blocks
NEXT_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
ALONE = frozenset({0x01, *range(0xD0, 0xD9)})
END, SCAN = 0xD9, 0xDA
HEIC_BOXES = 1_000_000


class Header(NamedTuple):
    """``None``: the bytes hold no such thing, so it is not a whole photo of its kind."""

    width: int
    height: int
    scans: int = 1


def jpeg_header(data: bytes) -> Header | None:
    """The largest frame and the number of scans before the end of the first picture; counting stops above the limit."""
    width = height = scans = 0
    at = 2
    while scans <= MOST_SCANS and (found := NEXT_MARKER.search(data, at)):
        marker, at = data[found.end() - 1], found.end()
        if marker == END:
            break
        if marker in ALONE:
            continue
        if marker in FRAMES and len(data) >= at + 7:
            height = max(height, int.from_bytes(data[at + 3 : at + 5]))
            width = max(width, int.from_bytes(data[at + 5 : at + 7]))
        scans += marker == SCAN
        at += int.from_bytes(data[at : at + 2])
    return Header(width, height, scans) if width and height else None


def png_header(data: bytes) -> Header | None:
    if data[12:16] != b"IHDR" or len(data) < 24:
        return None
    return Header(int.from_bytes(data[16:20]), int.from_bytes(data[20:24]))


def webp_header(data: bytes) -> Header | None:
    kind, body = data[12:16], data[20:30]
    if len(body) < 10:
        return None
    if kind == b"VP8X":
        return Header(int.from_bytes(body[4:7], "little") + 1, int.from_bytes(body[7:10], "little") + 1)
    if kind == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        return Header((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    if kind == b"VP8 ":
        return Header(int.from_bytes(body[6:8], "little") & 0x3FFF, int.from_bytes(body[8:10], "little") & 0x3FFF)
    return None


def heic_header(data: bytes) -> Header | None:
    """The largest picture that the boxes before the pixels announce: tiles are smaller than the whole."""
    sizes = [data[found.end() + 4 : found.end() + 12] for found in re.finditer(rb"ispe", data[:HEIC_BOXES])]
    whole = [(int.from_bytes(size[:4]), int.from_bytes(size[4:])) for size in sizes if len(size) == 8]
    return Header(*max(whole, key=lambda size: size[0] * size[1])) if whole else None
