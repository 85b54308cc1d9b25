"""Number, signer and text of a draft on a product page, and the check that follows."""

from datetime import date

import pytest
from django.db import OperationalError
from django.urls import reverse

from p2emas.documents.models import Decree
from p2emas.search.models import SearchWord
from tests.decree_texts import ready
from tests.factories import CoreCompetencyFactory, DecreeFactory, DecreeItemFactory, VillageFactory
from tests.filled import own_form
from tests.markup import squeezed

pytestmark = pytest.mark.django_db


def url(name, decree):
    return reverse(f"profiles:decree-{name}", args=[decree.pk])


@pytest.fixture
def draft():
    decree = DecreeFactory(draft=True)
    village = VillageFactory()
    CoreCompetencyFactory(district=village.district)
    DecreeItemFactory(decree=decree, village=village)
    return ready(decree)


def typed(client, draft, **values):
    address = url("text", draft)
    form = own_form(client.get(address).content.decode(), address)
    return client.post(address, dict(form.filled()) | values, follow=True)


def test_saved_text_leads_to_the_check(draft, client_as):
    coordinator = client_as("coordinator")

    before = squeezed(coordinator.get(url("check", draft)).text)
    after = squeezed(
        typed(coordinator, draft, number="050/7/2019", dated="21-10-2019", valid_from="21 Oktober 2019").text
    )

    assert "3 hal pada naskah harus dibereskan dahulu" in before and "Nomor belum diisi dari buku agenda." in before
    assert "Naskah lolos pemeriksaan" in after
    draft.refresh_from_db()
    assert (draft.number, draft.dated) == ("050/7/2019", date(2019, 10, 21))


def test_page_of_an_older_text_overwrites_nothing(draft, client_as):
    coordinator, address = client_as("coordinator"), url("text", draft)
    form = dict(own_form(coordinator.get(address).content.decode(), address).filled())
    draft.number = "050/8/2019"
    draft.save()

    answer = coordinator.post(address, {**form, "number": "050/7/2019"})

    assert answer.status_code == 409
    assert "050/7/2019" in answer.text and "050/8/2019" in answer.text
    draft.refresh_from_db()
    assert draft.number == "050/8/2019"


def test_text_is_saved_although_its_draft_cannot_be_removed(draft, client_as, monkeypatch):
    """Otherwise the page would say that nothing was saved, and a person would send it once more."""

    def fail(**_which):
        raise OperationalError("the connection was lost")

    monkeypatch.setattr("p2emas.drafts.page.drop_draft", fail)

    answer = typed(client_as("coordinator"), draft, number="050/77/2019")

    assert answer.redirect_chain and "Naskah tersimpan." in answer.text
    draft.refresh_from_db()
    assert draft.number == "050/77/2019"


def test_text_of_what_is_in_force_stays(client_as):
    decree = DecreeFactory()
    answer = client_as("coordinator").post(url("text", decree), {"number": "1", "about": "lain"}, follow=True)

    assert "tidak lagi konsep" in answer.text
    assert Decree.objects.get().number == decree.number


def test_auditor_lists_papers_signed_with_another_text(client_as):
    recorded = DecreeFactory(origin="RECORDED", recorded_because="Bagian Hukum mengubah naskahnya.")
    other = DecreeFactory()

    found = squeezed(client_as("auditor").get("/sk/?asal=naskah").text)
    public = client_as("anonymous").get("/sk/?asal=naskah").text

    assert recorded.number in found and other.number not in found
    assert "Bagian Hukum mengubah naskahnya." in found
    assert "Bagian Hukum" not in public and other.number in public


def test_list_tells_inherited_papers_from_those_signed_with_another_text(client_as):
    inherited = DecreeFactory(origin="RECORDED", source="Arsip Bagian Hukum")
    changed = DecreeFactory(origin="RECORDED", source="Arsip", recorded_because="Naskah diubah.")

    every = squeezed(client_as("auditor").get("/sk/?asal=naskah").text)
    found = squeezed(client_as("auditor").get("/sk/?asal=alasan").text)

    assert inherited.number in every and changed.number in every
    assert inherited.number not in found and changed.number in found


def test_signed_paper_is_recorded_from_the_list(client_as):
    page = client_as("coordinator").get("/sk/")
    address = reverse("admin:p2emas_decree_add") + "?origin=RECORDED"

    assert f'href="{address}"' in page.text
    assert '<option value="RECORDED" selected>' in client_as("coordinator").get(address).text
    assert address not in client_as("auditor").get("/sk/").text


def test_number_that_another_decree_has_on_that_day_is_refused(draft, client_as):
    DecreeFactory(number="050/7/2019", dated=date(2019, 10, 21))

    answer = typed(client_as("coordinator"), draft, number="050/7/2019", dated="21-10-2019")

    assert answer.status_code == 200 and "Keputusan dengan nomor dan tanggal ini sudah ada." in answer.text
    draft.refresh_from_db()
    assert draft.number == ""


def test_first_day_after_the_last_one_is_refused(draft, client_as):
    Decree.objects.filter(pk=draft.pk).update(valid_until=date(2019, 12, 31))

    answer = typed(client_as("coordinator"), draft, valid_from="01-01-2020")

    assert answer.status_code == 200 and "Keputusan ini berakhir 31 Desember 2019" in answer.text


def test_search_finds_the_number_that_was_typed(draft, client_as):
    typed(client_as("coordinator"), draft, number="050/77/KEP/2019")

    assert SearchWord.objects.filter(kind="decree", record=draft.pk, word="05077kep2019").exists()
