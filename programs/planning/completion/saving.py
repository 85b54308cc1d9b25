"""Saving the table that completes a plan: its right rows, in a number of statements that does not grow with them."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import F, Model

from p2emas.accounts.models import User
from p2emas.history.bulk import BulkEdit
from p2emas.ui.forms import put_on
from p2emas.workflow.editing import claim_version
from programs.framework.models import Indicator, IndicatorTarget
from programs.planning.completion.forms import CompletedRowForm, CompletionTableForm
from programs.planning.models import PlanLine, PlanLineTarget, WorkPlan

Changed = list[tuple[Model, set[str]]]


@transaction.atomic
def complete_plan(*, plan: WorkPlan, form: CompletionTableForm, version: int, by: User) -> int:
    """Save the right rows; how many differed. Raises ``EditConflict`` when somebody saved since the page was drawn."""
    right = form.right
    if right or not (plan.is_editable or form.is_valid()):
        claim_version(plan, version, *WorkPlan.EDITABLE)
    lines: Changed = []
    for row in right:
        if fields := put_on(row.row.line, row.line_changes()):
            lines.append((row.row.line, {name.removesuffix("_id") for name in fields}))
    targets = [found for row in right for found in _targets(row)]
    indicators = _indicator_targets(right)
    _count_up(PlanLine, [row.row.line.pk for row in right])
    _count_up(Indicator, [target.indicator_id for target, _fields in indicators])
    _write(PlanLine, lines, by)
    _write(PlanLineTarget, targets, by)
    _write(IndicatorTarget, indicators, by)
    return len(right)


def _targets(form: CompletedRowForm) -> Iterable[tuple[Model, set[str]]]:
    present = {target.quarter: target for target in form.row.line.targets.all()}
    for quarter, (money, physical) in form.targets().items():
        row = present.get(quarter) or PlanLineTarget(plan_line=form.row.line, quarter=quarter)
        if fields := put_on(row, {"money": money, "physical": physical}):
            yield row, fields


def _indicator_targets(forms: Sequence[CompletedRowForm]) -> list[tuple[IndicatorTarget, set[str]]]:
    found: list[tuple[IndicatorTarget, set[str]]] = []
    for form in forms:
        for indicator in form.row.indicators:
            value = form.indicator_targets().get(indicator.pk)
            if value is None:
                continue
            whole = form.row.table.planned_of(indicator).whole
            row = whole[0] if whole else IndicatorTarget(indicator=indicator, year=form.row.table.plan.year)
            found.append((row, put_on(row, {"target": value})))
    return found


def _count_up(model: type[PlanLine] | type[Indicator], keys: Sequence[int]) -> None:
    """A form of one line or indicator that is open elsewhere is told that somebody saved."""
    if keys:
        model.objects.filter(pk__in=keys).update(version=F("version") + 1)


def _write(model: type[Model], changes: Sequence[tuple[Model, set[str]]], by: User) -> None:
    edit = BulkEdit(model)
    for record, fields in changes:
        edit.put(record, fields)
    edit.write(by)
