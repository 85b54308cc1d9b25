"""Indicator 3: have all agencies that promised work in a target village begun there?"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from districts.locations.models import TargetLocation
from p2emas.accounts.models import Agency
from programs.dashboards.answers import SHOWN, Answer, LazyDrawing, Picture, Rows, Shortened, count_change_text
from programs.dashboards.readings import approved, locations, same_plans, works_in
from programs.dashboards.scope import Scope

NARROW = ["Kecamatan", "Lokasi sasaran", "Mulai", "Direncanakan", "Ditunggu"]
WORDS = {"begun": "mulai", "promised": "direncanakan, belum mulai", "": ""}
DEFINITION = (
    "Lokasi sasaran yang semua SKPD perencananya sudah mulai, dibagi semua lokasi sasaran. SKPD merencanakan bila "
    "rencana yang berlaku punya kegiatan di desa itu; sudah mulai bila laporan yang disetujui "
    "menunjukkan uang atau fisik di atas nol. Perubahan: lokasi sasaran pada kedua triwulan, tanpa desa yang "
    "menunggu SKPD yang baru sekarang punya laporan disetujui tahun itu."
)


@dataclass(frozen=True)
class VillageRow:
    """A target village with the keys of the agencies that promised work there, and of those that began."""

    location: TargetLocation
    promises: frozenset[int]
    begins: frozenset[int]

    @property
    def promised(self) -> int:
        return len(self.promises)

    @property
    def begun(self) -> int:
        return len(self.begins)

    @property
    def waiting(self) -> int:
        return self.promised - self.begun

    @property
    def is_complete(self) -> bool:
        return self.promised > 0 and not self.waiting

    def cells(self, agencies: Sequence[Agency]) -> list[str]:
        """In the order of ``agencies``: "begun", "promised" or ""."""
        return [
            "begun" if agency.pk in self.begins else "promised" if agency.pk in self.promises else ""
            for agency in agencies
        ]


def together_answer(scope: Scope) -> Answer:
    here = [row for row in locations(scope) if scope.district in (None, row.village.district)]
    promised, has_sample = _promised(scope, here, scope.on)
    agencies = scope.agencies(having={agency for _village, agency in promised})
    rows = _matrix(scope, here, promised)
    complete = sum(row.is_complete for row in rows)
    answer = Answer(
        key="serempak",
        number=3,
        question="Lokasi yang didatangi semua SKPD perencananya",
        finding=_finding(scope, rows, len(rows) - complete, _most_waited(rows, agencies)),
        value=f"{complete} dari {len(rows)}" if rows else "–",
        basis=_basis(scope),
        definition=DEFINITION,
        header=["Kecamatan", "Lokasi sasaran", *(agency.short_name for agency in agencies), "Mulai", "Direncanakan"],
        rows=Rows(rows, lambda row: [*_names(row), *_words(row, agencies), row.begun, row.promised]),
        coded=_coded(rows, agencies),
        narrow=(NARROW, Rows(rows, lambda row: [*_names(row), row.begun, row.promised, _waited_for(row, agencies)])),
        is_sample=has_sample or any(row.location.is_sample for row in rows),
        change=_change(scope, rows, promised),
    )
    if rows:
        answer.sign, answer.sign_label = _sign(rows)
    answer.small = Picture(parts=_parts(rows))
    answer.is_wide = True
    answer.drawing = LazyDrawing(lambda: {"agencies": agencies, "villages": _shown(rows, agencies)})
    return answer


Places = set[tuple[int, int]]  # (village, agency)


def _promised(scope: Scope, here: list[TargetLocation], day: date) -> tuple[Places, bool]:
    """Every agreed piece of work in these locations on ``day``, and whether one of them is invented."""
    villages = {location.village_id for location in here}
    promised: Places = set()
    has_sample = False
    for _pk, agency, village, _at, _goods, _amount, _is_beside, is_invented, _is_reasoned in works_in(
        scope, day.year, day
    ):
        if village is not None and village in villages:
            promised.add((village, agency))
            has_sample = has_sample or is_invented
    return promised, has_sample


def _matrix(scope: Scope, here: list[TargetLocation], promised: Places) -> list[VillageRow]:
    """One row for each location; of one agency only where it promised work, elsewhere nobody waits for it."""
    if scope.agency:
        here = [row for row in here if (row.village_id, scope.agency.pk) in promised]
    begun = approved(scope).begun
    promises: dict[int, set[int]] = defaultdict(set)
    begins: dict[int, set[int]] = defaultdict(set)
    for village, agency in promised:
        promises[village].add(agency)
        if (village, agency) in begun:
            begins[village].add(agency)
    return [
        VillageRow(location, frozenset(promises[location.village_id]), frozenset(begins[location.village_id]))
        for location in here
    ]


def _coded(rows: list[VillageRow], agencies: list[Agency]) -> tuple[list[str], Rows]:
    """The table of the files: codes before the names of places, and behind those of agencies at the top."""
    by_agency = [f"{agency.short_name} ({agency.code})" for agency in agencies]
    header = ["Kode kecamatan", "Kecamatan", "Kode desa", "Lokasi sasaran", *by_agency, "Mulai", "Direncanakan"]

    def cells(row: VillageRow) -> list[object]:
        village = row.location.village
        places = [village.district.code, village.district.name, village.code, village.name]
        return [*places, *_words(row, agencies), row.begun, row.promised]

    return header, Rows(rows, cells)


def _names(row: VillageRow) -> list[str]:
    return [row.location.village.district.name, row.location.village.name]


def _basis(scope: Scope) -> str:
    if scope.agency:
        return f"lokasi sasaran yang direncanakan {scope.agency} sudah mulai"
    return "lokasi sasaran: semua SKPD yang merencanakan sudah mulai"


def _words(row: VillageRow, agencies: list[Agency]) -> list[str]:
    return [WORDS[cell] for cell in row.cells(agencies)]


def _waited_for(row: VillageRow, agencies: list[Agency]) -> str:
    waiting = row.promises - row.begins
    return ", ".join(agency.short_name for agency in agencies if agency.pk in waiting)


def _shown(rows: list[VillageRow], agencies: list[Agency]) -> Shortened:
    """Of many villages those that wait for the most agencies, each with its cells."""
    few = rows if len(rows) <= SHOWN else sorted(rows, key=lambda row: -row.waiting)
    found = Shortened(few)
    found.shown = [(row, row.cells(agencies)) for row in found.shown]
    return found


def _change(scope: Scope, rows: list[VillageRow], promised: Places) -> str:
    """Over the villages that both quarters can judge.

    An agency whose first report of the year is approved now may have begun long ago: its villages would look like a
    leap, so they are left out.
    """
    if scope.earlier is None:
        return ""
    now, before = approved(scope), approved(scope, scope.earlier)
    fixed = {location.village_id for location in locations(scope, scope.earlier.ends)}
    here = [row.location for row in rows if row.location.village_id in fixed]
    promised_before = _promised_before(scope, scope.earlier.ends, here, promised)
    new = _villages_of(now.agencies - before.agencies, promised | promised_before)
    same = [location.village_id for location in here if location.village_id not in new]
    if not same or not before.agencies:
        return ""
    text = count_change_text(
        _complete(same, promised, now.begun), _complete(same, promised_before, before.begun), scope.earlier.short
    )
    return text if len(same) == len(rows) else f"{text}, {len(same)} desa yang sama"


def _promised_before(scope: Scope, day: date, here: list[TargetLocation], promised: Places) -> Places:
    return promised if same_plans(scope, day) else _promised(scope, here, day)[0]


def _villages_of(agencies: set[int], promised: Places) -> set[int]:
    return {village for village, agency in promised if agency in agencies}


def _complete(villages: list[int], promised: Places, begun: Places) -> int:
    """How many of ``villages`` have a promise, and none that waits."""
    some, waiting = {village for village, _agency in promised}, {village for village, _agency in promised - begun}
    return sum(village in some and village not in waiting for village in villages)


def _most_waited(rows: list[VillageRow], agencies: list[Agency]) -> str:
    waiting = Counter(agency for row in rows for agency in row.promises - row.begins)
    return max(agencies, key=lambda agency: waiting[agency.pk]).short_name if waiting else ""


def _parts(rows: list[VillageRow]) -> tuple[int, int, int]:
    """Villages where all have begun, where some have, and where nobody has."""
    complete, begun = sum(row.is_complete for row in rows), sum(bool(row.begun) for row in rows)
    return complete, begun - complete, len(rows) - begun


def _sign(rows: list[VillageRow]) -> tuple[str, str]:
    nothing = sum(not row.begun for row in rows)
    return ("watch", f"{nothing} desa belum ada kegiatan") if nothing else ("good", "Tiap desa sudah ada kegiatan")


def _finding(scope: Scope, rows: list[VillageRow], left: int, waited: str) -> str:
    """``left``: how many locations are not complete; ``waited``: the agency that most of them wait for."""
    if not rows:
        agency = scope.agency
        return (
            f"{agency} tidak merencanakan kegiatan di lokasi sasaran mana pun"
            if agency
            else "Belum ada lokasi sasaran pada hari itu"
        )
    if not left:
        who = scope.agency or "Semua SKPD"
        return f"{who} sudah mulai di semua lokasi sasaran" + (" yang direncanakannya" if scope.agency else "")
    return f"{left} lokasi sasaran belum lengkap" + (f", {waited} paling sering ditunggu" if waited else "")
