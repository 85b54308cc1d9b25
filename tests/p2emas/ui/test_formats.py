from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import formats as django_formats
from hypothesis import given
from hypothesis import strategies as st

from p2emas.ui import formats

DAY = date(2017, 3, 29)
MOMENT = datetime(2017, 3, 29, 2, 0, tzinfo=UTC)  # 09.00 in Pontianak


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "Rp\u00a00"),
        (1250000, "Rp\u00a01.250.000"),
        (-1250000, "−Rp\u00a01.250.000"),
        (999, "Rp\u00a0999"),
        (Decimal("1250000"), "Rp\u00a01.250.000"),
        (None, "belum ada data"),
        (True, "belum ada data"),
        ("12", "belum ada data"),
        (float("nan"), "belum ada data"),
    ],
)
def test_rupiah(value, written):
    assert formats.rupiah(value) == written


def test_rupiah_document_has_two_decimals():
    assert formats.rupiah_document(1250000) == "Rp\u00a01.250.000,00"
    assert formats.rupiah_document(-5) == "−Rp\u00a05,00"
    assert formats.rupiah_document(None) == "belum ada data"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "Rp 0"),
        (999_999, "Rp 999.999"),
        (1_000_000, "Rp 1 juta"),
        (490_000_000, "Rp 490 juta"),
        (490_040_000, "Rp 490 juta"),
        (490_050_000, "Rp 490,1 juta"),
        (999_949_999, "Rp 999,9 juta"),
        (999_950_000, "Rp 1 miliar"),
        (12_500_000_000, "Rp 12,5 miliar"),
        (-12_500_000_000, "−Rp 12,5 miliar"),
        (2_000_000_000_000, "Rp 2 triliun"),
        (None, "belum ada data"),
    ],
)
def test_rupiah_compact(value, written):
    assert formats.rupiah_compact(value).replace("\u00a0", " ") == written


@pytest.mark.parametrize(
    ("value", "written"),
    [(129_750_000, "129,75"), (1_140_000_000, "1.140"), (0, "0"), (-2_500_000, "−2,5"), (None, "belum ada data")],
)
def test_rupiah_million(value, written):
    assert formats.rupiah_million(value) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Decimal("87.5"), "87,5%"),
        (100, "100%"),
        (Decimal("99.96"), "99,9%"),
        (Decimal("100.04"), "100,1%"),
        (0, "0%"),
        (Decimal("0.01"), "0,1%"),
        (Decimal("-0.01"), "−0,1%"),
        (66.65, "66,7%"),
        (Fraction(200, 3), "66,7%"),
        (None, "belum ada data"),
    ],
)
def test_percent_never_claims_all_or_nothing(value, written):
    assert formats.percent(value) == written


def test_share_is_a_percentage_of_one():
    assert formats.share(Fraction(7, 8)) == "87,5%"
    assert formats.share(None) == "belum ada data"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Decimal("19.4"), "+19,4 poin"),
        (-2, "−2 poin"),
        (0, "0 poin"),
        (Decimal("0.04"), "0 poin"),
        (None, "belum ada data"),
    ],
)
def test_points(value, written):
    assert formats.points(value).replace("\u00a0", " ") == written


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [
        (1250000, 2, "1.250.000"),
        (Decimal("12.50"), 2, "12,5"),
        (Decimal("12.345"), 2, "12,35"),
        (Decimal("1E+3"), 0, "1.000"),
        (-0.001, 2, "0"),
        (10**20, 0, "100.000.000.000.000.000.000"),
        (None, 2, "belum ada data"),
    ],
)
def test_number(value, places, written):
    assert formats.number(value, places) == written


def test_dates():
    assert formats.long_date(DAY) == "29 Maret 2017"
    assert formats.weekday_date(DAY) == "Rabu, 29 Maret 2017"
    assert formats.table_date(DAY) == "29-03-2017"
    assert formats.month_year(DAY) == "Maret 2017"
    assert formats.long_date(None) == formats.table_date(None) == formats.moment(None) == "–"


def test_moments_stand_in_the_zone_of_the_regency():
    assert formats.moment(MOMENT) == "Rabu, 29 Maret 2017 pukul 09.00 WIB"
    assert formats.short_moment(MOMENT) == "29 Maret 2017 09.00 WIB"
    assert formats.table_moment(MOMENT) == "29-03-2017 09.00"
    assert formats.clock_time(MOMENT) == "09.00"
    assert formats.long_date(datetime(2017, 3, 28, 20, 0, tzinfo=UTC)) == "29 Maret 2017"


def test_quarters():
    assert formats.quarter(2017, 1) == "Triwulan I 2017"
    assert formats.quarter_short(2017, 4) == "TW IV 2017"


def test_spelled_out():
    assert formats.spelled_out(1250000) == "satu juta dua ratus lima puluh ribu"
    assert formats.spelled_out(-1000) == "minus seribu"
    assert formats.spelled_out(1_001_000) == "satu juta seribu"
    assert formats.spelled_out(2_000_001_001) == "dua miliar seribu satu"
    assert formats.spelled_out(5_000_021_000) == "lima miliar dua puluh satu ribu"
    assert formats.spelled_out(1_101_000) == "satu juta seratus satu ribu"
    assert formats.rupiah_echo(1250000) == "Rp\u00a01.250.000,00 (satu juta dua ratus lima puluh ribu rupiah)"


def test_fixed_keeps_the_decimals_so_that_a_column_lines_up():
    assert formats.fixed(Decimal("63.9")) == "63,90"
    assert formats.fixed(74, 1) == "74,0"
    assert formats.fixed(None) == "belum ada data"


@pytest.mark.parametrize(
    ("size", "written"),
    [(0, "0 KB"), (1, "1 KB"), (168 * 1024, "168 KB"), (1468006, "1,4 MB"), (None, "belum ada data")],
)
def test_file_size(size, written):
    assert formats.file_size(size).replace("\u00a0", " ") == written


def test_django_writes_dates_as_we_do():
    assert django_formats.date_format(DAY) == "29 Maret 2017"
    assert django_formats.date_format(date(2017, 8, 9), "SHORT_DATE_FORMAT") == "09-08-2017"


def test_django_reads_no_american_dates():
    read = django_formats.get_format("DATE_INPUT_FORMATS")
    assert not [each for each in read if each.startswith(("%m", "%b", "%B"))]
    assert "%d-%m-%Y" in read


@given(st.integers(min_value=-(10**18), max_value=10**18))
def test_millions_of_a_whole_number_are_those_of_its_decimal(rupiah):
    assert formats.rupiah_million(rupiah) == formats.rupiah_million(Decimal(rupiah))
    assert formats.signed_million(rupiah) == formats.signed_million(Decimal(rupiah))


def test_text_of_equal_figures_is_the_same_whichever_came_first():
    for value in (Decimal("-0"), Decimal("45.50"), Decimal("45.5"), Decimal("0.00"), Decimal("0.004")):
        assert formats.number(value) == formats.number(value + 0)
        assert formats.percent(value) == formats.percent(value + 0)
