"""Typing that is kept: a closed page, a server that does not answer, coming back."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, Route, expect

from p2emas.models import FormDraft
from programs.models import PlanLine
from tests.factories import DecreeFactory, PlanLineFactory, WorkPlanFactory
from tests.programs.reporting.helpers import report_with_lines

SAVE = re.compile(r"/isian/realisasi/\d+/simpan/")
OPEN = re.compile(r"/isian/realisasi/\d+/terbuka/")
KEPT = re.compile(r"Tersimpan \d\d\.\d\d")


@pytest.fixture
def report(db):
    return report_with_lines(5)


@pytest.fixture
def table(page_as, report) -> Page:
    page = page_as("agency_operator", at=report.agency, expects_errors=True)
    page.goto(reverse("reporting:report-figures", args=[report.pk]))
    return page


def boxes(page: Page):
    return page.locator("table.fill input.money")


def test_figures_are_there_again_after_the_page_was_closed(table, report):
    for number in range(5):
        boxes(table).nth(number).fill(str(1000 + number))
    expect(table.locator("[data-draft]")).to_have_text(KEPT)

    table.goto(reverse("reporting:report-figures", args=[report.pk]))
    table.get_by_text("5 isian berbeda dari yang tersimpan").click()
    expect(table.locator("main")).to_contain_text("1004")
    table.get_by_role("link", name="Pakai isian ini").click()

    expect(boxes(table).nth(4)).to_have_value("1004")
    table.get_by_role("button", name="Simpan dulu").click()
    expect(table.locator("main")).to_contain_text("Tersimpan pukul")
    assert list(report.lines.order_by("pk").values_list("spent_to_date", flat=True)) == [1000, 1001, 1002, 1003, 1004]
    assert not FormDraft.objects.exists()


def test_second_person_is_told_who_has_the_form_open(table, report, page_as):
    with table.expect_response(OPEN):
        table.reload()
    page = page_as("agency_head", at=report.agency)

    page.goto(reverse("reporting:report-figures", args=[report.pk]))

    expect(page.locator("[data-open]")).to_have_text(re.compile(r".+ juga membuka bagian ini"))
    assert not FormDraft.objects.exists()


def test_leaving_at_once_keeps_what_was_typed(table, report):
    boxes(table).nth(2).fill("4321")
    table.goto(reverse("reporting:report-detail", args=[report.pk]))

    table.goto(reverse("reporting:report-figures", args=[report.pk]))

    expect(table.locator("main")).to_contain_text("1 isian berbeda dari yang tersimpan")


def test_dead_link_is_said_tried_again_and_asks_before_leaving(table, report):
    down = [True]

    def answer(route: Route) -> None:
        route.abort() if down[0] else route.continue_()

    table.route(SAVE, answer)
    boxes(table).first.fill("77000000")
    expect(table.locator("[data-draft]")).to_contain_text("Belum tersimpan, dicoba lagi")
    asked = []
    table.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    table.get_by_role("link", name="Triwulan III 2019").first.click()
    expect(boxes(table).first).to_have_value("77000000")
    assert asked == ["beforeunload"]

    down[0] = False

    expect(table.locator("[data-draft]")).to_have_text(KEPT, timeout=20_000)


def test_leaving_a_form_without_a_copy_in_the_browser_asks_until_its_text_was_kept(page_as):
    page = page_as("coordinator")
    page.goto(reverse("profiles:decree-text", args=[DecreeFactory(draft=True).pk]))
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))

    page.locator("main textarea").first.fill("bahwa perlu ditetapkan;")
    page.get_by_role("link", name="Beranda").first.click()
    expect(page.locator("main textarea").first).to_have_value("bahwa perlu ditetapkan;")
    assert asked == ["beforeunload"]

    expect(page.locator("[data-draft]")).to_have_text(KEPT)
    page.get_by_role("link", name="Beranda").first.click()
    page.wait_for_url("**/beranda/")
    assert asked == ["beforeunload"]


PASTE = """([box, text]) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    box.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


