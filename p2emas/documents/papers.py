"""Official papers of a decision: minutes (berita acara) and decrees (SK), as PDF and as Word from one set of data.

The Word file comes from a template that an office may replace in the back office; the PDF is our own layout. Both
carry the habits of paper: letterhead, F4, dates in words, MENIMBANG/MENGINGAT/MEMUTUSKAN, annex, signature blocks.
"""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from p2emas.accounts.models import Official
from p2emas.documents.pdf import compile_pdf
from p2emas.documents.readers.reading import Reader
from p2emas.identity.models import ONLY, Identity
from p2emas.naming import letterhead
from p2emas.serving.plain_text import plain_data
from p2emas.ui.formats import MONTHS, WEEKDAYS, long_date, spelled_out

TEMPLATE = Reader(
    name="template",
    module="p2emas.documents.readers.template",
    limit="READ_TEMPLATE_SECONDS",
    too_long="Templat ini terlalu lama diisi. Hapus pengulangan di dalam pengulangan, lalu coba lagi.",
    too_large="Naskah dari templat ini terlalu besar. Hapus pengulangan yang tidak perlu.",
    broken="Templat ini tidak dapat diisi. Bandingkan dengan templat bawaan, lalu coba lagi.",
)
SHIPPED = Path(__file__).resolve().parent / "docx"
_WORDS = "KESATU KEDUA KETIGA KEEMPAT KELIMA KEENAM KETUJUH KEDELAPAN KESEMBILAN KESEPULUH"
ORDINALS = tuple(_WORDS.split())
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
BLANK_NUMBER = "......................................"
EMBLEM_FILE = "emblem.png"


@dataclass(frozen=True)
class Signer:
    """A signature block; what is unknown stays a line to write on."""

    heading: str = ""
    title: str = ""
    name: str = ""
    rank: str = ""
    nip: str = ""


def signed_by(official: Official | None, heading: str, otherwise: str) -> Signer:
    """The block of an official, of one who acts in the office with that word; without one a title and lines."""
    if official is None:
        return Signer(heading, otherwise)
    return Signer(heading, official.signed_title, official.name, official.rank, official.nip)


@dataclass(frozen=True)
class Table:
    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    caption: str = ""


@dataclass(frozen=True)
class PaperSection:
    title: str
    paragraphs: Sequence[str] = ()
    table: Table | None = None


@dataclass(frozen=True)
class MinutesText:
    """Berita acara: what a meeting weighed and agreed."""

    about: str
    number: str = ""
    day: date | None = None
    place: str = ""
    sections: Sequence[PaperSection] = ()
    signers: Sequence[Signer] = ()
    is_sample: bool = False
    template = "minutes"

    def context(self) -> dict[str, Any]:
        return {
            **letterhead(),
            **_parts(self.sections),
            "emblem": "",
            "of_office": True,
            "title": "Berita Acara",
            "about": self.about,
            "number": self.number or BLANK_NUMBER,
            "opening": self._opening(),
            "signers": [asdict(signer) for signer in self.signers],
            "sample": sample_words(self.is_sample),
        }

    def _opening(self) -> str:
        if self.day is None:
            return f"Pada hari ini telah dibahas {self.about}, dengan hasil sebagai berikut."
        place = f", bertempat di {self.place}" if self.place else ""
        day = date_in_words(self.day)
        return f"Pada hari ini, {day}{place}, telah dibahas {self.about}, dengan hasil sebagai berikut."


@dataclass(frozen=True)
class DecreeText:
    """Surat keputusan: considerations, legal basis, dictums, annex."""

    about: str
    authority: str
    number: str = ""
    dated: date | None = None
    place: str = ""
    considering: Sequence[str] = ()
    recalling: Sequence[str] = ()
    dictums: Sequence[str] = ()
    signer: Signer = field(default_factory=Signer)
    annexes: Sequence[PaperSection] = ()
    is_draft: bool = False
    is_sample: bool = False
    template = "decree"

    def context(self) -> dict[str, Any]:
        return {
            **letterhead(),
            **_parts(self.annexes),
            "title": f"Keputusan {self.authority}",
            "authority": self.authority,
            "emblem": "",
            "of_office": self.authority.lower().startswith("kepala"),  # its letterhead instead of the regent's
            "about": self.about,
            "number": self.number or BLANK_NUMBER,
            "considering": _lettered(self.considering),
            "recalling": _numbered(self.recalling),
            "dictums": [{"label": _ordinal(n), "text": text} for n, text in enumerate(self.dictums)],
            "place": self.place,
            "dated": long_date(self.dated) if self.dated else BLANK_NUMBER,
            "signer": asdict(self.signer),
            "draft": "KONSEP, belum berlaku" if self.is_draft else "",
            "sample": sample_words(self.is_sample),
        }


