"""Indicator 6: open obstacles older than 30 days, of all that are open, on the day that is asked about."""

from datetime import UTC, date, datetime

import pytest

from programs.coordination.unanswered import unanswered_after_meetings
from tests.factories import (
    AgencyFactory,
    AgendaLineFactory,
    DistrictFactory,
    MeetingFactory,
    ObstacleFactory,
    ReportingPeriodFactory,
    VillageFactory,
)
from tests.programs.dashboards.test_dashboards import answer
from tests.programs.reporting.helpers import text_of

pytestmark = pytest.mark.django_db


def at(month: int, day: int) -> datetime:
    return datetime(2019, month, day, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def period():
    ReportingPeriodFactory(year=2019, number=2)
    return ReportingPeriodFactory(year=2019, number=4)


def test_what_is_stuck_is_counted_of_what_is_open():
    agency = AgencyFactory(short_name="Perindagkop")
    ObstacleFactory(text="Tua", routed=True, responsible=agency, due_on=date(2019, 10, 4), created_at=at(9, 7))
    ObstacleFactory(text="Tiga puluh hari", created_at=at(9, 8))
    ObstacleFactory(text="Dijawab", answered=True, created_at=at(8, 1))
    ObstacleFactory(text="Selesai", status="SOLVED", created_at=at(1, 1), closed_at=at(9, 1))

    found = answer("tersendat")

    assert (found.value, found.sign, found.sign_label) == ("2 dari 3", "watch", "1 lewat batas jawaban")
    assert [row[0] for row in found.rows] == ["Dijawab", "Tua", "Tiga puluh hari"]
    assert [row[6:8] for row in found.rows] == [[68, None], [31, 2], [30, None]]
    assert found.finding.startswith("2 kendala terbuka lebih dari 30 hari; terlama 68 hari, pada ")
    assert found.coded[1][1][1] == agency.code


def test_unanswered_after_a_meeting_that_had_it_on_its_agenda():
    line = AgendaLineFactory(meeting=MeetingFactory(held=True, held_on=date(2019, 10, 7)))
    left_out = AgendaLineFactory(meeting=line.meeting, included=False)
    invited = AgendaLineFactory(meeting=MeetingFactory(invited=True, held_on=date(2019, 10, 7)))
    overdue = {"routed": True, "due_on": date(2019, 10, 4), "created_at": at(8, 1)}
    missed = ObstacleFactory(**overdue)
    line.obstacles.set([missed, ObstacleFactory(answered=True, created_at=at(8, 1))])
    left_out.obstacles.set([ObstacleFactory(**overdue)])
    invited.obstacles.set([ObstacleFactory(**overdue)])

    assert answer("tersendat").finding.endswith("; 1 belum dijawab sesudah rapat")
    assert set(unanswered_after_meetings(date(2019, 10, 8))) == {missed}
    assert not unanswered_after_meetings(date(2019, 10, 7)).exists()  # the day of the meeting itself


def test_nothing_open_is_good_and_says_so():
    found = answer("tersendat")

    assert (found.value, found.sign, found.finding) == ("0 dari 0", "good", "Tidak ada kendala terbuka")


def test_filters_and_the_quarter_asked_about():
    district, agency = DistrictFactory(), AgencyFactory()
    ObstacleFactory(village=VillageFactory(district=district), created_at=at(4, 1))
    ObstacleFactory(routed=True, responsible=agency, created_at=at(8, 1))
    ObstacleFactory(status="SOLVED", created_at=at(2, 1), closed_at=at(8, 20))

    assert answer("tersendat", kecamatan=district.code).value == "1 dari 1"
    assert answer("tersendat", skpd=agency.code).value == "1 dari 1"
    assert answer("tersendat", periode="2019-T2").value == "2 dari 2"
    assert answer("tersendat").change == "Sama dengan TW II 2019"


def test_its_page_and_its_file(client_as):
    ObstacleFactory(text="Jembatan putus", is_sample=True, created_at=at(8, 1))
    client = client_as("leader")

    page = text_of(client.get("/dasbor/tersendat/"))
    lines = client.get("/dasbor/tersendat/", {"format": "csv"}).content.decode("utf-8-sig").splitlines()

    assert "Jembatan putus" in page and "Kendala terbuka lebih dari 30 hari" in page
    assert lines[0].startswith("Kode desa;Kode SKPD;Kendala;") and lines[1].endswith(";ya")
