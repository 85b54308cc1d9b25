"""Three days without a signal: twelve visits with forty photos, two kills and a new version of the app; none is lost."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from p2emas.documents.models import Receipt
from p2emas.identity.models import Identity
from programs.fieldwork.models import FieldPhoto, FieldReport
from tests.bad_line import BadLine
from tests.browser.test_browser_copies import browser, session_of  # noqa: F401 - a fixture
from tests.browser.test_visits_offline import READY, facilitator, step  # noqa: F401 - a fixture
from tests.conftest import TODAY

PHOTOS = (4, 3, 3, 4, 3, 3, 4, 3, 3, 4, 3, 3)  # of twelve visits
ON_THE_PHONE = """async () => {
    const found = await Promise.all((await Antrean.items()).map((each) => Antrean.photosOf(each.token)));
    return found.flat().map((each) => each.sha256);}"""

SEND = "() => {Antrean.send(async () => {});}"


@pytest.fixture
def server(live_server) -> Iterator[BadLine]:
    line = BadLine(live_server.url)
    yield line
    line.stop()


def picture(visit: int, number: int) -> dict:
    made = BytesIO()
    Image.effect_noise((320 + visit, 240 + number), 60).convert("RGB").save(made, "JPEG")
    return {"name": f"{visit}-{number}.jpg", "mimeType": "image/jpeg", "buffer": made.getvalue()}


def browsers_of(profile: Path) -> list[int]:
    found = []
    for each in Path("/proc").iterdir():
        with suppress(OSError):
            if each.name.isdigit() and str(profile).encode() in (each / "cmdline").read_bytes():
                found.append(int(each.name))
    return found


@contextmanager
def killed_at_the_end(opened, profile: Path) -> Iterator[Page]:
    """A browser that ends as a phone does that runs out of power."""
    page = opened.__enter__()
    yield page
    processes = browsers_of(profile)
    assert processes
    for each in processes:
        with suppress(ProcessLookupError):
            os.kill(each, signal.SIGKILL)
    with suppress(Exception):  # there is nobody any more whom it could close
        opened.__exit__(None, None, None)


def write_visit(page: Page, visit: int, photos: int) -> None:
    day = TODAY - timedelta(days=2 - visit // 4)
    page.get_by_role("link", name="Buat laporan kunjungan").click()
    page.locator("#tanggal").fill(day.isoformat())
    step(page, 1)
    page.get_by_label("Perempuan").fill(str(visit + 1))
    page.get_by_label("Laki-laki").fill("3")
    page.get_by_label("Yang dilihat dan dibicarakan").fill(f"Kunjungan nomor {visit}.")
    page.get_by_label("Tidak ada").check()
    step(page, 2)
    page.locator("#foto-file").set_input_files([picture(visit, number) for number in range(photos)])
    expect(page.locator("#foto-ada figure")).to_have_count(photos, timeout=60_000)
    page.get_by_label("Orang pada foto setuju").check()
    for number in (3, 4, 5):
        step(page, number)
    expect(page.locator("#rumah")).to_be_visible()


def open_field(page: Page, path: str = "/lapangan/") -> Page:
    page.goto(path, wait_until="commit")
    page.locator(READY).wait_for(state="attached", timeout=60_000)
    return page


def waiting(page: Page, number: int) -> None:
    expect(page.locator("#n-siap")).to_have_text(str(number), timeout=30_000)


def wait_until(page: Page, come_true: Callable[[], object]) -> None:
    until = time.monotonic() + 40
    while not come_true():
        assert time.monotonic() < until
        page.wait_for_timeout(200)


def shown(page: Page, words: str) -> None:
    """The shell says ``words`` once its new worker has taken over."""

    def look() -> bool:
        page.wait_for_timeout(2500)  # a browser looks for a new worker a second after a page is there
        return words in open_field(page, "/lapangan/luring/").locator(".masthead").inner_text()

    wait_until(page, look)


def send_until_nothing_waits(page: Page) -> None:
    for _attempt in range(60):
        if page.locator("#n-siap").text_content() == "0":
            return
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # as if looked at again
        page.wait_for_timeout(300)


def arrived_once(texts: list[str], digests: list[str]) -> None:
    """Each visit is one row with one receipt, and each photo is there once, with the bytes of the phone."""
    reports = FieldReport.objects.all()
    assert sorted(reports.values_list("text", flat=True)) == sorted(texts)
    assert set(reports.values_list("status", flat=True)) == {"SENT"}
    assert len(digests) == len(set(digests))
    assert sorted(FieldPhoto.objects.values_list("sent_sha256", flat=True)) == sorted(digests)
    receipts = Receipt.objects.filter(client_token__in=reports.values("client_token"))
    assert receipts.count() == len(texts)


def tell_on(browser, server, facilitator, profile: Path, photos: tuple[int, ...]) -> None:  # noqa: F811
    """A third of the visits on each day; killed after the first two, and updated before the last."""
    session, each_day = session_of(facilitator), len(photos) // 3
    with browser(session) as page:
        open_field(page)  # with a signal: the phone learns who writes
    server.stop()
    for day in (0, 1):
        with killed_at_the_end(browser(session), profile) as page:
            open_field(page)
            waiting(page, day * each_day)
            for visit in range(day * each_day, (day + 1) * each_day):
                write_visit(page, visit, photos[visit])
            waiting(page, (day + 1) * each_day)
    Identity.objects.update_or_create(pk=1, defaults={"name": "Sintang Baru"})  # another shell, another worker
    server.start()
    with server.losing(1, "request", begins_with=(b"POST ",)), browser(session) as page:
        open_field(page)
        shown(page, "Sintang Baru")
        waiting(page, 2 * each_day)
    server.stop()
    with browser(session) as page:
        open_field(page)
        expect(page.locator(".masthead")).to_contain_text("Sintang Baru")
        for visit in range(2 * each_day, len(photos)):
            write_visit(page, visit, photos[visit])
        waiting(page, len(photos))
        held = page.evaluate(ON_THE_PHONE)
        server.start()
        with server.losing(3):
            send_until_nothing_waits(page)
        expect(page.locator("#n-kirim")).to_have_text(str(len(photos)))
    assert server.lost >= len(photos) // 2 + sum(photos) // 3
    assert len(held) == sum(photos)
    arrived_once([f"Kunjungan nomor {n}." for n in range(len(photos))], held)


@pytest.mark.drill
def test_twelve_visits_of_three_days_arrive_once(browser, server, facilitator, tmp_path):  # noqa: F811
    tell_on(browser, server, facilitator, tmp_path / "profile", PHOTOS)


def test_three_visits_of_three_days_arrive_once(browser, server, facilitator, tmp_path):  # noqa: F811
    tell_on(browser, server, facilitator, tmp_path / "profile", (2, 0, 1))


def count_on(page: Page) -> int:
    return page.evaluate("Antrean.count()")


def test_first_answer_that_is_lost_makes_one_row_and_one_receipt(browser, server, facilitator):  # noqa: F811
    with browser(session_of(facilitator)) as page:
        open_field(page)
        open_field(page, "/lapangan/luring/")
        with server.losing(1, "answer", begins_with=(b"POST ",)):
            write_visit(page, 0, 1)
            held = page.evaluate(ON_THE_PHONE)
            wait_until(page, FieldReport.objects.filter(status="WAITING").exists)  # the server has the text
            page.wait_for_timeout(500)
            assert server.lost and count_on(page) == 1
        photo = f"POST /lapangan/kirim/{FieldReport.objects.get().client_token}/foto/".encode()
        with server.losing(1, "request", begins_with=(photo,)):
            page.evaluate(SEND)
            wait_until(page, lambda: server.lost)
            page.wait_for_timeout(500)
            assert page.evaluate(ON_THE_PHONE) == held  # nothing leaves before the receipt
        page.evaluate(SEND)
        wait_until(page, lambda: count_on(page) == 0)
        assert page.evaluate(ON_THE_PHONE) == []
    arrived_once(["Kunjungan nomor 0."], held)


def test_two_tabs_that_send_at_once_make_one_row(browser, server, facilitator):  # noqa: F811
    with browser(session_of(facilitator)) as page:
        open_field(page)
        server.stop()
        open_field(page, "/lapangan/luring/")
        write_visit(page, 0, 2)
        held = page.evaluate(ON_THE_PHONE)
        other = open_field(page.context.new_page(), "/lapangan/luring/")
        server.start()
        sent = []
        page.context.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
        for each in (page, other):
            each.evaluate(SEND)
        wait_until(page, lambda: count_on(page) == 0)
        page.wait_for_timeout(1000)
    assert len(sent) == 3  # a text and two photos, of one tab alone
    arrived_once(["Kunjungan nomor 0."], held)
