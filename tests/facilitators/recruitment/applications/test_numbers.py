"""NIK, phone numbers and names as people type them."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from facilitators.recruitment.applications.numbers import (
    PROVINCES,
    read_nik,
    read_phone,
    shown_phone,
    tidy_name,
)
from p2emas.ui.reading import Unreadable

BORN = date(1994, 3, 17)
MAN, WOMAN = "6105191703940001", "6105195703940001"
HERE = st.sampled_from(sorted(PROVINCES))
DAYS = st.dates(date(1930, 1, 1), date(2015, 12, 31))


@pytest.mark.parametrize(
    "typed",
    [MAN, "61 05 19 170394 0001", "610519.170394.0001", " 6105-1917-0394-0001\t", "６１０５１９１７０３９４０００１"],
)
def test_nik_is_read_in_every_spelling(typed):
    assert read_nik(typed, BORN) == MAN


def test_nik_of_a_woman_has_forty_added_to_the_day():
    assert read_nik(WOMAN, BORN) == WOMAN
    assert read_nik(WOMAN.replace("570394", "710394"), date(1994, 3, 31))


def test_nik_from_elsewhere_is_as_good():
    assert read_nik("3171234107900003", date(1990, 7, 1)) == "3171234107900003"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "angka saja"),
        ("61051917O3940001", "angka saja"),
        ("610519170394000", "15 angka"),
        ("61051917039400011", "17 angka"),
        ("0005191703940001", "tidak mungkin"),  # no such province
        ("6100191703940001", "tidak mungkin"),  # no kabupaten
        ("6105001703940001", "tidak mungkin"),  # no kecamatan
        ("6105191713940001", "tidak mungkin"),  # month 13
        ("6105193202940001", "tidak mungkin"),  # 32 February
        ("6105197902940001", "tidak mungkin"),  # a woman on 39 February
        ("6105191703940000", "tidak mungkin"),  # serial number 0
        ("6105191803940001", "tanggal lahir tidak cocok"),
    ],
)
def test_nik_that_cannot_be_is_refused_with_a_sentence(typed, sentence):
    with pytest.raises(Unreadable, match=sentence):
        read_nik(typed, BORN)


@given(HERE, st.integers(1, 99), st.integers(1, 99), DAYS, st.booleans(), st.integers(1, 9999))
def test_any_well_formed_nik_is_taken_on_its_day_and_on_no_other(province, regency, district, born, woman, serial):
    day = born.day + 40 * woman
    nik = f"{province:02d}{regency:02d}{district:02d}{day:02d}{born:%m%y}{serial:04d}"

    assert read_nik(nik, born) == nik
    with pytest.raises(Unreadable):
        read_nik(nik, born.replace(day=1 + born.day % 28))


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    for read in (read_nik, read_phone):
        try:
            found = read(text)
        except Unreadable as refusal:
            assert str(refusal)
        else:
            assert found.removeprefix("+").isascii()


@pytest.mark.parametrize(
    "typed",
    ["081234567890", "+62 812 3456 7890", "6281234567890", "812-3456-7890", "0812-3456-7890", "(0812) 3456 7890",
     "+62 (0) 812-3456-7890", "0062 812 3456 7890", "0812.3456.7890"],
)  # fmt: skip
def test_phone_has_one_form_for_every_spelling(typed):
    assert read_phone(typed) == "+6281234567890"


@pytest.mark.parametrize("typed", ["", "0565-21234", "08123", "0812345678901234", "nol delapan", "+1 202 555 0100"])
def test_what_is_no_mobile_number_is_refused(typed):
    with pytest.raises(Unreadable, match="08"):
        read_phone(typed)


@given(st.integers(10**8, 10**11 - 1), st.sampled_from(["0", "62", "+62", "+62 0", "", "0062"]))
def test_phone_read_again_stays_as_it_is(rest, before):
    phone = read_phone(f"{before}8{rest}")

    assert read_phone(phone) == phone == f"+628{rest}"
    assert read_phone(shown_phone(phone)) == phone


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("SITI  NUR'AINI", "Siti Nur'aini"),
        ("budi", "Budi"),
        ("M. ALI HASAN", "M. Ali Hasan"),
        ("A.H. YANI", "A.H. Yani"),
        ("ANNA-MARIA", "Anna-Maria"),
        ("YOHANES, S.P.", "Yohanes, S.P."),
        ("Maria van der Berg", "Maria van der Berg"),
        ("McKay", "McKay"),
    ],
)
def test_name_in_capitals_gets_small_letters_and_any_other_stays(typed, kept):
    assert tidy_name(typed) == kept


@given(st.text(max_size=60))
@example("ß")
def test_tidied_name_has_the_same_letters_and_stays(text):
    once = tidy_name(text)

    assert once.casefold() == " ".join(text.split()).casefold()
    assert tidy_name(once) == once


def test_first_and_last_code_of_each_island_is_a_province_and_its_neighbour_is_none():
    """By hand: Sumatra with its islands, Java, Bali to Timor, Kalimantan, Sulawesi, Maluku, Papua."""
    known = [11, 19, 21, 31, 36, 51, 53, 61, 65, 71, 76, 81, 82, 91, 97]
    unknown = [10, 20, 22, 30, 37, 50, 54, 60, 66, 70, 77, 80, 83, 90, 98]

    def is_read(province: int) -> bool:
        try:
            return bool(read_nik(f"{province}05191703940001", BORN))
        except Unreadable:
            return False

    assert [code for code in known + unknown if is_read(code)] == known
