"""The main job in a real Chromium, with JavaScript and without it; its key steps once by keyboard alone."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from p2emas.models import Receipt
from programs.models import ProgressReport, ReportingPeriod
from tests.browser.conftest import sign_in
from tests.factories import PASSWORD, ReportLineFactory
from tests.programs.reporting.helpers import agency_with_work, report_with_lines

S = ProgressReport.Status


def photo() -> dict:
    content = io.BytesIO()
    Image.new("RGB", (640, 480), (40, 120, 70)).save(content, "JPEG")
    return {"name": "pelatihan.jpg", "mimeType": "image/jpeg", "buffer": content.getvalue()}


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def go(page: Page, words: str) -> None:
    page.locator("main").get_by_role("link", name=words, exact=True).first.click()


@pytest.fixture
def signed_in(open_page, user_as):
    """``signed_in("coordinator")``: a context of its own, signed in through the door."""

    def signed_in(role: str, *, javascript: bool, **at) -> Page:
        page = open_page(javascript=javascript)
        sign_in(page, user_as(role, **at).username, PASSWORD)
        return page

    return signed_in


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])
def test_main_job(signed_in, open_page, db, javascript):
    agency = agency_with_work()
    coordinator, head = (signed_in(role, javascript=javascript) for role in ("coordinator", "coordinator_head"))
    operator = signed_in("agency_operator", javascript=javascript, at=agency)
    public = open_page(javascript=javascript)

    coordinator.goto("/periode/")
    go(coordinator, "Buka triwulan")
    coordinator.locator("#id_triwulan").select_option("2019-T3")
    press(coordinator, "Lihat siapa yang mendapat laporan")
    press(coordinator, "Buka Triwulan III 2019")
    expect(coordinator.locator("main")).to_contain_text("Triwulan III 2019 sudah dibuka.")
    report = ProgressReport.objects.get(agency=agency)

    fill_and_send(operator, report)
    assert Receipt.objects.get().number == report.number  # one, though the button was clicked twice
    expect(public_village(public)).to_contain_text("Realisasinya belum ada yang disetujui")
    send_back(coordinator)
    mend(operator, report)

    coordinator.goto(f"/laporan/{report.pk}/")
    go(coordinator, "Verifikasi laporan ini")
    press(coordinator, "Mulai verifikasi")
    coordinator.get_by_label("Setujui", exact=True).check()
    press(coordinator, "Simpan dan berikutnya")
    expect(coordinator.locator("main")).to_contain_text("disetujui, angkanya kini terbuka untuk umum")
    expect(public_village(public)).to_contain_text("60% sudah dibelanjakan")
    expect(public.locator("img.photo")).to_have_count(1)
    coordinator.goto("/kepatuhan/")
    expect(coordinator.locator("tr", has_text="Distanbun")).to_contain_text("Terlambat 1 hari")
    coordinator.goto("/dasbor/")
    expect(coordinator.locator("main")).to_contain_text("43%")

    head.goto(report.period.get_absolute_url())
    go(head, "Kunci periode")
    press(head, "Kunci periode")
    expect(head.locator("main")).to_contain_text("dikunci bersama 1 laporan")

    answer = operator.goto(f"/laporan/{report.pk}/realisasi/")
    assert answer.status == 200
    expect(operator.locator("main")).to_contain_text("Periode Triwulan III 2019 sudah dikunci")
    expect(operator.locator("main input, main button")).to_have_count(0)
    report.refresh_from_db()
    assert (report.status, ReportingPeriod.objects.get().status) == (S.LOCKED, ReportingPeriod.Status.LOCKED)


def public_village(public: Page):
    public.goto("/desa/ensaid-1/")
    return public.locator("main")


def fill_and_send(operator: Page, report: ProgressReport) -> None:
    operator.goto(report.get_absolute_url())
    operator.locator("main a.btn-primary", has_text="Isi realisasi").click()
    for row, money, physical in ((1, "60.000.000", "70"), (2, "Rp 25.000.000", "30")):
        operator.get_by_label(f"Realisasi keuangan dalam rupiah, baris {row}").fill(money)
        operator.get_by_label(f"Realisasi fisik dalam persen, baris {row}").fill(physical)
    press(operator, "Simpan dan lanjut ke indikator")
    operator.get_by_label("Nilai, baris 1").fill("3")
    press(operator, "Simpan dan lanjut ke kendala")
    operator.locator("#id_no_obstacles").check()
    operator.locator("#id_supporting_factor").fill("Kelompok aktif")
    press(operator, "Simpan dan lanjut ke lampiran")
    operator.locator("#id_file").set_input_files(photo())
    operator.locator("#id_line").select_option(index=1)
    operator.locator("#id_caption").fill("Pelatihan di balai")
    press(operator, "Unggah berkas")
    expect(operator.locator("main")).to_contain_text("1 berkas terunggah")
    go(operator, "Lanjut ke periksa dan kirim")
    operator.locator("#id_signer").select_option(index=1)
    operator.locator("#id_letter_no").fill("050/12/2019")
    operator.locator("#id_letter_date").fill("07-10-2019")
    operator.locator("#id_declared").check()
    operator.locator("main").get_by_role("button", name="Kirim ke Bappeda").dblclick()
    operator.wait_for_url("**/terkirim/")
    expect(operator.locator(".receipt")).to_contain_text(report.number)
    paper = operator.locator("a[href$='.pdf']").get_attribute("href")
    assert operator.request.get(paper).body().startswith(b"%PDF-")
    operator.locator("a[href^='/asli/']").click()
    expect(operator.locator("main")).to_contain_text(report.number)


def send_back(coordinator: Page) -> None:
    coordinator.goto("/verifikasi/")
    press(coordinator, "Mulai verifikasi (1)")
    fold = coordinator.locator("details:has(textarea[name^='komentar-'])").last
    fold.locator("summary").click()
    fold.locator("textarea").fill("Lantai gedung belum terlihat di foto")
    coordinator.get_by_label("Kembalikan untuk diperbaiki").check()
    coordinator.locator("#id_catatan").fill("Foto kegiatan belum ada")
    press(coordinator, "Simpan dan berikutnya")
    expect(coordinator.locator("main")).to_contain_text("dikembalikan untuk diperbaiki")


def mend(operator: Page, report: ProgressReport) -> None:
    operator.goto(report.get_absolute_url())
    expect(operator.locator("main")).to_contain_text("Foto kegiatan belum ada")
    go(operator, "Perbaiki baris yang ditandai")
    expect(operator.locator(".remark")).to_contain_text("Lantai gedung belum terlihat di foto")
    expect(operator.locator("main input.money")).to_have_count(1)  # the other line is not open
    operator.locator("main input.money").fill("26000000")
    press(operator, "Simpan dan periksa")
    operator.locator("#id_declared").check()
    press(operator, "Kirim ulang ke Bappeda")
    operator.wait_for_url("**/terkirim/")


# --- By keyboard alone ------------------------------------------------------------------------------------------------


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus."""
    for _step in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"the keyboard never reaches {selector} on {page.url}")


