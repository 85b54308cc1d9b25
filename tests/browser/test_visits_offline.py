"""Days without a signal: a visit is begun offline, the browser is killed, the server is down, and one row comes of it."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import Page, expect

from programs.fieldwork.models import FieldReport
from tests.browser.test_browser_copies import browser, server, session_of  # noqa: F401 - fixtures
from tests.facilitator_factories import PlacementFactory
from tests.pictures import JPEG

READY = "html[data-siap]"


@pytest.fixture
def facilitator(db, client_as):
    client = client_as("facilitator")
    PlacementFactory(facilitator__user=client.user)
    return client


def step(page: Page, number: int) -> None:
    page.locator(f"[data-langkah='{number}'] button[type=submit]").click()


def test_visit_begun_offline_is_one_row_after_kill_and_restart(browser, server, facilitator):  # noqa: F811
    session = session_of(facilitator)
    with browser(session) as page:
        page.goto("/lapangan/")
        page.locator(READY).wait_for(state="attached", timeout=30_000)
        page.evaluate("localStorage.setItem(`lapangan:n:${localStorage.getItem('lapangan:siapa')}`, 2)")
        page.goto("/kendala/")
        page.get_by_role("button", name="Keluar").click()
        expect(page.get_by_role("alert")).to_contain_text("2 laporan belum terkirim")
        page.goto("/lapangan/")  # nothing was cleared, nobody was signed out; what waits is counted again
        page.locator(READY).wait_for(state="attached", timeout=30_000)
        page.context.set_offline(True)
        page.goto("/lapangan/tidak-ada/")
        page.get_by_role("link", name="Buat laporan kunjungan").click()
        step(page, 1)
        page.get_by_label("Perempuan").fill("21")
        page.get_by_label("Laki-laki").fill("3")
        page.get_by_label("Yang dilihat dan dibicarakan").fill("Ditulis tanpa sinyal.")
        expect(page.locator("#tersimpan")).to_contain_text("Tersimpan di HP")
        page.wait_for_timeout(600)  # the last letters are kept after a quarter of a second
    server.stop()

    with browser(session) as page:
        page.goto("/lapangan/")
        page.locator(READY).wait_for(state="attached", timeout=30_000)
        expect(page.locator("#daftar")).to_contain_text("Draf, isian kurang")
        page.locator("#daftar a").click()
        step(page, 1)
        expect(page.get_by_label("Yang dilihat dan dibicarakan")).to_have_value("Ditulis tanpa sinyal.")
        page.get_by_label("Tidak ada").check()
        step(page, 2)
        page.locator("#foto-file").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": JPEG})
        expect(page.locator("#foto-ada figure")).to_have_count(1)
        page.get_by_label("Orang pada foto setuju").check()
        for number in (3, 4, 5):
            step(page, number)
        expect(page.locator("#n-siap")).to_have_text("1")
        assert not FieldReport.objects.exists()
        with page.expect_download() as saved:
            page.locator("#salin").click()
        copy = Path(saved.value.path()).read_bytes()
        server.start()
        page.locator("#kirim").click()
        expect(page.locator("#n-kirim")).to_have_text("1", timeout=30_000)
        expect(page.locator("#n-siap")).to_have_text("0")
        page.goto(page.locator("#daftar a").get_attribute("href"))
        expect(page.locator("h1")).to_contain_text("Kunjungan")

    report = FieldReport.objects.get()
    sent_sha256 = report.photos.get().sent_sha256
    assert (report.status, report.text, report.photos.count()) == ("SENT", "Ditulis tanpa sinyal.", 1)
    FieldReport.objects.all().delete()  # as if the phone had been lost before it could send
    facilitator.post("/impor/kunjungan/", {"copy": SimpleUploadedFile("salinan.zip", copy)})
    again = FieldReport.objects.get()
    assert (again.client_token, again.text, again.status) == (report.client_token, report.text, "SENT")
    assert again.photos.get().sent_sha256 == sent_sha256
