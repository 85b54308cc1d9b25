"""Letters of the office as PDF and Word: one for each recipient, all in one file, on the office's letterhead."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from io import BytesIO
from typing import Any

from django.http import HttpResponse

from p2emas.documents.kinds import DOCX
from p2emas.documents.papers import BLANK_NUMBER, Signer, compile_with_emblem, letterhead
from p2emas.ui.formats import long_date

PAPERS, TEXT = ("pdf", "docx"), "txt"
AT_PLACE = "di tempat"
SAMPLE = "DATA CONTOH: nama dan isi surat ini rekaan."


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

    def text(self, *, is_sample: bool = False) -> str:
        """The same words to paste into WhatsApp; what is written by hand on paper is left out."""
        facts = [f"{label}: {value}" if label else value for label, value in self.facts]
        people = ", ".join(each for each in self.to if each != AT_PLACE)
        parts = [SAMPLE if is_sample else "", self.subject, f"Yth. {people}", *self.opening, "\n".join(facts)]
        return "\n\n".join(part for part in (*parts, *self.closing) if part)


def letter_texts(letters: Sequence[Letter], *, is_sample: bool = False) -> list[tuple[str, str]]:
    """Whom each text is for, and the text; ``partials/_letter_ways.html`` shows them."""
    return [(letter.to[0], letter.text(is_sample=is_sample)) for letter in letters]


def letters_pdf(letters: Sequence[Letter], *, title: str, is_sample: bool = False) -> bytes:
    """The letters, each on a page of its own. There is at least one."""
    sample = SAMPLE if is_sample else ""
    data = {**letterhead(), "title": title, "sample": sample, "letters": [_plain(letter) for letter in letters]}
    return compile_with_emblem("letter.typ", data)


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


def letters_docx(letters: Sequence[Letter], *, title: str, is_sample: bool = False) -> bytes:
    """The same for an office that wants to change the words, with a plain letterhead."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm

    document, head = Document(), letterhead()
    document.core_properties.title = title
    document.sections[0].page_width, document.sections[0].page_height = Mm(215), Mm(330)
    for place, letter in enumerate(map(_plain, letters)):
        if place:
            document.add_page_break()
        for words in (head["government"], head["office"], head["address"]):
            document.add_paragraph(words).alignment = WD_ALIGN_PARAGRAPH.CENTER
        if is_sample:
            document.add_paragraph(SAMPLE)
        for words in _lines(letter):
            document.add_paragraph(words)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _lines(letter: dict[str, Any]) -> list[str]:
    """The paragraphs of a letter from its number to its signer."""
    signer = letter["signer"]
    head = [f"Nomor: {letter['number']}", letter["dated"], f"Hal: {letter['subject']}"]
    return [
        "\n".join(part for part in head if part),
        "\n".join(["Kepada Yth.", *letter["to"]]),
        *letter["opening"],
        *(f"{label}: {value}" for label, value in letter["facts"]),
        *letter["closing"],
        f"{signer['title']}\n\n\n{signer['name'] or BLANK_NUMBER}\nNIP {signer['nip'] or BLANK_NUMBER}",
    ]


def letters_response(
    letters: Sequence[Letter], form: str, *, name: str, title: str, is_sample: bool = False
) -> HttpResponse:
    """The letters as "pdf" or "docx", or their words as "txt"."""
    if form == TEXT:
        words = "\n\n\n".join(letter.text(is_sample=is_sample) for letter in letters)
        return HttpResponse(words, content_type="text/plain; charset=utf-8")
    write = letters_pdf if form == "pdf" else letters_docx
    kind = "application/pdf" if form == "pdf" else DOCX
    answer = HttpResponse(write(letters, title=title, is_sample=is_sample), content_type=kind)
    answer["Content-Disposition"] = f'inline; filename="{name}.{form}"'
    return answer
