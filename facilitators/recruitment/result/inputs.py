"""What the result of a round is computed from, frozen as plain JSON without names."""

import hashlib
import json
from collections import defaultdict
from typing import Any

from django.db.models import Prefetch

from facilitators.recruitment.panel.conflict_records import ConflictOfInterest
from facilitators.recruitment.panel.corrections import counting
from facilitators.recruitment.panel.models import ScoreSheet
from facilitators.recruitment.rounds.models import RecruitmentRound


def selection_inputs(record: RecruitmentRound) -> dict[str, Any]:
    """The current inputs. Panellists are named by number (in order of their seats), applicants by key and number."""
    seats = list(record.seats.order_by("pk"))
    numbers = {seat.pk: number for number, seat in enumerate(seats, start=1)}
    return {
        "scale": record.scale,
        "weights": {
            "test": float(record.weight_test),
            "dossier": float(record.weight_dossier),
            "interview": float(record.weight_interview),
        },
        "pass_mark": float(record.pass_mark),
        "panels": record.panels,
        "reserve_quota": record.reserve_quota,
        "criteria": [
            {"id": row.pk, "part": row.part, "name": row.name, "weight": float(row.weight)}
            for row in record.criteria.order_by("part", "pk")
        ],
        "seats": [{"number": numbers[seat.pk], "panel": seat.panel} for seat in seats],
        "places": [
            {"id": row.pk, "village": row.target_location.village.name, "number": row.number}
            for row in record.places.select_related("target_location__village")
        ],
        "applications": _applications(record, numbers),
    }


def _applications(record: RecruitmentRound, numbers: dict[int, int]) -> list[dict[str, Any]]:
    sheets, barred = _sheets(record, numbers), _barred(record, numbers)
    rows = record.applications.in_running().select_related("test_score").prefetch_related("wishes", "interviews")
    return [
        {
            "id": row.pk,
            "number": row.number,
            "panel": row.panel,
            "test": float(row.test_score.score) if hasattr(row, "test_score") else None,
            "wishes": [wish.place_id for wish in row.wishes.all()],
            "anywhere": row.anywhere,
            "attempts": max((each.attempt for each in row.interviews.all()), default=0),
            "barred": sorted(barred[row.pk]),
            "sheets": {part: sheets[row.pk, part] for part in ("DOSSIER", "INTERVIEW")},
        }
        for row in rows.order_by("number", "pk")
    ]


def _barred(record: RecruitmentRound, numbers: dict[int, int]) -> dict[int, list[int]]:
    """Applicant -> the panellists with a conflict of interest."""
    found: dict[int, list[int]] = defaultdict(list)
    for seat, application in ConflictOfInterest.objects.filter(seat__round=record).values_list("seat", "application"):
        found[application].append(numbers[seat])
    return found


def _sheets(record: RecruitmentRound, numbers: dict[int, int]) -> dict[tuple[int, str], dict[str, dict[str, int]]]:
    """(application, part) -> panellist -> criterion -> score, corrected ones as corrected."""
    found: dict[tuple[int, str], dict[str, dict[str, int]]] = defaultdict(dict)
    valid = ScoreSheet.objects.valid().filter(seat__round=record).order_by("seat", "pk")
    valid = valid.prefetch_related(Prefetch("scores", counting()))
    for sheet in valid:
        scores = {str(row.criterion_id): row.counts for row in sheet.scores.all()}
        found[sheet.application_id, sheet.part][str(numbers[sheet.seat_id])] = scores
    return found


def inputs_digest(inputs: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(inputs, sort_keys=True).encode()).hexdigest()
