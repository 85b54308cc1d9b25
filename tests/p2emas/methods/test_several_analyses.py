"""The hand-worked case of docs/methods.md: crops, cattle and crafts, each counted in its own unit, ranked together."""

import math

import pytest

from p2emas.methods.applicability import saw_where_applicable
from p2emas.methods.quotients import dynamic_location_quotient, location_quotient

# (kecamatan, regency) in 2014 and 2016; crafts were counted in 2016 alone
CROPS = {"lada": ((20, 80), (40, 100)), "karet": ((60, 320), (60, 300))}
CATTLE = {"sapi": ((200, 800), (300, 900)), "kambing": ((200, 800), (100, 700))}
CRAFTS = {"tenun": ((90, 120),), "anyaman": ((10, 280),)}
LQ = {"lada": 1.425, "karet": 0.86875, "sapi": 7 / 6, "kambing": 11 / 14, "tenun": 3, "anyaman": 1 / 7}
DLQ = {"lada": 1.28, "karet": 0.8 / 0.9375, "sapi": 4 / 3, "kambing": 4 / 7}
SHARE = {"lada": 32.5, "karet": 19.375, "sapi": 175 / 6, "kambing": 275 / 14, "tenun": 75, "anyaman": 25 / 7}


def mean_quotients(analysis):
    years = list(zip(*analysis.values(), strict=True))
    totals = [[math.fsum(side) for side in zip(*year, strict=True)] for year in years]
    return {
        name: math.fsum(
            location_quotient(own, here, whole, everywhere)
            for (own, whole), (here, everywhere) in zip(cells, totals, strict=True)
        )
        / len(cells)
        for name, cells in analysis.items()
    }


@pytest.mark.parametrize("analysis", [CROPS, CATTLE, CRAFTS])
def test_quotients_are_taken_within_their_analysis(analysis):
    assert mean_quotients(analysis) == pytest.approx({name: LQ[name] for name in analysis}, abs=1e-12)


@pytest.mark.parametrize("analysis", [CROPS, CATTLE])
def test_growth_is_compared_within_its_analysis(analysis):
    ends = [[cells[year][side] for cells in analysis.values()] for side in (0, 1) for year in (0, 1)]

    found = dynamic_location_quotient(*ends, years=2)

    assert dict(zip(analysis, found, strict=True)) == pytest.approx({name: DLQ[name] for name in analysis}, abs=1e-9)


def test_options_of_three_units_are_ranked_together():
    names = ("lada", "sapi", "tenun")
    rows = [[LQ[name], SHARE[name], DLQ.get(name)] for name in names]

    found = saw_where_applicable(rows, (50, 30, 20), (1, 1, 1), goalposts=[(0, 4), (0, 100), (0, 2)])

    assert found.spread.scores == pytest.approx([0.403625, 0.3666666666666667, 0.75], abs=1e-12)
    assert found.worst.scores[2] == pytest.approx(0.6, abs=1e-12)
    assert (found.spread.ranks, found.sensitive) == ([2, 3, 1], [False, False, False])
