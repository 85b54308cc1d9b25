"""Applying on a phone in a real Chromium, from the list of rounds to the receipt: with JavaScript and without it."""

import io
import random

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from facilitators.models import Application, ApplicationFile
from tests import facilitator_factories as make
from tests.browser.conftest import NARROW
from tests.browser.pages import Loads
from tests.browser.test_main_job import press
from tests.facilitator_factories import nik_of

SMALLER_THAN_A_THUMB = """() => [...document.querySelectorAll(
    'button, select, summary, nav a, header a:not(.brand), .btn, input:not([type=hidden])')]
  .filter(each => each.checkVisibility() && !each.matches('.visually-hidden, .visually-hidden *'))
  .map(each => (each.matches('[type=radio], [type=checkbox]') && each.closest('.form-check')) || each)
  .filter(each => each.getBoundingClientRect().height < 43.5)
  .map(each => each.outerHTML.slice(0, 120))"""
SIDEWAYS = "() => document.documentElement.scrollWidth > innerWidth"


def photo(name: str, size: tuple[int, int] = (2400, 1800)) -> dict:
    """A photo of some megabytes, as a phone takes it."""
    out = io.BytesIO()
    noise = Image.frombytes("RGB", (300, 225), random.Random(name).randbytes(300 * 225 * 3))
    noise.resize(size).save(out, "JPEG", quality=95)
    return {"name": name, "mimeType": "image/jpeg", "buffer": out.getvalue()}


@pytest.fixture
def record(db):
    record = make.RecruitmentRoundFactory(complete=True, code="pendamping-2020", name="Pendamping masyarakat 2020")
    record.documents.update(name="KTP")
    make.DocumentKindFactory(round=record, name="Ijazah")
    return record


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])
def test_application_on_a_phone(open_page, axe, record, javascript):
    page = open_page(viewport=NARROW, javascript=javascript)
    page.goto("/rekrutmen/")
    look_at(page, axe, javascript)
    loads = Loads(page)

    page.get_by_role("link", name="Pendamping masyarakat 2020").click()
    look_at(page, axe, javascript)
    page.get_by_role("link", name="Mulai melamar").first.click()
    answer_everything(page, axe, javascript)
    press(page, "Kirim lamaran")

    expect(page.get_by_role("heading", name="Lamaran terkirim")).to_be_visible()
    sent = Application.objects.get()
    expect(page.locator(".receipt")).to_contain_text(sent.number)
    assert (sent.status, sent.name, sent.phone) == ("SENT", "Pelamar Contoh", "+6281234567890")
    assert loads.number <= 10
    assert max(ApplicationFile.objects.values_list("size", flat=True)) <= 300 * 1024
    look_at(page, axe, javascript)
    page.reload()  # it can be kept as a bookmark
    expect(page.locator(".receipt")).to_contain_text(sent.number)
    assert not {sent.code, nik_of(1), "812-3456", "81234567890"} & set(page.url.split("/"))


def answer_everything(page: Page, axe, javascript: bool) -> None:
    look_at(page, axe, javascript)
    page.get_by_label("NIK").fill(nik_of(1))
    page.get_by_label("Tanggal lahir").fill("17 Maret 1994")
    page.get_by_label("Nomor HP").fill("0812 3456 7890")
    page.get_by_label("Saya menyetujui").check()
    press(page, "Simpan dan lanjut")
    look_at(page, axe, javascript)
    page.get_by_label("Nama lengkap").fill("PELAMAR CONTOH")
    page.get_by_label("Kecamatan tempat tinggal").select_option("luar")
    page.get_by_label("Alamat").fill("Jalan Lintas Melawi")
    press(page, "Simpan dan lanjut")
    look_at(page, axe, javascript)
    page.get_by_label("Sarjana").check()
    page.get_by_label("Nama sekolah").fill("Universitas Kapuas")
    page.get_by_label("Tahun lulus").fill("2016")
    press(page, "Simpan dan lanjut")
    look_at(page, axe, javascript)
    page.get_by_label("Pengalaman bekerja").fill("Mendampingi kelompok tani dua tahun.")
    page.get_by_label("Alasan melamar").fill("Ingin kelompok menjual bersama.")
    press(page, "Simpan dan lanjut")
    look_at(page, axe, javascript)
    page.get_by_label("Pilihan pertama").select_option(index=1)
    press(page, "Simpan dan lanjut")
    look_at(page, axe, javascript)
    for name in ("KTP", "Ijazah"):
        page.get_by_label(name).set_input_files(photo(f"{name}.jpg"))
    if javascript:
        expect(page.locator("[id$=_kecil]").last).to_contain_text("semula")
    page.get_by_role("button", name="Simpan dan lanjut", exact=True).last.click()
    look_at(page, axe, javascript)
    page.get_by_label("Saya menyatakan").check()
    press(page, "Simpan dan lanjut")
    look_at(page, axe, javascript)


def look_at(page: Page, axe, javascript: bool) -> None:
    """No sideways scroll, everything as high as a thumb, nothing that axe finds."""
    page.wait_for_load_state()  # before the style sheet is there everything is wide
    assert page.evaluate(SIDEWAYS) is False, page.url
    assert page.evaluate(SMALLER_THAN_A_THUMB) == [], page.url
    if javascript:
        axe(page)


def test_only_keys_and_an_error_that_is_read_first(open_page, record):
    page = open_page(viewport={"width": 320, "height": 640})
    page.goto(f"/rekrutmen/{record.code}/lamar/identitas/")

    page.get_by_label("NIK").focus()
    page.keyboard.type("123")
    page.keyboard.press("Enter")

    expect(page.locator("#galat")).to_be_focused()
    assert page.title().startswith("Galat:")
    expect(page.locator("#galat")).to_contain_text("NIK terdiri atas 16 angka; yang Anda isi 3 angka")
    expect(page.get_by_label("NIK")).to_have_value("123")
    page.wait_for_load_state()
    assert page.evaluate(SIDEWAYS) is False


def test_one_bad_paper_costs_no_good_one_and_the_good_one_can_be_removed(open_page, record):
    page = open_page(viewport=NARROW)
    page.goto(f"/rekrutmen/{record.code}/lamar/identitas/")
    page.get_by_label("NIK").fill(nik_of(1))
    page.get_by_label("Tanggal lahir").fill("17-03-1994")
    page.get_by_label("Nomor HP").fill("081234567890")
    page.get_by_label("Saya menyetujui").check()
    press(page, "Simpan dan lanjut")
    page.goto(f"/rekrutmen/{record.code}/lamar/berkas/")

    page.get_by_label("KTP").set_input_files(photo("ktp.jpg", (400, 300)))
    page.get_by_label("Ijazah").set_input_files(
        {"name": "ijazah.pdf", "mimeType": "application/pdf", "buffer": b"bukan PDF"}
    )
    press(page, "Unggah dan lihat dulu")

    expect(page.locator("#galat")).to_contain_text("ijazah.pdf")
    expect(page.get_by_role("link", name="ktp.jpg")).to_be_visible()
    page.get_by_role("button", name="Hapus").click()
    expect(page.get_by_role("link", name="ktp.jpg")).to_have_count(0)
    assert ApplicationFile.objects.count() == 0
