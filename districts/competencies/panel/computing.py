"""From stored inputs to the result of a determination: weighted scores, sensitivity, agreement of the panel.

Inputs and results are plain JSON, so that a decision can always be recomputed from what it was made on. Nothing here
reads the database.
"""

import math
from collections.abc import Iterable, Mapping
from typing import Any

from p2emas.methods.agreement import icc
from p2emas.methods.applicability import saw_where_applicable, weight_changes_where_applicable
from p2emas.methods.bounds import Bounds, score_bounds
from p2emas.methods.ranking import Ranking, saw, weight_changes
from p2emas.methods.sensitivity import WeightChange

Json = dict[str, Any]
PANEL = "PANEL"


def compute(inputs: Mapping[str, Any]) -> Json:
    """Scores, ranks and contributions of the complete options, bounds of all, sensitivity and agreement.

    An option with a missing value is not ranked: its ``low`` and ``high`` say what the gap could make of it.
    """
    options, criteria = inputs["options"], inputs["criteria"]
    matrix = _matrix(inputs)
    weights = [float(criterion["weight"]) for criterion in criteria]
    posts = [(float(criterion["low"]), float(criterion["high"])) for criterion in criteria]
    ways = [1] * len(criteria)
    bounds = score_bounds(matrix, weights, ways, goalposts=posts, quota=1)
    left_out = [_left_out(inputs, option) for option in options]
    rows = [_row(*row) for row in zip(options, matrix, bounds, left_out, strict=True)]
    complete = [row for row in rows if not row["missing"]]
    changes = _ranked(complete, weights, posts) if complete else []
    total = math.fsum(weights)
    return {
        "rows": rows,
        "shares": [weight / total for weight in weights],
        "winners": [row["option"] for row in complete if row["rank"] == 1],
        "changes": changes,
        "agreement": _agreement(inputs, weights),
    }


def _matrix(inputs: Mapping[str, Any]) -> list[list[float | None]]:
    """A row for each option, a column for each criterion."""
    return [[value_of(inputs, option, criterion) for criterion in inputs["criteria"]] for option in inputs["options"]]


def value_of(inputs: Mapping[str, Any], option: Mapping[str, Any], criterion: Mapping[str, Any]) -> float | None:
    """The stored figure, or the mean of the assessors' scores; None too where the criterion does not apply."""
    if str(criterion["id"]) in inputs.get("inapplicable", {}).get(str(option["id"]), {}):
        return None
    if criterion["kind"] == PANEL:
        return _mean(scores_of(inputs, option["id"], criterion["id"]))
    return inputs["values"].get(str(option["id"]), {}).get(criterion["figure"])


def scores_of(inputs: Mapping[str, Any], option: int, criterion: int) -> list[float]:
    """One score an assessor, in the order of their numbers."""
    found = [row for row in inputs.get("scores", []) if row[0] == option and row[1] == criterion]
    return [score for _option, _criterion, _seat, score in sorted(found, key=lambda row: row[2])]


def _left_out(inputs: Mapping[str, Any], option: Mapping[str, Any]) -> dict[int, str]:
    """Place of each criterion that does not apply to the option, and why."""
    reasons = inputs.get("inapplicable", {}).get(str(option["id"]), {})
    places = {str(criterion["id"]): place for place, criterion in enumerate(inputs["criteria"])}
    return {places[criterion]: reason for criterion, reason in reasons.items()}


def _row(option: Mapping[str, Any], values: list[float | None], bound: Bounds, left_out: Mapping[int, str]) -> Json:
    """What is stored of an option. Of a finished determination no key may come or go: it is compared with itself."""
    return {
        "option": option["id"],
        "commodity": option["commodity"],
        "name": option["name"],
        "values": values,
        "missing": [place for place, value in enumerate(values) if value is None and place not in left_out],
        "score": None,
        "rank": None,
        "contributions": None,
        "low": bound.low,
        "high": bound.high,
        "best_rank": bound.best_rank,
        "worst_rank": bound.worst_rank,
    } | ({"inapplicable": [[place, reason] for place, reason in left_out.items()]} if left_out else {})


def _ranked(complete: list[Json], weights: list[float], posts: list[tuple[float, float]]) -> list[Json]:
    """Ranks the rows; what changed weights make of them."""
    values, ways = [row["values"] for row in complete], [1] * len(weights)
    if not any("inapplicable" in row for row in complete):
        _rank(complete, saw(values, weights, ways, goalposts=posts))
        return _changes(complete, weight_changes(values, weights, ways, goalposts=posts, quota=1))
    found = saw_where_applicable(values, weights, ways, goalposts=posts)
    _rank(complete, found.spread)
    for row, own, score, rank in zip(complete, found.weights, found.worst.scores, found.worst.ranks, strict=True):
        if "inapplicable" in row:
            row |= {"shares": own, "worst_case": {"score": score, "rank": rank}}
    for row, is_sensitive in zip(complete, found.sensitive, strict=True):
        row["sensitive"] = is_sensitive
    return _changes(complete, weight_changes_where_applicable(values, weights, ways, goalposts=posts))


def _rank(complete: list[Json], ranking: Ranking) -> None:
    for place, row in enumerate(complete):
        contributions = (ranking.contributions or [])[place]
        row |= {"score": ranking.scores[place], "rank": ranking.ranks[place], "contributions": contributions}


def _changes(complete: list[Json], found: Iterable[WeightChange]) -> list[Json]:
    return [
        {
            "criterion": change.criterion,
            "change": change.change,
            "winners": [row["option"] for row, rank in zip(complete, change.ranks, strict=True) if rank == 1],
            "kendall_tau": change.kendall_tau,
        }
        for change in found
    ]


def _agreement(inputs: Mapping[str, Any], weights: list[float]) -> Json:
    """ICC over the options: of each assessor's weighted mean, and of each PANEL criterion alone."""
    panel = [
        (criterion, weight)
        for criterion, weight in zip(inputs["criteria"], weights, strict=True)
        if criterion["kind"] == PANEL
    ]
    assessors = inputs.get("assessors", 0)
    panel_weights = [weight for _criterion, weight in panel]
    by_option = []
    for option in inputs["options"]:
        lists = [scores_of(inputs, option["id"], criterion["id"]) for criterion, _weight in panel]
        if any(panel_weights) and all(len(scores) == assessors for scores in lists):
            by_option.append(_weighted_means(lists, panel_weights))
    single = {
        str(criterion["id"]): _icc([scores_of(inputs, option["id"], criterion["id"]) for option in inputs["options"]])
        for criterion, _weight in panel
    }
    return {"assessors": assessors, "options": len(by_option), "all": _icc(by_option), "criteria": single}


def _weighted_means(scores: list[list[float]], weights: list[float]) -> list[float]:
    """Mean over the criteria for each assessor; ``scores`` holds one list for each criterion."""
    total = math.fsum(weights)
    return [
        math.fsum(weight * score for weight, score in zip(weights, column, strict=True)) / total
        for column in zip(*scores, strict=True)
    ]


def _icc(ratings: list[list[float]]) -> Json | None:
    found = icc(ratings) if ratings and ratings[0] and len({len(row) for row in ratings}) == 1 else None
    return {"one": found.icc_2_1, "mean": found.icc_2_k} if found else None


def _mean(values: list[float]) -> float | None:
    return math.fsum(values) / len(values) if values else None
