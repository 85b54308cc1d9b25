"""The version token of a workbook: of which record it is, from which version, and what each cell held then.

It is signed: a workbook whose token was changed, or copied from another one, is refused.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core import signing

from p2emas import clock
from p2emas.imports.lanes.shapes import LaneSheet

SALT = "p2emas.imports.lanes"
PIECE = 2_000  # letters of a cell that are read back
MOST_PIECES = 100
FIELDS = ""  # the key under which the fields of a sheet are named
Held = dict[str, list[str]]  # key of a row -> what its typed columns held


class TokenRefused(Exception):
    """The message is a sentence for the screen."""


@dataclass(frozen=True)
class WorkbookToken:
    lane: str
    record: int
    version: int
    made_at: datetime
    held: dict[str, Held]  # name of a sheet -> its rows

    def pieces(self) -> list[str]:
        """As cells of the hidden sheet."""
        value = [self.lane, self.record, self.version, self.made_at.isoformat(), self.held]
        signed = signing.dumps(value, salt=SALT, compress=True)
        return [signed[at : at + PIECE] for at in range(0, len(signed), PIECE)]


def token_for(lane: str, record: int, version: int, sheets: list[LaneSheet]) -> WorkbookToken:
    return WorkbookToken(lane, record, version, clock.now(), held_by(sheets))


def held_by(sheets: list[LaneSheet]) -> dict[str, Held]:
    """What every typed cell holds now."""
    return {
        sheet.name: {FIELDS: [column.field for column in sheet.typed]}
        | {row.key: [row.stored(column) if row.takes(column) else "" for column in sheet.typed] for row in sheet.rows}
        for sheet in sheets
    }


def held_of(held: Held, key: str) -> dict[str, str]:
    """Field -> what it held in one row; nothing of a row that was not there then."""
    return dict(zip(held.get(FIELDS, []), held.get(key, []), strict=False))


def opened_token(pieces: Sequence[Any]) -> WorkbookToken:
    signed = "".join(str(piece) for piece in pieces if piece is not None)
    if not signed:
        raise TokenRefused(
            "Berkas ini tidak memuat tanda isian. Unduh isian Excel di halaman ini, lalu salin angkanya ke sana; atau "
            "tempel tabelnya di kotak tempel."
        )
    try:
        lane, record, version, made_at, held = signing.loads(signed, salt=SALT)
        return WorkbookToken(str(lane), int(record), int(version), datetime.fromisoformat(made_at), held)
    except (signing.BadSignature, ValueError, TypeError, zlib.error):
        raise TokenRefused(
            "Tanda isian pada berkas ini rusak. Unduh isian Excel yang baru, lalu salin angkanya ke sana."
        ) from None
