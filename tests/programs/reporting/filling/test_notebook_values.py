"""A welfare value is taken over from the sales notebooks of a village with one click, and taken back with one."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from programs.models import IndicatorValue, ProgressReport
from programs.reporting.filling.notebook import rupiah_in
from tests.facilitator_factories import SalesEntryFactory
from tests.factories import CommunityGroupFactory, IndicatorFactory, IndicatorTargetFactory, VillageFactory
from tests.programs.reporting.helpers import report_with_lines, text_of

pytestmark = pytest.mark.django_db
SOURCE = "Buku penjualan Juli, Agustus 2019 (2 dari 3 bulan)"
HIDDEN = re.compile(r'type="hidden" name="([^"]+)" value="([^"]*)"')


@pytest.fixture
def group():
    return CommunityGroupFactory(village=VillageFactory(name="Ensaid Panjang"), members_m=3, members_f=4)


@pytest.fixture
def report():
    return report_with_lines(1)


def measured(report, group, **fields):
    activity = report.lines.get().plan_line.activity
    income = {"ledger": "WELFARE", "formula": "end_value", "unit": "Rp ribu per bulan", "notebook": "INCOME"}
    indicator = IndicatorFactory(activity=activity, **(income | fields))
    IndicatorTargetFactory(indicator=indicator, village=group.village, target=400)
    return indicator


def written(group, *months, **fields):
    for number in months:
        sale = {"quantity": 4, "price": 450_000, "cost": 320_000, "sold_on": None, "month": date(2019, number, 1)}
        SalesEntryFactory(group=group, **(sale | fields))


@pytest.fixture
def operator(client_as, report):
    return client_as("agency_operator", at=report.agency)


def url_of(report, name="report-indicators") -> str:
    return reverse(f"reporting:{name}", args=[report.pk])


def send(client, report, indicator, group, value="", source="", **button):
    report.refresh_from_db()
    key = f"i{indicator.pk}-{group.village.pk}"
    cells = {f"{key}-value": value, f"{key}-missing_reason": "", f"{key}-source": source}
    if button.pop("take", False):
        button["buku_penjualan"] = key
    return client.post(url_of(report), {"version": str(report.version), **cells, **button}, follow=True)


def stored() -> tuple[Decimal | None, str]:
    found = IndicatorValue.objects.get()
    return found.value, found.source


def test_one_click_takes_the_figure_with_its_source_and_says_what_was_there(report, group, operator):
    """2 months of 4 x 450,000 less 320,000: 2,960,000 over 7 members and 2 months."""
    written(group, 7, 8)
    indicator = measured(report, group)
    send(operator, report, indicator, group, "150", "Wawancara")
    page = text_of(operator.get(url_of(report)))
    assert "211,43 Rp ribu per bulan" in page and SOURCE in page

    answer = send(operator, report, indicator, group, "155", "Wawancara", take=True)

    assert stored() == (Decimal("211.43"), SOURCE)
    assert "diisi 211,43 dari buku penjualan; sebelumnya 155" in text_of(answer)
    assert "Sudah dipakai di baris ini" in text_of(answer)
    report.refresh_from_db()
    assert (report.version, report.status) == (3, ProgressReport.Status.DRAFT)
    history = [(each.value, each.source) for each in IndicatorValue.history.order_by("history_id")]
    assert history == [(150, "Wawancara"), (Decimal("211.43"), SOURCE)]


def test_one_click_brings_back_what_was_typed(report, group, operator):
    written(group, 7, 8)
    indicator = measured(report, group)
    send(operator, report, indicator, group, "155", "Wawancara", take=True)

    page = operator.get(url_of(report)).content.decode()
    form = next(form for form in page.split("<form") if "Batalkan penyimpanan terakhir" in form)
    operator.post(url_of(report), dict(HIDDEN.findall(form.split("</form>")[0])) | {"batal": "1"})

    assert stored() == (155, "Wawancara")


def test_a_value_that_is_changed_by_hand_says_so(report, group, operator):
    written(group, 7, 8)
    indicator = measured(report, group)
    send(operator, report, indicator, group, take=True)

    send(operator, report, indicator, group, "212", SOURCE)

    assert stored() == (212, f"Diubah dari b{SOURCE[1:]}")
    send(operator, report, indicator, group, take=True)
    assert stored() == (Decimal("211.43"), SOURCE)


def test_a_page_of_an_earlier_version_overwrites_nothing(report, group, operator):
    written(group, 7, 8)
    indicator = measured(report, group)
    send(operator, report, indicator, group, "150", "Wawancara")
    ProgressReport.objects.update(version=9)

    key = f"i{indicator.pk}-{group.village.pk}"
    cells = {f"{key}-value": "150", f"{key}-missing_reason": "", f"{key}-source": "Wawancara", "buku_penjualan": key}
    answer = operator.post(url_of(report), {"version": "2", **cells})

    assert answer.status_code == 409 and stored() == (150, "Wawancara")


@pytest.mark.parametrize(
    ("sales", "members", "indicator", "why"),
    [
        ([], 4, {}, "belum ada data"),
        ([((7,), {})], 4, {}, "baru 1 dari 3 bulan dicatat"),
        ([((7, 8), {})], 1, {}, "kurang dari 5 orang"),
        ([((7, 8), {"cost": None})], 4, {}, "belum dapat disebut pendapatan"),
        ([((7, 8), {"cost": 9_000_000})], 4, {}, "biaya lebih besar dari penjualan"),
        ([((7, 8), {"struck_at": "2019-10-01T00:00Z"})], 4, {}, "belum ada data"),
    ],
)
def test_what_the_notebook_may_not_say_is_not_offered(report, group, operator, sales, members, indicator, why):
    group.members_f = members
    group.save()
    for months, fields in sales:
        written(group, *months, **fields)
    made = measured(report, group, **indicator)

    page = operator.get(url_of(report)).content.decode()

    assert why in text_of(operator.get(url_of(report))) and 'name="buku_penjualan"' not in page
    send(operator, report, made, group, "150", "Wawancara", take=True)
    assert stored() == (150, "Wawancara")


def test_sales_are_taken_without_costs_and_readers_walk_back_to_the_notebook(report, group, operator):
    written(group, 7, 8, cost=None, is_sample=True)
    CommunityGroupFactory(village=group.village, members_m=1, members_f=1)
    indicator = measured(report, group, notebook="SALES", unit="Rp")

    send(operator, report, indicator, group, take=True)

    assert stored() == (257_143, f"{SOURCE}, 1 dari 2 kelompok, DATA CONTOH")
    back = f"{reverse('fieldwork:village-sales', args=[group.village.slug])}?tahun=2019&amp;triwulan=3"
    assert back in operator.get(url_of(report, "report-check")).content.decode()
    shown = operator.get(back.replace("&amp;", "&"))
    assert "257.143" in shown.content.decode()


def test_indicators_that_take_nothing_offer_nothing(report, group, operator):
    written(group, 7, 8)
    measured(report, group, notebook="")

    assert "Dari buku penjualan" not in text_of(operator.get(url_of(report)))


@pytest.mark.parametrize(
    "fields", [{"unit": "kg"}, {"ledger": "PROGRESS"}, {"formula": "increasing"}, {"notebook": "OTHER"}]
)
def test_the_database_refuses_an_indicator_that_cannot_take_one(report, group, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        measured(report, group, **fields)


@pytest.mark.parametrize(
    ("unit", "rupiah"),
    [
        ("Rp", 1),
        ("Rp per bulan", 1),
        ("Rp 2018 per bulan", 1),
        ("Rp ribu per bulan", 1000),
        ("Rp ribu/bulan", 1000),
        ("Rp 1.000", 1000),
        ("Rp1000/bulan", 1000),
        ("Rp. 1.000.000 per tahun", 1_000_000),
        ("Rp juta", 1_000_000),
    ],
)
def test_the_unit_says_how_many_rupiah(unit, rupiah):
    assert rupiah_in(unit) == rupiah
