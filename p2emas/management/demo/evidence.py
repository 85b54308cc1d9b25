"""The evidence of the demo: hectares of ten commodities in 2014-2016. Every figure is invented and says so.

Hectares, because one measure must serve cattle (grazing land), fish (ponds) and crops alike. Crafts have none: their
people were counted in 2016, which only the determination of Kelam Permai uses, in an analysis of its own; elsewhere
tenun and rotan come into a determination by hand. The kecamatan in which a product later became the pilot lead in it
and gain on the others; two gaps are left on purpose, one recorded as "belum ada data", one never filled in.
"""

from datetime import datetime

from simple_history.utils import bulk_create_with_history

from districts.evidence.aid import EarlierAid
from districts.evidence.figures import ProductionFigure
from districts.evidence.models import Commodity
from districts.regions.models import District, Village
from p2emas import clock
from p2emas.management.demo.people import Cast

SOURCE = "Rekaan untuk demo, bukan data nyata"
NOTES = {"hortikultura": " (selain cabai)", "ternak sapi": " (padang dan kebun pakan)", "ikan": " (luas kolam)"}
CROPS = ("lada", "karet", "kakao", "kopi", "padi ladang", "jagung", "cabai", "hortikultura", "ikan", "ternak sapi")
# hectares in 2014, by the last two digits of the kecamatan's code, in the order of CROPS
AREA_2014 = {
    "01": (20, 620, 15, 10, 310, 60, 14, 60, 22, 40),
    "02": (30, 910, 40, 15, 1480, 90, 8, 40, 12, 60),
    "03": (35, 980, 55, 20, 620, 80, 16, 260, 14, 55),
    "04": (40, 870, 30, 25, 590, 420, 7, 35, 10, 45),
    "05": (45, 2150, 35, 20, 640, 70, 6, 30, 8, 40),
    "06": (390, 840, 45, 30, 560, 60, 5, 25, 6, 35),
    "07": (25, 760, 310, 25, 520, 75, 9, 35, 9, 50),
    "08": (30, 900, 60, 35, 610, 85, 150, 55, 11, 60),
    "09": (35, 830, 70, 60, 580, 65, 8, 30, 7, 45),
    "14": (40, 810, 65, 70, 570, 70, 7, 30, 9, 40),
    "15": (30, 640, 50, 260, 490, 45, 5, 20, 5, 30),
    "19": (30, 720, 40, 20, 480, 65, 18, 60, 12, 50),
    "20": (25, 880, 35, 15, 540, 90, 12, 70, 175, 70),
    "21": (20, 610, 25, 10, 430, 70, 9, 40, 12, 330),
}
GROWTH = {  # percent a year, everywhere
    "lada": 3, "karet": -1, "kakao": 2, "kopi": 2, "padi ladang": 1, "jagung": 2, "cabai": 3, "hortikultura": 3,
    "ikan": 4, "ternak sapi": 3,
}  # fmt: skip
FASTER = {  # percent a year where the product gains on the others
    ("06", "lada"): 11, ("21", "ternak sapi"): 10, ("08", "cabai"): 14, ("20", "ikan"): 13, ("03", "hortikultura"): 12,
    ("02", "padi ladang"): 4, ("04", "jagung"): 8, ("05", "karet"): 2, ("07", "kakao"): 9, ("15", "kopi"): 9,
}  # fmt: skip
CRAFTS = ("tenun ikat", "anyaman rotan")
# people at work in 2016, by kecamatan, in the order of CRAFTS
CRAFT_PEOPLE = {
    "01": (40, 25), "02": (5, 60), "03": (10, 55), "04": (8, 40), "05": (12, 45), "06": (6, 50), "07": (4, 35),
    "08": (9, 30), "09": (7, 65), "14": (6, 240), "15": (3, 70), "19": (310, 45), "20": (15, 35), "21": (11, 30),
}  # fmt: skip
UNKNOWN = {("15", "ikan", 2014)}  # recorded as unknown
NEVER_ASKED = {("09", "cabai", 2014)}


def make_evidence(cast: Cast, commodities: dict[str, Commodity]) -> None:
    """Figures of three years, and a little of the aid that was spread before the programme."""
    with clock.at(datetime(2017, 5, 15, 9)):
        rows = [*_figures(commodities), *_craft_figures(commodities)]
        bulk_create_with_history(
            rows, ProductionFigure, batch_size=500, default_user=cast.coordinator, default_date=clock.now()
        )
        for code, item, amount, year in AID:
            EarlierAid.objects.create(
                village=Village.objects.get(code=code), agency=cast.agencies["distanbun"], item=item, amount=amount,
                year=year, source=SOURCE, is_sample=True,
            )  # fmt: skip


AID = [
    ("61.05.06.2017", "2.000 bibit lada (contoh)", 18_000_000, 2015),
    ("61.05.08.2013", "Pupuk dan mulsa cabai (contoh)", 12_500_000, 2016),
    ("61.05.20.2014", "Terpal kolam dan benih ikan (contoh)", None, 2016),
]


def _figures(commodities: dict[str, Commodity]):
    districts = {district.short_code: district for district in District.objects.all()}
    for code, areas in AREA_2014.items():
        for name, area in zip(CROPS, areas, strict=True):
            rate = FASTER.get((code, name), GROWTH[name])
            for year in (2014, 2015, 2016):
                if (code, name, year) in NEVER_ASKED:
                    continue
                hectares = round(area * (1 + rate / 100) ** (year - 2014))
                yield ProductionFigure(
                    district=districts[code],
                    commodity=commodities[name],
                    year=year,
                    measure=ProductionFigure.Measure.HECTARE,
                    value=None if (code, name, year) in UNKNOWN else hectares,
                    source=SOURCE + NOTES.get(name, ""),
                    is_sample=True,
                )


def _craft_figures(commodities: dict[str, Commodity]):
    districts = {district.short_code: district for district in District.objects.all()}
    for code, people in CRAFT_PEOPLE.items():
        for name, value in zip(CRAFTS, people, strict=True):
            yield ProductionFigure(
                district=districts[code],
                commodity=commodities[name],
                year=2016,
                measure=ProductionFigure.Measure.WORKERS,
                value=value,
                source=SOURCE,
                is_sample=True,
            )
