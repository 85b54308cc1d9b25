"""The session ends while somebody types: through the sign-in, a reload and a second tab nothing is lost."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page, expect

from p2emas.accounts.second_factor.codes import LAST
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


def give_password(page: Page, name: str = "siti") -> None:
    page.locator("input[name=login]").fill(name)
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


def give_code(page: Page, user, secret: str) -> None:
    for row in Authenticator.objects.filter(user=user):  # a code is good once; nobody waits half a minute for the next
        row.data.pop(LAST, None)
        row.save(update_fields=["data"])
    code = totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))
    page.locator("input[name=code]").fill(code)
    page.locator("form:has(input[name=code]) button[type=submit]").click()


def test_typed_cells_come_through_the_second_factor(open_page, operator, report):
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(operator, secret)
    page = open_page(expects_errors=True)
    page.goto("/masuk/")
    give_password(page)
    give_code(page, operator, secret)
    page.wait_for_url(lambda address: "/masuk/" not in address)
    page.goto(reverse("reporting:report-figures", args=[report.pk]))
    type_all(page)
    end_session(page)
    page.get_by_role("button", name="Simpan dulu").click()
    expect(page.locator("main")).to_contain_text("Sesi berakhir, isian Anda aman")

    give_password(page)
    expect(page.locator("input[name=code]")).to_be_visible()
    page.reload()  # the page of the code, too, may be loaded again
    give_code(page, operator, secret)

    expect(page.locator("main")).to_contain_text("3 isian berbeda dari yang tersimpan")
    page.get_by_role("link", name="Pakai isian ini").first.click()
    expect(boxes(page).first).to_have_value(TYPED[0])
    assert values(page) == TYPED


def test_another_person_at_the_same_browser_gets_nothing_of_it(form, report):
    other = UserFactory(username="budi", name="Budi")
    AssignmentFactory(user=other, agency=report.agency, role="agency_operator")
    type_all(form)
    end_session(form)
    form.get_by_role("button", name="Simpan dulu").click()
    expect(form.locator("main")).to_contain_text("Sesi berakhir, isian Anda aman")

    give_password(form, "budi")

    expect(form.locator("body")).to_contain_text("milik akun lain, jadi dibuang")
    form.goto(reverse("reporting:report-figures", args=[report.pk]))
    assert values(form) == [""] * len(TYPED)
    for value in TYPED:
        assert value not in form.content() and f"{int(value):,}".replace(",", ".") not in form.content()
    assert report.lines.filter(spent_to_date=None).count() == len(TYPED)
