"""The forms of a plan line and of an indicator, whose typed fields are kept before they are saved."""

from django.http import QueryDict
from django.urls import reverse

from p2emas.registry.kinds import DraftedForm
from p2emas.workflow.pages import versions_of
from programs.framework.models import Activity, Indicator, IndicatorTarget
from programs.planning.editing import INDICATOR_FORM, LINE_FORM
from programs.planning.indicator_forms import IndicatorForm
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


def _compare_indicator(plan: WorkPlan, part: int | None, data: QueryDict) -> tuple[dict[str, str], dict[str, str]]:
    indicator = plan.indicators().filter(pk=part).first()
    return versions_of(IndicatorForm(data, instance=indicator, plan=plan)) if indicator else ({}, {})


LINE = DraftedForm(
    name=LINE_FORM,
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
INDICATOR = DraftedForm(
    name=INDICATOR_FORM,
    label="Indikator dan targetnya",
    model=WorkPlan,
    address=lambda plan, part: reverse("planning:indicator-edit", args=[plan.pk, part]),
    may_fill=lambda user, plan: plan.may_write(user),
    is_open=lambda plan: plan.is_editable,
    compare=_compare_indicator,
    parts=lambda plan: plan.indicators(),
    writes={
        Indicator: "name unit formula source largest_change ledger counts_people of_sex notebook",
        IndicatorTarget: "target baseline baseline_year baseline_source baseline_missing_reason",
    },
)