def write(page: Page, text: str) -> None:
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def test_figures_are_filled_by_keyboard(page_as, db):
    report = report_with_lines(2)
    page = page_as("agency_operator", at=report.agency)
    page.goto(f"/laporan/{report.pk}/realisasi/")

    tab_to(page, "input.money")
    write(page, "60.5")
    tab_to(page, "input.pct")
    write(page, "70")
    tab_to(page, "input.money")
    write(page, "25.000.000")
    tab_to(page, "input.pct")
    write(page, "30")
    page.keyboard.press("Control+Enter")

    expect(page).to_have_title(re.compile("^Galat: "))
    assert page.evaluate("document.activeElement.id") == "galat"
    wrong = page.locator("input.money").first
    expect(wrong).to_have_value("60.5")
    tab_to(page, ".errors a")
    page.keyboard.press("Enter")
    expect(wrong).to_be_focused()
    write(page, "60.500.000")
    page.keyboard.press("Control+Enter")

    page.wait_for_url("**/kendala/")
    assert list(report.lines.order_by("pk").values_list("spent_to_date", flat=True)) == [60_500_000, 25_000_000]


def test_report_is_decided_by_keyboard(page_as, db):
    report = report_with_lines(1, filled=True, draft=False, sent=True)
    ReportLineFactory(report=report)
    page = page_as("coordinator")
    page.goto("/verifikasi/")

    tab_to(page, "main button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/laporan/\d+/verifikasi/$"))
    tab_to(page, "input[name=keputusan]")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")  # from Setujui to Kembalikan
    page.keyboard.press("Control+Enter")

    expect(page).to_have_title(re.compile("^Galat: "))
    assert page.evaluate("document.activeElement.id") == "galat"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#id_catatan")).to_be_focused()
    page.keyboard.type("Foto kegiatan belum ada")
    page.keyboard.press("Control+Enter")

    page.wait_for_url("**/verifikasi/selesai/")
    report.refresh_from_db()
    assert (report.status, report.last_change().note) == (S.RETURNED, "Foto kegiatan belum ada")
