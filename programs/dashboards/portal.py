"""Figures for the public: agreed plans and approved reports, nothing else, and no person's name."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from districts.locations.models import TargetLocation, TargetLocationQuerySet
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas import clock
from programs.dashboards.budget import BudgetPage, agency_budgets
from programs.dashboards.places import physical_of_reports
from programs.planning.measures import focus_of_plans
from programs.reporting.reading.approved import latest_approved_reports
from programs.reporting.reading.welfare import VillageResult, village_results

PLACES = 25  # target villages on the front page; the list of villages has them all


@dataclass(frozen=True)
class PublicHome:
    """Four numbers, each with its sentence, the newest results, and rounds that take applications now."""

    today: date
    year: int
    money: BudgetPage
    focus: Fraction | None  # percent
    places: int
    districts: int
    locations: list[tuple[TargetLocation, Fraction | None]]  # the first, with their physical progress
    results: int
    better: int
    best: list[VillageResult]
    has_sample: bool
    rest: int  # locations that are not among them
    vacancies: list[RecruitmentRound]

    @classmethod
    def on(cls, today: date) -> "PublicHome":
        published = latest_approved_reports(today.year)
        money = agency_budgets(today.year, today, published)
        focus = focus_of_plans(money.plans, on=today)
        locations = TargetLocation.objects.in_force(today)
        counted = locations.counted()
        rates = physical_of_reports(published.values())
        shown = _first(locations, counted["places"])
        results = [result for result in village_results(today.year) if result.improved is not None]
        better = [result for result in results if result.improved]
        return cls(
            today=today,
            year=today.year,
            money=money,
            focus=focus.share * 100 if focus.share is not None else None,
            places=counted["places"],
            districts=counted["districts"],
            locations=[(row, rates.get(row.village_id)) for row in shown],
            rest=counted["places"] - len(shown),
            results=len(results),
            better=len(better),
            best=sorted(better, key=lambda row: -(row.change or 0))[:3],
            has_sample=money.has_sample or bool(counted["invented"]),
            vacancies=list(RecruitmentRound.objects.accepting(clock.now()).for_table().order_by("closes_at")),
        )


def _first(locations: TargetLocationQuerySet, count: int) -> list[TargetLocation]:
    """Of one more than can be shown that one is shown too."""
    first = list(locations.for_map().order_by("village__name", "pk")[: PLACES + 1])
    return first if count <= len(first) else first[:PLACES]
