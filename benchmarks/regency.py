"""The places of the wide seed: a regency with outlines, core competencies and target locations, all by one decree."""

import math

from districts.models import (
    Commodity,
    CompetencyDetermination,
    CoreCompetency,
    District,
    DistrictBoundary,
    Regency,
    TargetLocation,
    Village,
)
from p2emas.models import Decree

DISTRICTS, VILLAGES, TARGETS = 40, 435, 416
CORNERS = 60  # of a kecamatan's outline, as an import leaves it
GOODS = ("padi", "jagung", "lada", "karet", "kopi", "kakao", "madu", "tenun", "ikan", "sapi")
STARTED = "2014-06-02"


def places() -> tuple[Decree, list[TargetLocation], list[Village]]:
    """The decree, its target locations, and the villages that are none."""
    decree = Decree.objects.create(
        number="1/2014", dated=STARTED, valid_from=STARTED, about="Lokasi sasaran", status="IN_FORCE"
    )
    competencies = _competencies(_districts(), decree)
    villages = _villages([competency.district for competency in competencies])
    locations = TargetLocation.objects.bulk_create(
        TargetLocation(
            village=village,
            core_competency=competencies[n % DISTRICTS],
            decree=decree,
            valid_from=STARTED,
            status=_status(n),
        )
        for n, village in enumerate(villages[:TARGETS])
    )
    return decree, locations, villages[TARGETS:]


def _districts() -> list[District]:
    regency = Regency.objects.create(code="99.01", name="Kabupaten Lebar")
    districts = District.objects.bulk_create(
        District(
            regency=regency,
            code=f"99.01.{n + 1:02d}",
            name=f"Kecamatan Ke-{n + 1:02d}",
            lat=n // 8 / 10,
            lng=n % 8 / 10,
        )
        for n in range(DISTRICTS)
    )
    DistrictBoundary.objects.bulk_create(
        DistrictBoundary(district=district, rings=[_outline(n % 8 / 10, n // 8 / 10)], source="Rekaan")
        for n, district in enumerate(districts)
    )
    return districts


def _outline(x: float, y: float) -> list[list[float]]:
    """A closed ring around a point, in degrees."""
    angles = [2 * math.pi * corner / CORNERS for corner in range(CORNERS)]
    ring = [[round(x + 0.05 * math.cos(a), 6), round(y + 0.05 * math.sin(a), 6)] for a in angles]
    return [*ring, ring[0]]


def _competencies(districts: list[District], decree: Decree) -> list[CoreCompetency]:
    goods = [Commodity.objects.create(name=name, sector="perkebunan", unit="ton") for name in GOODS]
    determinations = CompetencyDetermination.objects.bulk_create(
        CompetencyDetermination(
            district=district,
            year=2014,
            chosen=goods[n % len(goods)],
            reason="Sudah diusahakan.",
            sources="Rapat koordinasi",
            decided_on="2014-05-05",
            decree=decree,
            status="ENACTED",
        )
        for n, district in enumerate(districts)
    )
    return CoreCompetency.objects.bulk_create(
        CoreCompetency(
            district=determination.district,
            commodity=determination.chosen,
            determination=determination,
            decree=decree,
            valid_from=STARTED,
        )
        for determination in determinations
    )


def _villages(districts: list[District]) -> list[Village]:
    return Village.objects.bulk_create(
        Village(
            district=districts[n % DISTRICTS],
            code=f"99.01.{n % DISTRICTS + 1:02d}.{2001 + n // DISTRICTS}",
            name=f"Desa Nomor {n:03d}",
            slug=f"desa-nomor-{n:03d}",
        )
        for n in range(VILLAGES)
    )


def _status(n: int) -> str:
    if n % 17 == 3:
        return "POSTPONED"
    return "FIXED" if n % 29 == 5 else "RUNNING"
