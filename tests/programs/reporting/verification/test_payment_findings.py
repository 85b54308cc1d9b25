"""Money that is reported beside what the treasury paid: when it is a finding, and when it is none."""

from collections import Counter
from datetime import date

import pytest
from django.urls import reverse

from programs.models import ProgressReport
from programs.reporting.reports.payments import paid_activities
from programs.reporting.reports.sheets import sheets_for
from programs.reporting.verification.finding_counts import count_findings
from programs.reporting.verification.finding_list import FindingList
from programs.reporting.verification.findings import assess
from tests.factories import (
    ActivityFactory,
    PlanLineFactory,
    ProgressReportFactory,
    ReportLineFactory,
    TreasuryEntryFactory,
    WorkPlanFactory,
)
from tests.programs.reporting.helpers import text_of

pytestmark = pytest.mark.django_db
CODE = "paid_otherwise"


@pytest.fixture
def plan():
    return WorkPlanFactory(agreed=True)


@pytest.fixture
def report(plan):
    """Of the third quarter, on a verifier's desk."""
    return ProgressReportFactory(verifying=True, agency=plan.agency, plan=plan)


@pytest.fixture
def activity(plan):
    return ActivityFactory(agency=plan.agency, code="2.01.01", name="Bibit lada")


def line(report, activity, spent, **fields):
    plan_line = PlanLineFactory(plan=report.plan, activity=activity, **fields)
    return ReportLineFactory(report=report, plan_line=plan_line, spent_to_date=spent, physical_to_date=60)


def listed(report) -> FindingList:
    sheet = sheets_for([ProgressReport.objects.select_related("period").get(pk=report.pk)])[report.pk]
    return FindingList(assess(sheet, paid=paid_activities(sheet)))


def found(report) -> list[tuple[list[int], int]]:
    """(numbers of the lines, difference) of each finding; the database counts the same."""
    findings = [each for each in listed(report).assessment.findings if each.code == CODE]
    counted = count_findings([ProgressReport.objects.select_related("period").get(pk=report.pk)])[report.pk]
    assert counted.by_code.get(CODE, 0) == len(findings)
    return [([row.number for row in each.rows], each.paid.difference) for each in findings]


@pytest.mark.parametrize(
    ("paid", "expected"),
    [(60_000_000, []), (59_999_000, []), (60_001_000, []), (59_998_999, [1001]), (90_000_000, [-30_000_000])],
)
def test_difference_beyond_the_tolerance_is_found(report, activity, paid, expected):
    line(report, activity, 60_000_000)
    TreasuryEntryFactory(activity=activity, amount=paid)

    assert found(report) == [([1], difference) for difference in expected]


def test_tolerance_is_a_setting(report, activity, settings):
    settings.FINDING_TREASURY_RUPIAH = 0
    line(report, activity, 60_000_000)
    TreasuryEntryFactory(activity=activity, amount=59_999_999)

    assert found(report) == [([1], 1)]


def test_nothing_is_found_while_no_payment_of_the_agency_and_year_is_known(report, activity):
    line(report, activity, 60_000_000)
    TreasuryEntryFactory(amount=1)
    last_year = ActivityFactory(agency=report.agency, year=2018)
    TreasuryEntryFactory(activity=last_year, paid_on=date(2018, 5, 1), amount=1)

    assert found(report) == []
    assert "berbeda dengan SP2D" not in listed(report).silent


def test_activity_without_a_payment_is_found_once_others_are_known(report, activity):
    line(report, activity, 60_000_000)
    TreasuryEntryFactory(activity=ActivityFactory(agency=report.agency), amount=1)

    assert found(report) == [([1], 60_000_000)]


def test_payments_after_the_quarter_do_not_count(report, activity):
    line(report, activity, 60_000_000)
    TreasuryEntryFactory(activity=activity, amount=60_000_000, paid_on=date(2019, 9, 30))
    TreasuryEntryFactory(activity=activity, amount=5_000_000, paid_on=date(2019, 10, 1))

    assert found(report) == []
    assert "berbeda dengan SP2D" in listed(report).silent


