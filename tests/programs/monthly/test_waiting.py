"""What the home page of an agency says of the month that has ended."""

from datetime import date

import pytest
from django.urls import reverse

from p2emas import clock
from programs.monthly.waiting import month_tasks
from tests.factories import MonthlyProgressFactory, PlanLineFactory, WorkPlanFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(db):
    plan = WorkPlanFactory(agreed=True)
    lines = [PlanLineFactory(plan=plan) for _ in range(3)]
    MonthlyProgressFactory(line=lines[0], month=8)
    MonthlyProgressFactory(line=lines[1], month=8, physical=None)
    MonthlyProgressFactory(line=lines[2], month=7)
    MonthlyProgressFactory(line__plan=WorkPlanFactory(agreed=True), month=7)
    return plan


def test_lines_without_the_figures_of_the_last_month_are_a_hint(user_as, plan):
    user = user_as("agency_operator", at=plan.agency)

    (task,) = month_tasks(user, date(2019, 9, 3))

    assert (task.count, task.title) == (2, "Realisasi bulan Agustus 2019")
    assert "2 dari 3 baris belum ada data" in task.sentence
    assert task.url == reverse("monthly:month-figures", args=[plan.pk, 8])


@pytest.mark.parametrize("day", [date(2019, 10, 8), date(2019, 1, 5), date(2020, 9, 3)])
def test_nothing_is_asked_after_a_quarter_nor_of_another_year(user_as, plan, day):
    assert month_tasks(user_as("agency_operator", at=plan.agency), day) == []


def test_filled_month_asks_nothing(user_as, plan):
    for line in plan.lines.all():
        line.monthly_progress.filter(month=8).delete()
        MonthlyProgressFactory(line=line, month=8)

    assert month_tasks(user_as("agency_operator", at=plan.agency), date(2019, 9, 3)) == []


def test_home_page_leads_to_the_month(client_as, plan):
    client = client_as("agency_operator", at=plan.agency)

    with clock.at(clock.now().replace(month=9, day=3)):
        page = client.get(reverse("dashboards:home")).content.decode()

    assert reverse("monthly:month-figures", args=[plan.pk, 8]) in page
    assert "Realisasi bulan Agustus 2019" in page
