"""What the pages of the value chain ask first: the villages of a year, and for whom the reader answers."""

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from districts.locations.models import TargetLocation
from districts.regions.models import Village
from p2emas import clock
from p2emas.accounts.models import Agency, User
from programs.planning.chain.matrix import VillageChain, village_chains
from programs.planning.models import WorkPlan


def targets_of_year(year: int) -> set[int]:
    """Ids of the villages that are target locations today, kept within the year."""
    day = min(max(clock.today(), date(year, 1, 1)), date(year, 12, 31))
    return set(TargetLocation.objects.in_force(day).order_by().values_list("village", flat=True))


def villages_with_keys(keys: Collection[int]) -> QuerySet[Village]:
    return Village.objects.filter(pk__in=keys).select_related("district").order_by("district__name", "name", "pk")


def village_chain(village: Village, year: int) -> VillageChain:
    return village_chains(year, [village], targets_of_year(year), named=True)[village.pk]


def answering_agency(user: User) -> Agency | None:
    """For whom a reader answers: the agency that they plan for; coordinators, leaders and auditors only read."""
    return Agency.objects.members(clock.today()).filter(pk__in=user.staff_agency_ids).order_by("short_name").first()


def own_draft(agency: Agency | None, year: int) -> WorkPlan | None:
    """Where the reader could add a line."""
    if agency is None:
        return None
    return WorkPlan.objects.filter(agency=agency, year=year, status__in=WorkPlan.EDITABLE).first()
