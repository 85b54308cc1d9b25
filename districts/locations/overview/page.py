"""What the page of one round shows: where it stands, what comes next, its frame and its candidates."""

from typing import Any

from django.db.models import Count
from django.urls import reverse

from districts.locations.candidates.models import Candidate, CandidateValue
from districts.locations.rounds.models import SelectionRound
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.accounts.signed_in import Anyone
from p2emas.documents.models import Decree
from p2emas.workflow.riwayat import timeline

Status = SelectionRound.Status
ORDER = [Status.DRAFT, Status.OPEN, Status.SURVEY, Status.SCORING, Status.SUBMITTED, Status.DECIDED, Status.ENACTED]
SHOWN = 25
RANKED = (Status.SCORING, Status.SUBMITTED, Status.DECIDED, *SelectionRound.PUBLISHED)
FORWARD = ("open", "start_survey", "start_scoring")  # the others turn back or end it
PARTS = ("criteria",)


def page_of(selection: SelectionRound, user: Anyone) -> dict[str, Any]:
    """Context of the page; strangers get what is published, kecamatan staff their own candidates."""
    member = user if user.is_authenticated else None
    candidates = Candidate.objects.for_user(user).filter(round=selection)
    counts = dict(candidates.order_by().values_list("status").annotate(Count("pk")))
    criteria = list(selection.criteria.all())
    marks, shown = selection.may_read_ranking(user), list(candidates.for_table()[:SHOWN])
    total = sum(criterion.weight for criterion in criteria)
    context: dict[str, Any] = {
        "selection": selection,
        "criteria": [(criterion, criterion.weight * 100 / total if total else None) for criterion in criteria],
        "total": total,
        "candidates": shown,
        "count": sum(counts.values()),
        "shows_marks": marks,
        "shows_ranking": marks and selection.status in RANKED,
        "shows_reasons": marks and any(candidate.reason for candidate in shown),
        **_rights(selection, member),
    }
    if member is not None and member.sees_everything:
        context["tasks"] = tasks_of(selection, member, counts, len(criteria))
        context["history"] = timeline(selection, parts=PARTS)[:8]
    return context


def _rights(selection: SelectionRound, member: User | None) -> dict[str, Any]:
    """What a signed-in person may do with the round; strangers only read."""
    if member is None:
        return {"only_own": False, "may_propose": False, "may_edit": False, "steps": [], "forward": ""}
    steps = [(name, step) for name, step in selection.open_steps(member) if not step.own_page]
    return {
        "only_own": not member.sees_everything and selection.status not in SelectionRound.PUBLISHED,
        "may_propose": selection.may_propose(member, clock.today()),
        "may_edit": selection.may_edit(member) or selection.may_reschedule(member),
        "steps": steps,
        "forward": next((name for name, _step in steps if name in FORWARD), ""),
    }


def tasks_of(selection: SelectionRound, user: User, counts: dict[str, int], criteria: int) -> list[dict[str, Any]]:
    """The way of a round as a task list; a link where who asks can act now."""
    if selection.status == Status.CANCELLED:
        return []
    here = ORDER.index(selection.status) if selection.status in ORDER else len(ORDER)
    return [
        *_frame_tasks(selection, user, here, criteria),
        *_work_tasks(selection, user, here, counts, criteria),
        *_decision_tasks(selection, user, here),
    ]


def _frame_tasks(selection: SelectionRound, user: User, here: int, criteria: int) -> list[dict[str, Any]]:
    frames = selection.may_edit(user)
    hint = "Boleh diisi langsung di tabel kriteria."
    return [
        _task("Kriteria dan batas nilai", here > 0, frames and "round-criteria", selection, _n(criteria, "kriteria")),
        _task("Bobot dari perbandingan", here > 0, frames and "round-weights", selection, hint),
    ]


def _work_tasks(
    selection: SelectionRound, user: User, here: int, counts: dict[str, int], criteria: int
) -> list[dict[str, Any]]:
    """Proposals, gate, visits, values: done when nothing of it is left."""
    works, measures, busy = selection.may_work(user), selection.may_measure(user), here in (2, 3)
    proposed, eligible, surveyed = (counts.get(status, 0) for status in ("PROPOSED", "ELIGIBLE", "SURVEYED"))
    passed = sum(counts.get(status, 0) for status in Candidate.PASSED)
    missing = passed * criteria - _values(selection) if busy else 0
    to_check = _n(proposed, "calon belum diperiksa") if proposed else ""
    visits = f"{surveyed} dari {surveyed + eligible} calon disurvei" if busy else ""
    unknown = _n(missing, "nilai belum ada") if missing > 0 else ""
    checked = here > 0 and not proposed and bool(counts)
    visited = here > 3 or (busy and not eligible and bool(surveyed))
    valued = here > 3 or (busy and passed > 0 and not missing)
    return [
        _task("Usulan desa", here > 1, here == 1 and "candidate-list", selection, _n(sum(counts.values()), "calon")),
        _task("Periksa syarat dasar", checked, works and proposed and "gate-check", selection, to_check),
        _task("Kunjungan survei", visited, measures and "candidate-list", selection, visits),
        _task("Isi nilai tiap kriteria", valued, measures and "value-table", selection, unknown),
    ]


def _decision_tasks(selection: SelectionRound, user: User, here: int) -> list[dict[str, Any]]:
    chooses, decides = selection.may_choose(user), here == 4 and selection.may_take(user, "decide")
    return [
        _task("Baca peringkat", here > 3, here > 1 and "round-ranking", selection),
        _task("Tandai pilihan", here > 3, chooses and "round-choices", selection),
        _task("Ajukan", here > 3, chooses and "round-submit", selection),
        _task("Putuskan", here > 4, decides and "round-decide", selection),
        _task("Berlakukan keputusan", here > 5, here == 5 and _decree_url(selection), selection),
    ]


def _values(selection: SelectionRound) -> int:
    """Values of candidates past the gate that are known."""
    known = CandidateValue.objects.filter(candidate__in=selection.candidates.ranked().order_by().values("pk"))
    return known.filter(value__isnull=False).count()


def _n(count: int, words: str) -> str:
    return f"{count} {words}"


def _decree_url(selection: SelectionRound) -> str:
    """The draft that the decision made."""
    draft = Decree.objects.filter(items__candidate__round=selection, status=Decree.Status.DRAFT).first()
    return draft.get_absolute_url() if draft else ""


def _task(label: str, done: bool, name: Any, selection: SelectionRound, hint: str = "") -> dict[str, Any]:
    """``name`` is a URL name of the round, a ready address, or empty for what cannot be done now."""
    url = str(name or "")
    if url and not url.startswith("/"):
        url = reverse(f"locations:{url}", args=[selection.pk])
    return {"label": label, "done": bool(done), "url": url, "hint": hint, "state": "Belum"}
