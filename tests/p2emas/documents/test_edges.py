"""What a spreadsheet cell holds of each kind of value, and whose a decree is before it is published."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import openpyxl
import pytest
from django.contrib.auth.models import AnonymousUser

from p2emas.documents.tables import csv_cell, xlsx_response
from tests.factories import DecreeFactory


def test_cell_holds_numbers_and_days_as_such_and_everything_else_as_text():
    moment = datetime(2019, 10, 8, 2, tzinfo=UTC)
    row = [7, Decimal("1.5"), Fraction(1, 4), 0.5, True, date(2019, 10, 8), moment, "a\x01b", "x" * 32_001, None, ""]

    answer = xlsx_response("a.xlsx", [f"Kolom {n}" for n in range(len(row))], [row])

    cells = [cell.value for cell in list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows())[1]]
    assert cells[:4] == [7, 1.5, 0.25, 0.5]
    assert cells[4] == csv_cell(True) and isinstance(cells[4], str)
    assert cells[5] == datetime(2019, 10, 8)
    assert cells[6] == csv_cell(moment)
    assert (cells[7], len(cells[8]), cells[9:]) == ("ab", 32_000, [None] * len(cells[9:]))


@pytest.mark.django_db
@pytest.mark.parametrize(("who", "draft"), [("coordinator", True), ("auditor", True), ("agency_operator", False)])
def test_draft_of_a_decree_is_open_to_whoever_sees_everything(user_as, who, draft):
    user = user_as(who)

    assert DecreeFactory(draft=True, number="").is_open_to(user) is draft
    assert DecreeFactory().is_open_to(user)


@pytest.mark.django_db
def test_draft_of_a_decree_is_closed_to_the_public():
    assert not DecreeFactory(draft=True, number="").is_open_to(AnonymousUser())
    assert DecreeFactory().is_open_to(AnonymousUser())
