"""Writes of a round before it is published, and the little that may change afterwards."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction

from districts.locations.models import TargetLocation
from facilitators.recruitment.rounds.models import RecruitmentRound
from facilitators.recruitment.rounds.requirements import DocumentKind, Place, Requirement, RubricCriterion
from p2emas.history.records import set_reason
from p2emas.workflow.editing import claim_version

Status = RecruitmentRound.Status
# fields that a new round takes over from an earlier one
TEXTS = ("intro", "terms", "contact")
RULES = (
    "scale",
    "weight_test",
    "weight_dossier",
    "weight_interview",
    "pass_mark",
    "reserve_quota",
    "panels",
)
FramePart = Requirement | DocumentKind | RubricCriterion
PARTS: dict[type[FramePart], tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    Requirement: ("requirements", ("text", "least_age", "most_age", "least_education"), ("text",)),
    DocumentKind: ("documents", ("name", "hint", "required", "sensitive"), ("name",)),
    RubricCriterion: ("criteria", ("part", "name", "hint", "weight"), ("part", "name")),
}


class NamesSwapped(Exception):
    """Two rows took each other's names at once; nothing was written."""


class CodeTaken(Exception):
    """Somebody else took the code at the same moment; nothing was written."""


@transaction.atomic
def create_recruitment(*, fields: Mapping[str, Any], source: RecruitmentRound | None = None) -> RecruitmentRound:
    """A new draft; with ``source`` its rules, requirements, papers and rubric come from that round.

    Raises ``CodeTaken``.
    """
    rules = {name: getattr(source, name) for name in RULES} if source else {}
    try:
        with transaction.atomic():
            record = RecruitmentRound.objects.create(**rules, **fields)
    except IntegrityError:  # the form looked before; somebody else was faster by a moment
        if RecruitmentRound.objects.filter(code=fields["code"]).exists():
            raise CodeTaken from None
        raise
    if source:
        _copy_parts(record, source)
    return record


@transaction.atomic
def copy_frame(*, record: RecruitmentRound, seen: int, source: RecruitmentRound) -> None:
    """Texts, rules and parts of ``source`` into a draft; what has the same name there stays as it is."""
    claim_version(record, seen, Status.DRAFT)
    for name in (*TEXTS, *RULES):
        setattr(record, name, getattr(source, name))
    record.save(update_fields=[*TEXTS, *RULES])
    _copy_parts(record, source)


def _copy_parts(record: RecruitmentRound, source: RecruitmentRound) -> None:
    for model, (relation, names, key) in PARTS.items():
        present = {tuple(row) for row in getattr(record, relation).values_list(*key)}
        for row in getattr(source, relation).order_by("pk"):
            if tuple(getattr(row, name) for name in key) not in present:
                model._default_manager.create(round=record, **{name: getattr(row, name) for name in names})
    placed = set(record.places.values_list("target_location", flat=True))
    in_force = TargetLocation.objects.standing().values("pk")
    for place in source.places.filter(target_location__in=in_force).order_by("pk"):
        if place.target_location_id not in placed:
            Place.objects.create(round=record, target_location_id=place.target_location_id, number=place.number)


@transaction.atomic
def save_recruitment(*, record: RecruitmentRound, seen: int, fields: Mapping[str, Any], reason: str = "") -> None:
    """Texts, rules or schedule. ``reason`` is kept in the history of what was moved. Raises ``EditConflict``."""
    claim_version(record, seen, *RecruitmentRound.UNFINISHED)
    for name, value in fields.items():
        setattr(record, name, value)
    if reason:
        set_reason(record, reason)
    record.save(update_fields=list(fields))


@transaction.atomic
def raise_openings(*, record: RecruitmentRound, seen: int, per_hour: int | None, reason: str) -> None:
    """Another limit of numbers opened in an hour, in any state of the round. Raises ``EditConflict``."""
    claim_version(record, seen, *Status)
    record.nik_per_hour = per_hour
    set_reason(record, reason)
    record.save(update_fields=["nik_per_hour"])


@transaction.atomic
def save_parts(
    *,
    record: RecruitmentRound,
    seen: int,
    model: type[FramePart],
    rows: Iterable[FramePart],
    dropped: Iterable[FramePart],
    fields: Mapping[str, Any] | None = None,
) -> None:
    """Rows of one table of the frame, and own fields of the round on the same page. Raises ``EditConflict``."""
    claim_version(record, seen, Status.DRAFT)
    if fields:
        for name, value in fields.items():
            setattr(record, name, value)
        record.save(update_fields=list(fields))
    for row in dropped:
        row.delete()
    relation, _names, key = PARTS[model]
    held = {pk: tuple(found) for pk, *found in getattr(record, relation).values_list("pk", *key)}
    for row in _in_order(list(rows), key, held):
        row.round = record
        row.save()


def _in_order(rows: list[FramePart], key: tuple[str, ...], held: dict[int, tuple]) -> list[FramePart]:
    """Rows so that each finds its name free; rows that change names with one another raise ``NamesSwapped``."""
    ordered: list[FramePart] = []
    while len(ordered) < len(rows):
        row = next((row for row in rows if row not in ordered and _is_free(row, key, held)), None)
        if row is None:
            raise NamesSwapped
        held[row.pk or -id(row)] = _name_of(row, key)
        ordered.append(row)
    return ordered


def _name_of(row: FramePart, key: tuple[str, ...]) -> tuple:
    return tuple(getattr(row, name) for name in key)


def _is_free(row: FramePart, key: tuple[str, ...], held: Mapping[int, tuple]) -> bool:
    """Whether no other row has the name that ``row`` wants."""
    return all(pk == row.pk or name != _name_of(row, key) for pk, name in held.items())


@transaction.atomic
def save_places(*, record: RecruitmentRound, seen: int, numbers: Mapping[int, int | None]) -> None:
    """How many facilitators each target location (by id) looks for; None takes the place out."""
    claim_version(record, seen, Status.DRAFT)
    present = {place.target_location_id: place for place in record.places.all()}
    for location, number in numbers.items():
        place = present.get(location)
        if number is None:
            if place:
                place.delete()
        elif place is None or place.number != number:
            place = place or Place(round=record, target_location_id=location)
            place.number = number
            place.save()
