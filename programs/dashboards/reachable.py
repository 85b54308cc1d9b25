"""Indicator 9: which target villages will be without work, while something can still be done about it?"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q

from districts.locations.models import TargetLocation
from programs.dashboards.answers import Answer, Rows, Shortened
from programs.dashboards.readings import approved, holidays, locations, plans_on
from programs.dashboards.scope import Scope
from programs.planning.models import PlanLine
from programs.planning.reach import Beginning, latest_of_each

SOON = timedelta(days=45)  # last chances that are listed before they pass
DEFINITION = (
    "Lokasi sasaran yang belum punya pekerjaan yang dimulai, dan yang kegiatannya tidak sempat lagi atau hampir tidak "
    "sempat dimulai: hari kerja cara pengadaannya dihitung mundur dari akhir musimnya, atau dari akhir bulan mulainya "
    "bila tidak bermusim. Sudah mulai bila laporan yang disetujui menunjukkan uang atau fisik di atas nol."
)
HEADER = ["Kecamatan", "Lokasi sasaran", "Kegiatan", "Keadaan", "Kesempatan terakhir"]
EMPTY, PASSED, LAST = "belum ada kegiatan dalam rencana", "tidak ada kegiatan yang masih sempat", "kesempatan terakhir"


@dataclass(frozen=True)
class IdleVillage:
    """A target village where nothing has begun. ``last``: until when one of its lines can begin; None without lines."""

    location: TargetLocation
    lines: int
    last: date | None
    is_sample: bool

    def state(self, on: date) -> str:
        if self.last is None:
            return EMPTY
        return PASSED if self.last < on else LAST

    def cells(self, on: date) -> list[object]:
        village = self.location.village
        return [village.district.name, village.name, self.lines, self.state(on), self.last]


def reachable_answer(scope: Scope) -> Answer:
    here, day = _here(scope), day_of(scope)
    idle = idle_villages(scope)
    late = sum(row.state(day) != LAST for row in idle)
    answer = Answer(
        key="sempat",
        number=9,
        question="Lokasi sasaran yang akan tanpa pekerjaan",
        finding=_finding(len(here), late, len(idle) - late),
        value=f"{len(idle)} dari {len(here)}" if here else "–",
        basis="lokasi sasaran akan tanpa pekerjaan" + (" dari SKPD ini" if scope.agency else ""),
        definition=DEFINITION,
        header=HEADER,
        rows=Rows(idle, lambda row: row.cells(day)),
        coded=(["Kode desa", *HEADER], Rows(idle, lambda row: [row.location.village.code, *row.cells(day)])),
        is_sample=any(row.is_sample for row in idle),
    )
    if here:
        answer.sign, answer.sign_label = ("late", f"{late} desa terlambat") if late else _early(len(idle))
    answer.drawing = {"villages": Shortened([(row, row.state(day)) for row in idle])}
    return answer


def _early(soon: int) -> tuple[str, str]:
    return ("watch", f"{soon} desa hampir terlambat") if soon else ("good", "Tiap desa masih sempat")


def day_of(scope: Scope) -> date:
    """What can still be begun is asked today, not at the end of the quarter that was reported on."""
    return scope.today if scope.today.year == scope.year else scope.on


def _here(scope: Scope) -> list[TargetLocation]:
    return [row for row in locations(scope) if scope.district in (None, row.village.district)]


def idle_villages(scope: Scope) -> list[IdleVillage]:
    """Villages that will be without work, those whose last chance passed first."""
    idle = scope.once("idle villages", lambda: _idle(scope, _here(scope), day_of(scope)))
    return sorted(idle, key=lambda row: (row.last or date.min, row.location.village.name))


def _idle(scope: Scope, here: list[TargetLocation], day: date) -> list[IdleVillage]:
    """Villages without begun work whose last chance has passed, or passes soon."""
    working = {village for village, _agency in approved(scope).begun}
    wanted = [row for row in here if row.village_id not in working]
    by_village = _beginnings(scope, {row.village_id for row in wanted}, day)
    beginnings = (each for own in by_village.values() for each, *_counts in own)
    latest = latest_of_each(beginnings, scope.year, holidays(scope))
    found = []
    for row in wanted:
        own = by_village.get(row.village_id, [])
        last = max((latest[each].day for each, *_counts in own), default=None)
        if last is None or last <= day + SOON:
            sample = row.is_sample or any(invented for _each, _lines, invented in own)
            found.append(IdleVillage(row, sum(lines for _each, lines, _invented in own), last, sample))
    return found


def _beginnings(scope: Scope, villages: set[int], day: date) -> dict[int, list[tuple[Beginning, int, int]]]:
    """Village -> the different beginnings of its lines; how many lines have each, and how many of them are invented."""
    if not villages:
        return {}
    invented = Q(plan__is_sample=True) | Q(activity__is_sample=True)
    rows = (
        PlanLine.objects.filter(plan__in=plans_on(scope, scope.year, day).values())
        .placed()
        .filter(place_village__in=villages)
        .order_by()
        .values_list("place_village", *Beginning._fields)
        .annotate(lines=Count("pk"), invented=Count("pk", filter=invented))
    )
    found: dict[int, list[tuple[Beginning, int, int]]] = {}
    for village, *beginning, lines, samples in rows:
        found.setdefault(village, []).append((Beginning(*beginning), lines, samples))
    return found


def _finding(count: int, late: int, soon: int) -> str:
    if not count:
        return "Belum ada lokasi sasaran pada hari itu"
    if late:
        return f"{late} lokasi sasaran akan tanpa pekerjaan" + (f", {soon} hampir" if soon else "")
    return f"{soon} lokasi sasaran hampir tanpa pekerjaan" if soon else "Tiap lokasi sasaran masih sempat dikerjakan"
