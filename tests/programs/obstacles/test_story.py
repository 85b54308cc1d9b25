"""Obstacles to their end: raised, sent on, answered, sent back, passed on, closed; and two people at once."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from p2emas import clock
from p2emas.naming import said
from p2emas.workflow.models import StepConflict, StepNotAllowed
from programs.models import Obstacle, ObstacleFile
from programs.obstacles.querysets import answering_agencies
from programs.obstacles.services import send_obstacle
from tests.conftest import TODAY
from tests.factories import (
    ActivityFactory,
    AgencyFactory,
    AssignmentFactory,
    DistrictFactory,
    HolidayFactory,
    ObstacleFactory,
    TargetLocationFactory,
    VillageFactory,
)
from tests.people import lead_agency
from tests.programs.reporting.filling.test_files import jpeg
from tests.programs.reporting.helpers import text_of

LIST, HOME = reverse("obstacles:obstacle-list"), reverse("dashboards:home")
RAISE = reverse("obstacles:obstacle-raise")


def page_of(name: str, obstacle: Obstacle, *args: str) -> str:
    return reverse(f"obstacles:obstacle-{name}", args=[obstacle.pk, *args])


def send(client, obstacle, name="route", **data):
    obstacle.refresh_from_db()
    typed = {"seen": obstacle.status, "since": obstacle.held_since, "days": "5"} | data
    return client.post(page_of("send", obstacle, name), typed)


def answer(client, obstacle, text="Penyedia baru ditunjuk.", **data):
    typed = {"seen": "ROUTED", "answer": text, "promised_on": "29-11-2019"} | data
    return client.post(page_of("answer", obstacle), typed)


def step(client, obstacle, name, note=""):
    obstacle.refresh_from_db()
    return client.post(page_of("step", obstacle, name), {"seen": obstacle.status, "note": note})


def test_obstacle_of_a_facilitator_comes_to_its_end(client_as):
    village = TargetLocationFactory().village
    facilitator, coordinator = client_as("facilitator", village=village), client_as("coordinator")
    first, second = client_as("agency_operator"), client_as("agency_operator")
    wrong, right = (each.user.current_assignments[0].agency for each in (first, second))

    with clock.at(date(2019, 10, 8)):
        link = f"{RAISE}?desa={village.pk}"
        assert link.replace("&", "&amp;") in facilitator.get(village.get_absolute_url()).content.decode()
        assert str(village.pk) in facilitator.get(link).content.decode()
        typed = {"text": "Kemasan cabai ditolak toko.", "kind": "MARKET", "village": village.pk, "cause": "Izin edar"}
        facilitator.post(RAISE, typed)
        obstacle = Obstacle.objects.get()
        assert (obstacle.raised_by_user, obstacle.raised_by, obstacle.status) == (facilitator.user, None, "REPORTED")
        assert "Kendala belum diteruskan" in text_of(coordinator.get(HOME))
        assert first.get(obstacle.get_absolute_url()).status_code == 404
        send(coordinator, obstacle, responsible=wrong.pk)
    obstacle.refresh_from_db()
    assert (obstacle.status, obstacle.responsible, obstacle.due_on) == ("ROUTED", wrong, date(2019, 10, 15))

    with clock.at(date(2019, 10, 9)):
        assert "Kendala menunggu jawaban Anda" in text_of(first.get(HOME))
        done = step(first, obstacle, "decline", "Izin edar bukan urusan kami, tetapi Dinas Kesehatan.")
        assert done.url == LIST and first.get(obstacle.get_absolute_url()).status_code == 404
        assert "bukan urusan kami" in text_of(coordinator.get(obstacle.get_absolute_url()))
        send(coordinator, obstacle, responsible=right.pk)

    with clock.at(date(2019, 10, 17)):  # due on the 16th
        assert list(Obstacle.objects.for_agenda(clock.today())) == [obstacle]
        assert "lewat 1 hari kerja" in text_of(second.get(HOME))
        assert "Kendala lewat batas jawaban" in text_of(coordinator.get(HOME))
        assert "lewat batas jawaban" in text_of(second.get(LIST))
        answer(second, obstacle)
        assert list(Obstacle.objects.for_agenda(clock.today())) == []

    with clock.at(date(2019, 10, 18)):
        assert "Jawaban kendala menunggu Anda" in text_of(facilitator.get(HOME))
        assert "Penyedia baru ditunjuk." in text_of(facilitator.get(obstacle.get_absolute_url()))
        send(facilitator, obstacle, "send_back", note="Belum ada tanggal kontrak.", days="3")
        obstacle.refresh_from_db()
        assert (obstacle.status, obstacle.due_on, obstacle.answer) == ("ROUTED", date(2019, 10, 23), "")
        assert "Belum ada tanggal kontrak." in text_of(second.get(obstacle.get_absolute_url()))
        answer(second, obstacle, "Kontrak 21 Oktober.")

    with clock.at(date(2019, 10, 21)):
        step(facilitator, obstacle, "close")
    obstacle.refresh_from_db()
    assert obstacle.status == "SOLVED" and obstacle.closed_at.date() == date(2019, 10, 21)
    history = text_of(second.get(page_of("history", obstacle)))
    for words in ("Penyedia baru ditunjuk.", "Belum ada tanggal kontrak.", "Kontrak 21 Oktober.", "bukan urusan kami"):
        assert words in history
    assert "selesai dalam 13 hari" in text_of(coordinator.get(obstacle.get_absolute_url()))
    assert obstacle.open_steps(facilitator.user) == obstacle.open_steps(coordinator.user) == []


@pytest.mark.parametrize("raised", ["by a facilitator", "by an agency"])
def test_answer_that_nobody_there_accepts_waits_for_a_coordinator(client_as, raised):
    village, agency = TargetLocationFactory().village, AgencyFactory()
    coordinator, operator = client_as("coordinator"), client_as("agency_operator")
    if raised == "by a facilitator":
        raiser = client_as("facilitator", village=village)
        ended, raised_by = raiser.user.village_scopes, None
    else:
        raiser = client_as("agency_operator", at=agency)
        ended, raised_by = raiser.user.assignments, agency
    obstacle = ObstacleFactory(
        answered=True, raised_by=raised_by, raised_by_user=raiser.user, village=village,
        responsible=operator.user.current_assignments[0].agency, answered_by=operator.user,
    )  # fmt: skip
    of_others = ObstacleFactory(answered=True, village=village)
    AssignmentFactory(role="agency_operator", agency=of_others.raised_by)
    waits, own = "Jawaban kendala menunggu Anda", {"status": "saya"}

    assert waits in text_of(raiser.get(HOME)) and waits not in text_of(coordinator.get(HOME))
    assert list(coordinator.get(LIST, own).context["page"]) == []

    ended.update(valid_until=date(2019, 10, 7))
    home = coordinator.get(HOME)
    assert waits in text_of(home) and obstacle.get_absolute_url() in home.text
    assert list(coordinator.get(LIST, own).context["page"]) == [obstacle]
    page = text_of(coordinator.get(obstacle.get_absolute_url()))
    assert said("{Office} menutup kendala ini atau mengembalikannya") in page
    step(coordinator, obstacle, "close")
    obstacle.refresh_from_db()
    assert obstacle.status == "SOLVED" and waits not in text_of(coordinator.get(HOME))


def test_answer_waits_for_the_facilitator_who_came_after(client_as):
    village = TargetLocationFactory().village
    before, coordinator = client_as("facilitator", village=village), client_as("coordinator")
    ObstacleFactory(answered=True, raised_by=None, raised_by_user=before.user, village=village)
    before.user.village_scopes.update(valid_until=date(2019, 10, 7))
    after = client_as("facilitator", village=village)
    waits = "Jawaban kendala menunggu Anda"

    assert waits in text_of(after.get(HOME)) and waits not in text_of(coordinator.get(HOME))
    after.user.assignments.update(valid_until=date(2019, 10, 7))
    assert waits in text_of(coordinator.get(HOME))


def test_office_of_a_kecamatan_gets_the_one_step_to_answer(client_as):
    district = DistrictFactory()
    village = VillageFactory(district=district)
    camat = client_as("district_admin", at=district.office)
    obstacle = ObstacleFactory(routed=True, responsible=district.office, village=village)

    assert [name for name, _step in obstacle.open_steps(camat.user)] == ["answer"]
    assert "Jawab" in text_of(camat.get(HOME)) and camat.get(RAISE).status_code == 403
    answer(camat, obstacle, "Jembatan ditutup sementara.")
    obstacle.refresh_from_db()
    assert (obstacle.status, obstacle.answered_by) == ("ANSWERED", camat.user)
    assert camat.get(page_of("step", obstacle, "close")).status_code == 403


def test_files_come_along_and_only_those_who_see_the_obstacle_open_them(client_as):
    agency = AgencyFactory()
    operator, stranger = client_as("agency_operator", at=agency), client_as("agency_operator")
    activity = ActivityFactory(agency=agency, year=2019)

    operator.post(
        RAISE,
        {"text": "Penyedia mundur.", "kind": "PROCUREMENT", "activity": activity.pk, "attached": jpeg("surat.jpg")},
    )
    obstacle = Obstacle.objects.get()

    file = ObstacleFile.objects.get()
    assert (file.obstacle, file.kind, obstacle.raised_by) == (obstacle, "RAISED", agency)
    assert operator.get(file.get_absolute_url()).status_code == 200
    assert stranger.get(file.get_absolute_url()).status_code == 404
    assert "surat.jpg" in text_of(operator.get(obstacle.get_absolute_url()))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"text": ""}, "Isi apa kendalanya"),
        ({"kind": ""}, "Pilih jenis"),
        ({"activity": ""}, "Pilih desa atau kegiatan yang terkendala"),
        ({"activity": "99999"}, "Pilih salah satu dari daftar"),
        ({"attached": "palsu"}, "Isi berkas ini bukan jenis yang diterima"),
    ],
)
def test_wrong_form_says_why_and_keeps_what_was_typed(client_as, typed, sentence):
    agency = AgencyFactory()
    activity = ActivityFactory(agency=agency, year=2019)
    data = {"text": "Penyedia mundur.", "kind": "PROCUREMENT", "activity": activity.pk, "cause": "Uang muka"} | typed
    if "attached" in data:
        data["attached"] = SimpleUploadedFile("surat.pdf", b"bukan pdf")

    response = client_as("agency_operator", at=agency).post(RAISE, data)

    assert response.status_code == 200 and sentence in text_of(response) and "Uang muka" in response.content.decode()
    assert not Obstacle.objects.exists()


def test_facilitator_chooses_among_the_own_villages_alone(client_as):
    other = TargetLocationFactory().village
    client = client_as("facilitator", village=TargetLocationFactory().village)

    response = client.post(RAISE, {"text": "Hama tikus.", "kind": "WEATHER", "village": other.pk})

    assert response.status_code == 200 and not Obstacle.objects.exists()
    assert other.name not in text_of(client.get(f"{RAISE}?desa={other.pk}"))


# --- Who closes ----------------------------------------------------------------------------------------------------


def closers(obstacle, people) -> set[str]:
    return {who for who, user in people.items() if obstacle.may_take(user, "close")}


def test_who_answers_does_not_close_an_obstacle_of_the_own_agency(user_as):
    agency, village = AgencyFactory(), VillageFactory()
    people = {
        "coordinator": user_as("coordinator"),
        "facilitator": user_as("facilitator", village=village),
        "facilitator elsewhere": user_as("facilitator", village=VillageFactory()),
        "colleague": user_as("agency_operator", at=agency),
        "other agency": user_as("agency_operator"),
        "auditor": user_as("auditor"),
    }
    people["raiser"] = people["colleague"]
    one = ObstacleFactory(
        answered=True, raised_by=agency, responsible=agency, village=village, raised_by_user=people["colleague"]
    )
    two = ObstacleFactory(answered=True, raised_by=agency, village=village, raised_by_user=people["colleague"])

    assert closers(one, people) == {"coordinator", "facilitator"}
    assert closers(two, people) == {"coordinator", "facilitator", "colleague", "raiser"}


def test_who_wrote_the_answer_never_closes_it_in_another_role(user_as):
    answerer = user_as("agency_operator", at=lead_agency())
    AssignmentFactory(user=answerer, agency=lead_agency(), role="coordinator")
    answerer = type(answerer).objects.get(pk=answerer.pk)
    obstacle = ObstacleFactory(answered=True, responsible=lead_agency(), answered_by=answerer)

    assert not obstacle.may_take(answerer, "close") and not obstacle.may_take(answerer, "send_back")
    assert obstacle.may_take(user_as("coordinator"), "close")


# --- To whom, and until when --------------------------------------------------------------------------------------


def test_only_an_agency_where_somebody_can_answer_is_offered(db):
    operated, office = AssignmentFactory().agency, DistrictFactory().office
    AssignmentFactory(agency=office, role="district_admin")
    AssignmentFactory(agency=AgencyFactory(member_from=None))
    AssignmentFactory(role="agency_head")
    AssignmentFactory(valid_until=date(2019, 10, 7))
    AssignmentFactory(user__is_active=False)
    AgencyFactory()

    assert set(answering_agencies(TODAY)) == {operated, office}


def test_due_date_leaves_out_weekends_and_holidays(client_as):
    obstacle, agency = ObstacleFactory(), AssignmentFactory().agency
    HolidayFactory(date=date(2019, 10, 14))

    send(client_as("coordinator"), obstacle, responsible=agency.pk, days="5")

    obstacle.refresh_from_db()
    assert obstacle.due_on == date(2019, 10, 16)  # Tuesday the 8th; Monday the 14th is no working day


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"responsible": ""}, "Pilih siapa yang menjawab"),
        ({"responsible": "999999"}, "Galat"),
        ({"days": "0"}, "Galat"),
        ({"days": "999"}, "Galat"),
        ({"days": "besok"}, "Galat"),
    ],
)
def test_wrong_sending_says_why(client_as, data, sentence):
    obstacle, agency = ObstacleFactory(), AssignmentFactory().agency

    response = send(client_as("coordinator"), obstacle, **{"responsible": agency.pk} | data)

    assert response.status_code == 200 and sentence in text_of(response)
    obstacle.refresh_from_db()
    assert (obstacle.status, obstacle.responsible) == ("REPORTED", None)


def test_passing_on_needs_a_reason_and_another_agency(client_as):
    obstacle = ObstacleFactory(routed=True)
    AssignmentFactory(agency=obstacle.responsible)
    other, client = AssignmentFactory().agency, client_as("coordinator")

    assert "Tulis alasannya" in text_of(send(client, obstacle, "pass_on", responsible=other.pk))
    assert "Galat" in text_of(send(client, obstacle, "pass_on", responsible=obstacle.responsible_id, note="Sama."))
    assert send(client, obstacle, "pass_on", responsible=other.pk, note="Izin edar.").status_code == 302

    obstacle.refresh_from_db()
    assert (obstacle.status, obstacle.responsible) == ("ROUTED", other)


def test_obstacle_that_ended_by_itself_is_closed_with_a_reason(client_as):
    agency = AgencyFactory()
    obstacle = ObstacleFactory(raised_by=agency)
    client = client_as("agency_operator", at=agency)

    assert "Tulis alasannya" in text_of(step(client, obstacle, "settle"))
    assert step(client, obstacle, "settle", "Air surut, jalan terbuka.").status_code == 302
    obstacle.refresh_from_db()
    assert obstacle.status == "SOLVED" and obstacle.closed_at is not None


# --- Two people at once ---------------------------------------------------------------------------------------------


def test_second_answer_overwrites_nothing_and_shows_both(client_as):
    obstacle = ObstacleFactory(routed=True)
    first, second = (client_as("agency_operator", at=obstacle.responsible) for _each in range(2))
    answer(first, obstacle, "Jawaban pertama.")

    late = answer(second, obstacle, "Jawaban kedua.")

    assert late.status_code == 409
    assert "Jawaban pertama." in text_of(late) and "Jawaban kedua." in text_of(late)
    obstacle.refresh_from_db()
    assert (obstacle.answer, obstacle.answered_by) == ("Jawaban pertama.", first.user)
    assert answer(first, obstacle, "Jawaban pertama.").status_code == 302  # a second click
    assert obstacle.status_changes().count() == 1


def test_answer_of_an_agency_that_has_it_no_longer_is_not_taken(client_as):
    obstacle = ObstacleFactory(routed=True)
    operator = client_as("agency_operator", at=obstacle.responsible)
    other = AssignmentFactory().agency
    send(client_as("coordinator"), obstacle, "pass_on", responsible=other.pk, note="Izin edar.")

    assert answer(operator, obstacle).status_code == 404
    obstacle.refresh_from_db()
    assert (obstacle.status, obstacle.answer) == ("ROUTED", "")


def test_closing_and_sending_back_at_once_take_one_step(client_as):
    obstacle = ObstacleFactory(answered=True)
    raiser, coordinator = client_as("agency_operator", at=obstacle.raised_by), client_as("coordinator")
    step(raiser, obstacle, "close", "Sudah jalan.")

    late = coordinator.post(
        page_of("send", obstacle, "send_back"),
        {"seen": "ANSWERED", "since": obstacle.held_since, "days": "5", "note": "Belum."},
    )

    assert late.status_code == 409 and "Selesai" in text_of(late)
    obstacle.refresh_from_db()
    assert obstacle.status == "SOLVED" and [c.step for c in obstacle.status_changes()] == ["close"]
    assert step(coordinator, obstacle, "close").status_code == 409


def test_passed_on_twice_at_once_it_stays_with_the_first(user_as):
    obstacle = ObstacleFactory(routed=True)
    first, second, since = AgencyFactory(), AgencyFactory(), obstacle.held_since
    words = {"name": "pass_on", "due_on": date(2019, 11, 1), "seen": "ROUTED", "since": since, "note": "Pindah."}
    send_obstacle(obstacle=obstacle, responsible=first, actor=user_as("coordinator"), **words)

    with pytest.raises(StepConflict):
        send_obstacle(obstacle=obstacle, responsible=second, actor=user_as("coordinator"), **words)

    obstacle.refresh_from_db()
    assert obstacle.responsible == first
    again = words | {"since": obstacle.held_since}
    with pytest.raises(StepNotAllowed):
        send_obstacle(obstacle=obstacle, responsible=first, actor=user_as("coordinator"), **again)


def test_second_click_on_sending_is_no_conflict(client_as):
    obstacle, agency, client = ObstacleFactory(), AssignmentFactory().agency, client_as("coordinator")
    data = {"seen": "REPORTED", "since": "", "days": "5", "responsible": agency.pk}

    first, again = (client.post(page_of("send", obstacle, "route"), data) for _each in range(2))

    assert first.status_code == again.status_code == 302
    assert obstacle.status_changes().count() == 1


# --- What the database keeps ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "wrong"),
    [
        ("sent_to_whom", {"status": "ROUTED"}),
        ("sent_to_whom", {"status": "ANSWERED", "answer": "Sudah.", "answered_at": clock.now()}),
        ("answered_what", {"answered": True, "answer": ""}),
        ("has_a_place", {"standalone": True}),
    ],
)
def test_wrong_row_is_refused(db, rule, wrong):
    with pytest.raises(IntegrityError, match=f"programs_obstacle_{rule}"), transaction.atomic():
        ObstacleFactory(**wrong)
