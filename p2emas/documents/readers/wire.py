"""What passes between the site and the process that reads a file: a line of JSON, then pieces of bytes."""

import json
from collections.abc import Sequence
from typing import Any, BinaryIO

LONGEST_HEAD = 64 * 1024 * 1024


class Refused(Exception):
    """The file is not taken; the message is an Indonesian sentence for the screen."""


def write(stream: BinaryIO, head: dict[str, Any], pieces: Sequence[bytes] = ()) -> None:
    lengths = [len(piece) for piece in pieces]
    stream.write(json.dumps({**head, "pieces": lengths}, ensure_ascii=True).encode() + b"\n")
    for piece in pieces:
        stream.write(piece)
    stream.flush()


def read(stream: BinaryIO) -> tuple[dict[str, Any], list[bytes]]:
    """Raises ``ValueError`` for anything that ``write`` did not make, also for a message cut short."""
    line = stream.readline(LONGEST_HEAD)
    if not line.endswith(b"\n"):
        raise ValueError("no whole message")
    head = json.loads(line)
    pieces = []
    for length in head.pop("pieces"):
        piece = stream.read(length)
        if len(piece) != length:
            raise ValueError("a message cut short")
        pieces.append(piece)
    return head, pieces
