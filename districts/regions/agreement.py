"""Whether who we are and the regions that were loaded speak of the same regency."""

import re
from collections.abc import Iterator
from typing import Any

from django.db.models import Subquery

from districts.regions.models import Regency
from p2emas.identity.gaps import add_gap
from p2emas.identity.models import Identity

KINDS = {
    "kabupaten": Identity.Kind.REGENCY,
    "kab.": Identity.Kind.REGENCY,
    "kab": Identity.Kind.REGENCY,
    "kota": Identity.Kind.CITY,
}
_NAME = re.compile(rf"(?:({'|'.join(map(re.escape, KINDS))})\s+)?(.+)", re.IGNORECASE)
FIRST_CITY = 71  # of the two last digits of an official code


def first(column: str) -> Subquery:
    return Subquery(Regency.objects.order_by("pk").values(column)[:1])


def disagreements(ours: Identity, *, name: str | None, code: str | None) -> Iterator[str]:
    """Sentences; none while one of the two is still empty."""
    if not (ours.name and name and code):
        return
    words = {"ours": ours, "name": name, "code": code}
    kind, place = _parts(name)
    if place != " ".join(ours.name.split()).casefold() or kind not in (None, ours.kind):
        yield (
            (
                "Identitas menyebut {ours}, wilayah yang dimuat {name} ({code}). Betulkan yang keliru: "
                "identitas di halaman Identitas, nama wilayah dengan memuat lagi berkasnya."
            ).format(**words)
        )
    elif _kind_of(code) != ours.kind:
        yield (
            "Identitas menyebut {ours}, tetapi {code} adalah kode {kind}. Betulkan bentuk daerah di halaman "
            "Identitas, atau kode di berkas wilayah."
        ).format(**words, kind=_kind_of(code).label.lower())


def _parts(name: str) -> tuple[Identity.Kind | None, str]:
    found = _NAME.fullmatch(" ".join(name.split()))
    kind, place = found.groups() if found else (None, "")  # a name of spaces alone names nothing
    return (KINDS[kind.lower()] if kind else None), place.casefold()


def _kind_of(code: str) -> Identity.Kind:
    return Identity.Kind.CITY if int(code[3:5]) >= FIRST_CITY else Identity.Kind.REGENCY


def _of_stored(ours: Any) -> Iterator[str]:
    return disagreements(ours, name=ours.regency_name, code=ours.regency_code)


add_gap({"regency_name": lambda: first("name"), "regency_code": lambda: first("code")}, _of_stored)
