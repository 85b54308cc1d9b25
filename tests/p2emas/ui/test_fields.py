from datetime import date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from p2emas.models import User
from p2emas.ui import controls
from p2emas.ui.fields import (
    DegreesField,
    GroupedKeysField,
    IndonesianDateField,
    KeysField,
    MomentField,
    PercentField,
    QuantityField,
    RupiahField,
)
from p2emas.ui.forms import PlainForm
from tests.factories import UserFactory


def refusal(field, typed) -> str:
    with pytest.raises(ValidationError) as refused:
        field.clean(typed)
    return " ".join(refused.value.messages)


@pytest.mark.parametrize(
    "typed",
    [
        "1250000",
        "1.250.000",
        "Rp 1.250.000",
        "Rp1.250.000",
        "rp. 1.250.000",
        "Rp\u00a01.250.000",
        "1.250.000,00",
        "1250000,00",
        "Rp 1.250.000,-",
        "1 250 000",
        "  1.250.000  ",
        1250000,
    ],
)
def test_rupiah_reads_what_offices_write(typed):
    assert RupiahField().clean(typed) == 1250000


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("12.50", "Angka “12.50” dapat dibaca dua cara. Tulis 12.500 atau 12,50"),
        ("1,250", "Angka “1,250” dapat dibaca dua cara. Tulis 1.250 atau 1,25"),
        ("1250,5", "Tulis rupiah bulat tanpa sen, 1.250 atau 1.251"),
        ("1.250,50", "Tulis rupiah bulat tanpa sen, 1.250 atau 1.251"),
        ("1,250,000", "Pisahkan ribuan dengan titik, bukan koma. Tulis 1.250.000"),
        ("1,250,000.00", "Pisahkan ribuan dengan titik, bukan koma. Tulis 1.250.000"),
        ("1.25.000", "Titik pada “1.25.000” tidak memisahkan tiga angka. Tulis 125.000 atau perbaiki angkanya"),
        ("12,5 juta", "Tulis seluruh angkanya tanpa kata “juta” atau “miliar”, contoh 1.250.000"),
        ("banyak", "“banyak” bukan angka. Tulis seperti 1.250.000"),
        ("1e6", "“1e6” bukan angka. Tulis seperti 1.250.000"),
        ("١٢٣", "“١٢٣” bukan angka. Tulis seperti 1.250.000"),
        ("1²", "“1²” bukan angka. Tulis seperti 1.250.000"),
        ("12\x00", "Isian memuat tanda yang tidak dapat dibaca. Ketik ulang isian ini."),
        ("9" * 50, "Isian terlalu panjang. Tulis paling banyak 40 tanda."),
        ("9" * 20, "Isi paling besar 999.999.999.999.999"),
        ("-5", "Isi 0 atau lebih"),
        ("", "Bidang ini tidak boleh kosong."),
    ],
)
def test_rupiah_refuses_with_a_sentence(typed, sentence):
    assert refusal(RupiahField(), typed) == sentence


def test_rupiah_shows_initial_with_dots_and_keeps_what_was_typed():
    field = RupiahField()
    assert field.prepare_value(1250000) == "1.250.000"
    assert field.prepare_value(0) == "0"
    assert field.prepare_value("12.50") == "12.50"
    assert field.prepare_value(None) is None
    assert not field.has_changed(1250000, "Rp 1.250.000,00")
    assert field.has_changed(1250000, "1.250.001")


def test_rupiah_empty_is_missing_and_not_zero():
    assert RupiahField(required=False).clean("  ") is None
    assert RupiahField(required=False).clean("0") == 0


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("87,5", "87.5"),
        ("87.5", "87.5"),
        ("87,5%", "87.5"),
        ("87 %", "87"),
        ("100", "100"),
        ("0", "0"),
        ("33.25", "33.25"),
    ],
)
def test_percent_reads_comma_and_dot(typed, value):
    assert PercentField().clean(typed) == Decimal(value)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("101", "Isi paling besar 100"),
        ("-1", "Isi 0 atau lebih"),
        ("12.500", "Angka “12.500” dapat dibaca dua cara. Tulis 12.500 atau 12,5"),
        ("1,2345", "Tulis paling banyak 2 angka di belakang koma, contoh 1,23"),
        ("%", "“%” bukan angka. Tulis seperti 87,5"),
        ("NaN", "“NaN” bukan angka. Tulis seperti 87,5"),
    ],
)
def test_percent_refuses_with_a_sentence(typed, sentence):
    assert refusal(PercentField(), typed).startswith(sentence)


