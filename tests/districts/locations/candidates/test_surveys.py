"""Survey visits: recording one moves the candidate on, positions come in pairs, photos are private."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from districts.locations.candidates.models import Candidate
from districts.locations.candidates.proposals import NotAccepting
from districts.locations.candidates.surveys import save_visit
from districts.locations.candidates.visits import SurveyPhoto, SurveyVisit
from p2emas.history.records import last_edit
from tests.factories import FormDraftFactory, SurveyVisitFactory
from tests.programs.reporting.helpers import text_of

from ..conftest import url

pytestmark = pytest.mark.django_db

FOUND = {
    "visited_on": "3 Oktober 2019",
    "letter_no": "094/55/BAPPEDA",
    "surveyors": "Kepala Subbidang dan staf",
    "findings": "Kelompok bekerja rutin.",
    "lat": "",
    "lng": "",
    "source": "",
}


@pytest.fixture
def candidate(scene):
    scene.to("SURVEY")
    return scene.candidate(status="ELIGIBLE")


def photo(name="kebun.jpg", color="green"):
    content = BytesIO()
    Image.new("RGB", (40, 30), color).save(content, "JPEG")
    return SimpleUploadedFile(name, content.getvalue(), content_type="image/jpeg")


def test_first_visit_moves_the_candidate_on_and_the_second_does_not_fail(coordinator, scene, candidate):
    address = url("visit-create", scene.selection.pk, candidate.pk)
    answer = coordinator.post(address, FOUND)
    made = SurveyVisit.objects.get()
    assert answer.url == url("visit-photos", scene.selection.pk, candidate.pk, made.pk)
    candidate.refresh_from_db()
    assert (candidate.status, candidate.last_change().note) == ("SURVEYED", "094/55/BAPPEDA")
    assert coordinator.post(address, FOUND | {"visited_on": "4 Oktober 2019"}).status_code == 302
    assert candidate.visits.count() == 2
    assert candidate.status_changes().count() == 1


def test_step_without_a_visit_is_a_sentence(coordinator, scene, candidate):
    step = url("candidate-step", scene.selection.pk, candidate.pk, "survey")
    answer = coordinator.post(step, {"seen": "ELIGIBLE", "note": ""})
    assert "Catat kunjungan survei dulu." in answer.content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"lat": "0,166"}, "lng"),
        ({"lng": "111,729"}, "lat"),
        ({"lat": "91", "lng": "111"}, "lat"),
        ({"visited_on": "9 Oktober 2019"}, "visited_on"),
        ({"letter_no": ""}, "letter_no"),
        ({"findings": " "}, "findings"),
    ],
)
def test_wrong_visit_is_a_sentence_and_moves_nothing(coordinator, scene, candidate, changes, field):
    answer = coordinator.post(url("visit-create", scene.selection.pk, candidate.pk), FOUND | changes)
    assert field in answer.context["form"].errors
    assert "Kepala Subbidang dan staf" in answer.content.decode()
    candidate.refresh_from_db()
    assert (candidate.status, candidate.visits.count()) == ("ELIGIBLE", 0)


def test_visit_is_mended_and_the_history_knows(coordinator, scene, candidate):
    visit = SurveyVisitFactory(candidate=candidate)
    address = url("visit-edit", scene.selection.pk, candidate.pk, visit.pk)
    found = FOUND | {"lat": "0,166", "lng": "111,729", "seen": last_edit(visit)}
    assert coordinator.post(address, found).status_code == 302
    visit.refresh_from_db()
    assert (visit.visited_on, str(visit.lat)) == (date(2019, 10, 3), "0.166000")
    assert visit.history.count() == 2


def test_two_editors_of_a_visit_see_both_versions(coordinator, scene, candidate):
    visit = SurveyVisitFactory(candidate=candidate)
    address, typed = url("visit-edit", scene.selection.pk, candidate.pk, visit.pk), {"seen": last_edit(visit)}
    assert coordinator.post(address, FOUND | typed | {"findings": "Yang lebih dulu."}).status_code == 302

    late = coordinator.post(address, FOUND | typed | {"findings": "Yang terlambat."})
    page = late.content.decode()

    assert late.status_code == 409
    assert "Yang lebih dulu." in page and "Yang terlambat." in page
    visit.refresh_from_db()
    assert (visit.findings, visit.history.count()) == ("Yang lebih dulu.", 2)
    again = FOUND | {"findings": "Yang terlambat.", "seen": last_edit(visit)}
    assert coordinator.post(address, again).status_code == 302


def refused(answer) -> None:
    """Nothing is written, and what was typed is still in the form."""
    page = answer.content.decode()
    assert (answer.status_code, SurveyVisit.objects.exists()) == (200, False)
    assert "tidak menerima kunjungan survei sekarang" in page and FOUND["findings"] in page


@pytest.mark.parametrize("status", ["OPEN", "SUBMITTED_", "CANCELLED"])
def test_no_visit_while_the_round_does_not_measure(coordinator, scene, status):
    candidate = scene.candidate(status="ELIGIBLE")
    if status != "SUBMITTED_":
        scene.to(status)
    assert coordinator.get(url("visit-create", scene.selection.pk, candidate.pk)).status_code == 403
    refused(coordinator.post(url("visit-create", scene.selection.pk, candidate.pk), FOUND))


@pytest.mark.parametrize("status", ["PROPOSED", "INELIGIBLE"])
def test_no_visit_before_the_gate(coordinator, scene, status):
    scene.to("SURVEY")
    candidate = scene.candidate(status=status)
    refused(coordinator.post(url("visit-create", scene.selection.pk, candidate.pk), FOUND))


def test_gate_reopened_meanwhile_keeps_the_visit_out(user_as, scene, candidate):
    visit = SurveyVisit(
        candidate=candidate, visited_on=date(2019, 10, 1), letter_no="1", surveyors="Tim", findings="Ada"
    )
    Candidate.objects.filter(pk=candidate.pk).update(status="PROPOSED")
    with pytest.raises(NotAccepting):
        save_visit(visit=visit, seen=None, actor=user_as("coordinator"))
    assert not SurveyVisit.objects.exists()


def test_photos_come_and_go_and_are_read_in_scope(coordinator, staff, client_as, scene, candidate, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    visit = SurveyVisitFactory(candidate=candidate)
    address = url("visit-photos", scene.selection.pk, candidate.pk, visit.pk)
    for name, color in (("satu.jpg", "green"), ("dua.jpg", "blue")):
        assert coordinator.post(address, {"file": photo(name, color), "caption": name}).status_code == 302
    first, _second = visit.photos.order_by("pk")
    assert coordinator.get(first.get_absolute_url()).status_code == 200
    assert staff.get(first.get_absolute_url()).status_code == 200
    other = client_as("district_admin", at=scene.foreign.district.office)
    assert other.get(first.get_absolute_url()).status_code == 404
    gone = url("photo-remove", scene.selection.pk, candidate.pk, visit.pk, first.pk)
    assert staff.post(gone).status_code == 403
    assert [coordinator.post(gone).status_code for _click in range(2)] == [302, 302]
    assert [row.caption for row in SurveyPhoto.objects.all()] == ["dua.jpg"]


def test_file_that_is_no_photo_is_a_sentence(coordinator, scene, candidate):
    visit = SurveyVisitFactory(candidate=candidate)
    text = SimpleUploadedFile("catatan.jpg", b"bukan foto", content_type="image/jpeg")
    answer = coordinator.post(url("visit-photos", scene.selection.pk, candidate.pk, visit.pk), {"file": text})
    assert "file" in answer.context["form"].errors
    assert not SurveyPhoto.objects.exists()


def test_visit_of_another_candidate_is_not_found(coordinator, scene, candidate):
    other = SurveyVisitFactory(candidate=scene.candidate(scene.foreign, status="ELIGIBLE"))
    assert coordinator.get(url("visit-edit", scene.selection.pk, candidate.pk, other.pk)).status_code == 404


def test_draft_of_a_visit_can_only_be_copied_once_the_round_takes_no_more(coordinator, scene, candidate):
    visit = SurveyVisitFactory(candidate=candidate)
    pages = (
        (None, url("visit-create", scene.selection.pk, candidate.pk)),
        (visit.pk, url("visit-edit", scene.selection.pk, candidate.pk, visit.pk)),
    )
    of_form = {"user": coordinator.user, "record": candidate, "form": "kunjungan", "version": 0}
    typed = {"findings": ["Belum sempat disimpan"]}
    drafts = [FormDraftFactory(**of_form, part=part, page=page, typed=typed) for part, page in pages]
    elsewhere = FormDraftFactory(**of_form | {"record": SurveyVisitFactory().candidate}, page="/lain/", typed=typed)

    scene.selection.take_step("start_scoring", seen="SURVEY", actor=coordinator.user)
    listed = coordinator.get("/isian/").content.decode()
    assert all(f'href="{page}"' in listed and coordinator.get(page).status_code == 200 for _part, page in pages)

    scene.selection.take_step("cancel", seen="SCORING", actor=coordinator.user, note="Kuota dicabut")

    answer = coordinator.get("/isian/")
    listed = answer.content.decode()
    assert not any(f'href="{page}"' in listed or coordinator.get(page).status_code == 200 for _part, page in pages)
    assert text_of(answer).count("berakhir karena “Dibatalkan”") == 2
    for draft in drafts:
        page = coordinator.get(draft.get_absolute_url())
        assert "Belum sempat disimpan" in text_of(page) and f'href="{draft.page}"' not in page.content.decode()
    elsewhere.refresh_from_db()
    assert elsewhere.ended_at is None
