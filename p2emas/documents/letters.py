"""Letters of the office as PDF: one for each recipient, all in one file, on the office's letterhead."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from p2emas.documents.papers import BLANK_NUMBER, Signer, letterhead
from p2emas.documents.pdf import compile_pdf
from p2emas.ui.formats import long_date


@dataclass(frozen=True)
class Letter:
    """One letter. Number, day and signer that are unknown stay lines to write on."""

    subject: str
    to: Sequence[str]
    opening: Sequence[str]
    facts: Sequence[tuple[str, str]] = ()
    closing: Sequence[str] = ()
    number: str = ""
    dated: date | None = None
    signer: Signer = field(default_factory=Signer)


def letters_pdf(letters: Sequence[Letter], *, title: str, is_sample: bool = False) -> bytes:
    """The letters, each on a page of its own. There is at least one."""
    sample = "DATA CONTOH: nama dan isi surat ini rekaan." if is_sample else ""
    data = {**letterhead(), "title": title, "sample": sample, "letters": [_plain(letter) for letter in letters]}
    return compile_pdf("letter.typ", data)


def _plain(letter: Letter) -> dict[str, Any]:
    return {
        "number": letter.number or BLANK_NUMBER,
        "dated": long_date(letter.dated) if letter.dated else "",
        "subject": letter.subject,
        "to": list(letter.to),
        "opening": list(letter.opening),
        "facts": [[str(label), str(value)] for label, value in letter.facts],
        "closing": list(letter.closing),
        "signer": asdict(letter.signer),
    }
