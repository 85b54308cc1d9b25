"""The server does not answer: what is typed waits sealed in the browser, for its owner alone, and comes back."""

import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from django.conf import settings
from django.core.servers.basehttp import ThreadedWSGIServer
from playwright.sync_api import BrowserType, Page, expect
from pytest_django.live_server_helper import LiveServer

from p2emas.models import FormDraft
from tests.programs.reporting.helpers import report_with_lines

COPIES = "Object.entries(localStorage).filter(([name]) => name.startsWith('isian:')).map((pair) => pair.join(' '))"
STORES = """async () => JSON.stringify([
    Object.entries(localStorage), Object.entries(sessionStorage), await indexedDB.databases()])"""
WORD = "Dipanggilkepala"  # somebody's words in a draft


@pytest.fixture
def report(db):
    return report_with_lines(13)


@pytest.fixture
def browser(browser_type: BrowserType, browser_type_launch_args, server, tmp_path: Path) -> Callable:
    """A browser that keeps its profile: everything of it is there again when it is opened the next time."""

    @contextmanager
    def opened(session, *, script: str = "") -> Iterator[Page]:
        context = browser_type.launch_persistent_context(
            tmp_path / "profile", base_url=server.url, viewport={"width": 1280, "height": 900},
            **browser_type_launch_args,
        )  # fmt: skip
        context.set_default_timeout(20_000)
        context.add_cookies([{"name": session.key, "value": session.value, "url": server.url}])
        if script:
            context.add_init_script(script)
        yield context.new_page()
        context.close()

    yield opened
    shutil.rmtree(tmp_path / "profile", ignore_errors=True)


def session_of(client):
    return client.cookies[settings.SESSION_COOKIE_NAME]


def cells(page: Page):
    return page.locator("table.fill input.money, table.fill input.pct")


class HangingUp(ThreadedWSGIServer):
    """Knows whom it talks to, and ends these talks when it stops."""

    def __init__(self, *args, **kwargs) -> None:
        self.talks: list[socket.socket] = []
        super().__init__(*args, **{**kwargs, "allow_reuse_address": True})  # of talks that have just ended

    def get_request(self):
        talk, address = super().get_request()
        self.talks.append(talk)
        return talk, address

    def server_close(self) -> None:
        super().server_close()
        for talk in self.talks:
            with suppress(OSError):  # the browser was the first
                talk.shutdown(socket.SHUT_RDWR)


class Server:
    """A server of one test alone, which can be stopped and started again at the same port."""

    def __init__(self, host: str) -> None:
        self.address = host
        self.running: LiveServer | None = None
        self.start()

    @property
    def url(self) -> str:
        return f"http://{self.address}"

    def start(self) -> None:
        self.running = LiveServer(self.address, start=False)
        self.running.thread.server_class = HangingUp
        self.running.start()
        self.address = f"{self.running.thread.host}:{self.running.thread.port}"

    def stop(self) -> None:
        """Nobody listens at its port any more; the browser's next request is refused."""
        if self.running:
            self.running.stop()
            self.running = None


@pytest.fixture
def server(live_server) -> Iterator[Server]:
    own = Server(live_server.thread.host)
    yield own
    own.stop()


def words(page: Page):
    return page.locator("[data-draft]")


def test_all_cells_are_there_after_the_server_stopped_and_the_browser_was_closed(browser, server, client_as, report):
    session, url = session_of(client_as("agency_operator", at=report.agency)), f"/laporan/{report.pk}/realisasi/"
    with browser(session) as page:
        page.goto(url)
        for number in range(20):
            cells(page).nth(number).fill(str(10 + number))
        expect(words(page)).to_contain_text("Tersimpan", timeout=30_000)
        server.stop()
        for number in range(20, 25):
            cells(page).nth(number).fill(str(10 + number))
        expect(words(page)).to_contain_text("Belum tersimpan, dicoba lagi", timeout=30_000)
        server.start()
    assert "34" not in str([draft.fields for draft in FormDraft.objects.all()])

    with browser(session) as page:
        page.goto(url)
        expect(page.locator("main")).to_contain_text("25 isian berbeda dari yang tersimpan", timeout=30_000)
        page.get_by_role("link", name="Pakai isian ini").first.click()
        assert [cells(page).nth(number).input_value() for number in range(25)] == [str(10 + n) for n in range(25)]
        assert page.evaluate(COPIES) == []


