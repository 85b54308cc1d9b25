"""Is a decision still the same? Compare stored results with a new calculation, stored inputs with today's figures."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from districts.locations.ranking.computing import Inputs, inputs_of, standing_of
from districts.locations.ranking.sensitivity import sensitivity_of
from districts.locations.rounds.criteria import RankingRun
from districts.locations.rounds.models import SelectionRound
from p2emas.methods.comparing import differences

ROUND_WORDS = {"quota": "kuota", "seed": "angka awal simulasi"}
CRITERION_WORDS = {
    "direction": "arah", "weight": "bobot", "low": "batas bawah", "high": "batas atas",
}  # fmt: skip
DRAWN_AGAIN_UP_TO = 50  # candidates; the draws of more take seconds, which no page should


@dataclass(frozen=True)
class RankingReplay:
    """A stored run computed again, and what today's figures would say.

    ``same``: every stored figure agrees with the new calculation to 1e-9. ``drawn``: the random draws were repeated
    too. ``changes``: figures that differ from the stored inputs (where, what, old, new). ``enters`` and ``leaves``:
    villages that today's figures would put on the other side of the quota line.
    """

    run: RankingRun
    same: bool
    drawn: bool
    changes: list[tuple[str, str, Any, Any]]
    enters: list[str]
    leaves: list[str]


def replay_of(run: RankingRun, now: Inputs) -> RankingReplay:
    drawn = len(run.inputs["candidates"]) <= DRAWN_AGAIN_UP_TO
    again = sensitivity_of(run.inputs, draws=run.draws if drawn else 1)
    stored = dict(run.results or {})
    if not drawn:
        stored.pop("in_quota", None)
        again.pop("in_quota", None)
    before, after = _inside(run.inputs), _inside(now)
    return RankingReplay(
        run=run,
        same=not any(differences(stored, again)),
        drawn=drawn,
        changes=changes_since(run.inputs, now),
        enters=sorted(after[key] for key in after.keys() - before.keys()),
        leaves=sorted(before[key] for key in before.keys() - after.keys()),
    )


def changes_from(selection: SelectionRound, digest: str) -> list[tuple[str, str, Any, Any]]:
    """What differs between the ranking of ``digest``, where its run is kept, and today's figures."""
    shown = selection.runs.filter(digest=digest).first()
    return changes_since(shown.inputs, inputs_of(selection)) if shown else []


def _inside(inputs: Inputs) -> dict[int, str]:
    """Candidates inside the quota, by number: two villages may share a name."""
    ranked = standing_of(inputs).ranked if inputs["criteria"] else []
    return {line.id: f"{line.village} ({line.district})" for line in ranked if line.placed}


def changes_since(stored: Inputs, now: Inputs) -> list[tuple[str, str, Any, Any]]:
    """Which figures differ between the inputs of a decision and today's: (where, what, old, new)."""
    found: list[tuple[str, str, Any, Any]] = []
    _compare(found, "", stored, now, ROUND_WORDS)
    if stored["tie_break"] != now["tie_break"]:
        found.append(("", "penentu bila nilai sama", _rule(stored), _rule(now)))
    old_criteria, new_criteria = _by_id(stored["criteria"]), _by_id(now["criteria"])
    for key in old_criteria.keys() | new_criteria.keys():
        name = (old_criteria.get(key) or new_criteria[key])["name"]
        _compare(found, name, old_criteria.get(key, {}), new_criteria.get(key, {}), CRITERION_WORDS)
    found += _changed_values(stored, now)
    return found


def _changed_values(stored: Inputs, now: Inputs) -> Iterator[tuple[str, str, Any, Any]]:
    """Candidates that came or went, and the values of the others that differ."""
    order = [criterion["id"] for criterion in now["criteria"]]
    names = {criterion["id"]: criterion["name"] for criterion in [*stored["criteria"], *now["criteria"]]}
    before, after = _values(stored), _values(now)
    villages = {c["id"]: c["village"] for c in [*stored["candidates"], *now["candidates"]]}
    for key in sorted(before.keys() | after.keys(), key=lambda each: (villages[each], each)):
        old, new = before.get(key), after.get(key)
        if old is None or new is None:
            yield villages[key], "", "calon" if old else None, "calon" if new else None
            continue
        for criterion in [*order, *sorted(old.keys() - set(order))]:
            if old.get(criterion) != new.get(criterion):
                yield villages[key], names[criterion], old.get(criterion), new.get(criterion)


def _compare(found: list, where: str, old: dict, new: dict, words: Mapping[str, Any]) -> None:
    found += [(where, word, old.get(k), new.get(k)) for k, word in words.items() if old.get(k) != new.get(k)]


def _rule(inputs: Inputs) -> str:
    names = {criterion["id"]: criterion["name"] for criterion in inputs["criteria"]}
    return names.get(inputs["tie_break"], "tidak ada")


def _by_id(rows: list[dict]) -> dict[int, dict]:
    return {row["id"]: row for row in rows}


def _values(inputs: Inputs) -> dict[int, dict[int, float | None]]:
    ids = [criterion["id"] for criterion in inputs["criteria"]]
    return {candidate["id"]: dict(zip(ids, candidate["values"], strict=True)) for candidate in inputs["candidates"]}