def test_percent_without_bound_allows_more_than_all():
    assert PercentField(max_value=None).clean("132,5") == Decimal("132.5")


@pytest.mark.parametrize(
    ("typed", "value"),
    [("1.250", "1250"), ("1.250,5", "1250.5"), ("0,125", "0.125"), ("12,5", "12.5"), ("1250", "1250")],
)
def test_quantity_reads_indonesian_numbers(typed, value):
    assert QuantityField(decimal_places=3).clean(typed) == Decimal(value)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("1.5", "Angka “1.5” dapat dibaca dua cara. Tulis 1.500 atau 1,5"),
        ("1,250", "Angka “1,250” dapat dibaca dua cara. Tulis 1.250 atau 1,25"),
        ("0.5", "Tulis desimal dengan koma: 0,5"),
        ("0.500", "Tulis desimal dengan koma: 0,500"),
        ("657,565", "Angka “657,565” dapat dibaca dua cara. Tulis 657.565 atau 657,5650"),
        ("1,250.5", "Titik memisahkan ribuan, koma memisahkan desimal. Tulis 1.250,5"),
        ("9" * 30, "Isi paling besar 9.999.999.999.999.999"),
    ],
)
def test_quantity_refuses_with_a_sentence(typed, sentence):
    assert refusal(QuantityField(), typed) == sentence


@pytest.mark.parametrize("typed", ["657,565", "12,001", "1.5", "1,250", "30.99"])
def test_both_ways_out_of_two_readings_are_taken(typed):
    """A sentence that proposes what was typed leads nowhere."""
    field = QuantityField(decimal_places=3)
    ways = refusal(field, typed).partition("Tulis ")[2].split(" atau ")

    assert len(ways) == 2 and typed not in ways
    assert field.clean(ways[0]) == field.clean(ways[1]) * 1000


@pytest.mark.parametrize(
    "typed",
    [
        "29 Maret 2017",
        "29-03-2017",
        "29/03/2017",
        "29.3.2017",
        "2017-03-29",
        "Rabu, 29 Maret 2017",
        "29 mar 2017",
        "29-Maret-2017",
    ],
)
def test_date_reads_indonesian_writing(typed):
    assert IndonesianDateField().clean(typed) == date(2017, 3, 29)


def test_date_knows_older_spelling_of_months():
    assert IndonesianDateField().clean("1 Nopember 2017") == date(2017, 11, 1)
    assert IndonesianDateField().clean("1 Agt 2017") == date(2017, 8, 1)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("03/29/2017", "Bulan 29 tidak ada. Tulis tanggal dahulu, lalu bulan, contoh 29-03-2017"),
        ("31-02-2017", "Tanggal “31-02-2017” tidak ada di kalender"),
        ("29-03-17", "Tulis tahun dengan empat angka, contoh 29-03-2017"),
        ("29 March 2017", "Bulan “March” tidak dikenal. Tulis seperti 29 Maret 2017 atau 29-03-2017"),
        ("besok", "“besok” bukan tanggal. Tulis seperti 29 Maret 2017 atau 29-03-2017"),
        ("0-0-0000", "Tanggal “0-0-0000” tidak ada di kalender"),
        ("29-03-1017", "Isi tanggal 1 Januari 1945 atau sesudahnya"),
        ("29-03-9999", "Isi tanggal 31 Desember 2100 atau sebelumnya"),
        ("29-03-2017\x00", "Isian memuat tanda yang tidak dapat dibaca. Ketik ulang isian ini."),
    ],
)
def test_date_refuses_with_a_sentence(typed, sentence):
    assert refusal(IndonesianDateField(), typed) == sentence


def test_date_shows_initial_as_it_is_typed():
    assert IndonesianDateField().prepare_value(date(2017, 3, 29)) == "29-03-2017"
    assert IndonesianDateField().prepare_value(datetime(2017, 3, 29, 8)) == "29-03-2017"
    assert IndonesianDateField().prepare_value("31-02-2017") == "31-02-2017"


