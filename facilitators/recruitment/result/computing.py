"""The result of a round from its inputs alone: gate, parts, final score, places, agreement. No names, no database.

``inputs`` is plain JSON (``inputs.selection_inputs`` writes it), so that a stored result can be computed again.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import groupby
from operator import itemgetter
from typing import Any

from p2emas.methods.agreement import icc, panel_z_scores, t_score
from p2emas.methods.ranks import competition_ranks
from p2emas.methods.selection import panel_mean, serial_choice, weighted_score

Inputs = Mapping[str, Any]
Results = dict[str, Any]
DOSSIER, INTERVIEW = "DOSSIER", "INTERVIEW"
PARTS = (DOSSIER, INTERVIEW)
POOR_AGREEMENT = 0.5  # Koo & Li (2016): below it the panel's mean says little


def compute_selection(inputs: Inputs) -> Results:
    """Lines in order of the final score, reserves of each place, ties at the line, and agreement of each panel."""
    lines = [_line(row, inputs) for row in inputs["applications"]]
    inside = [line for line in lines if not line["gate"]]
    ratings = {part: [_ratings(line, part, inputs) for line in inside] for part in PARTS}
    for part in PARTS:
        _judge(part, inside, ratings[part])
    _score(inside, inputs)
    order = _ranked(inside)
    placing = _places(order, inputs)
    tied = contested(order, inputs)
    for line in lines:
        line["tied"] = line["id"] in tied
    agreement = _agreements(inside, ratings, inputs)
    return {
        "lines": [*order, *_unranked(lines)],
        "reserves": placing["reserves"],
        "reserve_order": placing["order"],
        "tied": sorted(tied),
        "again": sorted(tied - _interviewed_again(inputs)),
        "agreement": agreement,
        "doubtful": bool(tied) and any(_is_poor(row) for row in agreement),
    }


def _unranked(lines: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted((line for line in lines if line["rank"] is None), key=lambda line: line["number"])


def _line(row: Mapping[str, Any], inputs: Inputs) -> dict[str, Any]:
    """The gate first: who stays below the pass mark of the test is not ranked, even with the highest marks."""
    test = row["test"]
    below = test is not None and test < inputs["pass_mark"]
    empty: dict[str, object] = {"raw": None, "z": None, "t": None, "each": {}, "missing": []}
    return {
        "id": row["id"],
        "number": row["number"],
        "panel": row["panel"],
        "gate": "TEST" if below else "",
        "test": test,
        "parts": {part: dict(empty) for part in PARTS},
        "final": None,
        "rank": None,
        "check": None,
        "check_rank": None,
        "place": None,
        "wish": None,
    }


def _ratings(line: Mapping[str, Any], part: str, inputs: Inputs) -> list[Fraction | None]:
    """Each panellist's score of one part, 0 to 100; None without a whole sheet (a conflict, somebody absent)."""
    row = next(row for row in inputs["applications"] if row["id"] == line["id"])
    weights = {str(each["id"]): Fraction(str(each["weight"])) for each in inputs["criteria"] if each["part"] == part}
    return [_sheet(row["sheets"][part].get(str(seat["number"])), weights, inputs["scale"]) for seat in inputs["seats"]]


def _sheet(scores: Mapping[str, int] | None, weights: Mapping[str, Fraction], scale: str) -> Fraction | None:
    asked = {key: weight for key, weight in weights.items() if weight}
    if scores is None or not asked or any(key not in scores for key in asked):
        return None
    total = sum((weight * mark_points(scores[key], scale) for key, weight in asked.items()), Fraction())
    return total / sum(asked.values(), Fraction())


def mark_points(score: int, scale: str) -> Fraction:
    """A mark of 1 to 5 as 0 to 100; one of 0 to 100 as it is."""
    return Fraction(score - 1, 4) * 100 if scale == "FIVE" else Fraction(score)


def _judge(part: str, lines: Sequence[dict[str, Any]], ratings: Sequence[Sequence[Fraction | None]]) -> None:
    """Into each line the panel's mean, and the same freed from how severe each panellist is."""
    for line, row, z_row in zip(lines, ratings, panel_z_scores(ratings), strict=True):
        known = [z for z in z_row if z is not None]
        line["parts"][part] |= {
            "raw": panel_mean(row),
            "z": float(sum(map(Fraction, known), Fraction()) / len(known)) if known else None,
            "t": t_score(z_row),
            "each": {str(seat): _float(value) for seat, value in enumerate(row, start=1) if value is not None},
        }


def _score(lines: Sequence[dict[str, Any]], inputs: Inputs) -> None:
    """The final score, and beside it the other way of judging (z with one panel, plain means with several)."""
    barred = {row["id"]: set(row["barred"]) for row in inputs["applications"]}
    split = inputs["panels"] > 1
    for line in lines:
        raw, standardised = _final(line, "raw", inputs), _final(line, "t", inputs)
        line["final"], line["check"] = (standardised, raw) if split else (raw, standardised)
        asked = [number for number in _seats_of(line["panel"], inputs) if number not in barred[line["id"]]]
        for part in line["parts"].values():
            part["missing"] = [number for number in asked if str(number) not in part["each"]]
    _rank(lines, "final", "rank")
    _rank(lines, "check", "check_rank")