@dataclass(frozen=True)
class Agreement:
    """A contract between two sides: who, about what, articles, two signatures. ``about`` names the thing agreed."""

    about: str
    number: str = ""
    dated: date | None = None
    place: str = ""
    opening: str = ""
    parties: Sequence[tuple[str, str]] = ()
    articles: Sequence[PaperSection] = ()
    signers: Sequence[Signer] = ()
    is_sample: bool = False
    template = "contract"

    def context(self) -> dict[str, Any]:
        return {
            **letterhead(),
            **_parts(self.articles),
            "emblem": "",
            "of_office": True,
            "title": "Kontrak Kerja",
            "about": self.about,
            "number": self.number or BLANK_NUMBER,
            "opening": self.opening,
            "parties": [{"label": label, "text": text} for label, text in self.parties],
            "place": self.place,
            "dated": long_date(self.dated) if self.dated else BLANK_NUMBER,
            "signers": [asdict(signer) for signer in self.signers],
            "sample": sample_words(self.is_sample),
        }


Paper = MinutesText | DecreeText | Agreement


def paper_pdf(paper: Paper) -> bytes:
    """The PDF of ``paper`` in our own layout."""
    context = paper.context()
    return compile_with_emblem(f"{paper.template}.typ", context, of_office=context["of_office"])


def compile_with_emblem(
    template: str, data: Mapping[str, Any], *, of_office: bool = True, files: Mapping[str, bytes] | None = None
) -> bytes:
    """The PDF of a template whose head has an emblem (``data.emblem``), which may be nothing."""
    emblem = emblem_of(of_office)
    beside = dict(files or {}) | ({EMBLEM_FILE: emblem} if emblem else {})
    return compile_pdf(template, {**data, "emblem": EMBLEM_FILE if emblem else ""}, files=beside)


def emblem_of(of_office: bool) -> bytes:
    """The emblem of the office's papers, else that of the head of the region's; nothing where there is none."""
    name = "emblem_of_office" if of_office else "emblem_of_head"
    content = Identity.objects.filter(pk=ONLY).values_list(name, flat=True).first()
    return bytes(content or b"")


def paper_docx(paper: Paper, template: bytes | None = None) -> bytes:
    """The Word file of ``paper`` from ``template`` (an office's own), else from the one that is shipped.

    A template is a program: it runs in a process of its own. Raises ``FileRefused`` with a sentence.
    """
    content = template if template is not None else shipped_template(paper.template)
    return fill_template(content, [paper])[0]


def fill_template(content: bytes, papers: Sequence[Paper], *, strict: bool = False) -> list[bytes]:
    """The Word file of each paper; ``strict`` refuses a template with names that no paper has."""
    given = []
    for paper in papers:
        context = plain_data(paper.context())
        emblem = base64.b64encode(emblem_of(context["of_office"])).decode()
        given.append({"context": context, "title": f"{context['title']}: {context['about']}", "emblem": emblem})
    return TEMPLATE.read(content, papers=given, strict=strict).pieces


def shipped_template(name: str) -> bytes:
    return (SHIPPED / f"{name}.docx").read_bytes()


def date_in_words(day: date) -> str:
    """ "Kamis tanggal dua puluh tujuh bulan Juli tahun dua ribu tujuh belas (27-07-2017)"."""
    return "{weekday} tanggal {day} bulan {month} tahun {year} ({figures})".format(
        weekday=WEEKDAYS[day.weekday()],
        day=spelled_out(day.day),
        month=MONTHS[day.month - 1],
        year=spelled_out(day.year),
        figures=f"{day:%d-%m-%Y}",
    )


def counted(number: int) -> str:
    """ "7 (tujuh)", as amounts are written in official text."""
    return f"{number} ({spelled_out(number)})"


def _parts(sections: Sequence[PaperSection]) -> dict[str, Any]:
    """Sections as plain data, which both kinds of template loop over."""
    return {
        "sections": [
            {
                "title": section.title,
                "paragraphs": list(section.paragraphs),
                "caption": section.table.caption if section.table else "",
                "header": list(section.table.header) if section.table else [],
                "rows": [list(map(str, row)) for row in section.table.rows] if section.table else [],
                "widths": _widths(section.table) if section.table else [],
                "least": [_longest(column) for column in _columns(section.table)] if section.table else [],
                "numeral": ROMAN[place] if len(sections) > 1 and place < len(ROMAN) else "",
            }
            for place, section in enumerate(sections)
        ]
    }


def _columns(table: Table) -> list[list[str]]:
    return [[str(text) for text in column] for column in zip(table.header, *table.rows, strict=True)]


def _longest(texts: Sequence[str]) -> int:
    """Letters of the longest word."""
    return max(len(word) for text in texts for word in [*text.split(), ""])


def _widths(table: Table) -> list[int]:
    """Relative widths of the columns: room for the longest word, more where the texts are long."""
    found = []
    for texts in _columns(table):
        longest = _longest(texts)
        usual = sum(map(len, texts)) // len(texts)
        found.append((2 if longest <= 3 else 4) + max(longest, min(usual, 30)))
    return found


def _lettered(points: Sequence[str]) -> list[dict[str, str]]:
    return [{"label": f"{chr(97 + n % 26)}.", "text": text} for n, text in enumerate(points)]


def _numbered(points: Sequence[str]) -> list[dict[str, str]]:
    return [{"label": f"{n}.", "text": text} for n, text in enumerate(points, 1)]


def _ordinal(position: int) -> str:
    return ORDINALS[position] if position < len(ORDINALS) else f"KE-{position + 1}"


def sample_words(is_sample: bool) -> str:
    return "DATA CONTOH: sebagian isi naskah ini rekaan." if is_sample else ""
