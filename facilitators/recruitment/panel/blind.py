"""The dossier as the panel scores it: answers only, with everything that would tell who wrote them blacked out."""

import hashlib
import itertools
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from facilitators.recruitment.applications.models import Application

BLACK = "███"
# Words of a list of languages that everybody has: alone they do not tell whose list it is.
SHARED = frozenset("bahasa daerah indonesia inggris lokal ibu dan atau sedikit aktif pasif lancar".split())  # noqa: SIM905
# Parts of place names that many places share; alone they tell nothing.
COMMON = frozenset(
    """desa kelurahan kecamatan kabupaten dusun kota hulu hilir baru lama jaya tengah utara selatan timur barat
    sungai nanga bukit tanjung pulau permai indah""".split()  # noqa: SIM905  # a list of words, read as one
)
_AREA = r"\b(?:desa|ds|kelurahan|kel|dusun|dsn|kecamatan|kec|kabupaten|kab|kota|provinsi|prov)\b"
_NAMED_AREA = re.compile(rf"{_AREA}\.?\s*([^,;\n\d]+?)\s*(?=$|[,;\n\d]|{_AREA})", re.IGNORECASE)
_STREET = re.compile(r"\s*(?:jl|jln|jalan|gg|gang|rt|rw|no|perum|perumahan|kompleks?)\b", re.IGNORECASE)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_ENDINGS = "(?:nya|ku|mu|lah|pun)?"
_DIGITS = re.compile(r"[+(]?\d(?:[\s().\-–—/_+]{0,3}\d){7,}")  # telephone numbers, NIK, days written in figures
_YEARS = re.compile(r"(?:19|20)\d\d\s*[-–—/]\s*(?:19|20)\d\d")  # "2014-2016": how long, not who
_CONTACTS = re.compile(
    r"\S+@\S+"
    r"|(?:https?://|www\.)\S+"
    r"|\b[\w-]+(?:\.[\w-]+)*\.(?:com|co|id|net|org|me|info|link|site|biz|ly)\b(?:/\S*)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class BlindDossier:
    """Everything that a panellist reads of an application before their own score is saved: this and nothing else.

    ``languages`` are empty before: in this regency the language that somebody speaks tells the ethnic group.
    """

    ordinal: int
    education: str
    skills: tuple[str, ...]
    experience: str
    motivation: str
    languages: str = ""
    is_opened: bool = False

    @classmethod
    def of(cls, application: Application, ordinal: int) -> "BlindDossier":
        """``application`` comes with its home, wishes and skills (``with_places``)."""
        words = telling_words(application)
        return cls(
            ordinal=ordinal,
            education=application.get_education_display(),
            skills=tuple(str(skill) for skill in application.skills.all()),
            experience=blackout(application.experience, words),
            motivation=blackout(application.motivation, words),
        )

    @classmethod
    def opened(cls, application: Application, ordinal: int) -> "BlindDossier":
        """The same answers once the panellist has scored: names and places show, numbers and contacts stay covered."""
        return cls(
            ordinal=ordinal,
            education=application.get_education_display(),
            languages=blackout(application.languages, []),
            is_opened=True,
            skills=tuple(str(skill) for skill in application.skills.all()),
            experience=blackout(application.experience, []),
            motivation=blackout(application.motivation, []),
        )


def ordinals(rows: Iterable[tuple[int, str]]) -> dict[int, int]:
    """Application -> its number for the panel, from (pk, code): an order that says nothing about the sending."""
    mixed = sorted(rows, key=lambda row: hashlib.sha256(row[1].encode()).digest())
    return {pk: place for place, (pk, _code) in enumerate(mixed, start=1)}


def telling_words(application: Application) -> list[str]:
    """Names that must not be read: the applicant's, those of the home and of the villages named, and of languages."""
    villages = [wish.place.target_location.village for wish in application.wishes.all()]
    villages += [application.home_village] if application.home_village else []
    districts = [village.district for village in villages] + [application.home_district]
    names = [str(place.name) for place in [*villages, *districts] if place]
    names += [alias.name for village in villages for alias in village.aliases.all()]
    names += address_places(application.address, outside=application.home_village is None)
    places = (word for name in names for word in telling_parts(name))
    return [*name_words(application.name), *places, *language_words(application.languages)]


def language_words(languages: str) -> list[str]:
    """ "Dayak Desa, Melayu" -> those names, whole and in parts, without the languages that everybody speaks."""
    found = []
    for name in re.split(r"[,;/\n()]|\bdan\b", languages):
        parts = [part for part in re.findall(r"[^\W\d_]+", name) if _folded(part)[0] not in SHARED]
        found += [" ".join(parts)] if parts else []
        found += [part for part in parts if len(part) >= 4 and _folded(part)[0] not in COMMON]
    return found


def address_places(address: str, *, outside: bool) -> list[str]:
    """Places that an address names as such; of somebody from ``outside`` the regency, whose village is in no list,
    everything that is no street and no number."""
    names = _NAMED_AREA.findall(address)
    if outside:
        rest = _NAMED_AREA.sub(" ", address)
        names += [part for part in re.split(r"[,;\n]", rest) if not _STREET.match(part) and not re.search(r"\d", part)]
    found = [" ".join(name.split()).strip(" .-/") for name in names]
    return [name for name in found if any(len(word) >= 4 and word.casefold() not in COMMON for word in name.split())]


def name_words(name: str) -> list[str]:
    """The parts of a person's name that have 3 letters or more, and how they may be run together."""
    tokens = [_letters(token) for token in name.split()]
    parts = [part for part in re.split(r"[^\w]|[\d_]", name) if part]
    return [word for word in {*parts, *tokens, "".join(tokens)} if len(_letters(word)) >= 3]


def telling_parts(name: str) -> list[str]:
    parts = [part for part in re.split(r"\W+", name) if len(part) >= 4 and _folded(part)[0] not in COMMON]
    return [name, *parts]


def blackout(text: str, words: Iterable[str]) -> str:
    """``text`` with ``words`` (in any case and accents), telephone numbers, mail and web addresses covered."""
    text = _INVISIBLE.sub("", text)
    covered = [match.span() for match in _CONTACTS.finditer(text)]
    covered += [match.span() for match in _DIGITS.finditer(text) if not _YEARS.fullmatch(match[0].strip("() "))]
    folded, origin = _folded(text)
    if pattern := _pattern(words):
        for match in pattern.finditer(folded):
            covered.append((origin[match.start()], origin[match.end() - 1] + 1))
    return _cover(text, covered)


def _pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    """Whole words only: "Ani" is not in "petani". Between the parts of a name anything but a letter may occur."""
    found = {tuple(re.findall(r"[^\W_]+", _folded(word)[0])) for word in words}
    choices = sorted((r"[\W_]*".join(map(re.escape, parts)) for parts in found if parts), key=len, reverse=True)
    return re.compile(rf"(?<![^\W\d_])(?:{'|'.join(choices)}){_ENDINGS}(?![^\W\d_])") if choices else None


def _folded(text: str) -> tuple[str, list[int]]:
    """``text`` without case and accents, and for each of its characters the place where it came from."""
    letters, origin = [], []
    for place, character in enumerate(text):
        for letter in unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).upper().casefold()):
            if not unicodedata.combining(letter):
                letters.append(letter)
                origin.append(place)
    return "".join(letters), origin


def _letters(word: str) -> str:
    return "".join(letter for letter in word if letter.isalpha())


def _cover(text: str, spans: list[tuple[int, int]]) -> str:
    """One bar for words that follow each other, so that its length does not tell how many words a name has."""
    merged: list[list[int]] = []
    for start, last in sorted(spans):
        end = last + sum(1 for _each in itertools.takewhile(unicodedata.combining, text[last:]))
        if merged and not text[merged[-1][1] : start].strip(" \n\t_'-"):
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    for start, end in reversed(merged):
        text = text[:start] + BLACK + text[end:]
    return text
