"""Where a finding of the check is corrected: the address of its form, down to the field."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from programs.framework.models import Activity, Indicator
from programs.planning.checks import PlanFinding
from programs.planning.models import PlanLine, WorkPlan


@dataclass(frozen=True)
class LinkedFinding:
    sentence: str
    subject: str
    url: str


class FindingLinks:
    """The addresses of one plan, resolved once: a plan of 300 lines names a thousand of them."""

    def __init__(self, plan: WorkPlan) -> None:
        self.plan = plan
        self._line, self._indicator = (_beginning(name, plan) for name in ("line-edit", "indicator-edit"))

    def linked(self, findings: Iterable[PlanFinding]) -> list[LinkedFinding]:
        return [LinkedFinding(each.sentence, each.subject, self.url_of(each)) for each in findings]

    def url_of(self, finding: PlanFinding) -> str:
        about = finding.about
        if isinstance(about, PlanLine):
            return f"{self._line}{about.pk}/#id_{finding.field}"
        if isinstance(about, Indicator):
            return f"{self._indicator}{about.pk}/#id_{finding.field}"
        if isinstance(about, Activity):
            return reverse("planning:indicator-add", args=[self.plan.pk, about.pk])
        return reverse("planning:line-add", args=[self.plan.pk])


def _beginning(name: str, plan: WorkPlan) -> str:
    """The address of a part of ``plan`` up to its number."""
    return reverse(f"planning:{name}", args=[plan.pk, 0]).removesuffix("0/")
