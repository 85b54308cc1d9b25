"""Cells of the tables of offices and people: agencies by any of their names, short codes, NIP."""

import re
from collections import defaultdict
from functools import cached_property
from typing import Any

from p2emas.accounts.models import Agency, User
from p2emas.accounts.roles import COORDINATORS
from p2emas.imports.cells import Cell, Reader, Unfit, Values, as_text, folded
from p2emas.ui import formats
from p2emas.ui.reading import read_date

SLUG = re.compile(r"^[-a-zA-Z0-9_]+$")


def may_keep_offices(user: User) -> bool:
    """Who adds agencies, officials and holidays one by one in the back office; a superuser imports nothing."""
    return not user.is_superuser and user.has_role(*COORDINATORS)


class OfficeLookups:
    """Agencies by code, name and short name; fetched when a column first asks for them."""

    def __init__(self, user: User) -> None:
        self.user = user

    @cached_property
    def agencies(self) -> dict[int, Agency]:
        return {agency.pk: agency for agency in Agency.objects.order_by("short_name", "pk")}

    @cached_property
    def _words(self) -> dict[str, set[int]]:
        found: dict[str, set[int]] = defaultdict(set)
        for pk, agency in self.agencies.items():
            for word in (agency.name, agency.short_name):
                found[folded(word)].add(pk)
        for pk, agency in self.agencies.items():
            found[folded(agency.code)] = {pk}  # a code is one agency's alone
        return found

    def agencies_called(self, text: str) -> set[int]:
        return self._words.get(folded(text), set())

    @property
    def agency_options(self) -> list[str]:
        """What a drop-down offers: the short name, or the code where two agencies share it."""
        return [self.agency_word(pk) for pk in self.agencies]

    def agency_word(self, pk: int) -> str:
        short = self.agencies[pk].short_name
        return short if len(self.agencies_called(short)) == 1 else self.agencies[pk].code


def office(cell: Cell, row: Values, lookups: OfficeLookups) -> int:
    found = lookups.agencies_called(as_text(cell))
    if len(found) > 1:
        raise Unfit(f"“{as_text(cell)}” cocok dengan beberapa perangkat daerah. Tulis kodenya.")
    if not found:
        raise Unfit(f"Perangkat daerah “{as_text(cell)}” tidak dikenal. Pilih dari daftar, atau impor dahulu.")
    return next(iter(found))


def office_word(value: Any, lookups: OfficeLookups) -> str:
    return lookups.agency_word(value) if value in lookups.agencies else str(value)


def office_options(lookups: OfficeLookups) -> list[str]:
    return lookups.agency_options


def slug(longest: int) -> Reader:
    """A short code for addresses."""

    def read(cell: Cell, row: Values, lookups: Any) -> str:
        found = as_text(cell)
        if not SLUG.match(found) or len(found) > longest:
            raise Unfit(f"Tulis huruf, angka, garis bawah, atau tanda hubung, paling banyak {longest}.")
        return found

    return read


def nip(cell: Cell, row: Values, lookups: Any) -> str:
    """18 digits; a spreadsheet that holds them as a number has lost the last ones."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        raise Unfit("Excel membulatkan angka sepanjang ini. Jadikan kolomnya teks, lalu tulis NIP lagi.")
    found = as_text(cell).replace(" ", "")
    if not (found.isascii() and found.isdigit() and len(found) == 18):
        raise Unfit("NIP terdiri atas 18 angka.")
    return found


def day_word(value: Any, lookups: Any) -> str:
    return formats.long_date(read_date(value)) if value else ""


def day_cell(value: Any) -> str:
    """A date as our templates have it."""
    return formats.table_date(value) if value else ""


def in_order(first: str | None, last: str | None, sentence: str) -> None:
    """Raise ``Unfit`` with a sentence where the last day comes before the first, or is there alone."""
    if last and (not first or last < first):
        raise Unfit(sentence)
