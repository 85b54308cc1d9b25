"""Writes on obstacles outside the report they came with."""

from datetime import date

from django.db import transaction

from p2emas.accounts.models import Agency
from programs.obstacles.models import Obstacle


class StaleObstacle(Exception):
    """The obstacle was sent on meanwhile; nothing was changed."""


@transaction.atomic
def assign_obstacle(*, obstacle: Obstacle, responsible: Agency, due_on: date) -> None:
    """Name who answers and until when, as long as the obstacle has not been sent on."""
    current = Obstacle.objects.select_for_update(no_key=True).get(pk=obstacle.pk)
    if current.status != Obstacle.Status.REPORTED:
        raise StaleObstacle("Kendala ini sudah diteruskan orang lain. Isian Anda tidak disimpan.")
    current.responsible, current.due_on = responsible, due_on
    current.save(update_fields=["responsible", "due_on"])
