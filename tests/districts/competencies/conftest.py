"""Evidence of three kecamatan, and a determination at each of its stops."""

from types import SimpleNamespace

import pytest

from districts.competencies.models import CompetencyDetermination
from districts.competencies.panel import services
from districts.competencies.panel.models import PanelScore
from districts.evidence.figures import ProductionFigure
from tests.factories import (
    AssessorSeatFactory,
    CommodityFactory,
    CompetencyOptionFactory,
    DistrictFactory,
    MinutesFactory,
    ProductionFigureFactory,
)

# hectares of lada and karet; the first kecamatan grows its lada
HECTARES = {
    2014: ((20, 80), (30, 170), (50, 150)),
    2015: ((40, 85), (30, 175), (55, 165)),
    2016: ((60, 90), (30, 180), (60, 180)),
}


# measure, sector and commodity -> (kecamatan, regency) in 2014 and 2016; crafts were counted in 2016 alone
COUNTED = {
    ("TON", "perkebunan"): {"lada": ((20, 80), (40, 100)), "karet": ((60, 320), (60, 300))},
    ("EKOR", "peternakan"): {"sapi": ((200, 800), (300, 900)), "kambing": ((200, 800), (100, 700))},
    ("WORKERS", "kerajinan"): {"tenun": (None, (90, 120)), "anyaman": (None, (10, 280))},
}
NAMES = {"TON": "Kebun", "EKOR": "Ternak", "WORKERS": "Kerajinan"}


@pytest.fixture
def counted(db):
    """Figures of the kecamatan and of the rest of the regency, in three units."""
    here, rest = DistrictFactory(name="Kelam Permai"), DistrictFactory(name="Sepauk")
    made = {}
    for (measure, sector), goods in COUNTED.items():
        for name, years in goods.items():
            made[name] = CommodityFactory(name=name, sector=sector)
            for year, cells in zip((2014, 2016), years, strict=True):
                for district, value in zip(
                    (here, rest), (cells and (cells[0], cells[1] - cells[0])) or (), strict=False
                ):
                    ProductionFigureFactory(
                        district=district, commodity=made[name], year=year, measure=measure, value=value
                    )
    return SimpleNamespace(district=here, goods=made)


@pytest.fixture
def evidence(db):
    """Districts, commodities and figures; the first district is the one that is decided on."""
    goods = [CommodityFactory(name="lada"), CommodityFactory(name="karet")]
    districts = [DistrictFactory(name=name) for name in ("Sepauk", "Tempunak", "Kayan Hulu")]
    for year, places in HECTARES.items():
        for district, values in zip(districts, places, strict=True):
            for commodity, value in zip(goods, values, strict=True):
                ProductionFigureFactory(district=district, commodity=commodity, year=year, value=value)
    return SimpleNamespace(
        district=districts[0], districts=districts, lada=goods[0], karet=goods[1], tenun=CommodityFactory(name="tenun")
    )


@pytest.fixture
def draft(evidence):
    """Opened with the default criteria; lada and karet come from the figures."""
    return services.open_determination(
        fields={
            "district": evidence.district,
            "year": 2017,
            "measure": ProductionFigure.Measure.HECTARE,
            "first_year": 2014,
            "last_year": 2016,
        }
    )


@pytest.fixture
def panel(draft, evidence, user_as):
    """Three options (one a craft) and three assessors; scoring is open."""
    CompetencyOptionFactory(determination=draft, commodity=evidence.tenun, note="Turun-temurun.")
    seats = [AssessorSeatFactory(determination=draft, user=user_as("panelist")) for _ in range(3)]
    services.open_scoring(draft, seen="DRAFT", actor=user_as("coordinator"))
    return SimpleNamespace(record=draft, seats=seats, evidence=evidence)


SCORES = {"lada": (5, 4, 5), "karet": (2, 3, 2), "tenun": (4, 4, 3)}  # by assessor, the same on every criterion


def fill(seat, *, finish=True):
    """The seat's scores as SCORES has them."""
    place = list(seat.determination.seats.order_by("pk")).index(seat)
    scores = {
        (option.pk, criterion.pk): SCORES[option.commodity.name][place]
        for option in seat.determination.options.select_related("commodity")
        for criterion in seat.determination.criteria.filter(kind="PANEL")
    }
    return services.save_scores(seat=seat, scores=scores, note="", finish=finish)


@pytest.fixture
def discussed(panel, user_as):
    for seat in panel.seats:
        fill(seat)
    panel.coordinator = user_as("coordinator")
    services.close_scoring(panel.record, seen="SCORED", actor=panel.coordinator)
    CompetencyDetermination.objects.filter(pk=panel.record.pk).update(minutes=MinutesFactory())
    panel.record = CompetencyDetermination.objects.get(pk=panel.record.pk)
    assert PanelScore.objects.of(panel.record).count() == 27
    return panel
