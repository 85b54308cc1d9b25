"""A selection round of 400 candidates on ten criteria: its page, and its draws beside computing the scores once."""

import time
from random import Random
from typing import Any

from benchmarks.seed import reports
from districts.locations.ranking.computing import frame_of, inputs_of
from districts.locations.runs import DRAWS
from districts.models import Candidate, CandidateValue, Commodity, Criterion, District, Regency, SelectionRound, Village
from p2emas.methods.ranking import rank_acceptability, saw

CANDIDATES, CRITERIA, QUOTA = 400, 10, 14


def seed() -> dict[str, Any]:
    """The round, and beside it a thousand reports for the bare page."""
    facts = reports(agencies=25, periods=40)
    regency = Regency.objects.create(code="61.05", name="Sintang")
    district = District.objects.create(regency=regency, code="61.05.01", name="Tempat")
    commodity = Commodity.objects.create(name="lada", sector="perkebunan", unit="ton")
    selection = SelectionRound.objects.create(
        name="Putaran", year=2018, quota=QUOTA, opens="2017-05-18", closes="2017-06-02", gate="Ada.", status="SCORING"
    )
    criteria = Criterion.objects.bulk_create(
        Criterion(round=selection, name=f"Kriteria {n}", weight=5 + n, low=0, high=100) for n in range(CRITERIA)
    )
    villages = Village.objects.bulk_create(
        Village(district=district, name=f"Desa {n:03d}", slug=f"desa-{n}") for n in range(CANDIDATES)
    )
    candidates = Candidate.objects.bulk_create(
        Candidate(round=selection, village=village, commodity=commodity, existing_activity="Ada", status="SURVEYED")
        for village in villages
    )
    random = Random(1)
    CandidateValue.objects.bulk_create(
        CandidateValue(candidate=each, criterion=criterion, value=random.randint(0, 100), source="Survei")
        for each in candidates
        for criterion in criteria
    )
    return facts | {"round": selection.pk}


def draws(rounds: int) -> dict[str, list[float]]:
    """Seconds of the scores once and of all the draws, round by round."""
    inputs = inputs_of(SelectionRound.objects.get())
    matrix = [candidate["values"] for candidate in inputs["candidates"]]
    weights, directions, goalposts = frame_of(inputs)
    times: dict[str, list[float]] = {"scores": [], "draws": []}
    for _ in range(rounds):
        begun = time.perf_counter()
        saw(matrix, weights, directions, goalposts=goalposts)
        times["scores"].append(time.perf_counter() - begun)
        begun = time.perf_counter()
        rank_acceptability(matrix, weights, directions, goalposts=goalposts, quota=QUOTA, seed=7, draws=DRAWS)
        times["draws"].append(time.perf_counter() - begun)
    return times
