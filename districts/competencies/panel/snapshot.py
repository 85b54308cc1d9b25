"""What a determination is computed from, as plain JSON: figures, options, criteria, weights, values, scores."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from districts.competencies.analysis.computing import Analysis, CommodityLine, Figure, Goods, analyse
from districts.competencies.analysis.reading import Evidence, evidence_of
from districts.competencies.models import CompetencyDetermination
from districts.competencies.panel.models import DeterminationCriterion, InapplicableCriterion, PanelScore
from districts.evidence.measures import unit_of

VERSION = 1
Measured = DeterminationCriterion.Figure


def evidence_for(record: CompetencyDetermination) -> Evidence:
    """Today's figures of the determination's measure and years."""
    return evidence_of(record.measure, record.first_year or 0, record.last_year or 0)


def analysis_for(record: CompetencyDetermination) -> Analysis:
    """Raises ``Refused``."""
    return evidence_for(record).analysis(record.district_id, record.first_year or 0, record.last_year or 0)


def take_inputs(record: CompetencyDetermination) -> dict[str, Any]:
    """Freeze figures, options, criteria and weights as they are now, with the values computed from the figures.

    Raises ``Refused`` when a criterion asks for a figure and the figures cannot be analysed.
    """
    evidence = evidence_for(record)
    criteria = [_criterion(row) for row in record.criteria.all()]
    options = [
        {"id": row.pk, "commodity": row.commodity_id, "name": row.commodity.name, "note": row.note}
        for row in record.options.select_related("commodity")
    ]
    present = {figure.commodity for figure in evidence.figures}
    inputs = {
        "version": VERSION,
        "district": record.district_id,
        "measure": record.measure,
        "unit": unit_of(record.measure),
        "first": record.first_year,
        "last": record.last_year,
        "districts": {str(pk): name for pk, name in evidence.districts.items()},
        "commodities": {
            str(pk): [goods.name, goods.sector, goods.parent]
            for pk, goods in evidence.commodities.items()
            if pk in _with_groups(present, evidence.commodities)
        },
        "figures": [_figure(figure) for figure in evidence.figures],
        "options": options,
        "criteria": criteria,
        "values": {},
    }
    if inapplicable := _inapplicable(record):
        inputs["inapplicable"] = inapplicable
    if any(criterion["figure"] for criterion in criteria):
        inputs["values"] = values_from(inputs)
    return inputs


def _inapplicable(record: CompetencyDetermination) -> dict[str, dict[str, str]]:
    """Option -> criterion -> why it does not apply."""
    found: dict[str, dict[str, str]] = {}
    for row in InapplicableCriterion.objects.of(record):
        found.setdefault(str(row.option_id), {})[str(row.criterion_id)] = row.reason
    return found


def values_from(inputs: Mapping[str, Any]) -> dict[str, dict[str, float | None]]:
    """Option -> figure -> value, recomputed from the figures in ``inputs``. Raises ``Refused``."""
    analysis = analysis_of_inputs(inputs)
    return {str(option["id"]): evidence_values(analysis.line(option["commodity"])) for option in inputs["options"]}


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


def analysis_of_inputs(inputs: Mapping[str, Any]) -> Analysis:
    return analyse(
        [Figure(d, c, y, inputs["unit"], _decimal(value), sample) for d, c, y, value, sample in inputs["figures"]],
        district=inputs["district"],
        first=inputs["first"],
        last=inputs["last"],
        districts={int(pk): name for pk, name in inputs["districts"].items()},
        commodities={int(pk): Goods(*goods) for pk, goods in inputs["commodities"].items()},
    )


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


def _with_groups(present: set[int], commodities: Mapping[int, Goods]) -> set[int]:
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
