"""Saving a month that two people may have open: a page drawn from an older state changes nothing."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet

from p2emas import clock
from p2emas.accounts.models import User
from p2emas.history.bulk import BulkEdit
from p2emas.history.records import history_of, last_of
from p2emas.workflow.editing import EditConflict
from programs.monthly.forms import MonthForm, Stored
from programs.monthly.kinds import MonthKind
from programs.monthly.models import MonthlyProgress
from programs.planning.models import WorkPlan

STAMP = "saved_at"


def edits_of_month(plan: WorkPlan, kind: MonthKind, month: int) -> QuerySet:
    """What was saved of a month of a version, as its history tells."""
    return history_of(kind.model).filter(line__plan=plan.pk, month=month)


def version_of(plan: WorkPlan, kind: MonthKind, month: int) -> int:
    """Rises with every saving of the month; 1 for one that nobody saved."""
    return 1 + (last_of(edits_of_month(plan, kind, month)) or 0)


@transaction.atomic
def save_month(*, form: MonthForm, version: int, actor: User) -> bool:
    """Save the right cells; False when nothing differs. Raises ``EditConflict`` when somebody saved meanwhile."""
    sheet = form.sheet
    plan = sheet.plan
    changes = form.changes()
    if not changes:
        return False
    WorkPlan.objects.select_for_update(no_key=True).get(pk=plan.pk)
    if version_of(plan, sheet.kind, sheet.month) != version:
        raise EditConflict
    write_months(changes, actor)
    return True


def write_months(changes: Sequence[tuple[Stored, set[str]]], actor: User) -> None:
    """Months of one kind and their history in a handful of statements; a month that is emptied keeps its row."""
    if not changes:
        return
    edit = BulkEdit(type(changes[0][0]))
    for row, fields in changes:
        if isinstance(row, MonthlyProgress):
            row.saved_at = clock.now()
            fields.add(STAMP)
        edit.put(row, fields)
    edit.write(actor)
