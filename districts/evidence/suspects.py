"""Figures that look a thousand times too large or too small beside their neighbours, and years that cannot be."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from statistics import median

from django.db.models import Q
from django.urls import reverse

from districts.evidence.aid import EarlierAid
from districts.evidence.figures import ProductionFigure
from districts.evidence.measures import unit_of
from districts.evidence.years import OLDEST
from p2emas import clock
from p2emas.imports.models import Import, ImportRow
from p2emas.registry.kinds import Suspect
from p2emas.ui.formats import number

THOUSAND = Decimal(1000)
NEAR = 5  # "a thousand times" is 200 to 5,000 times: neighbours differ among themselves too
FEW = 3  # so many other kecamatan say what is usual


def thousandfold() -> Iterator[Suspect]:
    """A decimal point that was read as one of thousands, or the other way round."""
    figures = list(ProductionFigure.objects.known().filter(value__gt=0).for_table())
    same_place, same_year = defaultdict(list), defaultdict(list)
    for figure in figures:
        same_place[figure.district_id, figure.commodity_id, figure.measure].append(figure)
        same_year[figure.commodity_id, figure.measure, figure.year].append(figure)
    for figure in figures:
        years = [f.value for f in same_place[figure.district_id, figure.commodity_id, figure.measure] if f != figure]
        places = [f.value for f in same_year[figure.commodity_id, figure.measure, figure.year] if f != figure]
        if neighbours := _oddly_far(figure.value, years, places):
            yield _suspect(figure, neighbours)


def _oddly_far(value: Decimal, years: list[Decimal], places: list[Decimal]) -> str:
    """Beside which neighbours ``value`` is out of scale by about a thousand, or ""."""
    if years and _is_thousandfold(value, median(years)):
        return f"tahun lain di kecamatan itu sekitar {number(median(years), 3)}"
    if len(places) >= FEW:
        low, high = min(places), max(places)
        too_large = value > high * 10 and low / NEAR <= value / THOUSAND <= high * NEAR
        too_small = value < low / 10 and low / NEAR <= value * THOUSAND <= high * NEAR
        if too_large or too_small:
            return f"kecamatan lain pada tahun itu {number(low, 3)} sampai {number(high, 3)}"
    return ""


def _is_thousandfold(value: Decimal, usual: Decimal) -> bool:
    ratio = value / usual if value > usual else usual / value
    return THOUSAND / NEAR <= ratio <= THOUSAND * NEAR


def _suspect(figure: ProductionFigure, neighbours: str) -> Suspect:
    which = f"{figure.district.name}, {figure.commodity.name}, {figure.year}"
    what = f"{which}: {number(figure.value, 3)} {unit_of(figure.measure)}, padahal {neighbours}."
    remedy = f"bandingkan dengan “{figure.source}”, lalu ubah di halaman itu atau impor ulang."
    return Suspect(what, _where("productionfigure", figure.pk) + _imported(figure), remedy)


def _where(model: str, pk: int) -> str:
    return reverse(f"admin:districts_{model}_change", args=[pk])


def _imported(figure: ProductionFigure) -> str:
    """The import that last wrote the figure."""
    keys = {f"after__{name}": getattr(figure, name) for name in ("district_id", "commodity_id", "year", "measure")}
    rows = ImportRow.objects.to_apply().filter(batch__kind="produksi", batch__status=Import.Status.APPLIED, **keys)
    last = rows.select_related("batch").order_by("-batch").first()
    return f", berasal dari {last.batch.get_absolute_url()}." if last else "."


def years() -> Iterator[Suspect]:
    impossible = Q(year__lt=OLDEST) | Q(year__gt=clock.today().year)
    remedy = "ubah tahunnya di halaman itu."
    figures = ProductionFigure.objects.filter(impossible).for_table()
    yield from _impossible(figures, "productionfigure", remedy)
    yield from _impossible(EarlierAid.objects.filter(impossible).for_table(), "earlieraid", remedy)


def _impossible(records: Iterable[ProductionFigure | EarlierAid], model: str, remedy: str) -> Iterator[Suspect]:
    for record in records:
        yield Suspect(
            f"{record}: tahun {record.year}.",
            f"{_where(model, record.pk)}.",
            remedy,
        )
