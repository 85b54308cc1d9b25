"""What the page of one determination shows beside its fields: what comes next, and history as far as one may see it."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from districts.competencies.models import CompetencyDetermination
from districts.competencies.panel.models import AssessorSeat, PanelScore
from districts.competencies.result.page import deviation, result_of
from p2emas.accounts.models import User
from p2emas.workflow.models import Step, StepNotAllowed
from p2emas.workflow.riwayat import Part, timeline

Status = CompetencyDetermination.Status
GUARDED = {"scoring-open": "open_scoring", "discuss": "discuss"}  # task -> the step that its page takes


def history_parts(record: CompetencyDetermination, user: User) -> list[Part]:
    """Parts of the timeline. Scores and assessors' notes follow the rule of scores, also of seats that are gone."""
    if record.is_recorded:
        return []
    seats: QuerySet = AssessorSeat.history.filter(determination=record)  # type: ignore[attr-defined]
    scores: QuerySet = PanelScore.history.filter(option__determination=record)  # type: ignore[attr-defined]
    if PanelScore.objects.hides_from(user, record):
        seats, scores = seats.filter(user=user), scores.filter(seat__user=user)
    return ["options", "criteria", seats, scores]


def page_of(record: CompetencyDetermination, user: User) -> dict[str, Any]:
    """Context of the page; a seat shows what it shows until the own scores are complete."""
    result = None if record.is_recorded else result_of(record)
    steps, tasks = steps_of(record, user), tasks_of(record, user)
    forward, task = next_of(record, steps, tasks)
    context: dict[str, Any] = {
        "record": record,
        "steps": steps,
        "forward": forward,
        "next_task": task,
        "edit_url": _edit_url(record) if record.may_edit(user) else "",
        "tasks": tasks,
        "result": result,
        "deviation": deviation(record, result),
    }
    if record.may_read_history(user):
        context["minutes"] = _minutes_urls(record) if result else []
        context["history"] = timeline(record, parts=history_parts(record, user))[:8]
    return context


def _minutes_urls(record: CompetencyDetermination) -> list[tuple[str, str]]:
    forms = (("docx", "Berita acara (.docx)"), ("pdf", "Berita acara (.pdf)"))
    return [(label, reverse("competencies:determination-minutes", args=[record.pk, form])) for form, label in forms]


def steps_of(record: CompetencyDetermination, user: User) -> list[tuple[str, Step]]:
    """Steps on the shared page, forward ones first: those that need a reason lead back or away."""
    steps = [(name, step) for name, step in record.open_steps(user) if not step.own_page]
    return sorted(steps, key=lambda found: found[1].note_required)


def next_of(
    record: CompetencyDetermination, steps: list[tuple[str, Step]], tasks: list[dict[str, Any]]
) -> tuple[str, dict[str, Any] | None]:
    """What the one blue button does: the step forward if it would work now, else the furthest task that does."""
    forward = next((name for name, step in steps if not step.note_required), "")
    if forward and _works(record, forward):
        return forward, None
    open_tasks = [task for task in tasks if task["url"] and not task["done"]]
    return "", next((task for task in reversed(open_tasks) if _works(record, GUARDED.get(task["name"], ""))), None)


def _works(record: CompetencyDetermination, step: str) -> bool:
    try:
        record.check_step(step)
    except StepNotAllowed:
        return False
    return True


def _edit_url(record: CompetencyDetermination) -> str:
    name = "determination-edit" if record.is_recorded else "panel-setup"
    return reverse(f"competencies:{name}", args=[record.pk])


def step_facts(record: CompetencyDetermination, step: str) -> dict[str, Any]:
    """What whoever submits or decides must have before his eyes."""
    if step not in ("submit", "decide"):
        return {}
    result = None if record.is_recorded else result_of(record)
    return {"shows_choice": True, "result": result, "deviation": deviation(record, result)}


def tasks_of(record: CompetencyDetermination, user: User) -> list[dict[str, Any]]:
    """The way of a determination as a task list, the next thing with its link."""
    if record.is_recorded or record.status == Status.CANCELLED:
        return []
    seat = record.seats.of(user).first()
    order = [Status.DRAFT, Status.SCORED, Status.DISCUSSED, Status.SUBMITTED, Status.DECIDED, Status.ENACTED]
    here = order.index(record.status) if record.status in order else len(order)
    works = record.may_take(user, "open_scoring")
    tasks = [
        _task("Susun pilihan, kriteria, penilai", here > 0, works and here == 0, "panel-setup", record),
        _task("Buka penilaian", here > 0, works and here == 0, "scoring-open", record),
    ]
    if seat is not None:
        label = "Beri nilai"
        tasks.append(_task(label, seat.scored_at is not None or here > 1, here == 1, "score", record))
    tasks += [
        _task("Tunggu nilai panel, tutup penilaian", here > 1, works and here == 1, "discuss", record),
        _task("Catat pembahasan dan pilihan", here > 2, works and here == 2, "discussion", record),
    ]
    return tasks


def _task(label: str, done: bool, is_open: bool, name: str, record: CompetencyDetermination) -> dict[str, Any]:
    url = reverse(f"competencies:{name}", args=[record.pk]) if is_open else ""
    return {"name": name, "label": label, "done": done, "url": url}