def test_money_that_came_back_counts_against_what_was_paid(report, activity):
    line(report, activity, 60_000_000)
    TreasuryEntryFactory(activity=activity, amount=65_000_000)
    TreasuryEntryFactory(activity=activity, amount=-5_000_000)

    assert found(report) == []


@pytest.mark.parametrize(("second", "expected"), [(40_000_000, []), (35_000_000, [([1, 2], -5_000_000)])])
def test_lines_of_an_activity_are_compared_together(report, activity, second, expected):
    line(report, activity, 60_000_000)
    line(report, activity, second)
    TreasuryEntryFactory(activity=activity, amount=100_000_000)

    assert found(report) == expected


def test_activity_with_an_unknown_figure_is_not_compared(report, activity):
    line(report, activity, 60_000_000)
    line(report, activity, None)
    TreasuryEntryFactory(activity=activity, amount=1)

    assert found(report) == []


def test_village_money_is_outside(report, activity):
    line(report, activity, 60_000_000)
    line(report, activity, 7_000_000, fund="DD")
    TreasuryEntryFactory(activity=activity, amount=60_000_000)

    assert found(report) == []


def test_work_that_the_plan_no_longer_has_counts(report, activity):
    line(report, activity, 60_000_000)
    gone = line(report, activity, 15_000_000)
    gone.carried = "OWN"
    gone.save()
    TreasuryEntryFactory(activity=activity, amount=60_000_000)

    assert found(report) == [([1, 2], 15_000_000)]


def test_the_verifier_reads_the_difference_and_the_column(client_as, report, activity):
    line(report, activity, 60_000_000)
    TreasuryEntryFactory(activity=activity, amount=45_000_000)

    page = text_of(client_as("coordinator").get(reverse("reporting:verification-decide", args=[report.pk])))

    assert "Realisasi berbeda dengan SP2D di baris 1" in page
    assert (
        "Bibit lada: dilaporkan Rp 60.000.000, SP2D s.d. 30 September 2019 Rp 45.000.000; laporan Rp 15.000.000 di atas "
        "SP2D. SP2D terbaru yang diimpor 14 Juni 2019." in page
    )
    assert "SP2D TW III" in page


def test_a_report_without_payments_has_no_column(client_as, report, activity):
    line(report, activity, 60_000_000)

    page = text_of(client_as("coordinator").get(reverse("reporting:verification-decide", args=[report.pk])))

    assert "SP2D TW III" not in page


def test_the_agency_reads_it_before_sending(client_as, plan, activity):
    report = ProgressReportFactory(draft=True, agency=plan.agency, plan=plan)
    line(report, activity, 60_000_000)
    client = client_as("agency_operator", at=plan.agency)
    address = reverse("reporting:report-check", args=[report.pk])
    before = text_of(client.get(address))
    TreasuryEntryFactory(activity=activity, amount=45_000_000)

    page = text_of(client.get(address))

    assert "SP2D" not in before.replace("SP2D Impor", "").split("Periksa dan kirim laporan", 1)[1]
    assert "1 kegiatan berbeda dengan SP2D" in page
    assert "dilaporkan Rp 60.000.000, SP2D s.d. 30 September 2019 Rp 45.000.000" in page


@pytest.mark.parametrize("count", [1, 3])
def test_payments_cost_one_query_for_any_number_of_lines(report, plan, count, django_assert_num_queries):
    for _number in range(count):
        each = ActivityFactory(agency=plan.agency)
        line(report, each, 5)
        TreasuryEntryFactory(activity=each)
    sheet = sheets_for([ProgressReport.objects.select_related("period").get(pk=report.pk)])[report.pk]

    with django_assert_num_queries(1):
        assert len(paid_activities(sheet)) == count
    assert Counter(each.differs for each in paid_activities(sheet)) == {True: count}
