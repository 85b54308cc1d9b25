"""When checks fall due: by months of the calendar, to its end."""

from datetime import date, timedelta

import pytest

from programs.aid.due import CHECK_MONTHS, last_day_of, latest_handover, month_later


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2018, 10, 24), 6, date(2019, 4, 24)),
        (date(2018, 10, 24), 24, date(2020, 10, 24)),
        (date(2018, 8, 31), 6, date(2019, 2, 28)),
        (date(2019, 8, 29), 6, date(2020, 2, 29)),
        (date(2020, 2, 29), 12, date(2021, 2, 28)),
        (date(2018, 12, 1), 12, date(2019, 12, 1)),
    ],
)
def test_a_month_later_ends_with_a_short_month(day, months, later):
    assert month_later(day, months) == later


def test_latest_handover_is_the_last_one_whose_check_is_due():
    day = date(2019, 1, 1)
    while day < date(2021, 3, 2):
        for months in CHECK_MONTHS:
            latest = latest_handover(day, months)
            assert month_later(latest, months) <= day < month_later(latest + timedelta(days=1), months)
        day += timedelta(days=1)


def test_a_count_belongs_to_a_check_until_the_time_of_the_next_begins():
    assert last_day_of(date(2018, 10, 24), 6) == date(2019, 9, 23)
    assert last_day_of(date(2018, 10, 24), 24) is None
