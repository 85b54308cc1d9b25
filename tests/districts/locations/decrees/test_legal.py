"""A paper that does not pass the legal check is put in force only as it was signed."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from districts.locations.decrees.legal import legal_faults
from districts.locations.decrees.services import enact_decree
from p2emas.documents.models import Decree
from p2emas.models import DecreeFile
from p2emas.workflow.models import StepNotAllowed
from tests.decree_texts import ready
from tests.factories import (
    CompetencyDeterminationFactory,
    CoreCompetencyFactory,
    DecreeFactory,
    DecreeItemFactory,
    VillageFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    decree = DecreeFactory(draft=True, number="050/9/2019", dated=date(2019, 3, 1), valid_from=date(2019, 3, 1))
    village = VillageFactory()
    CoreCompetencyFactory(district=village.district)
    DecreeItemFactory(decree=decree, village=village)
    return ready(decree)


@pytest.fixture
def head(user_as):
    return user_as("coordinator_head")


def scanned(decree):
    facts = {"original_name": "sk.pdf", "content_type": "application/pdf", "size": 1, "sha256": "0" * 64}
    DecreeFile.objects.create(decree=decree, file="scan", **facts)


def enact(decree, head, note=""):
    enact_decree(decree=decree, seen="DRAFT", actor=head, note=note)


def test_paper_from_its_items_passes(draft, head):
    assert legal_faults(draft) == []
    enact(draft, head)

    assert (draft.status, draft.origin, draft.recorded_because) == ("IN_FORCE", "DRAFTED", "")


def test_paper_with_a_fault_waits_for_its_scan(draft, head):
    draft.recalling = ""
    draft.save()

    with pytest.raises(StepNotAllowed, match=r"Mengingat belum diisi.*pindaian"):
        enact(draft, head, note="Bagian Hukum mengubah naskahnya.")
    draft.refresh_from_db()
    assert (draft.status, draft.origin) == ("DRAFT", "DRAFTED")


def test_paper_with_a_fault_is_recorded_with_scan_and_reason(draft, head):
    draft.recalling = ""
    draft.save()
    scanned(draft)

    with pytest.raises(StepNotAllowed, match="Tulis alasannya"):
        enact(draft, head)
    draft.refresh_from_db()
    enact(draft, head, note="Bagian Hukum mengubah naskahnya.")

    draft.refresh_from_db()
    assert (draft.status, draft.origin) == ("IN_FORCE", "RECORDED")
    assert draft.recorded_because == "Bagian Hukum mengubah naskahnya."
    assert list(Decree.objects.recorded()) == [draft]


def test_inherited_paper_needs_its_scan_and_no_check(draft, head):
    Decree.objects.filter(pk=draft.pk).update(origin="RECORDED", source="Arsip Bagian Hukum.", dictums="", recalling="")
    draft.refresh_from_db()

    with pytest.raises(StepNotAllowed, match="Unggah dahulu pindaian"):
        enact(draft, head)
    draft.refresh_from_db()
    scanned(draft)
    enact(draft, head)

    assert draft.status == "IN_FORCE"


def test_recording_names_its_source_or_a_reason(draft):
    with pytest.raises(IntegrityError, match="p2emas_decree_recorded_names_source"), transaction.atomic():
        Decree.objects.filter(pk=draft.pk).update(source="", origin="RECORDED")


@pytest.mark.parametrize(
    ("fields", "refused"),
    [
        ({"origin": "RECORDED"}, True),
        ({"origin": "RECORDED", "source": "Arsip Bagian Hukum"}, False),
        ({"origin": "RECORDED", "recorded_because": "Bagian Hukum mengubah naskahnya."}, False),
        ({"origin": "DRAFTED"}, False),
    ],
)
def test_recorded_decree_without_a_source_is_refused_with_a_sentence(fields, refused):
    """What a form says before the constraint of the database would."""
    decree = Decree(about="Penetapan lokasi sasaran", **fields)

    if refused:
        with pytest.raises(ValidationError, match="Keputusan yang dicatat dari naskah menyebut sumbernya"):
            decree.full_clean()
    else:
        decree.full_clean()


@pytest.mark.parametrize("missing", ["sources", "reason"])
def test_competency_of_the_past_is_submitted_only_with_its_source(missing, user_as):
    determination = CompetencyDeterminationFactory(draft=True, **{missing: ""})

    with pytest.raises(StepNotAllowed, match="sumbernya"):
        determination.take_step("submit", seen="DRAFT", actor=user_as("coordinator"))
    with pytest.raises(IntegrityError, match="districts_determination_reasoned"), transaction.atomic():
        type(determination).objects.filter(pk=determination.pk).update(status="SUBMITTED")