def test_keys_move_in_the_column_and_only_ctrl_enter_saves(table, report):
    boxes(table).first.focus()
    table.keyboard.type("1000")
    table.keyboard.press("Enter")
    table.keyboard.type("2000")
    table.keyboard.press("ArrowDown")
    table.keyboard.type("3000")
    table.keyboard.press("Shift+Enter")
    expect(boxes(table).nth(1)).to_be_focused()
    assert report.lines.filter(spent_to_date__isnull=False).count() == 0

    table.keyboard.press("Control+Enter")

    expect(table.locator("main")).to_contain_text("isian lain tetap tersimpan")  # the physical progress is still asked
    assert sorted(report.lines.exclude(spent_to_date=None).values_list("spent_to_date", flat=True)) == [
        1000,
        2000,
        3000,
    ]


def test_block_from_a_spreadsheet_fills_right_and_down_and_is_undone(table):
    boxes(table).nth(2).fill("9")
    block = "Keuangan\tFisik\tCatatan\n1.000\t10\tmenunggu hujan\n2.000\t20\t\n3.000\t30\t\n4.000\t40\t\n"
    table.evaluate(PASTE, [boxes(table).nth(2).element_handle(), block])

    assert [boxes(table).nth(number).input_value() for number in (2, 3, 4)] == ["1.000", "2.000", "3.000"]
    assert table.locator("table.fill input.pct").nth(4).input_value() == "30"
    told = table.get_by_text("6 sel terisi dari tempelan")
    expect(told).to_contain_text("Baris judul dilewati. Tidak muat: menunggu hujan; 4.000; 40.")
    table.get_by_role("button", name="Batalkan tempelan").click()
    assert boxes(table).nth(2).input_value() == "9"


def test_nil_is_no_stop_of_the_tab_key_until_it_is_needed(table):
    boxes(table).first.focus()
    table.keyboard.press("Tab")
    table.keyboard.press("Tab")
    expect(boxes(table).nth(1)).to_be_focused()

    boxes(table).first.fill("0")
    table.locator("table.fill input.pct").first.fill("0")
    boxes(table).first.focus()

    expect(table.locator("table.fill tbody details input").first).to_be_visible()


def test_unused_nil_costs_no_line_and_an_error_is_in_its_cell(table):
    place, nil = table.locator("table.fill tbody th .meta").nth(1), table.locator("table.fill tbody summary").first
    assert abs(place.bounding_box()["y"] - nil.bounding_box()["y"]) < 8

    boxes(table).nth(1).fill("satu")
    table.locator("table.fill input.pct").nth(2).fill("200")
    table.get_by_role("button", name="Simpan dulu").click()

    expect(table.locator("td:has(input.money.is-invalid)")).to_contain_text("bukan angka")
    expect(table.locator("td:has(input.pct.is-invalid)")).to_contain_text("Isi paling besar 100")
    for kind in ("money", "pct"):
        wrong = table.locator(f"input.{kind}.is-invalid")
        assert table.locator(f"#{wrong.get_attribute('aria-describedby')}").count() == 1


def test_saving_of_a_pasted_block_is_taken_back_with_one_click(table, report):
    table.evaluate(PASTE, [boxes(table).first.element_handle(), "1.000\t10\n2.000\t20\n"])
    table.get_by_role("button", name="Simpan dulu").click()
    expect(table.locator("main")).to_contain_text("Tersimpan pukul")
    assert report.lines.exclude(spent_to_date=None).count() == 2

    table.get_by_role("button", name="Batalkan penyimpanan terakhir (2 baris)").click()

    expect(boxes(table).first).to_have_value("")
    assert report.lines.exclude(spent_to_date=None).count() == 0


def test_page_of_a_deleted_row_says_so_and_keeps_the_text(page_as):
    """Somebody else deletes the line of a plan while it is open: no more "dicoba lagi", and the text can be copied."""
    plan = WorkPlanFactory()
    line = PlanLineFactory(plan=plan)
    page = page_as("agency_operator", at=plan.agency, expects_errors=True)
    page.goto(reverse("planning:line-edit", args=[plan.pk, line.pk]))
    PlanLine.objects.filter(pk=line.pk).delete()

    page.locator("input[name=amount]").fill("77000000")

    expect(page.locator("[data-draft]")).to_contain_text("sudah dihapus orang lain", timeout=30_000)
    assert "dicoba lagi" not in page.locator("[data-draft]").inner_text()
    assert page.locator("input[name=amount]").input_value().replace(".", "") == "77000000"
    page.goto("/isian/")
    expect(page.locator("main")).to_contain_text("data dihapus")
