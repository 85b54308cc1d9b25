"""The handover pack: all that is open in somebody's roles, with the last reasons."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from p2emas.models import StatusChange
from programs.dashboards.handover.page import HandoverPage
from tests.conftest import TODAY
from tests.factories import (
    ActionItemFactory,
    AgencyFactory,
    FormDraftFactory,
    ObstacleFactory,
    ProgressReportFactory,
    ReportingPeriodFactory,
    UserFactory,
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


def test_only_the_person_and_who_manages_people_read_it(client_as):
    person = person_as("agency_operator")

    assert client_as("coordinator_head").get(pack(person)).status_code == 200
    assert client_as("agency_operator").get(pack(person)).status_code == 404
    assert "Tidak ada pekerjaan terbuka" in text_of(client_as("auditor").get(pack(person)))
