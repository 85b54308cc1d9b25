"""From what was decided to a decree in force, by pages."""

import re
from datetime import date

import pytest
from django.urls import reverse

from districts.competencies.models import CompetencyDetermination, CoreCompetency
from districts.locations.decrees.amending import effects_of, items_fingerprint
from districts.locations.decrees.discarding import mark_of
from districts.locations.decrees.drafting import draft_decided
from districts.locations.decrees.services import enact_decree
from districts.locations.models import DecreeItem, TargetLocation
from p2emas.documents.models import Decree
from p2emas.workflow.models import StepNotAllowed
from tests.decree_texts import ready
from tests.facilitators.recruitment.judged import applicant, running_round
from tests.factories import (
    CandidateFactory,
    CompetencyDeterminationFactory,
    CoreCompetencyFactory,
    DecreeFactory,
    DecreeItemFactory,
    MinutesFactory,
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
    assert "Belum ditautkan" in squeezed(desk.html)
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

    desk = Reader(client_as("coordinator"))
    desk.read(READY)
    assert f"Akhiri {old.commodity}, berlaku sejak" in squeezed(desk.html)
    desk.send(having="determination", determination=str(record.pk))

    draft = Decree.objects.get(status="DRAFT")
    assert set(draft.items.values_list("action", "determination", "core_competency")) == {
        ("OPEN", record.pk, None),
        ("CLOSE", None, old.pk),
    }
    assert "Mengakhiri 1 (satu) kompetensi inti sebagaimana tercantum dalam Lampiran II." in draft.dictums


def test_what_it_replaces_stays_when_its_tick_is_taken_away(decided, client_as):
    record, _candidate = decided
    CoreCompetencyFactory(district=record.district)
    coordinator = client_as("coordinator")

    coordinator.post(READY, {"determination": [record.pk]})

    draft = Decree.objects.get(status="DRAFT")
    assert list(draft.items.values_list("action", flat=True)) == ["OPEN"]
    page = coordinator.get(reverse("profiles:decree-check", args=[draft.pk])).text
    assert "masih punya kompetensi inti yang berlaku. Akhiri juga dalam keputusan ini." in squeezed(page)


def test_new_draft_is_offered_beside_those_that_are_open(decided, client_as):
    draft = DecreeFactory(draft=True, about="penetapan yang lain")

    page = squeezed(client_as("coordinator").get(READY).text)

    found = re.findall(r'<input type="radio" name="into" value="(\d*)"[^>]*?( checked)?>', page)
    assert found == [("", " checked"), (str(draft.pk), "")]
    assert "Konsep yang terbuka: penetapan yang lain" in page and "0 butir" in page


def test_only_what_a_ticked_record_replaces_is_closed(decided, client_as):
    record, candidate = decided
    old = CoreCompetencyFactory(district=record.district)

    client_as("coordinator").post(READY, {"candidate": [candidate.pk], "closes": [old.pk]})

    assert list(DecreeItem.objects.values_list("action", "core_competency")) == [("OPEN", None)]


def test_competency_that_is_repeated_is_confirmed_and_has_no_box(decided, client_as):
    record, _candidate = decided
    CoreCompetencyFactory(district=record.district, commodity=record.chosen)

    page = squeezed(client_as("coordinator").get(READY).text)

    assert "akan dikuatkan" in page and 'name="closes"' not in page


def test_nothing_ready_leads_to_what_waits_and_to_open_drafts(client_as):
    draft = DecreeFactory(draft=True, about="penetapan yang masih disusun")

    page = squeezed(client_as("coordinator").get(READY).text)

    assert f'href="{reverse("locations:decisions")}"' in page
    assert f'href="{reverse("profiles:decree-check", args=[draft.pk])}">Penetapan yang masih disusun' in page


def test_refused_tick_is_said_above_the_rows_and_the_other_ticks_stay(decided, client_as):
    record, candidate = decided
    DecreeItemFactory(decree=DecreeFactory(draft=True), village=candidate.village, candidate=candidate)
    CandidateFactory(status="CHOSEN")

    answer = client_as("coordinator").post(READY, {"determination": [record.pk], "candidate": [candidate.pk]})

    page = squeezed(answer.text)
    assert '<a href="#id_candidate_0">Yang ditandai tadi sudah ada dalam konsep lain' in page
    assert 'id="id_candidate_0"' in page and 'id="id_candidate_error"' in page
    assert re.search(rf'name="determination" value="{record.pk}"[^>]* checked', page)
    assert not Decree.objects.exclude(items__candidate=candidate).drafts().exists()


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


# --- Rounds of facilitators ------------------------------------------------------------------------------------------


@pytest.fixture
def selected():
    """A round of facilitators that was decided: one applicant has a place."""
    made = running_round(places=1, minutes=MinutesFactory())
    person = applicant(made, name="Rukmini Sari", choice="ACCEPT", placed_at=made.places[0])
    type(person).objects.filter(pk=person.pk).update(status="ACCEPTED")
    type(made.record).objects.filter(pk=made.record.pk).update(status="DECIDED", inputs={}, results={})
    made.record.refresh_from_db()
    return made.record


def test_facilitators_are_appointed_within_six_pages(selected, client_as):
    desk, head = Reader(client_as("coordinator")), Reader(client_as("coordinator_head"))

    desk.read(READY)
    desk.send(having="recruitment", recruitment=str(selected.pk))
    selected.refresh_from_db()
    days = {"dated": "21-10-2019", "valid_from": "21-10-2019"}
    desk.send(having="signer_name", number="050/9/2019", signer_name="Nama Bupati (contoh)", **days)
    assert "Naskah lolos pemeriksaan" in squeezed(desk.html)
    head.read(reverse("profiles:decree-step", args=[selected.decree_id, "enact"]))
    head.send(having="seen")

    selected.refresh_from_db()
    assert selected.decree is not None and selected.decree.status == "IN_FORCE", squeezed(head.html)
    assert desk.pages + head.pages <= MOST_PAGES
    assert "pendamping dipilih" in selected.decree.considering and "desa dipilih" not in selected.decree.considering
    assert "Menetapkan 1 (satu) pendamping masyarakat sebagaimana tercantum dalam Lampiran." in selected.decree.dictums


def test_facilitators_join_the_draft_of_a_competency_and_its_text_follows(decided, selected, client_as):
    record, _candidate = decided
    coordinator = client_as("coordinator")
    coordinator.post(READY, {"determination": [record.pk]})
    draft = Decree.objects.get(status="DRAFT")

    coordinator.post(READY, {"recruitment": [selected.pk], "into": draft.pk})

    draft.refresh_from_db()
    assert "tercantum dalam Lampiran II." in draft.dictums
    assert "huruf a, huruf b, huruf c, dan huruf d" in draft.considering
    assert str(selected) not in coordinator.get(READY).text
    page = coordinator.get(reverse("profiles:decree-check", args=[draft.pk])).text
    assert f'<a href="{selected.get_absolute_url()}">{selected}</a>' in squeezed(page)


def test_round_is_in_one_draft_only_and_a_rule_that_somebody_changed_stays(selected, user_as):
    first = draft_decided(determinations=[], candidates=[], recruitments=[selected], into=None, actor=user_as("leader"))
    other = DecreeFactory(draft=True, dictums="Yang lain.", considering="Sebab lain.")

    with pytest.raises(StepNotAllowed, match="sudah ada dalam konsep lain"):
        draft_decided(determinations=[], candidates=[], recruitments=[selected], into=other, actor=user_as("leader"))

    selected.refresh_from_db()
    other.refresh_from_db()
    assert (selected.decree, other.dictums, other.considering) == (first, "Yang lain.", "Sebab lain.")


def test_round_is_ready_again_when_it_is_taken_out_or_its_draft_is_removed(selected, client_as):
    coordinator = client_as("coordinator")
    coordinator.post(READY, {"recruitment": [selected.pk]})
    draft = Decree.objects.get(status="DRAFT")
    items = reverse("profiles:decree-items", args=[draft.pk])
    assert "Seleksi yang pendampingnya ditetapkan" in coordinator.get(items).text

    coordinator.post(items, {"seen": items_fingerprint(draft)})
    assert str(selected) in coordinator.get(READY).text
    coordinator.post(items, {"seen": items_fingerprint(draft), "recruitment": [selected.pk]})
    assert str(selected) not in coordinator.get(READY).text
    coordinator.post(reverse("profiles:decree-discard", args=[draft.pk]), {"seen": mark_of(draft)})

    assert not Decree.objects.drafts().exists()
    assert str(selected) in coordinator.get(READY).text


def test_round_that_was_called_off_is_carried_out_by_no_decree(selected, user_as):
    draft = draft_decided(
        determinations=[], candidates=[], recruitments=[selected], into=None, actor=user_as("coordinator")
    )
    type(selected).objects.filter(pk=selected.pk).update(status="CANCELLED")
    days = {"dated": date(2019, 10, 8), "valid_from": date(2019, 10, 8)}
    Decree.objects.filter(pk=draft.pk).update(number="050/9/2019", **days)

    assert any("sudah dibatalkan" in sentence for sentence in effects_of(draft).problems)
    with pytest.raises(StepNotAllowed, match="sudah dibatalkan"):
        enact_decree(decree=ready(draft), seen="DRAFT", actor=user_as("coordinator_head"))
