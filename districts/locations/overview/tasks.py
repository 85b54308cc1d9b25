"""The tasks on the page of one round, from its criteria to the decree; a link where the reader can act now."""

from django.urls import reverse

from districts.locations.candidates.models import Candidate, CandidateValue
from districts.locations.rounds.models import SelectionRound
from p2emas.accounts.models import User
from p2emas.accounts.roles import COORDINATORS
from p2emas.documents.models import Decree
from p2emas.workflow.track import Task, Track

Status = SelectionRound.Status
WAY = (Status.DRAFT, Status.OPEN, Status.SURVEY, Status.SCORING, Status.SUBMITTED, Status.DECIDED, Status.ENACTED)


def selection_tasks(selection: SelectionRound, user: User, counts: dict[str, int], criteria: int) -> list[Task]:
    """``counts``: state -> how many candidates; ``criteria``: how many of them."""
    track = Track(WAY, selection.status, after=(Status.REVOKED,), off=(Status.CANCELLED,))
    if track.is_off:
        return []
    return [
        *_frame_tasks(selection, track, user, criteria),
        *_proposal_tasks(selection, track, user, counts),
        *_survey_tasks(selection, track, user, counts, criteria),
        *_decision_tasks(selection, track, user),
    ]


def _task(selection: SelectionRound, label: str, done: bool, page: str, *, linked: bool, hint: str = "") -> Task:
    """``page`` is a URL name of the round; ``linked`` says whether the reader can do something there now."""
    return Task(label, done, reverse(f"locations:{page}", args=[selection.pk]) if linked else "", hint)


def _frame_tasks(selection: SelectionRound, track: Track, user: User, criteria: int) -> list[Task]:
    edits, over = selection.may_edit(user), track.past(Status.DRAFT)
    hint = "Boleh diisi langsung di tabel kriteria."
    return [
        _task(selection, "Kriteria dan batas nilai", over, "round-criteria", linked=edits, hint=f"{criteria} kriteria"),
        _task(selection, "Bobot dari perbandingan", over, "round-weights", linked=edits, hint=hint),
    ]


def _proposal_tasks(selection: SelectionRound, track: Track, user: User, counts: dict[str, int]) -> list[Task]:
    """The gate is checked when no candidate waits for it."""
    count, unchecked = sum(counts.values()), counts.get("PROPOSED", 0)
    return [
        _task(
            selection,
            "Usulan desa",
            track.past(Status.OPEN),
            "candidate-list",
            linked=track.at(Status.OPEN),
            hint=f"{count} calon",
        ),
        _task(
            selection,
            "Periksa syarat dasar",
            track.past(Status.DRAFT) and not unchecked and count > 0,
            "gate-check",
            linked=selection.may_work(user) and unchecked > 0,
            hint=f"{unchecked} calon belum diperiksa" if unchecked else "",
        ),
    ]


def _survey_tasks(
    selection: SelectionRound, track: Track, user: User, counts: dict[str, int], criteria: int
) -> list[Task]:
    """Visits and values: done when nothing of them is left, or once the round is submitted."""
    measures, over = selection.may_measure(user), track.past(Status.SCORING)
    eligible, surveyed = counts.get("ELIGIBLE", 0), counts.get("SURVEYED", 0)
    visited, valued, visits, unknown = over, over, "", ""
    if selection.status in SelectionRound.MEASURING:
        passed = sum(counts.get(status, 0) for status in Candidate.PASSED)
        missing = passed * criteria - _values(selection)
        visited, valued = surveyed > 0 and not eligible, passed > 0 and not missing
        visits = f"{surveyed} dari {surveyed + eligible} calon disurvei"
        unknown = f"{missing} nilai belum ada" if missing > 0 else ""
    return [
        _task(selection, "Kunjungan survei", visited, "candidate-list", linked=measures, hint=visits),
        _task(selection, "Isi nilai tiap kriteria", valued, "value-table", linked=measures, hint=unknown),
    ]


def _decision_tasks(selection: SelectionRound, track: Track, user: User) -> list[Task]:
    chooses, over = selection.may_choose(user), track.past(Status.SCORING)
    decides = track.at(Status.SUBMITTED) and selection.may_take(user, "decide")
    draft = _draft_of(selection) if track.at(Status.DECIDED) else None
    drafted = draft is not None or track.past(Status.DECIDED)
    ready = track.at(Status.DECIDED) and user.has_role(*COORDINATORS)
    return [
        _task(selection, "Baca peringkat", over, "round-ranking", linked=track.past(Status.OPEN)),
        _task(selection, "Tandai pilihan", over, "round-choices", linked=chooses),
        _task(selection, "Ajukan", over, "round-submit", linked=chooses),
        _task(selection, "Putuskan", track.past(Status.SUBMITTED), "round-decide", linked=decides),
        Task("Buat konsep SK", drafted, reverse("profiles:decree-ready") if ready and not drafted else ""),
        Task("Berlakukan keputusan", track.past(Status.DECIDED), draft.get_absolute_url() if draft else ""),
    ]


def _values(selection: SelectionRound) -> int:
    """Values of candidates past the gate that are known."""
    known = CandidateValue.objects.filter(candidate__in=selection.candidates.ranked().order_by().values("pk"))
    return known.filter(value__isnull=False).count()


def _draft_of(selection: SelectionRound) -> Decree | None:
    """The draft that has villages of this round, if somebody has made it."""
    return Decree.objects.filter(items__candidate__round=selection, status=Decree.Status.DRAFT).first()
