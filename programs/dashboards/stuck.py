"""Indicator 6: what is stuck, since when, and with whom?"""

from datetime import date

from django.db.models import Exists, OuterRef
from django.utils import timezone

from p2emas.ui import charts
from programs.coordination.unanswered import unanswered_after_meetings
from programs.dashboards.answers import SAMPLE, Answer, Picture, Shortened, count_change_text
from programs.dashboards.readings import holidays
from programs.dashboards.scope import Scope
from programs.obstacles.models import Obstacle
from programs.obstacles.page import obstacle_days_late
from programs.obstacles.querysets import ObstacleQuerySet

LONG = 30  # days after which an open obstacle counts as stuck
DEFINITION = (
    f"Kendala yang pada hari itu terbuka lebih dari {LONG} hari sejak dilaporkan, dibagi semua kendala yang terbuka. "
    "Penanggung jawab dan keadaannya menurut hari ini; lewat batas dihitung dalam hari kerja. Kendala tanpa desa tidak "
    "dihitung bila disaring menurut kecamatan."
)
HEADER = ["Kendala", "Desa", "Kecamatan", "Penanggung jawab", "Keadaan", "Dilaporkan", "Umur (hari)",
          "Lewat batas (hari kerja)", "Belum dijawab sesudah rapat", SAMPLE]  # fmt: skip
CODED = ["Kode desa", "Kode SKPD", *HEADER]
NOBODY = "Belum diteruskan"


def stuck_answer(scope: Scope) -> Answer:
    rows = _rows(scope)
    stuck = [row for row in rows if row.is_stuck]
    answer = Answer(
        key="tersendat",
        number=6,
        question=f"Kendala terbuka lebih dari {LONG} hari",
        finding=_finding(rows, stuck) + _after_meetings(rows),
        value=f"{len(stuck)} dari {len(rows)}",
        basis=f"kendala terbuka lebih dari {LONG} hari",
        definition=DEFINITION,
        header=HEADER,
        rows=[row.cells for row in rows],
        coded=(CODED, [row.coded for row in rows]),
        is_sample=any(row.obstacle.is_sample for row in rows),
        sign="watch" if stuck else "good",
        sign_label=_sign(rows, stuck),
        change=_change(scope, len(stuck)),
    )
    answer.small = Picture(parts=(len(rows) - len(stuck), len(stuck), 0))
    shown = Shortened(rows)
    longest = max([LONG, *(row.days for row in rows)])
    for row in shown:
        row.chart = charts.bar(row.days, maximum=longest, tone="flate" if row.late else "f1")
    answer.drawing = {"rows": shown}
    return answer


def _rows(scope: Scope) -> list["StuckRow"]:
    """What is open on the day that is asked about, the oldest first."""
    missed = Exists(unanswered_after_meetings(scope.today).filter(pk=OuterRef("pk")))
    found = _open(scope, scope.on).for_table().annotate(is_missed=missed).order_by("created_at", "pk")
    rows = [StuckRow(each, scope.on, is_missed=each.is_missed) for each in found]
    for row in rows:
        row.late = obstacle_days_late(row.obstacle, scope.on, holidays(scope))
    return rows


def _change(scope: Scope, stuck: int) -> str:
    before = scope.previous
    if before is None:
        return ""
    was = sum(StuckRow(each, before.ends).is_stuck for each in _open(scope, before.ends).only("created_at"))
    return count_change_text(stuck, was, before.short)


class StuckRow:
    def __init__(self, obstacle: Obstacle, on: date, *, is_missed: bool = False) -> None:
        self.obstacle = obstacle
        self.days = (on - timezone.localtime(obstacle.created_at).date()).days
        self.late = 0
        self.is_missed = is_missed  # a meeting had it on its agenda, and nobody has answered since
        self.chart: charts.Chart | None = None

    @property
    def is_stuck(self) -> bool:
        return self.days > LONG

    @property
    def owner(self) -> str:
        return self.obstacle.responsible.short_name if self.obstacle.responsible else NOBODY

    @property
    def cells(self) -> list[object]:
        obstacle, village = self.obstacle, self.obstacle.village
        since = timezone.localtime(obstacle.created_at).date()
        place = [village.name, village.district.name] if village else [None, None]
        state = obstacle.get_status_display()
        figures = [since, self.days, self.late or None, self.is_missed]
        return [obstacle.text, *place, self.owner, state, *figures, obstacle.is_sample]

    @property
    def coded(self) -> list[object]:
        village, responsible = self.obstacle.village, self.obstacle.responsible
        return [village.code if village else None, responsible.code if responsible else None, *self.cells]


def _open(scope: Scope, day: date) -> ObstacleQuerySet:
    found = Obstacle.objects.open_on(day)
    if scope.district is not None:
        found = found.filter(village__district=scope.district)
    return found.filter(responsible=scope.agency) if scope.agency is not None else found


def _finding(rows: list[StuckRow], stuck: list[StuckRow]) -> str:
    if not rows:
        return "Tidak ada kendala terbuka"
    if not stuck:
        return f"{len(rows)} kendala terbuka, tidak ada yang lebih dari {LONG} hari"
    return f"{len(stuck)} kendala terbuka lebih dari {LONG} hari; terlama {stuck[0].days} hari, pada {stuck[0].owner}"


def _after_meetings(rows: list[StuckRow]) -> str:
    count = sum(row.is_missed for row in rows)
    return f"; {count} belum dijawab sesudah rapat" if count else ""


def _sign(rows: list[StuckRow], stuck: list[StuckRow]) -> str:
    late = sum(bool(row.late) for row in rows)
    if late:
        return f"{late} lewat batas jawaban"
    return "Menunggu jawaban" if stuck else "Tidak ada yang tersendat"
