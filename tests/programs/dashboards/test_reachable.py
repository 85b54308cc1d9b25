"""Villages that will be without work: what is listed, what is not, and until when (it is 8 October 2019)."""

from datetime import date

import pytest

from programs.dashboards.reachable import reachable_answer
from tests.factories import (
    PlanLineFactory,
    ProcurementMethodFactory,
    ReportingPeriodFactory,
    TargetLocationFactory,
    WorkPlanFactory,
)
from tests.programs.dashboards.test_dashboards import reported, scope_of

pytestmark = pytest.mark.django_db
PASSED, LAST, EMPTY = (
    "tidak ada kegiatan yang masih sempat",
    "kesempatan terakhir",
    "belum ada kegiatan dalam rencana",
)


@pytest.fixture
def location():
    ReportingPeriodFactory()
    return TargetLocationFactory()


def listed(**query):
    return {row[1]: tuple(row[2:]) for row in reachable_answer(scope_of(**query)).rows}


def test_village_without_any_line_is_listed(location):
    assert listed() == {location.village.name: (0, EMPTY, None)}


def test_village_whose_work_has_begun_is_not(location):
    reported(location, start_month=3)

    assert listed() == {}


def test_line_of_a_month_that_passed_leaves_the_village_without_work(location):
    PlanLineFactory(target_location=location, start_month=9)

    assert listed() == {location.village.name: (1, PASSED, date(2019, 9, 30))}


@pytest.mark.parametrize(
    ("days", "state"),
    [
        (0, None),  # until 31 December: there is time
        (20, None),
        (40, LAST),
        (62, PASSED),
    ],
)
def test_last_chance_is_told_before_it_passes(location, days, state):
    method = ProcurementMethodFactory(working_days=days) if days else None
    PlanLineFactory(target_location=location, start_month=12, procurement=method)

    last = date(2019, 12, 31)
    for _day in range(days):  # weekdays counted back by the reader
        last = date.fromordinal(last.toordinal() - 1)
        while last.weekday() > 4:
            last = date.fromordinal(last.toordinal() - 1)
    assert listed().get(location.village.name) == ((1, state, last) if state else None)


def test_one_line_that_can_still_begin_is_enough(location):
    plan = WorkPlanFactory(agreed=True)
    for month in (3, 12):
        PlanLineFactory(plan=plan, target_location=location, start_month=month)

    assert listed() == {}


def test_draft_and_a_line_of_another_village_save_nobody(location):
    PlanLineFactory(plan=WorkPlanFactory(), target_location=location, start_month=12)
    PlanLineFactory(target_location=TargetLocationFactory(), start_month=12)

    assert listed() == {location.village.name: (0, EMPTY, None)}
