"""Indicator 3: have all agencies that promised work in a target village begun there?"""

from dataclasses import dataclass
from datetime import date

from districts.locations.models import TargetLocation
from p2emas.accounts.models import Agency
from programs.dashboards.answers import Answer, count_change_text
from programs.dashboards.focus import lines_in
from programs.dashboards.readings import Approved, approved, locations
from programs.dashboards.scope import Scope

DEFINITION = (
    "Lokasi sasaran yang semua SKPD perencananya sudah mulai, dibagi semua lokasi sasaran. SKPD merencanakan bila "
    "rencana yang berlaku punya kegiatan di desa itu; sudah mulai bila laporan yang disetujui "
    "menunjukkan uang atau fisik di atas nol. Perubahan: lokasi sasaran pada kedua triwulan, tanpa desa yang "
    "menunggu SKPD yang baru sekarang punya laporan disetujui tahun itu."
)


@dataclass(frozen=True)
class VillageRow:
    """``cells`` stand in the order of the agencies: "begun", "promised" or ""."""

    location: TargetLocation
    cells: list[str]

    @property
    def promised(self) -> int:
        return sum(cell != "" for cell in self.cells)

    @property
    def begun(self) -> int:
        return self.cells.count("begun")

    @property
    def is_complete(self) -> bool:
        return self.promised > 0 and self.begun == self.promised


def together_answer(scope: Scope) -> Answer:
    here = [row for row in locations(scope) if scope.district in (None, row.village.district)]
    promised, has_sample = _promised(scope, here, scope.on)
    if scope.agency:  # where it promised nothing, nobody waits for it
        here = [row for row in here if (row.village_id, scope.agency.pk) in promised]
    agencies = scope.agencies(having={agency for _village, agency in promised})
    rows = _matrix(scope, here, agencies, promised)
    complete = [row for row in rows if row.is_complete]
    nothing = [row for row in rows if not row.begun]
    waited = _most_waited(rows, agencies)
    answer = Answer(
        key="serempak",
        number=3,
        question="Serempak?",
        finding=_finding(scope, rows, complete, waited),
        value=f"{len(complete)} dari {len(rows)}" if rows else "–",
        basis=f"lokasi sasaran yang direncanakan {scope.agency} sudah mulai"
        if scope.agency
        else "lokasi sasaran: semua SKPD yang merencanakan sudah mulai",
        definition=DEFINITION,
        header=["Kecamatan", "Lokasi sasaran", *(agency.short_name for agency in agencies), "Mulai", "Direncanakan"],
        rows=[
            [
                row.location.village.district.name,
                row.location.village.name,
                *map(_word, row.cells),
                row.begun,
                row.promised,
            ]
            for row in rows
        ],
        is_sample=has_sample or any(row.location.is_sample for row in rows),
        change=_change(scope, rows, promised),
    )
    if rows:
        answer.sign = "watch" if nothing else "good"
        answer.sign_label = f"{len(nothing)} desa belum ada kegiatan" if nothing else "Tiap desa sudah ada kegiatan"
    answer.is_wide = True
    answer.drawing = {"agencies": agencies, "villages": rows}
    return answer


Places = set[tuple[int, int]]  # (village, agency)


def _promised(scope: Scope, here: list[TargetLocation], day: date) -> tuple[Places, bool]:
    """Every agreed piece of work in these locations on ``day``, and whether one of them is invented."""
    villages = {location.village_id for location in here}
    rows = list(
        lines_in(scope, day.year)
        .in_force(day)
        .placed()
        .filter(place_village__in=villages)
        .order_by()
        .values_list("place_village", "plan__agency_id", "activity__is_sample")
        .distinct()
    )
    return {(village, agency) for village, agency, _sample in rows}, any(sample for *_place, sample in rows)


def _begun(known: Approved) -> Places:
    return {(row.village, row.agency) for row in known.rows if row.village and (row.spent or row.physical)}


def _matrix(scope: Scope, here: list[TargetLocation], agencies: list[Agency], promised: Places) -> list[VillageRow]:
    begun = _begun(approved(scope))
    return [
        VillageRow(location, [_cell((location.village_id, agency.pk), promised, begun) for agency in agencies])
        for location in here
    ]


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
    promised_before, _sample = _promised(scope, here, scope.earlier.ends)
    new = {village for village, agency in promised | promised_before if agency in now.agencies - before.agencies}
    same = [location.village_id for location in here if location.village_id not in new]
    if not same or not before.agencies:
        return ""
    text = count_change_text(
        _complete(same, promised, _begun(now)), _complete(same, promised_before, _begun(before)), scope.earlier.short
    )
    return text if len(same) == len(rows) else f"{text}, {len(same)} desa yang sama"


def _complete(villages: list[int], promised: Places, begun: Places) -> int:
    """How many of ``villages`` have a promise, and none that waits."""
    some, waiting = {village for village, _agency in promised}, {village for village, _agency in promised - begun}
    return sum(village in some and village not in waiting for village in villages)


def _cell(place: tuple[int, int], promised: set, begun: set) -> str:
    if place not in promised:
        return ""
    return "begun" if place in begun else "promised"


def _word(cell: str) -> str:
    return {"begun": "mulai", "promised": "direncanakan, belum mulai", "": ""}[cell]


def _most_waited(rows: list[VillageRow], agencies: list[Agency]) -> str:
    waiting = [sum(row.cells[n] == "promised" for row in rows) for n in range(len(agencies))]
    most = max(waiting, default=0)
    return agencies[waiting.index(most)].short_name if most else ""


def _finding(scope: Scope, rows: list[VillageRow], complete: list[VillageRow], waited: str) -> str:
    if not rows:
        agency = scope.agency
        return (
            f"{agency} tidak merencanakan kegiatan di lokasi sasaran mana pun"
            if agency
            else "Belum ada lokasi sasaran pada hari itu"
        )
    left = len(rows) - len(complete)
    if not left:
        who = scope.agency or "Semua SKPD"
        return f"{who} sudah mulai di semua lokasi sasaran" + (" yang direncanakannya" if scope.agency else "")
    return f"{left} lokasi sasaran belum lengkap" + (f", {waited} paling sering ditunggu" if waited else "")
