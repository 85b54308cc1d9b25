"""Obstacles on the report: cards, what carries on, factors, and saving what is right."""

from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from p2emas import clock
from programs.models import Obstacle, ProgressReport
from tests.factories import (
    AgencyFactory,
    ObstacleFactory,
    ProgressReportFactory,
    ReportingPeriodFactory,
    VillageFactory,
)
from tests.programs.reporting.helpers import lines_of, report_with_lines, text_of


@pytest.fixture
def operator(client_as):
    def make(report: ProgressReport):
        return client_as("agency_operator", at=report.agency), reverse("reporting:report-obstacles", args=[report.pk])

    return make


def data_of(report, *, new=None, cards=None, **factors) -> dict:
    """``new`` fills the blank card, ``cards`` {obstacle: {field: value}} those that exist."""
    data = {"version": str(ProgressReport.objects.get(pk=report.pk).version), **factors}
    blank = {"text": "", "kind": "TECHNICAL", "village": "", "activity": ""}
    for prefix, values in [("baru", new or {}), *((f"k{o.pk}", v) for o, v in (cards or {}).items())]:
        data |= {f"{prefix}-{name}": value for name, value in (blank | values).items()}
    return data


def card_of(obstacle, **changes) -> dict:
    return {"text": obstacle.text, "kind": obstacle.kind} | changes


def errors_of(response) -> list[str]:
    return [error["message"] for error in response.context["errors"]]


def test_obstacle_is_written_with_its_place_and_nobody_is_asked_who_answers(operator):
    report = report_with_lines(1, draft=False, is_sample=True)
    plan_line = report.lines.get().plan_line
    client, url = operator(report)
    new = {
        "text": "Benang langka",
        "kind": "PROCUREMENT",
        "village": plan_line.village.pk,
        "activity": plan_line.activity_id,
        "cause": "Pemasok tutup",
        "follow_up": "Cari pemasok lain",
        "responsible": AgencyFactory().pk,  # of a page that was open before the card was shortened
        "due_on": "31 Oktober 2019",
    }

    response = client.post(url, data_of(report, new=new, hindering_factor="Benang", lanjut="1"))

    assert response.url == reverse("reporting:report-files", args=[report.pk])
    obstacle = Obstacle.objects.get()
    assert (obstacle.text, obstacle.kind, obstacle.village) == ("Benang langka", "PROCUREMENT", plan_line.village)
    assert (obstacle.activity, obstacle.responsible, obstacle.due_on) == (plan_line.activity, None, None)
    assert (obstacle.cause, obstacle.follow_up) == ("Pemasok tutup", "Cari pemasok lain")
    assert (obstacle.raised_by, obstacle.raised_by_user) == (report.agency, client.user)
    assert obstacle.is_sample and list(report.obstacles.all()) == [obstacle]
    report.refresh_from_db()
    assert (report.status, report.hindering_factor, report.version) == ("DRAFT", "Benang", 2)


def test_saving_gives_the_next_blank_card(operator):
    report = report_with_lines(1)
    client, url = operator(report)

    for text in ("Satu", "Dua"):
        assert client.post(url, data_of(report, new={"text": text})).url == url

    assert {obstacle.text for obstacle in report.obstacles.all()} == {"Satu", "Dua"}
    assert len(client.get(url).context["obstacles"].cards) == 2


def test_card_asks_what_the_page_of_one_obstacle_asks(operator):
    report = report_with_lines(1)
    client, url = operator(report)

    card = client.get(url).context["obstacles"].blank
    raised = client.get(reverse("obstacles:obstacle-raise")).context["form"]

    asked = {name: raised[name].label for name in raised.fields if name != "attached"}
    assert {name: card[name].label for name in card.fields} == asked and len(asked) == 6


def test_kind_is_chosen_by_who_writes_the_card(operator):
    report = report_with_lines(1)
    client, url = operator(report)
    assert client.get(url).context["obstacles"].blank["kind"].value() is None

    answer = client.post(url, data_of(report, new={"text": "Benang langka", "kind": ""}))
    assert errors_of(answer) and not Obstacle.objects.exists()

    client.post(url, data_of(report, new={"text": "", "kind": ""}, no_obstacles="on"))
    report.refresh_from_db()
    assert report.has_obstacles is False


def test_who_answers_and_the_day_of_an_earlier_card_are_shown_and_kept(operator):
    report = report_with_lines(1)
    old = ObstacleFactory(raised_by=report.agency, responsible=AgencyFactory(), due_on=date(2018, 1, 5))
    report.obstacles.add(old)
    client, url = operator(report)
    told = f"Penanggung jawab: {old.responsible}. Batas waktu: 5 Januari 2018."

    assert told in text_of(client.get(url))
    client.post(url, data_of(report, cards={old: card_of(old, text="Ditulis ulang")}))

    kept = Obstacle.objects.get()
    assert (kept.text, kept.responsible, kept.due_on) == ("Ditulis ulang", old.responsible, date(2018, 1, 5))


