"""The same quarter as in tests/programs/coordination/test_quarter.py, by three people who click in a real Chromium."""

from datetime import date

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from p2emas import clock
from programs.models import ActionItem, Meeting, Obstacle
from tests.browser.test_main_job import go, press
from tests.factories import AgencyFactory, ReportingPeriodFactory, VillageFactory

OBSTACLE, PROMISE = "Kemasan cabai ditolak toko", "Urus izin edar kemasan"


@pytest.fixture
def on(settings):
    """``on(date(2019, 10, 9))``: the server's day, with the jobs of that morning done."""

    def on(day: date) -> None:
        settings.DEMO_TODAY = day.isoformat()
        with clock.at(day):
            call_command("tell_due", verbosity=0)
            call_command("send_mail_queue", verbosity=0)

    return on


def at_home(page: Page, *words: str) -> None:
    page.goto("/beranda/")
    for each in words:
        expect(page.locator("main")).to_contain_text(each)


def task(page: Page, title: str) -> None:
    """From the home page to where the task leads."""
    page.goto("/beranda/")
    page.get_by_role("region", name="Tugas").get_by_role("heading", name=title).get_by_role("link").click()


def test_obstacle_comes_to_its_end(page_as, on):
    agency, village = AgencyFactory(short_name="Perindagkop"), VillageFactory()
    ReportingPeriodFactory(year=2019, number=3)
    facilitator, coordinator = page_as("facilitator", village=village), page_as("coordinator")
    operator = page_as("agency_operator", at=agency)

    facilitator.goto("/kendala/")
    go(facilitator, "Laporkan kendala")
    facilitator.get_by_label("Apa kendalanya").fill(f"{OBSTACLE}.")
    facilitator.get_by_label("Jenis").select_option("MARKET")
    facilitator.locator("#id_village").select_option(str(village.pk))
    press(facilitator, "Laporkan kendala")
    expect(facilitator.locator("main")).to_contain_text("Kendala tercatat")

    on(date(2019, 10, 9))
    task(coordinator, "Kendala belum diteruskan")
    go(coordinator, "Teruskan")
    coordinator.get_by_label("Siapa yang menjawab").select_option(str(agency.pk))
    coordinator.get_by_label("Dijawab dalam berapa hari kerja").fill("3")
    press(coordinator, "Teruskan")
    expect(coordinator.locator("main")).to_contain_text("Perindagkop diminta menjawab paling lambat 14 Oktober 2019.")
    at_home(operator, "Kendala menunggu jawaban Anda", "Jawab kendala paling lambat 14 Oktober 2019")

    on(date(2019, 10, 15))
    at_home(operator, "lewat 1 hari kerja")
    at_home(coordinator, "Kendala lewat batas jawaban")
    coordinator.goto("/rakor/")
    go(coordinator, "Susun bahan rakor")
    press(coordinator, "Susun bahan rakor")
    expect(coordinator.locator("main")).to_contain_text("Satu kendala yang batas jawabannya lewat")
    go(coordinator, "Undang")
    press(coordinator, "Undang")
    expect(coordinator.locator("main")).to_contain_text("SKPD diundang")
    at_home(operator, "Undangan: Rapat koordinasi")

    on(date(2019, 10, 22))
    meeting = Meeting.objects.get()
    assert meeting.held_on == date(2019, 10, 22)
    coordinator.goto(meeting.get_absolute_url())
    go(coordinator, "Tambah tindak lanjut")
    coordinator.locator("#id_text").fill(f"{PROMISE}.")
    coordinator.locator("#id_responsible").select_option(str(agency.pk))
    coordinator.locator("#id_due_on").fill("29-10-2019")
    press(coordinator, "Simpan tindak lanjut")
    coordinator.goto(meeting.get_absolute_url())
    go(coordinator, "Akhiri rapat")
    press(coordinator, "Akhiri rapat")
    expect(coordinator.locator("main")).to_contain_text("rapat diakhiri")

    on(date(2019, 10, 28))
    at_home(operator, f"Tindak lanjut jatuh tempo: {PROMISE}")
    task(operator, f"Tindak lanjut: {PROMISE}")
    operator.locator("#id_note").fill("Izin keluar.")
    press(operator, "Tutup: sudah dikerjakan")
    task(operator, "Kendala menunggu jawaban Anda")
    go(operator, "Jawab")
    operator.get_by_label("Apa yang sudah atau akan dilakukan").fill("Izin edar keluar 25 Oktober.")
    operator.get_by_label("Selesai paling lambat").fill("31-10-2019")
    press(operator, "Kirim jawaban")
    expect(operator.locator("main")).to_contain_text("Jawaban terkirim")

    on(date(2019, 10, 29))
    at_home(facilitator, "Perindagkop menjawab kendala")
    task(facilitator, "Jawaban kendala menunggu Anda")
    go(facilitator, "Tutup: sudah selesai")
    press(facilitator, "Tutup: sudah selesai")
    expect(facilitator.locator("main")).to_contain_text("ditutup, sudah selesai")

    on(date(2019, 10, 30))
    for page in (facilitator, coordinator, operator):
        at_home(page, "Tidak ada yang perlu Anda kerjakan sekarang.")
    assert (Obstacle.objects.get().status, ActionItem.objects.get().status) == ("SOLVED", "DONE")
