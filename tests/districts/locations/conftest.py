"""A round with criteria and villages of two kecamatan, in any state that a test asks for."""

from dataclasses import dataclass, field
from datetime import date

import pytest
from django.urls import reverse

from districts.locations.candidates.models import Candidate
from districts.locations.rounds.criteria import RankingRun
from districts.locations.rounds.models import SelectionRound
from tests.factories import (
    CandidateFactory,
    CandidateValueFactory,
    CommodityFactory,
    CommunityGroupFactory,
    CoreCompetencyFactory,
    CriterionFactory,
    DistrictFactory,
    MinutesFactory,
    SelectionRoundFactory,
    SurveyVisitFactory,
    VillageFactory,
)

TODAY = date(2019, 10, 8)


def url(name: str, *args: object) -> str:
    return reverse(f"locations:{name}", args=args)


@dataclass
class Scene:
    """``own`` is in the kecamatan of the staff member under test, ``foreign`` in another."""

    selection: SelectionRound
    commodity: object
    own: object
    foreign: object
    criteria: list = field(default_factory=list)

    def to(self, status: str) -> SelectionRound:
        type(self.selection).objects.filter(pk=self.selection.pk).update(status=status)
        self.selection.refresh_from_db()
        return self.selection

    def evidence(self, village=None, **changes: object) -> dict[str, object]:
        """What the form of a proposal posts."""
        village = village or self.own
        return {
            "village": village.pk,
            "commodity": self.commodity.pk,
            "group": "",
            "existing_activity": "Menanam cabai di lahan 1,1 ha.",
            "members": "24",
            "active_since": "2012",
            "output": "3 ton setahun",
            "price": "25.000",
            "source": "Kunjungan petugas",
        } | changes

    def candidate(self, village=None, **fields: object):
        fields = {"status": "PROPOSED", "commodity": self.commodity} | fields
        return CandidateFactory(round=self.selection, village=village or self.own, **fields)


def enacted(selection: SelectionRound) -> SelectionRound:
    """The round as a decree has set it; the ranking behind it does not matter here."""
    run = RankingRun.objects.create(round=selection, inputs={}, digest="0" * 64, seed=1)
    SelectionRound.objects.filter(pk=selection.pk).update(status="ENACTED", run=run)
    selection.refresh_from_db()
    return selection


def weighed_round() -> SelectionRound:
    """Of quota 2, with four complete candidates of four kecamatan, scored 80, 60, 40, 20."""
    selection = SelectionRoundFactory(quota=2, minutes=MinutesFactory())
    criteria = [CriterionFactory(round=selection, weight=weight) for weight in (60, 40)]
    for name, value in {"Ensaid Panjang": 80, "Pakak": 60, "Baning Panjang": 40, "Bekuan Luyang": 20}.items():
        competency = CoreCompetencyFactory(district=DistrictFactory())
        candidate = CandidateFactory(
            round=selection,
            village=VillageFactory(name=name, district=competency.district),
            commodity=competency.commodity,
            status=Candidate.Status.SURVEYED,
        )
        SurveyVisitFactory(candidate=candidate)
        for criterion in criteria:
            CandidateValueFactory(candidate=candidate, criterion=criterion, value=value)
    return selection


@pytest.fixture
def scene(db) -> Scene:
    commodity = CommodityFactory(name="cabai")
    selection = SelectionRoundFactory(
        name="Lokasi sasaran 2020", status="OPEN", quota=2, opens=date(2019, 10, 1), closes=date(2019, 10, 31)
    )
    own, foreign = VillageFactory(name="Baning Panjang"), VillageFactory(name="Canari Asing")
    for village in (own, foreign):
        CoreCompetencyFactory(district=village.district, commodity=commodity)
        CommunityGroupFactory(village=village, commodity=commodity, name=f"Kelompok {village.name}")
    criteria = [
        CriterionFactory(round=selection, name="Anggota", weight=60, source="Survei tim"),
        CriterionFactory(round=selection, name="Jarak", weight=40, direction=-1),
    ]
    return Scene(selection, commodity, own, foreign, criteria)


@pytest.fixture
def coordinator(client_as):
    return client_as("coordinator")


@pytest.fixture
def staff(client_as, scene):
    """Kecamatan staff of the village ``own``."""
    return client_as("district_admin", at=scene.own.district.office)
