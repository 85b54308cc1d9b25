"""Taking the money of activities from the SP2D: what is filled, what is left to divide, and one click back."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import (
    ActivityFactory,
    PlanLineFactory,
    ProgressReportFactory,
    ReportLineFactory,
    TreasuryEntryFactory,
)
from tests.filled import page_form
from tests.programs.reporting.helpers import report_before, text_of

pytestmark = pytest.mark.django_db
HIDDEN = re.compile(r'type="hidden" name="([^"]+)" value="([^"]*)"')
FILLED = "Realisasi keuangan {} kegiatan diisi dari SP2D."


@pytest.fixture
def report():
    return ProgressReportFactory(draft=True)


@pytest.fixture
def operator(client_as, report):
    return client_as("agency_operator", at=report.agency)


@pytest.fixture
def activity(report):
    """``activity(name, lines, paid)``: one of the report, with the amounts that were paid for it in May."""

    def make(name, lines=1, paid=(), spent=None, **fields):
        made = ActivityFactory(agency=report.agency, name=name)
        for amount in paid:
            TreasuryEntryFactory(activity=made, amount=amount, paid_on=date(2019, 5, 6))
        return [
            ReportLineFactory(
                report=report, plan_line=PlanLineFactory(plan=report.plan, activity=made, **fields),
                spent_to_date=spent, physical_to_date=None,
            )
            for _line in range(lines)
        ]  # fmt: skip

    return make


def address(report) -> str:
    return reverse("reporting:report-figures", args=[report.pk])


def take(client, report, **typed):
    """Press "Ambil keuangan dari SP2D" on the page as it is drawn, with ``typed`` in its boxes."""
    return client.post(address(report), sent(client.get(address(report)), **typed, sp2d="1"), follow=True)


def sent(page, **typed) -> dict[str, str]:
    """What the page would send with ``typed`` in its boxes."""
    return dict(page_form(page.content.decode(), having="sp2d").filled(**typed))


def undo(client, report, page):
    form = next(form for form in page.content.decode().split("<form") if "Batalkan penyimpanan terakhir" in form)
    client.post(address(report), dict(HIDDEN.findall(form.split("</form>")[0])) | {"batal": "1"})


def figures(report) -> list[tuple]:
    return list(report.lines.order_by("pk").values_list("spent_to_date", "physical_to_date"))


def test_single_lines_are_filled_and_one_click_takes_it_back(operator, report, activity):
    activity("Bibit", paid=(40_000_000, -1_500_000))
    activity("Pelatihan", paid=(7,), spent=3)
    activity("Pameran", spent=5)

    page = take(operator, report)
    taken = figures(report)
    undo(operator, report, page)

    assert FILLED.format(3) in text_of(page)
    assert taken == [(38_500_000, None), (7, None), (0, None)]
    assert "Batalkan penyimpanan terakhir (3 baris)" in text_of(page)
    assert figures(report) == [(None, None), (3, None), (5, None)]


def test_what_was_typed_beside_is_saved_with_it(operator, report, activity):
    (line,) = activity("Bibit", paid=(40_000_000,))

    take(operator, report, **{f"b{line.pk}-physical_to_date": "35"})

    assert figures(report) == [(40_000_000, 35)]


def test_payments_after_the_quarter_are_not_taken(operator, report, activity):
    (line,) = activity("Bibit", paid=(40_000_000,))
    TreasuryEntryFactory(activity=line.plan_line.activity, paid_on=date(2019, 10, 1), amount=9)

    take(operator, report)

    assert figures(report) == [(40_000_000, None)]


def test_of_several_lines_the_sum_is_above_them_until_it_is_divided(operator, report, activity):
    first, second = activity("Bibit", lines=2, paid=(40_000_000,))
    activity("Pameran", spent=5)

    page = take(operator, report)
    one, two = (f"b{line.pk}-spent_to_date" for line in (first, second))
    half = operator.post(address(report), sent(page, **{one: "25.000.000"}), follow=True)
    whole = operator.post(address(report), sent(half, **{two: "15.000.000"}), follow=True)

    told = "1 kegiatan punya beberapa baris: bagi jumlahnya di atas baris-baris itu."
    assert f"{FILLED.format(1)} {told}" in text_of(page)
    shown = "SP2D Rp 40.000.000 untuk 2 baris Bibit: terbagi {}, {}"
    assert shown.format("Rp 0", "sisa Rp 40.000.000") in text_of(page)
    assert shown.format("Rp 25.000.000", "sisa Rp 15.000.000") in text_of(half)
    assert shown.format("Rp 40.000.000", "sudah sama") in text_of(whole)


def test_village_money_is_neither_filled_nor_divided(operator, report, activity):
    (line,) = activity("Bibit", paid=(40_000_000,))
    ReportLineFactory(
        report=report, spent_to_date=None, physical_to_date=None,
        plan_line=PlanLineFactory(plan=report.plan, activity=line.plan_line.activity, fund="DD"),
    )  # fmt: skip

    page = take(operator, report)

    assert figures(report) == [(40_000_000, None), (None, None)]
    assert "terbagi" not in text_of(page)


def test_less_than_the_quarter_before_asks_for_its_reason_and_the_others_are_filled(operator, report, activity):
    (falls,) = activity("Bibit", paid=(40_000_000,))
    report_before(report)
    (other,) = activity("Pelatihan", paid=(7,))

    page = take(operator, report)

    assert "di bawah triwulan lalu" in text_of(page)
    assert "40000000" in page.content.decode() or "40.000.000" in page.content.decode()
    assert dict(report.lines.values_list("pk", "spent_to_date")) == {falls.pk: None, other.pk: 7}


def test_without_any_payment_nothing_changes_and_what_to_do_is_said(operator, report, activity):
    activity("Bibit", spent=5)

    page = take(operator, report)

    assert figures(report) == [(5, None)]
    said = f"Belum ada SP2D {report.agency} tahun 2019. Impor berkasnya dahulu; isian Anda tersimpan."
    assert said in text_of(page)


def test_the_sums_cost_one_query(operator, report, activity):
    for number in range(3):
        activity(f"Kegiatan {number}", lines=2, paid=(5, 6))
    counts = []
    for query in ({}, {}, {"dengan": "sp2d"}):
        with CaptureQueriesContext(connection) as seen:
            operator.get(address(report), query)
        counts.append(len(seen))

    assert counts[2] == counts[1] + 1
