"""From stored values to a ranking: one set of inputs, one calculation, always the same answer.

``inputs_of`` reads a round into plain data (what is stored with a decision); ``standing_of`` works on that data alone,
as ``sensitivity.sensitivity_of`` does, so that a decision is re-run from what it was made on.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from districts.locations.candidates.models import CandidateValue
from districts.locations.rounds.criteria import Criterion
from districts.locations.rounds.models import SelectionRound
from p2emas.methods.bounds import Bounds, score_bounds
from p2emas.methods.normalisation import normalise
from p2emas.methods.ranking import saw, topsis

Inputs = dict[str, Any]
SAME = 1e-9  # two scores or parts of them nearer than this do not differ


@dataclass
class RankingLine:
    """One candidate in a standing. ``rank`` is None while a value is missing; then ``bounds`` say what is possible."""

    id: int
    village: str
    district: str
    commodity: str
    values: list[float | None]
    score: float | None = None
    rank: int | None = None
    contributions: list[float] = field(default_factory=list)
    topsis: float | None = None
    topsis_rank: int | None = None
    bounds: Bounds | None = None
    tied: bool = False
    tie_value: float = 0.0  # its value by the rule that breaks ties; 0 for all without a rule
    place: int = 0  # position among the complete, from 1; ties are broken by the rule, then by name
    placed: bool = False

    @property
    def topsis_word(self) -> str:
        """The rank of the check; "seri" where nothing distinguishes the candidates, so that it has no answer."""
        if self.topsis_rank is None:
            return "–"
        return str(self.topsis_rank) if self.topsis is not None else "seri"

    @property
    def known_values(self) -> list[float]:
        """All values of a complete candidate."""
        return [value for value in self.values if value is not None]

    @property
    def missing(self) -> list[int]:
        return [place for place, value in enumerate(self.values) if value is None]


@dataclass
class Standing:
    """A ranking: complete candidates by rank, then the incomplete ones. ``quota`` draws the line after ``placed``."""

    criteria: list[dict[str, Any]]
    quota: int
    ranked: list[RankingLine]
    incomplete: list[RankingLine]
    weights: list[float]
    seed: int
    tie_rule: str = ""

    @property
    def lines(self) -> list[RankingLine]:
        return [*self.ranked, *self.incomplete]

    @property
    def tied_at_line(self) -> list[RankingLine]:
        """Candidates with the same score on both sides of the quota line, also where a rule breaks the tie."""
        if len(self.ranked) <= self.quota:
            return []
        last, first = self.ranked[self.quota - 1], self.ranked[self.quota]
        return [line for line in self.ranked if line.rank == last.rank] if last.rank == first.rank else []

    @property
    def unbroken_tie(self) -> list[RankingLine]:
        """Those of them whose tie no rule breaks: only their names order them, which is no reason."""
        tied = self.tied_at_line
        ends = tied and (self.ranked[self.quota - 1].tie_value, self.ranked[self.quota].tie_value)
        return [line for line in tied if line.tie_value == ends[0]] if tied and ends[0] == ends[1] else []

    @property
    def disagreeing(self) -> list[RankingLine]:
        """Candidates that SAW and TOPSIS put on different sides of the quota line: for people to look at."""
        return [
            line
            for line in self.ranked
            if line.topsis is not None
            and line.topsis_rank is not None
            and line.placed != (line.topsis_rank <= self.quota)
        ]

    @property
    def remarks(self) -> list[str]:
        """What limits a comparison: a single candidate, criteria in which all are alike."""
        if len(self.ranked) == 1:
            return ["Hanya satu calon yang lengkap: peringkatnya tanpa pembanding."]
        parts = zip(*(line.contributions for line in self.ranked), strict=True)
        alike = [each["name"] for each, part in zip(self.criteria, parts, strict=False) if max(part) - min(part) < SAME]
        if not alike:
            return []
        return [f"Tidak membedakan calon, karena semua mendapat sumbangan yang sama: {', '.join(alike)}."]

    @property
    def undecided(self) -> list[RankingLine]:
        """Incomplete candidates whose missing values could move them over the quota line."""
        return [line for line in self.incomplete if line.bounds is None or line.bounds.in_quota is None]


def inputs_of(selection: SelectionRound) -> Inputs:
    """Criteria, candidates past the gate and their values, in two queries; ready for JSON."""
    criteria = [_criterion(criterion) for criterion in selection.criteria.all()]
    known: dict[tuple[int, int], float | None] = {
        (candidate, criterion): None if value is None else float(value)
        for candidate, criterion, value in CandidateValue.objects.filter(candidate__round=selection)
        .order_by()
        .values_list("candidate_id", "criterion_id", "value")
    }
    rows = (
        selection.candidates.ranked()
        .order_by("pk")
        .values_list("pk", "village__name", "village__district__name", "commodity__name")
    )
    return {
        "criteria": criteria,
        "quota": selection.quota,
        "seed": selection.seed,
        "tie_break": selection.tie_break_id,
        "candidates": [
            {
                "id": pk,
                "village": village,
                "district": district,
                "commodity": commodity,
                "values": [known.get((pk, criterion["id"])) for criterion in criteria],
            }
            for pk, village, district, commodity in rows
        ],
    }


def _criterion(criterion: Criterion) -> dict[str, Any]:
    return {
        "id": criterion.pk,
        "name": criterion.name,
        "unit": criterion.unit,
        "direction": criterion.direction,
        "weight": float(criterion.weight),
        "low": float(criterion.low),
        "high": float(criterion.high),
    }


def digest_of(inputs: Inputs) -> str:
    """Fingerprint of the inputs: equal inputs, equal fingerprint, no matter in which order the keys are."""
    return hashlib.sha256(json.dumps(inputs, sort_keys=True).encode()).hexdigest()


def standing_of(inputs: Inputs) -> Standing:
    """The ranking: SAW on goalposts, TOPSIS beside it, bounds for who is incomplete."""
    lines = [RankingLine(**candidate) for candidate in inputs["candidates"]]
    weights, directions, goalposts = frame_of(inputs)
    if not any(weights):  # a draft whose criteria weigh nothing yet cannot be opened, but it can be read
        return Standing(inputs["criteria"], inputs["quota"], [], lines, weights, inputs["seed"])
    complete = [line for line in lines if not line.missing]
    if complete:
        _score(complete, weights, directions, goalposts)
    if len(complete) < len(lines):
        _bound(lines, weights, directions, goalposts, inputs["quota"])
    _place(complete, _tie_breaker(inputs, complete, directions, goalposts), inputs["quota"])
    total = sum(weights)
    return Standing(
        criteria=inputs["criteria"],
        quota=inputs["quota"],
        ranked=complete,
        incomplete=[line for line in lines if line.missing],
        weights=[weight / total for weight in weights],
        seed=inputs["seed"],
        tie_rule=_tie_rule(inputs),
    )


def frame_of(inputs: Inputs) -> tuple[list[float], list[int], list[tuple[float, float]]]:
    """Weights, directions and goalposts of the criteria, in their order."""
    criteria = inputs["criteria"]
    return (
        [criterion["weight"] for criterion in criteria],
        [criterion["direction"] for criterion in criteria],
        [(criterion["low"], criterion["high"]) for criterion in criteria],
    )


def _score(lines: list[RankingLine], weights: list[float], directions: list[int], goalposts: list) -> None:
    matrix = [line.known_values for line in lines]
    result = saw(matrix, weights, directions, goalposts=goalposts)
    beside = topsis(matrix, weights, directions) if len(lines) > 1 else None
    counts: dict[int, int] = {}
    for rank in result.ranks:
        counts[rank] = counts.get(rank, 0) + 1
    for place, line in enumerate(lines):
        line.score, line.rank = result.scores[place], result.ranks[place]
        line.contributions = result.contributions[place] if result.contributions else []
        line.tied = counts[line.rank] > 1
        if beside:
            line.topsis, line.topsis_rank = beside.scores[place], beside.ranks[place]


def _bound(lines: list[RankingLine], weights: list[float], directions: list[int], goalposts: list, quota: int) -> None:
    """Say of every line what its missing values make possible."""
    bounds = score_bounds([line.values for line in lines], weights, directions, goalposts=goalposts, quota=quota)
    for line, possible in zip(lines, bounds, strict=True):
        line.bounds = possible


def _tie_rule(inputs: Inputs) -> str:
    """Name of the criterion that breaks ties; empty without one."""
    return next((c["name"] for c in inputs["criteria"] if c["id"] == inputs["tie_break"]), "")


def _place(lines: list[RankingLine], tie_value: Mapping[int, float], quota: int) -> None:
    """Sort complete lines by rank, then by the rule that breaks ties, then by name; draw the quota line."""
    for line in lines:
        line.tie_value = tie_value.get(line.id, 0.0)
    lines.sort(key=lambda line: (line.rank, -line.tie_value, line.village, line.id))
    for place, line in enumerate(lines, 1):
        line.place, line.placed = place, place <= quota


def _tie_breaker(inputs: Inputs, lines: list[RankingLine], directions: list[int], goalposts: list) -> dict[int, float]:
    """Normalised value of the criterion that breaks ties, by candidate; empty without one."""
    places = [place for place, criterion in enumerate(inputs["criteria"]) if criterion["id"] == inputs["tie_break"]]
    if not places or not lines:
        return {}
    normalised = normalise([line.known_values for line in lines], directions, goalposts=goalposts)
    return {line.id: row[places[0]] for line, row in zip(lines, normalised, strict=True)}
