"""Saving an open set: its figure, its years, and the villages of its three sides."""

from collections.abc import Mapping

from django.db import transaction

from districts.regions.figures import AreaFigure
from districts.regions.models import Village
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.history.records import set_author
from p2emas.workflow.editing import EditConflict, check_last_edit
from programs.evaluation.comparison.models import ComparisonSet, ComparisonVillage
from programs.evaluation.comparison.places import ever_supported, supported_villages, untouched

Side = ComparisonVillage.Side


def villages_with_figure(kind: str, unit: str, year: int) -> list[Village]:
    """Active villages for which the figure is recorded, by name."""
    figures = AreaFigure.objects.filter(kind=kind, unit__iexact=unit, year=year, village__isnull=False)
    found = Village.objects.public().filter(pk__in=figures.order_by().values("village"))
    return list(found.select_related("district").order_by("name", "pk"))


def comparable_villages(kind: str, unit: str, years: tuple[int, int]) -> list[Village]:
    """Villages that may be chosen: the earlier figure is recorded, and no target location was there or beside it."""
    targets = Village.objects.filter(pk__in=ever_supported(years[1]))
    return untouched(villages_with_figure(kind, unit, years[0]), targets)


@transaction.atomic
def save_comparison(
    *,
    comparison: ComparisonSet,
    compared: list[Village],
    spillover: Mapping[Village, str],
    by: User,
    seen: int | None = None,
) -> ComparisonSet:
    """Save an open set with its villages; those with support are read from the decrees.

    Raises ``EditConflict`` when somebody saved or froze it after the edit that ``seen`` names.
    """
    if comparison.pk:
        held = ComparisonSet.objects.select_for_update(no_key=True).get(pk=comparison.pk)
        check_last_edit(held, seen)
        if held.is_frozen:
            raise EditConflict("Himpunan ini sudah dibekukan, jadi tidak dapat diubah.")
    set_author(comparison, by)
    comparison.save()
    comparison.members.all().delete()
    supported = supported_villages(comparison.later_year, clock.today())
    rows = [ComparisonVillage(village_id=pk, side=Side.SUPPORTED) for pk in supported]
    rows += [ComparisonVillage(village=each, side=Side.COMPARED) for each in compared]
    rows += [ComparisonVillage(village=each, side=Side.SPILLOVER, reason=text) for each, text in spillover.items()]
    for row in rows:
        row.comparison_set = comparison
    ComparisonVillage.objects.bulk_create(rows)
    return comparison
