"""What goes wrong on a phone in the field: it is full, its clock is wrong, it knows no place, its session has ended.

Or the app is updated while a visit waits.
"""

import pytest
from playwright.sync_api import Page, expect

from p2emas.identity.models import Identity
from programs.fieldwork.models import FieldReport
from tests.browser.test_browser_copies import browser, session_of  # noqa: F401 - a fixture
from tests.browser.test_three_days_offline import count_on, open_field, picture, server, wait_until  # noqa: F401
from tests.browser.test_visits_offline import facilitator, step  # noqa: F401 - a fixture
from tests.facilitator_factories import PlacementFactory
from tests.people import sign_in

SHELL = "/lapangan/luring/"
FULL = """() => {
    window.put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = () => {throw new DOMException("full", "QuotaExceededError");};}"""
ROOM_AGAIN = "() => {IDBObjectStore.prototype.put = window.put;}"
NO_PLACE = "navigator.geolocation.watchPosition = () => 1;"  # asked, and never answered
AHEAD = """{const Right = Date, ahead = 5 * 365 * 24 * 3600e3;
    window.Date = class extends Right {
        constructor(...said) {said.length ? super(...said) : super(Right.now() + ahead);}
        static now() {return Right.now() + ahead;}
    };}"""


def fill_in(page: Page, text: str, day: str = "2019-10-08") -> None:
    """The first two screens of the visit that is open."""
    page.locator("#tanggal").fill(day)
    step(page, 1)
    page.get_by_label("Perempuan").fill("12")
    page.get_by_label("Laki-laki").fill("3")
    page.get_by_label("Yang dilihat dan dibicarakan").fill(text)
    page.get_by_label("Tidak ada").check()
    step(page, 2)
    expect(page.locator("[data-langkah='3']")).to_be_visible()  # it was stored


def begin(page: Page, link: str = "Buat laporan kunjungan") -> None:
    page.get_by_role("link", name=link).click()
    expect(page.locator("#laporan")).to_be_visible()


def end(page: Page) -> None:
    for number in (3, 4, 5):
        step(page, number)
    expect(page.locator("#rumah")).to_be_visible()


def learn(page: Page) -> None:
    """The phone learns who writes, and shows what is on it."""
    open_field(page)
    open_field(page, SHELL)


def told(page: Page, banner: str, words: str) -> None:
    """The page says it: one that is hidden contains its words too."""
    expect(page.locator(banner)).to_be_visible()
    expect(page.locator(banner)).to_contain_text(words)


def test_full_phone_keeps_the_visit_in_the_form(browser, server, facilitator):  # noqa: F811
    with browser(session_of(facilitator)) as page:
        learn(page)
        begin(page)
        fill_in(page, "Ditulis di HP yang penuh.")
        page.evaluate(FULL)
        page.locator("#foto-file").set_input_files(picture(1, 1))
        told(page, "#penuh", "Penyimpanan HP penuh")
        expect(page.locator("#foto-ada figure")).to_have_count(0)
        page.evaluate(ROOM_AGAIN)
        page.locator("#foto-file").set_input_files(picture(1, 1))
        expect(page.locator("#foto-ada figure")).to_have_count(1)
        expect(page.locator("#penuh")).to_be_hidden()

        page.evaluate(FULL)
        page.get_by_label("Orang pada foto setuju").check()
        told(page, "#penuh", "jangan tutup halaman ini")
        step(page, 3)
        page.wait_for_timeout(600)
        page.get_by_role("button", name="Simpan dan keluar").click()
        page.wait_for_timeout(600)
        expect(page.locator("[data-langkah='3']")).to_be_visible()
        page.evaluate(ROOM_AGAIN)
        end(page)
        wait_until(page, lambda: count_on(page) == 0)

    report = FieldReport.objects.get()
    assert (report.text, report.status, report.photos.count()) == ("Ditulis di HP yang penuh.", "SENT", 1)


def test_a_sixth_photo_is_left_out_in_a_sentence(browser, server, facilitator):  # noqa: F811
    with browser(session_of(facilitator)) as page:
        learn(page)
        begin(page)
        fill_in(page, "Banyak foto.")
        page.locator("#foto-file").set_input_files([picture(1, number) for number in range(5)])
        expect(page.locator("#foto-ada figure")).to_have_count(5, timeout=60_000)
        expect(page.locator("#foto-lebih")).to_be_hidden()
        page.locator("#foto-file").set_input_files(picture(1, 5))
        told(page, "#foto-lebih", "Satu laporan memuat paling banyak 5 foto.")
        expect(page.locator("#foto-ada figure")).to_have_count(5)
        page.get_by_role("button", name="Hapus foto 2").click()
        expect(page.locator("#foto-lebih")).to_be_hidden()


def test_wrong_clock_offers_the_day_of_the_server_which_judges(browser, server, facilitator):  # noqa: F811
    with browser(session_of(facilitator), script=AHEAD) as page:
        learn(page)
        told(page, "#jam", "Jam HP ini berbeda lebih dari sehari")
        begin(page)
        expect(page.locator("#tanggal")).to_have_value("2019-10-08")
        fill_in(page, "Jam HP salah.", day="2019-10-09")
        end(page)
        expect(page.locator("#daftar")).to_contain_text("Server menjawab:")
        assert not FieldReport.objects.exists()
        page.locator("#daftar a").click()
        fill_in(page, "Jam HP salah.")
        end(page)
        expect(page.locator("#n-kirim")).to_have_text("1")
    assert FieldReport.objects.get().status == "SENT"


