"""What the page of one village shows: money and results to everybody, groups and contacts to its own people."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from districts.evidence.models import CommunityGroup
from districts.locations.models import TargetLocation
from districts.regions.figures import AreaFigure
from districts.regions.models import District, Village
from facilitators.placements.models import Placement
from p2emas.accounts.models import User
from p2emas.accounts.roles import AGENCY_STAFF, COORDINATORS
from p2emas.ui.tiles import TileMap
from p2emas.workflow.models import Step
from programs.aid.survival_page import PublicAid, public_aid
from programs.fieldwork.models import FieldPhoto, FieldReport
from programs.obstacles.notices import ObstacleNotice
from programs.obstacles.raising import raise_link
from programs.planning.models import PlanLine
from programs.profiles.basis import Basis, basis_of
from programs.profiles.results import ResultPanel, panels_of
from programs.profiles.samples import any_sample
from programs.profiles.where import thumbnail
from programs.profiles.works import AgreedWork, WorkTotal, total_of, works_of
from programs.reporting.reading.welfare import village_results
from programs.reporting.reopening.public import UnderCorrection, under_correction
from programs.reporting.reports.parts import ReportAttachment

PHOTOS_SHOWN = 6
NOTICES_SHOWN = 10
VISITS_SHOWN = 5
GROUPS_SHOWN = 20


@dataclass(frozen=True)
class PublicPhoto:
    """A photo of an approved report, or one that was released from a visit; both go out by the same address."""

    stored: ReportAttachment | FieldPhoto
    words: str

    @property
    def is_sample(self) -> bool:
        return self.stored.report.is_sample


@dataclass(frozen=True)
class OwnVillage:
    """What the people of the village see and may do as well."""

    groups: list[CommunityGroup]
    more_groups: bool
    location_steps: list[tuple[str, Step]]
    may_close: bool

    @classmethod
    def of(cls, village: Village, location: TargetLocation | None, user: User, *, all_groups: bool) -> "OwnVillage":
        """Working groups come first; of many, the first ``GROUPS_SHOWN`` unless all are asked for."""
        groups = CommunityGroup.objects.for_user(user).filter(village=village).select_related("commodity")
        shown = list(groups.order_by("-active", "name", "pk")[: None if all_groups else GROUPS_SHOWN + 1])
        open_steps = location.open_steps(user) if location else []
        ends = location is not None and location.valid_until is not None  # by a decree of a later day
        return cls(
            groups=shown if all_groups else shown[:GROUPS_SHOWN],
            more_groups=not all_groups and len(shown) > GROUPS_SHOWN,
            location_steps=[(name, step) for name, step in open_steps if not step.own_page],
            may_close=location is not None and not ends and user.has_role(*COORDINATORS),
        )


@dataclass(frozen=True)
class VillagePage:
    """Everything for the template; the number of queries does not depend on the number of rows."""

    village: Village
    works: list[AgreedWork]
    total: WorkTotal
    corrections: list[UnderCorrection]
    basis: Basis
    location: TargetLocation | None
    placements: QuerySet[Placement]
    panels: list[ResultPanel]
    photos: list[PublicPhoto]
    figures: QuerySet[AreaFigure]
    aliases: list[str]
    map: TileMap
    neighbours: list[TargetLocation]
    has_sample: bool
    own: OwnVillage | None
    raise_url: str
    notices: list[ObstacleNotice]
    aid: list[PublicAid]
    visits: list[FieldReport]
    reads_sales: bool  # sums of the notebooks of its groups

    @classmethod
    def of(
        cls, village: Village, *, year: int, on: date, user: User | AnonymousUser, all_groups: bool = False
    ) -> "VillagePage":
        works = works_of(PlanLine.objects.in_village(village.pk), year=year, on=on)
        basis = basis_of(village, on)
        results = village_results(year, villages=[village])
        aid = public_aid(village, on)
        photos = photos_of(village, year)
        own = _own_village(village, basis.location, user, all_groups=all_groups)
        return cls(
            village=village,
            works=works,
            total=total_of(works),
            corrections=under_correction(year, {work.line.plan.agency_id for work in works}),
            basis=basis,
            location=basis.location,
            placements=Placement.objects.public(on).in_village(village).order_by("starts", "pk"),
            panels=panels_of(results, year),
            photos=photos,
            figures=village.figures.all(),
            aliases=[alias.name for alias in village.aliases.all()],
            map=thumbnail(village.district),
            neighbours=[] if basis.location else target_locations_of(village.district, on),
            has_sample=_is_sample(basis)
            or any_sample(works, results)
            or any(each.is_sample for each in aid)
            or any(photo.is_sample for photo in photos),
            own=own,
            raise_url=raise_link(user, village=village) if basis.location else "",
            notices=list(ObstacleNotice.objects.public().in_village(village)[:NOTICES_SHOWN]),
            aid=aid,
            visits=visits_of(village, user),
            reads_sales=own is not None or (isinstance(user, User) and user.has_role(*AGENCY_STAFF)),
        )


def _own_village(
    village: Village, location: TargetLocation | None, user: User | AnonymousUser, *, all_groups: bool
) -> OwnVillage | None:
    if not isinstance(user, User):
        return None
    if not user.sees_everything and not Village.objects.for_user(user).filter(pk=village.pk).exists():
        return None
    return OwnVillage.of(village, location, user, all_groups=all_groups)


def visits_of(village: Village, user: User | AnonymousUser) -> list[FieldReport]:
    """What facilitators saw in the village, for those who may read it; the public reads none of it."""
    if not isinstance(user, User):
        return []
    return list(FieldReport.objects.for_user(user).counted().in_village(village).for_table()[:VISITS_SHOWN])


def target_locations_of(district: District, on: date) -> list[TargetLocation]:
    """What the page of a village without the programme names instead of itself."""
    return list(TargetLocation.objects.filter(village__district=district).in_force(on).for_table())


def _is_sample(basis: Basis) -> bool:
    """Of a village that is no target location, only its groups are on the page."""
    return basis.is_sample if basis.location else any(group.is_sample for group in basis.groups)


def photos_of(village: Village, year: int) -> list[PublicPhoto]:
    """Of work in the village: photos of approved reports and those released from visits, the newest first."""
    of_reports = ReportAttachment.objects.public().of_year(year).in_village(village).order_by("-uploaded_at", "-pk")
    of_visits = FieldPhoto.objects.public().of_year(year).in_village(village).order_by("-uploaded_at", "-pk")
    found = [
        PublicPhoto(each, each.caption or (each.line.plan_line.activity.name if each.line else ""))
        for each in of_reports.select_related("report__agency", "line__plan_line__activity")[:PHOTOS_SHOWN]
    ]
    found += [
        PublicPhoto(each, each.caption or "Foto kunjungan")
        for each in of_visits.select_related("report")[:PHOTOS_SHOWN]
    ]
    return sorted(found, key=lambda each: each.stored.uploaded_at, reverse=True)[:PHOTOS_SHOWN]
