"""Figures at the edge of a rule, and words that a turned condition would put beside the wrong figure."""

import pytest
from django.urls import reverse

from districts.competencies.waiting import competency_tasks
from p2emas.identity.gaps import gaps
from programs.dashboards.answers import SHOWN
from programs.dashboards.board import INDICATORS
from programs.dashboards.home.page import HomePage
from programs.dashboards.places import tiles_for
from programs.dashboards.portal import PublicHome
from programs.planning.models import PlanLine
from tests.factories import (
    AgencyFactory,
    CompetencyDeterminationFactory,
    PlanLineFactory,
    ReportingPeriodFactory,
    TargetLocationFactory,
    WorkPlanFactory,
)
from tests.programs.dashboards.test_dashboards import TODAY, answer, reported, scope_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def location():
    ReportingPeriodFactory()
    return TargetLocationFactory()


# --- Indicators --------------------------------------------------------------------------------------------------


def test_indicators_are_numbered_in_their_order(location):
    assert [answer(key).number for key in INDICATORS] == list(range(1, len(INDICATORS) + 1))


@pytest.mark.parametrize("key", list(INDICATORS))
def test_every_row_fills_the_columns_of_its_table(location, key):
    """Also that of an agency without a plan, a report, or work anywhere."""
    AgencyFactory()
    reported(location)

    found = answer(key)

    rows = list(found.rows)
    assert {len(row) for row in rows} == ({len(found.header)} if rows else set())


@pytest.mark.parametrize(("physical", "behind"), [("65", False), ("64.99", True)])
def test_far_behind_is_more_than_ten_points(location, physical, behind):
    reported(location, physical=physical, target=75)

    assert answer("realisasi").sign_label == ("1 SKPD jauh tertinggal" if behind else "Tidak ada yang jauh tertinggal")


@pytest.mark.parametrize(
    ("beside", "sign", "label"),
    [(0, "good", "Semua mencapai target"), (26, "watch", "1 SKPD di bawah target")],
)
def test_sign_of_the_agencies_says_how_many_miss_the_target(location, beside, sign, label):
    plan = reported(location, amount=100).report.plan
    PlanLineFactory(plan=plan, target_location=location, amount=beside)

    found = answer("skpd")

    assert (found.sign, found.sign_label) == (sign, label)


def test_focus_of_the_year_before_is_that_of_its_last_day(location):
    plan = WorkPlanFactory(agreed=True, year=2018)
    PlanLineFactory(plan=plan, target_location=location, commodity=location.core_competency.commodity, amount=300)
    PlanLineFactory(plan=plan, amount=100)
    reported(location, amount=500)

    found = answer("fokus")

    assert [(row[0], row[1], row[5]) for row in found.rows] == [(2018, 400, 75), (2019, 500, 100)]


def test_the_agency_that_most_villages_wait_for_is_named(location):
    slow = WorkPlanFactory(agreed=True)
    reported(location)
    for each in (location, TargetLocationFactory()):
        PlanLineFactory(plan=slow, target_location=each)
    also = WorkPlanFactory(agreed=True)
    PlanLineFactory(plan=also, target_location=location)

    found = answer("serempak")

    assert found.finding == f"2 lokasi sasaran belum lengkap, {slow.agency.short_name} paling sering ditunggu"


def test_a_place_nobody_plans_for_waits_for_nobody(location):
    assert answer("serempak").finding == "1 lokasi sasaran belum lengkap"


@pytest.mark.parametrize(("villages", "moved"), [(SHOWN, False), (SHOWN + 2, True)])
def test_villages_change_their_order_only_where_not_all_are_shown(location, villages, moved):
    """Then those that wait for the most agencies come first."""
    for _each in range(villages - 1):
        TargetLocationFactory()
    found = list(answer("serempak").rows)
    last = next(row for row in tiles_for(scope_of()).attention if row.village.name == found[-1][1])
    PlanLineFactory(plan=WorkPlanFactory(agreed=True), target_location=last)

    shown = [row.location for row, _cells in answer("serempak").drawing["villages"].shown]

    assert (shown[0] == last, shown[-1] == last) == (moved, not moved)


# --- Places ------------------------------------------------------------------------------------------------------


def test_map_says_where_the_locations_are_and_how_many_have_begun(location):
    reported(location, physical=40)
    waiting = TargetLocationFactory()
    reported(waiting, spent=0, physical=0)
    TargetLocationFactory()  # of which nobody has reported anything

    found = tiles_for(scope_of())

    stages = {tile.code: (tile.stage, tile.rate) for tile in found.map.tiles}
    assert found.finding == "1 dari 3 lokasi sasaran punya kemajuan fisik yang disetujui"
    assert stages[location.village.district.code] == (location.status, 40)
    assert stages[waiting.village.district.code] == (waiting.status, 0)


# --- Pages -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["public-home", "map", "budget", "help", "changes", "accessibility", "privacy", "home", "dashboard"]
)
def test_pages_that_only_show_take_no_form(client_as, name):
    assert client_as("leader").post(reverse(f"dashboards:{name}"), {"a": "b"}).status_code == 405


@pytest.mark.parametrize("query", ["", "?kecamatan={district}", "?skpd={agency}", "?periode=2019-T3"])
def test_a_page_finds_no_fault_with_a_filter_that_nobody_set(client_as, location, query):
    address = query.format(district=location.village.district.code, agency=AgencyFactory().code)

    page = client_as("leader").get(f"/dasbor/{address}").text

    assert "is-invalid" not in page and "<title>Galat" not in page


def test_front_page_says_the_focus_in_percent(location):
    reported(location, amount=300)
    PlanLineFactory(plan=PlanLine.objects.get().plan, amount=100)

    assert PublicHome.on(TODAY).focus == 75


def test_only_who_may_fill_it_in_is_told_what_the_office_has_not_said(client_as):
    assert gaps()

    told = {
        who: "Identitas belum lengkap" in client_as(who).get("/beranda/").text for who in ("coordinator_head", "leader")
    }

    assert told == {"coordinator_head": True, "leader": False}


def test_each_determination_that_waits_is_one_task_of_its_own(user_as):
    head = user_as("coordinator_head")
    for _each in range(2):
        CompetencyDeterminationFactory(status="SUBMITTED", decree=None)

    titles = {task.title for task in competency_tasks(head)}
    cards = [card.counted for card in HomePage.of(head, TODAY).waiting if card.title in titles]

    assert (len(titles), cards) == (2, ["1", "1"])
