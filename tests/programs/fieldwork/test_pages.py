"""The five screens without JavaScript, what a phone sends, who reads a visit, and the month after a placement ended."""

import hashlib
import json
import uuid
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from p2emas import clock
from p2emas.accounts.models import Assignment
from p2emas.notifications.models import Notification
from programs.fieldwork.models import FieldReport, VisitReply
from programs.obstacles.models import Obstacle
from tests.facilitator_factories import FieldReportFactory, PlacementFactory, VisitedLineFactory
from tests.factories import AssignmentFactory, PlanLineFactory, ReportingPeriodFactory, UserFactory
from tests.people import lead_agency, sign_in

pytestmark = pytest.mark.django_db


def picture(width: int = 300) -> bytes:
    made = BytesIO()
    Image.new("RGB", (width, 200), (90, 120, 60)).save(made, "JPEG")
    return made.getvalue()


def upload(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("foto.jpg", content, "image/jpeg")


@pytest.fixture
def placement():
    user = UserFactory()
    held = AssignmentFactory(user=user, agency=lead_agency(), role="facilitator", valid_until=date(2019, 12, 31))
    return PlacementFactory(facilitator__user=user, assignment=held)


@pytest.fixture
def facilitator(client, placement):
    sign_in(client, placement.facilitator.user)
    return client


@pytest.fixture
def line(placement):
    return PlanLineFactory(target_location=placement.target_location)


HAPPENED = {"women": "21", "men": "3", "text": "Warna berhasil.", "has_obstacle": "ya", "obstacle_text": "Alat rusak."}


def test_five_screens_send_a_visit_with_photos(facilitator, placement, line):
    village = placement.target_location.village
    begin = reverse("fieldwork:visit-begin")
    token = facilitator.get(begin).context["form"].initial["token"]
    where = {"village": village.pk, "visited_on": "08-10-2019", "kind": "TRAINING", "lines": [line.pk], "token": token}

    first, again = (facilitator.post(begin, where) for _ in range(2))
    assert first.url == again.url
    answer = facilitator.post(first.url, HAPPENED)
    answer = facilitator.post(answer.url, {"photos": [upload(picture()), upload(picture(310))], "consent": "on"})
    answer = facilitator.post(answer.url, {"lat": "", "lng": "", "accuracy": ""})
    assert "Alat rusak." in facilitator.get(answer.url).content.decode()
    sent = facilitator.post(answer.url)

    report = FieldReport.objects.get()
    assert (report.status, report.kind, report.present, report.photos.count()) == ("SENT", "TRAINING", 24, 2)
    assert sent.url == report.get_absolute_url()
    assert [each.plan_line for each in report.lines.all()] == [line]
    assert Obstacle.objects.get().activity == line.activity
    assert report.number in facilitator.get(sent.url).content.decode()
    assert facilitator.post(answer.url).url == sent.url  # a second click


def test_check_says_what_a_draft_lacks(facilitator, placement):
    draft = FieldReportFactory(draft=True, placement=placement, women=None, text="")

    answer = facilitator.post(reverse("fieldwork:visit-fill", args=[draft.pk, "periksa"]))

    assert "Lengkapi dulu: jumlah yang hadir, tulisan." in answer.content.decode()
    draft.refresh_from_db()
    assert draft.status == "DRAFT"


def test_photos_need_the_consent_line(facilitator, placement):
    draft = FieldReportFactory(draft=True, placement=placement)
    url = reverse("fieldwork:visit-fill", args=[draft.pk, "foto"])

    assert facilitator.post(url, {"photos": [upload(picture())]}).status_code == 200
    assert not draft.photos.exists()
    assert facilitator.post(url, {"photos": [upload(picture())], "consent": "on"}).status_code == 302
    assert facilitator.post(url, {"hapus": "1"}).url == url
    draft.refresh_from_db()
    assert (draft.photos.count(), draft.photo_list) == (0, [])
    facilitator.post(reverse("fieldwork:visit-drop", args=[draft.pk]))
    assert not FieldReport.objects.exists()


def phone(placement, *photos: bytes, **changed) -> dict:
    listed = [
        {"number": n, "sha256": hashlib.sha256(each).hexdigest(), "size": len(each)} for n, each in enumerate(photos, 1)
    ]
    where = {"village": placement.target_location.village.pk, "visited_on": "2019-10-08", "kind": "MONITORING"}
    photos_said = {"photos": json.dumps(listed), "consent": "on" if photos else ""}
    return {"token": str(uuid.uuid4()), **where, **HAPPENED, **photos_said, **changed}


def test_phone_sends_text_then_each_photo_and_is_answered_alike_again(facilitator, placement):
    content = picture()
    data, url = phone(placement, content), reverse("fieldwork:visit-receive")

    first, again = (facilitator.post(url, data).json() for _ in range(2))
    assert first == again
    assert (first["state"], first["words"], first["missing"], first["receipt"]) == (
        "WAITING", "Menunggu foto 0 dari 1", [1], "",
    )  # fmt: skip
    photo_url = reverse("fieldwork:photo-receive", args=[data["token"], 1])
    assert facilitator.post(photo_url, {"foto": upload(picture(310))}).status_code == 422
    done, once_more = (facilitator.post(photo_url, {"foto": upload(content)}).json() for _ in range(2))

    assert done == once_more == facilitator.post(url, data).json()
    assert (done["state"], done["missing"], bool(done["receipt"])) == ("SENT", [], True)
    assert FieldReport.objects.count() == Obstacle.objects.count() == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"token": "bukan"},
        {"visited_on": "2019-10-09"},
        {"women": "-1"},
        {"has_obstacle": "ya", "obstacle_text": ""},
        {"photos": "[" * 5000},
        {"photos": '[{"number": 1, "sha256": "x", "size": 1}]', "consent": "on"},
        {"photos": json.dumps([{"number": 1, "sha256": "0" * 64, "size": 1}])},
        {"village": "999999999999999999999"},
        {"replaces": str(uuid.uuid4())},
    ],
)
def test_phone_is_told_in_a_sentence_why_not(facilitator, placement, changed):
    answer = facilitator.post(reverse("fieldwork:visit-receive"), phone(placement, **changed))

    assert answer.status_code == 422
    assert answer.json()["error"].endswith(".") or " " in answer.json()["error"]
    assert not FieldReport.objects.exists()


