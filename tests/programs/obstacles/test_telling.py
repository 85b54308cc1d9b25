"""Whom each step of an obstacle and its day tell, in the product and by mail."""

from datetime import date

import pytest

from districts.models import VillageScope
from p2emas import clock, naming
from p2emas.models import Notification
from p2emas.notifications.models import NotificationChoice
from p2emas.notifications.telling import tell_of_day
from programs.models import Obstacle
from programs.obstacles.services import answer_obstacle, decline_obstacle, send_obstacle
from tests.factories import AgencyFactory, ObstacleFactory, VillageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(user_as):
    """Both agencies' people, the facilitator of the village, one of another village, and who runs the programme."""
    raised_by, responsible, village = AgencyFactory(), AgencyFactory(), VillageFactory()
    people = {
        "raiser": user_as("agency_operator", at=raised_by),
        "answerer": user_as("agency_operator", at=responsible),
        "head of the answerer": user_as("agency_head", at=responsible),
        "stranger": user_as("agency_operator", at=AgencyFactory()),
        "coordinator": user_as("coordinator"),
        "facilitator": user_as("facilitator"),
        "facilitator elsewhere": user_as("facilitator"),
    }
    for name, place in (("facilitator", village), ("facilitator elsewhere", VillageFactory())):
        VillageScope.objects.filter(user=people[name]).delete()
        VillageScope.objects.create(user=people[name], village=place, valid_from=date(2019, 1, 1))
    return people | {"agencies": (raised_by, responsible), "village": village}


def obstacle_of(people, **fields) -> Obstacle:
    raised_by, responsible = people["agencies"]
    given = {"raised_by": raised_by, "responsible": responsible, "raised_by_user": people["raiser"]}
    return ObstacleFactory(**{"text": "Jalan rusak", "village": people["village"]} | given | fields)


def told(people) -> dict[str, str]:
    """Name of a person -> what they were told last."""
    names = {person.pk: name for name, person in people.items() if hasattr(person, "username")}
    rows = Notification.objects.order_by("pk").values_list("user", "title")
    return {names[user]: title for user, title in rows}


def send(obstacle, people, name="route", **given):
    fields = {"responsible": people["agencies"][1], "due_on": date(2019, 10, 18), "note": ""} | given
    return send_obstacle(
        obstacle=obstacle, name=name, seen=obstacle.status, since=obstacle.held_since,
        actor=people["coordinator"], **fields,
    )  # fmt: skip


def test_sending_tells_who_answers_by_mail_too(people, mailoutbox, django_capture_on_commit_callbacks):
    obstacle = obstacle_of(people, status="REPORTED", responsible=None)
    NotificationChoice.objects.create(user=people["head of the answerer"], kind="obstacle-sent", by_mail=False)

    with django_capture_on_commit_callbacks(execute=True):
        send(obstacle, people)

    title = "Jawab kendala paling lambat 18 Oktober 2019"
    assert told(people) == {"answerer": title, "head of the answerer": title}
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [([people["answerer"].email], title)]
    assert "Jalan rusak." in mailoutbox[0].body and obstacle.get_absolute_url() in mailoutbox[0].body
    assert [notice.title for notice in Notification.objects.for_user(people["answerer"])] == [title]


def test_answer_tells_who_closes_it(people, mailoutbox, django_capture_on_commit_callbacks):
    obstacle = obstacle_of(people, routed=True, responsible=people["agencies"][1])

    with django_capture_on_commit_callbacks(execute=True):
        answer_obstacle(
            obstacle=obstacle, text="Diperbaiki.", promised_on=date(2019, 11, 1), files=[], seen="ROUTED",
            actor=people["answerer"],
        )  # fmt: skip

    title = f"{people['agencies'][1]} menjawab kendala"
    assert told(people) == {"raiser": title, "facilitator": title}
    assert mailoutbox == []


