"""Obstacles outside the report: who sees them, who names the answering agency, and sending them on."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from p2emas.workflow.models import StepNotAllowed
from programs.models import Obstacle
from programs.obstacles.services import StaleObstacle, assign_obstacle
from tests.factories import AgencyFactory, ObstacleFactory, VillageFactory
from tests.programs.reporting.helpers import text_of

LIST = reverse("obstacles:obstacle-list")


@pytest.mark.parametrize(
    ("text", "title"),
    [("Bibit layu.", "Bibit layu"), ("Jalan putus " * 9, f"{('Jalan putus ' * 9)[:59]}…"), ("", "")],
)
def test_obstacle_is_named_inside_a_sentence(text, title):
    assert str(Obstacle(text=text)) == title


def test_list_shows_what_one_raised_or_is_to_answer(client_as):
    agency = AgencyFactory()
    raised, to_answer = ObstacleFactory(raised_by=agency), ObstacleFactory(responsible=agency)
    foreign = ObstacleFactory()

    own = client_as("agency_operator", at=agency).get(LIST)
    everything = client_as("leader").get(LIST)

    assert set(own.context["page"]) == {raised, to_answer}
    assert foreign.text not in text_of(own) and foreign.raised_by.short_name not in text_of(own)
    assert set(everything.context["page"]) == {raised, to_answer, foreign}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"status": "diteruskan"}, {"routed"}),
        ({"jenis": "MARKET"}, {"market"}),
        ({"skpd": "dkpp"}, {"routed", "market"}),
        ({"status": "entah", "jenis": "x", "skpd": "y"}, {"routed", "market", "plain"}),
    ],
)
def test_filters_are_in_the_url(client_as, query, found):
    agency = AgencyFactory(code="dkpp")
    obstacles = {
        "routed": ObstacleFactory(status="ROUTED", responsible=agency, due_on=date(2019, 10, 1)),
        "market": ObstacleFactory(kind="MARKET", raised_by=agency),
        "plain": ObstacleFactory(),
    }

    response = client_as("coordinator").get(LIST, query)

    assert set(response.context["page"]) == {obstacles[name] for name in found}


def test_list_is_empty_for_a_reason(client_as):
    client = client_as("coordinator")
    assert "Kendala ditulis pada laporan triwulan" in text_of(client.get(LIST))
    ObstacleFactory()
    assert "tidak ada kendala yang cocok" in text_of(client.get(LIST, {"status": "selesai"})).lower()


def test_csv_says_of_each_obstacle_whether_it_is_a_sample(client_as):
    ObstacleFactory(text="Nyata")
    ObstacleFactory(text="Rekaan", is_sample=True)

    header, *rows = client_as("auditor").get(LIST, {"format": "csv"}).content.decode("utf-8-sig").splitlines()

    assert header.endswith(";Data contoh")
    assert {row.split(";")[0]: row.split(";")[-1] for row in rows} == {"Nyata": "tidak", "Rekaan": "ya"}


def test_csv_keeps_formulas_as_text(client_as):
    ObstacleFactory(text="=1+1", village=VillageFactory(name="Pakak"), due_on=date(2019, 11, 1))

    lines = client_as("auditor").get(LIST, {"format": "csv"}).content.decode("utf-8-sig").splitlines()

    assert lines[0].startswith("Kendala;Jenis;Kode desa;Desa")
    assert lines[1].startswith("'=1+1;Teknis lapangan;") and ";Pakak;" in lines[1] and "01-11-2019" in lines[1]


def test_queries_do_not_grow_with_rows(client_as):
    client, counts = client_as("coordinator"), []
    for more in (1, 2):
        for _each in range(more):
            ObstacleFactory(responsible=AgencyFactory(), village=VillageFactory())
        client.get(LIST)
        with CaptureQueriesContext(connection) as seen:
            client.get(LIST)
        counts.append(len(seen))

    assert counts[0] == counts[1] <= 12


def test_page_tells_what_is_known_and_what_is_not(client_as):
    obstacle = ObstacleFactory(
        cause="Pemasok tutup", due_on=date(2019, 10, 7), responsible=AgencyFactory(), is_sample=True
    )

    page = text_of(client_as("coordinator").get(obstacle.get_absolute_url()))

    assert obstacle.text in page and "Pemasok tutup" in page and "7 Oktober 2019" in page
    assert "Tidak diisi" in page and "Terlambat" in page and "DATA CONTOH" in page


def assign_url(obstacle) -> str:
    return reverse("obstacles:obstacle-assign", args=[obstacle.pk])


def route_url(obstacle) -> str:
    return reverse("obstacles:obstacle-step", args=[obstacle.pk, "route"])


def test_coordinator_names_who_answers_and_sends_it_on(client_as):
    obstacle, agency = ObstacleFactory(), AgencyFactory()
    client = client_as("coordinator")
    assert "Tentukan penanggung jawab" in text_of(client.get(obstacle.get_absolute_url()))

    response = client.post(assign_url(obstacle), {"responsible": agency.pk, "due_on": "31-10-2019"})
    assert response.url == obstacle.get_absolute_url()
    assert "Teruskan" in text_of(client.get(response.url))
    client.post(route_url(obstacle), {"seen": "REPORTED", "note": "Mohon dijawab"})

    obstacle.refresh_from_db()
    assert (obstacle.status, obstacle.responsible, obstacle.due_on) == ("ROUTED", agency, date(2019, 10, 31))
    assert obstacle.history.first().history_user == client.user
    history = reverse("obstacles:obstacle-history", args=[obstacle.pk])
    assert "Mohon dijawab" in text_of(client.get(history))


def test_obstacle_without_answering_agency_is_not_sent_on(client_as):
    obstacle = ObstacleFactory()

    response = client_as("coordinator").post(route_url(obstacle), {"seen": "REPORTED"})

    assert "Tentukan dulu penanggung jawab" in text_of(response)
    obstacle.refresh_from_db()
    assert obstacle.status == "REPORTED"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"responsible": "", "due_on": ""}, "Pilih penanggung jawab"),
        ({"responsible": "999999", "due_on": "31-10-2019"}, "Galat"),
        ({"responsible": "kecamatan", "due_on": "31-10-2019"}, "Galat"),
        ({"responsible": "member", "due_on": "07-10-2019"}, "8 Oktober 2019 atau sesudahnya"),
    ],
)
def test_wrong_assignment_says_why(client_as, data, sentence):
    obstacle = ObstacleFactory()
    agencies = {"member": AgencyFactory(), "kecamatan": AgencyFactory(member_from=None)}
    if data["responsible"] in agencies:
        data = data | {"responsible": agencies[data["responsible"]].pk}

    response = client_as("coordinator").post(assign_url(obstacle), data)

    assert response.status_code == 200 and sentence in text_of(response)
    obstacle.refresh_from_db()
    assert obstacle.responsible is None


@pytest.mark.parametrize("verb", ["get", "post"])
def test_obstacle_that_was_sent_on_is_not_assigned_again(client_as, verb):
    agency = AgencyFactory()
    obstacle = ObstacleFactory(status=Obstacle.Status.ROUTED, responsible=agency, due_on=date(2019, 10, 31))
    data = {"responsible": AgencyFactory().pk, "due_on": "01-11-2019"}

    response = getattr(client_as("coordinator"), verb)(assign_url(obstacle), data, follow=True)

    assert "sudah diteruskan" in text_of(response)
    obstacle.refresh_from_db()
    assert obstacle.responsible == agency


def test_assignment_that_comes_too_late_changes_nothing(client_as, monkeypatch):
    obstacle, agency = ObstacleFactory(), AgencyFactory()
    Obstacle.objects.filter(pk=obstacle.pk).update(status="ROUTED")
    with pytest.raises(StaleObstacle):
        assign_obstacle(obstacle=obstacle, responsible=agency, due_on=date(2019, 11, 1))

    def late(**_fields):
        raise StaleObstacle("Kendala ini sudah diteruskan orang lain.")

    Obstacle.objects.filter(pk=obstacle.pk).update(status="REPORTED")
    monkeypatch.setattr("programs.obstacles.views.assign_obstacle", late)
    data = {"responsible": agency.pk, "due_on": "01-11-2019"}
    assert "diteruskan orang lain" in text_of(client_as("coordinator").post(assign_url(obstacle), data, follow=True))


def test_step_needs_both_the_agency_and_the_day(user_as):
    obstacle = ObstacleFactory(responsible=AgencyFactory())

    with pytest.raises(StepNotAllowed):
        obstacle.take_step("route", seen="REPORTED", actor=user_as("coordinator"))


def test_obstacle_without_day_is_never_overdue(db):
    assert not ObstacleFactory().is_overdue(date(2030, 1, 1))
    assert ObstacleFactory(due_on=date(2019, 10, 7)).is_overdue(date(2019, 10, 8))
    assert not ObstacleFactory(due_on=date(2019, 10, 7), status="SOLVED").is_overdue(date(2019, 10, 8))


def test_unknown_ids_are_not_found(client_as):
    client = client_as("coordinator")

    for pk in (999_999, 10**30):
        assert client.get(reverse("obstacles:obstacle-detail", args=[pk])).status_code == 404
