"""The handover pack: all that is open in somebody's roles, with the last reasons."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from p2emas.models import Assignment, StatusChange, User
from p2emas.staffing.services import deactivate
from programs.dashboards.handover.page import HandoverPage
from tests.conftest import TODAY
from tests.facilitator_factories import FieldReportFactory
from tests.factories import (
    AbsenceFactory,
    ActionItemFactory,
    AgencyFactory,
    AssignmentFactory,
    FormDraftFactory,
    MinutesFactory,
    ObstacleFactory,
    ProgressReportFactory,
    ReopenRequestFactory,
    ReportingPeriodFactory,
    UserFactory,
    VillageFactory,
    VillageScopeFactory,
)
from tests.people import person_as
from tests.programs.reporting.helpers import text_of

pytestmark = pytest.mark.django_db


def titles(shown: HandoverPage) -> dict[str, list[str]]:
    return {section.title: [row.title for row in section.rows] for section in shown.sections}


def pack(person):
    return reverse("dashboards:handover", args=[person.pk])


def test_operator_leaves_reports_obstacles_and_promises(client_as):
    agency = AgencyFactory()
    client = client_as("agency_operator", at=agency)
    report = ProgressReportFactory(draft=True, agency=agency)
    ProgressReportFactory(approved=True, agency=agency, plan=report.plan, period=ReportingPeriodFactory(number=2))
    ObstacleFactory(routed=True, responsible=agency, text="Benih terlambat", due_on=date(2019, 10, 11))
    ObstacleFactory(routed=True, text="Milik orang lain")
    ActionItemFactory(responsible=agency, text="Hitung benih")
    FormDraftFactory(user=client.user, record=report)

    shown = HandoverPage.of(client.user, client.user, TODAY)

    assert titles(shown) == {
        "Laporan yang belum terkirim": [f"Laporan {agency}, Triwulan III 2019"],
        "Kendala yang belum selesai": ["Benih terlambat"],
        "Tindak lanjut dan disposisi": ["Hitung benih"],
    }
    assert (shown.count, shown.unsaved) == (3, 1)
    page = text_of(client.get(pack(client.user)))
    assert "3 hal masih terbuka" in page and "Yang menerima," in page


def test_last_reason_is_told_also_when_a_step_without_one_came_after(client_as):
    agency = AgencyFactory()
    client, verifier = client_as("agency_operator", at=agency), UserFactory(name="Pemeriksa")
    report = ProgressReportFactory(draft=True, agency=agency)
    for day, step, old, new, note in (
        (2, "return", "VERIFYING", "RETURNED", "Foto kosong."),
        (3, "resume", "RETURNED", "DRAFT", ""),
    ):
        moment = datetime(2019, 10, day, 3, tzinfo=UTC)
        StatusChange.objects.create(record=report, step=step, old=old, new=new, note=note, actor=verifier, at=moment)

    (section,) = HandoverPage.of(client.user, client.user, TODAY).sections

    assert section.rows[0].last == "Dikembalikan 2 Oktober 2019 oleh Pemeriksa: Foto kosong."


def test_coordinator_leaves_what_the_office_has_open():
    coordinator = person_as("coordinator")
    ProgressReportFactory(sent=True)
    ObstacleFactory(text="Belum diteruskan")
    ActionItemFactory(text="Dipantau")

    found = titles(HandoverPage.of(coordinator, coordinator, TODAY))

    assert set(found) == {
        "Laporan yang menunggu verifikasi", "Kendala yang belum diteruskan", "Tindak lanjut yang dipantau",
    }  # fmt: skip


def test_head_leaves_unsigned_minutes_and_what_agencies_ask(client_as):
    head = client_as("coordinator_head")
    MinutesFactory(draft=True, about="Rakor")
    request = ReopenRequestFactory()
    ReopenRequestFactory(status="WITHDRAWN", report=ProgressReportFactory(approved=True))
    absence = AbsenceFactory(status="ASKED")

    shown = HandoverPage.of(head.user, head.user, TODAY)
    page = text_of(head.get(pack(head.user)))

    assert titles(shown) == {
        "Permintaan buka kembali yang belum dijawab": [str(request)],
        "Pengganti yang belum ditetapkan": [str(absence)],
        "Berita acara yang belum ditandatangani": ["Berita Acara (konsep): Rakor"],
    }
    assert "Berita Acara (konsep): Rakor" in page
    other = person_as("coordinator")
    assert set(titles(HandoverPage.of(other, other, TODAY))) == {"Berita acara yang belum ditandatangani"}


def test_facilitator_leaves_visits_that_the_office_asked_about(client_as):
    client = client_as("facilitator")
    asked = FieldReportFactory(author=client.user, asked=True)
    FieldReportFactory(asked=True)

    assert titles(HandoverPage.of(client.user, client.user, TODAY)) == {"Kunjungan yang ditanya balik": [str(asked)]}


def test_only_the_person_and_who_manages_people_read_it(client_as):
    person = person_as("agency_operator")

    assert client_as("coordinator_head").get(pack(person)).status_code == 200
    assert client_as("agency_operator").get(pack(person)).status_code == 404
    assert "Tidak ada pekerjaan terbuka" in text_of(client_as("auditor").get(pack(person)))


@pytest.mark.parametrize("role", ["agency_operator", "coordinator", "district_admin"])
def test_pack_is_the_same_the_day_after_the_assignment_ended(client_as, role):
    agency = (
        None if role == "coordinator" else AgencyFactory(**({"kind": "KECAMATAN"} if role == "district_admin" else {}))
    )
    person, head = person_as(role, at=agency), person_as("coordinator_head")
    ProgressReportFactory(sent=True)
    ProgressReportFactory(draft=True, agency=agency) if role == "agency_operator" else None
    ObstacleFactory(routed=True, text="Benih terlambat", **({"responsible": agency} if agency else {}))
    ObstacleFactory(text="Belum diteruskan")
    ActionItemFactory(text="Hitung benih", **({"responsible": agency} if agency else {}))
    before = HandoverPage.of(person, head, TODAY)
    assignments = [each.words for each in before.duties.held]

    Assignment.objects.filter(user=person).update(valid_until=TODAY - timedelta(days=1))
    person = User.objects.get(pk=person.pk)
    after = HandoverPage.of(person, head, TODAY)

    assert before.count >= 2 and titles(after) == titles(before)
    assert ([each.words for each in after.duties.held], after.duties.ended_on) == (assignments, date(2019, 10, 7))
    page = text_of(client_as("coordinator_head").get(pack(person)))
    assert "berakhir 7 Oktober 2019" in page and f"{after.count} hal masih terbuka" in page


def test_only_the_last_assignments_count_and_those_of_today_come_first(client_as):
    """Who moved to another office hands over what is open there, and nothing of long ago."""
    old, last, now = AgencyFactory(), AgencyFactory(), AgencyFactory()
    person, head = UserFactory(), person_as("coordinator_head")
    for agency in (old, last, now):
        ActionItemFactory(responsible=agency, text=f"Janji {agency.pk}")
    AssignmentFactory(user=person, role="agency_operator", agency=old, valid_until=date(2018, 12, 31))
    AssignmentFactory(user=person, role="agency_head", agency=last, valid_until=date(2019, 9, 30))

    def promised():
        return titles(HandoverPage.of(User.objects.get(pk=person.pk), head, TODAY))["Tindak lanjut dan disposisi"]

    assert promised() == [f"Janji {last.pk}"]
    AssignmentFactory(user=person, role="agency_operator", agency=now)
    assert promised() == [f"Janji {now.pk}"]


def test_facilitator_who_left_hands_over_obstacles_of_the_villages_of_the_last_day():
    person, head = person_as("facilitator"), person_as("coordinator_head")
    ended, before = VillageFactory(), VillageFactory()
    VillageScopeFactory(user=person, village=ended, valid_from=date(2019, 1, 1), valid_until=date(2019, 9, 30))
    VillageScopeFactory(user=person, village=before, valid_from=date(2018, 1, 1), valid_until=date(2018, 12, 31))
    for village in (ended, before):
        ObstacleFactory(text=f"Jalan {village.pk}", village=village)
    Assignment.objects.filter(user=person).update(valid_until=date(2019, 9, 30))

    shown = HandoverPage.of(User.objects.get(pk=person.pk), head, TODAY)

    assert titles(shown) == {"Kendala yang belum selesai": [f"Jalan {ended.pk}"]}


def test_closed_account_keeps_its_pack(client_as):
    agency = AgencyFactory()
    person = person_as("agency_operator", at=agency)
    ActionItemFactory(responsible=agency, text="Hitung benih")
    deactivate(person)

    page = text_of(client_as("coordinator_head").get(pack(person)))

    assert "Hitung benih" in page and "berakhir" not in page


def test_who_never_had_a_role_leaves_nothing(client_as):
    assert "Tidak ada pekerjaan terbuka" in text_of(client_as("coordinator_head").get(pack(UserFactory())))
