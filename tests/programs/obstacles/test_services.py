"""Two who act at one moment: a second click, and an answer while the obstacle is passed on to another agency."""

from datetime import timedelta

import pytest

from p2emas import clock
from p2emas.workflow.models import StepNotAllowed
from programs.models import Obstacle
from programs.obstacles.services import SECOND_CLICK, answer_obstacle, decline_obstacle, raise_obstacle, send_obstacle
from tests.factories import AgencyFactory, ObstacleFactory, UserFactory, VillageFactory

pytestmark = pytest.mark.django_db


def raised(by, **fields):
    values = {"text": "Jalan rusak", "kind": "TECHNICAL", "village": fields.pop("village")} | fields
    return raise_obstacle(obstacle=Obstacle(**values), files=[], by=by)


def test_second_click_is_the_same_obstacle():
    person, village = UserFactory(), VillageFactory()
    first = raised(person, village=village)

    assert raised(person, village=village) == first
    others = [
        raised(person, village=village, text="Bibit terlambat"),
        raised(person, village=VillageFactory()),
        raised(UserFactory(), village=village),
    ]
    with clock.at(clock.now() + SECOND_CLICK + timedelta(seconds=1)):
        others.append(raised(person, village=village))

    assert Obstacle.objects.count() == 1 + len(set(others)) == 5


@pytest.fixture
def passed_on(user_as):
    """An obstacle as its first agency read it, passed on to another one since; and who works at the first."""
    obstacle = ObstacleFactory(routed=True)
    operator = user_as("agency_operator", at=obstacle.responsible)
    as_it_was = Obstacle.objects.get(pk=obstacle.pk)
    send_obstacle(
        obstacle=obstacle,
        name="pass_on",
        responsible=AgencyFactory(),
        due_on=obstacle.due_on,
        seen="ROUTED",
        since=obstacle.held_since,
        actor=user_as("coordinator"),
        note="Bukan urusannya.",
    )
    return as_it_was, operator


def test_agency_that_an_obstacle_left_answers_it_no_more(passed_on):
    obstacle, operator = passed_on

    with pytest.raises(StepNotAllowed):
        answer_obstacle(
            obstacle=obstacle, text="Selesai.", promised_on=clock.today(), files=[], seen="ROUTED", actor=operator
        )

    stored = Obstacle.objects.get(pk=obstacle.pk)
    assert (stored.status, stored.answer) == ("ROUTED", "")


def test_agency_that_an_obstacle_left_declines_it_no_more(passed_on):
    obstacle, operator = passed_on

    with pytest.raises(StepNotAllowed):
        decline_obstacle(obstacle, seen="ROUTED", actor=operator, note="Bukan urusan kami.")

    stored = Obstacle.objects.get(pk=obstacle.pk)
    assert stored.status == "ROUTED" and stored.responsible != obstacle.responsible
