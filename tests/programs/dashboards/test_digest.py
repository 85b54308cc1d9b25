from datetime import date

import pytest

from p2emas import clock
from p2emas.models import Notification, OutboxMessage
from p2emas.notifications.telling import tell_of_day
from tests.factories import AssessorSeatFactory, HolidayFactory, ProgressReportFactory

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY = date(2019, 10, 7), date(2019, 10, 8)


def run(*days: date) -> list[Notification]:
    for day in days:
        with clock.at(day):
            tell_of_day(day)
    return list(Notification.objects.filter(kind="weekly-digest").order_by("pk"))


def test_digest_comes_once_a_week_and_is_made_up(user_as):
    operator = user_as("agency_operator", at=ProgressReportFactory(draft=True).agency)

    told = run(TUESDAY, TUESDAY, date(2019, 10, 9), date(2019, 10, 14))

    assert [(each.user, each.occasion) for each in told] == [(operator, "2019-W41"), (operator, "2019-W42")]
    letter = OutboxMessage.objects.filter(kind="digest").earliest("pk")
    assert letter.recipient == operator.email and "- Laporan Triwulan" in letter.body
    assert told[0].get_absolute_url() == "/beranda/"


def test_digest_waits_for_the_first_working_day(user_as):
    user_as("agency_operator", at=ProgressReportFactory(draft=True).agency)
    HolidayFactory(date=MONDAY)

    assert run(MONDAY) == []
    assert len(run(TUESDAY)) == 1


def test_nothing_waiting_is_no_letter(user_as):
    user_as("agency_operator")

    assert run(MONDAY) == []


def test_panelist_reads_which_scores_are_asked_for(user_as):
    panelist = user_as("panelist")
    seat = AssessorSeatFactory(determination__panel=True, determination__status="SCORED", user=panelist)

    (told,) = run(MONDAY)

    assert (told.user, told.title) == (panelist, "Ringkasan mingguan: 1 hal menunggu Anda")
    assert told.detail == f"Nilai kompetensi inti {seat.determination.district}."
