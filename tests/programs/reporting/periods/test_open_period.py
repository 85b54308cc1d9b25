"""Opening a quarter: who gets a report, from which plan, until when."""

from datetime import date

import pytest
from django.urls import reverse

from p2emas import clock
from programs.models import ProgressReport, ReportingPeriod, WorkPlan
from programs.reporting.periods.opening import CannotOpen, open_period, take_plan_over
from tests.factories import AgencyFactory, HolidayFactory, PlanLineFactory, UserFactory, WorkPlanFactory
from tests.programs.reporting.helpers import report_with_lines, text_of


def test_each_member_on_the_first_day_gets_a_report_from_its_plan(db):
    planned, unplanned = AgencyFactory(), AgencyFactory()
    AgencyFactory(member_from=None)
    AgencyFactory(member_until=date(2019, 6, 30))
    AgencyFactory(member_from=date(2019, 7, 2))
    plan = WorkPlanFactory(agreed=True, agency=planned, is_sample=True)
    lines = [PlanLineFactory(plan=plan), PlanLineFactory(plan=plan, fund="DD")]

    period = open_period(year=2019, quarter=3, opened_by=UserFactory())

    reports = {report.agency: report for report in period.reports.all()}
    assert set(reports) == {planned, unplanned}
    assert {line.plan_line for line in reports[planned].lines.all()} == set(lines)
    assert reports[planned].plan == plan and reports[planned].is_sample
    assert reports[unplanned].plan is None and not reports[unplanned].lines.exists()
    assert (period.starts, period.ends) == (date(2019, 7, 1), date(2019, 9, 30))
    assert {report.due_on for report in reports.values()} == {period.due_on} == {date(2019, 10, 7)}
    assert all(line.history.count() == 1 for line in reports[planned].lines.all())


def test_due_date_leaves_holidays_out(db):
    HolidayFactory(date=date(2019, 10, 2))

    assert open_period(year=2019, quarter=3, opened_by=UserFactory()).due_on == date(2019, 10, 8)


def test_fourth_quarter_is_due_in_the_new_year(db):
    with clock.at(date(2020, 1, 2)):
        period = open_period(year=2019, quarter=4, opened_by=UserFactory())

    assert (period.ends, period.due_on) == (date(2019, 12, 31), date(2020, 1, 7))


def test_changed_plan_counts_from_the_quarter_after_its_effect(db):
    agency = AgencyFactory()
    first = WorkPlanFactory(agreed=True, agency=agency)
    changed = WorkPlanFactory(
        agreed=True,
        agency=agency,
        kind=WorkPlan.Kind.PERUBAHAN,
        sequence=2,
        supersedes=first,
        effective_on=date(2019, 9, 16),
    )
    user = UserFactory()

    with clock.at(date(2019, 12, 1)):
        plans = [open_period(year=2019, quarter=q, opened_by=user).reports.get().plan for q in (3, 4)]

    assert plans == [first, changed]


def test_quarter_is_opened_once(db):
    user = UserFactory()
    open_period(year=2019, quarter=3, opened_by=user)

    with pytest.raises(CannotOpen, match="sudah dibuka"):
        open_period(year=2019, quarter=3, opened_by=user)

    assert ReportingPeriod.objects.count() == 1


def test_losing_a_race_for_the_quarter_changes_nothing(db, monkeypatch):
    """The check before saving sees nothing of the other one's transaction: the constraint of the database does."""
    AgencyFactory()
    user = UserFactory()
    open_period(year=2019, quarter=3, opened_by=user)
    monkeypatch.setattr(ReportingPeriod, "full_clean", lambda self: None)

    with pytest.raises(CannotOpen, match="sudah dibuka"):
        open_period(year=2019, quarter=3, opened_by=user)

    assert ProgressReport.objects.count() == 1


@pytest.mark.parametrize(
    ("quarter", "due_on", "sentence"), [(4, date(2020, 1, 6), None), (3, date(2019, 9, 30), "sesudah akhir")]
)
def test_impossible_opening_is_refused(db, quarter, due_on, sentence):
    day = date(2019, 9, 30) if quarter == 4 else date(2019, 10, 8)
    with clock.at(day), pytest.raises(CannotOpen, match=sentence or "belum mulai"):
        open_period(year=2019, quarter=quarter, opened_by=UserFactory(), due_on=due_on)

    assert not ReportingPeriod.objects.exists()


