"""What is typed into the form of an indicator and not saved; it ends with its indicator, not with a line of its number."""

import uuid

import pytest
from django.core.cache import cache
from django.urls import reverse

from p2emas.drafts.keeping import end_part_drafts
from p2emas.models import FormDraft
from programs.planning.editing import delete_indicator
from tests.factories import (
    ActivityFactory,
    IndicatorFactory,
    IndicatorTargetFactory,
    PlanLineFactory,
    WorkPlanFactory,
)
from tests.programs.reporting.helpers import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def indicator():
    plan = WorkPlanFactory()
    activity = ActivityFactory(agency=plan.agency, year=plan.year)
    PlanLineFactory(plan=plan, activity=activity)
    indicator = IndicatorFactory(activity=activity)
    IndicatorTargetFactory(indicator=indicator, year=plan.year, target=10)
    indicator.plan = plan
    return indicator


@pytest.fixture
def operator(client_as, indicator):
    return client_as("agency_operator", at=indicator.plan.agency)


def keep(client, indicator) -> FormDraft:
    cache.clear()
    sent = {"isian": str(uuid.uuid4()), "mulai": "1", "bagian": indicator.pk, "target": "77,5", "name": indicator.name}
    url = reverse("drafts:draft-save", args=["indikator-rencana", indicator.plan.pk])
    assert client.post(url, sent).json() == {"words": "Tersimpan 09.00"}
    return FormDraft.objects.get()


def test_typed_target_is_offered_beside_the_stored_one(operator, indicator):
    keep(operator, indicator)

    page = operator.get(reverse("planning:indicator-edit", args=[indicator.plan.pk, indicator.pk]))

    assert "belum tersimpan" in text_of(page) and "77,5" in text_of(page)
    assert indicator.targets.get().target == 10


def test_drafts_end_with_their_own_row_only(operator, indicator):
    draft = keep(operator, indicator)
    end_part_drafts(indicator.plan, "baris-rencana", [indicator.pk], "Baris dihapus")
    draft.refresh_from_db()
    assert draft.ended_at is None

    delete_indicator(plan=indicator.plan, indicator=indicator, seen=indicator.version, by=operator.user)

    draft.refresh_from_db()
    assert draft.ended_by == "Indikator dihapus"
