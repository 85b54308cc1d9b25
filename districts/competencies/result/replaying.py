""" "Hitung ulang": the stored result computed again from the stored inputs, and the stored figures against today's."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from districts.competencies.analysis.computing import FiguresRefused
from districts.competencies.analysis.reading import Evidence
from districts.competencies.analysis.words import join_words
from districts.competencies.models import CompetencyDetermination
from districts.competencies.panel.computing import compute
from districts.competencies.panel.snapshot import Part, evidence_today, frozen_parts, values_from, with_figures
from p2emas.methods.comparing import differences
from p2emas.ui import formats


@dataclass(frozen=True)
class Difference:
    """One figure by name, as it was stored and as it is now."""

    what: str
    old: str
    new: str


@dataclass(frozen=True)
class Replay:
    differences: list[Difference]  # of the computation; empty = sama
    changed: list[Difference]  # of the figures since
    winners: str
    winners_today: str
    refusal: str  # today's figures cannot be analysed

    @property
    def is_same(self) -> bool:
        return not self.differences

    @property
    def winner_moves(self) -> bool:
        return self.winners != self.winners_today


def replay_result(record: CompetencyDetermination) -> Replay:
    inputs, results = record.inputs or {}, record.results or {}
    asks_figures = any(criterion["figure"] for criterion in inputs["criteria"])
    values = values_from(inputs) if asks_figures else {}
    again = compute(inputs | {"values": values})
    found = [
        *_differences(inputs["values"], values, "Angka", _option_names(inputs)),
        *_differences(results, again, "Hasil", _option_names(inputs)),
    ]
    fresh = evidence_today(inputs)
    changed = [
        row for part, each in zip(frozen_parts(inputs), fresh, strict=True) for row in _changed(inputs, part, each)
    ]
    refusal, today = "", again
    if changed and asks_figures:
        try:
            today = compute(inputs | {"values": values_from(with_figures(inputs, fresh))})
        except FiguresRefused as error:
            refusal = str(error)
    return Replay(found, changed, _winners(again), _winners(today), refusal)


def _changed(inputs: Mapping[str, Any], part: Part, evidence: Evidence) -> Iterator[Difference]:
    """Which figures are not what the decision rested on: changed, added, gone."""
    old = {tuple(row[:3]): Decimal(row[3]) for row in part["figures"] if row[3] is not None}
    new = {(f.district, f.commodity, f.year): f.value for f in evidence.figures if f.value is not None}
    names = {int(pk): goods[0] for pk, goods in inputs["commodities"].items()}
    names |= {pk: goods.name for pk, goods in evidence.commodities.items()}
    places = {int(pk): name for pk, name in inputs["districts"].items()} | evidence.districts
    for key in sorted(old.keys() | new.keys(), key=lambda key: (places[key[0]], names[key[1]], key[2])):
        if old.get(key) != new.get(key):
            what = f"{names[key[1]].capitalize()}, {places[key[0]]}, {key[2]} ({part['unit']})"
            yield Difference(what, formats.number(old.get(key), 3), formats.number(new.get(key), 3))


def _differences(old: Any, new: Any, where: str, names: Mapping[str, str]) -> Iterator[Difference]:
    for path, one, other in differences(old, new):
        yield Difference(", ".join([where, *(str(names.get(str(key), key)) for key in path)]), _text(one), _text(other))


def _text(value: Any) -> str:
    return formats.number(value, 9) if value is None or isinstance(value, int | float) else str(value)


def _option_names(inputs: Mapping[str, Any]) -> dict[str, str]:
    return {str(option["id"]): option["name"] for option in inputs["options"]}


def _winners(results: Mapping[str, Any]) -> str:
    names = {row["option"]: row["name"] for row in results["rows"]}
    return join_words([names[option] for option in results["winners"]]) or "–"
