"""Which analysis each option was counted in, in words, out of the frozen inputs."""

from collections.abc import Mapping
from typing import Any

from districts.competencies.models import CompetencyDetermination
from districts.competencies.panel.analyses import measure_words
from districts.evidence.measures import measure_label

UNCOUNTED = "tanpa angka"


def counted_in(inputs: Mapping[str, Any]) -> dict[int, str]:
    """Option -> its analysis and unit; nothing where the determination has one measure over everything."""
    if "analyses" not in inputs:
        return {}
    names = {part["id"]: f"{part['name']}, {part['unit']}" for part in inputs["analyses"]}
    return {option["id"]: names.get(option["analysis"], UNCOUNTED) for option in inputs["options"]}


def analysis_notes(inputs: Mapping[str, Any]) -> list[str]:
    """What each analysis added up: "Ternak: Populasi (ekor), sektor peternakan, 2 komoditas"."""
    return [
        f"{part['name']}: {measure_label(part['measure'])}, "
        f"{'sektor ' + part['sector'] if part['sector'] else 'semua sektor'}, "
        f"{len({figure[1] for figure in part['figures']})} komoditas"
        for part in inputs.get("analyses", [])
    ]


def measures_of(record: CompetencyDetermination) -> str:
    """Every measure that its figures were counted in."""
    parts = (record.inputs or {}).get("analyses") or []
    return measure_words([part["measure"] for part in parts] or [record.measure])
