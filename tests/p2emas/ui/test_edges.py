"""Values at the edge of what is read, drawn and paged, which a number one off would decide otherwise."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict

from p2emas.models import Agency
from p2emas.ui import reading, tiles
from p2emas.ui.charts import _share
from p2emas.ui.fields import IndonesianDateField
from p2emas.ui.paging import paginate
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


def test_each_kecamatan_has_a_square_of_its_own():
    assert len(set(tiles.SINTANG.values())) == len(tiles.SINTANG) == 14


@pytest.mark.django_db
def test_rows_in_an_order_of_chance_are_paged_by_their_key():
    found = [AgencyFactory().pk for _n in range(3)]

    assert {row.pk for row in paginate(Agency.objects.filter(pk__in=found).order_by("?"), QueryDict())} == set(found)