def test_practice_is_never_sent_and_old_receipts_leave_the_phone(browser, server, facilitator):  # noqa: F811
    """On a phone whose place nobody knows: that stops nobody."""
    sent = []
    with browser(session_of(facilitator), script=NO_PLACE) as page:
        page.context.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
        learn(page)
        begin(page, "Latihan, tidak dikirim")
        fill_in(page, "Hanya latihan.")
        page.get_by_role("button", name="Simpan dan keluar").click()
        expect(page.locator("#daftar")).to_contain_text("Latihan, tidak dikirim")
        page.evaluate("Antrean.send(async () => {})")
        page.locator("#daftar a").click()
        step(page, 1)
        step(page, 2)
        end(page)
        expect(page.locator("#kosong")).to_be_visible()
        assert not sent and not FieldReport.objects.exists()

        begin(page)
        fill_in(page, "Tanpa letak.")
        end(page)
        expect(page.locator("#n-kirim")).to_have_text("1")
        page.evaluate("""async () => {
            const kept = await idb.openDB(`lapangan-${localStorage.getItem("lapangan:siapa")}`);
            const [there] = await kept.getAll("items");
            for (const days of [89, 91]) {
                const at = Date.now() - days * 24 * 3600e3;
                await kept.put("items", {...there, token: crypto.randomUUID(), number: `umur ${days} hari`, at});
            }
            kept.close();}""")
        open_field(page, SHELL)
        expect(page.locator("#n-kirim")).to_have_text("2")
        expect(page.locator("#daftar")).to_contain_text("umur 89 hari")
        expect(page.locator("#daftar")).not_to_contain_text("umur 91 hari")
    report = FieldReport.objects.get()
    assert (report.lat, report.lng, report.status) == (None, None, "SENT")


def test_place_that_is_denied_stops_nobody(browser, server, facilitator):  # noqa: F811
    with browser(session_of(facilitator)) as page:
        denied = {"permission": {"name": "geolocation"}, "setting": "denied", "origin": server.url}
        page.context.new_cdp_session(page).send("Browser.setPermission", denied)
        learn(page)
        begin(page)
        fill_in(page, "Letak ditolak.")
        step(page, 3)
        expect(page.locator("#teliti")).to_have_text("tidak terbaca")
        for number in (4, 5):
            step(page, number)
        expect(page.locator("#n-kirim")).to_have_text("1")
    report = FieldReport.objects.get()
    assert (report.text, report.lat, report.lng, report.status) == ("Letak ditolak.", None, None, "SENT")


def test_update_of_the_app_is_said_and_leaves_what_waits(browser, server, facilitator):  # noqa: F811
    with browser(session_of(facilitator)) as page:
        learn(page)
        expect(page.locator("#diperbarui")).to_be_hidden()  # the first worker is no update
        begin(page)
        fill_in(page, "Ditulis sebelum diperbarui.")
        Identity.objects.update_or_create(pk=1, defaults={"name": "Sintang Baru"})  # another shell, another worker
        page.evaluate("navigator.serviceWorker.getRegistration().then((held) => held.update())")
        told(page, "#diperbarui", "Yang tersimpan di HP ini tetap ada")
        page.get_by_role("button", name="Simpan dan keluar").click()
        open_field(page, SHELL)
        expect(page.locator(".masthead")).to_contain_text("Sintang Baru")
        page.locator("#daftar a").click()
        expect(page.get_by_label("Yang dilihat dan dibicarakan")).to_have_value("Ditulis sebelum diperbarui.")


@pytest.fixture
def other(db, client_as):
    client = client_as("facilitator")
    PlacementFactory(facilitator__user=client.user)
    return client


def as_person(page: Page, client, url: str) -> None:
    session = session_of(client)
    page.context.add_cookies([{"name": session.key, "value": session.value, "url": url}])


def test_session_that_ended_and_other_people_leave_the_visit_alone(browser, server, facilitator, other):  # noqa: F811
    with browser(session_of(facilitator)) as page:
        learn(page)
        facilitator.session.delete()
        begin(page)
        fill_in(page, "Ditulis sesudah sesi habis.")
        end(page)
        told(page, "#masuk", "Masuk lagi untuk mengirim")
        expect(page.locator("#n-siap")).to_have_text("1")

        sign_in(facilitator, facilitator.user)
        as_person(page, facilitator, server.url)
        with server.losing(1, "request", begins_with=(b"POST /lapangan/",)):
            page.goto("/kendala/")
            for _asked in range(2):
                page.get_by_role("button", name="Keluar").click()
            expect(page.get_by_role("link", name="Masuk").first).to_be_visible()

        as_person(page, other, server.url)
        open_field(page)
        told(page, "[data-lapangan]", "0 laporan Anda dan 1 milik pemakai lain")
        open_field(page, SHELL)
        told(page, "#orang-lain", "1 laporan milik pemakai lain")
        expect(page.locator("#daftar li")).to_have_count(0)
        assert not FieldReport.objects.exists()

        sign_in(facilitator, facilitator.user)
        as_person(page, facilitator, server.url)
        open_field(page)  # goes on by itself
        wait_until(page, FieldReport.objects.filter(status="SENT").exists)
    assert FieldReport.objects.get().author == facilitator.user
