"""The page of a year's focus: every agency's share, the spread over years, the exceptions."""

import pytest

from programs.framework.models import Activity
from tests.factories import AgencyFactory, PlanLineFactory, VillageFactory, WorkPlanFactory
from tests.programs.planning.conftest import add_line

pytestmark = pytest.mark.django_db

URL = "/rencana/fokus/"


def test_focus_page_ranks_the_least_focused_first(client_as):
    focused = WorkPlanFactory(agreed=True, agency=AgencyFactory(short_name="Fokus"))
    add_line(focused, amount=300_000_000)
    loose = WorkPlanFactory(agreed=True, agency=AgencyFactory(short_name="Lepas"))
    PlanLineFactory(plan=loose, amount=100_000_000)
    empty = WorkPlanFactory(agreed=True, agency=AgencyFactory(short_name="Desa saja"))
    PlanLineFactory(plan=empty, fund="DD")

    response = client_as("coordinator").get(URL)

    assert [agency.short_name for agency, _found in response.context["rows"]] == ["Lepas", "Fokus", "Desa saja"]
    assert "75% pagu berada di lokasi sasaran" in response.content.decode()


def test_focus_page_of_an_earlier_year_asks_its_last_day(client_as):
    add_line(WorkPlanFactory(agreed=True, year=2018))
    add_line(WorkPlanFactory(agreed=True))
    client = client_as("coordinator")

    past, present = client.get(URL + "?tahun=2018"), client.get(URL)

    assert (past.context["year"], past.context["day"].isoformat()) == (2018, "2018-12-31")
    assert [spread.year for spread in past.context["spreads"]] == [2018]
    assert (present.context["year"], present.context["day"].isoformat()) == (2019, "2019-10-08")
    assert [spread.year for spread in present.context["spreads"]] == [2018, 2019]


def test_focus_page_of_a_coming_year_asks_today(client_as):
    add_line(WorkPlanFactory(agreed=True, year=2020))

    response = client_as("coordinator").get(URL + "?tahun=2020")

    assert response.context["day"].isoformat() == "2019-10-08"
    assert len(response.context["rows"]) == 1


def test_focus_page_lists_exceptions_with_their_reason(client_as):
    PlanLineFactory(other_village=VillageFactory(name="Baning Panjang"), exception_reason="Bencana banjir")

    text = client_as("agency_operator").get(URL).content.decode()

    assert "Baning Panjang" in text
    assert "Bencana banjir" in text


@pytest.mark.parametrize("query", ["", "?tahun=1", "?tahun=%00"])
def test_focus_page_without_plans_is_empty(client_as, query):
    text = client_as("coordinator").get(URL + query).content.decode()

    assert "Belum ada rencana yang ditetapkan untuk tahun ini." in text


def test_focus_csv(client_as):
    line = add_line(WorkPlanFactory(agreed=True), amount=300_000_000)
    PlanLineFactory(plan=line.plan, amount=100_000_000)

    text = client_as("coordinator").get(URL + "?format=csv").content.decode("utf-8-sig")

    assert text.splitlines()[1:] == [
        f"2019;{line.plan.agency.code};{line.plan.agency};400000000;300000000;300000000;300000000;0,75;0;tidak"
    ]


def test_focus_page_and_csv_say_when_a_line_is_invented(client_as):
    add_line(WorkPlanFactory(agreed=True))
    Activity.objects.update(is_sample=True)
    client = client_as("coordinator")

    assert "Memuat DATA CONTOH." in client.get(URL).text
    assert client.get(URL + "?format=csv").text.strip().endswith(";ya")


@pytest.mark.parametrize("rows", [1, 3])
def test_focus_page_queries(client_as, django_assert_num_queries, rows):
    for _ in range(rows):
        add_line(WorkPlanFactory(agreed=True))
        PlanLineFactory(other_village=VillageFactory(), exception_reason="x")
    client = client_as("coordinator")
    client.get(URL)

    with django_assert_num_queries(
        13
    ):  # session, user, assignments, years, plans, focus 3, agencies, spread 3, exceptions
        client.get(URL)
