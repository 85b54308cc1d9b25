import math
from decimal import Decimal

import pytest

from p2emas.methods.quotients import combined_class, klassen, slq_dlq_class

BAD = [-1, -1e-9, math.nan, math.inf, -math.inf, Decimal("NaN"), Decimal("sNaN"), 10**400, True, "5", 2j, [1]]


@pytest.mark.parametrize(
    ("slq", "dlq", "expected"),
    [
        (1.2, 1.1, "unggulan"),
        (0.8, 1.1, "andalan"),
        (1.2, 0.9, "prospektif"),
        (0.8, 0.9, "tertinggal"),
        (0, 0, "tertinggal"),
        (1, 2, "seimbang"),
        (2, 1, "seimbang"),
        (1 + 9e-10, 2, "seimbang"),
        (1 + 2e-9, 2, "unggulan"),
        (1 - 2e-9, 2, "andalan"),
        (None, 2, None),
        (2, None, None),
    ],
)
def test_slq_dlq_class(slq, dlq, expected):
    assert slq_dlq_class(slq, dlq) == expected


@pytest.mark.parametrize(
    ("share", "growth", "expected"),
    [
        (0.3, 0.06, "maju_tumbuh_pesat"),
        (0.2, 0.05, "maju_tumbuh_pesat"),
        (0.1 + 0.1 - 1e-16, 0.05 - 1e-16, "maju_tumbuh_pesat"),
        (0.3, 0.04, "maju_tertekan"),
        (0.1, 0.06, "potensial_berkembang"),
        (0.1, 0.05, "potensial_berkembang"),
        (0.1, -1, "relatif_tertinggal"),
        (None, 0.05, None),
        (0.2, None, None),
    ],
)
def test_klassen(share, growth, expected):
    assert klassen(share, 0.2, growth, 0.05) == expected


def test_klassen_without_reference_is_undefined():
    assert klassen(0.2, None, 0.1, 0.1) is None
    assert klassen(0.2, 0.2, 0.1, None) is None


@pytest.mark.parametrize(
    ("lq", "competitive", "expected"),
    [
        (1.5, 3, "unggul_berdaya_saing"),
        (1.5, 0, "basis_melemah"),
        (1.5, -3, "basis_melemah"),
        (1, 3, "berkembang"),
        (1 + 5e-10, 3, "berkembang"),
        (0.5, 3, "berkembang"),
        (1, 0, "bukan_prioritas"),
        (0, -3, "bukan_prioritas"),
        (None, 3, None),
        (1.5, None, None),
    ],
)
def test_combined_class(lq, competitive, expected):
    assert combined_class(lq, competitive) == expected


@pytest.mark.parametrize("bad", BAD)
def test_class_of_a_dishonest_figure_raises(bad):
    for call in (
        lambda: slq_dlq_class(bad, None),
        lambda: slq_dlq_class(1, bad),
        lambda: klassen(bad, None, 0, 0),
        lambda: klassen(0, bad, 0, 0),
        lambda: combined_class(bad, None),
    ):
        with pytest.raises(ValueError, match=r"\.$"):
            call()


@pytest.mark.parametrize("bad", [-1.01, math.nan, math.inf, True, "0"])
def test_klassen_of_a_dishonest_growth_raises(bad):
    with pytest.raises(ValueError, match=r"^Growth .*\.$"):
        klassen(None, 0.1, bad, 0)
    with pytest.raises(ValueError, match=r"^Reference growth .*\.$"):
        klassen(None, 0.1, 0, bad)


@pytest.mark.parametrize("bad", [math.nan, math.inf, True, "0"])
def test_combined_class_of_a_dishonest_shift_raises(bad):
    with pytest.raises(ValueError, match="competitive part"):
        combined_class(None, bad)
