"""Names and codes in a file of the treasury back to agencies and activities; a map is fetched when it is needed."""

from collections import defaultdict
from difflib import get_close_matches
from functools import cached_property
from typing import Any

from p2emas.accounts.models import Agency, User
from p2emas.accounts.roles import COORDINATORS
from p2emas.imports.cells import Cell, Unfit, Values, as_text, folded
from programs.framework.models import Activity

NEAR = 2  # codes that a sentence offers


def written_code(cell: Cell) -> str:
    """A code as a person reads it; a spreadsheet that took "5.2" for a number keeps its dot."""
    return f"{cell:.15g}" if isinstance(cell, float) else as_text(cell).rstrip(".")


def bare_code(code: str) -> str:
    """How codes are compared: spaces and leading zeros of a part do not matter ("2.01.03" and "2.1.3")."""
    parts = (part.strip() for part in folded(code).replace(" ", "").split("."))
    return ".".join(part.lstrip("0") or "0" for part in parts if part)


class TreasuryLookups:
    """What the columns need of agencies and activities, for one person; one query for each year of a file."""

    def __init__(self, user: User) -> None:
        self.user = user
        self._of_year: dict[int, dict[tuple[int, str], int]] = {}

    @cached_property
    def agencies(self) -> dict[int, Agency]:
        return {agency.pk: agency for agency in Agency.objects.order_by("short_name")}

    @cached_property
    def own(self) -> set[int]:
        """Agencies whose payments the person may write."""
        return set(self.agencies) if self.user.has_role(*COORDINATORS) else self.user.staff_agency_ids

    @property
    def own_names(self) -> list[str]:
        return [agency.short_name for pk, agency in self.agencies.items() if pk in self.own]

    @cached_property
    def words(self) -> dict[str, int]:
        return {folded(w): pk for pk, a in self.agencies.items() for w in (a.name, a.short_name, a.code)}

    @cached_property
    def codes(self) -> dict[int, str]:
        """Activity -> code, of those that were found."""
        return {}

    def activities(self, year: int) -> dict[tuple[int, str], int]:
        """(agency, bare code) -> activity of a year; a code that two of an agency's activities share is left out."""
        if year not in self._of_year:
            found: dict[tuple[int, str], int] = {}
            shared = set()
            rows = Activity.objects.filter(year=year, agency__in=self.own).order_by()
            for pk, agency, code in rows.values_list("pk", "agency_id", "code").iterator():
                key = (agency, bare_code(code))
                shared |= {key} if key in found else set()
                found[key], self.codes[pk] = pk, code
            self._of_year[year] = {key: pk for key, pk in found.items() if key not in shared}
        return self._of_year[year]

    @cached_property
    def everywhere(self) -> dict[str, set[tuple[int, int]]]:
        """Bare code -> the agencies and years that have it; asked only when a code is unknown."""
        found: dict[str, set[tuple[int, int]]] = defaultdict(set)
        rows = Activity.objects.filter(agency__in=self.own).order_by()
        for agency, year, code in rows.values_list("agency_id", "year", "code").iterator():
            found[bare_code(code)].add((agency, year))
        return found

    def near(self, code: str, agency: int, year: int) -> list[str]:
        """Codes of the agency's activities that look like ``code``."""
        codes = {bare: pk for (owner, bare), pk in self.activities(year).items() if owner == agency}
        return [self.codes[codes[bare]] for bare in get_close_matches(bare_code(code), codes, n=NEAR, cutoff=0.8)]

    def refusal(self, agency_id: int) -> str:
        """Why a row of this agency is not for this person, or ""."""
        if agency_id in self.own:
            return ""
        return f"{self.agencies[agency_id].short_name} bukan SKPD Anda. Hapus baris ini."


# --- Readers ---------------------------------------------------------------------------------------------------------


def paid_agency(cell: Cell, row: Values, lookups: TreasuryLookups) -> int:
    found = lookups.words.get(folded(as_text(cell)))
    if found is None:
        raise Unfit(f"SKPD “{as_text(cell)}” tidak dikenal. Tulis nama pendek atau nama lengkapnya.")
    if refused := lookups.refusal(found):
        raise Unfit(refused)
    return found


def only_agency(row: Values, lookups: TreasuryLookups) -> int:
    """Of a file without names of agencies: the person's agency."""
    if len(lookups.own) == 1:
        return next(iter(lookups.own))
    raise Unfit("Sel ini kosong. Isi nama SKPD yang dibayar.")


def activity(cell: Cell, row: Values, lookups: TreasuryLookups) -> int:
    if "agency_id" not in row or "year" not in row:
        raise Unfit("Kegiatan dicari menurut SKPD dan tahunnya. Perbaiki kolom itu dahulu.")
    code, owner, year = written_code(cell), row["agency_id"], row["year"]
    known = lookups.activities(year)
    found = known.get((owner, bare_code(code))) or known.get((owner, bare_code(_without_name(code))))
    if found is None:
        raise Unfit(_unknown(code, owner, year, lookups))
    return found


def _without_name(code: str) -> str:
    """ "2.01.03 Pelatihan petani" is the code with the name behind it."""
    return code.split(" ", 1)[0]


def _unknown(code: str, owner: int, year: int, lookups: TreasuryLookups) -> str:
    name = lookups.agencies[owner].short_name
    said = f"Kode “{code}” tidak ada pada kegiatan {name} tahun {year}."
    known = lookups.everywhere.get(bare_code(code), set())
    if years := sorted(other for whose, other in known if whose == owner):
        return f"{said} Kode itu ada pada tahun {', '.join(map(str, years))}: betulkan tahunnya, atau hapus baris ini."
    if others := sorted(lookups.agencies[whose].short_name for whose, other in known if other == year):
        return f"{said} Kode itu milik {', '.join(others[:3])}: betulkan SKPD-nya, atau hapus baris ini."
    if near := lookups.near(code, owner, year):
        return f"{said} Yang mirip: {', '.join(near)}. Betulkan kodenya, atau hapus baris ini."
    return f"{said} Betulkan kodenya, atau hapus baris ini."


# --- Words -----------------------------------------------------------------------------------------------------------


def paid_agency_word(pk: Any, lookups: TreasuryLookups) -> str:
    return lookups.agencies[pk].short_name if pk in lookups.agencies else ""


def activity_word(pk: Any, lookups: TreasuryLookups) -> str:
    return lookups.codes.get(pk, "")