def _seats_of(panel: int, inputs: Inputs) -> list[int]:
    return [seat["number"] for seat in inputs["seats"] if seat["panel"] == panel]


def _rank(lines: Sequence[dict[str, Any]], mark: str, rank: str) -> None:
    known = [line for line in lines if line[mark] is not None]
    for line, place in zip(known, competition_ranks([line[mark] for line in known]), strict=True):
        line[rank] = place


def _final(line: Mapping[str, Any], mark: str, inputs: Inputs) -> float | None:
    """Parts that the round gives no weight are not asked for."""
    parts = {"test": line["test"], "dossier": line["parts"][DOSSIER][mark], "interview": line["parts"][INTERVIEW][mark]}
    asked = [name for name in parts if inputs["weights"][name] > 0]
    return weighted_score([parts[name] for name in asked], [inputs["weights"][name] for name in asked])


def _ranked(lines: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    known = [line for line in lines if line["rank"] is not None]
    return sorted(known, key=lambda line: (line["rank"], line["number"], line["id"]))


def _places(order: Sequence[dict[str, Any]], inputs: Inputs) -> dict[str, Any]:
    """Into each line its place and the wish that it meets; the reserves of each place, as many as are kept."""
    wishes = {row["id"]: row for row in inputs["applications"]}
    choices = {line["id"]: (wishes[line["id"]]["wishes"], wishes[line["id"]]["anywhere"]) for line in order}
    numbers: dict[Hashable, int] = {place["id"]: place["number"] for place in inputs["places"]}
    placing = serial_choice([line["id"] for line in order], choices, numbers)
    for line in order:
        line["place"] = placing.placed.get(line["id"])
        line["wish"] = _wish_met(line["place"], wishes[line["id"]]["wishes"])
    reserves = {str(place): rows[: inputs["reserve_quota"]] for place, rows in placing.reserves.items()}
    kept = {row for rows in reserves.values() for row in rows}
    return {"reserves": reserves, "order": [line["id"] for line in order if line["id"] in kept]}


def _wish_met(place: int | None, wishes: Sequence[int]) -> int | None:
    """Which of the wishes the place is: 1 for the first, 0 for a place that was not named, None without a place."""
    if place is None:
        return None
    return wishes.index(place) + 1 if place in wishes else 0


def contested(order: Sequence[Mapping[str, Any]], inputs: Inputs) -> set[int]:
    """Applicants with equal final scores whose order, which is unknown, would decide who gets what.

    Each group of equals is harmless when every one of it gets what it would get as the first of its group.
    """
    wishes = {row["id"]: row for row in inputs["applications"]}
    free: dict[int, int] = {place["id"]: place["number"] for place in inputs["places"]}
    found: set[int] = set()
    for _place, equals in groupby(order, key=itemgetter("rank")):
        group = [line["id"] for line in equals]
        wanted = {each: place for each in group if (place := _first_free(wishes[each], free)) is not None}
        if any(count > free[place] for place, count in Counter(wanted.values()).items()):
            found |= wanted.keys()
        for each in group:
            place = _first_free(wishes[each], free)
            if place is not None:
                free[place] -= 1
    return found


def _first_free(row: Mapping[str, Any], free: Mapping[int, int]) -> int | None:
    named = [*row["wishes"], *(free if row["anywhere"] else ())]
    return next((place for place in named if free[place]), None)


def _interviewed_again(inputs: Inputs) -> set[int]:
    return {row["id"] for row in inputs["applications"] if row["attempts"] > 1}


def _panels(inputs: Inputs) -> list[int]:
    return sorted({seat["panel"] for seat in inputs["seats"]})


def _agreements(
    lines: Sequence[dict[str, Any]], ratings: Mapping[str, Sequence[Sequence[Fraction | None]]], inputs: Inputs
) -> list[Results]:
    return [_agreement(part, panel, lines, ratings[part], inputs) for part in PARTS for panel in _panels(inputs)]


def _agreement(part: str, panel: int, lines: Sequence[Mapping], ratings: Sequence[Sequence], inputs: Inputs) -> Results:
    """ICC(2,k) of one panel in one part; None where too little is known (fewer than 3 applicants or 2 panellists)."""
    columns = [place for place, seat in enumerate(inputs["seats"]) if seat["panel"] == panel]
    rows = [
        [row[column] for column in columns] for line, row in zip(lines, ratings, strict=True) if line["panel"] == panel
    ]
    found = icc(rows)
    return {
        "part": part,
        "panel": panel,
        "icc": found.icc_2_k if found else None,
        "n": found.n if found else sum(None not in row for row in rows),
        "k": len(columns),
    }


def _is_poor(row: Mapping[str, Any]) -> bool:
    return row["icc"] is not None and row["icc"] < POOR_AGREEMENT


def _float(value: Fraction) -> float:
    return float(value)
