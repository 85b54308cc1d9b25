"""From what was decided to a decree in force, by pages."""

from datetime import date

import pytest
from django.urls import reverse

from districts.competencies.models import CompetencyDetermination, CoreCompetency
from districts.locations.models import DecreeItem, TargetLocation
from p2emas.documents.models import Decree
from tests.factories import (
    CandidateFactory,
    CompetencyDeterminationFactory,
    CoreCompetencyFactory,
    DecreeFactory,
    DecreeItemFactory,
    VillageFactory,
)
from tests.markup import squeezed
from tests.reader import Reader

pytestmark = pytest.mark.django_db
READY = reverse("profiles:decree-ready")
MOST_PAGES = 6  # from "Diputuskan" to "Berlaku", without the page that asks for the password


@pytest.fixture
def decided():
    """A competency that was decided for a kecamatan without one, and a village chosen in it."""
    village = VillageFactory()
    record = CompetencyDeterminationFactory(district=village.district, status="DECIDED", decree=None)
    return record, CandidateFactory(village=village, commodity=record.chosen, status="CHOSEN")


def test_decided_records_are_in_force_within_six_pages(decided, client_as):
    record, candidate = decided
    desk, head = Reader(client_as("coordinator")), Reader(client_as("coordinator_head"))

    desk.read(READY)
    assert "berita acara belum ditautkan" in squeezed(desk.html)
    desk.send(having="determination", determination=str(record.pk), candidate=str(candidate.pk))
    draft = Decree.objects.get(status="DRAFT")
    days = {"dated": "21-10-2019", "valid_from": "21-10-2019"}
    desk.send(having="signer_name", number="050/9/2019", signer_name="Nama Bupati (contoh)", **days)
    assert "Naskah lolos pemeriksaan" in squeezed(desk.html)
    head.read(reverse("profiles:decree-step", args=[draft.pk, "enact"]))
    head.send(having="seen")

    draft.refresh_from_db()
    assert (draft.status, draft.origin) == ("IN_FORCE", "DRAFTED"), squeezed(head.html)
    assert desk.pages + head.pages <= MOST_PAGES
    assert CoreCompetency.objects.get().determination == record
    assert (TargetLocation.objects.get().candidate, TargetLocation.objects.get().valid_from) == (
        candidate,
        date(2019, 10, 21),
    )


def test_what_it_replaces_is_closed_by_the_same_draft(decided, client_as):
    record, _candidate = decided
    old = CoreCompetencyFactory(district=record.district)

    client_as("coordinator").post(READY, {"determination": [record.pk]})

    draft = Decree.objects.get(status="DRAFT")
    assert set(draft.items.values_list("action", "determination", "core_competency")) == {
        ("OPEN", record.pk, None),
        ("CLOSE", None, old.pk),
    }
    assert "Mengakhiri 1 (satu) kompetensi inti sebagaimana tercantum dalam Lampiran II." in draft.dictums


def test_records_join_an_open_draft_and_its_dictums_follow(decided, client_as):
    record, candidate = decided
    coordinator = client_as("coordinator")
    coordinator.post(READY, {"determination": [record.pk]})
    draft = Decree.objects.get(status="DRAFT")

    coordinator.post(READY, {"candidate": [candidate.pk], "into": draft.pk})

    draft.refresh_from_db()
    assert draft.items.count() == 2 and "lokasi sasaran" in draft.dictums
    assert "Tidak ada keputusan yang menunggu" in coordinator.get(READY).text


def test_record_is_in_one_draft_only(decided, client_as):
    record, _candidate = decided
    DecreeItemFactory(decree=DecreeFactory(draft=True), village=None, determination=record)

    page = client_as("coordinator").post(READY, {"determination": [record.pk]})

    assert page.status_code == 200 and DecreeItem.objects.count() == 1


def test_nothing_is_drafted_of_what_is_not_decided(decided, client_as):
    record, _candidate = decided
    CompetencyDetermination.objects.filter(pk=record.pk).update(status="SUBMITTED")

    page = client_as("coordinator").post(READY, {"determination": [record.pk]})

    assert page.status_code == 200 and not Decree.objects.drafts().exists()


def test_nothing_ticked_says_so(decided, client_as):
    assert "Pilih sedikitnya satu keputusan." in client_as("coordinator").post(READY, {}).text
