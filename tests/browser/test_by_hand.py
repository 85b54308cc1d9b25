"""A quarter of twelve activities typed with the keyboard alone: how many keys lead from box to box, and how long it takes.

The time is no test, since it depends on the machine: both ways are timed in one run and their ratio is logged
(``pytest --log-cli-level=INFO``) for docs/speed.md.
"""

import logging
import time
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from programs.models import ProgressReport
from tests.programs.reporting.helpers import lines_of, report_before, report_with_lines

logger = logging.getLogger(__name__)
ACTIVITIES = 12
MONEY = [f"{41_500_000 + 1_250_000 * number}" for number in range(1, ACTIVITIES + 1)]
PERCENT = [f"{40 + number}" for number in range(1, ACTIVITIES + 1)]


@pytest.fixture
def report(db) -> ProgressReport:
    report = report_with_lines(ACTIVITIES)
    report_before(report)  # so that each row has the box that says that nothing changed
    return report


class Hands:
    """Types, and counts all keys and those that type no figure."""

    def __init__(self, page: Page) -> None:
        self.page, self.moves, self.keys = page, 0, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.moves += 1
            self.keys += 1

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.keys += len(text)


def opened(page_as, report, *, javascript: bool) -> Page:
    page = page_as("agency_operator", at=report.agency, javascript=javascript)
    page.goto(reverse("reporting:report-figures", args=[report.pk]))
    page.locator("table.fill input.money").first.focus()
    return page


def stored(report) -> list[tuple[str, str]]:
    return [(str(line.spent_to_date), str(int(line.physical_to_date))) for line in lines_of(report)]


def down_one_column_and_up_the_other(hands: Hands) -> None:
    for number, money in enumerate(MONEY):
        if number:
            hands.press("Enter")
        hands.type(money)
    hands.press("Tab")
    for number, percent in enumerate(reversed(PERCENT)):
        if number:
            hands.press("Shift+Enter")
        hands.type(percent)
    hands.press("Control+Enter")


def from_row_to_row(hands: Hands) -> None:
    """The browser's own way: nil, money, progress and "unchanged" of each row are a stop."""
    for number, (money, percent) in enumerate(zip(MONEY, PERCENT, strict=True)):
        if number:
            hands.press("Tab", "Tab", "Tab")
        hands.type(money)
        hands.press("Tab")
        hands.type(percent)
    hands.press("Enter")


def timed(page: Page, way: Callable[[Hands], None]) -> tuple[Hands, float]:
    """From the first key to the page that says what was saved."""
    hands, begun = Hands(page), time.monotonic()
    way(hands)
    expect(page.locator("main")).to_contain_text("Tersimpan pukul")
    return hands, time.monotonic() - begun


def test_keyboard_alone_fills_a_quarter_with_half_of_the_keys(page_as, report):
    page = opened(page_as, report, javascript=True)
    by_columns, seconds = timed(page, down_one_column_and_up_the_other)
    typed = stored(report)

    report.lines.update(spent_to_date=None, physical_to_date=None)
    page = opened(page_as, report, javascript=False)
    by_rows, seconds_before = timed(page, from_row_to_row)

    assert typed == stored(report) == list(zip(MONEY, PERCENT, strict=True))
    assert (by_columns.moves, by_rows.moves) == (24, 46)
    logger.info("keys %s / %s, time %.2f of it", by_columns.keys, by_rows.keys, seconds / seconds_before)
