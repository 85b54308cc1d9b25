"""Who is late, in words and in rates."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from programs.models import ProgressReport, ReportingPeriod, WorkPlan
from programs.reporting.compliance.measures import (
    Rates,
    Timeliness,
    cell_of,
    compliance_matrix,
    days_late,
    reporting_rates,
)
from tests.factories import AgencyFactory, HolidayFactory, ProgressReportFactory, ReportingPeriodFactory

DUE, TODAY = date(2019, 10, 7), date(2019, 10, 10)  # a Monday and a Thursday


def sent(day, hour=3, **fields):
    moment = datetime(2019, 10, day, hour, tzinfo=UTC)
    fields = {"due_on": DUE, "submitted_at": moment, "first_submitted_at": moment, **fields}
    if "agency" in fields and (plan := WorkPlan.objects.filter(agency=fields["agency"]).first()):
        fields["plan"] = plan
    return ProgressReportFactory(**{"sent": True, **fields})


def words(report, on=TODAY):
    return cell_of(report, on).words


@pytest.mark.parametrize(
    ("on", "days"),
    [
        (date(2019, 10, 4), 0),
        (DUE, 0),
        (date(2019, 10, 8), 1),
        (date(2019, 10, 14), 5),
        (date(2019, 10, 15), 6),
    ],
)
def test_days_late_are_working_days(on, days):
    assert days_late(DUE, on) == days


def test_days_late_leave_holidays_out():
    assert days_late(DUE, date(2019, 10, 10), {date(2019, 10, 9)}) == 2


def test_report_that_misses_a_friday_is_late_by_one_on_saturday():
    assert days_late(date(2019, 10, 4), date(2019, 10, 5)) == 1


@pytest.mark.django_db
class TestCell:
    def test_sent_on_the_due_day_is_in_time_to_the_last_minute(self):
        assert words(sent(7, 16)) == "Tepat"  # 23.00 WIB

    def test_sent_after_midnight_is_late(self):
        assert words(sent(7, 17)) == "Terlambat 1 hari"  # 00.00 WIB of the 8th

    def test_first_sending_decides_not_the_one_after_a_return(self):
        report = sent(4, submitted_at=datetime(2019, 10, 20, tzinfo=UTC))

        assert words(report) == "Tepat"

    def test_returned_report_has_been_received(self):
        assert words(sent(9, status=ProgressReport.Status.RETURNED)) == "Terlambat 2 hari"

    def test_withdrawn_report_has_not_been_received(self):
        report = sent(4, status=ProgressReport.Status.DRAFT)

        assert (report.received_on, words(report)) == (None, "Belum, terlambat 3 hari")

    def test_moved_due_date_counts(self):
        assert words(sent(9, due_on=date(2019, 10, 14))) == "Tepat"

    def test_unsent_before_and_after_the_due_date(self):
        report = ProgressReportFactory(due_on=DUE)

        assert words(report, DUE) == "Belum"
        assert words(report, date(2019, 10, 8)) == "Belum, terlambat 1 hari"

    def test_unsent_in_a_locked_period_stays_missing(self):
        period = ReportingPeriodFactory(status=ReportingPeriod.Status.LOCKED)

        cell = cell_of(ProgressReportFactory(period=period), TODAY)

        assert (cell.words, cell.is_problem, cell.is_received) == ("Tidak dikirim", True, False)


@pytest.mark.django_db
def test_matrix_speaks_of_each_agency_in_each_quarter():
    second, third = ReportingPeriodFactory(number=2), ReportingPeriodFactory(number=3)
    steady, newcomer, left = (
        AgencyFactory(),
        AgencyFactory(member_from=date(2019, 7, 1)),
        AgencyFactory(member_until=date(2019, 6, 30)),
    )
    HolidayFactory(date=date(2019, 10, 8))
    sent(4, period=second, agency=steady, due_on=date(2019, 7, 5))
    sent(9, period=third, agency=steady)
    ProgressReportFactory(period=third, agency=newcomer, due_on=DUE)
    sent(1, period=second, agency=left)

    matrix = compliance_matrix([second, third], [steady, newcomer, left], TODAY)

    assert [[cell.words for cell in row.cells] for row in matrix.rows] == [
        ["Terlambat 65 hari", "Terlambat 1 hari"],
        ["belum ikut", "Belum, terlambat 2 hari"],
        ["Tepat", "tidak ikut lagi"],
    ]
    assert matrix.rates_by_period == [Rates(2, 2, 1), Rates(2, 1, 0)]
    assert matrix.rates == Rates(4, 3, 1)
    assert [row.rates for row in matrix.rows] == [Rates(2, 2, 0), Rates(1, 0, 0), Rates(1, 1, 1)]
    assert [cell.is_problem for cell in matrix.rows[2].cells] == [False, False]


@pytest.mark.django_db
def test_rates_of_a_quarter_agree_with_the_matrix():
    period = ReportingPeriodFactory()
    in_time, late = sent(4, period=period), sent(9, period=period)
    unsent = ProgressReportFactory(period=period)
    sent(4, period=ReportingPeriodFactory(number=2))
    agencies = [in_time.agency, late.agency, unsent.agency]

    rates = reporting_rates(period)

    assert rates == compliance_matrix([period], agencies, TODAY).rates == Rates(3, 2, 1)
    assert (rates.received_share, rates.on_time_share) == (Fraction(2, 3), Fraction(1, 3))
    assert reporting_rates(period, [late.agency_id]) == Rates(1, 1, 0)


def test_rates_of_nothing_are_unknown():
    assert (Rates(0, 0, 0).received_share, Rates(0, 0, 0).on_time_share) == (None, None)


@pytest.mark.django_db
def test_matrix_reads_only_the_periods_asked_for(django_assert_num_queries):
    wanted, other = ReportingPeriodFactory(), ReportingPeriodFactory(year=2018)
    agency = AgencyFactory()
    sent(4, period=wanted, agency=agency)
    sent(4, period=other, agency=agency)

    with django_assert_num_queries(2) as queries:  # reports, holidays
        matrix = compliance_matrix([wanted], [agency], TODAY)
    with django_assert_num_queries(1):
        reporting_rates(wanted)

    assert matrix.rates.expected == 1
    assert "period_id" in queries.captured_queries[0]["sql"]


@pytest.mark.django_db
def test_received_cell_names_its_report():
    report = sent(4)

    (row,) = compliance_matrix([report.period], [report.agency], TODAY).rows

    assert (row.cells[0].report, row.cells[0].timeliness) == (report, Timeliness.ON_TIME)


@pytest.mark.django_db
def test_due_day_itself_is_in_time_for_the_flag_and_for_the_query():
    unsent = ProgressReportFactory(due_on=date(2019, 10, 7))
    sent = ProgressReportFactory(sent=True, due_on=date(2019, 10, 4))  # came on that day

    for day, late in ((date(2019, 10, 7), set()), (date(2019, 10, 8), {unsent})):
        assert {report for report in (unsent, sent) if report.is_late(day)} == late
        assert set(ProgressReport.objects.late(day)) == late
