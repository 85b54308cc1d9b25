"""Today's figures out of the database, in the plain form of the analysis."""

from dataclasses import dataclass

from districts.competencies.analysis.computing import Analysis, Figure, Goods, analyse
from districts.evidence.figures import ProductionFigure
from districts.evidence.measures import unit_of
from districts.evidence.models import Commodity
from districts.regions.models import District


@dataclass(frozen=True)
class Evidence:
    """Every figure of one measure in some years, with the names that a reader needs."""

    figures: list[Figure]
    districts: dict[int, str]
    commodities: dict[int, Goods]

    def analysis(self, district: int, first: int, last: int) -> Analysis:
        return analyse(
            self.figures,
            district=district,
            first=first,
            last=last,
            districts=self.districts,
            commodities=self.commodities,
        )


def evidence_of(measure: str, first: int, last: int, sector: str = "") -> Evidence:
    """Figures of the whole regency, which a quotient needs. The caller shows no other kecamatan's, only totals."""
    rows = ProductionFigure.objects.known().filter(measure=measure, year__gte=first, year__lte=last)
    if sector:
        rows = rows.filter(commodity__sector=sector)
    unit = unit_of(measure)
    values = rows.order_by("district", "commodity", "year").values_list(
        "district", "commodity", "year", "value", "is_sample"
    )
    figures = [Figure(place, goods, year, unit, value, sample) for place, goods, year, value, sample in values]
    commodities = {
        pk: Goods(name, its_sector, parent)
        for pk, name, its_sector, parent in Commodity.objects.values_list("pk", "name", "sector", "parent")
    }
    return Evidence(figures, dict(District.objects.values_list("pk", "name")), commodities)
