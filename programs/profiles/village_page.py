"""What the page of one village shows: money and results to everybody, groups and contacts to its own people."""

from datetime import date

from districts.evidence.models import CommunityGroup
from districts.locations.models import TargetLocation
from districts.regions.models import District, Village
from facilitators.placements.models import Placement
from p2emas.accounts.models import User
from p2emas.accounts.roles import COORDINATORS
from programs.planning.models import PlanLine
from programs.profiles.basis import Basis, basis_of
from programs.profiles.results import panels_of
from programs.profiles.where import thumbnail
from programs.profiles.works import total_of, works_of
from programs.reporting.reading.welfare import village_results
from programs.reporting.reports.parts import ReportAttachment

PHOTOS_SHOWN = 6


def context_of(village: Village, *, year: int, on: date, user: User) -> dict[str, object]:
    """Everything for the template; the number of queries does not depend on the number of rows."""
    works = works_of(PlanLine.objects.in_village(village.pk), year=year, on=on)
    basis = basis_of(village, on)
    results = village_results(year, villages=[village])
    context: dict[str, object] = {
        "village": village,
        "works": works,
        "total": total_of(works),
        "basis": basis,
        "location": basis.location,
        "placements": Placement.objects.public(on).in_village(village).order_by("starts", "pk"),
        "panels": panels_of(results, year),
        "photos": photos_of(village, year),
        "figures": village.figures.all(),
        "aliases": [alias.name for alias in village.aliases.all()],
        "map": thumbnail(village.district),
        "neighbours": [] if basis.location else target_locations_of(village.district, on),
        "has_sample": _is_sample(basis)
        or any(work.is_sample for work in works)
        or any(result.is_sample for result in results),
    }
    if user.is_authenticated and (own := Village.objects.for_user(user).filter(pk=village.pk).exists()):
        context["own"] = own
        context["location_steps"] = (
            [(n, s) for n, s in basis.location.open_steps(user) if not s.own_page] if basis.location else []
        )
        ends = basis.location is not None and basis.location.valid_until is not None  # by a decree of a later day
        context["may_close"] = basis.location is not None and not ends and user.has_role(*COORDINATORS)
        context["groups"] = CommunityGroup.objects.for_user(user).filter(village=village).select_related("commodity")
    return context


def target_locations_of(district: District, on: date) -> list[TargetLocation]:
    """What the page of a village without the programme names instead of itself."""
    return list(TargetLocation.objects.filter(village__district=district).in_force(on).for_table())


def _is_sample(basis: Basis) -> bool:
    """Of a village that is no target location, only its groups are on the page."""
    return basis.is_sample if basis.location else any(group.is_sample for group in basis.groups)


def photos_of(village: Village, year: int) -> list[ReportAttachment]:
    """Photos of approved reports that belong to work in the village, the newest first."""
    photos = ReportAttachment.objects.public().of_year(year).in_village(village).order_by("-uploaded_at", "-pk")
    return list(photos.select_related("report__agency", "line__plan_line__activity")[:PHOTOS_SHOWN])
