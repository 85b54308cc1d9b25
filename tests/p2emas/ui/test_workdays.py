from datetime import date, timedelta

import pytest

from p2emas.ui.workdays import add_working_days, is_working_day, working_days_between

FRIDAY, SATURDAY, MONDAY = date(2019, 10, 4), date(2019, 10, 5), date(2019, 10, 7)
HOLIDAYS = {date(2019, 12, 24), date(2019, 12, 25), date(2020, 1, 1)}


def test_working_day_needs_weekday_without_holiday():
    assert is_working_day(FRIDAY)
    assert not is_working_day(SATURDAY)
    assert not is_working_day(date(2019, 12, 25), HOLIDAYS)


@pytest.mark.parametrize(
    ("start", "count", "reached"),
    [
        (date(2019, 9, 30), 5, MONDAY),
        (FRIDAY, 1, MONDAY),
        (SATURDAY, 1, MONDAY),
        (SATURDAY, 0, MONDAY),
        (FRIDAY, 0, FRIDAY),
        (MONDAY, -1, FRIDAY),
        (date(2019, 12, 23), 1, date(2019, 12, 26)),
        (date(2019, 12, 31), 5, date(2020, 1, 8)),
    ],
)
def test_add_working_days(start, count, reached):
    assert add_working_days(start, count, HOLIDAYS) == reached


def test_working_days_between_counts_the_last_day_only():
    assert working_days_between(FRIDAY, MONDAY) == 1
    assert working_days_between(MONDAY, MONDAY) == 0
    assert working_days_between(FRIDAY, SATURDAY) == 0
    assert working_days_between(MONDAY, FRIDAY) == -1


def test_working_days_between_equals_counting_day_by_day():
    for offset in range(7):
        start = date(2019, 12, 10) + timedelta(offset)
        for length in range(60):
            end = start + timedelta(length)
            counted = sum(is_working_day(start + timedelta(n), HOLIDAYS) for n in range(1, length + 1))
            assert working_days_between(start, end, HOLIDAYS) == counted
