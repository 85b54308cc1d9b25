"""The monthly plan of a version that replaces another: brought when it is set, and said on the page."""

from datetime import date

import pytest

from programs.models import MonthlyPlan, WorkPlan
from programs.planning.services import SettingDocuments, create_plan, set_plan
from tests.factories import MonthlyPlanFactory, PlanLineFactory, UserFactory, WorkPlanFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def before(db):
    plan = WorkPlanFactory(agreed=True)
    for amount, months in ((100, {8: 40, 11: 80}), (50, {11: 50}), (70, {})):
        line = PlanLineFactory(plan=plan, amount=amount)
        for month, money in months.items():
            MonthlyPlanFactory(line=line, month=month, money=money, physical=month)
    return plan


@pytest.fixture
def change(before, user_as):
    """Draft a version after ``before`` and set it; ``meanwhile`` is what happens between the two."""

    def make(*, year=2019, kind="PERUBAHAN", on=date(2019, 10, 1), meanwhile=lambda plan: None) -> WorkPlan:
        plan = create_plan(agency=before.agency, year=year, kind=kind, by=UserFactory())
        WorkPlan.objects.filter(pk=plan.pk).update(status="REVIEWING", submitted_by=UserFactory())
        plan.refresh_from_db()
        meanwhile(plan)
        documents = SettingDocuments("DPPA 1")
        set_plan(plan=plan, seen="REVIEWING", documents=documents, effective_on=on, by=user_as("coordinator"))
        return plan

    return make


def months_of(plan) -> list[tuple]:
    rows = MonthlyPlan.objects.filter(line__plan=plan)
    return sorted(rows.values_list("line__amount", "month", "money", "physical"))


def test_months_come_along_line_by_line(change):
    plan = change()

    assert months_of(plan) == [(50, 11, 50, 11), (100, 8, 40, 8), (100, 11, 80, 11)]
    assert MonthlyPlan.history.filter(line__plan=plan).count() == 3


def test_what_changed_on_the_old_version_until_it_was_replaced_comes_along(before, change):
    def meanwhile(plan):
        MonthlyPlan.objects.filter(line__plan=before, month=8).update(money=45)
        plan.lines.get(amount=50).delete()

    assert months_of(change(meanwhile=meanwhile)) == [(100, 8, 45, 8), (100, 11, 80, 11)]


def test_month_that_the_new_line_has_stays(change):
    def meanwhile(plan):
        MonthlyPlanFactory(line=plan.lines.get(amount=100), month=11, money=99, physical=9)

    assert (100, 11, 99, 9) in months_of(change(meanwhile=meanwhile))


def test_plan_of_another_year_brings_nothing(change):
    assert months_of(change(year=2020, kind="INDUK", on=date(2020, 1, 2))) == []


def test_page_says_how_many_lines_are_as_before(before, change, client_as):
    plan = change()
    client = client_as("agency_operator", at=plan.agency)
    page = client.get(f"/bulanan/{plan.pk}/11/rencana/").content.decode()
    assert "2 dari 3 baris masih sama dengan" in page and "RAK-nya dibawa" in page

    MonthlyPlan.objects.filter(line__plan=plan, line__amount=50).update(money=60)

    assert "1 dari 3 baris masih sama dengan" in client.get(f"/bulanan/{plan.pk}/11/rencana/").content.decode()
    assert "masih sama dengan" not in client.get(f"/bulanan/{before.pk}/8/rencana/").content.decode()
