"""Writes of a determination by figures and panel: opening it, its setup, scoring, results, discussion."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction

from districts.competencies.analysis.computing import FiguresRefused
from districts.competencies.models import CompetencyDetermination
from districts.competencies.panel.computing import compute
from districts.competencies.panel.models import (
    AssessorSeat,
    CompetencyOption,
    DeterminationCriterion,
    InapplicableCriterion,
    PanelScore,
)
from districts.competencies.panel.snapshot import fresh_analyses, take_inputs, take_scores
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.workflow.editing import EditConflict, claim_version
from p2emas.workflow.models import StepNotAllowed

Status = CompetencyDetermination.Status
Kind, Figure = DeterminationCriterion.Kind, DeterminationCriterion.Figure
SUGGESTED = 5  # options ticked from the figures to begin with
# name, kind, figure, weight, low, high: to be changed as BAPPEDA sees fit
DEFAULT_CRITERIA = (
    ("Pemusatan di kecamatan", Kind.EVIDENCE, Figure.LQ, 20, 0, 3),
    ("Pemusatan yang menguat", Kind.EVIDENCE, Figure.DLQ, 15, 0, 2),
    ("Bagian dari kecamatan", Kind.EVIDENCE, Figure.DISTRICT_SHARE, 15, 0, 50),
    ("Sudah dikerjakan banyak warga", Kind.PANEL, "", 20, 1, 5),
    ("Pasar dan peluang nilai tambah", Kind.PANEL, "", 20, 1, 5),
    ("Ramah lingkungan dan adat", Kind.PANEL, "", 10, 1, 5),
)


@transaction.atomic
def open_determination(*, fields: Mapping[str, Any]) -> CompetencyDetermination:
    """A new draft with the default criteria and the best commodities of the figures as options."""
    record = CompetencyDetermination(method=CompetencyDetermination.Method.EVIDENCE_AND_PANEL, **fields)
    try:
        with transaction.atomic():
            record.save()
    except IntegrityError as error:
        raise StepNotAllowed("Kecamatan ini masih punya penetapan yang belum selesai.") from error
    for name, kind, figure, weight, low, high in DEFAULT_CRITERIA:
        DeterminationCriterion.objects.create(
            determination=record, name=name, kind=kind, figure=figure, weight=weight, low=low, high=high
        )
    for commodity in _suggested(record):
        CompetencyOption.objects.create(determination=record, commodity_id=commodity)
    return record


def _suggested(record: CompetencyDetermination) -> list[int]:
    """From its own measure: a new draft has no analyses yet. Nothing where they are refused; the setup says why."""
    [found] = fresh_analyses(record)
    return [line.commodity for line in found.lines if line.rank and not line.is_small][:SUGGESTED]


@transaction.atomic
def save_setup(
    *,
    record: CompetencyDetermination,
    seen: int,
    options: Mapping[int, str],
    criteria: Iterable[DeterminationCriterion],
    dropped: Iterable[DeterminationCriterion],
    people: Iterable[User],
    analyses: Mapping[int, int | None] | None = None,
) -> None:
    """Options (commodity -> note), criteria and seats of a draft, together. Raises ``EditConflict``.

    ``analyses``: commodity -> the analysis of ``record`` that its figures come from.
    """
    claim_version(record, seen, Status.DRAFT)
    _save_options(record, {commodity: (note, (analyses or {}).get(commodity)) for commodity, note in options.items()})
    for criterion in dropped:
        criterion.delete()
    for criterion in criteria:
        criterion.determination = record
        criterion.save()
    _seat(record, people)


def _save_options(record: CompetencyDetermination, options: Mapping[int, tuple[str, int | None]]) -> None:
    """Commodity -> (note, analysis)."""
    own: set[int | None] = {None, *record.analyses.values_list("pk", flat=True)}
    present = {row.commodity_id: row for row in record.options.all()}
    for commodity, row in present.items():
        if commodity not in options:
            row.delete()
    for commodity, (note, analysis) in options.items():
        row = present.get(commodity) or CompetencyOption(determination=record, commodity_id=commodity)
        if analysis not in own:
            raise EditConflict("Hitungan itu sudah dihapus. Perubahan Anda tidak disimpan.")
        if row.pk is None or (row.note, row.analysis_id) != (note, analysis):
            row.note, row.analysis_id = note, analysis
            row.save()


@transaction.atomic
def save_inapplicable(*, record: CompetencyDetermination, seen: int, reasons: Mapping[tuple[int, int], str]) -> None:
    """Which criteria do not apply: (option, criterion) -> why, "" where it applies. Raises ``EditConflict``."""
    claim_version(record, seen, Status.DRAFT)
    present = {(row.option_id, row.criterion_id): row for row in InapplicableCriterion.objects.of(record)}
    for (option, criterion), reason in reasons.items():
        row = present.get((option, criterion))
        if not reason and row is not None:
            row.delete()
        elif reason and (row is None or row.reason != reason):
            row = row or InapplicableCriterion(option_id=option, criterion_id=criterion)
            row.reason = reason
            row.save()


@transaction.atomic
def save_seats(*, record: CompetencyDetermination, seen: int, people: Iterable[User]) -> None:
    """Seats while the panel scores: the scores of a person who leaves go too. Raises ``EditConflict``."""
    claim_version(record, seen, Status.SCORED)
    _seat(record, people)


def _seat(record: CompetencyDetermination, people: Iterable[User]) -> None:
    wanted = {person.pk for person in people}
    for seat in record.seats.exclude(user__in=wanted):
        for score in seat.scores.all():
            score.delete()
        seat.delete()
    present = set(record.seats.values_list("user", flat=True))
    for person in wanted - present:
        AssessorSeat.objects.create(determination=record, user_id=person)


def open_scoring(record: CompetencyDetermination, *, seen: str, actor: User, note: str = "") -> None:
    """Freeze what the panel decides on, and let it score. Raises ``StepNotAllowed``."""
    with transaction.atomic():
        _hold(record)
        _check_each_is_weighed(record)
        try:
            inputs = take_inputs(record)
        except FiguresRefused as refusal:
            raise StepNotAllowed(str(refusal)) from refusal
        record.take_step("open_scoring", seen=seen, actor=actor, note=note, inputs=inputs)


def _check_each_is_weighed(record: CompetencyDetermination) -> None:
    weighing = {criterion.pk for criterion in record.criteria.all() if criterion.weight}
    left_out: dict[int, set[int]] = {}
    for row in InapplicableCriterion.objects.of(record):
        left_out.setdefault(row.option_id, set()).add(row.criterion_id)
    for option in record.options.select_related("commodity"):
        if weighing and weighing <= left_out.get(option.pk, set()):
            raise StepNotAllowed(
                f"Tidak ada kriteria berbobot yang berlaku bagi {option.commodity}. Sisakan sedikitnya satu."
            )


def save_scores(*, seat: AssessorSeat, scores: Mapping[tuple[int, int], int | None], note: str, finish: bool) -> bool:
    """Store an assessor's own scores: (option, criterion) -> 1..5 or None. True when they are complete and closed.

    Once complete they stay: from then on the others' can be seen. Raises ``StepNotAllowed``.
    """
    with transaction.atomic():
        record = _hold(seat.determination)
        seat = AssessorSeat.objects.select_for_update(no_key=True).get(pk=seat.pk)
        if record.status != Status.SCORED:
            raise StepNotAllowed("Penilaian sudah ditutup, jadi nilai tidak dapat diubah lagi.")
        if seat.scored_at is not None:
            raise StepNotAllowed("Nilai Anda sudah lengkap dan terkunci.")
        present = {(row.option_id, row.criterion_id): row for row in seat.scores.all()}
        for (option, criterion), score in scores.items():
            _keep(present.get((option, criterion)), seat, option, criterion, score)
        complete = all(score is not None for score in scores.values())
        seat.note = note
        seat.scored_at = clock.now() if finish and complete else None
        seat.save()
        return seat.scored_at is not None


def _keep(row: PanelScore | None, seat: AssessorSeat, option: int, criterion: int, score: int | None) -> None:
    if score is None:
        if row is not None:
            row.delete()
        return
    if row is None or row.score != score:
        row = row or PanelScore(seat=seat, option_id=option, criterion_id=criterion)
        row.score, row.saved_at = score, clock.now()
        row.save()


def close_scoring(record: CompetencyDetermination, *, seen: str, actor: User, note: str = "") -> None:
    """Close the scoring: the result is computed and stored with everything it rests on."""
    with transaction.atomic():
        held = _hold(record)
        inputs = (held.inputs or {}) | take_scores(record)
        record.take_step(
            "discuss",
            seen=seen,
            actor=actor,
            note=note,
            inputs=inputs,
            results=compute(inputs) if inputs.get("options") else {},
            computed_at=clock.now(),
        )


def reopen_scoring(record: CompetencyDetermination, *, seen: str, actor: User, note: str = "") -> None:
    """Everybody may change their own scores again, and closes them again."""
    with transaction.atomic():
        record.take_step("reopen_scoring", seen=seen, actor=actor, note=note)
        for seat in record.seats.filter(scored_at__isnull=False):
            seat.scored_at = None
            seat.save()


@transaction.atomic
def save_discussion(*, record: CompetencyDetermination, seen: int, fields: Mapping[str, Any]) -> None:
    """What was said and chosen. Raises ``EditConflict``."""
    _save_fields(record, seen, Status.DISCUSSED, fields)


@transaction.atomic
def save_recorded(*, record: CompetencyDetermination, seen: int, fields: Mapping[str, Any]) -> None:
    """A decision of the past, while it is a draft. Raises ``EditConflict``."""
    _save_fields(record, seen, Status.DRAFT, fields)


def _save_fields(record: CompetencyDetermination, seen: int, status: str, fields: Mapping[str, Any]) -> None:
    claim_version(record, seen, status)
    for name, value in fields.items():
        setattr(record, name, value)
    record.save(update_fields=list(fields))


def _hold(record: CompetencyDetermination) -> CompetencyDetermination:
    """The row as it is now, kept until the transaction ends."""
    return CompetencyDetermination.objects.select_for_update(of=("self",), no_key=True).get(pk=record.pk)
