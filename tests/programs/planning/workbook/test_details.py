"""Procurement, season and proposal in the workbook of a plan; a workbook without their columns changes none of them."""

import io

import openpyxl
import pytest

from tests.factories import ProcurementMethodFactory

from .test_lane import apply, filled, operator, plan, send  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db
HEADINGS = ["Cara pengadaan", "Musim dari bulan", "Musim sampai bulan", "Nomor usulan Musrenbang", "Usulan Musrenbang"]


def book_without(content, headings):
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["Baris rencana"]
    row = next(cells for cells in sheet.iter_rows() if "Cara pengadaan" in [cell.value for cell in cells])
    for place in sorted((cell.column for cell in row if cell.value in headings), reverse=True):
        sheet.delete_cols(place)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def places(client, plan):  # noqa: F811
    """Heading -> letter of its column."""
    book = openpyxl.load_workbook(io.BytesIO(filled(client, plan)))
    rows = book["Baris rencana"].iter_rows()
    row = next(cells for cells in rows if "Cara pengadaan" in [cell.value for cell in cells])
    return {cell.value: cell.column_letter for cell in row}


def details(line):
    line.refresh_from_db()
    return [str(line.procurement or ""), line.season_first, line.season_last, line.proposal_no, line.proposal_text]


def test_details_of_a_stored_line_arrive(operator, plan):  # noqa: F811
    ProcurementMethodFactory(name="E-katalog")
    letter = places(operator, plan)
    values = ["E-katalog", "Oktober", "Maret", "12/MB", "Bibit"]
    cells = {f"{letter[heading]}5": value for heading, value in zip(HEADINGS, values, strict=True)}

    apply(operator, send(operator, plan, filled(operator, plan, lines=cells)))

    first, second = plan.lines.order_by("pk")
    assert details(first) == ["E-katalog", 10, 3, "12/MB", "Bibit"]
    assert details(second) == ["", None, None, "", ""]


def test_half_a_season_is_refused_in_its_cell(operator, plan):  # noqa: F811
    letter = places(operator, plan)

    answer = send(operator, plan, filled(operator, plan, lines={f"{letter['Musim dari bulan']}5": "Oktober"}))

    assert "Pilih bulan awal dan akhir musim" in operator.get(answer.url).text


def test_method_that_is_not_offered_any_more_stays(operator, plan):  # noqa: F811
    line = plan.lines.order_by("pk").first()
    line.procurement = ProcurementMethodFactory(name="Lama", active=False)
    line.save()

    apply(operator, send(operator, plan, filled(operator, plan, lines={"D5": 77_000_000})))

    assert details(line)[0] == "Lama"
    assert line.amount == 77_000_000


def test_workbook_without_the_columns_keeps_what_is_stored(operator, plan):  # noqa: F811
    line = plan.lines.order_by("pk").first()
    line.procurement, line.season_first, line.season_last = ProcurementMethodFactory(name="E-katalog"), 10, 3
    line.proposal_no, line.proposal_text = "1", "Bibit"
    line.save()
    before = details(line)

    apply(operator, send(operator, plan, book_without(filled(operator, plan, lines={"D5": 77_000_000}), HEADINGS)))

    assert details(line) == before
    assert line.amount == 77_000_000
