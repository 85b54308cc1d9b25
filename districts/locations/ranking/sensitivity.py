"""How firm a ranking is: what a job computes once from the stored inputs and keeps with the run."""

from collections.abc import Callable
from typing import Any

from districts.locations.ranking.computing import Inputs, frame_of
from p2emas.methods.normalisation import normalise
from p2emas.methods.ranking import (
    critical_weight_changes,
    leave_one_out,
    rank_acceptability,
    saw,
    weight_changes,
)
from p2emas.methods.sensitivity import WeightChange

SENSITIVE_BELOW = 0.7  # share of the draws inside the quota below which a place is called "sensitif"


def sensitivity_of(inputs: Inputs, *, draws: int, progress: Callable[[int], object] | None = None) -> dict[str, Any]:
    """How firm the ranking of the complete candidates is; plain data, stored with the run.

    One weight at a time, the critical change between the last inside and the first outside, ``draws`` random
    weightings from the stored seed, and each candidate left out in turn.
    """
    complete = [candidate for candidate in inputs["candidates"] if None not in candidate["values"]]
    if not complete:
        return {"candidates": [], "changes": [], "critical": None, "in_quota": [], "reordered_without": []}
    matrix = [candidate["values"] for candidate in complete]
    weights, directions, goalposts = frame_of(inputs)
    quota, ids = inputs["quota"], [candidate["id"] for candidate in complete]
    ranking = saw(matrix, weights, directions, goalposts=goalposts)
    ranks = ranking.ranks
    drawn = rank_acceptability(
        matrix,
        weights,
        directions,
        goalposts=goalposts,
        quota=quota,
        seed=inputs["seed"],
        draws=draws,
        progress=progress,
    )
    changes = weight_changes(matrix, weights, directions, goalposts=goalposts, quota=quota)
    return {
        "candidates": ids,
        "scores": ranking.scores,
        "ranks": ranks,
        "in_quota": drawn.in_quota,
        "changes": [_change(change, ids) for change in changes],
        "critical": _critical(inputs, complete, matrix, ranks),
        "reordered_without": [
            ids[row]
            for row, others in enumerate(leave_one_out(matrix, weights, directions, goalposts=goalposts))
            if not _same_order(ranks[:row] + ranks[row + 1 :], others)
        ],
    }


def _change(change: WeightChange, ids: list[int]) -> dict[str, Any]:
    return {
        "criterion": change.criterion,
        "change": change.change,
        "enters": [ids[row] for row in change.enters],
        "leaves": [ids[row] for row in change.leaves],
        "kendall_tau": change.kendall_tau,
    }


def _critical(inputs: Inputs, complete: list[dict], matrix: list, ranks: list[int]) -> dict[str, Any] | None:
    """For the last inside and the first outside the quota: how far each weight must move until they tie."""
    quota = inputs["quota"]
    order = sorted(range(len(ranks)), key=lambda row: (ranks[row], complete[row]["village"], complete[row]["id"]))
    if len(order) <= quota:
        return None
    weights, directions, goalposts = frame_of(inputs)
    inside, outside = order[quota - 1], order[quota]
    normalised = normalise(matrix, directions, goalposts=goalposts)
    return {
        "inside": complete[inside]["id"],
        "outside": complete[outside]["id"],
        "changes": critical_weight_changes(normalised, weights, inside, outside),
    }


def _same_order(before: list[int], after: list[int]) -> bool:
    """Whether two lists of ranks order the same rows alike (the numbers may shift, the order may not)."""
    rows = range(len(before))
    return sorted(rows, key=lambda r: (before[r], r)) == sorted(rows, key=lambda r: (after[r], r))
