"""Indicator 3: have all agencies that promised work in a target village begun there?"""

from dataclasses import dataclass

from districts.locations.models import TargetLocation
from p2emas.accounts.models import Agency
from programs.dashboards.answers import Answer
from programs.dashboards.focus import lines_in
from programs.dashboards.readings import approved_rows, has_sample_lines, locations
from programs.dashboards.scope import Scope

DEFINITION = (
    "Desa lokus yang semua SKPD penjanjinya sudah mulai, dibagi semua desa lokus. SKPD berjanji bila rencana yang "
    "berlaku punya kegiatan di desa itu; sudah mulai bila laporan yang disetujui menunjukkan uang atau fisik di atas "
    "nol."
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
    promised = _promised(scope, here)
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
        basis=f"desa lokus yang dijanjikan {scope.agency} sudah mulai"
        if scope.agency
        else "desa lokus: semua SKPD yang berjanji sudah mulai",
        definition=DEFINITION,
        header=["Kecamatan", "Desa lokus", *(agency.short_name for agency in agencies), "Mulai", "Dijanjikan"],
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
        is_sample=has_sample_lines(scope) or any(row.location.is_sample for row in rows),
    )
    if rows:
        answer.sign = "watch" if nothing else "good"
        answer.sign_label = f"{len(nothing)} desa belum ada kegiatan" if nothing else "Semua desa sudah mulai"
    answer.is_wide = True
    answer.drawing = {"agencies": agencies, "villages": rows}
    return answer


def _promised(scope: Scope, here: list[TargetLocation]) -> set[tuple[int, int]]:
    """(village, agency) of every agreed piece of work in these locations."""
    villages = {location.village_id for location in here}
    return set(
        lines_in(scope, scope.year)
        .in_force(scope.on)
        .placed()
        .filter(place_village__in=villages)
        .order_by()
        .values_list("place_village", "plan__agency_id")
        .distinct()
    )


def _matrix(
    scope: Scope, here: list[TargetLocation], agencies: list[Agency], promised: set[tuple[int, int]]
) -> list[VillageRow]:
    begun = {(row.village, row.agency) for row in approved_rows(scope) if row.spent or row.physical}
    return [
        VillageRow(location, [_cell((location.village_id, agency.pk), promised, begun) for agency in agencies])
        for location in here
    ]


def _cell(place: tuple[int, int], promised: set, begun: set) -> str:
    if place not in promised:
        return ""
    return "begun" if place in begun else "promised"


def _word(cell: str) -> str:
    return {"begun": "mulai", "promised": "dijanjikan, belum mulai", "": ""}[cell]


def _most_waited(rows: list[VillageRow], agencies: list[Agency]) -> str:
    waiting = [sum(row.cells[n] == "promised" for row in rows) for n in range(len(agencies))]
    most = max(waiting, default=0)
    return agencies[waiting.index(most)].short_name if most else ""


def _finding(scope: Scope, rows: list[VillageRow], complete: list[VillageRow], waited: str) -> str:
    if not rows:
        agency = scope.agency
        return f"{agency} tidak berjanji di desa lokus mana pun" if agency else "Belum ada desa lokus pada hari itu"
    left = len(rows) - len(complete)
    if not left:
        who = scope.agency or "Semua SKPD"
        return f"{who} sudah mulai di semua desa lokus" + (" yang dijanjikannya" if scope.agency else "")
    return f"{left} desa lokus belum lengkap" + (f", {waited} paling sering ditunggu" if waited else "")
