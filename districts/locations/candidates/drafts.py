"""The form of a survey visit as one whose typed fields are kept before they are saved."""

from django.http import QueryDict
from django.urls import reverse

from districts.locations.candidates.models import Candidate, CandidateQuerySet
from districts.locations.candidates.survey_forms import VisitForm
from districts.locations.candidates.visits import SurveyVisit
from districts.locations.rounds.models import SelectionRound
from p2emas.registry.kinds import DraftedForm
from p2emas.workflow.pages import versions_of


def _page(candidate: Candidate, part: int | None) -> str:
    if part is None:
        return reverse("locations:visit-create", args=[candidate.round_id, candidate.pk])
    return reverse("locations:visit-edit", args=[candidate.round_id, candidate.pk, part])


def _is_open(candidate: Candidate) -> bool:
    measuring = SelectionRound.objects.filter(status__in=SelectionRound.MEASURING, pk=candidate.round_id)
    return candidate.status in Candidate.OPEN_TO_CHOICE and measuring.exists()


def _closed_by(selection: SelectionRound) -> CandidateQuerySet:
    """The candidates whose visits can no longer be written in the present state of the round."""
    candidates = Candidate.objects.filter(round=selection)
    return candidates.none() if selection.status in SelectionRound.MEASURING else candidates


def _compare(candidate: Candidate, part: int | None, data: QueryDict) -> tuple[dict[str, str], dict[str, str]]:
    visit = (candidate.visits.filter(pk=part).first() if part else None) or SurveyVisit(candidate=candidate)
    return versions_of(VisitForm(data, instance=visit))


VISIT = DraftedForm(
    name="kunjungan",
    label="Kunjungan survei",
    model=Candidate,
    address=_page,
    may_fill=lambda user, candidate: candidate.round.is_worked_by(user),
    is_open=_is_open,
    compare=_compare,
    parts=lambda candidate: candidate.visits.all(),
    closed_by={SelectionRound: _closed_by},
    writes={SurveyVisit: "visited_on letter_no surveyors findings lat lng source"},
    personal=True,
)
