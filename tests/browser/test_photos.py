"""A quarter of twelve activities with a photo each, in a real Chromium: what the phone noted is kept, the page shrinks."""

import io
import re
from decimal import Decimal

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from programs.models import ProgressReport
from tests.browser.conftest import NARROW, WIDE
from tests.browser.pages import Loads
from tests.factories import IndicatorFactory, IndicatorTargetFactory, OfficialFactory
from tests.programs.reporting.helpers import lines_of, report_with_lines

LARGEST = 300 * 1024


def place_of(number: int) -> tuple[Decimal, Decimal]:
    """Thirty kilometres from one village to the next."""
    return Decimal("0.1") + Decimal("0.27") * (number % 4), Decimal("111.1") + Decimal("0.27") * (number // 4)


def photo(number: int, *, edge: int = 1600) -> dict:
    """A real JPEG as a phone writes it: large, on its side, with when and where in its EXIF."""
    lat, lng = place_of(number)
    exif = Image.Exif()
    exif[274] = 6  # turned by a quarter
    exif.get_ifd(0x8769).update({36867: f"2019:09:{number + 1:02} 09:14:00", 36881: "+07:00"})
    exif.get_ifd(0x8825).update({1: "N", 2: (float(lat), 0.0, 0.0), 3: "E", 4: (float(lng), 0.0, 0.0)})
    content = io.BytesIO()
    picture = Image.effect_noise((edge // 8, edge // 10), 90).convert("RGB").resize((edge, edge * 4 // 5))
    picture.save(content, "JPEG", quality=95, exif=exif)
    return {"name": f"IMG_{number}.jpg", "mimeType": "image/jpeg", "buffer": content.getvalue()}


@pytest.fixture
def report(db) -> ProgressReport:
    report = report_with_lines(12, draft=False)
    for number, line in enumerate(lines_of(report)):
        village = line.plan_line.target_location.village
        village.lat, village.lng = place_of(number)
        village.save()
    IndicatorTargetFactory(indicator=IndicatorFactory(activity=lines_of(report)[0].plan_line.activity))
    OfficialFactory(agency=report.agency)
    return report


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def test_quarter_of_twelve_with_twelve_photos_in_eight_page_loads(page_as, report, axe):
    page = page_as("agency_operator", at=report.agency)
    loads = Loads(page)

    page.goto(report.get_absolute_url())
    page.locator("main a.btn-primary", has_text="Isi realisasi").click()
    for row in range(1, 13):
        page.get_by_label(f"Realisasi keuangan dalam rupiah, baris {row}", exact=True).fill("20.000.000")
        page.get_by_label(f"Realisasi fisik dalam persen, baris {row}", exact=True).fill("40")
    press(page, "Simpan dan lanjut ke indikator")
    page.get_by_label("Nilai, baris 1").fill("3")
    press(page, "Simpan dan lanjut ke kendala")
    page.locator("#id_no_obstacles").check()
    page.locator("#id_supporting_factor").fill("Kelompok aktif")
    press(page, "Simpan dan lanjut ke lampiran")
    page.locator("#id_file").set_input_files([photo(number) for number in range(12)])
    press(page, "Unggah berkas")  # at once: the sending waits for the reading and the shrinking
    page.wait_for_url("**/foto/", timeout=90_000)
    expect(page.locator("main")).to_contain_text("12 berkas terunggah, dikecilkan dari")
    expect(page.locator("main td", has_text="dari HP")).to_have_count(12)
    expect(page.locator("main td", has_text="Ditebak dari tempat")).to_have_count(12)
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        axe(page)
    page.set_viewport_size(WIDE)
    press(page, "Simpan 12 foto dan periksa")
    page.locator("#id_signer").select_option(index=1)
    page.locator("#id_letter_no").fill("050/12/2019")
    page.locator("#id_letter_date").fill("07-10-2019")
    page.locator("#id_declared").check()
    page.locator("main").get_by_role("button", name=re.compile("^Kirim")).click()
    page.wait_for_url("**/terkirim/")

    assert loads.number <= 8
    kept = list(report.attachments.order_by("taken_at"))
    assert [each.line for each in kept] == lines_of(report)
    assert all((each.lat, each.lng) == place_of(number) for number, each in enumerate(kept))
    assert [each.taken_at.day for each in kept] == list(range(1, 13))
    assert max(each.size for each in kept) <= LARGEST
    with Image.open(kept[0].file) as stored:
        assert not stored.getexif()
        assert max(stored.size) <= 1280 and stored.height > stored.width  # upright


def test_what_travels_was_made_small_by_the_page(page_as, report):
    page = page_as("agency_operator", at=report.agency)
    page.goto(f"/laporan/{report.pk}/lampiran/")
    sent = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)

    page.locator("#id_file").set_input_files([photo(1), photo(2)])
    expect(page.locator("#id_file_kecil")).to_contain_text("semula")
    notes = page.locator("input[name=file_hp]").evaluate_all("all => all.map((each) => each.value)")
    page.get_by_role("button", name="Unggah berkas").click()
    page.wait_for_url("**/foto/")

    lat, lng = place_of(1)
    assert notes[0].startswith(f"2019:09:02 09:14:00|+07:00|{lat:.6f}|{lng:.6f}|")
    travelled = sent[0].all_headers()["content-length"]
    assert int(travelled) < 2 * LARGEST + 20_000 < len(photo(1)["buffer"]) * 2
    assert report.attachments.count() == 2


def test_more_than_twenty_are_said_before_they_travel(page_as, report):
    page = page_as("agency_operator", at=report.agency)
    page.goto(f"/laporan/{report.pk}/lampiran/")

    page.locator("#id_file").set_input_files([photo(1, edge=40)] * 21)

    expect(page.locator("#id_file_kecil")).to_contain_text("Pilih paling banyak 20 berkas")
    assert page.locator("#id_file").evaluate("input => input.files.length") == 0


def test_without_a_script_the_server_reads_what_the_phone_noted(page_as, report):
    page = page_as("agency_operator", at=report.agency, javascript=False)
    page.goto(f"/laporan/{report.pk}/lampiran/")

    page.locator("#id_file").set_input_files([photo(number, edge=900) for number in range(5)])
    press(page, "Unggah berkas")

    page.wait_for_url("**/foto/")
    expect(page.locator("main td", has_text="Ditebak dari tempat")).to_have_count(5)
    page.get_by_label("Kegiatan, foto 1", exact=True).select_option(index=3)
    press(page, "Simpan 5 foto dan periksa")
    page.wait_for_url("**/periksa/")
    first = report.attachments.order_by("pk").first()
    assert (first.line, first.from_device) == (lines_of(report)[2], True)
