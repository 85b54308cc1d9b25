"""Months of plan lines: what the database refuses, who may read them, and what their history keeps."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from programs.models import MonthlyPlan, MonthlyProgress
from tests.factories import (
    AgencyFactory,
    AssignmentFactory,
    MonthlyPlanFactory,
    MonthlyProgressFactory,
    PlanLineFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

ENDS = [3, 6, 9, 12]
BETWEEN = [1, 2, 4, 5, 7, 8, 10, 11]


@pytest.mark.parametrize("factory", [MonthlyPlanFactory, MonthlyProgressFactory])
@pytest.mark.parametrize(
    "bad",
    [
        {"month": 0},
        {"month": 13},
        {"money": -1},
        {"physical": Decimal("100.01")},
        {"physical": -1},
    ],
)
def test_month_outside_its_bounds_is_refused(factory, bad):
    with pytest.raises(IntegrityError), transaction.atomic():
        factory(**bad)


@pytest.mark.parametrize("month", ENDS)
def test_last_month_of_a_quarter_has_no_progress_of_its_own(month):
    with pytest.raises(IntegrityError, match="programs_monthlyprogress_month"), transaction.atomic():
        MonthlyProgressFactory(month=month)


def test_months_that_may_be_stored():
    line = PlanLineFactory()

    for month in BETWEEN:
        MonthlyProgressFactory(line=line, month=month)
    for month in [*BETWEEN, *ENDS]:
        MonthlyPlanFactory(line=line, month=month)

    assert sorted(line.monthly_progress.values_list("month", flat=True)) == BETWEEN
    assert line.monthly_plans.count() == 12


@pytest.mark.parametrize("factory", [MonthlyPlanFactory, MonthlyProgressFactory])
def test_month_of_a_line_is_stored_once(factory):
    first = factory()

    with pytest.raises(IntegrityError), transaction.atomic():
        factory(line=first.line)


@pytest.mark.parametrize("model", [MonthlyPlan, MonthlyProgress])
def test_months_are_read_by_their_agency_and_by_those_who_see_everything(model):
    factory = {MonthlyPlan: MonthlyPlanFactory, MonthlyProgress: MonthlyProgressFactory}[model]
    ours, theirs = factory(), factory()
    operator = AssignmentFactory(agency=ours.line.plan.agency, role="agency_operator").user
    stranger = AssignmentFactory(agency=AgencyFactory(), role="agency_operator").user
    auditor = AssignmentFactory(role="auditor").user

    seen = {
        who: set(model.objects.for_user(user))
        for who, user in {
            "operator": operator,
            "stranger": stranger,
            "auditor": auditor,
            "nobody": UserFactory(),
        }.items()
    }

    assert seen == {"operator": {ours}, "stranger": set(), "auditor": {ours, theirs}, "nobody": set()}


def test_unknown_figures_stay_unknown_and_edits_are_kept():
    month = MonthlyProgressFactory(money=None, physical=None)

    month.money = 0
    month.save()

    month.refresh_from_db()
    assert (month.money, month.physical) == (0, None)
    assert [edit.money for edit in month.history.order_by("history_id")] == [None, 0]


def test_month_is_a_sample_where_its_plan_is():
    line = PlanLineFactory(plan__is_sample=True)

    assert MonthlyProgressFactory(line=line).is_sample
    assert not MonthlyPlanFactory().is_sample