def test_card_is_changed_and_taken_off(operator):
    report = report_with_lines(1)
    kept, gone = (ObstacleFactory(raised_by=report.agency, due_on=date(2018, 1, 5)) for _each in range(2))
    report.obstacles.add(kept, gone)
    client, url = operator(report)

    cards = {kept: card_of(kept, text="Baru ditulis"), gone: card_of(gone, text="", remove="on")}
    assert client.post(url, data_of(report, cards=cards)).status_code == 302

    assert [obstacle.text for obstacle in Obstacle.objects.all()] == ["Baru ditulis"]
    assert kept.history.first().history_user == client.user


@pytest.mark.parametrize("foreign", ["routed", "two reports"])
def test_obstacle_that_is_no_longer_ones_own_is_shown_and_not_edited(operator, foreign):
    report = report_with_lines(1)
    obstacle = ObstacleFactory(raised_by=report.agency, routed=foreign == "routed")
    report.obstacles.add(obstacle)
    if foreign == "two reports":
        ProgressReportFactory(
            agency=report.agency, plan=report.plan, period=ReportingPeriodFactory(number=2)
        ).obstacles.add(obstacle)
    client, url = operator(report)

    assert f"k{obstacle.pk}-text" not in client.get(url).content.decode()
    client.post(url, data_of(report, cards={obstacle: {"text": "Diam-diam", "remove": "on"}}))

    obstacle.refresh_from_db()
    assert obstacle.text != "Diam-diam" and list(report.obstacles.all()) == [obstacle]


def test_unsolved_obstacle_of_an_earlier_report_can_be_carried_on(operator):
    report = report_with_lines(1, has_obstacles=False)
    still = ObstacleFactory(raised_by=report.agency)
    solved = ObstacleFactory(raised_by=report.agency, status="SOLVED")
    foreign = ObstacleFactory()
    client, url = operator(report)
    page = text_of(client.get(url))
    assert still.text in page and solved.text not in page and foreign.text not in page

    response = client.post(url, data_of(report, carried=[str(foreign.pk)], next_step="x"))
    assert response.status_code == 200
    client.post(url, data_of(report, carried=[str(still.pk)]))

    report.refresh_from_db()
    assert list(report.obstacles.all()) == [still] and report.has_obstacles is True


def test_no_obstacles_is_a_statement_too(operator):
    report = report_with_lines(1)
    client, url = operator(report)

    response = client.post(url, data_of(report, no_obstacles="on", supporting_factor="Kelompok aktif", lanjut="1"))

    assert response.status_code == 302
    report.refresh_from_db()
    assert report.has_obstacles is False and report.supporting_factor == "Kelompok aktif"


def test_continuing_asks_for_both_and_saving_does_not(operator):
    report = report_with_lines(1)
    client, url = operator(report)

    assert client.post(url, data_of(report)).status_code == 302
    response = client.post(url, data_of(report, next_step="Lanjutkan", lanjut="1"))

    assert errors_of(response) == [
        "Tulis kendala, atau centang Tidak ada kendala",
        "Isi faktor pendorong atau faktor penghambat",
    ]
    report.refresh_from_db()
    assert report.next_step == "Lanjutkan"  # right and therefore saved


def test_tick_and_obstacle_contradict_each_other_and_nothing_is_lost(operator):
    report = report_with_lines(1)
    client, url = operator(report)

    response = client.post(url, data_of(report, new={"text": "Hujan"}, no_obstacles="on"))

    assert "Hapus centang" in errors_of(response)[0]
    report.refresh_from_db()
    assert report.has_obstacles is True
    (card,) = response.context["obstacles"].cards
    assert card.obstacle.text == "Hujan"
    assert client.post(url, data_of(report, cards={card.obstacle: card_of(card.obstacle)})).status_code == 302
    assert Obstacle.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("text", "x" * 2001, "2.000"),
        ("kind", "SIHIR", "salah satu dari daftar"),
        ("village", "foreign", None),
        ("activity", "999999", "999999"),
    ],
)
def test_wrong_card_comes_back_as_typed_and_the_rest_is_saved(operator, field, value, sentence):
    report = report_with_lines(1)
    foreign = VillageFactory()
    client, url = operator(report)
    new = {"text": "Hujan"} | {field: foreign.pk if value == "foreign" else value}

    response = client.post(url, data_of(report, new=new, supporting_factor="Tersimpan"))

    assert response.status_code == 200
    assert any((sentence or str(foreign.pk)) in error for error in errors_of(response))
    assert not Obstacle.objects.exists()
    report.refresh_from_db()
    assert report.supporting_factor == "Tersimpan"
    if field != "text":
        assert "Hujan" in response.content.decode()


def test_card_without_text_asks_for_it(operator):
    report = report_with_lines(1)
    client, url = operator(report)

    response = client.post(url, data_of(report, new={"cause": "Entah"}))

    assert errors_of(response) == ["Isi apa kendalanya"]


def test_too_long_factor_comes_back_and_the_card_is_saved(operator):
    report = report_with_lines(1)
    client, url = operator(report)

    response = client.post(url, data_of(report, new={"text": "Hujan"}, next_step="y" * 2001))

    assert response.status_code == 200 and "y" * 2001 in response.content.decode()
    assert Obstacle.objects.get().text == "Hujan"


