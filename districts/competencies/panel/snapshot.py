"""What a determination is computed from, as plain JSON: figures, options, criteria, weights, values, scores."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from districts.competencies.analysis.computing import Analysis, CommodityLine, Figure, FiguresRefused, Goods, analyse
from districts.competencies.analysis.reading import Evidence, EvidenceScope, evidence_within
from districts.competencies.models import CompetencyDetermination
from districts.competencies.panel.analyses import DeterminationAnalysis, listed
from districts.competencies.panel.models import (
    CompetencyOption,
    DeterminationCriterion,
    InapplicableCriterion,
    PanelScore,
)
from districts.evidence.measures import unit_of

VERSION, SEVERAL = 1, 2  # with one measure over everything, and with analyses
Measured = DeterminationCriterion.Figure
Part = Mapping[str, Any]


@dataclass(frozen=True)
class FreshAnalysis:
    """An analysis of a determination over today's figures. ``row`` is None where it uses its own measure."""

    row: DeterminationAnalysis | None
    lines: tuple[CommodityLine, ...]
    refusal: str = ""

    @property
    def key(self) -> int | None:
        return self.row.pk if self.row else None


def fresh_analyses(record: CompetencyDetermination) -> list[FreshAnalysis]:
    """Each by itself: one that is refused says why and leaves the others alone."""
    rows: Sequence[DeterminationAnalysis | None] = listed(record) or [None]
    return [_fresh(record, row, each) for row, each in zip(rows, _evidence(record, rows), strict=True)]


def _fresh(record: CompetencyDetermination, row: DeterminationAnalysis | None, evidence: Evidence) -> FreshAnalysis:
    try:
        found = evidence.analysis(record.district_id, record.first_year or 0, record.last_year or 0)
    except FiguresRefused as refusal:
        return FreshAnalysis(row, (), str(refusal))
    return FreshAnalysis(row, found.lines)


def _evidence(record: CompetencyDetermination, rows: Sequence[DeterminationAnalysis | None]) -> list[Evidence]:
    scopes = [row.scope if row else EvidenceScope(record.measure) for row in rows]
    return evidence_within(scopes, record.first_year or 0, record.last_year or 0)


def frozen_parts(inputs: Mapping[str, Any]) -> list[Part]:
    """The frozen analyses, each with its unit and figures; without any the inputs themselves are the only one."""
    return inputs.get("analyses", [inputs])


def evidence_today(inputs: Mapping[str, Any]) -> list[Evidence]:
    """Today's figures of each of ``frozen_parts(inputs)``."""
    scopes = [
        EvidenceScope(part["measure"], part.get("sector", ""), tuple(part.get("listed", ())))
        for part in frozen_parts(inputs)
    ]
    return evidence_within(scopes, inputs["first"], inputs["last"])


def take_inputs(record: CompetencyDetermination) -> dict[str, Any]:
    """Freeze figures, options, criteria and weights as they are now, with the values computed from the figures.

    Raises ``FiguresRefused`` when a criterion asks for a figure and the figures cannot be analysed.
    """
    options = list(record.options.select_related("commodity"))
    analyses = listed(record)
    rows = _named_by(options, analyses)
    inputs: dict[str, Any] = {
        "version": SEVERAL if analyses else VERSION,
        "district": record.district_id,
        "first": record.first_year,
        "last": record.last_year,
        "options": [_option(row, names_analysis=bool(analyses)) for row in options],
        "criteria": [_criterion(row) for row in record.criteria.all()],
        "values": {},
    }
    if analyses:
        inputs["analyses"] = [_part(row) for row in rows if row]
    else:
        inputs |= {"measure": record.measure, "unit": unit_of(record.measure)}
    inputs = with_figures(inputs, _evidence(record, rows))
    if inapplicable := _inapplicable(record):
        inputs["inapplicable"] = inapplicable
    return _valued(inputs)


def _named_by(
    options: list[CompetencyOption], analyses: list[DeterminationAnalysis]
) -> Sequence[DeterminationAnalysis | None]:
    """The analyses that options name; None is the determination's own measure, where there are none."""
    named = {option.analysis_id for option in options}
    return [row for row in analyses if row.pk in named] if analyses else [None]


def _valued(inputs: dict[str, Any]) -> dict[str, Any]:
    """With the values of the figures, where a criterion asks for one."""
    if any(criterion["figure"] for criterion in inputs["criteria"]):
        found = analyses_of_inputs(inputs)
        _refuse_without_figures(inputs, found)
        inputs["values"] = _values(inputs, found)
    return inputs


def with_figures(inputs: Mapping[str, Any], evidence: Sequence[Evidence]) -> dict[str, Any]:
    """``inputs`` over other figures, one ``Evidence`` for each of its parts; of all together the names."""
    filled = [
        {**part, "figures": [_figure(figure) for figure in each.figures]}
        for part, each in zip(frozen_parts(inputs), evidence, strict=True)
    ]
    several = {"analyses": filled} if "analyses" in inputs else {"figures": filled[0]["figures"]}
    return {**inputs, **several, **_names_in(evidence)}


def _names_in(evidence: Sequence[Evidence]) -> dict[str, dict[str, Any]]:
    """Districts by name, and the commodities with figures and their groups."""
    if not evidence:
        return {"districts": {}, "commodities": {}}
    goods = evidence[0].commodities  # the same for all
    present = _with_groups({figure.commodity for each in evidence for figure in each.figures}, goods)
    return {
        "districts": {str(pk): name for pk, name in evidence[0].districts.items()},
        "commodities": {str(pk): [goods[pk].name, goods[pk].sector, goods[pk].parent] for pk in sorted(present)},
    }


