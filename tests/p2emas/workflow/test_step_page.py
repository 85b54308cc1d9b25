"""The one step page: what it shows, what it refuses, and that nothing is overwritten."""

import pytest
from django.contrib.messages import get_messages
from django.http import Http404

from p2emas.models import StatusChange
from p2emas.workflow.views import step_page
from programs.models import WorkPlan
from tests.factories import DecreeFactory, WorkPlanFactory
from tests.markup import tight

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.p2emas.workflow.urls")]
REVIEWING = WorkPlan.Status.REVIEWING


@pytest.fixture
def plan():
    return WorkPlanFactory(status=REVIEWING)


def page_of(plan, name="return", kind="rencana"):
    return f"/tes/{kind}/{plan.pk}/{name}/"


def test_step_page_says_what_will_happen(client_as, plan):
    answer = client_as("coordinator").get(page_of(plan))

    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Minta perbaikan" in text and "Perlu perbaikan" in text and str(plan) in text
    assert 'name="seen" value="REVIEWING"' in text and "(opsional)" not in text
    assert plan.status_changes().count() == 0


def test_step_that_was_taken_is_said(client_as, plan):
    answer = client_as("coordinator").post(page_of(plan), {"seen": REVIEWING, "note": "x" * 2000})

    said = [str(message) for message in get_messages(answer.wsgi_request)]
    assert said == [f"{plan}: perbaikan diminta. Status sekarang: Perlu perbaikan."]


def test_button_is_red_only_where_something_ends(client_as, plan):
    client = client_as("coordinator_head")

    pages = [client.get(page_of(plan)), client.get(page_of(DecreeFactory(), "revoke", "sk"))]

    assert ["btn-danger" in page.content.decode() for page in pages] == [False, True]


def test_step_page_of_optional_note_says_so(client_as):
    plan = WorkPlanFactory(status=WorkPlan.Status.SUBMITTED)

    text = client_as("coordinator").get(page_of(plan, "review")).content.decode()

    assert "Catatan" in text and "(opsional)" in text


def test_step_is_taken_and_leads_to_the_record(client_as, plan):
    client = client_as("coordinator")

    answer = client.post(page_of(plan), {"seen": REVIEWING, "note": " Pagu belum cocok. "}, follow=True)

    change = plan.status_changes().get()
    assert answer.redirect_chain == [(plan.get_absolute_url(), 302)]
    assert (change.actor, change.old, change.new, change.note) == (
        client.user,
        REVIEWING,
        WorkPlan.Status.RETURNED,
        "Pagu belum cocok.",
    )


@pytest.mark.parametrize(("name", "who", "expected"), [
    ("no_such_step", "coordinator", 404),
    ("set", "coordinator", 404),  # has a page of its own
    ("return", "agency_operator", 403),
    ("return", "auditor", 403),
    ("return", "admin", 403),
    ("withdraw", "coordinator", 403),
])  # fmt: skip
@pytest.mark.parametrize("method", ["get", "post"])
def test_step_page_refuses(client_as, plan, name, who, expected, method):
    client = client_as(who, at=plan.agency)

    answer = getattr(client, method)(page_of(plan, name), {"seen": REVIEWING, "note": "x"})

    plan.refresh_from_db()
    assert (answer.status_code, plan.status, StatusChange.objects.count()) == (expected, REVIEWING, 0)


@pytest.mark.parametrize("note", ["", "   ", "x" * 2001, "\x00"])
def test_step_with_bad_note_is_refused_with_a_sentence(client_as, plan, note):
    answer = client_as("coordinator").post(page_of(plan), {"seen": REVIEWING, "note": note})

    text = answer.content.decode()
    assert answer.status_code == 200 and "<title>Galat: " in text and 'id="id_note_error"' in text
    assert plan.status_changes().count() == 0


def test_refusal_of_the_record_keeps_the_note_and_rolls_back(client_as):
    plan = WorkPlanFactory(status=REVIEWING, is_sample=True)

    answer = client_as("coordinator").post(page_of(plan, kind="lebih"), {"seen": REVIEWING, "note": "Pagu salah."})

    text = answer.content.decode()
    plan.refresh_from_db()
    assert text.count("Data contoh tidak boleh berubah.") == 2  # on top and beside the field
    assert "<title>Galat: " in text and "Pagu salah." in text
    assert "Ditelaah</span>" in text  # the state beside the title is the stored one
    assert (plan.status, plan.status_changes().count()) == (REVIEWING, 0)