def test_after_the_end_the_account_sends_for_30_days_and_does_nothing_else(facilitator, placement):
    last = placement.last_day
    with clock.at(last + timedelta(days=30)):
        answer = facilitator.post(reverse("fieldwork:visit-receive"), phone(placement, visited_on=last.isoformat()))
        assert answer.json()["state"] == "SENT"
        assert facilitator.get(reverse("fieldwork:field-home")).status_code == 200
        assert "Kunjungan masih dapat dikirim" in facilitator.get(reverse("dashboards:home")).content.decode()
        assert facilitator.get(reverse("obstacles:obstacle-raise")).status_code == 403
        obstacle = Obstacle.objects.get()
        assert facilitator.get(obstacle.get_absolute_url()).status_code == 404
        late = phone(placement, visited_on=(last + timedelta(days=1)).isoformat())
        assert facilitator.post(reverse("fieldwork:visit-receive"), late).status_code == 422
    with clock.at(last + timedelta(days=31)):
        assert facilitator.get(reverse("fieldwork:field-home")).status_code == 403
        assert facilitator.post(reverse("fieldwork:visit-receive"), phone(placement)).status_code == 403
    assert not Assignment.objects.in_force(last + timedelta(days=30)).exists()


def test_agency_reads_and_replies_to_visits_of_its_lines_only(client_as, placement, line):
    seen, other, waiting = (FieldReportFactory(placement=placement) for _ in range(3))
    for each in (seen, waiting):
        VisitedLineFactory(report=each, plan_line=line)
    FieldReport.objects.filter(pk=waiting.pk).update(status="WAITING")
    operator = client_as("agency_operator", at=line.plan.agency)

    listed = operator.get(reverse("fieldwork:visit-list")).context["page"].rows
    assert listed == [seen]
    assert [operator.get(each.get_absolute_url()).status_code for each in (seen, other, waiting)] == [200, 404, 404]
    for _ in range(2):
        operator.post(reverse("fieldwork:visit-reply", args=[seen.pk]), {"text": "Label dibahas minggu depan."})
    assert VisitReply.objects.get().text == "Label dibahas minggu depan."
    assert operator.get(reverse("fieldwork:visit-step", args=[seen.pk, "return"])).status_code == 403
    page = operator.get(reverse("profiles:activity-detail", args=[line.pk])).content.decode()
    assert seen.text in page
    assert other.text not in page


