"""The menu: at most six entries a role. `check` refuses a name that no page has.

Roles are compared by code: this room lies below ``accounts``. A person with several roles gets the menu of the
first role below; the pages themselves know every role.
"""

import re
from dataclasses import dataclass, field
from functools import cache

from django.http import HttpRequest
from django.urls import reverse


@dataclass(frozen=True)
class Entry:
    """A page by its name; ``claims`` is a pattern of paths below another entry that belong to this one."""

    label: object
    name: str
    claims: str = ""


@dataclass
class Link:
    label: str
    url: str
    current: bool


@dataclass
class Menu:
    links: list[Link] = field(default_factory=list)
    more: list[Link] = field(default_factory=list)

    @property
    def more_current(self) -> bool:
        return any(link.current for link in self.more)


HOME = Entry("Beranda", "dashboards:home")
PORTAL = Entry("Beranda", "dashboards:public-home")
VERIFY = Entry("Verifikasi", "reporting:verification-queue", claims=r"/laporan/\d+/verifikasi/")
REPORTS = Entry("Laporan", "reporting:report-list")
DASHBOARD = Entry("Dasbor", "dashboards:dashboard")
DECREES = Entry("Keputusan", "profiles:decree-list", claims=r"/keputusan/$")
COMPETENCIES = Entry("Kompetensi inti", "competencies:determination-list", claims=r"/keputusan/kompetensi/")
ROUNDS = Entry("Pemilihan lokasi", "locations:round-list", claims=r"/keputusan/lokasi/")
SELECTION = Entry("Seleksi", "recruitment:round-list", claims=r"/seleksi/")
VACANCIES = Entry("Rekrutmen", "recruitment:vacancy-list")
DECISIONS = Entry("Menunggu keputusan", "locations:decisions")
FACILITATORS = Entry("Pendamping", "placements:facilitator-list", claims=r"/(pelatihan|penempatan)/")
PLANS = Entry("Rencana", "planning:plan-list")
COMPLIANCE = Entry("Kepatuhan", "reporting:compliance")
PERIODS = Entry("Periode", "reporting:period-list")
OBSTACLES = Entry("Kendala", "obstacles:obstacle-list")
EVIDENCE = Entry("Bukti", "evidence:evidence")
IMPORTS = Entry("Impor", "imports:import-list")
DISTRICTS = Entry("Kecamatan", "locations:district-list")
VILLAGES = Entry("Desa", "locations:village-list")
MAP = Entry("Peta", "dashboards:map")
BUDGET = Entry("Anggaran", "dashboards:budget")
REMINDERS = Entry("Surat keluar", "outbox:message-list")
PEOPLE = Entry("Pengguna", "staffing:user-list")
IDENTITY = Entry("Identitas", "identity:identity")
BACK_OFFICE = Entry("Kelola", "admin:index")
HELP = Entry("Bantuan", "dashboards:help")

# role -> (entries of the bar, entries under "Lainnya")
MENUS: dict[str, tuple[tuple[Entry, ...], tuple[Entry, ...]]] = {
    "coordinator_head": (
        (HOME, VERIFY, REPORTS, DASHBOARD, DECREES),
        (
            PLANS,
            COMPLIANCE,
            PERIODS,
            OBSTACLES,
            EVIDENCE,
            DECISIONS,
            COMPETENCIES,
            ROUNDS,
            SELECTION,
            FACILITATORS,
            DISTRICTS,
            VILLAGES,
            IMPORTS,
            REMINDERS,
            PEOPLE,
            IDENTITY,
            BACK_OFFICE,
        ),
    ),
    "coordinator": (
        (HOME, VERIFY, REPORTS, DASHBOARD, DECREES),
        (
            PLANS,
            COMPLIANCE,
            PERIODS,
            OBSTACLES,
            EVIDENCE,
            DECISIONS,
            COMPETENCIES,
            ROUNDS,
            SELECTION,
            FACILITATORS,
            DISTRICTS,
            VILLAGES,
            IMPORTS,
            REMINDERS,
            BACK_OFFICE,
        ),
    ),
    "leader": (
        (HOME, DASHBOARD, DECREES, MAP),
        (DISTRICTS, VILLAGES, EVIDENCE, DECISIONS, COMPETENCIES, ROUNDS, SELECTION, FACILITATORS),
    ),
    "auditor": (
        (HOME, REPORTS, PLANS, DASHBOARD, DECREES),
        (
            COMPLIANCE,
            PERIODS,
            OBSTACLES,
            EVIDENCE,
            DECISIONS,
            COMPETENCIES,
            ROUNDS,
            SELECTION,
            FACILITATORS,
            DISTRICTS,
            VILLAGES,
            IMPORTS,
            REMINDERS,
            PEOPLE,
            BACK_OFFICE,
        ),
    ),
    "agency_operator": ((HOME, PLANS, REPORTS, OBSTACLES, DECREES, VILLAGES), ()),
    "agency_head": ((HOME, PLANS, REPORTS, OBSTACLES, DECREES, VILLAGES), ()),
    "district_admin": ((HOME, ROUNDS, BACK_OFFICE, VILLAGES, EVIDENCE), (IMPORTS, DISTRICTS, DECREES)),
    "facilitator": ((HOME, VILLAGES, BUDGET), ()),
    "panelist": ((HOME, SELECTION, VILLAGES, BUDGET), ()),
}
PUBLIC = ((PORTAL, VILLAGES, MAP, BUDGET, VACANCIES), (DECREES, DISTRICTS))
WITHOUT_ROLE = ((HOME, VILLAGES, BUDGET), ())
SUPERUSER = (
    (HOME, DASHBOARD, REPORTS, PLANS, DECREES),
    (EVIDENCE, MAP, DISTRICTS, VILLAGES, FACILITATORS, IMPORTS, PEOPLE, IDENTITY, BACK_OFFICE),
)


def menu(request: HttpRequest) -> Menu:
    """The menu of who asks, with the page that is open marked."""
    user = getattr(request, "user", None)
    bar, more = _entries(user)
    claimed = [entry for entry in (*bar, *more) if entry.claims and re.match(entry.claims, request.path)]
    return Menu(_links(bar, request.path, claimed), _links(more, request.path, claimed))


def _entries(user) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    if user is None or not user.is_authenticated:
        return PUBLIC
    codes = {str(code) for code in user.role_codes}
    for role, entries in MENUS.items():
        if role in codes:
            return entries
    return SUPERUSER if user.is_superuser else WITHOUT_ROLE


def _links(entries: tuple[Entry, ...], path: str, claimed: list[Entry]) -> list[Link]:
    links = []
    for entry in entries:
        url = _url(entry.name)
        current = entry in claimed if claimed else path == url or (url != "/" and path.startswith(url))
        links.append(Link(entry.label, url, current))
    return links


@cache  # a page asks for twenty, and no address changes while the process lives
def _url(name: str) -> str:
    return reverse(name)


def names() -> set[str]:
    """The name of every page that a menu leads to."""
    menus = (*MENUS.values(), PUBLIC, WITHOUT_ROLE, SUPERUSER)
    return {entry.name for menu in menus for entries in menu for entry in entries}
