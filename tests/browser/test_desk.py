"""The desk and the page of an activity in a real Chromium: the decision in the first screen, and no barrier."""

import pytest
from playwright.sync_api import Page

from programs.models import ProgressReport
from programs.reporting.verification.desk import FoundInReport
from tests.browser.conftest import NARROW
from tests.factories import (
    IndicatorFactory,
    IndicatorTargetFactory,
    IndicatorValueFactory,
    ReceiptFactory,
    ReportCommentFactory,
)
from tests.programs.reporting.helpers import lines_of, report_before, report_with_lines

DESK = {"width": 1280, "height": 800}


@pytest.fixture
def report(db) -> ProgressReport:
    """Nine activities with nearly every kind of finding, in each of which something is wrong."""
    report = report_with_lines(9, draft=False, verifying=True)
    report_before(report, spent=90_000_000, physical=20)
    for number, line in enumerate(lines_of(report)):
        amount = line.plan_line.amount
        line.spent_to_date = amount + 1 if number % 3 == 0 else 80_000_000
        line.physical_to_date = (15, 30, 90)[number % 3]
        line.video_url = "https://video.example/1"
        line.save()
        indicator = IndicatorFactory(activity=line.plan_line.activity, largest_change=1)
        IndicatorTargetFactory(indicator=indicator, target=2)
        IndicatorValueFactory(report=report, indicator=indicator, value=5 if number % 2 else 0)
    ReceiptFactory(number=report.number, record=report)
    ReportCommentFactory(report=report, line=lines_of(report)[0])
    return report


def bottom(page: Page, selector: str) -> float:
    return page.locator(selector).first.evaluate("each => each.getBoundingClientRect().bottom")


def test_decision_is_in_the_first_screen_no_matter_what_was_found(page_as, axe, report):
    page = page_as("coordinator", viewport=DESK)
    page.goto(f"/laporan/{report.pk}/verifikasi/")

    assert len(FoundInReport.of(report).findings.groups) >= 7
    for selector in ("input[name=keputusan][value=tunda]", "#id_catatan", "#putusan button[type=submit]"):
        assert bottom(page, selector) <= DESK["height"], selector
    axe(page)
    page.set_viewport_size(NARROW)
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_page_of_an_activity_has_no_barrier(page_as, axe, report):
    line = lines_of(report)[0]
    page = page_as("coordinator", viewport=DESK)

    page.goto(f"/laporan/{report.pk}/verifikasi/")
    page.get_by_role("link", name=f"1. {line.plan_line.activity.name}", exact=True).click()
    page.wait_for_url(f"**/kegiatan/{line.plan_line_id}/")

    axe(page)
    page.set_viewport_size(NARROW)
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
