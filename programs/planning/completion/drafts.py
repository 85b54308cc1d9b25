"""The table that completes a plan as a form whose typed fields are kept before they are saved."""

from django.urls import reverse

from p2emas.registry.kinds import DraftedForm
from programs.framework.models import IndicatorTarget
from programs.planning.completion.forms import CompletionTableForm, typed_and_stored
from programs.planning.completion.table import CompletionTable
from programs.planning.models import PlanLine, PlanLineTarget, WorkPlan

COMPLETION = DraftedForm(
    name="lengkapi-rencana",
    label="Lengkapi rencana",
    model=WorkPlan,
    address=lambda plan, part: reverse("planning:plan-complete", args=[plan.pk]),
    may_fill=lambda user, plan: plan.may_write(user),
    is_open=lambda plan: plan.is_editable,
    compare=lambda plan, part, data: typed_and_stored(CompletionTableForm(CompletionTable(plan), data)),
    writes={
        PlanLine: "amount group commodity exception_reason target_location procurement",
        PlanLineTarget: "money physical",
        IndicatorTarget: "target",
    },
    by_rows=True,
)
