"""Whether a code may be given to an activity, and what is near it when it may not.

Against a list that is whole, a code that it does not have is refused. Against one that is known in part it is taken;
it is "belum ada di daftar" until the list has it. What is stored is never asked again: ``unlisted`` lists it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from django.db.models import Q, QuerySet

from programs.nomenclature.levels import Level, parent_of, tidy, written_as
from programs.nomenclature.models import NomenclatureEntry
from programs.nomenclature.versions import NomenclatureVersion, built_in_versions, version_in_force

NEAR, LOOKED_AT = 3, 300
UNLISTED = "belum ada di daftar"
SHORTEST_WORD = 4


@dataclass(frozen=True)
class CodeCheck:
    """What a list says of a code: its ``entry`` (then ``known``), or whether it is ``refused`` and what is ``near``."""

    code: str
    version: NomenclatureVersion
    entry: NomenclatureEntry | None = None
    near: list[NomenclatureEntry] = field(default_factory=list)

    @property
    def known(self) -> bool:
        return self.entry is not None

    @property
    def refused(self) -> bool:
        return self.entry is None and self.version.is_whole

    @property
    def sentence(self) -> str:
        """Why the code is refused and what to write instead, or ""."""
        if not self.refused:
            return ""
        if not self.near:
            return f"Kode {self.code} tidak ada dalam {self.version}. Cari kodenya di halaman Nomenklatur"
        named = "; ".join(str(entry) for entry in self.near)
        return f"Kode {self.code} tidak ada dalam {self.version}. Yang dekat: {named}"


def leaf_level(year: int) -> Level:
    """At which level activities of ``year`` are: sub kegiatan since 2021."""
    return Level.KEGIATAN if year < 2021 else Level.SUB_KEGIATAN


def check_code(code: str, year: int, version: str | None = None, *, name: str = "") -> CodeCheck:
    """What the list of ``version`` (else that in force in ``year``) says of the code of an activity of ``year``.

    Two queries, a few more where the code is refused; ``name`` helps to find what is near.
    """
    return check_codes([(code, name)], year, version)[code]


def check_codes(rows: Iterable[tuple[str, str]], year: int, version: str | None = None) -> dict[str, CodeCheck]:
    """The same for many codes with their names, by the code as given; two queries, a few for each refused one."""
    names = dict(rows)
    found_version = _version(version, year)
    level, written = leaf_level(year), {code: written_as(tidy(code)) for code in names}
    entries = NomenclatureEntry.objects.of_version(found_version.code).filter(level=level)
    wanted = {each for several in written.values() for each in several}
    stored: dict[str, NomenclatureEntry] = {}
    for several in _chunks(sorted(wanted)):
        stored |= {entry.code: entry for entry in entries.filter(code__in=several)}
    checks = {}
    for code, name in names.items():
        entry = min((stored[each] for each in written[code] if each in stored), key=lambda e: e.code, default=None)
        near = near_entries(entries, tidy(code), name) if entry is None and found_version.is_whole else []
        checks[code] = CodeCheck(code, found_version, entry, near)
    return checks


def _version(code: str | None, year: int) -> NomenclatureVersion:
    if code is None:
        return version_in_force(year)
    stored = NomenclatureVersion.objects.filter(code=code).first()
    named = [each for each in built_in_versions() if each.code == code]
    return stored or (named[0] if named else NomenclatureVersion(code=code, regulation=code, first_year=year))


def _chunks(codes: list[str]) -> Iterable[list[str]]:
    return (codes[at : at + 500] for at in range(0, len(codes), 500))


def near_entries(entries: "QuerySet[NomenclatureEntry]", code: str, name: str = "") -> list[NomenclatureEntry]:
    """At most three of ``entries``: those with the nearest code, and with a name like ``name`` when one is given."""
    by_code = _near_by_code(entries, code)
    by_name = _near_by_name(entries, name) if name else []
    chosen = by_code[: NEAR - 1] if by_name else by_code
    return list(dict.fromkeys([*chosen, *by_name]))[:NEAR]


def _near_by_code(entries: "QuerySet[NomenclatureEntry]", code: str) -> list[NomenclatureEntry]:
    """Those under the nearest level above that has any, the most similar code first."""
    above = code
    while above:
        above = above.rpartition(".")[0]
        starts = Q()
        for written in written_as(above) if above else ():
            starts |= Q(code__startswith=f"{written}.")
        if found := list(entries.filter(starts).order_by("code")[:LOOKED_AT]) if above else []:
            return sorted(found, key=lambda entry: (-_alike(entry.code, code), entry.code))[:NEAR]
    return []


def _near_by_name(entries: "QuerySet[NomenclatureEntry]", name: str) -> list[NomenclatureEntry]:
    words = sorted((word for word in name.split() if len(word) >= SHORTEST_WORD), key=len, reverse=True)[:3]
    if not words:
        return []
    contains = Q()
    for word in words:
        contains |= Q(name__icontains=word)
    found = entries.filter(contains).order_by("code")[:LOOKED_AT]
    ranked = sorted(found, key=lambda entry: (-_alike(entry.name.casefold(), name.casefold()), entry.code))
    return [entry for entry in ranked if _alike(entry.name.casefold(), name.casefold()) > 0.5][:NEAR]


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()


def programme_of(entry: NomenclatureEntry) -> str:
    """The name of the programme that an activity belongs to, "" where the list does not have it."""
    code, level = entry.code, entry.level
    if level == Level.SUB_KEGIATAN:
        code, level = parent_of(level, code), Level.KEGIATAN
    above = NomenclatureEntry.objects.filter(version=entry.version_id, code=parent_of(level, code)).first()
    return above.name if above else ""
