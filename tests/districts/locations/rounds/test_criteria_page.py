"""The table of criteria refuses what would leave values without their question."""

import pytest
from django.urls import reverse

from districts.models import Criterion, SelectionRound
from tests.factories import CandidateFactory, CandidateValueFactory, CriterionFactory, SelectionRoundFactory
from tests.filled import page_form

pytestmark = pytest.mark.django_db


def test_criterion_that_has_values_is_not_deleted(client_as):
    selection = SelectionRoundFactory(status=SelectionRound.Status.DRAFT)
    criterion = CriterionFactory(round=selection, name="Jarak ke pasar")
    CriterionFactory(round=selection)
    CandidateValueFactory(candidate=CandidateFactory(round=selection), criterion=criterion)
    page = reverse("locations:round-criteria", args=[selection.pk])
    coordinator = client_as("coordinator")
    form = page_form(coordinator.get(page).content.decode(), having="kriteria-0-name")

    answer = coordinator.post(page, dict(form.filled(**{"kriteria-0-DELETE": "on"})))

    assert answer.status_code == 200 and "sudah punya nilai calon" in answer.content.decode()
    assert Criterion.objects.filter(pk=criterion.pk).exists()
