"""The forms of a month, whose typed fields are kept before they are saved."""

from django.http import QueryDict
from django.urls import reverse

from p2emas.registry.kinds import DraftedForm
from programs.monthly.forms import Versions, versions_of_month
from programs.monthly.kinds import KINDS, PLAN, PROGRESS, MonthKind
from programs.monthly.sheet import MonthSheet
from programs.planning.models import WorkPlan


class MonthsOfPlan:
    """The parts of a plan that have a form each: its months by number, found as rows of a table are."""

    def __init__(self, wanted: int | None = None) -> None:
        self.wanted = wanted

    def filter(self, *, pk: int) -> "MonthsOfPlan":
        return MonthsOfPlan(pk)

    def exists(self) -> bool:
        return self.wanted is not None and 1 <= self.wanted <= 12


def _drafted(kind: MonthKind, label: str) -> DraftedForm:
    def address(plan: WorkPlan, month: int | None) -> str:
        return reverse(kind.url, args=[plan.pk, month or 1])

    def compare(plan: WorkPlan, month: int | None, data: QueryDict) -> Versions:
        return versions_of_month(MonthSheet(plan, month or 1, kind), data)

    return DraftedForm(
        name=kind.name,
        label=label,
        model=WorkPlan,
        address=address,
        may_fill=lambda user, plan: plan.may_write(user),
        is_open=lambda plan: plan.status == WorkPlan.Status.SET,
        compare=compare,
        parts=lambda plan: MonthsOfPlan(),
        writes={kind.model: " ".join(kind.cells)},
        by_rows=True,
    )


DRAFTED = {
    PROGRESS.name: _drafted(PROGRESS, "Realisasi bulanan"),
    PLAN.name: _drafted(PLAN, "Rencana bulanan (RAK)"),
}
assert set(DRAFTED) == set(KINDS)
