"""Sales are written on a phone without a signal and arrive once, also when the first answer is lost."""

import pytest
from playwright.sync_api import Page, expect

from p2emas.documents.models import Receipt
from programs.fieldwork.notebook.models import SalesEntry
from tests.browser.test_browser_copies import browser, server, session_of  # noqa: F401 - fixtures
from tests.browser.test_field_troubles import FULL, ROOM_AGAIN, told
from tests.facilitator_factories import PlacementFactory
from tests.factories import CommunityGroupFactory

READY = "html[data-siap]"


@pytest.fixture
def facilitator(db, client_as):
    client = client_as("facilitator")
    placement = PlacementFactory(facilitator__user=client.user)
    CommunityGroupFactory(village=placement.target_location.village, name="KUB Tenun Rindai")
    return client


def go_offline(page: Page) -> None:
    page.goto("/lapangan/")
    page.locator(READY).wait_for(state="attached", timeout=30_000)
    page.context.set_offline(True)
    page.goto("/lapangan/penjualan/")
    page.locator(READY).wait_for(state="attached", timeout=30_000)


def write(page: Page, item: str, *, buyer: str) -> None:
    page.get_by_role("link", name="Catat penjualan kelompok").click()
    page.get_by_label("Barang").fill(item)
    page.get_by_label("Jumlah", exact=True).fill("4")
    page.get_by_label("Satuan", exact=True).fill("lembar")
    page.get_by_label("Harga satuan").fill("450.000")
    button = page.get_by_role("button", name="Simpan ke antrean")
    button.click()  # the buyer is not chosen yet
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Pembeli").select_option(buyer)
    button.click()
    expect(page.locator("#daftar")).to_contain_text(item)


def test_two_sales_without_a_signal_are_two_rows_once(browser, server, facilitator):  # noqa: F811
    session = session_of(facilitator)
    with browser(session) as page:
        go_offline(page)
        write(page, "Kain tenun", buyer="Pengepul")
        write(page, "Selendang", buyer="Pemerintah")
        expect(page.locator("#n-siap")).to_have_text("2")
        assert not SalesEntry.objects.exists()

    with browser(session) as page:  # after the browser was closed
        page.goto("/lapangan/luring/")
        expect(page.locator("#n-kirim")).to_have_text("2", timeout=30_000)
        expect(page.locator("#daftar")).to_contain_text("KUB Tenun Rindai: Selendang")
        page.reload()
        page.locator(READY).wait_for(state="attached", timeout=30_000)
        expect(page.locator("#n-siap")).to_have_text("0")

    rows = SalesEntry.objects.order_by("item").values_list("item", "quantity", "price", "buyer", "group__name")
    assert list(rows) == [
        ("Kain tenun", 4, 450_000, "COLLECTOR", "KUB Tenun Rindai"),
        ("Selendang", 4, 450_000, "GOVERNMENT", "KUB Tenun Rindai"),
    ]
    assert Receipt.objects.count() == 2


def test_full_phone_keeps_the_sale_in_the_form(browser, server, facilitator):  # noqa: F811
    with browser(session_of(facilitator)) as page:
        go_offline(page)
        page.get_by_role("link", name="Catat penjualan kelompok").click()
        expect(page.locator("#jual")).to_be_visible()
        page.evaluate(FULL)
        for label, text in (
            ("Barang", "Kain tenun"),
            ("Jumlah", "4"),
            ("Satuan", "lembar"),
            ("Harga satuan", "450.000"),
        ):
            page.get_by_label(label, exact=label != "Harga satuan").fill(text)
        page.get_by_label("Pembeli").select_option("Pengepul")
        for button in ("Simpan ke antrean", "Simpan dan keluar"):
            page.locator("#jual").get_by_role("button", name=button).click()
            told(page, "#penuh", "Penyimpanan HP penuh")
            page.wait_for_timeout(600)
            expect(page.locator("#jual")).to_be_visible()

        page.evaluate(ROOM_AGAIN)
        page.get_by_role("button", name="Simpan ke antrean").click()
        expect(page.locator("#daftar")).to_contain_text("Kain tenun")
        expect(page.locator("#penuh")).to_be_hidden()
        expect(page.locator("#n-siap")).to_have_text("1")


def test_a_sale_of_an_earlier_form_opens(browser, server, facilitator):  # noqa: F811
    """An update took a field away; the sale that was begun before it is not lost with it."""
    with browser(session_of(facilitator)) as page:
        go_offline(page)
        page.evaluate("""Antrean.keep({token: crypto.randomUUID(), sale: true, state: "draft", village: "Lama",
            fields: [["yang_dulu_ada", "7"], ["item", "Kain lama"]]})""")
        page.reload()
        page.get_by_role("link", name="Lama").click()
        expect(page.get_by_label("Barang")).to_have_value("Kain lama")


def test_a_lost_answer_makes_no_second_row(browser, server, facilitator):  # noqa: F811
    lost = []

    def lose(route) -> None:
        """The server has it, and the phone does not hear of it."""
        lost.append(route.fetch().status)
        route.abort()

    with browser(session_of(facilitator)) as page:
        go_offline(page)
        write(page, "Kain tenun", buyer="Pengepul")
        page.context.route("**/lapangan/kirim/", lose)
        page.context.set_offline(False)
        page.locator("#kirim").click()
        expect(page.locator("#luring")).to_be_hidden()
        page.wait_for_function("() => true")
        for _ in range(50):
            if lost:
                break
            page.wait_for_timeout(200)
        expect(page.locator("#n-siap")).to_have_text("1")
        page.context.unroute("**/lapangan/kirim/")
        page.locator("#kirim").click()
        expect(page.locator("#n-kirim")).to_have_text("1", timeout=30_000)

    assert lost and set(lost) == {200}
    assert SalesEntry.objects.count() == Receipt.objects.count() == 1
