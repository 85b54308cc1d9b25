"""An amendment by pages: drafted from a decree in force, filled, checked, enacted; the history stays."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from districts.locations.decrees.amending import amendment_title, effects_of, offer_for
from districts.models import Candidate, CoreCompetency, DecreeItem, TargetLocation
from p2emas.models import Decree, FormDraft
from programs.profiles.drafts import items_version
from tests.decree_texts import ready
from tests.districts.test_admin import filled
from tests.factories import (
    CandidateFactory,
    CompetencyDeterminationFactory,
    CoreCompetencyFactory,
    DecreeFactory,
    DecreeItemFactory,
    PlanLineFactory,
    TargetLocationFactory,
    VillageFactory,
)

pytestmark = pytest.mark.django_db


def url(name, decree, *args):
    return reverse(f"profiles:decree-{name}", args=[decree.pk, *args])


@pytest.fixture
def location():
    return TargetLocationFactory()


@pytest.fixture
def draft(location):
    return DecreeFactory(
        status=Decree.Status.DRAFT,
        amends=location.decree,
        number="050/9/2019",
        dated=date(2019, 10, 1),
        valid_from=date(2019, 10, 2),
    )


def chosen(location):
    """A candidate that a round has chosen in the kecamatan of ``location``."""
    village = VillageFactory(district=location.village.district)
    return CandidateFactory(village=village, commodity=location.core_competency.commodity, status="CHOSEN")


def text(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def test_amendment_replaces_a_village_and_keeps_the_history(location, client_as):
    coordinator, head, candidate = client_as("coordinator"), client_as("coordinator_head"), chosen(location)
    PlanLineFactory(target_location=location)
    assert url("amend", location.decree) in text(coordinator.get(location.decree.get_absolute_url()))

    answer = coordinator.post(url("amend", location.decree), {"about": "perubahan lokasi"})
    draft = Decree.objects.get(status=Decree.Status.DRAFT)
    assert answer.url == url("items", draft) and draft.amends == location.decree

    assert f"{location.village}, Kec. {location.village.district}" in text(coordinator.get(url("items", draft)))
    answer = coordinator.post(
        url("items", draft), {"seen": "", "target_location": [location.pk], "candidate": [candidate.pk]}
    )
    assert answer.url == url("check", draft)
    assert set(draft.items.values_list("action", "target_location", "candidate", "village")) == {
        ("CLOSE", location.pk, None, None),
        ("OPEN", None, candidate.pk, candidate.village_id),
    }

    page = text(coordinator.get(url("check", draft)))
    assert "Nomor, tanggal, dan tanggal mulai berlaku belum lengkap." in page
    assert "1 kegiatan dari 1 SKPD" in page
    days = {"number": "050/9/2019", "dated": date(2019, 10, 1), "valid_from": date(2019, 10, 2)}
    Decree.objects.filter(pk=draft.pk).update(**days)
    ready(draft)
    page = text(head.get(url("check", draft)))
    assert "hari terakhir 1 Oktober 2019" in page and "Mulai berlaku 2 Oktober 2019" in page
    assert url("step", draft, "enact") in page
    assert "hari terakhir 1 Oktober 2019" in text(head.get(url("step", draft, "enact")))

    head.post(url("step", draft, "enact"), {"seen": "DRAFT", "note": ""})
    rows = {row.village_id: row for row in TargetLocation.objects.all()}
    assert (rows[location.village_id].valid_until, rows[location.village_id].closed_by) == (date(2019, 10, 1), draft)
    assert (rows[candidate.village_id].valid_from, rows[candidate.village_id].valid_until) == (date(2019, 10, 2), None)
    old = text(coordinator.get(f"{location.decree.get_absolute_url()}?tanggal=01-10-2019"))
    assert "Tidak berlaku" not in old and draft.get_absolute_url() in old
    assert "Tidak berlaku" in text(coordinator.get(f"{location.decree.get_absolute_url()}?tanggal=02-10-2019"))


def test_items_offer_what_is_in_force_and_what_no_other_draft_has(location, draft):
    ended = TargetLocationFactory(valid_until=date(2018, 1, 1), closed_by=DecreeFactory())
    held = TargetLocationFactory()
    DecreeItemFactory(decree=DecreeFactory(status="DRAFT"), action="CLOSE", village=None, target_location=held)
    waiting = chosen(location)
    placed = TargetLocationFactory(candidate=chosen(location)).candidate
    decided = CompetencyDeterminationFactory(status="DECIDED")
    CompetencyDeterminationFactory(status="SUBMITTED")

    offer = offer_for(draft)

    standing = set(TargetLocation.objects.standing()) - {held}
    assert set(offer.target_location) == standing and ended not in standing
    assert set(offer.candidate) == {waiting} != {placed}
    assert set(offer.determination) == {decided}


def test_items_changed_by_somebody_else_are_told_and_nothing_is_lost(location, draft, client_as):
    other = TargetLocationFactory()
    coordinator = client_as("coordinator")
    DecreeItemFactory(decree=draft, action="CLOSE", village=None, target_location=other)

    answer = coordinator.post(url("items", draft), {"seen": "", "target_location": [location.pk]})

    page = answer.content.decode()
    assert answer.status_code == 409 and "<title>Galat:" in page
    assert f"{location.village}, Kec." in page and f"{other.village}, Kec." in page  # typed and stored, side by side
    assert [item.target_location for item in draft.items.all()] == [other]
    seen = str(draft.items.get().pk)
    assert f'name="seen" value="{seen}"' in page
    coordinator.post(url("items", draft), {"seen": seen, "target_location": [location.pk]})
    assert [item.target_location for item in draft.items.all()] == [location]


def test_a_row_that_is_not_offered_is_refused(location, draft, client_as):
    ended = TargetLocationFactory(valid_until=date(2018, 1, 1), closed_by=DecreeFactory())

    page = text(client_as("coordinator").post(url("items", draft), {"seen": "", "target_location": [ended.pk, "x"]}))

    assert "<title>Galat:" in page and not draft.items.exists()


@pytest.mark.parametrize("value", ["9" * 30, "-1", "1.5", "\u00e9"])
@pytest.mark.parametrize("field", ["target_location", "core_competency", "seen"])
def test_wild_input_is_a_sentence(location, draft, client_as, field, value):
    answer = client_as("coordinator").post(url("items", draft), {"seen": "", field: [value]})

    assert answer.status_code in (200, 409)  # a mark of no page at all is one of another page
    assert "<title>Galat:" in answer.content.decode() and not draft.items.exists()


def test_a_village_written_in_the_back_office_stays(location, draft, client_as):
    item = DecreeItemFactory(decree=draft)

    client_as("coordinator").post(url("items", draft), {"seen": str(item.pk), "target_location": [location.pk]})

    assert draft.items.filter(pk=item.pk).exists() and draft.items.count() == 2


def test_a_decree_in_force_keeps_its_items(location, client_as):
    coordinator = client_as("coordinator")

    assert coordinator.get(url("items", location.decree)).url == location.decree.get_absolute_url()
    assert coordinator.get(url("check", location.decree)).url == location.decree.get_absolute_url()
    assert not DecreeItem.objects.exists()


def test_a_draft_cannot_be_amended(draft, client_as):
    before = Decree.objects.count()

    page = text(client_as("coordinator").post(url("amend", draft), {"about": "perubahan"}))

    assert "Hanya keputusan yang berlaku dapat diubah." in page
    assert Decree.objects.count() == before


def close(draft, row):
    name = "target_location" if isinstance(row, TargetLocation) else "core_competency"
    return DecreeItemFactory(decree=draft, action="CLOSE", village=None, **{name: row})


def test_check_names_a_location_that_would_lose_its_competency(location, draft):
    close(draft, location.core_competency)

    assert [str(sentence) for sentence in effects_of(draft).problems] == [
        f"Kompetensi inti {location.village.district} diakhiri, tetapi lokasi sasaran {location} masih berdiri di atasnya."
    ]
    close(draft, location)
    assert effects_of(draft).problems == []


def test_check_names_what_cannot_open(location, draft):
    competency = location.core_competency
    decided = CompetencyDeterminationFactory(status="DECIDED", district=competency.district)
    DecreeItemFactory(decree=draft, action="OPEN", village=None, determination=decided)
    DecreeItemFactory(decree=draft, action="OPEN", village=location.village)
    homeless = VillageFactory()
    DecreeItemFactory(decree=draft, action="OPEN", village=homeless)
    passed_over = chosen(location)
    Candidate.objects.filter(pk=passed_over.pk).update(status="NOT_CHOSEN")
    DecreeItemFactory(decree=draft, action="OPEN", village=passed_over.village, candidate=passed_over)

    assert effects_of(draft).problems == [
        f"{competency.district} masih punya kompetensi inti yang berlaku. Akhiri juga dalam keputusan ini.",
        f"{location.village} sudah menjadi lokasi sasaran.",
        f"{homeless}: Kecamatan {homeless.district} tidak punya kompetensi inti pada hari itu.",
        f"{passed_over.village} belum diputuskan terpilih dalam penjaringannya.",
    ]


def test_check_names_a_day_that_is_too_early_and_a_row_that_is_gone(location, draft):
    close(draft, location)
    gone = CoreCompetencyFactory(valid_until=date(2018, 1, 1), closed_by=DecreeFactory())
    close(draft, gone)
    Decree.objects.filter(pk=draft.pk).update(valid_from=location.valid_from)
    draft.refresh_from_db()

    assert effects_of(draft).problems == [
        f"{location} berlaku sejak 27 Juli 2017; keputusan ini harus mulai sesudahnya.",
        f"{gone} sudah diakhiri oleh keputusan lain.",
    ]


def test_everything_that_the_check_refuses_enacting_refuses_too(location, draft, client_as):
    close(draft, location.core_competency)
    ready(draft)

    client_as("coordinator_head").post(url("step", draft, "enact"), {"seen": "DRAFT", "note": ""})

    draft.refresh_from_db()
    assert draft.status == Decree.Status.DRAFT
    assert CoreCompetency.objects.get(pk=location.core_competency_id).valid_until is None


def test_amendment_queries_do_not_grow(location, draft, client_as):
    coordinator = client_as("coordinator")

    def asked(name):
        coordinator.get(url(name, draft))
        with CaptureQueriesContext(connection) as seen:
            coordinator.get(url(name, draft))
        return len(seen)

    close(draft, location)
    DecreeItemFactory(decree=draft, village=chosen(location).village)
    before = {name: asked(name) for name in ("items", "check")}
    for _n in range(3):
        close(draft, TargetLocationFactory())
        candidate = chosen(location)
        DecreeItemFactory(decree=draft, village=candidate.village, candidate=candidate)

    assert {name: asked(name) for name in ("items", "check")} == before
    assert max(before.values()) <= 20


def test_title_counts_the_changes_of_the_first_decree():
    first = DecreeFactory(about="Lokasi Sasaran")
    second = DecreeFactory(about="Perubahan atas Lokasi Sasaran", amends=first)

    titles = [amendment_title(decree) for decree in (first, second, DecreeFactory(about="lain", amends=second))]

    assert titles == [
        "Perubahan atas Lokasi Sasaran",
        "Perubahan kedua atas Lokasi Sasaran",
        "Perubahan ketiga atas Lokasi Sasaran",
    ]


def test_a_second_click_leads_to_the_same_draft(location, client_as):
    coordinator, page = client_as("coordinator"), url("amend", location.decree)
    about = {"about": " Perubahan tentang lokasi "}

    answers = [coordinator.post(page, about) for _click in range(2)]
    other = client_as("coordinator_head").post(page, about)

    assert len({answer.url for answer in answers}) == 1
    assert other.url != answers[0].url
    DecreeItemFactory(
        decree=location.decree.amendments.order_by("pk").first(), action="CLOSE", village=None, target_location=location
    )
    assert coordinator.post(page, about).url != answers[0].url
    assert location.decree.amendments.count() == 3


def test_a_number_that_another_decree_bears_is_told_and_not_refused(location, draft, client_as):
    other = DecreeFactory(kind=draft.kind, number=f"{draft.number.lower()}", dated=date(2018, 3, 1))
    DecreeFactory(kind=Decree.Kind.PERBUP, number=draft.number)
    DecreeFactory(status=Decree.Status.DRAFT, number="")
    close(draft, location)
    ready(draft)
    head = client_as("coordinator_head")

    for name, more in (("check", ()), ("step", ("enact",))):
        page = " ".join(text(head.get(url(name, draft, *more))).split())
        assert (
            f'Nomor ini juga dipakai <a href="{other.get_absolute_url()}">{other}</a> (1 Maret 2018, berlaku).' in page
        )
    head.post(url("step", draft, "enact"), {"seen": "DRAFT", "note": ""})
    draft.refresh_from_db()
    assert draft.status == Decree.Status.IN_FORCE


def test_a_draft_without_number_is_like_no_other(draft, client_as):
    Decree.objects.filter(pk=draft.pk).update(number="")
    DecreeFactory(status=Decree.Status.DRAFT, number="")

    assert "juga dipakai" not in text(client_as("coordinator").get(url("check", draft)))


def test_back_office_warns_of_a_number_that_another_decree_bears(draft, client_as):
    other = DecreeFactory(kind=draft.kind, number="050/10/2019", dated=date(2018, 3, 1))
    page = reverse("admin:p2emas_decree_change", args=[draft.pk])
    coordinator = client_as("coordinator")

    answer = coordinator.post(page, filled(coordinator.get(page), number=other.number), follow=True)

    assert f"nomor ini juga dipakai {other}" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.number == other.number


def test_older_draft_of_items_goes_through_the_page_with_both_versions(location, draft, client_as):
    """Somebody changed the items since: both versions first, and the boxes that were ticked can still be saved."""
    client, other = client_as("coordinator"), TargetLocationFactory()
    version, key = items_version(draft), "0b0f7d3a-6c8e-4f9d-9a51-0f3f5d1f0c12"
    sent = {"isian": key, "mulai": version, "target_location": [location.pk]}
    assert client.post(reverse("drafts:draft-save", args=["isi-keputusan", draft.pk]), sent).status_code == 200
    DecreeItemFactory(decree=draft, action="CLOSE", village=None, target_location=other)

    page = client.get(url("items", draft), {"isian": key})

    assert "Bandingkan kedua versi" in text(page)
    assert str(location.village) in text(page) and str(other.village) in text(page)
    client.post(url("items", draft), dict(page.context["kept"]))
    assert set(draft.items.values_list("target_location", flat=True)) == {location.pk}
    assert not FormDraft.objects.exists()
