"""Figures for the public: agreed plans and approved reports, nothing else, and no person's name."""

from datetime import date

from districts.locations.models import TargetLocation
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas import clock
from programs.dashboards.budget import agency_budgets
from programs.dashboards.places import physical_by_village
from programs.planning.measures import focus_of_year
from programs.reporting.reading.welfare import village_results

PLACES = 25  # target villages on the front page; the list of villages has them all


def front_page(on: date) -> dict[str, object]:
    """Four numbers, each with its sentence, the newest results, and rounds that take applications now."""
    money = agency_budgets(on.year, on)
    focus = focus_of_year(on.year, on=on)
    locations = TargetLocation.objects.in_force(on)
    counted = locations.counted()
    first = list(locations.for_map().order_by("village__name", "pk")[: PLACES + 1])
    if counted["places"] > len(first):
        first.pop()  # of one more than can be shown that one is shown too
    rates = physical_by_village(on.year)
    results = [result for result in village_results(on.year) if result.improved is not None]
    better = [result for result in results if result.improved]
    return {
        "year": on.year,
        "today": on,
        "money": money,
        "focus": focus.share * 100 if focus.share is not None else None,
        "places": counted["places"],
        "locations": [(row, rates.get(row.village_id)) for row in first],
        "rest": counted["places"] - len(first),
        "districts": counted["districts"],
        "results": len(results),
        "better": len(better),
        "best": sorted(better, key=lambda row: -(row.change or 0))[:3],
        "has_sample": money.has_sample or bool(counted["invented"]),
        "vacancies": list(RecruitmentRound.objects.accepting(clock.now()).for_table().order_by("closes_at")),
    }
