"""A decree that repeats a competency closes nothing: the row keeps its dates, and both decrees are named."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from districts.competencies.models import CoreCompetency
from districts.locations.decrees.amending import effects_of, items_fingerprint, set_items
from districts.locations.decrees.drafting import draft_all
from districts.locations.decrees.legal import legal_faults
from districts.locations.decrees.services import enact_decree, revoke_decree
from districts.locations.models import DecreeItem
from p2emas.workflow.models import StepNotAllowed
from tests.decree_texts import ready
from tests.factories import (
    CommodityFactory,
    CompetencyDeterminationFactory,
    DecreeFactory,
    DecreeItemFactory,
    TargetLocationFactory,
)
from tests.markup import squeezed

pytestmark = pytest.mark.django_db


@pytest.fixture
def location():
    """A village that rests on the competency which is decided again."""
    return TargetLocationFactory()


@pytest.fixture
def record(location):
    row = location.core_competency
    return CompetencyDeterminationFactory(district=row.district, chosen=row.commodity, status="DECIDED", decree=None)


@pytest.fixture
def draft(record, user_as):
    draft = draft_all(user_as("coordinator"))
    draft.number, draft.dated, draft.valid_from = "050/9/2019", date(2019, 10, 1), date(2019, 10, 1)
    draft.save()
    return ready(draft)


def actions(draft):
    return sorted(draft.items.values_list("action", "determination", "core_competency"))


def test_repeated_competency_is_confirmed_and_keeps_its_dates(location, record, draft, user_as, client_as):
    row = location.core_competency
    before = CoreCompetency.objects.values().get()
    assert actions(draft) == [("CONFIRM", record.pk, row.pk)]
    assert "Menguatkan kompetensi inti 1 (satu) kecamatan" in draft.dictums and legal_faults(draft) == []
    assert effects_of(draft).problems == []
    check = squeezed(client_as("coordinator").get(reverse("profiles:decree-check", args=[draft.pk])).text)
    assert "Dikuatkan, tanggalnya tetap" in check

    enact_decree(decree=draft, seen="DRAFT", actor=user_as("coordinator_head"))

    record.refresh_from_db()
    assert (record.status, record.decree) == ("ENACTED", draft)
    assert CoreCompetency.objects.values().get() == before
    public = client_as("anonymous")
    basis = squeezed(public.get(reverse("profiles:village-basis", args=[location.village.slug])).text)
    for page in (basis, squeezed(public.get(row.district.get_absolute_url()).text)):
        assert "Dikuatkan oleh" in page and str(draft) in page and str(row.decree) in page
    assert "Kompetensi inti yang dikuatkan" in public.get(draft.get_absolute_url()).text


def test_draft_that_confirms_is_no_news_for_strangers(location, draft, client_as):
    page = client_as("anonymous").get(reverse("profiles:village-basis", args=[location.village.slug])).text

    assert "Dikuatkan oleh" not in page


def test_paper_that_says_nothing_of_it_is_named(draft):
    draft.dictums = draft.dictums.replace("Menguatkan", "Mencatat")
    draft.save()

    assert [fault.code for fault in legal_faults(draft)] == ["confirmed"]


def test_closing_it_in_the_same_draft_opens_it_again(location, record, draft):
    row = location.core_competency
    set_items(
        decree=draft,
        seen=items_fingerprint(draft),
        wanted={"core_competency": [row], "determination": [record]},
    )
    assert actions(draft) == [("CLOSE", None, row.pk), ("OPEN", record.pk, None)]

    set_items(decree=draft, seen=items_fingerprint(draft), wanted={"core_competency": [], "determination": [record]})
    assert actions(draft) == [("CONFIRM", record.pk, row.pk)]


def test_revoking_the_decree_ends_the_confirmation_only(location, record, draft, user_as):
    head = user_as("coordinator_head")
    enact_decree(decree=draft, seen="DRAFT", actor=head)

    revoke_decree(decree=draft, seen="IN_FORCE", actor=head, note="Keliru.")

    record.refresh_from_db()
    location.core_competency.refresh_from_db()
    assert (record.status, location.core_competency.valid_until) == ("REVOKED", None)
    assert not location.core_competency.decree_items.confirmations().exists()


def test_another_commodity_confirms_nothing(location, draft, user_as):
    CoreCompetency.objects.update(commodity=CommodityFactory())

    assert "tidak mengulang kompetensi inti" in effects_of(draft).problems[0]
    with pytest.raises(StepNotAllowed, match="tidak mengulang kompetensi inti"):
        enact_decree(decree=draft, seen="DRAFT", actor=user_as("coordinator_head"))


def test_confirming_names_the_row(record):
    with pytest.raises(IntegrityError, match="districts_decreeitem_one_thing"), transaction.atomic():
        DecreeItemFactory(decree=DecreeFactory(draft=True), action="CONFIRM", village=None, determination=record)
    assert not DecreeItem.objects.exists()
