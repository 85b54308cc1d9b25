"""The look itself: every part on one page, at both widths, by keyboard, with and without JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NARROW, WIDE

pytestmark = pytest.mark.urls("tests.browser.look_sheet")

SMALL = """() => [...document.querySelectorAll('a, button, input:not([type=hidden]), select, textarea, summary')]
  .filter(e => {
    const box = e.getBoundingClientRect();
    return box.width && box.height && getComputedStyle(e).position !== 'absolute' && (box.width < 24 || box.height < 24);
  }).map(e => e.outerHTML.slice(0, 80))"""


def active(page: Page) -> str:
    return page.evaluate("document.activeElement.id")


@pytest.mark.parametrize("viewport", [NARROW, WIDE], ids=["360", "1280"])
@pytest.mark.parametrize("role", ["anonymous", "coordinator"])
def test_look_is_accessible_fits_and_has_large_targets(page_as, axe, viewport, role):
    page = page_as(role, viewport=viewport)
    page.goto("/lembar/")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    assert page.evaluate(SMALL) == []


@pytest.mark.parametrize("font", ["DejaVu Sans", "Liberation Sans", "Carlito", "serif"])
def test_targets_are_large_in_every_font(page_as, axe, font):
    """An inline link is as high as its font says: sizes have to hold by the style sheet."""
    page = page_as("coordinator", viewport=NARROW)
    page.goto("/lembar/")
    page.evaluate("font => document.documentElement.style.setProperty('--bs-body-font-family', font)", font)

    assert page.evaluate(SMALL) == []
    axe(page)


@pytest.mark.parametrize("viewport", [NARROW, WIDE], ids=["360", "1280"])
def test_refused_form_is_accessible_and_leads_to_its_fields(open_page, axe, viewport):
    page = open_page(viewport=viewport)
    page.goto("/lembar/")
    page.locator("#id_money").fill("12.50")
    page.get_by_role("button", name="Simpan", exact=True).click()

    expect(page).to_have_title(re.compile("^Galat: Lembar"))
    assert active(page) == "galat"
    expect(page.locator("#id_money")).to_have_value("12.50")
    axe(page)
    page.locator(".errors a", has_text="Pilih sumber dana").click()
    assert active(page) == "id_fund_0"


def test_skip_link_is_first_and_leads_to_the_content(open_page):
    page = open_page()
    page.goto("/lembar/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className").startswith("skip")
    page.keyboard.press("Enter")
    assert active(page) == "isi"


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])
def test_form_saves_with_the_keyboard_alone(open_page, javascript):
    page = open_page(javascript=javascript)
    page.goto("/lembar/")
    page.locator("#id_name").focus()
    page.keyboard.type("Jasa Menenun")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("Rp 1.250.000")
    page.keyboard.press("Control+Enter" if javascript else "Enter")
    expect(page.locator(".banner.ok")).to_have_text("Berhasil. Tersimpan 1250000.")


def test_open_menu_closes_with_escape(page_as):
    page = page_as("coordinator")
    page.goto("/lembar/")
    menu = page.locator("details.more")
    menu.locator("summary").click()
    expect(menu.locator("a").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu.locator("a").first).to_be_hidden()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_print_leaves_the_menu_out_and_keeps_the_words(open_page):
    page = open_page()
    page.goto("/lembar/")
    page.emulate_media(media="print")
    expect(page.locator(".masthead")).to_be_hidden()
    expect(page.locator(".foot")).to_be_hidden()
    expect(page.locator(".state", has_text="Menunggu verifikasi").first).to_be_visible()
    expect(page.locator(".printed")).to_contain_text("/lembar/ pada 8 Oktober 2019")


LONE = """() => {
  const style = (e) => getComputedStyle(e);
  const headings = [...document.querySelectorAll('main :is(h1, h2, h3, caption)')];
  const inGrid = (e) => e && (['grid', 'flex'].includes(style(e).display) && e.matches('.cols, .grid') || inGrid(e.parentElement));
  return headings.filter((e) => style(e).breakAfter !== 'avoid' || inGrid(e)).map((e) => e.textContent);
}"""


def test_print_leaves_no_heading_alone_at_the_end_of_a_page(open_page):
    """Browsers keep a heading with what follows it by ``break-after``, and only outside of a grid."""
    page = open_page()
    page.goto("/lembar/")
    on_screen = page.evaluate(LONE)

    page.emulate_media(media="print")

    assert len(on_screen) > 5
    assert page.evaluate(LONE) == []


def test_ctrl_enter_in_another_form_sends_nothing_of_this_one(open_page):
    page = open_page()
    page.goto("/lembar/")
    page.locator("#id_status").focus()  # the filter bar
    page.keyboard.press("Control+Enter")
    page.wait_for_timeout(300)
    assert page.locator("#galat").count() == 0
    expect(page).to_have_title(re.compile("^Lembar"))
