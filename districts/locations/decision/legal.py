"""The legal check of a decree that is drafted here: each thing that its paper lacks, as a sentence.

It reads what the paper will say (``DecreeText``) and what the decree fixes; it stores nothing and knows no page.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from p2emas.documents.papers import ORDINALS, ROMAN, DecreeText
from p2emas.naming import current, said

EFFECTIVE = "Keputusan ini mulai berlaku pada tanggal ditetapkan."
FUNDING = "Biaya yang timbul karena Keputusan ini dibebankan pada Anggaran Pendapatan dan Belanja Daerah {regency}."
FIRST_BASIS = (  # where a draft begins while nobody has written a list in the identity record
    "Undang-Undang Nomor 6 Tahun 2014 tentang Desa sebagaimana telah beberapa kali diubah, terakhir dengan "
    "Undang-Undang Nomor 3 Tahun 2024;",
    "Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah sebagaimana telah beberapa kali diubah, terakhir "
    "dengan Undang-Undang Nomor 6 Tahun 2023;",
)
COMPETENCY, LOCATION = "kompetensi inti", "lokasi sasaran"
_ANNEX = re.compile(r"[Ll](?:ampiran|AMPIRAN)((?:\s*(?:,|dan|serta|sampai dengan)?\s*\b[IVX]+\b)*)")
_DICTUM = re.compile(r"[Dd]iktum ((?:KE[A-Z]+)(?:\s+BELAS)?)")
_LETTER = re.compile(r"\bhuruf ([a-z])\b")
_CITED = re.compile(r"nomor\s+\S+.*\btahun\s+\d{4}", re.IGNORECASE)
_LAST_CHANGE = re.compile(r"\bdengan\b.*nomor\s+\S+.*\btahun\s+\d{4}", re.IGNORECASE)
_TYPED_NUMBER = re.compile(rf"^\s*(?:[a-z][.)]|\d+[.)]|(?:{'|'.join(ORDINALS)})\s*:)")


@dataclass(frozen=True)
class LegalFault:
    """``field``: the field of the draft in which it is corrected."""

    code: str
    sentence: str
    field: str


@dataclass(frozen=True)
class LegalPoint:
    """One point of the check: the faults found, or the sentence that says that it holds."""

    holds: str
    faults: tuple[LegalFault, ...]


@dataclass(frozen=True)
class Fixed:
    """What of the decree's own the paper has to say."""

    first_day: date | None = None
    competencies: int = 0
    confirmed: int = 0
    locations: int = 0
    endings: int = 0


def legal_basis() -> list[str]:
    """Where the legal basis of a draft begins: the list of the identity record."""
    return [line.strip() for line in current().legal_basis.splitlines() if line.strip()] or list(FIRST_BASIS)


def funding_clause() -> str:
    return said(FUNDING)


def annex_name(place: int, total: int) -> str:
    """How a dictum names annex ``place`` of ``total``; the first is 0."""
    return f"Lampiran {ROMAN[place]}" if total > 1 and place < len(ROMAN) else "Lampiran"


def legal_points(text: DecreeText, fixed: Fixed) -> list[LegalPoint]:
    checks: Sequence[tuple[str, Callable[[DecreeText, Fixed], Iterable[LegalFault]]]] = (
        ("Nomor, tanggal, dan hari mulai berlaku terisi.", _numbers),
        ("Menimbang terisi dan rujukan hurufnya ada.", _considering),
        ("Dasar hukum disebut dengan nomor, tahun, dan perubahan terakhirnya.", _basis),
        ("Diktum menyebut apa yang ditetapkan dan diakhiri.", _dictums),
        ("Tiap lampiran disebut diktum, dan tiap lampiran yang disebut ada.", _annexes),
        ("Sumber pembiayaan disebut.", _funding),
        ("Hari mulai berlaku disebut dan sama dengan catatannya.", _effective),
        ("Penanda tangan adalah orang dengan jabatannya.", _signer),
    )
    return [LegalPoint(holds, tuple(find(text, fixed))) for holds, find in checks]


def faults_in(points: Iterable[LegalPoint]) -> list[LegalFault]:
    return [fault for point in points for fault in point.faults]


def _numbers(text: DecreeText, fixed: Fixed) -> Iterator[LegalFault]:
    if not text.number.strip():
        yield LegalFault("number", "Nomor belum diisi dari buku agenda.", "number")
    if text.dated is None:
        yield LegalFault("dated", "Tanggal penandatanganan belum diisi.", "dated")
    if fixed.first_day is None:
        yield LegalFault("first_day", "Hari pertama berlakunya belum diisi.", "valid_from")


def _considering(text: DecreeText, fixed: Fixed) -> Iterator[LegalFault]:
    if not text.considering:
        yield LegalFault("considering", "Menimbang belum diisi: tulis mengapa keputusan ini perlu.", "considering")
    yield from _typed_numbers(text.considering, "Menimbang", "considering")
    letters = {chr(97 + place) for place in range(len(text.considering))}
    for place, line in enumerate(text.considering):
        for letter in _LETTER.findall(line):
            if letter not in letters or letter == chr(97 + place):
                sentence = f"Menimbang huruf {chr(97 + place)} merujuk huruf {letter}, yang tidak ada."
                yield LegalFault("letter", sentence, "considering")