def test_copy_is_sealed_and_other_people_at_the_browser_read_nothing(browser, server, client_as, report):
    owner, other = client_as("agency_operator", at=report.agency), client_as("agency_head", at=report.agency)
    url = f"/laporan/{report.pk}/realisasi/"
    with browser(session_of(owner)) as page:
        page.goto(url)
        server.stop()
        page.locator("table.fill tbody details input").first.evaluate(
            "(box, word) => {box.value = word; box.dispatchEvent(new Event('input', {bubbles: true}));}", WORD
        )
        expect(words(page)).to_contain_text("salinannya ada di peramban ini", timeout=30_000)
        stored = page.evaluate(STORES)
        assert len(page.evaluate(COPIES)) == 1
        assert WORD not in stored and str(owner.user.username) not in stored and "realisasi" not in stored

    server.start()
    with browser(session_of(other)) as page:
        page.goto(url)
        page.wait_for_timeout(1500)
        assert WORD not in page.content()
        assert len(page.evaluate(COPIES)) == 1  # it waits for its owner
        page.get_by_role("button", name="Keluar").click()
        page.wait_for_url("**/")
        assert len(page.evaluate(COPIES)) == 1
    assert not FormDraft.objects.exists()


def test_copies_go_at_sign_out_and_after_seven_days(browser, server, client_as, report):
    session = session_of(client_as("agency_operator", at=report.agency))
    old = "localStorage.setItem('isian:a:b:c', JSON.stringify({at: Date.now() - 7 * 24 * 3600e3 - 1}))"
    with browser(session) as page:
        page.goto("/bantuan/")
        page.evaluate(old)
        page.goto(f"/laporan/{report.pk}/realisasi/")
        assert page.evaluate(COPIES) == []
        server.stop()
        cells(page).first.fill("77")
        expect(words(page)).to_contain_text("salinannya", timeout=30_000)
        server.start()
        page.once("dialog", lambda dialog: dialog.accept())
        page.get_by_role("button", name="Keluar").click()
        expect(page.get_by_role("link", name="Masuk").first).to_be_visible()
        assert page.evaluate(COPIES) == []


def test_without_crypto_there_is_no_copy_and_the_page_says_so(browser, server, client_as, report):
    no_crypto = "Object.defineProperty(Crypto.prototype, 'subtle', {get: () => undefined})"
    with browser(session_of(client_as("agency_operator", at=report.agency)), script=no_crypto) as page:
        page.goto(f"/laporan/{report.pk}/realisasi/")
        server.stop()
        cells(page).first.fill("77")
        expect(words(page)).to_contain_text("Peramban ini tidak dapat menyimpan salinan", timeout=30_000)
        assert page.evaluate(COPIES) == []


def test_full_browser_keeps_no_copy_and_the_page_says_so_until_one_is_written(browser, server, client_as, report):
    full = "window.put = Storage.prototype.setItem; Storage.prototype.setItem = () => {throw new DOMException('full')}"
    with browser(session_of(client_as("agency_operator", at=report.agency)), script=full) as page:
        page.goto(f"/laporan/{report.pk}/realisasi/")
        server.stop()
        cells(page).first.fill("77")
        expect(words(page)).to_contain_text("tidak dapat menyimpan salinan; jangan tutup halaman ini", timeout=30_000)
        assert "salinannya ada" not in words(page).inner_text() and page.evaluate(COPIES) == []

        page.evaluate("() => {Storage.prototype.setItem = window.put;}")
        cells(page).first.fill("78")
        expect(words(page)).to_contain_text("salinannya ada di peramban ini", timeout=30_000)
        assert len(page.evaluate(COPIES)) == 1
