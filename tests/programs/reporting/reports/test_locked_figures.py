"""Locking a quarter makes its figures final; to the public it changes nothing, and opening it again neither."""

from decimal import Decimal

import pytest

from p2emas.documents.kinds import JPEG
from programs.models import ProgressReport, ReportAttachment, ReportingPeriod, ReportLine
from programs.reporting.periods.locking import lock_period, reopen_period
from programs.reporting.reading.approved import approved_lines, latest_approved_by_quarter, latest_approved_reports
from programs.reporting.reading.welfare import village_results
from tests.factories import (
    IndicatorFactory,
    IndicatorTargetFactory,
    IndicatorValueFactory,
    PlanLineFactory,
    ProgressReportFactory,
    ReportingPeriodFactory,
    ReportLineFactory,
    TargetLocationFactory,
)
from tests.programs.reporting.helpers import text_of

pytestmark = pytest.mark.django_db
S = ProgressReport.Status
OPEN, LOCKED = ReportingPeriod.Status.OPEN, ReportingPeriod.Status.LOCKED


@pytest.fixture
def quarter():
    """TW III 2019: one agency with an approved report of TW II and TW III, another whose report is still a draft."""
    location = TargetLocationFactory()
    plan_line = PlanLineFactory(
        target_location=location, commodity=location.core_competency.commodity, amount=100_000_000
    )
    plan, period = plan_line.plan, ReportingPeriodFactory()
    earlier = ProgressReportFactory(
        approved=True, period=ReportingPeriodFactory(number=2), plan=plan, agency=plan.agency
    )
    ReportLineFactory(report=earlier, plan_line=plan_line, spent_to_date=20_000_000, physical_to_date=30)
    report = ProgressReportFactory(approved=True, period=period, plan=plan, agency=plan.agency)
    line = ReportLineFactory(report=report, plan_line=plan_line, spent_to_date=61_000_000, physical_to_date=70)
    ReportAttachment.objects.create(
        report=report, line=line, file="lampiran/foto.jpg", content_type=JPEG, size=9, sha256="0" * 64
    )
    indicator = IndicatorFactory(activity=plan_line.activity, ledger="WELFARE", formula="end_value", unit="Rp ribu")
    IndicatorTargetFactory(indicator=indicator, village=location.village, baseline=800)
    IndicatorValueFactory(report=report, indicator=indicator, village=location.village, value=1000)
    draft = ProgressReportFactory(draft=True, period=period)
    unsent = ReportLineFactory(report=draft, spent_to_date=7, physical_to_date=7)
    ReportAttachment.objects.create(
        report=draft, line=unsent, file="lampiran/draf.jpg", content_type=JPEG, size=9, sha256="1" * 64
    )
    period.village = location.village
    return period


def public_figures() -> dict[str, object]:
    """Every read that public pages and dashboards build on."""
    return {
        "reports": set(ProgressReport.objects.published().values_list("pk", flat=True)),
        "newest": latest_approved_reports(2019),
        "by quarter": latest_approved_by_quarter(2019, [2, 3]),
        "lines": [
            row
            for lines in approved_lines(2019)
            for row in lines.values_list("plan_line", "spent_to_date", "physical_to_date")
        ],
        "lines approved": set(ReportLine.objects.approved().values_list("pk", flat=True)),
        "results": [(row.value, row.quarter, row.improved) for row in village_results(2019)],
        "photos": set(ReportAttachment.objects.public().values_list("pk", flat=True)),
    }


def test_locking_and_reopening_change_no_public_figure(user_as, quarter):
    head = user_as("coordinator_head")
    before = public_figures()

    lock_period(period=quarter, actor=head, seen=OPEN)
    locked = public_figures()
    state = quarter.reports.get(agency__reports__lines__spent_to_date=61_000_000).status
    reopen_period(period=quarter, actor=head, seen=LOCKED, reason="Koreksi SP2D")

    assert before["lines"] == [(before["lines"][0][0], 61_000_000, Decimal("70.00"))]
    assert before["results"] == [(Decimal("1000.000"), 3, True)]
    assert len(before["photos"]) == 1 and len(before["reports"]) == 2
    assert state == S.LOCKED
    assert locked == before
    assert public_figures() == before


def test_locking_changes_no_word_of_a_public_page(client, user_as, quarter):
    village = quarter.village
    pages = [
        "/",
        "/anggaran/",
        "/anggaran/?format=csv",
        "/peta/",
        f"/desa/{village.slug}/",
        f"/desa/{village.slug}/kegiatan.csv",
        f"/desa/{village.slug}/dasar/",
        f"/kecamatan/{village.district.code}/",
    ]
    before = {page: text_of(client.get(page)) for page in pages}

    lock_period(period=quarter, actor=user_as("coordinator_head"), seen=OPEN)

    assert "61000000" in before["/anggaran/?format=csv"]
    assert "70%" in before[f"/desa/{village.slug}/"]
    assert {page: text_of(client.get(page)) for page in pages} == before
