"""Values at the edge of what is read, drawn and paged, which a number one off would decide otherwise."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from p2emas.models import Agency
from p2emas.ui import reading, tiles
from p2emas.ui.charts import Chart, _share, bar, two_points
from p2emas.ui.fields import IndonesianDateField
from p2emas.ui.paging import paginate
from p2emas.ui.rows import RowField
from p2emas.ui.sentences import in_our_words
from tests.factories import AgencyFactory


@pytest.mark.parametrize(("typed", "degrees"), [("111", "111"), ("-0,5 °", "-0.5"), ("111.729", "111.729")])
def test_degrees_without_a_part_are_whole(typed, degrees):
    assert reading.read_degrees(typed) == Decimal(degrees)


def test_first_and_last_day_of_a_field_are_allowed():
    field = IndonesianDateField(earliest=date(2019, 7, 1), latest=date(2019, 9, 30))

    assert [field.clean("01-07-2019"), field.clean("30-09-2019")] == [date(2019, 7, 1), date(2019, 9, 30)]
    for typed, words in (("30-06-2019", "atau sesudahnya"), ("01-10-2019", "atau sebelumnya")):
        with pytest.raises(ValidationError, match=words):
            field.clean(typed)


@pytest.mark.parametrize(
    ("value", "maximum", "percent"),
    [(-5, 100, 0), (0, 100, 0), (50, 100, 50), (150, 100, 100), (Decimal("0.5"), 1, 50), (1, 0, 0), (1, -1, 0)],
)
def test_share_of_a_drawing_stays_inside_it(value, maximum, percent):
    assert _share(value, maximum) == percent


@pytest.mark.parametrize(
    ("rate", "shade"),
    [(None, "q0"), (-3, "q1"), (0, "q1"), (19.9, "q1"), (20, "q2"), (79, "q4"), (80, "q5"), (100, "q5"), (130, "q5")],
)
def test_shade_goes_in_steps_of_twenty_percent(rate, shade):
    assert tiles.Tile(code="61.05.06", name="Ambalau", rate=rate).shade == shade


SINTANG = """
06 05 .. .. .. .. ..
.. .. 04 .. .. .. ..
.. .. 21 19 .. .. ..
.. .. 01 07 08 09 15
03 02 20 .. .. 14 ..
"""


def test_map_of_sintang_is_drawn_like_this():
    drawn = [[".."] * tiles.COLUMNS for _row in range(5)]
    for code, (row, column) in tiles.SINTANG.items():
        drawn[row - 1][column - 1] = code[-2:]

    assert "\n".join(" ".join(row) for row in drawn) == SINTANG.strip()


def test_four_points_of_the_compass_make_a_cross():
    centres = [("U", 2, 101), ("S", 0, 101), ("B", 1, 100), ("T", 1, 102)]

    assert tiles.positions(centres) == {"U": (1, 2), "S": (3, 2), "B": (2, 1), "T": (2, 3)}


def test_small_map_ends_with_its_last_squares():
    drawn = tiles.tile_map([tiles.Tile("61.05.06", "Ketungau Hulu"), tiles.Tile("61.05.14", "Serawai")])
    squares = [(x, y) for x, y, _tone in drawn.squares]

    assert squares == [(0, 0), (5 * 19, 4 * 19)]
    assert drawn.size == (5 * 19 + 17, 4 * 19 + 17)


@pytest.mark.parametrize(("rate", "text"), [(86, "86%"), (86.4, "86%"), (86.6, "87%")])
def test_rate_on_a_tile_has_no_decimals(rate, text):
    assert tiles.Tile(code="61.05.06", name="Ambalau", rate=rate).rate_text == text


def marks(chart: Chart, css: str) -> list[dict]:
    return [attrs for _tag, attrs, _text in chart.marks if attrs.get("class") == css]


@pytest.mark.parametrize(("first", "last", "hatch"), [(None, 5, (2, 57)), (5, None, (30, 85)), (None, None, (2, 98))])
def test_hatch_lies_where_the_value_is_missing_and_on_no_known_point(first, last, hatch):
    (found,) = marks(two_points(first, last, maximum=10, label="x"), "fnone")
    begin, width = (int(str(found[name]).rstrip("%")) for name in ("x", "width"))

    assert (begin, begin + width) == hatch


def test_words_below_two_points_are_not_cut():
    chart = two_points(1, 5, maximum=10, label="x")
    foot = max(attrs["y"] for tag, attrs, _text in chart.marks if tag == "text")

    assert chart.height == foot + 3  # what of a letter hangs below its line


def test_tick_of_a_target_stands_out_above_and_below_its_bar():
    (tick,) = marks(bar(50, 80, height=12), "goal")

    assert (tick["y1"], tick["y2"]) == (-3, 15)


@pytest.mark.parametrize("typed", ["1.250", "12.345", "1,250"])
def test_share_that_can_be_read_two_ways_is_asked_again(typed):
    with pytest.raises(reading.Unreadable) as asked:
        reading.read_percent(typed)

    assert f"“{typed}”" in str(asked.value)


def test_each_kecamatan_has_a_square_of_its_own():
    assert len(set(tiles.SINTANG.values())) == len(tiles.SINTANG) == 14


@pytest.mark.django_db
def test_rows_in_an_order_of_chance_are_paged_by_their_key():
    found = [AgencyFactory().pk for _n in range(3)]

    assert {row.pk for row in paginate(Agency.objects.filter(pk__in=found).order_by("?"), QueryDict())} == set(found)


def test_sentence_of_a_field_of_ours_stays_and_the_one_that_django_brings_becomes_ours():
    def said(kind: type[forms.Field]) -> list[str]:
        own = kind.default_error_messages["invalid_choice"]
        error = ValidationError(own, code="invalid_choice", params={"value": "Ulak"})
        return in_our_words(error, RowField(None), "Desa").messages

    assert said(RowField) == ["Pilih salah satu dari daftar: “Ulak” tidak ada di sana, atau sudah berubah."]
    assert said(forms.ModelChoiceField) == [
        "Pilih salah satu dari daftar; isian tadi tidak ada di sana atau sudah berubah."
    ]