@pytest.mark.parametrize("raised_by", ["who answers", "the lead office"])
def test_answer_to_an_obstacle_of_their_own_or_of_the_office_tells_the_office(people, raised_by):
    agency = people["agencies"][1]
    if raised_by == "the lead office":
        agency = AgencyFactory._meta.model.objects.get(pk=naming.current().lead_agency_id)
    obstacle = obstacle_of(people, routed=True, responsible=people["agencies"][1], raised_by=agency, village=None)

    answer_obstacle(
        obstacle=obstacle, text="Diperbaiki.", promised_on=date(2019, 11, 1), files=[], seen="ROUTED",
        actor=people["answerer"],
    )  # fmt: skip

    assert set(told(people)) == {"coordinator"}


def test_answer_to_an_obstacle_whose_facilitator_has_left_tells_the_office(people):
    obstacle = obstacle_of(
        people, routed=True, responsible=people["agencies"][1], raised_by=None, raised_by_user=people["facilitator"]
    )
    people["facilitator"].village_scopes.update(valid_until=date(2019, 10, 7))

    answer_obstacle(
        obstacle=obstacle, text="Diperbaiki.", promised_on=date(2019, 11, 1), files=[], seen="ROUTED",
        actor=people["answerer"],
    )  # fmt: skip

    assert set(told(people)) == {"coordinator"}


def test_sending_back_tells_who_answers_what_is_missing(people):
    obstacle = obstacle_of(people, answered=True, responsible=people["agencies"][1])

    send(obstacle, people, "send_back", note="Jalan masih rusak.")

    title = "Jawaban kendala dikembalikan, jawab lagi paling lambat 18 Oktober 2019"
    assert told(people) == {"answerer": title, "head of the answerer": title}
    assert Notification.objects.first().detail == "Jalan rusak. Jalan masih rusak."


def test_declining_tells_the_office(people):
    obstacle = obstacle_of(people, routed=True, responsible=people["agencies"][1])

    decline_obstacle(obstacle, seen="ROUTED", actor=people["answerer"], note="Urusan jalan.")

    assert told(people) == {"coordinator": f"{people['agencies'][1]} minta kendala dialihkan"}


@pytest.mark.parametrize(("step", "given"), [("close", {"answered": True}), ("settle", {"routed": True})])
def test_closing_tells_both_sides_but_who_closed(people, step, given):
    obstacle = obstacle_of(people, responsible=people["agencies"][1], **given)

    obstacle.take_step(step, seen=obstacle.status, actor=people["raiser"], note="Sudah lancar.")

    assert told(people) == dict.fromkeys(("answerer", "head of the answerer", "facilitator"), "Kendala ditutup")


@pytest.mark.parametrize(
    ("day", "title"),
    [
        (date(2019, 10, 18), None),  # a Friday; the day to answer is Tuesday the 22nd
        (date(2019, 10, 21), "Kendala dijawab paling lambat 22 Oktober 2019"),
        (date(2019, 10, 22), "Kendala dijawab paling lambat 22 Oktober 2019"),
        (date(2019, 10, 23), "Kendala lewat batas jawaban"),
    ],
)
def test_who_answers_is_told_a_working_day_before_and_once_after(client_as, day, title):
    obstacle = ObstacleFactory(routed=True)
    operator = client_as("agency_operator", at=obstacle.responsible).user
    client_as("agency_operator")
    ObstacleFactory(answered=True, responsible=obstacle.responsible)

    with clock.at(day):
        tell_of_day(day)
        tell_of_day(day)

    told = Notification.objects.filter(kind="obstacle-due")
    assert [(row.user, row.title) for row in told] == ([(operator, title)] if title else [])


def test_moved_day_to_answer_is_told_again(client_as):
    obstacle = ObstacleFactory(routed=True)
    client_as("agency_operator", at=obstacle.responsible)

    for day, due in ((date(2019, 10, 21), date(2019, 10, 22)), (date(2019, 10, 24), date(2019, 10, 25))):
        Obstacle.objects.filter(pk=obstacle.pk).update(due_on=due)
        with clock.at(day):
            tell_of_day(day)

    assert Notification.objects.filter(kind="obstacle-due").count() == 2
