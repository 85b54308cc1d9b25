"""Who we are, in words: names of regency, lead office, seat, heads and programme, and the time zone.

The record is kept by ``p2emas/identity``, which registers how to read it. This module is below every room, so that
each of them can say the names. A request, job or command reads them once (``held``); the last reading stays in the
process for pages that are shown while the database is away.
"""

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from email.utils import formataddr, parseaddr
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import Error as DatabaseError
from django.utils import timezone
from django.utils.functional import lazy

from p2emas import clock

logger = logging.getLogger(__name__)
EMPTY = "(belum diisi)"


@dataclass(frozen=True)
class Names:
    """One reading of the record. What nobody has filled in yet has a neutral word that a sentence can bear."""

    kind: str = "Kabupaten"  # or "Kota"
    place: str = EMPTY
    province: str = EMPTY
    seat: str = EMPTY
    lead_agency_id: int | None = None
    office: str = "kantor pengelola"
    office_name: str = f"Kantor pengelola {EMPTY}"
    head: str = "Kepala daerah"
    office_head: str = "Kepala kantor pengelola"
    address: str = ""
    phones: str = ""
    opening_hours: str = ""
    legal_basis: str = ""
    zone_name: str = ""
    sender_name: str = ""
    reply_to: str = ""
    programme: str = "program"

    @property
    def regency(self) -> str:
        """ "Kabupaten Sintang", "Kota Singkawang"."""
        return f"{self.kind} {self.place}"

    @property
    def territory(self) -> str:
        """ "kabupaten" or "kota", for "seluruh kabupaten"."""
        return self.kind.lower()

    @property
    def site(self) -> str:
        """The name of the site: that of its programme, and where it runs."""
        if self.programme == "program":
            return f"Program {EMPTY}"
        return self.programme if self.place == EMPTY else f"{self.programme} {self.place}"

    @property
    def zone(self) -> str:
        """ "WIB", "WITA" or "WIT"."""
        return clock.now().astimezone(self.zone_info).tzname() or ""

    @property
    def zone_info(self) -> ZoneInfo:
        return ZoneInfo(self.zone_name or settings.TIME_ZONE)

    @property
    def contact(self) -> str:
        """Whom to ask and when: the line in the foot of every page and in letters."""
        hours = self.opening_hours
        if hours and not hours.endswith(self.zone):
            hours = f"{hours} {self.zone}"
        return ", ".join(part for part in (self.phones, hours) if part) or "kontak belum diisi"

    @property
    def sender(self) -> str:
        """From: the address is a setting of the server, the name is ours."""
        return formataddr((self.sender_name or self.site, parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))

    def word(self, mark: str) -> str:
        """The name behind ``office`` or, with a capital where a sentence begins with it, ``Office``."""
        word = str(getattr(self, mark[:1].lower() + mark[1:]))
        return word[:1].upper() + word[1:] if mark[:1].isupper() else word


WORDS = (
    "regency",
    "place",
    "territory",
    "province",
    "seat",
    "office",
    "office_name",
    "head",
    "office_head",
    "programme",
    "site",
    "zone",
    "contact",
)
_MARKS = re.compile(rf"\{{({'|'.join([*WORDS, *(word.capitalize() for word in WORDS)])})\}}")
_PLACES = re.compile(r"%(\(\w+\))?[sd]")
_held: ContextVar[Names | None] = ContextVar("names", default=None)


class _Process:
    """What all threads of this process share."""

    read: Callable[[], Names] = Names
    copy: Names | None = None


def read_by(read: Callable[[], Names]) -> Callable[[], Names]:
    """Register who reads the record."""
    _Process.read = staticmethod(read)
    return read


def current() -> Names:
    """The names of this request, job or command; elsewhere those that the process read last."""
    return _held.get() or _Process.copy or fresh()


def fresh() -> Names:
    """The names as they are stored now; what the process knows where the database does not answer."""
    try:
        names = _Process.copy = _Process.read()
    except DatabaseError as error:
        logger.warning("who we are cannot be read: %s", type(error).__name__)
        return _Process.copy or Names()
    return names


def forget() -> None:
    """The record was changed here: the next one who asks reads it again."""
    _Process.copy = None
    if _held.get() is not None:
        hold()


def hold() -> None:
    """Read once for what follows in this thread, and go by the zone of the regency; until ``let_go``."""
    names = fresh()
    _held.set(names)
    timezone.activate(names.zone_info)


def let_go(**kwargs: object) -> None:
    _held.set(None)
    timezone.deactivate()


@contextmanager
def held(names: Names | None = None) -> Iterator[Names]:
    """Read once for the block, or take ``names``, and go by their zone; then as before."""
    names = names or fresh()
    token = _held.set(names)
    try:
        with timezone.override(names.zone_info):
            yield names
    finally:
        _held.reset(token)


def letterhead() -> dict[str, str]:
    """The head of a paper: whose government, which office, where and how to reach it."""
    names = current()
    return {
        "government": f"PEMERINTAH {names.regency.upper()}",
        "province": f"PROVINSI {names.province.upper()}",
        "office": names.office_name.upper(),
        "short": names.office,
        "address": ". ".join(part for part in (names.address, names.contact) if part),
        "regency": names.regency,
        "contact": names.contact,
    }


def said(sentence: object) -> str:
    """``sentence`` with the names in the place of their marks: "{Office} memeriksa" -> "Bappeda memeriksa"."""
    names, sentence = current(), str(sentence)
    filled_in_later = _PLACES.search(sentence)  # by %: a per cent sign in a name must not look like a place

    def word(mark: re.Match[str]) -> str:
        return names.word(mark[1]).replace("%", "%%") if filled_in_later else names.word(mark[1])

    return _MARKS.sub(word, sentence)


# The same for sentences of a class: the names are put in when it is shown.
named = lazy(said, str)
