"""The session ends while somebody types: through the sign-in, a reload and a second tab nothing is lost."""

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.browser.conftest import sign_in
from tests.factories import PASSWORD, AssignmentFactory, UserFactory
from tests.programs.reporting.helpers import report_with_lines

TYPED = ["11000", "12000", "13000"]


@pytest.fixture
def report(db):
    return report_with_lines(3)


@pytest.fixture
def operator(report):
    user = UserFactory(username="siti", name="Siti")
    AssignmentFactory(user=user, agency=report.agency, role="agency_operator")
    return user


@pytest.fixture
def form(open_page, operator, report) -> Page:
    page = open_page(expects_errors=True)
    sign_in(page, "siti", PASSWORD)
    page.goto(reverse("reporting:report-figures", args=[report.pk]))
    return page


def boxes(page: Page):
    return page.locator("table.fill input.money")


def type_all(page: Page) -> None:
    for number, value in enumerate(TYPED):
        boxes(page).nth(number).fill(value)


def values(page: Page) -> list[str]:
    return [boxes(page).nth(number).input_value() for number in range(len(TYPED))]


def give_password(page: Page) -> None:
    page.locator("input[name=login]").fill("siti")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form:has(input[name=password]) button[type=submit]").click()


def end_session(page: Page) -> None:
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)


def test_typed_cells_come_through_a_reload_and_the_sign_in(form, report):
    type_all(form)
    end_session(form)
    form.get_by_role("button", name="Simpan dulu").click()
    expect(form.locator("main")).to_contain_text("Sesi berakhir, isian Anda aman")
    form.reload()
    expect(form.locator("main")).to_contain_text("Sesi berakhir, isian Anda aman")

    give_password(form)

    expect(form.locator("main")).to_contain_text("3 isian berbeda dari yang tersimpan")
    form.get_by_role("link", name="Pakai isian ini").first.click()
    expect(boxes(form).first).to_have_value(TYPED[0])
    assert values(form) == TYPED
    form.get_by_role("button", name="Simpan dulu").click()
    expect(form.locator("main")).to_contain_text("Tersimpan pukul")
    assert sorted(report.lines.values_list("spent_to_date", flat=True)) == [11000, 12000, 13000]


def test_second_tab_loses_nothing_after_the_first_signed_in_again(form, report):
    second = form.context.new_page()
    second.goto(form.url)
    type_all(second)
    end_session(form)
    form.context.clear_cookies(name=settings.CSRF_COOKIE_NAME)
    sign_in(form, "siti", PASSWORD)  # the token of the second tab is of another session now

    second.get_by_role("button", name="Simpan dulu").click()

    expect(second.locator("main")).to_contain_text("Isian Anda ada di sini dan belum disimpan")
    assert values(second) == TYPED
    second.get_by_role("button", name="Simpan dulu").click()
    expect(second.locator("main")).to_contain_text("Tersimpan pukul")
    assert sorted(report.lines.values_list("spent_to_date", flat=True)) == [11000, 12000, 13000]
