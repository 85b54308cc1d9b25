"""What the page of one determination shows beside its fields: what comes next, and history as far as one may see it."""

from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.urls import reverse

from districts.competencies.models import CompetencyDetermination
from districts.competencies.panel.models import AssessorSeat, PanelScore
from districts.competencies.result.page import Result, deviation, result_of
from p2emas.accounts.models import User
from p2emas.accounts.roles import COORDINATORS
from p2emas.workflow.models import Step, StepNotAllowed
from p2emas.workflow.riwayat import Entry, Part, timeline
from p2emas.workflow.track import Task, Track

Status = CompetencyDetermination.Status
WAY = (Status.DRAFT, Status.SCORED, Status.DISCUSSED, Status.SUBMITTED, Status.DECIDED, Status.ENACTED)
GUARDED = {"scoring-open": "open_scoring", "discuss": "discuss"}  # page of a task -> the step that it takes


def history_parts(record: CompetencyDetermination, user: User) -> list[Part]:
    """Parts of the timeline. Scores and assessors' notes follow the rule of scores, also of seats that are gone."""
    if record.is_recorded:
        return []
    seats: QuerySet = AssessorSeat.history.filter(determination=record)
    scores: QuerySet = PanelScore.history.filter(option__determination=record)
    if PanelScore.objects.hides_from(user, record):
        seats, scores = seats.filter(user=user), scores.filter(seat__user=user)
    figures = ["analyses", "analyses__commodities"]
    return [*figures, "options", "options__inapplicable", "criteria", seats, scores]


@dataclass(frozen=True)
class PanelTask(Task):
    """A task with the name of its page."""

    page: str = ""
    state: str = ""


@dataclass
class DeterminationPage:
    """Context of ``competencies/determination_detail.html``."""

    record: CompetencyDetermination
    steps: list[tuple[str, Step]]
    forward: str  # the step whose button is the main one
    next_task: PanelTask | None
    edit_url: str
    tasks: list[PanelTask]
    result: Result | None
    deviation: str
    ready_url: str = ""  # where its decree is drafted
    minutes: list[tuple[str, str]] = field(default_factory=list)
    history: list[Entry] = field(default_factory=list)

    @classmethod
    def of(cls, record: CompetencyDetermination, user: User) -> "DeterminationPage":
        """A seat shows what it shows until its own scores are complete."""
        result = None if record.is_recorded else result_of(record)
        steps, tasks = shared_steps(record, user), determination_tasks(record, user)
        forward, task = next_of(record, steps, tasks)
        page = cls(
            record=record,
            steps=steps,
            forward=forward,
            next_task=task,
            edit_url=_edit_url(record) if record.may_edit(user) else "",
            tasks=tasks,
            result=result,
            deviation=deviation(record, result),
        )
        if record.status == CompetencyDetermination.Status.DECIDED and user.has_role(*COORDINATORS):
            page.ready_url = reverse("profiles:decree-ready")
        if record.may_read_history(user):
            page.minutes = _minutes_urls(record) if result else []
            page.history = timeline(record, parts=history_parts(record, user))[:8]
        return page


def _minutes_urls(record: CompetencyDetermination) -> list[tuple[str, str]]:
    forms = (("docx", "Berita acara (.docx)"), ("pdf", "Berita acara (.pdf)"))
    return [(label, reverse("competencies:determination-minutes", args=[record.pk, form])) for form, label in forms]


def shared_steps(record: CompetencyDetermination, user: User) -> list[tuple[str, Step]]:
    """Steps on the shared page, forward ones first: those that need a reason lead back or away."""
    steps = [(name, step) for name, step in record.open_steps(user) if not step.own_page]
    return sorted(steps, key=lambda found: found[1].note_required)


def next_of(
    record: CompetencyDetermination, steps: list[tuple[str, Step]], tasks: list[PanelTask]
) -> tuple[str, PanelTask | None]:
    """What the one blue button does: the step forward if it would work now, else the furthest task that does."""
    forward = next((name for name, step in steps if not step.note_required), "")
    if forward and _works(record, forward):
        return forward, None
    open_tasks = [task for task in tasks if task.url and not task.done]
    return "", next((task for task in reversed(open_tasks) if _works(record, GUARDED.get(task.page, ""))), None)


def _works(record: CompetencyDetermination, step: str) -> bool:
    try:
        record.check_step(step)
    except StepNotAllowed:
        return False
    return True


def _edit_url(record: CompetencyDetermination) -> str:
    name = "determination-edit" if record.is_recorded else "panel-setup"
    return reverse(f"competencies:{name}", args=[record.pk])


@dataclass(frozen=True)
class StepFacts:
    """Further context of ``competencies/step.html``: what a person who submits or decides must see."""

    shows_choice: bool = False
    result: Result | None = None
    deviation: str = ""
    lacks_minutes: str = ""  # why it cannot be submitted


def step_facts(record: CompetencyDetermination, step: str) -> StepFacts:
    if step not in ("submit", "decide"):
        return StepFacts()
    result = None if record.is_recorded else result_of(record)
    lacks = record.minutes_missing() if step == "submit" and not record.is_recorded else ""
    return StepFacts(True, result, deviation(record, result), lacks)


def determination_tasks(record: CompetencyDetermination, user: User) -> list[PanelTask]:
    """The way of a determination as a task list, the next thing with its link."""
    track = Track(WAY, record.status, after=(Status.REVOKED,), off=(Status.CANCELLED,))
    if record.is_recorded or track.is_off:
        return []
    seat = record.seats.of(user).first()
    works = record.may_take(user, "open_scoring")
    sets_up, scoring = works and track.at(Status.DRAFT), track.at(Status.SCORED)
    opened, closed = track.past(Status.DRAFT), track.past(Status.SCORED)
    tasks = [
        _task("Susun pilihan, kriteria, penilai", opened, sets_up, "panel-setup", record),
        _task("Buka penilaian", opened, sets_up, "scoring-open", record),
    ]
    if seat is not None:
        tasks.append(_task("Beri nilai", seat.scored_at is not None or closed, scoring, "score", record))
    discusses, discussed = works and track.at(Status.DISCUSSED), track.past(Status.DISCUSSED)
    return [
        *tasks,
        _task("Tunggu nilai panel, tutup penilaian", closed, works and scoring, "discuss", record),
        _task("Catat pembahasan dan pilihan", discussed, discusses, "discussion", record),
    ]


def _task(label: str, done: bool, is_open: bool, page: str, record: CompetencyDetermination) -> PanelTask:
    url = reverse(f"competencies:{page}", args=[record.pk]) if is_open else ""
    return PanelTask(label, done, url, page=page)
