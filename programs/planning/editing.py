"""Saving the parts of a draft: lines and indicators, each with its targets, in one transaction.

Every write first takes the plan (``open_draft``): one UPDATE that only a plan still open for editing answers, and that
makes two writers wait for each other. Then it compares the version that the writer saw with the row's own. A writer
who is too late gets ``EditConflict`` and nothing is written.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import F, Model, ProtectedError

from districts.regions.models import Village
from p2emas.accounts.models import User
from p2emas.drafts.keeping import end_part_drafts
from p2emas.history.records import set_author
from p2emas.search.keeping import keep_words
from p2emas.workflow.editing import EditConflict
from programs.framework.models import Activity, Indicator, IndicatorTarget
from programs.planning.models import PlanLine, PlanLineTarget, WorkPlan
from programs.planning.services import PlanRefused

LINE_FORM, INDICATOR_FORM = "baris-rencana", "indikator-rencana"  # under which drafts of their forms are kept

LineTargets = Mapping[int, tuple[int | None, Decimal | None]]  # quarter -> (money, physical), both cumulative


Row = TypeVar("Row", bound=Model)


class PlanClosed(PlanRefused):
    """The plan has been submitted in the meantime: nothing can be edited."""


@transaction.atomic
def save_line(
    *, line: PlanLine, seen: int | None, targets: LineTargets, by: User, activity: Activity | None = None
) -> PlanLine:
    """Save ``line`` with its targets, and ``activity`` first when the line brings a new one.

    ``seen`` is the version that the form showed, None for a new line. A quarter of ``targets`` with neither money
    nor physical progress has no row: it reads "belum ada data". A new line whose ``client_token`` was saved before
    (double click, retry) is that line.
    """
    open_draft(line.plan_id)
    if line.pk is None and line.client_token:
        sent_before = PlanLine.objects.filter(plan=line.plan_id, client_token=line.client_token).first()
        if sent_before is not None:
            return sent_before
    line.version = _next_version(PlanLine, line.pk, seen)
    if activity is not None:
        line.activity = _saved(activity, by)
        keep_words(Activity, [activity.pk])
    _saved(line, by)
    present = {target.quarter: target for target in line.targets.all()}
    for quarter, (money, physical) in targets.items():
        row = present.get(quarter) or PlanLineTarget(plan_line=line, quarter=quarter)
        _keep_or_drop(row, {"money": money, "physical": physical}, by)
    return line


@transaction.atomic
def delete_line(*, line: PlanLine, seen: int, by: User) -> None:
    """Take a line out of a draft. The history keeps it and its targets, its owner what was typed and not saved."""
    open_draft(line.plan_id)
    _next_version(PlanLine, line.pk, seen)
    for target in line.targets.all():
        _deleted(target, by)
    end_part_drafts(line.plan, LINE_FORM, [line.pk], "Baris dihapus")
    _deleted(line, by)


@transaction.atomic
def save_indicator(
    *,
    plan: WorkPlan,
    indicator: Indicator,
    seen: int | None,
    targets: Mapping[Village | None, Mapping[str, Any]],
    by: User,
) -> Indicator:
    """Save ``indicator`` with what it has for the plan's year: the whole (village None) and single villages.

    The values of a target are fields of ``IndicatorTarget``; one with nothing in it has no row.
    """
    open_draft(plan.pk)
    indicator.version = _next_version(Indicator, indicator.pk, seen)
    _saved(indicator, by)
    present = {row.village_id: row for row in indicator.targets.filter(year=plan.year)}
    for village, values in targets.items():
        row = present.get(village.pk if village else None)
        _keep_or_drop(row or IndicatorTarget(indicator=indicator, village=village, year=plan.year), values, by)
    return indicator


@transaction.atomic
def delete_indicator(*, plan: WorkPlan, indicator: Indicator, seen: int, by: User) -> None:
    """Remove an indicator that no report has filled yet."""
    open_draft(plan.pk)
    key = indicator.pk
    _next_version(Indicator, key, seen)
    for row in indicator.targets.all():
        _deleted(row, by)
    try:
        _deleted(indicator, by)
    except ProtectedError as in_use:
        raise PlanRefused("Indikator ini sudah punya nilai dalam laporan, jadi tidak dapat dihapus.") from in_use
    end_part_drafts(plan, INDICATOR_FORM, [key], "Indikator dihapus")


def open_draft(plan_id: int) -> None:
    """Hold a plan until the transaction ends and count the edit; raises ``PlanClosed`` when it was submitted."""
    open_plans = WorkPlan.objects.filter(pk=plan_id, status__in=WorkPlan.EDITABLE)
    if not open_plans.update(version=F("version") + 1):
        raise PlanClosed("Rencana ini sudah diajukan, jadi tidak dapat diubah. Perubahan Anda tidak disimpan.")


def _next_version(model: type[PlanLine] | type[Indicator], pk: int | None, seen: int | None) -> int:
    if pk is None:
        return 1
    present = model.objects.filter(pk=pk).values_list("version", flat=True).first()
    if present is None:
        raise EditConflict("Baris ini baru saja dihapus orang lain. Perubahan Anda tidak disimpan.")
    if present != seen:
        raise EditConflict
    return present + 1


def _keep_or_drop(row: PlanLineTarget | IndicatorTarget, values: Mapping[str, Any], by: User) -> None:
    if all(value in (None, "") for value in values.values()):
        if row.pk:
            _deleted(row, by)
        return
    if row.pk and all(getattr(row, name) == value for name, value in values.items()):
        return
    for name, value in values.items():
        setattr(row, name, value)
    _saved(row, by)


def _saved(row: Row, by: User) -> Row:
    set_author(row, by)
    row.save()
    return row


def _deleted(row: Model, by: User) -> None:
    set_author(row, by)
    row.delete()
