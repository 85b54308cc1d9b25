"""What the list and the page of one obstacle show: how old, how late, and who must do what by when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.text import Truncator

from p2emas.accounts.models import Holiday, User
from p2emas.accounts.roles import COORDINATORS
from p2emas.naming import said
from p2emas.ui import formats
from p2emas.ui.workdays import working_days_between
from p2emas.workflow.hooks import Hook
from p2emas.workflow.models import Step
from programs.obstacles.models import Obstacle, ObstacleFile
from programs.obstacles.notices import ObstacleNotice
from programs.obstacles.querysets import ObstacleQuerySet, nobody_there

Status = Obstacle.Status
open_duties: Hook[[User, date], list[Mapping[str, object]]] = Hook("the duties that come with aid, beside obstacles")
MOST_INSTRUCTIONS = 20  # shown beside one obstacle


def holidays_since(obstacles: Iterable[Obstacle], today: date) -> frozenset[date]:
    """Holidays on which the lateness of any of ``obstacles`` depends; one query, none where nothing is late."""
    days = [each.due_on for each in obstacles if each.due_on is not None and each.is_overdue(today)]
    return Holiday.objects.dates_around(min(days), today) if days else frozenset()


def obstacle_days_late(obstacle: Obstacle, today: date, holidays: frozenset[date]) -> int:
    """Working days since the day to answer; at least one when it has passed, else 0."""
    if obstacle.due_on is None or not obstacle.is_overdue(today):
        return 0
    return max(1, working_days_between(obstacle.due_on, today, holidays))


@dataclass(frozen=True)
class ObstacleRow:
    obstacle: Obstacle
    days: int
    late: int

    @property
    def title(self) -> str:
        return Truncator(self.obstacle.text).chars(90)

    @property
    def late_words(self) -> str:
        return f"Lewat {self.late} hari kerja"

    @property
    def days_words(self) -> str:
        return str(self.days) if self.days else "hari ini"


def obstacle_rows(obstacles: list[Obstacle], today: date) -> list[ObstacleRow]:
    holidays = holidays_since(obstacles, today)
    return [ObstacleRow(each, each.days_open(today), obstacle_days_late(each, today, holidays)) for each in obstacles]


_TENS = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh"]


def _count(number: int) -> str:
    return _TENS[number] if number < len(_TENS) else formats.number(number, 0)


def headline(obstacles: ObstacleQuerySet, today: date) -> str:
    """ "Tujuh kendala terbuka, empat lewat batas jawaban": of all that the reader sees, not of the filter."""
    counts = obstacles.open_and_late(today)
    open_ones, late = counts["open"], counts["late"]
    if not open_ones:
        return "Tidak ada kendala terbuka"
    words = f"{_count(open_ones)} kendala terbuka, {_count(late) if late else 'tidak ada yang'} lewat batas jawaban"
    return words[:1].upper() + words[1:]


@dataclass(frozen=True)
class StepLink:
    name: str
    step: Step
    url: str

    @classmethod
    def of(cls, obstacle: Obstacle, name: str, step: Step) -> "StepLink":
        if name == "answer":
            return cls(name, step, reverse("obstacles:obstacle-answer", args=[obstacle.pk]))
        page = "obstacles:obstacle-send" if step.own_page else "obstacles:obstacle-step"
        return cls(name, step, reverse(page, args=[obstacle.pk, name]))


@dataclass(frozen=True)
class ObstaclePage:
    obstacle: Obstacle
    user: User
    today: date

    @cached_property
    def late(self) -> int:
        return obstacle_days_late(self.obstacle, self.today, holidays_since([self.obstacle], self.today))

    @cached_property
    def steps(self) -> list[StepLink]:
        return [StepLink.of(self.obstacle, name, step) for name, step in self.obstacle.open_steps(self.user)]

    @property
    def next_step(self) -> StepLink | None:
        """The one that leads on; what turns it elsewhere is a link beside it."""
        return next((link for link in self.steps if link.name in ("route", "answer", "close")), None)

    @property
    def other_steps(self) -> list[StepLink]:
        return [link for link in self.steps if link != self.next_step]

    @property
    def who_next(self) -> str:
        """Who must do what by when."""
        obstacle = self.obstacle
        if obstacle.status == Status.REPORTED:
            return said("{Office} menentukan siapa yang menjawab")
        if obstacle.status == Status.ROUTED:
            return f"{obstacle.responsible} menjawab paling lambat {formats.long_date(obstacle.due_on)}"
        if obstacle.status == Status.ANSWERED:
            return f"{self._closer} menutup kendala ini atau mengembalikannya"
        return "Tidak ada. Kendala ini sudah selesai"

    @property
    def _closer(self) -> str:
        obstacle = self.obstacle
        if Obstacle.objects.filter(nobody_there(self.today), pk=obstacle.pk).exists():
            return said("{Office}")
        if obstacle.raised_by_id is None or obstacle.raised_by_id == obstacle.responsible_id:
            return said("Pendamping desanya atau {office}") if obstacle.village_id else said("{Office}")
        return said(f"{obstacle.raised_by} atau {{office}}")

    @property
    def due_words(self) -> str:
        """How far off the day is, or how long ago it was; in working days."""
        obstacle = self.obstacle
        if obstacle.status != Status.ROUTED or obstacle.due_on is None:
            return ""
        if self.late:
            return f"Lewat {self.late} hari kerja. Kendala ini masuk agenda rapat berikutnya dengan sendirinya."
        holidays = Holiday.objects.dates_around(self.today, obstacle.due_on)
        left = working_days_between(self.today, obstacle.due_on, holidays)
        return f"Sisa {left} hari kerja." if left else "Hari ini hari terakhir."

    @property
    def late_words(self) -> str:
        return f"Terlambat {self.late} hari kerja" if self.late else ""

    @property
    def about(self) -> str:
        raised = f"dilaporkan {formats.long_date(self.obstacle.created_at)}, {self.age_words}"
        return " · ".join(part for part in (f"Kendala {self.obstacle.pk}", self.where, raised) if part)

    @property
    def where(self) -> str:
        village, activity = self.obstacle.village, self.obstacle.activity
        places = [f"{village}, {village.district}"] if village else []
        return " · ".join([*places, *([activity.name] if activity else [])])

    @property
    def age_words(self) -> str:
        days = self.obstacle.days_open(self.today)
        if self.obstacle.status == Status.SOLVED:
            return f"selesai dalam {days} hari" if days else "selesai hari itu juga"
        return f"{days} hari lalu" if days else "hari ini"

    @property
    def facts(self) -> list[dict[str, object]]:
        obstacle = self.obstacle
        told = [
            ("Jenis", obstacle.get_kind_display()),
            ("Desa", obstacle.village),
            ("Kegiatan", obstacle.activity),
            ("Sebab", obstacle.cause),
            ("Yang sudah dicoba", obstacle.follow_up),
            ("Pelapor", obstacle.raised_by_words),
            ("Penanggung jawab", obstacle.responsible),
            ("Batas waktu", formats.long_date(obstacle.due_on) if obstacle.due_on else None),
        ]
        return [{"label": label, "value": value} for label, value in told]

    @cached_property
    def notice(self) -> ObstacleNotice | None:
        return ObstacleNotice.objects.of(self.obstacle)

    @cached_property
    def instructions(self) -> list[Any]:
        """Action items about it that the reader sees, the newest first; they belong to meetings, or are disposisi."""
        items = self.obstacle.action_items  # the room of meetings adds it
        return list(items.for_user(self.user).for_table().order_by("-pk")[:MOST_INSTRUCTIONS])

    @property
    def may_instruct(self) -> bool:
        """Whether an instruction about it may be sent: to an agency, until it is solved."""
        return self.obstacle.status != Status.SOLVED and self.user.has_role(*COORDINATORS)

    @property
    def may_publish(self) -> bool:
        return self.obstacle.village is not None and self.user.has_role(*COORDINATORS)

    @cached_property
    def _files(self) -> list[ObstacleFile]:
        return list(self.obstacle.files.for_list())

    @property
    def files(self) -> list[ObstacleFile]:
        return [each for each in self._files if each.kind == ObstacleFile.Kind.RAISED]

    @property
    def answer_files(self) -> list[ObstacleFile]:
        return [each for each in self._files if each.kind == ObstacleFile.Kind.ANSWER]
