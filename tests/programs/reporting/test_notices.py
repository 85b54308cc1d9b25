"""Reports: who is told when, and that a missed day is made up once with the days that are left."""

from datetime import date

import pytest
from django.core.management import call_command

from p2emas import clock
from p2emas.models import Notification, OutboxMessage
from p2emas.notifications.telling import tell_of_day
from programs.models import ProgressReport
from programs.reporting.notices import of_due_dates
from tests.factories import (
    AssignmentFactory,
    HolidayFactory,
    ProgressReportFactory,
    ReportingPeriodFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
DUE = date(2019, 10, 7)  # a Monday


@pytest.fixture
def report() -> ProgressReport:
    period = ReportingPeriodFactory(year=2019, number=3, due_on=DUE)
    report = ProgressReportFactory(draft=True, period=period, due_on=DUE)
    for role in ("agency_operator", "agency_head"):
        AssignmentFactory(user=UserFactory(), agency=report.agency, role=role)
    return report


def titles(kind: str = "report-due") -> list[str]:
    return list(dict.fromkeys(Notification.objects.filter(kind=kind).order_by("pk").values_list("title", flat=True)))


def run(*days: date) -> None:
    for day in days:
        with clock.at(day):
            call_command("tell_due", verbosity=0)


def test_due_is_told_five_days_before_one_before_and_one_after(report):
    days = [date(2019, 9, 27), date(2019, 9, 30), *(date(2019, 10, n) for n in range(1, 12))]
    run(*days, *days)  # every day, and each once more

    assert titles() == [
        "Laporan Triwulan III 2019 jatuh tempo 5 hari kerja lagi",
        "Laporan Triwulan III 2019 jatuh tempo 1 hari kerja lagi",
        "Laporan Triwulan III 2019 lewat 1 hari kerja",
    ]
    assert Notification.objects.filter(kind="report-due").count() == 6
    assert OutboxMessage.objects.filter(kind="reminder", recipient__contains="@").count() == 6


@pytest.mark.parametrize(
    ("day", "title"),
    [
        (date(2019, 10, 2), "Laporan Triwulan III 2019 jatuh tempo 3 hari kerja lagi"),
        (DUE, "Laporan Triwulan III 2019 jatuh tempo hari ini"),
        (date(2019, 10, 10), "Laporan Triwulan III 2019 lewat 3 hari kerja"),
    ],
)
def test_missed_day_is_made_up_once_with_the_days_really_left(report, day, title):
    run(day, day)

    assert titles() == [title]


def test_nobody_is_told_on_a_closed_day(report):
    HolidayFactory(date=date(2019, 9, 30))
    run(date(2019, 9, 28), date(2019, 9, 30))
    assert titles() == []

    run(date(2019, 10, 1))
    assert titles() == ["Laporan Triwulan III 2019 jatuh tempo 4 hari kerja lagi"]


def test_holidays_bring_the_first_notice_forward(report):
    HolidayFactory(date=date(2019, 10, 3))

    assert [notice.occasion for notice in of_due_dates(date(2019, 9, 27))] == [f"laporan-{report.pk}:2019-10-07:5"]


def test_moved_date_is_told_again(report):
    run(date(2019, 10, 4))
    ProgressReport.objects.update(due_on=date(2019, 10, 14))
    run(date(2019, 10, 7))

    assert titles() == [
        "Laporan Triwulan III 2019 jatuh tempo 1 hari kerja lagi",
        "Laporan Triwulan III 2019 jatuh tempo 5 hari kerja lagi",
    ]


def test_sent_and_locked_reports_are_left_in_peace(report):
    ProgressReportFactory(sent=True, period=report.period, due_on=DUE)
    ReportingPeriodFactory(year=2018, number=3, due_on=date(2018, 10, 5), status="LOCKED").reports.add(
        ProgressReportFactory(draft=True, due_on=date(2018, 10, 5), period__status="LOCKED"), bulk=False
    )

    assert {notice.record for notice in of_due_dates(date(2019, 10, 4))} == {report}


def test_coordinators_are_told_once_who_is_late(report, user_as):
    coordinator = user_as("coordinator")
    run(DUE, date(2019, 10, 8), date(2019, 10, 9))

    notice = Notification.objects.get(user=coordinator, kind="reports-late")
    assert notice.title == "1 SKPD lewat tenggat TW III 2019, 1 hari kerja"
    assert notice.detail == f"{report.agency.short_name}."


def test_another_run_at_the_same_moment_is_no_error(report, monkeypatch):
    run(date(2019, 10, 4))
    monkeypatch.setattr("p2emas.notifications.models.NotificationQuerySet.of_occasion", lambda self, *a: self.none())

    with clock.at(date(2019, 10, 4)):
        assert tell_of_day(date(2019, 10, 4)) == []
    assert Notification.objects.filter(kind="report-due").count() == 2
