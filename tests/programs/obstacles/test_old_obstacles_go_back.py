"""Migration 0037: rows of states that are gone (ESCALATED) come to where they can be carried on."""

from datetime import UTC, date, datetime
from importlib import import_module

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from p2emas.models import StatusChange
from programs.models import Obstacle
from tests.factories import AgencyFactory, ObstacleFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.whole]
NAME = "0037_old_obstacles_go_back"
LATER = ("programs_obstacle_sent_to_whom", "programs_obstacle_answered_what")  # constraints of the file after it
NEW, ROUTED = datetime(2019, 8, 1, 3, tzinfo=UTC), datetime(2019, 8, 9, 3, tzinfo=UTC)
# status, has an agency, has a date, answer -> status afterwards, routed, answered, closed
CASES = {
    "escalated": (("ESCALATED", True, True, ""), ("ROUTED", NEW, None, None)),
    "escalated, routed twice": (("ESCALATED", True, True, ""), ("ROUTED", ROUTED, None, None)),
    "escalated to nobody": (("ESCALATED", False, True, ""), ("REPORTED", None, None, None)),
    "escalated without a date": (("ESCALATED", True, False, ""), ("REPORTED", None, None, None)),
    "answered": (("ANSWERED", True, True, "Diulang."), ("ANSWERED", NEW, NEW, None)),
    "answered nothing": (("ANSWERED", True, True, ""), ("ROUTED", NEW, None, None)),
    "answered by nobody": (("ANSWERED", False, True, "Diulang."), ("REPORTED", None, None, None)),
    "routed": (("ROUTED", True, True, ""), ("ROUTED", NEW, None, None)),
    "routed to nobody": (("ROUTED", False, True, ""), ("REPORTED", None, None, None)),
    "reported": (("REPORTED", False, False, ""), ("REPORTED", None, None, None)),
    "solved": (("SOLVED", True, True, ""), ("SOLVED", NEW, None, NEW)),
}


@pytest.fixture
def unchecked(db):
    """The table takes what it took before the constraints; the end of the test gives them back."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
            yield
            cursor.execute("PRAGMA ignore_check_constraints = OFF")
        else:
            for name in LATER:
                cursor.execute(f"ALTER TABLE programs_obstacle DROP CONSTRAINT {name}")
            yield


def go_back() -> None:
    """The migration with the models of its own time."""
    state = MigrationLoader(None).project_state(("programs", NAME))
    import_module(f"programs.migrations.{NAME}").go_back(state.apps, None)


def test_escalated_obstacles_return_to_who_has_to_answer(unchecked):
    agency, user = AgencyFactory(), UserFactory()
    for text, ((status, named, dated, answer), _after) in CASES.items():
        fields = {"responsible": agency if named else None, "due_on": date(2019, 9, 2) if dated else None}
        ObstacleFactory(text=text, status=status, answer=answer, created_at=NEW, **fields)
    twice, kind = Obstacle.objects.get(text="escalated, routed twice"), ContentType.objects.get_for_model(Obstacle)
    for at in (datetime(2019, 8, 5, 3, tzinfo=UTC), ROUTED):
        StatusChange.objects.create(
            content_type=kind, object_id=twice.pk, step="route", old="REPORTED", new="ROUTED", actor=user, at=at
        )

    go_back()

    stored = Obstacle.objects.values_list("text", "status", "routed_at", "answered_at", "closed_at")
    assert {text: tuple(rest) for text, *rest in stored} == {text: after for text, (_before, after) in CASES.items()}
    for obstacle in Obstacle.objects.all():
        obstacle.validate_constraints()  # what the next file asks of every row
