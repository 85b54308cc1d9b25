"""Typing that is kept on a phone, and in the texts of decrees and minutes."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from p2emas.models import FormDraft
from tests.browser.conftest import NARROW
from tests.factories import DecreeFactory, MinutesFactory
from tests.programs.reporting.helpers import report_with_lines

KEPT = re.compile(r"Tersimpan \d\d\.\d\d")
TYPED = "bahwa penetapan ini dibahas bersama;"


def opened_again(page: Page, address: str) -> Page:
    """Another page of the same browser, the first one closed."""
    again = page.context.new_page()
    page.close()
    again.goto(address)
    return again


def test_cards_of_a_phone_are_kept_like_the_table(page_as, axe):
    report = report_with_lines(3)
    page = page_as("agency_operator", at=report.agency, viewport=NARROW)
    address = reverse("reporting:report-figures", args=[report.pk])
    page.goto(address)
    boxes = page.locator("table.fill input.money")
    assert boxes.first.evaluate("box => getComputedStyle(box.closest('td')).display") != "table-cell"
    for number in range(3):
        boxes.nth(number).fill(str(1000 + number))
    expect(page.locator("[data-draft]")).to_have_text(KEPT)

    page = opened_again(page, address)
    axe(page)
    page.get_by_role("link", name="Pakai isian ini").click()

    expect(page.locator("table.fill input.money").nth(2)).to_have_value("1002")
    page.get_by_role("button", name="Simpan dulu").click()
    expect(page.locator("main")).to_contain_text("Tersimpan pukul")
    assert sorted(report.lines.values_list("spent_to_date", flat=True)) == [1000, 1001, 1002]
    assert not FormDraft.objects.exists()


PAPERS = {
    "decree": (DecreeFactory, "profiles:decree-text", "considering"),
    "minutes": (MinutesFactory, "instruments:minutes-edit", "text"),
}


@pytest.mark.parametrize("width", ["phone", "desk"])
@pytest.mark.parametrize("kind", PAPERS)
def test_text_of_a_paper_is_there_again_after_the_page_was_closed(page_as, kind, width):
    make, name, field = PAPERS[kind]
    record = make(draft=True)
    page = page_as("coordinator", **({"viewport": NARROW} if width == "phone" else {}))
    address = reverse(name, args=[record.pk])
    page.goto(address)
    page.locator(f"[name={field}]").fill(TYPED)
    expect(page.locator("[data-draft]")).to_have_text(KEPT)

    page = opened_again(page, address)
    expect(page.locator("main")).to_contain_text("belum tersimpan")
    expect(page.locator(f"[name={field}]")).not_to_have_value(TYPED)
    page.get_by_role("link", name="Pakai isian ini").click()

    expect(page.locator(f"[name={field}]")).to_have_value(TYPED)
    record.refresh_from_db()
    assert TYPED not in str(getattr(record, field))
