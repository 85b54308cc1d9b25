"""What criteria ask of other rooms: aid that is alive, sales of groups, visits.

Each function answers None while nobody can know; a room that brings its data changes the body of one function here.
"""

from datetime import date

from django.conf import settings

from districts.regions.models import Village
from facilitators.placements.models import Placement
from p2emas.methods.survival import Survival
from programs.aid.models import AidPackage
from programs.aid.survival import by_item
from programs.fieldwork.models import FieldReport
from programs.fieldwork.months import Month
from programs.fieldwork.notebook.page import last_months, months_sold_beyond

NOT_THERE = "belum ada data"
CHECK_MONTH, MONTHS = 12, 12


def aid_alive(village: Village, on: date) -> tuple[float, float] | None:
    """Percent of the aid that is alive or in use at 12 months: at least, and at most, by what nobody counted.

    Items have units of their own and are not added: the item of which least is left says it. Three queries at most.
    """
    packages = AidPackage.objects.handed_over().lasting().in_village(village).for_table().with_checks()
    bands = []
    for item in by_item(packages, on, by_agency=False):
        due = next((each for each in item.table if each.month == CHECK_MONTH and each.packages), None)
        if due is not None:
            bands.append(_band(due))
    if not bands or None in bands:
        return None
    known = [band for band in bands if band is not None]
    return min(low for low, _high in known) * 100, min(high for _low, high in known) * 100


def _band(found: Survival) -> tuple[float, float] | None:
    if found.worst is not None and found.best is not None:
        return found.worst, found.best
    return None if found.share is None else (found.share, found.share)


def months_sold_outside(village: Village, on: date) -> list[bool | None] | None:
    """The last 12 months, oldest first: whether a group sold outside the village; None in it is not recorded."""
    return months_sold_beyond(village, last_months(on, MONTHS))


def visits_made(village: Village, on: date) -> tuple[int, int] | None:
    """Visits that were made, and that were due, in those of the last 12 months with a facilitator all month long.

    More visits in one month do not make up for another. None where nobody was placed. Two queries.
    """
    months = last_months(on, MONTHS)
    first, last = months[0].first, months[-1].last
    placed = list(Placement.objects.overlapping(first, last).in_village(village))
    held = [month for month in months if any(p.starts <= month.first and p.last_day >= month.last for p in placed)]
    if not held or not settings.VISITS_A_MONTH:
        return None
    days = FieldReport.objects.counted().in_village(village).filter(visited_on__range=(first, last))
    visited = [Month.of(day) for day in days.order_by().values_list("visited_on", flat=True)]
    made = sum(min(visited.count(month), settings.VISITS_A_MONTH) for month in held)
    return made, len(held) * settings.VISITS_A_MONTH
