"""Saving the table of an agency's Renstra: all rows or none, each edit with its history."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F

from p2emas.accounts.models import Agency, User
from p2emas.history.records import set_author
from p2emas.ui.forms import put_on
from p2emas.workflow.editing import EditConflict
from programs.framework.models import Indicator
from programs.framework.renstra import RenstraActivity, RenstraTarget
from programs.framework.renstra_table import RenstraRowForm, RenstraTable


@transaction.atomic
def save_renstra(
    *, table: RenstraTable, years: dict[str, int], forms: Iterable[RenstraRowForm], seen: str, by: User
) -> int:
    """How many rows are linked now. Raises ``EditConflict`` when somebody saved since the page was drawn."""
    Agency.objects.select_for_update(no_key=True).get(pk=table.agency.pk)  # one at a time for each agency
    if RenstraTable(table.agency, table.year).seen != seen:
        raise EditConflict
    of_code = {each.code: each for each in table.present}
    linked = 0
    for form in forms:
        code = form.cleaned_data["code"]
        renstra = _activity(table, form, of_code, years, by) if code else None
        _point(form.row.activity, {"renstra": renstra}, by)
        for indicator in form.row.indicators:
            target = _target(renstra, indicator, form, by) if renstra else None
            _point(indicator, {"renstra_target": target}, by)
        linked += renstra is not None
    for each in of_code.values():
        _write(each, years, by)
    return linked


def _activity(
    table: RenstraTable, form: RenstraRowForm, of_code: dict[str, RenstraActivity], years: dict[str, int], by: User
) -> RenstraActivity:
    data, activity, names = form.cleaned_data, form.row.activity, ["money", "realised_money"]
    renstra = of_code.get(data["code"])
    if renstra is not None and renstra != form.row.renstra:
        names = form.typed(*names)  # its boxes were not on the page: what was left as it was says nothing about it
    if renstra is None:
        renstra = RenstraActivity(
            agency=table.agency,
            code=data["code"],
            name=activity.name,
            programme_name=activity.programme_name,
            is_sample=activity.is_sample,
        )
        of_code[renstra.code] = renstra
    _write(renstra, {**years, **{name: data[name] for name in names}}, by)
    return renstra


def _target(renstra: RenstraActivity, indicator: Indicator, form: RenstraRowForm, by: User) -> RenstraTarget:
    """The target of the same name; a link to another one of the same Renstra stays."""
    boxes = {"target": f"target_{indicator.pk}", "realised": f"realised_{indicator.pk}"}
    linked = indicator.renstra_target
    if linked is None or linked.activity_id != renstra.pk:
        linked = renstra.targets.filter(name=indicator.name).first()
        if linked is not None:
            typed = form.typed(*boxes.values())
            boxes = {name: box for name, box in boxes.items() if box in typed}
    if linked is None:
        linked = RenstraTarget(activity=renstra, name=indicator.name, is_sample=indicator.is_sample)
    figures = {name: form.cleaned_data[box] for name, box in boxes.items()}
    _write(linked, {"unit": indicator.unit, "formula": indicator.formula, **figures}, by)
    return linked


def _write(record: Any, values: dict[str, Any], by: User) -> None:
    """Save what differs; an activity of the Renstra counts its savings."""
    changed = put_on(record, values)
    if record.pk is not None and not changed:
        return
    set_author(record, by)
    record.save()
    if isinstance(record, RenstraActivity):
        type(record).objects.filter(pk=record.pk).update(version=F("version") + 1)
    elif isinstance(record, RenstraTarget):
        RenstraActivity.objects.filter(pk=record.activity_id).update(version=F("version") + 1)


def _point(record: Any, values: dict[str, Any], by: User) -> None:
    if changed := put_on(record, values):
        set_author(record, by)
        record.save(update_fields=sorted(changed))
