"""Marks of applicants and the text of the minutes as a form whose typed fields are kept before they are saved."""

from django.http import QueryDict
from django.urls import reverse

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.result.choice_forms import ApplicantChoicesForm
from facilitators.recruitment.result.computing import Results, compute_selection
from facilitators.recruitment.result.inputs import selection_inputs
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas.drafts.versions import Versions, all_versions
from p2emas.registry.kinds import DraftedForm
from p2emas.workflow.pages import versions_of


def versions_of_marks(record: RecruitmentRound, results: Results, data: QueryDict) -> Versions:
    """(typed, stored) of every mark and of the text."""
    form = ApplicantChoicesForm.of(record, results, data)
    return all_versions([versions_of(form.text), *(versions_of(mark, f"{mark.application}, ") for mark in form.marks)])


def _compare(record: RecruitmentRound, part: int | None, data: QueryDict) -> Versions:
    return versions_of_marks(record, compute_selection(selection_inputs(record)), data)


MARKS = DraftedForm(
    name="pilihan-pelamar",
    label="Pilihan pelamar dan catatan pembahasan",
    model=RecruitmentRound,
    address=lambda record, part: reverse("recruitment:choices", args=[record.code]),
    may_fill=lambda user, record: record.may_ever_select(user),
    is_open=lambda record: record.status == RecruitmentRound.Status.SELECTION,
    compare=_compare,
    writes={RecruitmentRound: "discussion minutes", Application: "choice placed_at reserve_rank choice_reason"},
    personal=True,
)
