"""The form of a plan line as one whose typed fields are kept before they are saved."""

from django.http import QueryDict
from django.urls import reverse

from p2emas.registry.kinds import DraftedForm
from p2emas.workflow.pages import versions_of
from programs.framework.models import Activity
from programs.planning.line_forms import LineForm
from programs.planning.models import PlanLine, PlanLineTarget, WorkPlan


def _page(plan: WorkPlan, part: int | None) -> str:
    if part is None:
        return reverse("planning:line-add", args=[plan.pk])
    return reverse("planning:line-edit", args=[plan.pk, part])


def _compare(plan: WorkPlan, part: int | None, data: QueryDict) -> tuple[dict[str, str], dict[str, str]]:
    """A line that was deleted meanwhile is compared with a new one: what was typed can still be read."""
    line = (plan.lines.for_table().filter(pk=part).first() if part else None) or PlanLine()
    line.plan = plan
    return versions_of(LineForm(data, instance=line))


LINE = DraftedForm(
    name="baris-rencana",
    label="Baris rencana",
    model=WorkPlan,
    address=_page,
    may_fill=lambda user, plan: plan.may_write(user),
    is_open=lambda plan: plan.is_editable,
    compare=_compare,
    parts=lambda plan: plan.lines.all(),
    writes={
        PlanLine: "activity target_location other_village exception_reason group commodity chain_link fund start_month "
        "volume unit amount procurement season_first season_last proposal_no proposal_text",
        Activity: "outcome code name programme_name",
        PlanLineTarget: "money physical",
    },
)
