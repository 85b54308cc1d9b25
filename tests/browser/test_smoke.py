"""The door: signing in with the real form, at both widths, and out again, also without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from p2emas.accounts.models import User
from tests.browser.conftest import NARROW, WIDE, sign_in

PASSWORD = "kata-sandi-panjang"


@pytest.fixture
def person(user_as) -> User:
    user = user_as("coordinator")
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.mark.parametrize("viewport", [NARROW, WIDE], ids=["360", "1280"])
@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])
def test_person_signs_in_and_out(open_page, person, viewport, javascript):
    page = open_page(viewport=viewport, javascript=javascript)

    sign_in(page, person.username, PASSWORD)
    page.wait_for_url("**/beranda/")
    assert page.locator("h1").count() == 1

    page.goto("/keluar/")
    page.locator("form[action*='/keluar/'] button[type=submit]").last.click()
    page.goto("/beranda/")
    assert "/masuk/" in page.url


def test_wrong_password_says_so_and_keeps_the_name(open_page, person):
    page = open_page()

    page.goto("/masuk/")
    page.locator("input[name=login]").fill(person.username)
    page.locator("input[name=password]").fill("bukan-kata-sandinya")
    page.locator("form:has(input[name=password]) button[type=submit]").click()

    expect(page).to_have_title(re.compile("^Galat: "))
    expect(page.locator("input[name=login]")).to_have_value(person.username)


@pytest.mark.parametrize("viewport", [NARROW, WIDE], ids=["360", "1280"])
@pytest.mark.parametrize("path", ["/", "/masuk/"])
def test_public_page_is_accessible_and_fits(open_page, axe, viewport, path):
    page = open_page(viewport=viewport)

    page.goto(path)

    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


@pytest.mark.parametrize("role", ["coordinator", "agency_operator", "auditor", "panelist"])
def test_home_page_loads_whole(page_as, role):
    """Nothing missing: styles, scripts and pictures all answer (the fixture watches every response)."""
    page = page_as(role)

    response = page.goto("/beranda/")

    assert response.status == 200
    assert page.evaluate("document.styleSheets.length") > 0
