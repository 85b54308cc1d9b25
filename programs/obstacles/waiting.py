"""What waits for whom among obstacles, for the home page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from p2emas.accounts.models import User
from p2emas.accounts.roles import COORDINATORS, Role
from p2emas.ui import formats
from programs.obstacles.list_forms import OVERDUE, TO_CLOSE
from programs.obstacles.models import Obstacle
from programs.obstacles.page import holidays_since, obstacle_days_late
from programs.obstacles.querysets import ANSWERING, ObstacleQuerySet

MOST = 101  # rows that one task reads; the home page says "100+"


@dataclass(frozen=True)
class ObstacleTask:
    count: int
    title: str
    sentence: str
    url: str
    action: str


def obstacle_tasks(user: User, today: date) -> list[ObstacleTask]:
    obstacles, tasks = Obstacle.objects.for_user(user), []
    if user.has_role(*ANSWERING):
        tasks += _one(obstacles.to_answer(user), "Kendala menunggu jawaban Anda", "Jawab", lambda o: _due(o, today))
    if user.has_role(*COORDINATORS):
        waiting = obstacles.to_route().order_by("created_at", "pk")
        tasks += _one(waiting, "Kendala belum diteruskan", "Teruskan", _raised)
        late = obstacles.overdue(today).order_by("due_on", "pk")
        tasks += _one(late, "Kendala lewat batas jawaban", "Lihat", lambda o: _due(o, today), OVERDUE)
    if user.has_role(*ANSWERING, *COORDINATORS, Role.FACILITATOR):
        answered = obstacles.to_close(user)
        tasks += _one(answered, "Jawaban kendala menunggu Anda", "Tutup atau kembalikan", _answered, TO_CLOSE)
    return tasks


def _one(
    waiting: ObstacleQuerySet, title: str, action: str, words: Callable[[Obstacle], str], state: str = ""
) -> list[ObstacleTask]:
    """One task for all of them; it leads to the only one, or to the list."""
    rows = list(waiting.for_table()[:MOST])
    if not rows:
        return []
    if len(rows) == 1:
        url = rows[0].get_absolute_url()
    else:
        raised = rows[0].status == Obstacle.Status.REPORTED
        url = f"{reverse('obstacles:obstacle-list')}?status={state or ('dilaporkan' if raised else 'diteruskan')}"
    return [ObstacleTask(len(rows), title, f"{rows[0]}. {words(rows[0])}", url, action)]


def _raised(obstacle: Obstacle) -> str:
    return f"Dilaporkan {formats.long_date(obstacle.created_at)}."


def _answered(obstacle: Obstacle) -> str:
    return f"Dijawab {formats.long_date(obstacle.answered_at)}."


def _due(obstacle: Obstacle, today: date) -> str:
    day = formats.long_date(obstacle.due_on)
    late = obstacle_days_late(obstacle, today, holidays_since([obstacle], today))
    return f"Batas {day}, lewat {late} hari kerja." if late else f"Dijawab paling lambat {day}."
