"""Meetings from one click to what became of the promises: prepared, invited, held, closed by who promised."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from p2emas import clock
from p2emas.naming import said
from p2emas.workflow.models import StepConflict
from programs.coordination.gathering import gather_agenda
from programs.coordination.querysets import addressed_agencies
from programs.coordination.services import add_action_item, edit_agenda, edit_line, edit_meeting, invite_to_meeting
from programs.coordination.unanswered import unanswered_after_meetings
from programs.models import ActionItem, AgendaLine, Meeting, Obstacle
from programs.obstacles.querysets import answering_agencies
from tests.conftest import TODAY
from tests.factories import (
    ActionItemFactory,
    AgencyFactory,
    AgendaLineFactory,
    DistrictFactory,
    MeetingAttendanceFactory,
    MeetingFactory,
    ObstacleFactory,
    OfficialFactory,
    ProgressReportFactory,
    TargetLocationFactory,
    UserFactory,
)
from tests.people import person_as
from tests.programs.reporting.helpers import text_of

pytestmark = pytest.mark.django_db
TODAY_NOON = datetime(2019, 10, 8, 5, tzinfo=UTC)
LIST, CREATE = reverse("coordination:meeting-list"), reverse("coordination:meeting-create")
ITEMS, HOME = reverse("coordination:item-list"), reverse("dashboards:home")


def page_of(name: str, record, *args) -> str:
    return reverse(f"coordination:{name}", args=[record.pk, *args])


def step(client, record, name, note=""):
    record.refresh_from_db()
    kind = "meeting" if isinstance(record, Meeting) else "item"
    return client.post(page_of(f"{kind}-step", record, name), {"seen": record.status, "note": note})


def prepare(client, **data) -> Meeting:
    agencies = client.get(CREATE).context["form"].initial["agencies"]
    typed = {
        "held_on": "15-10-2019",
        "starts": "09.00",
        "place": "Ruang rapat",
        "subject": "Rakor",
        "agencies": agencies,
    }
    answer = client.post(CREATE, typed | data)
    assert answer.status_code == 302, answer.context["form"].errors
    return Meeting.objects.get()


@pytest.fixture
def coordinator(client_as):
    return client_as("coordinator")


@pytest.fixture
def operator(client_as):
    return client_as("agency_operator")


@pytest.fixture
def agency(operator):
    return operator.user.current_assignments[0].agency


# --- The agenda -----------------------------------------------------------------------------------------------------


def test_agenda_is_gathered_in_one_click(coordinator, agency):
    late = ObstacleFactory(routed=True, responsible=agency, due_on=date(2019, 10, 1), text="Penyedia mundur")
    ObstacleFactory(routed=True, due_on=date(2019, 11, 1))
    ProgressReportFactory(due_on=date(2019, 10, 4))
    idle = TargetLocationFactory()
    MeetingFactory(held=True)
    open_item = ActionItemFactory(meeting=Meeting.objects.get(), responsible=agency, text="Hitung benih")
    done = ActionItemFactory(meeting=open_item.meeting, done=True, text="Catat toko")
    Meeting.objects.filter(pk=open_item.meeting_id).update(subject="Yang lalu")

    answer = coordinator.post(
        CREATE,
        {
            "held_on": "15-10-2019",
            "starts": "9:00",
            "place": "Ruang rapat",
            "subject": "Rakor triwulan",
            "agencies": [agency.pk],
        },
        follow=True,
    )

    shown = {row.line.kind: row for row in answer.context["shown"].agenda}
    assert [*shown][:4] == ["PROMISES", "OBSTACLES", "REPORTS", "VILLAGES"]
    assert shown["OBSTACLES"].title == "Satu kendala yang batas jawabannya lewat"
    assert "Satu kendala lain masih terbuka" in shown["OBSTACLES"].detail
    assert shown["OBSTACLES"].obstacles == (late,)
    assert shown["PROMISES"].detail == "1 dari 2 masih terbuka"
    assert idle.village.name in shown["VILLAGES"].detail
    assert [row.item for row in answer.context["shown"].promises] == [open_item, done]
    assert "Janji rapat lalu: 1 dari 2 selesai" in text_of(answer)


def test_agenda_follows_the_data_until_the_invitation(coordinator):
    meeting = prepare(coordinator)
    assert gather_agenda(meeting, TODAY) == {}
    late = ObstacleFactory(routed=True, due_on=date(2019, 10, 1))
    assert "OBSTACLES" in gather_agenda(meeting, TODAY)

    step(coordinator, meeting, "invite")
    Obstacle.objects.filter(pk=late.pk).update(status="SOLVED")
    ObstacleFactory(routed=True, due_on=date(2019, 10, 2))

    page = coordinator.get(meeting.get_absolute_url())
    assert [(row.line.kind, row.obstacles) for row in page.context["shown"].agenda] == [("OBSTACLES", (late,))]
    meeting.refresh_from_db()
    assert (meeting.status, meeting.invited_at.date()) == ("INVITED", TODAY)


def test_obstacle_that_becomes_overdue_after_the_invitation_is_added(coordinator):
    meeting = prepare(coordinator)
    first = ObstacleFactory(routed=True, due_on=date(2019, 10, 1))
    step(coordinator, meeting, "invite")
    late = ObstacleFactory(routed=True, due_on=date(2019, 10, 11), text="Terpal belum datang")
    ObstacleFactory(routed=True, due_on=date(2019, 10, 15), text="Belum lewat pada hari rapat")

    page = coordinator.get(meeting.get_absolute_url())
    assert "Menyusul sejak undangan" in text_of(page)
    assert page.context["shown"].added == (late,)
    with clock.at(date(2019, 10, 15)):
        step(coordinator, meeting, "close")

    line = meeting.agenda.get(kind="OBSTACLES")
    assert set(line.obstacles.all()) == {first, late} and "Menyusul: " in line.detail
    assert set(unanswered_after_meetings(date(2019, 10, 16))) == {first, late}


def test_obstacle_due_before_the_meeting_is_on_it(coordinator):
    meeting = prepare(coordinator)
    on_the_day = ObstacleFactory(routed=True, due_on=date(2019, 10, 15))
    ObstacleFactory(routed=True, due_on=date(2019, 10, 14))

    found = gather_agenda(meeting, TODAY)["OBSTACLES"].obstacles

    assert len(found) == 1
    assert on_the_day not in found


def test_meeting_of_the_past_has_nothing_of_what_is_open_now(coordinator):
    ObstacleFactory(routed=True, due_on=date(2019, 10, 1))
    meeting = prepare(coordinator, held_on="18-05-2017")

    assert gather_agenda(meeting, TODAY) == {}
    step(coordinator, meeting, "close")

    assert not meeting.agenda.exists()
    meeting.refresh_from_db()
    assert meeting.status == "HELD"


def test_lines_are_left_out_and_added(coordinator):
    ObstacleFactory(routed=True, due_on=date(2019, 10, 1))
    meeting = prepare(coordinator)
    data = {"seen": "PREPARED", "new": "Pameran tenun"}

    coordinator.post(page_of("meeting-agenda", meeting), data)
    coordinator.post(page_of("meeting-agenda", meeting), data)  # a second click

    shown = coordinator.get(meeting.get_absolute_url()).context["shown"].agenda
    assert [(row.title[:12], row.line.included) for row in shown] == [("Satu kendala", False), ("Pameran tenu", False)]
    assert meeting.agenda.filter(included=True).count() == 5  # kinds with nothing to say keep what was chosen


def lines_of(client, meeting) -> list:
    return client.get(meeting.get_absolute_url()).context["shown"].agenda


def edit(client, line, **typed):
    """Send the form of one line with what it shows, and ``typed`` instead."""
    address = page_of("agenda-line", line.meeting, line.pk)
    form = client.get(address).context["form"]
    return client.post(
        address, {name: "" if (value := form[name].value()) is None else value for name in form.fields} | typed
    )


def test_words_of_a_line_replace_the_data_until_they_are_emptied(coordinator):
    ObstacleFactory(routed=True, due_on=date(2019, 10, 1))
    meeting = prepare(coordinator)
    (row,) = lines_of(coordinator, meeting)

    edit(coordinator, row.line, presenter="Camat Ambalau", minutes_planned="25")
    ObstacleFactory(routed=True, due_on=date(2019, 10, 2))
    (row,) = lines_of(coordinator, meeting)
    assert (row.title, row.presenter, row.minutes) == ("Dua kendala yang batas jawabannya lewat", "Camat Ambalau", 25)
    assert not row.is_own

    edit(coordinator, row.line, title="  Kendala benih\n dan jalan ")
    Obstacle.objects.update(status="SOLVED", closed_at=TODAY_NOON)
    (row,) = lines_of(coordinator, meeting)  # nothing is overdue, and what somebody wrote is not lost
    assert (row.title, row.is_own) == ("Kendala benih dan jalan", False)
    ObstacleFactory(routed=True, due_on=date(2019, 10, 1))
    page = coordinator.get(meeting.get_absolute_url())
    assert "Ditulis sendiri, tidak mengikuti data" in text_of(page) and "Kendala benih dan jalan" in text_of(page)

    edit(coordinator, row.line, title="")
    assert [row.title for row in lines_of(coordinator, meeting)] == ["Satu kendala yang batas jawabannya lewat"]


def test_invitation_keeps_what_was_written(coordinator):
    late = ObstacleFactory(routed=True, due_on=date(2019, 10, 1))
    meeting = prepare(coordinator)
    (row,) = lines_of(coordinator, meeting)
    edit(coordinator, row.line, title="Kendala benih")

    step(coordinator, meeting, "invite")

    line = meeting.agenda.get()
    assert (line.title, line.presenter, line.minutes_planned) == ("Kendala benih", "Penjawab masing-masing", 40)
    assert list(line.obstacles.all()) == [late]
    edit(coordinator, line, title="Benih dan jalan", included="")
    line.refresh_from_db()
    assert (line.title, line.included) == ("Benih dan jalan", False)
    refused = edit(coordinator, line, title="", detail="Yang diketik tetap")
    assert refused.status_code == 200 and "Tulis butirnya" in text_of(refused)
    assert "Yang diketik tetap" in refused.text


def test_line_moves_to_its_place_and_the_hidden_ones_keep_theirs(coordinator):
    meeting = prepare(coordinator)  # six kinds that have nothing to say today
    lines = [AgendaLineFactory(meeting=meeting, title=title, position=90 + at) for at, title in enumerate("abcd")]

    for line, place, expected in ((lines[3], "1", "dabc"), (lines[0], "3", "dbac"), (lines[0], "3", "dbac")):
        edit(coordinator, line, place=place)
        assert "".join(row.title for row in lines_of(coordinator, meeting)) == expected
    assert [line.kind for line in meeting.agenda.all()][:6] == [kind for kind in AgendaLine.Kind if kind != "OTHER"]
    for wrong in ("0", "5", "satu", "9" * 40):
        refused = edit(coordinator, lines[1], place=wrong, title="Diketik")
        assert refused.status_code == 200 and 'value="Diketik"' in refused.text, wrong
    assert "".join(row.title for row in lines_of(coordinator, meeting)) == "dbac"


def test_two_who_edit_a_line_notice_each_other(coordinator):
    line = AgendaLineFactory(meeting=MeetingFactory(invited=True), title="Benih")
    address = page_of("agenda-line", line.meeting, line.pk)
    typed = {"seen": line.mark, "title": "Jalan", "semula-title": "Benih", "place": "1", "included": "on"}

    first, again = coordinator.post(address, typed), coordinator.post(address, typed)
    other = coordinator.post(address, typed | {"title": "Pupuk"})

    assert (first.status_code, again.status_code, other.status_code) == (302, 302, 409)
    assert "Orang lain menyimpan lebih dahulu" in text_of(other) and 'value="Pupuk"' in other.text
    line.refresh_from_db()
    assert line.title == "Jalan"


def test_lines_of_a_meeting_that_is_over_or_of_another_are_not_edited(coordinator, operator, agency):
    over, coming = AgendaLineFactory(meeting=MeetingFactory(held=True)), AgendaLineFactory()
    MeetingAttendanceFactory(meeting=over.meeting, agency=agency)

    address = page_of("agenda-line", over.meeting, over.pk)
    assert coordinator.get(address).url == over.meeting.get_absolute_url()
    refused = coordinator.post(address, {"title": "Terlambat", "place": "1"})
    assert refused.status_code == 409 and 'value="Terlambat"' in refused.text
    assert "Yang Anda tulis belum disimpan" in text_of(refused)
    assert coordinator.get(page_of("agenda-line", coming.meeting, over.pk)).status_code == 404
    assert operator.get(page_of("agenda-line", over.meeting, over.pk)).status_code == 403
    with pytest.raises(StepConflict):
        edit_line(line=over, changed={"title": "x"}, place=1, shown=[over.pk], seen=over.mark)
    over.refresh_from_db()
    assert over.title != "x"


def test_refused_line_keeps_the_boxes_as_they_were_sent(coordinator):
    meeting = MeetingFactory(invited=True)
    kept, left = AgendaLineFactory(meeting=meeting), AgendaLineFactory(meeting=meeting)

    page = coordinator.post(
        page_of("meeting-agenda", meeting), {"seen": "INVITED", "included": [kept.pk], "new": "x" * 201}
    )

    assert page.context["form"].ticked == {str(kept.pk)} and "x" * 201 in page.text
    assert left.meeting.agenda.filter(included=True).count() == 2


def test_agenda_of_a_meeting_that_is_over_is_not_edited(coordinator):
    meeting = MeetingFactory(held=True)

    answer = coordinator.post(page_of("meeting-agenda", meeting), {"seen": "PREPARED", "new": "Terlambat"})

    assert answer.status_code == 409
    assert "Agenda tidak disimpan" in text_of(answer)
    assert not meeting.agenda.exists()
    with pytest.raises(StepConflict):
        edit_agenda(meeting=meeting, included=set(), new="", seen="HELD")


# --- Who sees it ----------------------------------------------------------------------------------------------------


def test_agencies_see_meetings_that_invited_them(coordinator, operator, agency, client_as):
    meeting = prepare(coordinator, agencies=[agency.pk])
    AgendaLineFactory(meeting=meeting, title="Dibahas")
    AgendaLineFactory(meeting=meeting, title="Dibuang", included=False)
    stranger = client_as("agency_operator")

    assert operator.get(meeting.get_absolute_url()).status_code == 404
    step(coordinator, meeting, "invite")

    page = text_of(operator.get(meeting.get_absolute_url()))
    assert "Dibahas" in page
    assert "Dibuang" not in page
    assert stranger.get(meeting.get_absolute_url()).status_code == 404
    assert "Belum ada rapat yang mengundang Anda" in text_of(stranger.get(LIST))


def test_agency_reads_only_its_own_promises_before_the_meeting(operator, agency):
    meeting = MeetingFactory(invited=True)
    MeetingAttendanceFactory(meeting=meeting, agency=agency)
    mine = ActionItemFactory(responsible=agency, text="Punya kami")
    ActionItemFactory(text="Punya orang lain")

    page = operator.get(meeting.get_absolute_url())

    assert [row.item for row in page.context["shown"].promises] == [mine]
    assert "Punya orang lain" not in text_of(page)


# --- Action items ---------------------------------------------------------------------------------------------------


def test_addressee_closes_from_the_home_page_in_two_page_loads(coordinator, operator, agency):
    meeting = MeetingFactory(held_on=TODAY)
    coordinator.post(
        page_of("item-add", meeting), {"text": "Hitung benih", "responsible": agency.pk, "due_on": "25-10-2019"}
    )
    item = ActionItem.objects.get()
    assert "Hitung benih" not in text_of(operator.get(HOME))  # the meeting is not over
    assert operator.get(item.get_absolute_url()).status_code == 404
    step(coordinator, meeting, "close")

    home = operator.get(HOME)
    task = next(each for each in home.context["page"].waiting if "Hitung benih" in each.title)
    form = operator.get(task.url)
    answer = operator.post(task.url, {"seen": "OPEN", "note": "1.200 ekor hidup."}, follow=True)

    assert form.status_code == 200
    assert "1.200 ekor hidup." in text_of(answer)
    item.refresh_from_db()
    assert (item.status, item.ended_by, item.ended_at.date()) == ("DONE", operator.user, TODAY)
    assert not [each for each in operator.get(HOME).context["page"].waiting if "Hitung benih" in each.title]


def test_coordinator_reopens_and_cancels(coordinator, operator, agency):
    item = ActionItemFactory(responsible=agency)
    assert step(operator, item, "reopen").status_code == 403
    step(operator, item, "close", "Sudah.")
    step(coordinator, item, "reopen", "Belum terlihat.")
    item.refresh_from_db()
    assert (item.status, item.ended_by, item.ended_at) == ("OPEN", None, None)

    assert step(operator, item, "cancel", "Tidak jadi.").status_code == 403
    step(coordinator, item, "cancel", "Diganti.")
    item.refresh_from_db()
    assert item.status == "CANCELLED"


def test_other_agency_does_not_close(client_as, agency):
    item = ActionItemFactory(responsible=agency)
    assert step(client_as("agency_operator"), item, "close", "Sudah.").status_code == 404
    item.refresh_from_db()
    assert item.status == "OPEN"


def test_open_items_come_back_at_every_meeting(coordinator):
    first = MeetingFactory(held=True, held_on=date(2019, 6, 1))
    second = MeetingFactory(held=True, held_on=date(2019, 9, 20))
    old_open = ActionItemFactory(meeting=first, due_on=date(2019, 7, 1))
    old_done = ActionItemFactory(meeting=first, done=True, created_at=TODAY_NOON.replace(month=6))
    last_done = ActionItemFactory(meeting=second, done=True)
    disposisi = ActionItemFactory(due_on=date(2019, 10, 30))
    ActionItem.objects.filter(pk=old_done.pk).update(ended_at=TODAY_NOON.replace(month=8))
    meeting = MeetingFactory(held_on=date(2019, 10, 15))

    page = coordinator.get(meeting.get_absolute_url())

    assert [row.item for row in page.context["shown"].promises] == [old_open, last_done, disposisi]


def test_late_items_are_on_the_home_of_coordinators(coordinator):
    ActionItemFactory(due_on=date(2019, 10, 1), text="Terlambat")
    ActionItemFactory(due_on=date(2019, 10, 30))

    home = coordinator.get(HOME)
    task = next(each for each in home.context["page"].waiting if each.title == "Tindak lanjut lewat batas")
    rows = coordinator.get(task.url).context["rows"]

    assert [(row.item.text, row.late) for row in rows] == [("Terlambat", 5)]


def test_item_of_an_agency_without_accounts_waits_for_the_coordinators(coordinator, client_as):
    office = AgencyFactory(short_name="Kantor bertiga")
    camat = DistrictFactory().office
    typed = {"text": "Pasang papan kegiatan", "responsible": office.pk, "due_on": "25-10-2019"}

    coordinator.post(reverse("coordination:disposisi-create"), typed)
    coordinator.post(reverse("coordination:disposisi-create"), typed | {"responsible": camat.pk})

    item, of_camat = ActionItem.objects.order_by("pk")
    assert (item.responsible, of_camat.responsible) == (office, camat)
    found = {each.title: each for each in coordinator.get(HOME).context["page"].waiting}
    task = found["Tindak lanjut Kantor bertiga: Pasang papan kegiatan"]
    assert "Anda yang mencatat hasilnya" in task.sentence
    assert said("{office} mencatat hasilnya") in text_of(coordinator.get(item.get_absolute_url()))
    assert {row.item for row in coordinator.get(f"{ITEMS}?status=tanpa-akun").context["rows"]} == {item, of_camat}
    coordinator.post(task.url, {"seen": "OPEN", "note": "Papan terpasang, dilaporkan lewat telepon."})
    item.refresh_from_db()
    assert (item.status, item.ended_by) == ("DONE", coordinator.user)

    operator = client_as("district_admin", at=camat)  # now somebody there can close it
    assert not [each for each in coordinator.get(HOME).context["page"].waiting if "Pasang papan" in each.title]
    assert [each for each in operator.get(HOME).context["page"].waiting if "Pasang papan" in each.title]
    assert "tanpa-akun" not in operator.get(ITEMS).text


def test_many_items_without_accounts_are_one_task(coordinator):
    agency = AgencyFactory()
    for _each in range(4):
        ActionItemFactory(responsible=agency)
    ActionItemFactory(responsible=agency, meeting=MeetingFactory(invited=True))

    (task,) = (each for each in coordinator.get(HOME).context["page"].waiting if "Tindak lanjut" in each.title)
    assert (task.count, task.title) == (4, "Tindak lanjut yang Anda tutup")
    assert len(coordinator.get(task.url).context["rows"]) == 4


def test_obstacle_is_not_sent_to_an_agency_without_accounts():
    agency = AgencyFactory()
    assert agency in addressed_agencies(TODAY) and agency not in answering_agencies(TODAY)


def test_list_is_filtered(coordinator, operator, agency):
    mine = ActionItemFactory(responsible=agency)
    other = ActionItemFactory()
    done = ActionItemFactory(responsible=agency, done=True)

    def rows(client, query: str) -> set[ActionItem]:
        return {row.item for row in client.get(ITEMS + query).context["rows"]}

    assert rows(coordinator, "") == {mine, other}
    assert rows(coordinator, "?status=semua") == {mine, other, done}
    assert rows(coordinator, f"?kepada={agency.code}&status=selesai") == {done}
    assert rows(coordinator, f"?q={other.text[-12:]}") == {other}
    assert rows(operator, "?status=saya") == {mine}
    assert rows(operator, "?status=semua") == {mine, done}


def test_second_click_is_one_item():
    meeting, by = MeetingFactory(), UserFactory()
    fields = {"meeting": meeting, "text": "Hitung", "responsible": AgencyFactory(), "due_on": TODAY}

    once = add_action_item(item=ActionItem(**fields), by=by)
    twice = add_action_item(item=ActionItem(**fields), by=by)

    assert once == twice


# --- Steps of a meeting ---------------------------------------------------------------------------------------------


def test_days_bound_the_steps(coordinator):
    future, past = MeetingFactory(held_on=date(2019, 10, 9)), MeetingFactory(held_on=date(2019, 10, 7))

    assert "Rapat ini baru pada 9 Oktober 2019" in text_of(step(coordinator, future, "close"))
    assert "Tanggal rapat ini sudah lewat" in text_of(step(coordinator, past, "invite"))
    with clock.at(date(2019, 10, 9)):
        assert step(coordinator, future, "close").status_code == 302


def test_meeting_with_open_items_is_not_called_off(coordinator):
    meeting = MeetingFactory(invited=True)
    item = ActionItemFactory(meeting=meeting)
    assert "tindak lanjut yang terbuka" in text_of(step(coordinator, meeting, "call_off", "Sakit"))

    step(coordinator, item, "cancel", "Rapat batal")
    step(coordinator, meeting, "call_off", "Sakit")

    meeting.refresh_from_db()
    assert meeting.status == "CANCELLED"
    assert coordinator.get(page_of("item-add", meeting)).status_code == 302


def test_edit_changes_who_is_invited(coordinator, agency):
    other = AgencyFactory()
    meeting = MeetingFactory()
    MeetingAttendanceFactory(meeting=meeting, agency=agency)
    data = {"held_on": "16-10-2019", "starts": "", "place": "Aula", "subject": "Rakor", "agencies": [other.pk]}
    data["seen"] = meeting.mark

    assert coordinator.post(page_of("meeting-edit", meeting), data).status_code == 302

    meeting.refresh_from_db()
    assert (meeting.held_on, meeting.starts, meeting.place) == (date(2019, 10, 16), None, "Aula")
    assert [row.agency for row in meeting.attendance.all()] == [other]
    assert coordinator.get(page_of("meeting-edit", MeetingFactory(held=True))).status_code == 302


def test_two_who_edit_a_meeting_notice_each_other(coordinator, agency):
    meeting = MeetingFactory(place="Aula")
    data = {"held_on": "16-10-2019", "starts": "", "subject": "Rakor", "agencies": [agency.pk]}
    data["seen"] = meeting.mark
    coordinator.post(page_of("meeting-edit", meeting), {**data, "place": "Pendopo"})

    late = coordinator.post(page_of("meeting-edit", meeting), {**data, "place": "Balai"})

    meeting.refresh_from_db()
    assert late.status_code == 409 and "Balai" in late.content.decode() and "lebih dahulu" in late.content.decode()
    assert meeting.place == "Pendopo"


def test_edit_writes_no_state_over_a_step(coordinator, agency):
    """The record was read before a colleague invited, and is saved after it."""
    meeting = MeetingFactory()
    MeetingAttendanceFactory(meeting=meeting, agency=agency)
    read_before, seen = Meeting.objects.get(pk=meeting.pk), meeting.mark
    step(coordinator, meeting, "invite")
    read_before.place = "Balai"

    edit_meeting(meeting=read_before, agencies=[agency], seen=seen, by=coordinator.user)

    meeting.refresh_from_db()
    assert (meeting.status, meeting.place) == ("INVITED", "Balai") and meeting.invited_at is not None


def test_wrong_input_is_a_sentence(coordinator):
    answer = coordinator.post(CREATE, {"held_on": "31-02-2019", "starts": "25.00", "agencies": ["9" * 30]})

    assert answer.status_code == 200
    assert {"held_on", "starts", "place", "subject", "agencies"} <= set(answer.context["form"].errors)


def test_page_offers_what_its_day_allows(coordinator):
    def offered(day: date) -> list[str]:
        page = coordinator.get(MeetingFactory(held_on=day).get_absolute_url())
        return [link.name for link in page.context["shown"].steps]

    assert offered(date(2019, 10, 9)) == ["invite", "call_off"]
    assert offered(TODAY) == ["invite", "close", "call_off"]
    assert offered(date(2019, 10, 7)) == ["close", "call_off"]


def test_day_is_proposed(coordinator):
    assert coordinator.get(CREATE).context["form"].initial["held_on"] == date(2019, 10, 15)


def test_two_invite_at_once():
    meeting = MeetingFactory()
    AgendaLineFactory(meeting=meeting, kind="OBSTACLES", title="")
    with pytest.raises(StepConflict):
        invite_to_meeting(meeting, seen="INVITED", actor=person_as("coordinator"), note="")
    assert meeting.agenda.exists()  # what was kept is taken back
    meeting.refresh_from_db()
    assert meeting.status == "PREPARED"


# --- Rules of the tables --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "fields", "name"),
    [
        (Meeting, {"subject": ""}, "programs_meeting_says_what_and_where"),
        (Meeting, {"status": "INVITED", "invited_at": None}, "programs_meeting_invited_when"),
        (AgendaLine, {"title": ""}, "programs_agendaline_says_what"),
        (ActionItem, {"text": ""}, "programs_actionitem_says_what"),
        (ActionItem, {"status": "DONE"}, "programs_actionitem_ended_when"),
    ],
)
def test_constraints_refuse(model, fields, name):
    made = {Meeting: MeetingFactory, AgendaLine: AgendaLineFactory, ActionItem: ActionItemFactory}[model]()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        model.objects.filter(pk=made.pk).update(**fields)


def test_agenda_has_a_kind_once_and_an_agency_once():
    meeting, agency = MeetingFactory(), AgencyFactory()
    AgendaLineFactory(meeting=meeting, kind="OBSTACLES", title="")
    MeetingAttendanceFactory(meeting=meeting, agency=agency)
    with pytest.raises(IntegrityError), transaction.atomic():
        AgendaLineFactory(meeting=meeting, kind="OBSTACLES", title="")
    with pytest.raises(IntegrityError), transaction.atomic():
        MeetingAttendanceFactory(meeting=meeting, agency=agency)


# --- Addressed to an official ------------------------------------------------------------------------------------------


def test_disposisi_to_an_official_goes_to_the_agency(coordinator, operator, agency):
    official = OfficialFactory(agency=agency, title="Kepala Dinas")
    data = {"text": "Hadirkan kelompok.", "official": official.pk, "due_on": "31-10-2019"}

    coordinator.post(reverse("coordination:disposisi-create"), data)

    item = ActionItem.objects.get()
    assert (item.responsible, item.official) == (agency, official)
    assert f"Kepala Dinas, {agency.short_name}" in text_of(operator.get(item.get_absolute_url()))


def test_official_of_another_agency_is_refused(coordinator, operator, agency):
    other = person_as("agency_operator").current_assignments[0].agency
    official = OfficialFactory(agency=other)
    data = {"text": "Hadirkan.", "official": official.pk, "responsible": agency.pk, "due_on": "31-10-2019"}

    answer = coordinator.post(reverse("coordination:disposisi-create"), data)
    nobody = coordinator.post(reverse("coordination:disposisi-create"), {"text": "Ya.", "due_on": "31-10-2019"})

    assert "Pejabat ini bukan dari" in text_of(answer) and "Pilih SKPD, kecamatan, atau pejabatnya" in text_of(nobody)
    assert not ActionItem.objects.exists()
