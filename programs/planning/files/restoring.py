"""Stored rows as they were before a file changed them, in JSON, and their way back: same keys, same values.

Only the version of a row goes up and never back: it counts edits, and a form that was opened in between would overwrite
what somebody saved after it.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models

from p2emas.accounts.models import User
from p2emas.history.bulk import BulkEdit, delete_with_history
from programs.framework.models import Indicator, IndicatorTarget
from programs.planning.models import PlanLine, PlanLineTarget

COUNTED = "version"
Rows = list[dict[str, Any]]


def rows_as_stored(indicators: Iterable[int], lines: Iterable[int], year: int) -> dict[str, Rows]:
    """The rows of these indicators and lines with their targets, all of their columns."""
    return {
        "Indicator": _as_stored(Indicator.objects.filter(pk__in=list(indicators))),
        "IndicatorTarget": _as_stored(IndicatorTarget.objects.filter(indicator__in=list(indicators), year=year)),
        "PlanLine": _as_stored(PlanLine.objects.filter(pk__in=list(lines))),
        "PlanLineTarget": _as_stored(PlanLineTarget.objects.filter(plan_line__in=list(lines))),
    }


def restore(before: Mapping[str, Rows], year: int, actor: User) -> None:
    """Bring these rows back, and take away targets that came since."""
    indicators, lines = ([row["id"] for row in before[name]] for name in ("Indicator", "PlanLine"))
    _put_back(Indicator, Indicator.objects.filter(pk__in=indicators), before["Indicator"], actor)
    _put_back(PlanLine, PlanLine.objects.filter(pk__in=lines), before["PlanLine"], actor)
    targets = IndicatorTarget.objects.filter(indicator__in=indicators, year=year)
    _put_back(IndicatorTarget, targets, before["IndicatorTarget"], actor)
    _put_back(PlanLineTarget, PlanLineTarget.objects.filter(plan_line__in=lines), before["PlanLineTarget"], actor)


def _as_stored(rows: models.QuerySet[Any]) -> Rows:
    return [{name: _plain(value) for name, value in row.items()} for row in rows.order_by("pk").values()]


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal | UUID):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def _put_back(model: type[models.Model], present: models.QuerySet[Any], before: Rows, actor: User) -> None:
    now, kept = {row.pk: row for row in present}, {each["id"] for each in before}
    delete_with_history([row for pk, row in now.items() if pk not in kept], actor)
    wanted = [_values(model, row) for row in before]
    edit, names = BulkEdit(model), [each.name for each in _restored(model) if not each.primary_key]
    edit.add(model(**values) for values in wanted if values["id"] not in now)
    for values in wanted:
        if values["id"] in now and _set(now[values["id"]], values):
            edit.put(now[values["id"]], names)
    edit.write(actor)


def _restored(model: type[models.Model]) -> list[Any]:
    return [each for each in model._meta.concrete_fields if each.name != COUNTED]


def _values(model: type[models.Model], row: Mapping[str, Any]) -> dict[str, Any]:
    return {each.attname: each.to_python(row[each.attname]) for each in _restored(model)}


def _set(row: models.Model, wanted: Mapping[str, Any]) -> bool:
    """Put values into a row; whether any of them is another one."""
    differs = any(getattr(row, name) != value for name, value in wanted.items())
    for name, value in wanted.items():
        setattr(row, name, value)
    return differs
