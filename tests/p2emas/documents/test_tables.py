"""CSV cells: what a spreadsheet reads is what the screen says."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2emas.documents.formula_guard import guarded, unguarded
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
        ("\uff1d1+1", "'\uff1d1+1"),
        ("\uff0b1", "'\uff0b1"),
        ("\uff0d1", "'\uff0d1"),
        ("\uff20x", "'\uff20x"),
        (" =1+1", "' =1+1"),
        ("\u00a0=1+1", "'\u00a0=1+1"),
        ("\u3000@x", "'\u3000@x"),
        ("\u200b=1", "'\u200b=1"),
        ("a,=1+1", "a,'=1+1"),
        ("a; @x;b", "a;' @x;b"),
        ("a\t-cmd|x", "a\t'-cmd|x"),
        ("a\n=1", "a\n'=1"),
        ("Catatan:\n- satu\n- dua", "Catatan:\n- satu\n- dua"),
        ("Rp 1.250.000,-", "Rp 1.250.000,-"),
        ("Kelam, Sepauk", "Kelam, Sepauk"),
        ("Ensaid Panjang", "Ensaid Panjang"),
    ],
)
def test_csv_cell(value, cell):
    assert csv_cell(value) == cell


TEXT = st.text(st.sampled_from("=+-@\uff1d\uff0d'a1 ,;|\t\r\n\u00a0\u3000\u200b"), max_size=12) | st.text(max_size=30)


@given(TEXT)
def test_guarded_text_comes_back_as_it_was(text):
    assert unguarded(guarded(text)) == text


@given(TEXT)
def test_no_cell_begins_with_a_formula_whatever_separates(text):
    for separator in ",;|\t":
        for cell in guarded(text).split(separator):
            assert not re.match(r"[\s\u200b]*[=@\uff1d]", cell)


def test_csv_response_has_bom_semicolons_and_name():
    response = csv_response("desa.csv", ["Desa", "Pagu"], [["Pakak; hulu", 5], ["=x", None]])

    assert response.content.decode() == '\ufeffDesa;Pagu\r\n"Pakak; hulu";5\r\n\'=x;\r\n'
    assert response["Content-Disposition"] == 'attachment; filename="desa.csv"'
