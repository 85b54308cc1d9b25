"""What the page of one candidate shows: its evidence, the core competency beside it, values, visits, history."""

from dataclasses import dataclass, field

from django.db.models import Prefetch

from districts.competencies.models import CoreCompetency
from districts.evidence.models import commodity_tree, descendants
from districts.locations.candidates.models import Candidate, CandidateValue
from districts.locations.candidates.visits import SurveyPhoto, SurveyVisit
from districts.locations.rounds.criteria import Criterion
from districts.locations.rounds.models import SelectionRound
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.accounts.signed_in import Anyone
from p2emas.workflow.models import Step
from p2emas.workflow.riwayat import Entry, timeline

PARTS = ("values", "visits")


@dataclass
class CandidatePage:
    """Context of ``locations/candidate_detail.html``; what comes last is for those who have signed in."""

    candidate: Candidate
    selection: SelectionRound
    competency: CoreCompetency | None
    departs: str
    rows: list[tuple[Criterion, CandidateValue | None]]
    visits: list[SurveyVisit]
    shows_photos: bool
    shows_marks: bool
    may_edit: bool = False
    may_visit: bool = False
    may_promote: bool = False
    steps: list[tuple[str, Step]] = field(default_factory=list)
    history: list[Entry] = field(default_factory=list)

    @classmethod
    def of(cls, candidate: Candidate, user: Anyone) -> "CandidatePage":
        """In a constant number of queries."""
        competency = (
            CoreCompetency.objects.in_force(clock.today())
            .filter(district=candidate.village.district_id)
            .select_related("commodity", "decree")
            .first()
        )
        page = cls(
            candidate=candidate,
            selection=candidate.round,
            competency=competency,
            departs=departs(candidate, competency),
            rows=criterion_values(candidate),
            visits=list(candidate.visits.prefetch_related(Prefetch("photos", queryset=SurveyPhoto.objects.all()))),
            shows_photos=user.is_authenticated,
            shows_marks=bool(candidate.choice) and candidate.round.may_read_ranking(user),
        )
        if user.is_authenticated:
            _add_rights(page, user)
            if user.sees_everything:
                page.history = timeline(candidate)[:8]  # the whole history has its values and visits too
        return page


def _add_rights(page: CandidatePage, user: User) -> None:
    """What a signed-in person may do with the candidate."""
    candidate = page.candidate
    page.may_edit = candidate.may_edit(user)
    page.may_visit = candidate.may_visit(user)
    page.may_promote = may_promote(candidate, user)
    page.steps = [(name, step) for name, step in candidate.open_steps(user) if not step.own_page]


def may_promote(candidate: Candidate, user: User) -> bool:
    """A reserve of a round that a decree has set; whether it is its turn is said on the page of the step."""
    enacted = candidate.round.status == candidate.round.Status.ENACTED
    return enacted and candidate.status == Candidate.Status.RESERVE and candidate.may_take(user, "promote")


def departs(candidate: Candidate, competency: CoreCompetency | None) -> str:
    """Why the commodity does not fit the core competency of the kecamatan; empty when it does."""
    district = candidate.village.district
    if competency is None:
        return f"Kecamatan {district} belum punya kompetensi inti yang berlaku."
    if candidate.commodity_id == competency.commodity_id:
        return ""
    if candidate.commodity_id in descendants(competency.commodity_id, commodity_tree()):
        return ""
    return (
        f"Usulan ini {candidate.commodity}, sedangkan kompetensi inti Kecamatan {district} adalah "
        f"{competency.commodity}."
    )


def criterion_values(candidate: Candidate) -> list[tuple[Criterion, CandidateValue | None]]:
    """(criterion, value or None) in the order of the criteria."""
    known = {value.criterion_id: value for value in candidate.values.all()}
    return [(criterion, known.get(criterion.pk)) for criterion in candidate.round.criteria.all()]