def test_report_opened_without_a_plan_takes_over_the_first_one_that_is_set(client_as):
    agency = AgencyFactory()
    report = open_period(year=2019, quarter=3, opened_by=UserFactory()).reports.get(agency=agency)
    client = client_as("agency_operator", at=agency)
    assert "Rencana belum ditetapkan" in text_of(client.get(report.get_absolute_url()))
    assert client.post(reverse("reporting:report-take-plan", args=[report.pk])).status_code == 302
    report.refresh_from_db()
    assert report.plan is None
    plan = WorkPlanFactory(agreed=True, agency=agency, effective_on=date(2019, 10, 5), is_sample=True)
    PlanLineFactory(plan=plan)

    assert "Pakai rencana kerja dan anggaran 2019" in text_of(client.get(report.get_absolute_url()))
    client.post(reverse("reporting:report-take-plan", args=[report.pk]))
    client.post(reverse("reporting:report-take-plan", args=[report.pk]))

    report.refresh_from_db()
    assert (report.plan, report.lines.count(), report.is_sample) == (plan, 1, True)


def test_plan_of_a_report_stays_when_a_newer_one_is_set(db):
    report = report_with_lines()
    plan = report.plan
    WorkPlanFactory(agreed=True, agency=report.agency, sequence=2, effective_on=date(2019, 6, 1))

    assert take_plan_over(report=report)

    report.refresh_from_db()
    assert report.plan == plan


def test_page_previews_and_opens_with_another_due_date(client_as):
    agency = AgencyFactory(name="Dinas Contoh Pratinjau")
    client, url = client_as("coordinator"), reverse("reporting:period-open")

    preview = text_of(client.get(url, {"triwulan": "2019-T2", "jatuh_tempo": "10 Juli 2019"}))
    assert agency.name in preview and "Rabu, 10 Juli 2019" in preview
    response = client.post(url, {"triwulan": "2019-T2", "jatuh_tempo": "10-07-2019"})

    period = ReportingPeriod.objects.get()
    assert response.url == period.get_absolute_url()
    assert (period.code, period.due_on) == ("2019-T2", date(2019, 7, 10))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Pilih triwulan"),
        ({"triwulan": "2031-T1"}, "sudah dibuka atau belum mulai"),
        ({"triwulan": "2019-T3", "jatuh_tempo": "30-09-2019"}, "sesudah akhir triwulan"),
        ({"triwulan": "2019-T3", "jatuh_tempo": "lusa"}, "bukan tanggal"),
        ({"triwulan": "2019-T3", "jatuh_tempo": "12-10-2019"}, "Isi misalnya Senin, 14 Oktober 2019"),
    ],
)
def test_wrong_opening_says_why_and_opens_nothing(client_as, data, sentence):
    response = client_as("coordinator").post(reverse("reporting:period-open"), data)

    assert response.status_code == 200
    assert sentence in text_of(response)
    assert "<title>Galat:" in response.content.decode()
    assert not ReportingPeriod.objects.exists()


def test_second_click_on_opening_is_told_so(client_as):
    client, url = client_as("coordinator"), reverse("reporting:period-open")
    client.post(url, {"triwulan": "2019-T3"})

    response = client.post(url, {"triwulan": "2019-T3"})

    assert "sudah dibuka" in text_of(response)
    assert ReportingPeriod.objects.count() == 1


def test_simultaneous_opening_is_refused_with_a_sentence(client_as, monkeypatch):
    client, url = client_as("coordinator"), reverse("reporting:period-open")
    monkeypatch.setattr("programs.reporting.periods.forms.openable_quarters", lambda: [(2019, 3)])
    open_period(year=2019, quarter=3, opened_by=client.user)

    response = client.post(url, {"triwulan": "2019-T3"})

    assert "Periode ini sudah dibuka." in text_of(response)


def test_every_begun_quarter_open_leaves_nothing_to_open(client_as):
    client = client_as("coordinator")
    for year, quarter in [(2018, 1), (2018, 2), (2018, 3), (2018, 4), (2019, 1), (2019, 2), (2019, 3), (2019, 4)]:
        open_period(year=year, quarter=quarter, opened_by=client.user)

    assert "Semua triwulan yang sudah mulai sudah dibuka." in text_of(client.get(reverse("reporting:period-open")))
