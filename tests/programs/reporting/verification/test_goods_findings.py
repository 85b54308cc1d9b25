"""Goods that came short or were refused: at the verifier's desk, in its queue, and before the agency sends."""

from collections import Counter
from datetime import date

import pytest
from django.urls import reverse

from programs.models import ProgressReport
from programs.reporting.reports.sheets import sheets_for
from programs.reporting.reports.shortages import short_in_words, short_rows
from programs.reporting.verification.finding_counts import count_findings
from programs.reporting.verification.findings import assess
from tests.factories import (
    AidPackageFactory,
    HolderStatementFactory,
    PlanLineFactory,
    ProgressReportFactory,
    ReportLineFactory,
    TargetLocationFactory,
    WorkPlanFactory,
)
from tests.programs.reporting.helpers import text_of

pytestmark = pytest.mark.django_db
CODE, SEPTEMBER = "goods_short", date(2019, 9, 30)


@pytest.fixture
def line():
    """Of a report of the third quarter, on a verifier's desk."""
    plan = WorkPlanFactory(agreed=True)
    report = ProgressReportFactory(verifying=True, agency=plan.agency, plan=plan)
    place = PlanLineFactory(plan=plan, target_location=TargetLocationFactory())
    return ReportLineFactory(report=report, plan_line=place, spent_to_date=1, physical_to_date=40)


def stated(line, *, handed_on=SEPTEMBER, plan_line=None, **fields):
    package = AidPackageFactory(plan_line=plan_line or line.plan_line, handed_on=handed_on, item="Kambing")
    return HolderStatementFactory(package=package, **fields)


def found(report) -> int:
    """How many; the database counts the same."""
    read = ProgressReport.objects.select_related("period").get(pk=report.pk)
    sheet = sheets_for([read])[read.pk]
    findings = Counter(each.code for each in assess(sheet, short=short_rows(sheet)).findings)
    assert count_findings([read])[read.pk].by_code[CODE] == findings[CODE]
    return findings[CODE]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, 1),
        ({"arrived": 12}, 0),
        ({"arrived": 12, "condition": "REFUSED"}, 1),
        ({"counts": False}, 0),
        ({"handed_on": None}, 1),
        ({"handed_on": date(2019, 10, 1)}, 0),  # after the quarter
    ],
)
def test_what_came_short_by_the_end_of_the_quarter_is_found(line, fields, expected):
    stated(line, **fields)

    assert found(line.report) == expected


def test_a_line_is_found_once_in_every_version_and_nowhere_else(line):
    stated(line)
    stated(line, condition="REFUSED")
    elsewhere = PlanLineFactory(plan=line.report.plan, activity=line.plan_line.activity,
                                target_location=TargetLocationFactory())  # fmt: skip
    ReportLineFactory(report=line.report, plan_line=elsewhere, spent_to_date=1, physical_to_date=70)
    assert found(line.report) == 1

    later = PlanLineFactory(plan=WorkPlanFactory(agreed=True, agency=line.report.agency, sequence=2),
                            activity=line.plan_line.activity, target_location=elsewhere.target_location)  # fmt: skip
    stated(line, plan_line=later)
    assert found(line.report) == 2
    stranger = PlanLineFactory(plan=WorkPlanFactory(agreed=True), activity=line.plan_line.activity)
    stated(line, plan_line=stranger)
    assert found(line.report) == 2


def test_both_desks_say_it(line, client_as):
    report = line.report
    desk, office = client_as("coordinator"), client_as("agency_operator", at=report.agency)
    decide = reverse("reporting:verification-decide", args=[report.pk])
    check = reverse("reporting:report-check", args=[report.pk])
    words = "Barang kurang atau ditolak di baris 1", "Barang kurang atau ditolak pada 1 kegiatan"
    assert words[0] not in text_of(desk.get(decide))

    said = stated(line)
    shown = text_of(desk.get(decide))
    told = f"Menurut pemegang BAST: Kambing untuk {said.package.group} datang 11 dari 12 ekor."
    assert words[0] in shown and told in shown
    ProgressReport.objects.filter(pk=report.pk).update(status="DRAFT", submitted_at=None, submitted_by=None)
    shown = text_of(office.get(check))
    assert words[1] in shown and told in shown


def test_of_many_packages_three_are_named(line):
    said = [stated(line, condition="REFUSED") for _ in range(5)]

    words = short_in_words(said)

    assert words.count("ditolak") == 3 and words.endswith("; dan 2 paket lainnya.")
