"""Many lines and indicators of a draft saved together, as ``editing`` saves one: in a fixed number of statements."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models, transaction
from django.db.models import F

from p2emas.accounts.models import User
from p2emas.drafts.keeping import end_part_drafts
from p2emas.history.bulk import BulkEdit, delete_with_history
from p2emas.workflow.editing import EditConflict
from programs.framework.models import Indicator, IndicatorTarget
from programs.planning.editing import LINE_FORM, LineTargets, open_draft
from programs.planning.models import PlanLine, PlanLineTarget, WorkPlan

Part = TypeVar("Part", PlanLine, Indicator)


@dataclass(frozen=True)
class PartEdit:
    """A line or an indicator with its new values; ``changed`` are those of its own fields that differ."""

    row: Any
    seen: int | None  # the version that the form showed, None of a new one
    changed: Iterable[str]
    targets: Mapping[Any, Any]


@transaction.atomic
def save_many_lines(*, plan: WorkPlan, edits: Sequence[PartEdit], by: User) -> list[PlanLine]:
    """Save lines with their targets, all or none; answers those that are new. Raises as ``save_line``."""
    if not edits:
        return []
    open_draft(plan.pk)
    new = _save_parts(PlanLine, edits, by)
    targets = BulkEdit(PlanLineTarget)
    present = _present(PlanLineTarget.objects.filter(plan_line__in=_stored(edits, new)), "plan_line_id", "quarter")
    for edit in edits:
        for quarter, values in _by_quarter(edit.targets).items():
            row = present.get((edit.row.pk, quarter)) or PlanLineTarget(plan_line=edit.row, quarter=quarter)
            targets.put_or_drop(row, values)
    targets.write(by)
    return new


@transaction.atomic
def save_many_indicators(*, plan: WorkPlan, edits: Sequence[PartEdit], by: User) -> None:
    """Save indicators with what each has for the plan's year, all or none. Raises as ``save_indicator``."""
    if not edits:
        return
    open_draft(plan.pk)
    new = _save_parts(Indicator, edits, by)
    targets = BulkEdit(IndicatorTarget)
    stored = IndicatorTarget.objects.filter(indicator__in=_stored(edits, new), year=plan.year)
    present = _present(stored, "indicator_id", "village_id")
    for edit in edits:
        for village, values in edit.targets.items():
            key = (edit.row.pk, village.pk if village else None)
            row = present.get(key) or IndicatorTarget(indicator=edit.row, village=village, year=plan.year)
            targets.put_or_drop(row, values)
    targets.write(by)


@transaction.atomic
def delete_many_lines(*, plan: WorkPlan, keys: Sequence[int], by: User) -> None:
    """Take lines out of a draft, all or none; the history keeps them and their targets."""
    if not keys:
        return
    open_draft(plan.pk)
    lines = list(plan.lines.filter(pk__in=keys))
    if len(lines) < len(set(keys)):
        raise EditConflict("Sebagian baris itu sudah dihapus orang lain.")
    delete_with_history(list(PlanLineTarget.objects.filter(plan_line__in=lines)), by)
    end_part_drafts(plan, LINE_FORM, [line.pk for line in lines], "Isian Excel dibatalkan")
    delete_with_history(lines, by)


def _save_parts(model: type[Part], edits: Sequence[PartEdit], by: User) -> list[Part]:
    """Write the rows themselves, each as its next version; answers those that are new."""
    known = {edit.row.pk: edit for edit in edits if edit.row.pk is not None}
    present = dict(model.objects.filter(pk__in=list(known)).values_list("pk", "version")) if known else {}
    rows: BulkEdit[Any] = BulkEdit(model)
    for pk, edit in known.items():
        if pk not in present:
            raise EditConflict("Baris ini baru saja dihapus orang lain. Perubahan Anda tidak disimpan.")
        if present[pk] != edit.seen:
            raise EditConflict
        edit.row.version = present[pk] + 1
    model.objects.filter(pk__in=list(known)).update(version=F("version") + 1)
    for edit in edits:
        rows.put(edit.row, edit.changed)
    rows.write(by)
    return rows.added


def _stored(edits: Iterable[PartEdit], new: Iterable[models.Model]) -> list[int]:
    made = {row.pk for row in new}
    return [edit.row.pk for edit in edits if edit.row.pk not in made]


def _present(rows: models.QuerySet[Any], *names: str) -> dict[tuple[Any, ...], Any]:
    return {tuple(getattr(row, name) for name in names): row for row in rows}


def _by_quarter(targets: LineTargets) -> dict[int, dict[str, Any]]:
    return {quarter: {"money": money, "physical": physical} for quarter, (money, physical) in targets.items()}
