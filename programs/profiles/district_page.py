"""What the page of one kecamatan shows: its competency, its target locations, the money, and its villages."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import QueryDict

from districts.competencies.models import CoreCompetency
from districts.locations.models import TargetLocation
from districts.regions.figures import AreaFigure
from districts.regions.models import District, Village
from p2emas.accounts.models import User
from p2emas.ui.paging import Page, paginate_list
from p2emas.ui.tiles import TileMap
from programs.planning.models import PlanLine
from programs.profiles.results import ResultPanel, panels_of
from programs.profiles.samples import any_sample
from programs.profiles.where import thumbnail
from programs.profiles.works import WorkTotal, total_of, works_of
from programs.reporting.reading.welfare import village_results
from programs.reporting.reopening.public import UnderCorrection, under_correction


@dataclass(frozen=True)
class DistrictPage:
    district: District
    works: Page
    total: WorkTotal
    corrections: list[UnderCorrection]
    competency: CoreCompetency | None
    earlier: list[CoreCompetency]
    locations: list[TargetLocation]
    panels: list[ResultPanel]
    villages: QuerySet[Village]
    figures: QuerySet[AreaFigure]
    map: TileMap
    has_sample: bool
    own: bool

    @classmethod
    def of(
        cls, district: District, *, year: int, on: date, user: User | AnonymousUser, query: QueryDict
    ) -> "DistrictPage":
        works = works_of(PlanLine.objects.in_district(district.pk), year=year, on=on)
        competencies = _competencies(district)
        current = next((row for row in competencies if row.is_in_force(on)), None)
        locations = list(TargetLocation.objects.filter(village__district=district).in_force(on).for_table())
        results = village_results(year, villages=[location.village for location in locations])
        return cls(
            district=district,
            works=paginate_list(works, query, size=25),
            total=total_of(works),
            corrections=under_correction(year, {work.line.plan.agency_id for work in works}),
            competency=current,
            earlier=[row for row in competencies if row is not current],
            locations=locations,
            panels=panels_of(results, year),
            villages=district.villages.filter(active=True).order_by("name"),
            figures=district.figures.all(),
            map=thumbnail(district),
            has_sample=any_sample(works, locations) or _rests_on_sample(current),
            own=isinstance(user, User) and District.objects.own(user).filter(pk=district.pk).exists(),
        )


def _competencies(district: District) -> list[CoreCompetency]:
    """The latest first."""
    found = CoreCompetency.objects.filter(district=district).select_related("commodity", "decree", "determination")
    return list(found.order_by("-valid_from"))


def _rests_on_sample(competency: CoreCompetency | None) -> bool:
    return competency is not None and competency.determination.rests_on_sample
