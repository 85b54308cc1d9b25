"""Writes about survey visits: recording one moves its candidate on; photos come and go with the visit."""

from django.db import transaction

from districts.locations.candidates.models import Candidate
from districts.locations.candidates.proposals import NotAccepting
from districts.locations.candidates.survey_forms import PhotoForm
from districts.locations.candidates.visits import SurveyPhoto, SurveyVisit
from districts.locations.rounds.models import SelectionRound
from p2emas.accounts.models import User
from p2emas.workflow.editing import check_last_edit


@transaction.atomic
def save_visit(*, visit: SurveyVisit, seen: int | None, actor: User) -> SurveyVisit:
    """Keep a visit, new or edited; the first one moves the candidate to Disurvei.

    Raises ``NotAccepting`` when the round or the candidate has moved on, ``EditConflict`` when somebody else saved
    the visit after the edit ``seen``.
    """
    candidate = _open(visit.candidate, actor)
    if visit.pk:
        check_last_edit(visit, seen)
    if visit.pk is None:
        visit.is_sample = candidate.is_sample
    visit.save()
    if candidate.status == Candidate.Status.ELIGIBLE:
        candidate.take_step("survey", seen=Candidate.Status.ELIGIBLE, actor=actor, note=visit.letter_no)
    return visit


@transaction.atomic
def add_photo(*, visit: SurveyVisit, form: PhotoForm, actor: User) -> SurveyPhoto | None:
    """None: the sentence (limit, full disk) is on the form."""
    _open(visit.candidate, actor)
    return form.save(user=actor)  # type: ignore[return-value]


@transaction.atomic
def remove_photo(*, photo: SurveyPhoto, actor: User) -> None:
    _open(photo.visit.candidate, actor)
    photo.delete()


def _open(candidate: Candidate, actor: User) -> Candidate:
    """The candidate as it is now, held until the end of the transaction."""
    SelectionRound.objects.select_for_update(no_key=True).get(pk=candidate.round_id)
    current = Candidate.objects.select_for_update(no_key=True).get(pk=candidate.pk)
    if not current.may_visit(actor):
        raise NotAccepting
    return current
