"""Spending above the ceiling asks for a reason before it is sent, and the desk reads it."""

import pytest

from programs.reporting.printing.papers import _row_cells
from programs.reporting.sending.content import ReportContent
from programs.reporting.verification.desk import FoundInReport
from tests.programs.reporting.helpers import lines_of, report_with_lines, send_data, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def report():
    report = report_with_lines(2, filled=True)
    line = lines_of(report)[1]
    line.spent_to_date = line.plan_line.amount + 1
    line.save()
    return report


@pytest.fixture
def operator(client_as, report):
    return client_as("agency_operator", at=report.agency)


def page(report):
    return f"/laporan/{report.pk}/periksa/"


def test_only_the_line_above_its_ceiling_asks_for_a_reason(operator, report):
    within, above = lines_of(report)

    shown = operator.get(page(report)).text

    assert f'name="alasan-{above.pk}"' in shown
    assert f'name="alasan-{within.pk}"' not in shown


def test_report_is_not_sent_without_it_and_what_was_typed_stays(operator, report):
    response = operator.post(page(report), send_data(report, letter_no="050/99"))

    report.refresh_from_db()
    assert report.status == "DRAFT"
    assert "Tulis mengapa realisasi baris 2 di atas pagu" in text_of(response)
    assert 'value="050/99"' in response.text


def test_reason_is_kept_with_its_history_and_read_at_the_desk(operator, report):
    line = lines_of(report)[1]

    operator.post(page(report), send_data(report, **{f"alasan-{line.pk}": "Pergeseran belum disahkan"}))

    report.refresh_from_db(), line.refresh_from_db()
    assert (report.status, line.over_budget_reason) == ("WAITING", "Pergeseran belum disahkan")
    assert line.history.first().over_budget_reason == "Pergeseran belum disahkan"
    (over,) = [group for group in FoundInReport.of(report).findings.groups if group.code == "over_budget"]
    assert over.listed[0].detail.endswith("Alasan: Pergeseran belum disahkan")


def test_report_within_its_ceilings_asks_for_nothing(operator):
    report = report_with_lines(1, filled=True)

    assert 'name="alasan-' not in operator.get(page(report)).text


def test_reason_goes_when_the_line_came_back_below_its_ceiling(operator, report):
    line = lines_of(report)[1]
    line.spent_to_date, line.over_budget_reason = line.plan_line.amount, "Pergeseran belum disahkan"
    line.save()

    operator.post(page(report), send_data(report))

    report.refresh_from_db(), line.refresh_from_db()
    assert (report.status, line.over_budget_reason) == ("WAITING", "")


def test_reason_is_read_with_the_report_and_on_paper(operator, report):
    line = lines_of(report)[1]
    operator.post(page(report), send_data(report, **{f"alasan-{line.pk}": "Pergeseran belum disahkan"}))

    shown = text_of(operator.get(f"/laporan/{report.pk}/"))
    rows = [_row_cells(row) for row in ReportContent(report).figures.rows]

    assert shown.count("Di atas pagu: Pergeseran belum disahkan") == 1
    assert [cells[-1] for cells in rows] == ["", "Rp\N{NO-BREAK SPACE}1 di atas pagu: Pergeseran belum disahkan"]


def test_reason_is_not_read_where_the_line_is_below_its_ceiling(operator, report):
    line = lines_of(report)[1]
    line.spent_to_date, line.over_budget_reason = line.plan_line.amount, "Pergeseran belum disahkan"
    line.save()

    rows = [_row_cells(row) for row in ReportContent(report).figures.rows]

    assert "Di atas pagu: " not in text_of(operator.get(page(report)))
    assert [cells[-1] for cells in rows] == ["", ""]
