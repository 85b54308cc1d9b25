"""What the page of one round shows: which state it is in, what comes next, its frame and its candidates."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count

from districts.locations.candidates.matching import CandidateMatch, candidate_matches
from districts.locations.candidates.models import Candidate
from districts.locations.overview.tasks import selection_tasks
from districts.locations.rounds.criteria import Criterion
from districts.locations.rounds.models import SelectionRound
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.accounts.signed_in import Anyone
from p2emas.workflow.models import Step
from p2emas.workflow.riwayat import Entry, timeline
from p2emas.workflow.track import Task

Status = SelectionRound.Status
SHOWN = 25
RANKED = (Status.SCORING, Status.SUBMITTED, Status.DECIDED, *SelectionRound.PUBLISHED)
FORWARD = ("open", "start_survey", "start_scoring")  # the others turn back or end it
PARTS = ("criteria",)


@dataclass
class SelectionRoundPage:
    """Context of ``locations/round_detail.html``; what comes last is for those who have signed in."""

    selection: SelectionRound
    criteria: list[tuple[Criterion, Decimal | None]]  # each with its share of the weights in percent
    total: Decimal | int
    candidates: list[Candidate]
    count: int
    shows_marks: bool
    shows_ranking: bool
    shows_reasons: bool
    matches: list[CandidateMatch] = field(default_factory=list)  # of a round that passes a success on
    only_own: bool = False
    may_propose: bool = False
    may_edit: bool = False
    steps: list[tuple[str, Step]] = field(default_factory=list)
    forward: str = ""  # the step whose button is the main one
    tasks: list[Task] = field(default_factory=list)
    history: list[Entry] = field(default_factory=list)

    @classmethod
    def of(cls, selection: SelectionRound, user: Anyone) -> "SelectionRoundPage":
        """Strangers get what is published, kecamatan staff their own candidates."""
        candidates = Candidate.objects.for_user(user).filter(round=selection)
        counts = dict(candidates.order_by().values_list("status").annotate(Count("pk")))
        criteria = list(selection.criteria.all())
        marks, shown = selection.may_read_ranking(user), list(candidates.for_table()[:SHOWN])
        total = sum(criterion.weight for criterion in criteria)
        page = cls(
            selection=selection,
            criteria=[(criterion, criterion.weight * 100 / total if total else None) for criterion in criteria],
            total=total,
            candidates=shown,
            count=sum(counts.values()),
            shows_marks=marks,
            shows_ranking=marks and selection.status in RANKED,
            shows_reasons=marks and any(candidate.reason for candidate in shown),
        )
        if marks and selection.is_replication:
            page.matches = candidate_matches(selection, shown, criteria)
        if user.is_authenticated:
            _add_rights(page, user)
            if user.sees_everything:
                page.tasks = selection_tasks(selection, user, counts, len(criteria))
                page.history = timeline(selection, parts=PARTS)[:8]
        return page


def _add_rights(page: SelectionRoundPage, user: User) -> None:
    """What a signed-in person may do with the round."""
    selection = page.selection
    page.only_own = not user.sees_everything and selection.status not in SelectionRound.PUBLISHED
    page.may_propose = selection.may_propose(user, clock.today())
    page.may_edit = selection.may_edit(user) or selection.may_reschedule(user)
    page.steps = [(name, step) for name, step in selection.open_steps(user) if not step.own_page]
    page.forward = next((name for name, _step in page.steps if name in FORWARD), "")
