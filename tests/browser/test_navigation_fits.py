"""The navigation on the smallest office screen, 1366 x 650: the bar in one line, "Semua menu" whole without scrolling."""

import pytest
from playwright.sync_api import Page, expect

SMALL_SCREEN = {"width": 1366, "height": 650}
ROLES = ["coordinator", "coordinator_head", "leader", "auditor", "agency_operator", "agency_head", "district_admin"]
OUTSIDE = """(within) => [...document.querySelectorAll(within)].filter(element => {
  const box = element.getBoundingClientRect();
  return box.left < 0 || box.top < 0 || box.right > innerWidth || box.bottom > innerHeight || !box.height;
}).map(element => element.textContent.trim())"""
LINES = """() => new Set([...document.querySelectorAll('.nav-main > ul > li')]
  .map(element => Math.round(element.getBoundingClientRect().top))).size"""


def opened(page: Page) -> Page:
    page.goto("/beranda/")
    page.get_by_text("Semua menu", exact=True).click()
    expect(page.locator(".more-panel")).to_be_visible()
    return page


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("role", ROLES)
def test_all_of_the_menu_is_seen_at_once(page_as, role, javascript):
    page = opened(page_as(role, viewport=SMALL_SCREEN, javascript=javascript))

    links = page.locator(".more-panel a")
    assert links.count() > 8
    if javascript:  # what is measured needs a script, and both draw the same
        assert page.evaluate(OUTSIDE, ".more-panel, .more-panel a, .more-panel b, .nav-main > ul > li") == []
        assert page.evaluate(LINES) == 1
        assert page.evaluate("[scrollY, document.documentElement.scrollWidth > innerWidth]") == [0, False]
    box = page.locator(".more-panel").bounding_box()
    assert box["y"] + box["height"] <= SMALL_SCREEN["height"] and box["x"] + box["width"] <= SMALL_SCREEN["width"]


@pytest.mark.parametrize("role", ["coordinator_head", "agency_operator"])
def test_open_menu_is_accessible_and_its_last_link_is_reached_by_keyboard(page_as, axe, role):
    page = opened(page_as(role, viewport=SMALL_SCREEN))

    axe(page)
    page.locator(".more-panel a").last.focus()
    assert page.evaluate("scrollY") == 0
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("h1").first).to_be_visible()
