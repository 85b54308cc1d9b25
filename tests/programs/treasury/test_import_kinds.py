"""SP2D as a file: what each row does, which faults are named, and in how many pages it is done."""

from datetime import date

import pytest
from django.urls import reverse

from p2emas.models import Import
from programs.treasury.models import TreasuryEntry
from tests.factories import ActivityFactory, AgencyFactory, TreasuryEntryFactory
from tests.p2emas.imports.sheets import upload
from tests.programs.reporting.helpers import text_of
from tests.programs.treasury.files import COLUMNS, THEIRS, answer_columns, applied, file_of, imported, payment, send

pytestmark = [pytest.mark.django_db, pytest.mark.whole]


@pytest.fixture
def agency():
    return AgencyFactory(short_name="Dinas Pangan")


@pytest.fixture
def activity(agency):
    return ActivityFactory(agency=agency, code="2.01.03.15.02")


@pytest.fixture
def operator(client_as, agency):
    return client_as("agency_operator", at=agency)


def rows_of(batch: Import) -> list[tuple[int, str, str]]:
    return [(row.number, row.action, row.message) for row in batch.rows.order_by("number")]


def test_the_columns_are_asked_once_and_kept_for_the_office(operator, activity):
    first = send(operator, file_of([payment(activity, "001", 5_000_000)]))
    asked = operator.get(first.get_absolute_url()).content.decode()
    answer_columns(operator, first)

    second = send(operator, file_of([payment(activity, "001", 5_000_000), payment(activity, "002", 7)]))

    assert "Kolom mana berisi apa?" in asked and "Rekening Belanja" in asked
    assert (first.status, second.status) == ("READY", "READY")
    assert [action for _n, action, _m in rows_of(second)] == ["NEW", "NEW"]


def test_entries_come_in_with_their_import(operator, activity):
    batch = applied(operator, imported(operator, [payment(activity, "001", 5_000_000)]))

    entry = TreasuryEntry.objects.get()
    assert (entry.agency, entry.activity, entry.year) == (activity.agency, activity, 2019)
    assert (entry.sp2d_no, entry.paid_on, entry.amount) == ("001", date(2019, 5, 6), 5_000_000)
    assert (entry.account, entry.text, entry.batch, entry.is_sample) == ("5.2.2.01.01", "Belanja bahan", batch, False)
    assert entry.history.get().history_user == batch.uploaded_by


def test_what_is_stored_already_is_named_and_left_as_it_is(operator, activity):
    row = payment(activity, "001", 5_000_000)
    applied(operator, imported(operator, [row]))

    again = imported(operator, [row, payment(activity, "002", 1)])
    page = text_of(operator.get(again.get_absolute_url()))
    applied(operator, again)

    assert rows_of(again) == [(2, "SKIP", "Sudah sama dengan data tersimpan."), (3, "NEW", "")]
    assert "001" in page and "Sudah sama dengan data tersimpan." in page
    assert TreasuryEntry.objects.count() == 2


