"""Points of parts that are all unequal, worked by hand; distances against the length of a degree."""

import math

import pytest

from p2emas.methods.matching import EARTH_KM, MatchPoints, distance_km, match_points, nearness, share_of

WEIGHTS = (40, 25, 15, 20)


def test_each_share_meets_its_own_weight():
    # 40 x 0.75, 25 x 1, 15 x 0.2, 20 x 0.5
    assert match_points((0.75, 1, 0.2, 0.5), WEIGHTS) == MatchPoints((30, 25, 3, 10), 68, 100)


def test_what_is_not_known_gives_no_points_and_is_no_zero():
    found = match_points((None, 1, 0, 0.25), WEIGHTS)

    assert found == MatchPoints((None, 25, 0, 5), 30, 60)
    assert found.unknown == (0,)
    assert match_points((None, None), (3, 4)) == MatchPoints((None, None), None, 0)


@pytest.mark.parametrize(
    ("shares", "weights", "sentence"),
    [
        ((), (), "0 parts"),
        ((1, 0), (40,), "2 parts and 1 weights"),
        ((1.01,), (40,), "Share 1 is 1.01"),
        ((0.5, -0.1), (40, 1), "Share 2"),
        ((0.5,), (-1,), "below 0"),
        ((math.nan,), (1,), "Share 1"),
        ((True,), (1,), "Share 1"),
    ],
)
def test_dishonest_parts_are_refused(shares, weights, sentence):
    with pytest.raises(ValueError, match=sentence):
        match_points(shares, weights)


def test_shares_end_at_one_and_nearness_at_zero():
    assert [share_of(value, 20) for value in (0, 7, 20, 31, None)] == [0, 0.35, 1, 1, None]
    assert [nearness(km, 60) for km in (0, 15, 60, 75, None)] == [1, 0.75, 0, 0, None]
    for value, full in ((1, 0), (-1, 20)):
        with pytest.raises(ValueError):
            share_of(value, full)


def test_distances_are_those_of_the_sphere():
    degree = math.pi * EARTH_KM / 180
    assert distance_km((0.166, 111.729), (0.166, 111.729)) == 0
    assert distance_km((0.5, 111), (-1.5, 111)) == pytest.approx(2 * degree)
    assert distance_km((0, 111.25), (0, 112)) == pytest.approx(0.75 * degree)
    assert distance_km((60, 10), (60, 12)) == pytest.approx(degree, rel=1e-3)  # half as long at 60 degrees
    # Kelam Permai and Dedai, by Pythagoras near the equator: 0.187 and 0.021 degrees
    assert distance_km((0.166, 111.729), (-0.021, 111.708)) == pytest.approx(
        math.hypot(0.187, 0.021) * degree, rel=1e-4
    )
    for place in ((90.5, 0), (0, 180.5), (math.inf, 0)):
        with pytest.raises(ValueError):
            distance_km(place, (0, 0))
