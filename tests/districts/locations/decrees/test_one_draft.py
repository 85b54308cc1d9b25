"""What was decided, and what is ended, is in one open draft at most."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from districts.locations.decrees.amending import items_fingerprint, set_items
from districts.locations.models import DecreeItem
from p2emas.workflow.models import StepNotAllowed
from tests.factories import (
    CandidateFactory,
    CompetencyDeterminationFactory,
    CoreCompetencyFactory,
    DecreeFactory,
    DecreeItemFactory,
    TargetLocationFactory,
)

pytestmark = pytest.mark.django_db


def things():
    candidate = CandidateFactory(status="CHOSEN")
    return {
        "determination": {
            "village": None,
            "determination": CompetencyDeterminationFactory(status="DECIDED", decree=None),
        },
        "candidate": {"village": candidate.village, "candidate": candidate},
        "core_competency": {"village": None, "action": "CLOSE", "core_competency": CoreCompetencyFactory()},
        "target_location": {"village": None, "action": "CLOSE", "target_location": TargetLocationFactory()},
    }


@pytest.mark.parametrize("name", ["determination", "candidate", "core_competency", "target_location"])
def test_record_is_refused_in_a_second_draft_and_free_after_the_first(name):
    thing = things()[name]
    first = DecreeItemFactory(decree=DecreeFactory(draft=True), **thing)
    second = DecreeFactory(draft=True)

    with pytest.raises(IntegrityError), transaction.atomic():
        DecreeItemFactory(decree=second, **thing)
    DecreeItem.objects.filter(pk=first.pk).update(in_draft=False)

    assert DecreeItemFactory(decree=second, **thing).in_draft


def test_somebody_who_was_faster_is_a_sentence():
    record = CompetencyDeterminationFactory(status="DECIDED", decree=None)
    DecreeItemFactory(decree=DecreeFactory(draft=True), village=None, determination=record)
    draft = DecreeFactory(draft=True)

    with pytest.raises(StepNotAllowed, match="sudah ada dalam konsep lain"):
        set_items(decree=draft, seen=items_fingerprint(draft), wanted={"determination": [record]})

    assert not draft.items.exists()


def test_older_drafts_of_one_record_stay():
    record = CompetencyDeterminationFactory(status="DECIDED", decree=None)
    rows = [
        DecreeItemFactory(decree=DecreeFactory(draft=True), village=None, determination=record, in_draft=place == 0)
        for place in range(2)
    ]
    done = DecreeItemFactory(decree=DecreeFactory())

    mark = import_module("districts.migrations.0010_mark_items_of_open_drafts").mark
    mark(apps, None)

    kept = dict(DecreeItem.objects.values_list("pk", "in_draft"))
    assert kept == {rows[0].pk: True, rows[1].pk: False, done.pk: False}
