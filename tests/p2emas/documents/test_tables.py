"""CSV cells: what a spreadsheet reads is what the screen says."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from p2emas.documents.tables import csv_cell, csv_response


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (0, "0"),
        (True, "ya"),
        (False, "tidak"),
        (1250000, "1250000"),
        (Decimal("87.50"), "87,50"),
        (Fraction(1, 3), "0,3333"),
        (date(2019, 10, 8), "08-10-2019"),
        (datetime(2019, 10, 8, 3, 5, tzinfo=UTC), "08-10-2019 10.05"),
        ("=1+1", "'=1+1"),
        ("-5 ekor", "'-5 ekor"),
        ("@x", "'@x"),
        ("a\x00b", "ab"),
        ("Ensaid Panjang", "Ensaid Panjang"),
    ],
)
def test_csv_cell(value, cell):
    assert csv_cell(value) == cell


def test_csv_response_has_bom_semicolons_and_name():
    response = csv_response("desa.csv", ["Desa", "Pagu"], [["Pakak; hulu", 5], ["=x", None]])

    assert response.content.decode() == '\ufeffDesa;Pagu\r\n"Pakak; hulu";5\r\n\'=x;\r\n'
    assert response["Content-Disposition"] == 'attachment; filename="desa.csv"'
