"""Three days without a signal, in Chromium: twelve visits with forty photos, two kills and an update; none is lost."""

import hashlib
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect

from p2emas import clock
from p2emas.documents.models import Receipt
from p2emas.identity.models import Identity
from programs.fieldwork.models import FieldPhoto, FieldReport
from tests.browser.test_browser_copies import browser, server, session_of  # noqa: F401 - fixtures
from tests.browser.test_visits_offline import READY, facilitator, step  # noqa: F401 - fixtures

pytestmark = [pytest.mark.drill, pytest.mark.django_db(transaction=True)]
PHOTOS = (4, 3, 3, 4, 3, 3, 4, 3, 3, 4, 3, 3)  # of twelve visits


def picture(visit: int, number: int) -> dict:
    made = BytesIO()
    Image.effect_noise((640 + visit, 480 + number), 60).convert("RGB").save(made, "JPEG")
    return {"name": f"{visit}-{number}.jpg", "mimeType": "image/jpeg", "buffer": made.getvalue()}


def kill_the_browser(profile: Path) -> None:
    """Every process of the browser with this profile, as a phone that runs out of power."""
    for each in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            if str(profile).encode() in (each / "cmdline").read_bytes():
                os.kill(int(each.name), signal.SIGKILL)


@contextmanager
def killed_at_the_end(opened, profile: Path) -> Iterator[Page]:
    with suppress(Exception), opened as page:  # its end finds nobody to talk to
        yield page
        kill_the_browser(profile)


def write_visit(page: Page, visit: int) -> None:
    day = clock.today() - timedelta(days=2 - visit // 4)
    page.get_by_role("link", name="Buat laporan kunjungan").click()
    page.locator("#tanggal").fill(day.isoformat())
    step(page, 1)
    page.get_by_label("Perempuan").fill(str(visit + 1))
    page.get_by_label("Laki-laki").fill("3")
    page.get_by_label("Yang dilihat dan dibicarakan").fill(f"Kunjungan nomor {visit}.")
    page.get_by_label("Tidak ada").check()
    step(page, 2)
    page.locator("#foto-file").set_input_files([picture(visit, number) for number in range(PHOTOS[visit])])
    expect(page.locator("#foto-ada figure")).to_have_count(PHOTOS[visit], timeout=60_000)
    page.get_by_label("Orang pada foto setuju").check()
    for number in (3, 4, 5):
        step(page, number)
    expect(page.locator("#rumah")).to_be_visible()


def open_offline(page: Page) -> None:
    page.goto("/lapangan/")
    page.locator(READY).wait_for(state="attached", timeout=60_000)


def test_twelve_visits_of_three_days_arrive_once(browser, server, facilitator, tmp_path):  # noqa: F811
    session, profile = session_of(facilitator), tmp_path / "profile"
    with browser(session) as page:
        open_offline(page)  # with a signal: the phone learns who writes
    server.stop()
    with killed_at_the_end(browser(session), profile) as page:
        open_offline(page)
        for visit in range(4):
            write_visit(page, visit)
        expect(page.locator("#n-siap")).to_have_text("4")
    with killed_at_the_end(browser(session), profile) as page:
        open_offline(page)
        expect(page.locator("#n-siap")).to_have_text("4")
        for visit in range(4, 8):
            write_visit(page, visit)
        expect(page.locator("#n-siap")).to_have_text("8")
    Identity.objects.update_or_create(pk=1, defaults={"programme": "P2-EMAS Baru"})  # another shell, another worker
    server.start()
    with browser(session) as page:
        page.context.route("**/lapangan/kirim/**", lambda route: route.abort())
        open_offline(page)
        page.wait_for_timeout(3000)  # the new worker takes over while eight visits wait
        page.goto("/lapangan/luring/")
        expect(page.locator("#n-siap")).to_have_text("8")
    server.stop()
    with browser(session) as page:
        open_offline(page)
        for visit in range(8, 12):
            write_visit(page, visit)
        expect(page.locator("#n-siap")).to_have_text("12")
        held = page.evaluate("async () => (await Promise.all((await Antrean.items()).map((each) => "
                             "Antrean.photosOf(each.token)))).flat().map((each) => each.sha256)")  # fmt: skip
    assert len(held) == len(set(held)) == 40
    server.start()

    dropped = Dropping()
    with browser(session) as page:
        page.context.route("**/lapangan/kirim/**", dropped)
        open_offline(page)
        page.goto("/lapangan/luring/")
        for _attempt in range(40):
            if page.locator("#n-siap").text_content() == "0":
                break
            with suppress(Exception):  # hidden once nothing waits
                page.locator("#kirim").click(timeout=1000)
            page.wait_for_timeout(1000)
        expect(page.locator("#n-kirim")).to_have_text("12")

    assert dropped.requests > dropped.lost > 5
    assert FieldReport.objects.count() == FieldReport.objects.filter(status="SENT").count() == 12
    assert sorted(FieldReport.objects.values_list("text", flat=True)) == sorted(
        f"Kunjungan nomor {n}." for n in range(12)
    )
    assert sorted(FieldPhoto.objects.values_list("sent_sha256", flat=True)) == sorted(held)
    assert Receipt.objects.filter(client_token__in=FieldReport.objects.values("client_token")).count() == 12


class Dropping:
    """Each third request is lost: by turns before the server has it, and on the way back."""

    def __init__(self) -> None:
        self.requests = self.lost = 0

    def __call__(self, route: Route) -> None:
        self.requests += 1
        if self.requests % 3:
            route.continue_()
            return
        self.lost += 1
        if self.lost % 2:
            route.fetch()
        route.abort()


def test_two_tabs_that_send_at_once_make_one_row(browser, server, facilitator):  # noqa: F811
    with browser(session_of(facilitator)) as page:
        open_offline(page)
        page.context.route("**/lapangan/kirim/**", lambda route: route.abort())
        page.goto("/lapangan/luring/")
        page.locator(READY).wait_for(state="attached")
        write_visit(page, 0)
        other = page.context.new_page()
        other.goto("/lapangan/luring/")
        other.locator(READY).wait_for(state="attached")
        page.context.unroute_all()
        for each in (page, other):
            each.evaluate("Antrean.send(async () => {})")
        expect(page.locator("#n-kirim")).to_have_text("1", timeout=60_000)

    report = FieldReport.objects.get()
    assert report.photos.count() == 4 and Receipt.objects.filter(client_token=report.client_token).count() == 1
    digests = list(report.photos.values_list("sent_sha256", flat=True))
    assert len(set(digests)) == 4 and all(len(each) == hashlib.sha256().digest_size * 2 for each in digests)
