"""A draft made by mistake goes away with its items and files; what something real depends on stays."""

from datetime import date

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from districts.locations.decrees.amending import set_items
from districts.locations.decrees.discarding import discard_draft, mark_of
from districts.models import DecreeItem
from p2emas.models import Decree, DecreeFile
from p2emas.workflow.models import StepNotAllowed
from tests.factories import (
    CandidateFactory,
    CompetencyDeterminationFactory,
    DecreeFactory,
    DecreeItemFactory,
    TargetLocationFactory,
    VillageFactory,
)
from tests.filled import own_form
from tests.p2emas.documents import corpus

pytestmark = pytest.mark.django_db


def url(name, decree):
    return reverse(f"profiles:decree-{name}", args=[decree.pk])


def text(answer):
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.fixture
def draft():
    return DecreeFactory(status=Decree.Status.DRAFT, about="konsep yang keliru", amends=DecreeFactory())


def confirmed(client, decree):
    """What the confirmation page sends."""
    return dict(own_form(client.get(url("discard", decree)).content.decode(), url("discard", decree)).fields)


def test_a_draft_goes_with_its_items_and_files(draft, client_as, django_capture_on_commit_callbacks):
    coordinator, location = client_as("coordinator"), TargetLocationFactory()
    DecreeItemFactory(decree=draft, action="CLOSE", village=None, target_location=location)
    coordinator.post(url("scan", draft), {"file": SimpleUploadedFile("scan.jpg", corpus.image())})
    stored = draft.files.get().file.name
    assert url("discard", draft) in text(coordinator.get(draft.get_absolute_url()))

    page = text(coordinator.get(url("discard", draft)))
    assert str(location) in page and "1 berkas" in page and "konsep yang keliru" in page.lower()
    with django_capture_on_commit_callbacks(execute=True):
        answer = coordinator.post(url("discard", draft), confirmed(coordinator, draft))

    assert answer.url == reverse("profiles:decree-list")
    assert not Decree.objects.filter(pk=draft.pk).exists()
    assert not DecreeItem.objects.exists() and not DecreeFile.objects.exists()
    assert not default_storage.exists(stored)
    last = Decree.history.filter(id=draft.pk).latest("history_id")
    assert (last.history_type, str(last.history_user)) == ("-", str(coordinator.user))
    assert location.decree_items.count() == 0  # another draft may end it now


def test_a_decree_in_force_is_never_discarded(client_as):
    decree, coordinator = DecreeFactory(), client_as("coordinator")

    assert url("discard", decree) not in text(coordinator.get(decree.get_absolute_url()))
    assert coordinator.get(url("discard", decree)).url == decree.get_absolute_url()
    coordinator.post(url("discard", decree), {"seen": ""})
    assert Decree.objects.filter(pk=decree.pk).exists()


@pytest.mark.parametrize("who", ["auditor", "leader"])
def test_readers_discard_nothing(draft, client_as, who):
    reader = client_as(who)

    assert url("discard", draft) not in text(reader.get(draft.get_absolute_url()))
    assert reader.post(url("discard", draft), {"seen": ""}).status_code == 403


def test_what_depends_on_it_is_named_and_it_stays(client_as):
    draft = DecreeFactory(status=Decree.Status.DRAFT)
    determination = CompetencyDeterminationFactory(status="DECIDED", decree=draft)
    coordinator = client_as("coordinator")

    page = text(coordinator.get(url("discard", draft)))
    assert f"{determination} memakai konsep ini." in page and 'name="seen"' not in page
    answer = coordinator.post(url("discard", draft), {"seen": ""})

    assert f"{determination} memakai konsep ini." in text(answer)
    assert Decree.objects.filter(pk=draft.pk).exists()


def test_a_chosen_village_is_ready_again(draft, client_as):
    candidate = CandidateFactory(village=VillageFactory(), status="CHOSEN")
    DecreeItemFactory(decree=draft, village=candidate.village, candidate=candidate)
    coordinator = client_as("coordinator")

    coordinator.post(url("discard", draft), confirmed(coordinator, draft))

    assert not Decree.objects.filter(pk=draft.pk).exists()
    assert str(candidate.village) in coordinator.get("/sk/siap/").text


def test_what_a_colleague_filled_in_meanwhile_is_not_thrown_away(draft, client_as):
    coordinator = client_as("coordinator")
    sent = confirmed(coordinator, draft)
    location = TargetLocationFactory()
    DecreeItemFactory(decree=draft, action="CLOSE", village=None, target_location=location)

    page = text(coordinator.post(url("discard", draft), sent))

    assert "<title>Galat:" in page and "sudah berubah sejak halaman" in page and str(location) in page
    assert Decree.objects.filter(pk=draft.pk).exists()
    coordinator.post(url("discard", draft), confirmed(coordinator, draft))
    assert not Decree.objects.filter(pk=draft.pk).exists()


def test_text_that_a_colleague_wrote_meanwhile_is_not_thrown_away(draft, client_as):
    coordinator = client_as("coordinator")
    sent = confirmed(coordinator, draft)
    draft.about = "konsep yang ternyata dipakai"
    draft.save()

    page = text(coordinator.post(url("discard", draft), sent))

    assert "sudah berubah sejak halaman" in page
    assert Decree.objects.filter(pk=draft.pk).exists()


def test_a_draft_enacted_meanwhile_stays(draft, client_as):
    coordinator = client_as("coordinator")
    sent = confirmed(coordinator, draft)
    days = {"number": "050/9/2019", "dated": date(2019, 10, 1), "valid_from": date(2019, 10, 2)}
    Decree.objects.filter(pk=draft.pk).update(status=Decree.Status.IN_FORCE, **days)

    assert coordinator.post(url("discard", draft), sent).url == draft.get_absolute_url()
    assert Decree.objects.filter(pk=draft.pk).exists()


def test_what_waits_for_a_draft_that_goes_is_told(draft, client_as, user_as):
    """Two clicks, and a colleague who saves its items: the record is gone when the lock is theirs."""
    seen, gone = mark_of(draft), Decree.objects.get(pk=draft.pk)
    coordinator = user_as("coordinator")
    discard_draft(decree=draft, seen=seen, actor=coordinator)

    discard_draft(decree=gone, seen=seen, actor=coordinator)
    with pytest.raises(StepNotAllowed, match="sudah dihapus"):
        set_items(decree=gone, seen="", wanted={})
