"""Marks of a round and the text of its minutes as a form whose typed fields are kept before they are saved."""

from django.http import QueryDict
from django.urls import reverse

from districts.locations.candidates.models import Candidate
from districts.locations.decision.choice_forms import ChoicesForm
from districts.locations.ranking.computing import Standing, inputs_of, standing_of
from districts.locations.rounds.models import SelectionRound
from p2emas.drafts.versions import Versions, all_versions
from p2emas.registry.kinds import DraftedForm
from p2emas.workflow.pages import versions_of


def versions_of_choices(selection: SelectionRound, standing: Standing, data: QueryDict | None) -> Versions:
    """(typed, stored) of every mark and of the text; ``selection`` is as it is stored."""
    form = ChoicesForm.of(selection, standing, data)
    return all_versions([versions_of(form.text), *(versions_of(mark, f"{mark.candidate}, ") for mark in form.marks)])


def _compare(selection: SelectionRound, part: int | None, data: QueryDict) -> Versions:
    return versions_of_choices(selection, standing_of(inputs_of(selection)), data)


CHOICES = DraftedForm(
    name="pilihan-lokasi",
    label="Pilihan lokasi dan catatan pembahasan",
    model=SelectionRound,
    address=lambda selection, part: reverse("locations:round-choices", args=[selection.pk]),
    may_fill=lambda user, selection: selection.is_worked_by(user),
    is_open=lambda selection: selection.status == SelectionRound.Status.SCORING,
    compare=_compare,
    writes={SelectionRound: "discussion minutes", Candidate: "choice reserve_rank reason"},
)
