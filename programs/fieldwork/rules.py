"""Who may send a visit, of which village and day: the placement in force on its own day decides, not today's."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from districts.regions.models import Village
from facilitators.placements.models import Placement, PlacementQuerySet
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.accounts.roles import Role
from programs.planning.models import PlanLine, PlanLineQuerySet

DAYS_AFTER_THE_END = 30  # in which what was seen before the end may still be sent


def sending_placements(user: User, today: date) -> PlacementQuerySet:
    """Placements of ``user`` that have begun and did not end longer ago than what was seen then may be sent."""
    ended = Coalesce("ended_on", "ends")
    found = Placement.objects.of_user(user).begun_or_to_begin().annotate(last=ended)
    return found.filter(starts__lte=today, last__gte=today - timedelta(days=DAYS_AFTER_THE_END))


def may_send(user: User, today: date) -> bool:
    return user.is_active and not user.is_superuser and sending_placements(user, today).exists()


def last_day_to_send(user: User, today: date) -> date | None:
    """Until when somebody sends whose placements have all ended; None while one is in force."""
    days = [placement.last_day for placement in sending_placements(user, today)]
    if not days or max(days) >= today:
        return None
    return max(days) + timedelta(days=DAYS_AFTER_THE_END)


def villages_to_visit(user: User, today: date) -> list[Village]:
    """Villages of the placements; of the consultant those of the whole programme."""
    placements = sending_placements(user, today)
    if placements.filter(target_location=None).exists():
        found = Village.objects.filter(target_locations__isnull=False)
    else:
        found = Village.objects.filter(target_locations__placements__in=placements)
    return list(found.select_related("district").distinct().order_by("name", "pk"))


def placement_on(user: User, village: Village, visited_on: date, today: date) -> Placement | None:
    """The placement by which ``user`` was in ``village`` that day; one in the village itself before the regency's."""
    here = Q(target_location__village=village) | Q(target_location=None)
    found = sending_placements(user, today).in_force(visited_on).filter(here)
    return found.order_by(F("target_location").asc(nulls_last=True), "-starts", "-pk").first()


def lines_seen(villages: Iterable[Village], on: date) -> PlanLineQuerySet:
    """Work in the villages by the plans in force on that day."""
    return PlanLine.objects.in_force(on).in_villages(village.pk for village in villages).filter(plan__year=on.year)


def lines_ever_agreed(village: Village) -> PlanLineQuerySet:
    """What a phone may still name: also a line that a later version has replaced since it asked."""
    return PlanLine.objects.agreed().in_village(village.pk)


def in_the_field(user: User) -> bool:
    """A facilitator, and somebody whose placement ended so lately that they may still send."""
    return user.has_role(Role.FACILITATOR) or may_send(user, clock.today())


def ask_field(user: User) -> None:
    if not in_the_field(user):
        raise PermissionDenied
