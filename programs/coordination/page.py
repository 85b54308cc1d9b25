"""What the pages of meetings and action items show: the agenda, what was promised, and who must do what by when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.urls import reverse

from p2emas.accounts.models import Holiday, User
from p2emas.instruments.discussed import Discussed, discussed_with
from p2emas.instruments.models import Minutes
from p2emas.naming import said
from p2emas.ui import formats
from p2emas.ui.workdays import working_days_between
from p2emas.workflow.models import Step, last_notes
from programs.coordination.gathering import Gathered, added_since, gather_agenda, previous_meeting, words_of_line
from programs.coordination.items import ActionItem
from programs.coordination.models import AgendaLine, Meeting, MeetingAttendance
from programs.obstacles.models import Obstacle

Kind = AgendaLine.Kind
SOURCES = {  # where a line comes from; its own page shows more than the agenda
    Kind.OBSTACLES: ("obstacles:obstacle-list", "?status=lewat-batas"),
    Kind.REPORTS: ("reporting:compliance", ""),
    Kind.VILLAGES: ("dashboards:indicator", ""),
    Kind.DECISIONS: ("locations:decisions", ""),
    Kind.FIGURES: ("dashboards:dashboard", ""),
}


def source_url(kind: str) -> str:
    if kind == Kind.PROMISES:
        return "#janji"
    if kind not in SOURCES:
        return ""
    name, query = SOURCES[Kind(kind)]
    return reverse(name, args=["sempat"] if kind == Kind.VILLAGES else []) + query


@dataclass(frozen=True)
class ItemRow:
    """One action item with what was done, and how late it is in working days."""

    item: ActionItem
    done: str
    late: int

    @property
    def late_words(self) -> str:
        return f"Lewat {self.late} hari kerja" if self.late else ""


def item_rows(items: Sequence[ActionItem], today: date) -> list[ItemRow]:
    """Two queries for any number: the notes of the steps, and the holidays where something is late."""
    notes = last_notes(items, "close")
    holidays = holidays_since_items(items, today)
    return [
        ItemRow(each, notes.get(each.pk, "") if each.status == "DONE" else "", item_days_late(each, today, holidays))
        for each in items
    ]


def holidays_since_items(items: Iterable[ActionItem], today: date) -> frozenset[date]:
    days = [each.due_on for each in items if each.is_overdue(today)]
    return Holiday.objects.dates_around(min(days), today) if days else frozenset()


def item_days_late(item: ActionItem, today: date, holidays: frozenset[date]) -> int:
    return max(1, working_days_between(item.due_on, today, holidays)) if item.is_overdue(today) else 0


@dataclass(frozen=True)
class AgendaRow:
    """One line as the page shows it; ``url`` leads to its source, for those who may open it."""

    line: AgendaLine
    number: int
    title: str
    detail: str
    presenter: str
    minutes: int | None
    url: str
    obstacles: tuple[Obstacle, ...] = ()
    is_own: bool = False  # somebody wrote it instead of the data

    @property
    def key(self) -> str:
        return str(self.line.pk)

    @classmethod
    def of(cls, line: AgendaLine, number: int, found: Gathered | None, url: str) -> "AgendaRow":
        if found is None:
            kept = tuple(line.obstacles.all()) if line.kind == Kind.OBSTACLES else ()
            return cls(line, number, line.title, line.detail, line.presenter, line.minutes_planned, url, kept)
        title, detail, presenter, minutes = words_of_line(line, found)
        is_own = bool(line.title or line.detail)
        return cls(line, number, title, detail, presenter, minutes, url, found.obstacles, is_own)


@dataclass(frozen=True)
class MeetingStepLink:
    name: str
    step: Step
    url: str


@dataclass(frozen=True)
class MeetingPage:
    meeting: Meeting
    user: User
    today: date

    @cached_property
    def agenda(self) -> list[AgendaRow]:
        """While it is prepared what is gathered now; afterwards what was kept. Others than coordinators see no "no"."""
        lines = self.meeting.agenda.all()
        if not self.may_edit:
            lines = lines.filter(included=True)
        found = gather_agenda(self.meeting, self.today) if self.meeting.is_draft else {}
        shown = [line for line in lines if not self.meeting.is_draft or line.title or line.kind in found]
        sees = self.user.sees_everything
        return [
            AgendaRow.of(line, number, found.get(line.kind), source_url(line.kind) if sees else "")
            for number, line in enumerate(shown, 1)
        ]

    def row(self, line: int) -> AgendaRow | None:
        return next((row for row in self.agenda if row.line.pk == line), None)

    @cached_property
    def added(self) -> tuple[Obstacle, ...]:
        """Since the invitation; of them only what the reader may open."""
        found = added_since(self.meeting)
        if not found or self.user.sees_everything:
            return found
        seen = set(
            Obstacle.objects.for_user(self.user).filter(pk__in=[o.pk for o in found]).values_list("pk", flat=True)
        )
        return tuple(each for each in found if each.pk in seen)

    @property
    def minutes_planned(self) -> int:
        return sum(row.minutes or 0 for row in self.agenda if row.line.included)

    @property
    def may_edit(self) -> bool:
        return self.meeting.is_open and Meeting.may_prepare(self.user)

    @property
    def may_add(self) -> bool:
        return not self.meeting.why_final and ActionItem.may_write(self.user)

    @cached_property
    def previous(self) -> Meeting | None:
        """The one that was held before, for those who were invited to it."""
        return Meeting.objects.for_user(self.user).held_before(self.meeting.held_on).first()

    @cached_property
    def promises(self) -> list[ItemRow]:
        if self.meeting.status == Meeting.Status.CANCELLED:
            return []
        found = ActionItem.objects.for_user(self.user).promised_before(self.meeting, previous_meeting(self.meeting))
        return item_rows(list(found.for_table()), self.today)

    @property
    def promises_title(self) -> str:
        done = sum(row.item.status == ActionItem.Status.DONE for row in self.promises)
        return f"Janji rapat lalu: {done} dari {len(self.promises)} selesai"

    @cached_property
    def items(self) -> list[ItemRow]:
        own = ActionItem.objects.for_user(self.user).filter(meeting=self.meeting)
        return item_rows(list(own.for_table()), self.today)

    @cached_property
    def _attendance(self) -> list[MeetingAttendance]:
        return list(self.meeting.attendance.select_related("agency", "official"))

    @property
    def invited(self) -> list[str]:
        return [row.agency.short_name for row in self._attendance if row.agency]

    @property
    def invited_names(self) -> list[str]:
        """As a letter names them."""
        return [row.agency.name for row in self._attendance if row.agency]

    @property
    def came(self) -> list[str]:
        """Who was there; names of persons only for those who keep the record, and only until the minutes have them."""
        sees = self.user.sees_everything
        return [str(row) for row in self._attendance if row.was_there and (row.agency or row.official or sees)]

    @property
    def may_note(self) -> bool:
        return not self.meeting.why_final and Meeting.may_prepare(self.user)

    @property
    def may_erase(self) -> bool:
        """Names of persons go at any time, also out of what was signed."""
        return Meeting.may_prepare(self.user)

    @cached_property
    def minutes(self) -> Minutes | None:
        found = self.meeting.minutes
        return found if found is not None and found.is_open_to(self.user) else None

    @cached_property
    def discussed(self) -> list[Discussed]:
        """What names the minutes of this meeting; the meeting itself decides nothing."""
        return discussed_with(self.minutes, self.user) if self.minutes else []

    @property
    def has_minutes(self) -> bool:
        return self.meeting.status == Meeting.Status.HELD

    @cached_property
    def steps(self) -> list[MeetingStepLink]:
        return [
            MeetingStepLink(name, step, reverse("coordination:meeting-step", args=[self.meeting.pk, name]))
            for name, step in self.meeting.open_steps(self.user)
            if name not in self._not_yet
        ]

    @property
    def _not_yet(self) -> set[str]:
        """What its day forbids: ending it before, inviting to it afterwards."""
        day = self.meeting.held_on
        return {name for name, barred in (("close", day > self.today), ("invite", day < self.today)) if barred}

    @property
    def next_step(self) -> MeetingStepLink | None:
        """On its day a meeting is ended, before that people are invited."""
        wanted = "close" if self.meeting.held_on <= self.today or not self.meeting.is_draft else "invite"
        return next((link for link in self.steps if link.name == wanted), None)

    @property
    def other_steps(self) -> list[MeetingStepLink]:
        return [link for link in self.steps if link != self.next_step]

    @property
    def about(self) -> str:
        since = f"disusun dari data {formats.long_date(self.today)}" if self.meeting.is_draft else ""
        return " · ".join(part for part in (self.when, self.meeting.place, since) if part)

    @property
    def when(self) -> str:
        meeting = self.meeting
        at = f", pukul {formats.clock_time(meeting.starts)}" if meeting.starts else ""
        return f"{formats.weekday_date(meeting.held_on)}{at}"


@dataclass(frozen=True)
class ItemPage:
    item: ActionItem
    user: User
    today: date

    @property
    def about(self) -> str:
        source = "Dari rapat koordinasi" if self.item.meeting_id else "Disposisi"
        return f"{source} · dicatat {formats.long_date(self.item.created_at)}"

    @cached_property
    def row(self) -> ItemRow:
        return item_rows([self.item], self.today)[0]

    @cached_property
    def meeting(self) -> Meeting | None:
        """Only for those who may open it."""
        return Meeting.objects.for_user(self.user).filter(pk=self.item.meeting_id).first()

    @cached_property
    def obstacle(self) -> Obstacle | None:
        return Obstacle.objects.for_user(self.user).filter(pk=self.item.obstacle_id).first()

    @cached_property
    def steps(self) -> list[MeetingStepLink]:
        return [
            MeetingStepLink(name, step, reverse("coordination:item-step", args=[self.item.pk, name]))
            for name, step in self.item.open_steps(self.user)
        ]

    @property
    def _nobody_there(self) -> bool:
        return ActionItem.objects.filter(pk=self.item.pk).of_nobody_there(self.today).exists()

    @property
    def who_next(self) -> str:
        item = self.item
        if item.status == ActionItem.Status.OPEN:
            doing = f"{item.addressee} mengerjakannya paling lambat {formats.long_date(item.due_on)}"
            return f"{doing}, dan {said('{office}')} mencatat hasilnya" if self._nobody_there else doing
        return f"Tidak ada. Tindak lanjut ini {item.get_status_display().lower()}"
