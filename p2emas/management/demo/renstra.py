"""The five-year plans of the demo's agencies, to which the activities of 2018 and 2019 point. All of it is invented."""

from decimal import Decimal

from django.db.models import Sum

from programs.framework.models import Activity, Indicator, IndicatorTarget
from programs.framework.renstra import RenstraActivity, RenstraTarget

FIRST_YEAR, LAST_YEAR, BEFORE = 2016, 2021, 2017
YEARS_OF_WORK = 4
NOT_RECORDED = "Bibit kopi"  # what came before it is unknown
NOT_IN_RENSTRA = "Pelatihan olahan ikan"


def make_renstra() -> None:
    """One five-year activity for each piece of work of 2019; the same work of 2018 points to it too."""
    works = Activity.objects.filter(year=2019, is_sample=True).exclude(name=NOT_IN_RENSTRA)
    for number, activity in enumerate(works.order_by("agency__code", "code").annotate(money=Sum("lines__amount"))):
        if activity.code.split(".")[2] == "16":
            continue  # the work that the change of August added
        yearly = activity.money or 0
        renstra = RenstraActivity.objects.create(
            agency=activity.agency, code=activity.code, programme_name=activity.programme_name, name=activity.name,
            first_year=FIRST_YEAR, last_year=LAST_YEAR, money=yearly * YEARS_OF_WORK, realised_until=BEFORE,
            realised_money=None if activity.name == NOT_RECORDED else yearly * (number % 4) // 4, is_sample=True,
        )  # fmt: skip
        same = list(Activity.objects.filter(agency=activity.agency, name=activity.name, year__in=(2018, 2019)))
        for each in same:
            each.renstra = renstra
            each.save(update_fields=["renstra"])
        for indicator in Indicator.objects.filter(activity=activity).order_by("pk"):
            _target(renstra, indicator, same, number)


def _target(renstra: RenstraActivity, indicator: Indicator, same: list[Activity], number: int) -> None:
    goal = IndicatorTarget.objects.filter(indicator=indicator).first()
    yearly = goal.target if goal and goal.target is not None else Decimal(0)
    adds_up = indicator.formula == Indicator.Formula.INCREASING
    target = RenstraTarget.objects.create(
        activity=renstra, name=indicator.name, unit=indicator.unit, formula=indicator.formula,
        target=yearly * YEARS_OF_WORK if adds_up else yearly,
        realised=None if renstra.name == NOT_RECORDED else Decimal(int(yearly) * (number % 3) // 2), is_sample=True,
    )  # fmt: skip
    for each in Indicator.objects.filter(activity__in=same, name=indicator.name):
        each.renstra_target = target
        each.save(update_fields=["renstra_target"])