def test_somebody_faster_shows_both_versions(client_as, plan):
    first, second = client_as("coordinator"), client_as("coordinator_head")
    first.post(page_of(plan), {"seen": REVIEWING, "note": "Alasan pertama."})

    answer = second.post(page_of(plan), {"seen": REVIEWING, "note": "Alasan kedua."})

    text = answer.content.decode()
    assert answer.status_code == 409 and "<title>Galat: " in text
    for piece in ("Alasan pertama.", "Alasan kedua.", "Ditelaah", "Perlu perbaikan", str(first.user)):
        assert piece in text
    assert [change.note for change in plan.status_changes()] == ["Alasan pertama."]


@pytest.mark.parametrize("seen", ["", "NOPE", "a\x00b", "x" * 500])
def test_status_that_no_page_showed_is_a_conflict_that_can_be_sent_again(client_as, plan, seen):
    answer = client_as("coordinator").post(page_of(plan), {"seen": seen, "note": "Tetap."})

    text = answer.content.decode()
    assert answer.status_code == 409 and 'name="seen" value="REVIEWING"' in text and "Tetap." in text
    assert plan.status_changes().count() == 0


def test_old_link_to_a_step_that_is_over_is_a_conflict(client_as):
    plan = WorkPlanFactory(agreed=True)

    answer = client_as("coordinator").get(page_of(plan))

    text = answer.content.decode()
    assert answer.status_code == 409 and "tidak berlaku untuk status sekarang" in text
    assert "Yang tersimpan sekarang" in text and "Yang Anda lihat" not in text  # nothing was sent, nothing is lost


def test_second_click_is_no_conflict(client_as, plan):
    client = client_as("coordinator")
    sent = {"seen": REVIEWING, "note": "Pagu salah."}

    answers = [client.post(page_of(plan), sent) for _ in range(3)]

    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, plan.get_absolute_url())] * 3
    assert plan.status_changes().count() == 1


def test_second_click_with_another_note_is_a_conflict(client_as, plan):
    client = client_as("coordinator")
    client.post(page_of(plan), {"seen": REVIEWING, "note": "Pagu salah."})

    answer = client.post(page_of(plan), {"seen": REVIEWING, "note": "Indikator salah."})

    assert answer.status_code == 409 and "Indikator salah." in answer.content.decode()


def test_take_of_the_room_opens_a_step_with_its_own_page(client_as):
    decree = DecreeFactory()

    answer = client_as("coordinator_head").post(f"/tes/sk/{decree.pk}/revoke/", {"seen": "IN_FORCE", "note": "Diganti"})

    assert answer.status_code == 302 and decree.status_changes().get().note == "Diganti!"


def test_record_deleted_meanwhile_is_not_found(client_as, plan, monkeypatch):
    taken = WorkPlan.take_step

    def delete_first(self, *args, **kwargs):
        WorkPlan.objects.filter(pk=self.pk).delete()
        return taken(self, *args, **kwargs)

    monkeypatch.setattr(WorkPlan, "take_step", delete_first)

    answer = client_as("coordinator").post(page_of(plan), {"seen": REVIEWING, "note": "x"})

    # the deletion was part of the transaction that the conflict rolled back
    assert answer.status_code == 409


def sent_late(rf, stale, user):
    """The request of somebody whose record was read before another one moved or removed it."""
    request = rf.post("/langkah/", {"seen": REVIEWING, "note": "Alasan kedua."})
    request.user = user
    return step_page(request, stale, "return")


def test_record_moved_between_reading_and_writing_is_shown_as_it_is_now(rf, user_as, plan):
    stale = WorkPlan.objects.get(pk=plan.pk)
    plan.take_step("return", seen=REVIEWING, actor=user_as("coordinator"), note="Alasan pertama.")

    answer = sent_late(rf, stale, user_as("coordinator_head"))

    text = tight(answer.text)
    assert answer.status_code == 409 and "<dt>Status sekarang</dt><dd>Perlu perbaikan</dd>" in text
    assert 'name="seen"' not in text  # the step is not open any more, so it is not offered again


def test_record_removed_between_reading_and_writing_is_not_found(rf, user_as, plan):
    stale = WorkPlan.objects.get(pk=plan.pk)
    WorkPlan.objects.filter(pk=plan.pk).delete()

    with pytest.raises(Http404):
        sent_late(rf, stale, user_as("coordinator"))


def test_note_is_text_never_markup(client_as, plan):
    evil = "<script>alert(1)</script>"

    answer = client_as("coordinator").post(page_of(plan), {"seen": "", "note": evil})

    assert evil not in answer.content.decode() and "&lt;script&gt;" in answer.content.decode()


def test_note_loses_the_control_characters_that_no_paper_can_show(client_as, plan):
    answer = client_as("coordinator").post(page_of(plan), {"seen": REVIEWING, "note": "a\x00b"})

    assert answer.status_code == 302
    assert plan.status_changes().get().note == "ab"
