"""What the page of one kecamatan shows: its competency, its target locations, the money, and its villages."""

from datetime import date

from django.http import QueryDict

from districts.competencies.models import CoreCompetency
from districts.locations.models import TargetLocation
from districts.regions.models import District
from p2emas.accounts.models import User
from p2emas.ui.paging import paginate_list
from programs.planning.models import PlanLine
from programs.profiles.results import panels_of
from programs.profiles.where import thumbnail
from programs.profiles.works import total_of, works_of
from programs.reporting.reading.welfare import village_results


def context_of(district: District, *, year: int, on: date, user: User, query: QueryDict) -> dict[str, object]:
    works = works_of(PlanLine.objects.placed().filter(place_district=district.pk), year=year, on=on)
    competencies = (
        CoreCompetency.objects.filter(district=district)
        .select_related("commodity", "decree", "determination")
        .order_by("-valid_from")
    )
    current = next((row for row in competencies if row.is_in_force(on)), None)
    locations = list(TargetLocation.objects.filter(village__district=district).in_force(on).for_table())
    results = village_results(year, villages=[location.village for location in locations])
    return {
        "district": district,
        "works": paginate_list(works, query, size=25),
        "total": total_of(works),
        "competency": current,
        "earlier": [row for row in competencies if row is not current],
        "locations": locations,
        "panels": panels_of(results, year),
        "villages": district.villages.filter(active=True).order_by("name"),
        "figures": district.figures.all(),
        "map": thumbnail(district),
        "has_sample": any(work.is_sample for work in works)
        or any(location.is_sample for location in locations)
        or bool(current and current.determination.rests_on_sample),
        "own": user.is_authenticated and District.objects.own(user).filter(pk=district.pk).exists(),
    }