def _basis(text: DecreeText, fixed: Fixed) -> Iterator[LegalFault]:
    if not text.recalling:
        yield LegalFault("basis", "Mengingat belum diisi: sebut dasar hukumnya.", "recalling")
    yield from _typed_numbers(text.recalling, "Mengingat", "recalling")
    for place, line in enumerate(text.recalling, 1):
        if "undang-undang dasar" not in line.lower() and not _CITED.search(line):
            sentence = f"Dasar hukum {place} tidak menyebut nomor dan tahunnya."
            yield LegalFault("citation", sentence, "recalling")
        changed = re.search(r"\bdiubah\b", line)
        if changed and not _LAST_CHANGE.search(line[changed.end() :]):
            sentence = f"Dasar hukum {place} sudah diubah, tetapi perubahan terakhirnya tidak disebut."
            yield LegalFault("last_change", sentence, "recalling")


def _dictums(text: DecreeText, fixed: Fixed) -> Iterator[LegalFault]:
    if not text.dictums:
        yield LegalFault("dictums", "Belum ada diktum: tulis paling sedikit satu.", "dictums")
        return
    yield from _typed_numbers(text.dictums, "Diktum", "dictums")
    if fixed.competencies and not _says(text, "menetapkan", COMPETENCY):
        sentence = f"Tidak ada diktum yang menetapkan kompetensi inti, padahal butirnya {fixed.competencies}."
        yield LegalFault("competencies", sentence, "dictums")
    if fixed.confirmed and not _says(text, "menguatkan", COMPETENCY):
        sentence = f"Tidak ada diktum yang menguatkan kompetensi inti, padahal butirnya {fixed.confirmed}."
        yield LegalFault("confirmed", sentence, "dictums")
    if fixed.locations and not _says(text, "menetapkan", LOCATION):
        sentence = f"Tidak ada diktum yang menetapkan lokasi sasaran, padahal butirnya {fixed.locations}."
        yield LegalFault("locations", sentence, "dictums")
    if fixed.endings and not _says(text, "mengakhiri"):
        sentence = f"Tidak ada diktum yang mengakhiri, padahal butir yang diakhiri {fixed.endings}."
        yield LegalFault("endings", sentence, "dictums")
    for line in text.dictums:
        for word in _DICTUM.findall(line):
            if word not in ORDINALS[: len(text.dictums)]:
                yield LegalFault("dictum", f"Diktum {word} dirujuk, tetapi tidak ada.", "dictums")


def _annexes(text: DecreeText, fixed: Fixed) -> Iterator[LegalFault]:
    total, named = len(text.annexes), set()
    for line in text.dictums:
        for numerals in _ANNEX.findall(line):
            named |= {ROMAN.index(each) for each in re.findall(r"[IVX]+", numerals) if each in ROMAN}
            if not numerals.strip() and total < 2:
                named.add(0)
    for place, annex in enumerate(text.annexes):
        if place not in named:
            sentence = f"Diktum tidak menyebut {annex_name(place, total)}, yang memuat {annex.title.lower()}."
            yield LegalFault("annex_not_named", sentence, "dictums")
    for place in sorted(named - set(range(total))):
        name = "lampiran" if total == place == 0 else f"Lampiran {ROMAN[place]}"
        yield LegalFault("annex_missing", f"Diktum menyebut {name}, tetapi lampiran itu tidak ada.", "dictums")


def _funding(text: DecreeText, fixed: Fixed) -> Iterator[LegalFault]:
    if not (_says(text, "biaya", "anggaran") or _says(text, "dibebankan")):
        sentence = f"Sumber pembiayaan belum tertulis. Contoh: “{funding_clause()}”"
        yield LegalFault("funding", sentence, "dictums")


def _effective(text: DecreeText, fixed: Fixed) -> Iterator[LegalFault]:
    if not _says(text, "mulai berlaku"):
        yield LegalFault("effective", f"Hari mulai berlaku belum tertulis. Contoh: “{EFFECTIVE}”", "dictums")
    elif _says(text, "tanggal ditetapkan") and text.dated and fixed.first_day and text.dated != fixed.first_day:
        sentence = "Diktum menyebut berlaku pada tanggal ditetapkan, tetapi hari pertamanya bukan tanggal itu."
        yield LegalFault("other_day", sentence, "valid_from")


def _signer(text: DecreeText, fixed: Fixed) -> Iterator[LegalFault]:
    """A person signs: neither nobody nor an office (the signature block "BUPATI SINTANG / BUPATI SINTANG")."""
    name, title = text.signer.name.strip().lower(), text.signer.title.strip().lower()
    offices = {title, text.authority.lower(), current().head.lower(), current().office_head.lower()}
    if not name:
        yield LegalFault("signer", "Nama penanda tangan belum diisi.", "signer_name")
    elif name in offices:
        sentence = "Nama penanda tangan berisi jabatan. Tulis nama orangnya."
        yield LegalFault("signer_office", sentence, "signer_name")


def _says(text: DecreeText, *words: str) -> bool:
    return any(all(word in line.lower() for word in words) for line in text.dictums)


def _typed_numbers(lines: Sequence[str], part: str, field: str) -> Iterator[LegalFault]:
    """Letters and numbers are written by the paper; typed ones would be there twice."""
    if any(_TYPED_NUMBER.match(line) for line in lines):
        sentence = f"{part} memuat nomor atau huruf yang diketik; nomornya ditulis otomatis, jadi hapus."
        yield LegalFault("typed_number", sentence, field)
