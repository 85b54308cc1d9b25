"""Reports that a visit contradicts: at the verifier's desk, in its queue, and before the agency sends."""

from collections import Counter
from datetime import date

import pytest
from django.urls import reverse

from programs.models import ProgressReport
from programs.reporting.reports.sheets import sheets_for
from programs.reporting.reports.visited import visited_rows
from programs.reporting.verification.finding_counts import count_findings
from programs.reporting.verification.finding_list import FindingList
from programs.reporting.verification.findings import assess
from tests.facilitator_factories import FieldReportFactory, VisitedLineFactory
from tests.factories import (
    PlanLineFactory,
    ProgressReportFactory,
    ReportLineFactory,
    TargetLocationFactory,
    WorkPlanFactory,
)
from tests.programs.reporting.helpers import text_of

pytestmark = pytest.mark.django_db
CODE, SEPTEMBER = "visit_contradicts", date(2019, 9, 20)


@pytest.fixture
def plan():
    return WorkPlanFactory(agreed=True)


@pytest.fixture
def report(plan):
    """Of the third quarter, on a verifier's desk."""
    return ProgressReportFactory(verifying=True, agency=plan.agency, plan=plan)


@pytest.fixture
def line(report):
    """Reported with 40 percent of the work."""
    place = PlanLineFactory(plan=report.plan, target_location=TargetLocationFactory())
    return ReportLineFactory(report=report, plan_line=place, spent_to_date=1, physical_to_date=40)


def visit(line, on=SEPTEMBER, *, not_begun=True, status="SENT", plan_line=None):
    seen = plan_line or line.plan_line
    report = FieldReportFactory(visited_on=on, status=status, village=line.plan_line.village)
    return VisitedLineFactory(report=report, plan_line=seen, not_begun=not_begun)


def found(report) -> int:
    """How many; the database counts the same."""
    read = ProgressReport.objects.select_related("period").get(pk=report.pk)
    sheet = sheets_for([read])[read.pk]
    findings = Counter(each.code for each in assess(sheet, visited=visited_rows(sheet)).findings)
    assert count_findings([read])[read.pk].by_code[CODE] == findings[CODE]
    return findings[CODE]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, 1),
        ({"on": date(2019, 8, 16)}, 1),  # 45 days before the quarter's end
        ({"on": date(2019, 8, 15)}, 0),
        ({"on": date(2019, 10, 1)}, 0),  # after the quarter
        ({"not_begun": False}, 0),
        ({"status": "RETURNED"}, 1),
        ({"status": "REPLACED"}, 0),
        ({"status": "WAITING"}, 0),
    ],
)
def test_a_visit_near_the_end_that_found_nothing_begun_is_found(report, line, fields, expected):
    visit(line, **fields)

    assert found(report) == expected


@pytest.mark.parametrize(("physical", "expected"), [(None, 0), (0, 0), (5, 0), ("5.01", 1), (100, 1)])
def test_little_work_contradicts_nothing(report, line, physical, expected):
    type(line).objects.filter(pk=line.pk).update(physical_to_date=physical)
    visit(line)

    assert found(report) == expected


def test_the_last_visit_decides(report, line):
    visit(line)
    visit(line, date(2019, 9, 25), not_begun=False)
    assert found(report) == 0

    visit(line, date(2019, 9, 28))
    assert found(report) == 1


def test_other_lines_of_the_activity_there_that_have_begun_leave_it_open(report, line):
    second = PlanLineFactory(
        plan=report.plan, activity=line.plan_line.activity, target_location=line.plan_line.target_location
    )
    ReportLineFactory(report=report, plan_line=second, spent_to_date=1, physical_to_date=30)
    seen = visit(line)
    assert found(report) == 2

    VisitedLineFactory(report=seen.report, plan_line=second, not_begun=False)
    assert found(report) == 0


def test_a_line_of_a_later_version_is_the_same_work_and_another_village_is_not(report, line):
    later = WorkPlanFactory(agreed=True, agency=report.agency, sequence=2)
    again = PlanLineFactory(
        plan=later, activity=line.plan_line.activity, target_location=line.plan_line.target_location
    )
    elsewhere = PlanLineFactory(
        plan=report.plan, activity=line.plan_line.activity, target_location=TargetLocationFactory()
    )
    ReportLineFactory(report=report, plan_line=elsewhere, spent_to_date=1, physical_to_date=70)
    visit(line, plan_line=again)

    assert found(report) == 1


def test_both_desks_say_it_and_neither_without_such_a_visit(report, line, client_as):
    desk, office = client_as("coordinator"), client_as("agency_operator", at=report.agency)
    decide = reverse("reporting:verification-decide", args=[report.pk])
    check = reverse("reporting:report-check", args=[report.pk])
    words = "Kunjungan menyangkal fisik di baris 1", "1 kegiatan berbeda dengan kunjungan pendamping"
    visit(line, not_begun=False)
    assert words[0] not in text_of(desk.get(decide))

    visit(line, date(2019, 9, 29))
    shown = text_of(desk.get(decide))
    assert words[0] in shown and "kunjungan pendamping 29 September 2019 mencatat" in shown
    ProgressReport.objects.filter(pk=report.pk).update(status="DRAFT", submitted_at=None, submitted_by=None)
    assert words[1] in text_of(office.get(check))
    type(line).objects.filter(pk=line.pk).update(physical_to_date=0, nil_reason="Menunggu bibit")
    assert words[1] not in text_of(office.get(check))


def test_it_is_named_as_looked_for_only_where_somebody_was_there(report, line):
    sheet = sheets_for([ProgressReport.objects.select_related("period").get(pk=report.pk)])[report.pk]
    silent = "berbeda dengan kunjungan"
    assert silent not in FindingList(assess(sheet, visited=visited_rows(sheet))).silent

    visit(line, not_begun=False)
    assert silent in FindingList(assess(sheet, visited=visited_rows(sheet))).silent
