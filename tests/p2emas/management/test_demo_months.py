"""The months of the demo: what was given, what is missing, and its RFK computed a second time."""

import pytest
from django.test import Client

from p2emas.models import User
from programs.models import MonthlyPlan, MonthlyProgress, WorkPlan
from tests.programs.recaps.rfk_again import check_month

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db, pytest.mark.whole]


@pytest.fixture
def coordinator(demo) -> Client:
    client = Client()
    client.force_login(User.objects.get(username="coordinator"))
    return client


@pytest.mark.parametrize(("year", "month"), [(2018, 5), (2018, 12), (2019, 6), (2019, 7), (2019, 8), (2019, 9)])
def test_rfk_of_the_demo_is_computed_a_second_time(coordinator, year, month):
    check_month(coordinator, year, month)


def test_demo_has_months_of_every_kind(coordinator):
    rows = coordinator.get("/rekap/", {"bentuk": "rfk", "periode": "2019-B08"}).context["page"].sheet.rows
    notes = {row.cells.get("code"): row.cells["note"] for row in rows}

    assert notes["disdikbud"] == "3 baris belum ada data"
    assert "kritis" in notes["dpupr"] and "baris belum ada data" in notes["dpupr"]
    assert notes["disperindagkop"] == ""
    assert all(row.line.plan.is_sample for row in MonthlyProgress.objects.select_related("line__plan"))


def test_every_set_version_of_the_reported_years_has_its_cash_plan(demo):
    for plan in WorkPlan.objects.decided().filter(year__in=(2018, 2019)):
        assert MonthlyPlan.objects.filter(line__plan=plan).count() == 12 * plan.lines.count()
    assert not MonthlyPlan.objects.filter(line__plan__year=2017).exists()


def test_one_month_says_more_than_the_quarter_that_was_approved(coordinator):
    plan = WorkPlan.objects.get(agency__code="bappeda", year=2019)

    rows = coordinator.get(f"/bulanan/{plan.pk}/8/").context["page"].rows

    assert [sentence for row in rows for sentence in row.sentences if "di atas laporan September" in sentence]
