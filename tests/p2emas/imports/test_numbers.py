"""A file's number format: what was written comes back, or is asked, or is refused; never a thousand times of it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2emas.imports.numbers import Cited, MixedFormats, in_words, is_open, prove, read, readings

COMMA, POINT = "COMMA", "POINT"
MARKS = {COMMA: (".", ","), POINT: (",", ".")}  # between thousands, before decimals


def write(value: Decimal, number_format: str, *, group: bool) -> str:
    thousands, decimal = MARKS[number_format]
    whole, _point, part = f"{value:f}".partition(".")
    if group:
        whole = f"{int(whole):,}".replace(",", thousands)
    return f"{whole}{decimal}{part}" if part else whole


def cited(texts):
    return [(Cited(f"E{number}", text), False) for number, text in enumerate(texts, start=2)]


VALUES = st.lists(
    st.tuples(st.decimals(0, 10**9, places=3) | st.decimals(0, 10**9, places=2) | st.integers(0, 10**9), st.booleans()),
    min_size=1, max_size=60,
)  # fmt: skip


@given(VALUES, st.sampled_from([COMMA, POINT]))
def test_values_written_in_one_format_come_back_or_are_asked(values, number_format):
    texts = [write(Decimal(value), number_format, group=group) for value, group in values]

    found = prove(cited(texts))  # one format proves one thing only: it never raises

    if found.format:
        assert found.format == number_format
        assert [read(text, found.format) for text in texts] == [Decimal(value) for value, _group in values]
    elif found.open is None:  # no cell depends on the format
        assert all(
            set(readings(text).values()) == {Decimal(value)} for text, (value, _g) in zip(texts, values, strict=True)
        )
    else:
        assert is_open(readings(found.open.text))


@given(VALUES, VALUES)
def test_two_formats_in_one_file_are_never_read_as_one(left, right):
    """Halves joined by hand: refused or asked, or the file proves nothing against a reading that all cells share."""
    texts = [write(Decimal(value), COMMA, group=group) for value, group in left]
    texts += [write(Decimal(value), POINT, group=group) for value, group in right]
    proofs = {next(iter(found)) for text in texts if len(found := readings(text)) == 1}

    try:
        found = prove(cited(texts))
    except MixedFormats as mixed:
        assert len(proofs) == 2
        assert set(readings(mixed.comma.text)) == {COMMA} and set(readings(mixed.point.text)) == {POINT}
    else:
        assert proofs == ({found.format} if found.format else set())


def test_forty_five_points_tell_what_five_cells_alone_could_not():
    """The real shape of a published table: 5 cells have three decimals, which alone would be read a thousandfold."""
    five = ["657.565", "30.996", "244.239", "24.889", "19.167"]
    sure = [f"{number}.{number % 90 + 10}" for number in range(100, 145)]

    found = prove(cited([*five[:2], *sure, *five[2:]]))

    assert (found.format, found.proof.text) == (POINT, "100.20")
    assert [read(text, found.format) for text in five] == [Decimal(text) for text in five]
    assert prove(cited(five)) == prove([(Cited("E2", "657.565"), False)])  # alone they ask


@pytest.mark.parametrize(("text", "comma", "point"), [
    ("1588,43", "1588.43", None),
    ("1.234.567", "1234567", None),
    ("657.56", None, "657.56"),
    ("657.565", "657565", "657.565"),
    ("657,565", "657.565", "657565"),
    ("1,588.4349368", None, "1588.4349368"),
    ("1.250,5", "1250.5", None),
    ("0.500", None, "0.5"),  # no group of thousands begins with 0
    ("0,500", "0.5", None),
    ("012.345", None, "12.345"),
    ("1 234,567", "1234.567", None),
    ("1\u00a0250", "1250", "1250"),
    ("12", "12", "12"),
    ("-12,5", "-12.5", None),
    ("\u221212.5", None, "-12.5"),
    ("1.2345", None, "1.2345"),
    ("12345.678", None, "12345.678"),
    ("1.23.456", None, None),
    ("1.234,567.8", None, None),
    ("1,", None, None),
    ("", None, None),
    ("12 34", None, None),
    ("Rp 1.250", None, None),
    ("\u0661\u0662", None, None),
    ("1e3", None, None),
    ("9" * 41, None, None),
])  # fmt: skip
def test_readings_of_a_cell(text, comma, point):
    expected = {key: Decimal(value) for key, value in ((COMMA, comma), (POINT, point)) if value is not None}

    assert readings(text) == expected


@pytest.mark.parametrize(("text", "comma", "point"), [
    ("Rp 1.250.000,-", "1250000", None),
    ("Rp. 1.250.000,00", "1250000", None),
    ("IDR 1,250,000.00", None, "1250000"),
    ("1.250", "1250", "1.25"),
    ("-Rp 5", "-5", "-5"),
])  # fmt: skip
def test_readings_of_money(text, comma, point):
    expected = {key: Decimal(value) for key, value in ((COMMA, comma), (POINT, point)) if value is not None}

    assert readings(text, money=True) == expected


def test_words_leave_no_doubt():
    assert in_words(Decimal("657.565")) == "enam ratus lima puluh tujuh koma lima enam lima"
    assert in_words(Decimal("657565")) == "enam ratus lima puluh tujuh ribu lima ratus enam puluh lima"
    assert in_words(Decimal("-0.050")) == "minus nol koma nol lima"
