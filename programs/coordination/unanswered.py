"""Obstacles that a meeting had on its agenda and that are still without an answer after it."""

from datetime import date

from programs.coordination.models import AgendaLine, Meeting
from programs.obstacles.models import Obstacle
from programs.obstacles.querysets import ObstacleQuerySet


def unanswered_after_meetings(on: date) -> ObstacleQuerySet:
    """From the day after the meeting, while they are overdue."""
    talked_about = AgendaLine.objects.filter(
        included=True, meeting__status=Meeting.Status.HELD, meeting__held_on__lt=on, obstacles__isnull=False
    )
    return Obstacle.objects.overdue(on).filter(pk__in=talked_about.values("obstacles"))