def test_choice_made_before_the_plan_changed_stays_a_choice(operator):
    report = report_with_lines(1, has_obstacles=True)
    elsewhere = VillageFactory(name="Desa Lama")
    obstacle = ObstacleFactory(raised_by=report.agency, village=elsewhere)
    report.obstacles.add(obstacle)
    client, url = operator(report)

    assert "Desa Lama" in text_of(client.get(url))
    assert (
        client.post(url, data_of(report, cards={obstacle: card_of(obstacle, village=elsewhere.pk)})).status_code == 302
    )
    report.refresh_from_db()
    assert report.version == 1


def test_second_saver_sees_both_versions(operator):
    report = report_with_lines(1)
    obstacle = ObstacleFactory(raised_by=report.agency)
    report.obstacles.add(obstacle)
    client, url = operator(report)
    card = card_of(obstacle, text="Versi kedua")
    stale = data_of(report, new={"text": "Kendala ketikan saya"}, cards={obstacle: card}, supporting_factor="Saya")
    client.post(url, data_of(report, cards={obstacle: card_of(obstacle)}, supporting_factor="Dia"))

    response = client.post(url, stale)

    page = text_of(response)
    assert response.status_code == 409
    assert "Dia Saya" in page and "Kendala ketikan saya" in page and f"{obstacle.text} Versi kedua" in page
    assert Obstacle.objects.count() == 1
    report.refresh_from_db()
    assert report.supporting_factor == "Dia"


def test_conflict_names_who_told_of_the_obstacle_meanwhile(client_as):
    """Not the person who touched the report itself last: an obstacle is a record of its own."""
    report = report_with_lines(1)
    url = reverse("reporting:report-obstacles", args=[report.pk])
    first, second = (client_as("agency_operator", at=report.agency) for _person in range(2))
    stale = data_of(report, new={"text": "Kendala saya"})
    with clock.at(datetime(2019, 10, 8, 10, 15)):
        first.post(url, data_of(report, new={"text": "Kendala dia"}))

    response = second.post(url, stale)

    assert response.status_code == 409
    assert f"terakhir oleh {first.user} pada 8 Oktober 2019 10.15" in text_of(response)


def test_card_removed_meanwhile_is_a_conflict_too(operator):
    report = report_with_lines(1)
    obstacle = ObstacleFactory(raised_by=report.agency)
    report.obstacles.add(obstacle)
    client, url = operator(report)
    stale = data_of(report, cards={obstacle: card_of(obstacle)}, supporting_factor="Saya")
    client.post(url, data_of(report, cards={obstacle: card_of(obstacle, remove="on")}))

    assert client.post(url, stale).status_code == 409


def test_cards_that_the_page_did_not_hold_stay(operator):
    report = report_with_lines(1, supporting_factor="Lama")
    obstacle = ObstacleFactory(raised_by=report.agency)
    report.obstacles.add(obstacle)
    client, url = operator(report)

    response = client.post(url, data_of(report, supporting_factor="Baru"))

    assert response.status_code == 302 and list(report.obstacles.all()) == [obstacle]


def test_choices_are_those_of_the_plan_of_the_agency(operator):
    report = report_with_lines(2)
    foreign = report_with_lines(1)
    client, url = operator(report)

    form = client.get(url).context["obstacles"].blank

    own = {str(line.plan_line.activity_id) for line in lines_of(report)}
    assert {str(key) for key, _word in form.fields["activity"].choices} == own | {""}
    foreign_village = foreign.lines.get().plan_line.village
    assert str(foreign_village.pk) not in {str(key) for key, _word in form.fields["village"].choices}
    assert len(form.fields["village"].choices) == 3


def test_queries_do_not_grow_with_cards(operator):
    counts = []
    for cards in (1, 3):
        report = report_with_lines(1)
        report.obstacles.add(*(ObstacleFactory(raised_by=report.agency) for _each in range(cards)))
        client, url = operator(report)
        client.get(url)
        with CaptureQueriesContext(connection) as seen:
            client.get(url)
        counts.append(len(seen))

    assert counts[0] == counts[1] <= 13  # the report before, whose texts may be copied


def test_answer_follows_the_obstacles(operator):
    """None yet, yes with the first card, none again when the last one is taken off, no with the box."""
    report = report_with_lines(1)
    client, url = operator(report)
    answers = []

    def save(**fields) -> None:
        assert client.post(url, data_of(ProgressReport.objects.get(), **fields)).status_code == 302
        answers.append(ProgressReport.objects.get().has_obstacles)

    save(next_step="Lanjut")
    save(new={"text": "Hujan"})
    card = Obstacle.objects.get()
    save(cards={card: card_of(card, remove="on")})
    save(no_obstacles="on")

    assert answers == [None, True, None, False]


def test_obstacles_without_the_answer_are_answered_by_the_next_saving(operator):
    report = report_with_lines(1)
    report.obstacles.add(ObstacleFactory(raised_by=report.agency, routed=True))
    client, url = operator(report)

    client.post(url, data_of(report))

    report.refresh_from_db()
    assert report.has_obstacles is True
