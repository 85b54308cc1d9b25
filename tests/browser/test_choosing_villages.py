"""A round of villages without JavaScript: it is set up, its choices are marked and submitted, the head decides."""

from playwright.sync_api import Page, expect

from districts.models import Candidate, SelectionRound
from tests.browser.conftest import NARROW
from tests.browser.test_main_job import go, press, tab_to
from tests.districts.locations.conftest import weighed_round

CRITERIA = [("Anggota kelompok", "orang", "60", "0", "40"), ("Lahan", "ha", "40", "0", "5")]
CELLS = ("Nama kriteria", "Satuan", "Bobot", "Batas bawah", "Batas atas")


def set_up(page: Page) -> SelectionRound:
    page.goto("/keputusan/lokasi/")
    go(page, "Buat penjaringan")
    for name, value in {
        "Nama penjaringan": "Lokasi sasaran 2020",
        "Kuota desa": "7",
        "Usulan dibuka": "10 Oktober 2019",
        "Usulan ditutup": "31 Oktober 2019",
    }.items():
        page.get_by_label(name).fill(value)
    press(page, "Simpan")
    for row, values in enumerate(CRITERIA, 1):
        for cell, value in zip(CELLS, values, strict=True):
            page.get_by_label(f"{cell}, baris {row}", exact=True).fill(value)
    press(page, "Simpan")
    expect(page.locator("main")).to_contain_text("Lahan (ha)")
    return SelectionRound.objects.get(name="Lokasi sasaran 2020")


def test_villages_are_chosen_and_decided_without_javascript(page_as, db):
    coordinator = page_as("coordinator", javascript=False)
    head = page_as("coordinator_head", javascript=False, viewport=NARROW)

    made = set_up(coordinator)
    assert [(str(row.name), int(row.weight)) for row in made.criteria.all()] == [
        ("Anggota kelompok", 60),
        ("Lahan", 40),
    ]

    selection = weighed_round()
    coordinator.goto(f"/keputusan/lokasi/{selection.pk}/peringkat/")
    press(coordinator, "Hitung kepekaan")
    expect(coordinator.locator("main")).to_contain_text("Bobot diubah-ubah")
    go(coordinator, "Tandai pilihan")
    last = selection.candidates.get(village__name="Bekuan Luyang")
    coordinator.locator(f"#id_calon-{last.pk}-choice").select_option("NOT_CHOSEN")
    coordinator.locator(f"#id_calon-{last.pk}-reserve_rank").fill("")
    coordinator.locator(f"#id_calon-{last.pk}-reason").fill("Kelompoknya belum rutin bekerja.")
    coordinator.get_by_label("Catatan pembahasan").fill("Dibahas bersama SKPD.")
    press(coordinator, "Simpan dan periksa")
    expect(coordinator.locator("main")).to_contain_text("Kelompoknya belum rutin bekerja.")
    press(coordinator, "Ajukan")
    expect(coordinator.locator("main")).to_contain_text("Diajukan")

    head.goto("/keputusan/")
    head.locator("main tr", has_text=str(selection)).get_by_role("link").first.click()
    head.locator("main").get_by_role("link", name="Putuskan").first.click()
    expect(head.locator("main")).to_contain_text("Dibahas bersama SKPD.")
    press(head, "Putuskan")

    selection.refresh_from_db()
    marks = dict(selection.candidates.values_list("village__name", "status"))
    chosen, reserve, others = Candidate.Status.CHOSEN, Candidate.Status.RESERVE, Candidate.Status.NOT_CHOSEN
    assert selection.status == SelectionRound.Status.DECIDED
    assert marks == {
        "Ensaid Panjang": chosen, "Pakak": chosen, "Baning Panjang": reserve, "Bekuan Luyang": others,
    }  # fmt: skip


def test_choices_are_marked_by_keyboard(page_as, axe, db):
    selection = weighed_round()
    last = selection.candidates.get(village__name="Bekuan Luyang")
    page = page_as("coordinator")
    page.goto(f"/keputusan/lokasi/{selection.pk}/pilihan/")
    axe(page)

    tab_to(page, f"#id_calon-{last.pk}-choice")
    page.keyboard.press("End")  # Tidak terpilih
    tab_to(page, f"#id_calon-{last.pk}-reason")
    page.keyboard.press("Control+A")
    page.keyboard.type("Kelompoknya belum rutin bekerja.")
    page.keyboard.press("Control+Enter")

    page.wait_for_url("**/ajukan/")
    last.refresh_from_db()
    assert (last.choice, last.reserve_rank, last.reason) == ("NOT_CHOSEN", None, "Kelompoknya belum rutin bekerja.")
