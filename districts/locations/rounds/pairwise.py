"""Weights from pairwise comparison: who has judged, what the group's judgments say, and how far they agree.

Everything here is read from stored judgments; the arithmetic is ``p2emas.methods.weights``.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from districts.locations.rounds.criteria import Criterion
from districts.locations.rounds.models import SelectionRound
from p2emas.methods.weights import Ahp, ahp, group_judgments, triad_deviation
from p2emas.ui import formats

MOST_COMPARED = 9
Matrix = list[list[float]]
Pair = tuple[int, int]


@dataclass(frozen=True)
class Member:
    """One person who has judged; the ratio is None until every pair is."""

    name: str
    judged: int
    ratio: float | None
    accepted: bool


@dataclass(frozen=True)
class Comparison:
    """What the judgments of a round give. ``result`` is None while no member has judged every pair."""

    criteria: list[Criterion]
    pairs: list[Pair]
    members: list[Member]
    result: Ahp | None
    contradiction: str

    @property
    def shares(self) -> list[tuple[Criterion, float]]:
        return list(zip(self.criteria, self.result.weights, strict=True)) if self.result else []

    @property
    def fingerprint(self) -> str:
        """What was shown, so that weights which changed meanwhile are not written unseen."""
        return " ".join(f"{criterion.pk}:{share:.6f}" for criterion, share in self.shares)

    @property
    def complete(self) -> int:
        return sum(member.ratio is not None for member in self.members)


def pairs_of(criteria: list[Criterion]) -> list[Pair]:
    return list(combinations([criterion.pk for criterion in criteria], 2))


def comparison_of(selection: SelectionRound) -> Comparison:
    """In two queries, however many have judged."""
    criteria = list(selection.criteria.all())
    pairs = pairs_of(criteria)
    judged: dict[tuple[int, str], dict[Pair, float]] = {}
    for row in selection.judgments.select_related("user").order_by("user__name", "user_id"):
        judged.setdefault((row.user_id, str(row.user)), {})[(row.first_id, row.second_id)] = row.ratio
    comparable = 2 <= len(criteria) <= MOST_COMPARED
    members, matrices = [], []
    for (_pk, name), ratios in judged.items():
        matrix = _matrix(criteria, ratios) if comparable and set(pairs) <= set(ratios) else None
        members.append(_member(name, len(ratios), matrix))
        matrices += [matrix] if matrix else []
    group = group_judgments(matrices) if matrices else None
    result = ahp(group) if group else None
    return Comparison(criteria, pairs, members, result, _contradiction(criteria, group, result))


def _member(name: str, judged: int, matrix: Matrix | None) -> Member:
    if matrix is None:
        return Member(name, judged, None, accepted=False)
    own = ahp(matrix)
    return Member(name, judged, own.consistency_ratio, own.accepted)


def _matrix(criteria: list[Criterion], ratios: Mapping[Pair, float]) -> Matrix:
    def cell(row: int, column: int) -> float:
        if row == column:
            return 1.0
        return ratios[(row, column)] if (row, column) in ratios else 1 / ratios[(column, row)]

    return [[cell(one.pk, other.pk) for other in criteria] for one in criteria]


def _contradiction(criteria: list[Criterion], group: Matrix | None, result: Ahp | None) -> str:
    """The three judgments that contradict each other most, as a sentence; empty when they agree."""
    if group is None or result is None or result.worst_triad is None:
        return ""
    i, j, k = result.worst_triad
    factor = math.exp(triad_deviation(group, (i, j, k)))
    first, second, third = (_statement(criteria, group, *pair) for pair in ((i, j), (j, k), (i, k)))
    first, times = first[:1].upper() + first[1:], formats.number(factor, 1)
    return f"{first}; {second}; tetapi {third}. Salah satunya perlu berubah sekitar {times} kali."


def _statement(criteria: list[Criterion], group: Matrix, one: int, other: int) -> str:
    ratio = group[one][other]
    if math.isclose(ratio, 1, rel_tol=1e-9):
        return f"{criteria[one]} sama penting dengan {criteria[other]}"
    if ratio < 1:
        one, other, ratio = other, one, 1 / ratio
    times = formats.number(ratio, 1)
    if times == "1":
        times = formats.number(ratio, 3)
    return f"{criteria[one]} {times} kali lebih penting daripada {criteria[other]}"