def test_coordinator_asks_and_the_author_answers(client_as, facilitator, placement):
    report = FieldReportFactory(placement=placement)
    coordinator = client_as("coordinator")
    step = reverse("fieldwork:visit-step", args=[report.pk, "return"])

    coordinator.post(step, {"seen": "SENT", "note": "Berapa kilogram?"})
    assert Notification.objects.get(user=placement.facilitator.user).detail.endswith("Berapa kilogram?")
    home = facilitator.get(reverse("fieldwork:field-home")).content.decode()
    assert "Berapa kilogram?" in home
    answer = reverse("fieldwork:visit-step", args=[report.pk, "answer"])
    assert coordinator.get(answer).status_code == 403
    facilitator.post(answer, {"seen": "RETURNED", "note": "Empat puluh."})

    report.refresh_from_db()
    assert (report.status, VisitReply.objects.get().text) == ("SENT", "Empat puluh.")


def test_reply_is_told_to_the_author_once_also_without_a_signal(client_as, facilitator, placement, line):
    report = FieldReportFactory(placement=placement)
    VisitedLineFactory(report=report, plan_line=line)
    operator, reply = (
        client_as("agency_operator", at=line.plan.agency),
        reverse("fieldwork:visit-reply", args=[report.pk]),
    )

    for _click in range(2):
        operator.post(reply, {"text": "Label dibahas minggu depan."})
    facilitator.post(reply, {"text": "Terima kasih."})

    told = Notification.objects.get()
    assert told.user == placement.facilitator.user
    (news,) = facilitator.get(reverse("fieldwork:field-data")).json()["news"]
    assert news["title"] == f"{operator.user.name} membalas kunjungan Anda"
    assert news["detail"].endswith("Label dibahas minggu depan.")


def test_draft_is_its_authors_alone(client_as, facilitator, placement):
    draft = FieldReportFactory(draft=True, placement=placement)

    for person in (client_as("coordinator"), client_as("admin")):
        assert person.get(draft.get_absolute_url()).status_code == 404
        assert person.get(reverse("fieldwork:visit-list")).context["page"].rows == []
    assert draft in facilitator.get(reverse("fieldwork:field-home")).context["home"].open


def test_compliance_names_villages_without_a_visit_for_those_who_see_all(client_as, placement):
    ReportingPeriodFactory()
    url, heading = reverse("reporting:compliance"), "1 dari 1 desa tanpa kunjungan pendamping, September 2019"

    page = client_as("coordinator").get(url).content.decode()
    assert heading in page
    assert placement.target_location.village.name in page
    assert heading not in client_as("agency_operator").get(url).content.decode()


def test_home_names_villages_without_a_visit(client_as, facilitator, placement):
    page = client_as("coordinator").get(reverse("dashboards:home")).content.decode()
    assert "Desa tanpa kunjungan pendamping, September 2019" in page
    assert placement.target_location.village.name in page

    own = facilitator.get(reverse("dashboards:home")).content.decode()
    assert "Belum ada kunjungan yang terkirim, Oktober 2019" in own