@pytest.mark.parametrize("field", [RupiahField(), PercentField(), QuantityField(), IndonesianDateField()])
def test_fields_never_crash(field):
    @settings(max_examples=150, deadline=None)
    @given(st.text(max_size=60) | st.from_regex(r"(Rp ?)?-?[0-9.,  ]{1,25}%?", fullmatch=True))
    def check(typed):
        try:
            field.clean(typed)
        except ValidationError as refused:
            assert all(refused.messages)

    check()


@given(st.integers(0, 999_999_999_999_999))
@settings(max_examples=100, deadline=None)
def test_rupiah_reads_back_what_it_shows(value):
    field = RupiahField()
    assert field.clean(field.prepare_value(value)) == value


@pytest.mark.parametrize("places", [3, 4])
@pytest.mark.parametrize("value", ["1.125", "111.729", "0.125", "1250.5", "-2.250", "999.001", "24"])
def test_quantity_reads_again_what_it_shows(places, value):
    field = QuantityField(decimal_places=places, min_value=None)

    assert field.clean(field.prepare_value(Decimal(value))) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "value"), [("0,166", "0.166"), ("111,729", "111.729"), ("111.729", "111.729"), ("-0,5 °", "-0.5")]
)
def test_degrees_take_either_mark(text, value):
    field = DegreesField(limit=180)

    assert field.clean(text) == Decimal(value)
    assert field.clean(field.prepare_value(Decimal(value))) == Decimal(value)


@pytest.mark.parametrize("text", ["181", "1.111,7", "utara", "NaN", "111,7291234"])
def test_degrees_refuse_what_is_no_coordinate(text):
    with pytest.raises(ValidationError):
        DegreesField(limit=180).clean(text)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "key",
    [
        "9223372036854775808",
        "-9223372036854775809",
        "1" + "0" * 30,
        "0" * 12 + "4" + "0" * 19,
        "9_223_372_036_854_775_808",
        "٩" * 19,
        "9" * 5_000,
        "-1",
        "a",
        "²",
    ],
)
def test_tick_of_a_row_that_cannot_exist_is_no_choice(key):
    field = KeysField(queryset=User.objects.all(), required=False)

    with pytest.raises(ValidationError):
        field.clean([key])


@pytest.mark.django_db
def test_ticks_give_their_rows():
    person = UserFactory()

    assert list(KeysField(queryset=User.objects.all()).clean([str(person.pk)])) == [person]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("31-10-2019 16.00", "2019-10-31T16:00:00+07:00"),
        ("31 Oktober 2019 pukul 16:00 WIB", "2019-10-31T16:00:00+07:00"),
        ("2019-10-31 23.59.59", "2019-10-31T23:59:59+07:00"),
        ("Kamis, 31 Oktober 2019, 8.05", "2019-10-31T08:05:00+07:00"),
    ],
)
def test_moment_is_read_in_the_zone_of_the_office(typed, expected):
    assert MomentField().clean(typed).isoformat() == expected


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("31-10-2019", "Tulis tanggal dan jamnya"),
        ("31-10-2019 25.00", "Jam “25.00” tidak ada"),
        ("31-02-2019 10.00", "tidak ada di kalender"),
        ("01-01-9999 10.00", "1945 sampai 2100"),
        ("besok jam 10.00", "bukan tanggal"),
    ],
)
def test_moment_that_cannot_be_is_refused_in_a_sentence(typed, sentence):
    with pytest.raises(ValidationError, match=sentence):
        MomentField().clean(typed)


def test_moment_is_shown_as_it_is_read_to_the_second():
    field = MomentField()
    for typed in ("31-10-2019 16.00", "31-10-2019 23.59.59"):
        assert field.prepare_value(field.clean(typed)) == typed


@pytest.mark.django_db
def test_long_list_is_folded_by_group_and_open_where_something_is_ticked():
    rows = [UserFactory(name=name) for name in ("perkebunan", "perikanan") for _each in range(5)]
    form = type("Skills", (PlainForm,), {"skills": GroupedKeysField(User.objects.all(), group_by="name")})

    drawn = controls.groups(form({"skills": [str(rows[0].pk)]})["skills"])

    assert [(group["name"], group["open"]) for group in drawn] == [("perikanan", False), ("perkebunan", True)]
    assert {str(box.data["value"]) for group in drawn for box in group["choices"]} == {str(row.pk) for row in rows}
