"""Today's figures out of the database, in the plain form of the analysis."""

from collections.abc import Sequence
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


@dataclass(frozen=True)
class EvidenceScope:
    """Which figures are added up: of one measure, of a sector, of some commodities; "" and () mean all."""

    measure: str
    sector: str = ""
    commodities: tuple[int, ...] = ()

    def holds(self, measure: str, commodity: int, goods: Goods) -> bool:
        if measure != self.measure or self.sector not in ("", goods.sector):
            return False
        return not self.commodities or commodity in self.commodities


def evidence_within(scopes: Sequence[EvidenceScope], first: int, last: int) -> list[Evidence]:
    """Figures of the whole regency, which a quotient needs. The caller shows no other kecamatan's, only totals."""
    commodities = {
        pk: Goods(name, its_sector, parent)
        for pk, name, its_sector, parent in Commodity.objects.values_list("pk", "name", "sector", "parent")
    }
    districts = dict(District.objects.values_list("pk", "name"))
    rows = ProductionFigure.objects.known().filter(
        measure__in={scope.measure for scope in scopes}, year__gte=first, year__lte=last
    )
    values = rows.order_by("district", "commodity", "year").values_list(
        "measure", "district", "commodity", "year", "value", "is_sample"
    )
    found: list[list[Figure]] = [[] for _scope in scopes]
    for measure, place, goods, year, value, sample in values:
        for scope, figures in zip(scopes, found, strict=True):
            if scope.holds(measure, goods, commodities[goods]):
                figures.append(Figure(place, goods, year, unit_of(measure), value, sample))
    return [Evidence(figures, districts, commodities) for figures in found]


def evidence_of(scope: EvidenceScope, first: int, last: int) -> Evidence:
    return evidence_within([scope], first, last)[0]