def test_a_correction_is_shown_old_and_new_and_undone_to_the_byte(operator, activity):
    applied(operator, imported(operator, [payment(activity, "001", 5_000_000), payment(activity, "002", 8)]))
    before = list(TreasuryEntry.objects.order_by("pk").values())

    batch = imported(operator, [payment(activity, "001", 4_500_000), payment(activity, "003", 9)])
    page = text_of(operator.get(batch.get_absolute_url()))
    applied(operator, batch)
    after = sorted(TreasuryEntry.objects.values_list("sp2d_no", "amount"))
    operator.post(reverse("imports:import-step", args=[batch.pk, "undo"]), {"seen": "APPLIED"})

    assert "Rp 5.000.000" in page and "Rp 4.500.000" in page
    assert after == [("001", 4_500_000), ("002", 8), ("003", 9)]
    assert list(TreasuryEntry.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("written", [-1_250_000, "-1.250.000", "(1.250.000)", "Rp -1.250.000,00"])
def test_money_that_came_back_is_taken_and_marked(operator, activity, written):
    batch = imported(operator, [payment(activity, "001", written), payment(activity, "002", "2.000.000,50")])

    row = batch.rows.get(number=2)
    assert (row.action, row.after["amount"]) == ("NEW", -1_250_000)
    assert "-Rp 1.250.000 dibaca sebagai pengembalian." in row.notice.replace("\N{MINUS SIGN}", "-").replace(
        "\xa0", " "
    )


def faults(activity, other, last_year):
    """Row after row what is wrong with it: the column and what to do."""
    known = payment(activity, "000", 1)
    return [
        (payment(activity, "", 1), "Kolom A “Nomor SP2D”: Sel ini kosong. Isi nomor sp2d."),
        (payment(activity, "n" * 61, 1), "Kolom A “Nomor SP2D”: Paling banyak 60 huruf, sel ini 61."),
        (payment(activity, "03", 1, day=None), "Kolom B “Tanggal SP2D”: Sel ini kosong."),
        (payment(activity, "04", 1, day="31 Febuari 2019"), "Kolom B “Tanggal SP2D”: Bulan “Febuari” tidak dikenal."),
        (payment(activity, "05", 1, day="30-02-2019"), "Kolom B “Tanggal SP2D”: Tanggal “30-02-2019” tidak ada"),
        (payment(activity, "06", 1, day=43591), "Kolom B “Tanggal SP2D”: Sel ini berisi angka, bukan tanggal."),
        (payment(activity, "07", 1, day=date(2019, 12, 1)), "Kolom B “Tanggal SP2D”: Tanggal 1 Desember 2019 belum"),
        (payment(activity, "08", 1, agency="Dinas Antah"), "Kolom C “SKPD”: SKPD “Dinas Antah” tidak dikenal."),
        (payment(activity, "09", 1, agency=""), "Kolom C “SKPD”: Sel ini kosong. Isi nama SKPD yang dibayar."),
        (payment(activity, "10", 1, code=""), "Kolom D “Kode kegiatan”: Sel ini kosong. Isi kode kegiatan."),
        (payment(activity, "11", 1, code="9.99"), "Kolom D “Kode kegiatan”: Kode “9.99” tidak ada pada kegiatan"),
        (payment(activity, "12", 1, code="2.01.03.15.2O"), "Yang mirip: 2.01.03.15.02. Betulkan kodenya, atau hapus"),
        (payment(activity, "13", 1, code=last_year.code), "Kode itu ada pada tahun 2018: betulkan tahunnya, atau"),
        (payment(activity, "14", 1, code=other.code), f"Kode itu milik {other.agency.short_name}: betulkan SKPD-nya"),
        (payment(activity, "15", 1, account="5" * 41), "Kolom E “Kode rekening”: Paling banyak 40 tanda, sel ini 41."),
        (payment(activity, "16", "lima juta"), "Kolom F “Jumlah (Rp)”: Tulis seluruh angkanya tanpa kata “juta”"),
        (payment(activity, "17", None), "Kolom F “Jumlah (Rp)”: Sel ini kosong. Isi jumlah (rp)."),
        (payment(activity, "18", 12.5), "Kolom F “Jumlah (Rp)”: Tulis rupiah bulat tanpa sen, bukan 12,5."),
        (payment(activity, "19", 10**15), "Kolom F “Jumlah (Rp)”: Paling besar 999.999.999.999.999."),
        (known, "Nomor SP2D, kegiatan, dan kode rekening sama dengan baris 2. Bila dua pembayaran, bedakan"),
    ]


def test_each_of_twenty_faults_is_named_with_row_column_and_remedy(client_as, activity):
    other = ActivityFactory(code="7.07.01.01.01")
    last_year = ActivityFactory(agency=activity.agency, year=2018, code="3.03.01.01.01")
    planted = faults(activity, other, last_year)

    batch = imported(client_as("coordinator"), [payment(activity, "000", 1), *(row for row, _said in planted)])

    found = {number: (action, message) for number, action, message in rows_of(batch)}
    assert len(planted) == 20 and found.pop(2) == ("NEW", "")
    assert {number: action for number, (action, _m) in found.items()} == dict.fromkeys(range(3, 23), "ERROR")
    for number, (_row, said) in enumerate(planted, start=3):
        assert said in found[number][1].replace("\xa0", " "), (number, found[number])


def test_an_agency_imports_its_own_rows_and_needs_no_column_for_it(operator, activity):
    theirs = ActivityFactory(code="7.07.01.01.01")
    headers = [heading for heading in THEIRS if heading != "Nama OPD"]
    own = payment(activity, "001", 5)
    own.pop(2)

    mixed = imported(operator, [payment(activity, "001", 5), payment(theirs, "002", 5)])
    alone = send(operator, file_of([own], headers))

    refused = f"{theirs.agency.short_name} bukan SKPD Anda. Hapus baris ini."
    assert rows_of(mixed)[0][:2] == (2, "NEW") and rows_of(mixed)[1][1] == "ERROR"
    assert f"Kolom C “SKPD”: {refused}" in rows_of(mixed)[1][2]
    assert alone.status == "ASKING"  # other headings than those that are remembered
    answer_columns(operator, alone, dict(zip(
        ["kolom-sp2d_no", "kolom-paid_on", "kolom-activity_id", "kolom-account", "kolom-amount", "kolom-text"],
        range(6), strict=True,
    )))  # fmt: skip
    assert [action for _n, action, _m in rows_of(alone)] == ["NEW"]


def test_bappeda_imports_one_file_for_all_agencies(client_as):
    activities = [ActivityFactory(code="2.01.03.15.02") for _agency in range(3)]
    client = client_as("coordinator")

    applied(client, imported(client, [payment(each, "001", 10) for each in activities]))

    assert {(e.agency, e.activity) for e in TreasuryEntry.objects.all()} == {(a.agency, a) for a in activities}


@pytest.mark.parametrize("code", ["2.1.3.15.2", " 2.01. 03.15.02. ", "2.01.03.15.02 Pelatihan petani"])
def test_codes_are_found_as_other_systems_write_them(operator, activity, code):
    batch = imported(operator, [payment(activity, "001", 5, code=code)])

    assert [action for _n, action, _m in rows_of(batch)] == ["NEW"], rows_of(batch)


def test_entries_of_others_stay_out_of_an_agencys_template(operator, activity):
    ours = TreasuryEntryFactory(activity=activity, text="Uraian kami")
    TreasuryEntryFactory(text="Uraian mereka")

    answer = operator.get(reverse("imports:template-download", args=["sp2d"]), {"tahun": 2019, "format": "csv"})

    assert ours.sp2d_no in answer.content.decode() and "mereka" not in answer.content.decode()


def test_two_thousand_rows_take_four_page_loads_and_a_bounded_number_of_queries(
    operator, activity, django_assert_max_num_queries
):
    """Each answer to a POST leads to the page that comes next; jobs are done at once here."""
    content = file_of([payment(activity, f"{number:05d}", 1_000 + number) for number in range(2_000)])
    pages = [operator.get(reverse("imports:import-upload", args=["sp2d"]), follow=True)]
    with django_assert_max_num_queries(100):
        pages.append(
            operator.post(pages[-1].request["PATH_INFO"], {"berkas": upload(content, "sp2d.xlsx")}, follow=True)
        )
    batch = Import.objects.latest("pk")
    layout, apply = (reverse(f"imports:import-{step}", args=[batch.pk]) for step in ("layout", "apply"))
    with django_assert_max_num_queries(140):  # SQLite takes ninety rows a statement
        pages.append(operator.post(layout, {"seen": "ASKING", **COLUMNS}, follow=True))
    with django_assert_max_num_queries(190):
        pages.append(operator.post(apply, {"seen": "READY"}, follow=True))

    shown = [page.content.decode() for page in pages]
    assert [page.status_code for page in pages] == [200] * 4
    assert [len(page.redirect_chain) for page in pages] == [0, 1, 1, 1]
    assert f'action="{layout}"' in shown[1] and "Kolom mana" in shown[1]
    assert f'action="{apply}"' in shown[2] and "2.000" in shown[2]
    assert TreasuryEntry.objects.count() == 2_000