def _part(row: DeterminationAnalysis) -> dict[str, Any]:
    scope = row.scope
    return {
        "id": row.pk,
        "name": row.name,
        "measure": scope.measure,
        "unit": unit_of(scope.measure),
        "sector": scope.sector,
        "listed": list(scope.commodities),
        "figures": [],
    }


def _option(row: CompetencyOption, *, names_analysis: bool) -> dict[str, Any]:
    """What is stored of an option. Without analyses no key may come: older ones are compared with themselves."""
    kept = {"id": row.pk, "commodity": row.commodity_id, "name": row.commodity.name, "note": row.note}
    return kept | ({"analysis": row.analysis_id} if names_analysis else {})


def _refuse_without_figures(inputs: Mapping[str, Any], found: Mapping[int | None, Analysis]) -> None:
    """An option that names an analysis which has no figure of it: the list was changed, or its figures are gone."""
    names = {part.get("id"): part.get("name") for part in frozen_parts(inputs)}
    for option in inputs["options"]:
        key = option.get("analysis")
        if key is not None and found[key].line(option["commodity"]) is None:
            raise FiguresRefused(
                f"{option['name'].capitalize()} tidak punya angka di hitungan {names[key]}. Susun pilihannya lagi."
            )


def _inapplicable(record: CompetencyDetermination) -> dict[str, dict[str, str]]:
    """Option -> criterion -> why it does not apply."""
    found: dict[str, dict[str, str]] = {}
    for row in InapplicableCriterion.objects.of(record):
        found.setdefault(str(row.option_id), {})[str(row.criterion_id)] = row.reason
    return found


def values_from(inputs: Mapping[str, Any]) -> dict[str, dict[str, float | None]]:
    """Option -> figure -> value, recomputed from the figures in ``inputs``. Raises ``FiguresRefused``."""
    return _values(inputs, analyses_of_inputs(inputs))


def _values(inputs: Mapping[str, Any], found: Mapping[int | None, Analysis]) -> dict[str, dict[str, float | None]]:
    """Each option by the analysis that it names; none at all for a craft that names none beside analyses."""
    return {str(option["id"]): evidence_values(_line_of(option, found)) for option in inputs["options"]}


def _line_of(option: Mapping[str, Any], found: Mapping[int | None, Analysis]) -> CommodityLine | None:
    analysis = found.get(option.get("analysis"))
    return analysis.line(option["commodity"]) if analysis else None


def evidence_values(line: CommodityLine | None) -> dict[str, float | None]:
    """The figures that a criterion may ask for; all None for a craft without any."""
    if line is None:
        return dict.fromkeys(Measured.values)
    competitive = line.change.competitive_share if line.change else None
    return {
        Measured.LQ.value: line.lq,
        Measured.DLQ.value: line.dlq,
        Measured.DISTRICT_SHARE.value: _percent(line.share),
        Measured.REGENCY_SHARE.value: _percent(line.regency_share),
        Measured.COMPETITIVE.value: _percent(competitive),
    }


def analyses_of_inputs(inputs: Mapping[str, Any]) -> dict[int | None, Analysis]:
    return {part.get("id"): _analysis_of(inputs, part) for part in frozen_parts(inputs)}


def _analysis_of(inputs: Mapping[str, Any], part: Part) -> Analysis:
    try:
        return analyse(
            [Figure(d, c, y, part["unit"], _decimal(value), sample) for d, c, y, value, sample in part["figures"]],
            district=inputs["district"],
            first=inputs["first"],
            last=inputs["last"],
            districts={int(pk): name for pk, name in inputs["districts"].items()},
            commodities={int(pk): Goods(*goods) for pk, goods in inputs["commodities"].items()},
        )
    except FiguresRefused as refusal:
        if "analyses" not in inputs:
            raise
        raise FiguresRefused(f"Hitungan {part['name']}: {refusal}") from refusal


def take_scores(record: CompetencyDetermination) -> dict[str, Any]:
    """The panel's scores by number of the assessor, without names."""
    seats = {pk: number for number, pk in enumerate(record.seats.order_by("pk").values_list("pk", flat=True), start=1)}
    scores = PanelScore.objects.of(record).values_list("option", "criterion", "seat", "score")
    rows = [[option, criterion, seats[seat], score] for option, criterion, seat, score in scores]
    return {"assessors": len(seats), "scores": rows}


def _criterion(row: DeterminationCriterion) -> dict[str, Any]:
    return {
        "id": row.pk,
        "name": row.name,
        "kind": row.kind,
        "figure": row.figure,
        "weight": str(row.weight),
        "low": str(row.low),
        "high": str(row.high),
    }


def _figure(figure: Figure) -> list[Any]:
    value = None if figure.value is None else str(figure.value)
    return [figure.district, figure.commodity, figure.year, value, figure.is_sample]


def _with_groups(present: Iterable[int], commodities: Mapping[int, Goods]) -> set[int]:
    """The commodities and everything above them."""
    found = set(present)
    for commodity in present:
        above = commodities[commodity].parent
        while above is not None and above not in found and above in commodities:
            found.add(above)
            above = commodities[above].parent
    return found


def _decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _percent(share: float | None) -> float | None:
    return None if share is None else share * 100
