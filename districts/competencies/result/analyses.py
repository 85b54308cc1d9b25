"""Which analysis each option was counted in, in words, out of the frozen inputs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from districts.competencies.analysis.reading import EvidenceScope
from districts.competencies.models import CompetencyDetermination
from districts.competencies.panel.analyses import analysis_address, measure_words
from districts.evidence.measures import measure_label

UNCOUNTED = "tanpa angka"


def counted_in(inputs: Mapping[str, Any]) -> dict[int, str]:
    """Option -> its analysis and unit; nothing where the determination has one measure over everything."""
    if "analyses" not in inputs:
        return {}
    names = {part["id"]: f"{part['name']}, {part['unit']}" for part in inputs["analyses"]}
    return {option["id"]: names.get(option["analysis"], UNCOUNTED) for option in inputs["options"]}


@dataclass(frozen=True)
class AnalysisNote:
    """What an analysis added up: "Ternak: Populasi (ekor), sektor peternakan, 2 komoditas"."""

    text: str
    address: str  # the same over today's figures


def analysis_notes(record: CompetencyDetermination) -> list[AnalysisNote]:
    return [AnalysisNote(_text(part), _address(record, part)) for part in (record.inputs or {}).get("analyses", [])]


def _text(part: Mapping[str, Any]) -> str:
    sector = f"sektor {part['sector']}" if part["sector"] else "semua sektor"
    counted = len({figure[1] for figure in part["figures"]})
    return f"{part['name']}: {measure_label(part['measure'])}, {sector}, {counted} komoditas"


def _address(record: CompetencyDetermination, part: Mapping[str, Any]) -> str:
    return analysis_address(record, EvidenceScope(part["measure"], part["sector"], tuple(part["listed"])))


def measures_of(record: CompetencyDetermination) -> str:
    """Every measure that its figures were counted in."""
    parts = (record.inputs or {}).get("analyses") or []
    return measure_words([part["measure"] for part in parts] or [record.measure])
