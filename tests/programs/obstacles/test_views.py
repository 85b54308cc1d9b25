"""Reading obstacles: who sees which, the list with its filters and files, and the page of one."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from p2emas import clock
from programs.models import Obstacle
from tests.factories import (
    ActionItemFactory,
    AgencyFactory,
    DistrictFactory,
    ObstacleFactory,
    VillageFactory,
    VillageScopeFactory,
)
from tests.programs.reporting.helpers import text_of

LIST = reverse("obstacles:obstacle-list")
TODAY = date(2019, 10, 8)


@pytest.mark.parametrize(
    ("text", "title"),
    [("Bibit layu.", "Bibit layu"), ("Jalan putus " * 9, f"{('Jalan putus ' * 9)[:59]}…"), ("", "")],
)
def test_obstacle_is_named_inside_a_sentence(text, title):
    assert str(Obstacle(text=text)) == title


def test_list_shows_what_one_raised_or_is_to_answer(client_as):
    agency = AgencyFactory()
    raised, to_answer = ObstacleFactory(raised_by=agency), ObstacleFactory(routed=True, responsible=agency)
    foreign = ObstacleFactory()

    own = client_as("agency_operator", at=agency).get(LIST)
    everything = client_as("leader").get(LIST)

    assert set(own.context["page"]) == {raised, to_answer}
    assert foreign.text not in text_of(own) and foreign.raised_by.short_name not in text_of(own)
    assert set(everything.context["page"]) == {raised, to_answer, foreign}


def test_office_of_a_kecamatan_sees_what_it_answers_and_nothing_else_of_its_villages(client_as):
    district = DistrictFactory()
    village = VillageFactory(district=district)
    to_answer = ObstacleFactory(routed=True, responsible=district.office, village=village)
    ObstacleFactory(village=village)
    ObstacleFactory(routed=True)

    assert set(client_as("district_admin", at=district.office).get(LIST).context["page"]) == {to_answer}


def test_facilitator_sees_the_obstacles_of_the_own_villages_on_the_days_of_the_placement(client_as):
    here, elsewhere = ObstacleFactory(village=VillageFactory()), ObstacleFactory(village=VillageFactory())
    client = client_as("facilitator", village=here.village)

    assert set(client.get(LIST).context["page"]) == {here}
    assert client.get(elsewhere.get_absolute_url()).status_code == 404

    client.user.village_scopes.update(valid_until=date(2019, 10, 7))
    assert set(client.get(LIST).context["page"]) == set()
    assert client.get(here.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, {"routed", "market", "plain"}),
        ({"status": "diteruskan"}, {"routed"}),
        ({"status": "lewat-batas"}, {"routed"}),
        ({"status": "selesai"}, {"solved"}),
        ({"status": "semua"}, {"routed", "market", "plain", "solved"}),
        ({"jenis": "MARKET"}, {"market"}),
        ({"penjawab": "dkpp"}, {"routed"}),
        ({"penjawab": "belum"}, {"market", "plain"}),
        ({"umur": "30"}, {"market"}),
        ({"desa": "pakak"}, {"plain"}),
        ({"kecamatan": "61.05.77"}, {"plain"}),
        ({"q": "kemasan"}, {"market"}),
        ({"q": "desa pakak"}, {"plain"}),
        ({"status": "entah", "jenis": "x", "penjawab": "y", "umur": "1"}, {"routed", "market", "plain"}),
    ],
)
def test_filters_are_in_the_url(client_as, query, found):
    agency = AgencyFactory(code="dkpp")
    village = VillageFactory(name="Pakak", slug="pakak", district=DistrictFactory(code="61.05.77"))
    fresh = datetime(2019, 10, 1, tzinfo=UTC)
    old = datetime(2019, 9, 7, tzinfo=UTC)
    obstacles = {
        "routed": ObstacleFactory(routed=True, responsible=agency, due_on=date(2019, 10, 7), created_at=fresh),
        "market": ObstacleFactory(kind="MARKET", text="Kemasan cabai ditolak", created_at=old),
        "plain": ObstacleFactory(village=village, created_at=fresh),
        "solved": ObstacleFactory(status="SOLVED", created_at=fresh, closed_at=fresh),
    }

    response = client_as("coordinator").get(LIST, query)

    assert set(response.context["page"]) == {obstacles[name] for name in found}


def test_headline_counts_what_is_open_and_what_is_late(client_as):
    client = client_as("coordinator")
    assert "Tidak ada kendala terbuka" in text_of(client.get(LIST))
    for day in (date(2019, 10, 7), date(2019, 10, 4), date(2019, 10, 8)):
        ObstacleFactory(routed=True, due_on=day)

    page = text_of(client.get(LIST))

    assert "Tiga kendala terbuka, dua lewat batas jawaban" in page
    assert "Lewat 1 hari kerja" in page and "Lewat 2 hari kerja" in page
    owners = client.get(LIST).context["owners"]
    assert sorted((row["open"], row["late"]) for row in owners) == [(1, 0), (1, 1), (1, 1)]
    ObstacleFactory(status="SOLVED")
    assert "tidak ada kendala yang cocok" in text_of(client.get(LIST, {"status": "dijawab"})).lower()


def test_csv_says_of_each_obstacle_whether_it_is_a_sample(client_as):
    ObstacleFactory(text="Nyata")
    ObstacleFactory(text="Rekaan", is_sample=True)

    header, *rows = client_as("auditor").get(LIST, {"format": "csv"}).content.decode("utf-8-sig").splitlines()

    assert header.endswith(";Data contoh")
    assert {row.split(";")[0]: row.split(";")[-1] for row in rows} == {"Nyata": "tidak", "Rekaan": "ya"}


def test_csv_keeps_formulas_as_text(client_as):
    ObstacleFactory(text="=1+1", village=VillageFactory(name="Pakak"), routed=True, due_on=date(2019, 10, 4))

    lines = client_as("auditor").get(LIST, {"format": "csv"}).content.decode("utf-8-sig").splitlines()

    assert lines[0].startswith("Kendala;Jenis;Kode desa;Desa;Kecamatan;Pelapor;Penanggung jawab;Batas waktu;")
    assert (
        lines[1].startswith("'=1+1;Teknis lapangan;")
        and ";Pakak;" in lines[1]
        and ";04-10-2019;Diteruskan;2;" in lines[1]
    )


def test_queries_do_not_grow_with_rows(client_as):
    client, counts = client_as("coordinator"), []
    for more in (1, 2):
        for _each in range(more):
            ObstacleFactory(routed=True, due_on=date(2019, 10, 4), village=VillageFactory())
        client.get(LIST)
        with CaptureQueriesContext(connection) as seen:
            client.get(LIST)
        counts.append(len(seen))

    assert counts[0] == counts[1] <= 18


def test_page_tells_what_is_known_and_what_is_not(client_as):
    obstacle = ObstacleFactory(cause="Pemasok tutup", routed=True, due_on=date(2019, 10, 4), is_sample=True)

    page = text_of(client_as("coordinator").get(obstacle.get_absolute_url()))

    assert obstacle.text in page and "Pemasok tutup" in page and "DATA CONTOH" in page
    assert f"{obstacle.responsible} menjawab paling lambat 4 Oktober 2019" in page
    assert "Tidak diisi" in page and "Terlambat" in page and "Lewat 2 hari kerja" in page


def test_overdue_follows_from_the_date_and_only_while_an_answer_is_awaited(db):
    due = date(2019, 10, 7)
    routed, answered = ObstacleFactory(routed=True, due_on=due), ObstacleFactory(answered=True, due_on=due)
    reported = ObstacleFactory(due_on=due)

    assert [o.is_overdue(TODAY) for o in (routed, answered, reported)] == [True, False, False]
    assert not routed.is_overdue(due)
    assert list(Obstacle.objects.overdue(TODAY)) == list(Obstacle.objects.for_agenda(TODAY)) == [routed]
    assert list(Obstacle.objects.overdue(due)) == []


def test_page_tells_what_was_instructed_about_it(client_as):
    obstacle, agency = ObstacleFactory(routed=True), AgencyFactory()
    item = ActionItemFactory(obstacle=obstacle, text="Kirim terpal cadangan", responsible=agency)
    ActionItemFactory(obstacle=obstacle, done=True, text="Hitung terpal", responsible=agency)
    ActionItemFactory(text="Hal lain")

    page = client_as("coordinator").get(obstacle.get_absolute_url())

    assert "Kirim terpal cadangan" in page.text and "Hitung terpal" in page.text and "Hal lain" not in page.text
    assert item.get_absolute_url() in page.text and "paling lambat 25 Oktober 2019" in " ".join(page.text.split())
    other = client_as("agency_operator", at=obstacle.responsible).get(obstacle.get_absolute_url())
    assert other.status_code == 200 and "Kirim terpal cadangan" not in other.text


def test_unknown_ids_are_not_found(client_as):
    client = client_as("coordinator")

    for pk in (999_999, 10**30):
        assert client.get(reverse("obstacles:obstacle-detail", args=[pk])).status_code == 404


def test_consultant_of_the_regency_sees_the_villages_of_the_programme(client_as):
    from tests.factories import TargetLocationFactory

    target = ObstacleFactory(village=TargetLocationFactory().village)
    ObstacleFactory(village=VillageFactory())
    client = client_as("facilitator")
    VillageScopeFactory(user=client.user, consultant=True)

    with clock.at(TODAY):
        assert set(client.get(LIST).context["page"]) == {target}
