from datetime import date

import pytest
from django.db import IntegrityError, transaction

from programs.models import PlanLine, WorkPlan
from programs.planning.versions import (
    counting_on,
    plan_in_force,
    plan_of_year_before,
    plans_in_force,
    set_versions,
    version_before,
)
from tests.factories import AgencyFactory, PlanLineFactory, WorkPlanFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def versions():
    """Induk since 2 January, PERGESERAN since 15 April, PERUBAHAN since 20 September, one more being drafted."""
    agency = AgencyFactory()
    induk = WorkPlanFactory(agency=agency, agreed=True)
    shift = change_of(induk, "PERGESERAN", date(2019, 4, 15))
    change = change_of(shift, "PERUBAHAN", date(2019, 9, 20))
    draft = WorkPlanFactory(agency=agency, kind="PERUBAHAN", sequence=4, supersedes=change)
    return agency, induk, shift, change, draft


def change_of(plan, kind, effective_on):
    return WorkPlanFactory(
        agency=plan.agency,
        year=plan.year,
        kind=kind,
        sequence=plan.sequence + 1,
        supersedes=plan,
        agreed=True,
        effective_on=effective_on,
    )


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2018, 6, 1), "INDUK"),  # nothing in effect yet: the year's first
        (date(2019, 1, 1), "INDUK"),
        (date(2019, 4, 14), "INDUK"),
        (date(2019, 4, 15), "PERGESERAN"),
        (date(2019, 9, 19), "PERGESERAN"),
        (date(2019, 10, 1), "PERUBAHAN"),  # the first day of TW IV
        (date(2025, 1, 1), "PERUBAHAN"),
    ],
)
def test_plan_in_force_is_the_latest_in_effect_on_the_day(versions, on, expected):
    agency, *_rest = versions
    WorkPlanFactory(agreed=True)  # another agency's

    plan = plan_in_force(agency, 2019, on)

    assert plan.kind == expected
    assert counting_on(set_versions([2018, 2019]), 2019, on) == {
        each: counting.pk for each, counting in plans_in_force(2019, on).items()
    }


def test_plan_in_force_without_a_set_version_is_none():
    plan = WorkPlanFactory()

    assert plan_in_force(plan.agency, 2019, date(2019, 12, 31)) is None


def test_plan_in_force_of_two_versions_of_one_day_is_the_later_one():
    first = WorkPlanFactory(agreed=True)
    second = change_of(first, "PERGESERAN", first.effective_on)

    assert plan_in_force(first.agency, 2019, date(2019, 5, 1)) == second
    assert counting_on(set_versions([2019]), 2019, date(2019, 5, 1)) == {first.agency_id: second.pk}


def test_plans_in_force_gives_one_version_for_each_agency(versions, django_assert_num_queries):
    agency, _induk, shift, *_rest = versions
    other = WorkPlanFactory(agreed=True)
    WorkPlanFactory()  # a draft
    WorkPlanFactory(agreed=True, year=2018)

    with django_assert_num_queries(1):
        plans = plans_in_force(2019, date(2019, 7, 1))

    assert plans == {agency.pk: shift, other.agency_id: other}


def test_version_before_is_the_newest_set_one(versions):
    agency, _induk, _shift, change, _draft = versions

    assert version_before(agency, 2019) == change
    assert version_before(agency, 2018) is None


def test_plan_of_year_before_is_its_last_version(versions):
    agency, _induk, _shift, change, _draft = versions

    assert plan_of_year_before(agency, 2020) == change
    assert plan_of_year_before(agency, 2019) is None


def test_lines_in_force_count_each_agreed_work_once(versions):
    _agency, induk, shift, change, draft = versions
    lines = {plan.pk: PlanLineFactory(plan=plan) for plan in (induk, shift, change, draft)}

    found = PlanLine.objects.in_force(date(2019, 7, 1))

    assert list(found) == [lines[shift.pk]]
    assert set(PlanLine.objects.agreed()) == {lines[p.pk] for p in (induk, shift, change)}


def test_unfinished_and_decided_divide_the_plans(versions):
    _agency, induk, shift, change, draft = versions

    assert set(WorkPlan.objects.unfinished()) == {draft}
    assert set(WorkPlan.objects.decided()) == {induk, shift, change}


@pytest.mark.parametrize(
    ("number", "day", "name"),
    [
        ("", None, "DPPA versi 2"),
        ("DPPA 1.05/2019", None, "DPPA nomor 1.05/2019"),
        ("1.05/2019", date(2019, 9, 16), "DPPA nomor 1.05/2019, tanggal 16 September 2019"),
        ("DPA Nomor: 7", date(2019, 9, 16), "DPPA nomor 7, tanggal 16 September 2019"),
        ("DPAX/7", None, "DPPA nomor DPAX/7"),
    ],
)
def test_version_is_named_after_its_budget_document_as_far_as_it_is_known(number, day, name):
    plan = WorkPlan(kind="PERUBAHAN", sequence=2, budget_doc_no=number, budget_doc_date=day)

    assert plan.document_name == name
    assert plan.dated_name == name


def test_regulation_needs_number_and_date_together():
    plan = WorkPlanFactory()

    for half in ({"regulation_no": "Perbup 21/2018"}, {"regulation_date": date(2018, 7, 6)}):
        with pytest.raises(IntegrityError, match="regulation_whole"), transaction.atomic():
            WorkPlan.objects.filter(pk=plan.pk).update(**half)
