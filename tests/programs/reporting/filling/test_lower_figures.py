"""A cumulative figure may fall, with a reason; work that was done only where it was mistyped."""

from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from p2emas.ui import formats
from programs.models import ReportLine
from programs.reporting.reports.models import missing_in_report
from programs.reporting.reports.sheets import sheets_for
from programs.reporting.verification.finding_words import words_of_finding
from programs.reporting.verification.findings import assess
from tests.programs.reporting.helpers import figures_data, lines_of, report_before, report_with_lines, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def report():
    """Two lines; the quarter before they had 41.500.000 and 40 percent."""
    report = report_with_lines(2)
    report_before(report)
    return report


def typed(report, money: str, physical: str, kind: str = "", reason: str = "") -> dict:
    line = lines_of(report)[0]
    data = figures_data(report, {"money": money, "physical": physical})
    return data | {f"b{line.pk}-correction": kind, f"b{line.pk}-correction_reason": reason}


def save(client, report, *cells: str):
    return client.post(reverse("reporting:report-figures", args=[report.pk]), typed(report, *cells))


def stored(report) -> tuple:
    line = lines_of(report)[0]
    return line.spent_to_date, line.physical_to_date, line.correction, line.correction_reason


@pytest.mark.parametrize("kind", ["REFUND", "CORRECTION", "TYPING"])
def test_money_may_fall_with_a_reason(report, client_as, kind):
    client = client_as("agency_operator", at=report.agency)

    answer = save(client, report, "35.000.000", "40", kind, "Sisa honor dikembalikan")

    assert answer.status_code == 302
    assert stored(report) == (35_000_000, 40, kind, "Sisa honor dikembalikan")


@pytest.mark.parametrize(
    ("cells", "kept"),
    [
        (("35.000.000", "45"), (None, 45, "", "")),
        (("35.000.000", "45", "REFUND"), (None, 45, "", "")),
        (("35.000.000", "45", "", "Sisa honor"), (None, 45, "", "")),
        (("42.000.000", "30", "REFUND", "Sisa honor"), (42_000_000, None, "", "")),
        (("42.000.000", "30"), (42_000_000, None, "", "")),
        (("35.000.000", "45", "LAIN", "Sisa honor"), (None, 45, "", "")),
    ],
)
def test_without_its_reason_a_lower_figure_is_not_saved_and_stays_on_the_page(report, client_as, cells, kept):
    client = client_as("agency_operator", at=report.agency)

    page = save(client, report, *cells)

    assert page.status_code == 200 and "di bawah triwulan lalu" in text_of(page)
    line = lines_of(report)[0]
    assert f'name="b{line.pk}-correction"' in page.content.decode() and "Turun, sebab" in text_of(page)
    assert stored(report) == kept


@pytest.mark.parametrize("kind", ["LAIN", "", "REFUND"])
def test_a_forged_kind_leaves_the_stored_reason_whole(report, client_as, kind):
    client = client_as("agency_operator", at=report.agency)
    save(client, report, "35.000.000", "40", "REFUND", "Sisa honor")

    for reason in ("", "x" * 301, "Lain"):
        assert save(client, report, "36.000.000", "40", kind, reason).status_code in (200, 302)
        assert save(client, report, "50.000.000", "50", kind, reason).status_code in (200, 302)
        assert bool(stored(report)[2]) == bool(stored(report)[3])


def test_work_falls_only_where_it_was_mistyped(report, client_as):
    client = client_as("agency_operator", at=report.agency)

    assert save(client, report, "42.000.000", "30", "TYPING", "Tertulis 40, seharusnya 30").status_code == 302

    assert stored(report) == (42_000_000, 30, "TYPING", "Tertulis 40, seharusnya 30")


def test_a_reason_goes_when_nothing_falls_any_more(report, client_as):
    client = client_as("agency_operator", at=report.agency)
    save(client, report, "35.000.000", "40", "REFUND", "Sisa honor")

    save(client, report, "52.000.000", "55", "REFUND", "Sisa honor")

    assert stored(report) == (52_000_000, 55, "", "")


def test_the_fields_are_only_where_a_figure_falls(report, client_as):
    client = client_as("agency_operator", at=report.agency)
    save(client, report, "35.000.000", "40", "REFUND", "Sisa honor")

    page = client.get(reverse("reporting:report-figures", args=[report.pk])).content.decode()

    assert page.count("-correction_reason") >= 1
    first, second = lines_of(report)
    assert f"b{first.pk}-correction" in page and f"b{second.pk}-correction" not in page


def test_a_report_whose_figures_fall_without_a_reason_is_not_sent(report):
    for line in lines_of(report):
        ReportLine.objects.filter(pk=line.pk).update(spent_to_date=50_000_000, physical_to_date=50)
    ReportLine.objects.filter(pk=lines_of(report)[1].pk).update(spent_to_date=40_000_000)

    assert "baris 2 di bawah triwulan lalu" in missing_in_report(report)
    ReportLine.objects.filter(pk=lines_of(report)[1].pk).update(correction="REFUND", correction_reason="Sisa honor")
    assert "triwulan lalu" not in missing_in_report(report)


def test_desk_riwayat_and_reading_say_why(report, client_as):
    agency = client_as("agency_operator", at=report.agency)
    save(agency, report, "35.000.000", "40", "REFUND", "Sisa honor dikembalikan")
    sheet = sheets_for([report])[report.pk]
    found = [words_of_finding(each) for each in assess(sheet).findings if each.code == "money_falls"]

    (detail,) = [each.detail for each in found]
    assert detail.endswith("35.000.000. Pengembalian ke kas daerah: Sisa honor dikembalikan")
    read = text_of(client_as("coordinator").get(report.get_absolute_url()))
    assert "(6.500.000)" in read and "Turun: Pengembalian ke kas daerah: Sisa honor dikembalikan" in read
    assert "Angka triwulan dalam kurung" in read
    history = text_of(agency.get(reverse("reporting:report-history", args=[report.pk])))
    assert "Sisa honor dikembalikan" in history and "Pengembalian ke kas daerah" in history


def test_averages_take_the_cumulative_figure(report):
    first, second = lines_of(report)
    ReportLine.objects.filter(pk=first.pk).update(
        spent_to_date=10_000_000, physical_to_date=20, correction="TYPING", correction_reason="Salah baris"
    )
    ReportLine.objects.filter(pk=second.pk).update(spent_to_date=90_000_000, physical_to_date=60)
    first.plan_line.amount, second.plan_line.amount = 300_000_000, 100_000_000
    first.plan_line.save()
    second.plan_line.save()

    total = sheets_for([report])[report.pk].total

    assert (total.spent, total.absorption, total.physical) == (100_000_000, 25, 30)
    assert total.physical_change == Fraction(-20 * 3 + 20, 4)


@pytest.mark.parametrize(
    "wrong",
    [
        {"correction": "REFUND"},
        {"correction_reason": "Sisa honor"},
        {"correction": "LAIN", "correction_reason": "Sisa honor"},
    ],
)
def test_the_database_holds_kind_and_reason_together(report, wrong):
    with pytest.raises(IntegrityError, match="correction_reasoned"), transaction.atomic():
        ReportLine.objects.filter(report=report).update(**wrong)


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_a_negative_amount_is_in_brackets(value):
    text = formats.bracketed(value)

    assert text == (f"({formats.number(-value)})" if value < 0 else formats.number(value))
    assert formats.bracketed(Decimal("-1234.5")) == "(1.234,5)" and formats.bracketed(None) == formats.number(None)
