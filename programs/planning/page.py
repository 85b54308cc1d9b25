"""What the page of one plan and the page of its check show, gathered once."""

from dataclasses import dataclass
from functools import cached_property

from p2emas.accounts.models import User
from p2emas.naming import said
from p2emas.ui import formats
from p2emas.ui.controls import fill
from p2emas.workflow.models import StatusChange
from p2emas.workflow.riwayat import Entry, short_timeline
from programs.framework.models import Activity, Indicator, IndicatorTarget
from programs.planning.chain.matrix import ChainFinding
from programs.planning.checks import QUARTERS, LineTargets, PlanCheck
from programs.planning.finding_links import FindingLinks, LinkedFinding
from programs.planning.measures import Focus, focus_by
from programs.planning.models import PlanLine, WorkPlan
from programs.planning.reach import latest_of
from programs.planning.spread import Spread, measure_spread

SHORT_HISTORY = 4
LINK_WORDS = dict(PlanLine.ChainLink.choices)  # ``get_..._display`` looks at every choice again for each row


def plan_history_parts(plan: WorkPlan) -> list:
    """What belongs to the Riwayat of a plan: its lines, and what happened to its indicators since it was drafted."""
    activities = plan.lines.order_by().values("activity")
    ever = Indicator.history.filter(activity__in=activities)
    since = {"history_date__gte": plan.created_at}
    return [
        "lines",
        "lines__targets",
        ever.filter(**since),
        IndicatorTarget.history.filter(indicator__in=ever.order_by().values("id"), **since),
    ]


class ShownLine:
    """A line with its warnings, its targets and its choices in words."""

    def __init__(self, line: PlanLine, warnings: list[LinkedFinding], given: LineTargets, latest: str = "") -> None:
        self.line, self.warnings, self.latest = line, warnings, latest
        self.money, self.physical = zip(*(given.get(quarter, (None, None)) for quarter in QUARTERS), strict=True)

    @property
    def cells(self) -> str:
        """Place, goods, fund, ceiling and targets, drawn without a template: a plan has hundreds of lines."""
        line = self.line
        group = fill(", {}", line.group) if line.group else ""
        return fill(
            '<td>{}</td><td>{}<span class="meta d-block">{}{}</span></td>'
            '<td>{}<span class="meta d-block">{}{}</span>{}</td><td class="num">{}</td>'
            '<td><span class="nowrap">Rp juta {}</span><span class="meta d-block nowrap">Fisik % {}</span></td>',
            *(self._place, line.commodity or "belum ditentukan", LINK_WORDS[line.chain_link], group),
            *(line.get_fund_display(), line.month_name, self._latest_words, self._proposal),
            *(formats.rupiah_million(line.amount), self.money_words, self.physical_words),
        )

    @property
    def _place(self) -> str:
        line = self.line
        if line.target_location:
            village, kind = line.target_location.village, "lokasi sasaran"
        elif line.other_village:
            village, kind = line.other_village, "di luar lokasi sasaran"
        else:
            return said("Seluruh {territory}")
        return fill('{}<span class="meta d-block">{}, {}</span>', village.name, village.district.name, kind)

    @property
    def _latest_words(self) -> str:
        if not self.latest:
            return ""
        return fill(", {} paling lambat {}", self.line.procurement.name if self.line.procurement else "", self.latest)

    @property
    def _proposal(self) -> str:
        line = self.line
        if not (line.proposal_no or line.proposal_text):
            return ""
        return fill('<span class="meta d-block">Usulan Musrenbang {}</span>', line.proposal_words)

    @property
    def money_words(self) -> str:
        """Cumulative targets in Rp million, "10 · 35 · 70 · 100"; a dash where none is given."""
        return " · ".join("–" if value is None else formats.rupiah_million(value) for value in self.money)

    @property
    def physical_words(self) -> str:
        return " · ".join("–" if value is None else formats.number(value, 1) for value in self.physical)


class PlanPage:
    def __init__(self, plan: WorkPlan, user: User) -> None:
        self.plan, self.user = plan, user
        self.check = PlanCheck(plan)
        links = FindingLinks(plan)
        self.lines = [
            ShownLine(
                line,
                links.linked(self.check.warnings_of[line.pk]),
                self.check.targets_of.get(line.pk, {}),
                self._latest_month(line),
            )
            for line in self.check.lines
        ]
        self.may_edit = plan.may_edit(user)

    def _latest_month(self, line: PlanLine) -> str:
        """The month in which it must begin at the latest, where it says its procurement or its season."""
        if not (line.procurement_id or line.season):
            return ""
        line.plan = self.plan
        return latest_of(line, self.check.holidays).month

    @cached_property
    def focus(self) -> Focus:
        lines = PlanLine.objects.filter(plan=self.plan)
        found = focus_by(lines, "plan", on=self.plan.day, core=self.check.core)
        return found.get(self.plan.pk, Focus())

    @cached_property
    def spread(self) -> Spread:
        return measure_spread(self.check.money_by_village, self.plan.year, self.check.targets)

    @property
    def village_lines(self) -> int:
        return sum(line.is_village_money for line in self.check.lines)

    @cached_property
    def trail(self) -> list[Entry]:
        return short_timeline(self.plan, parts=plan_history_parts(self.plan))[:SHORT_HISTORY]

    @cached_property
    def successor(self) -> WorkPlan | None:
        """The version that followed; only a plan that was set has one."""
        return self.plan.successors.first() if self.plan.status == WorkPlan.Status.SET else None

    @cached_property
    def steps(self) -> list[tuple[str, str]]:
        """Steps of the shared step page that the user can take now: name, label."""
        return [(name, step.label) for name, step in self.plan.open_steps(self.user) if not step.own_page]

    @property
    def may_set(self) -> bool:
        sources = WorkPlan.STEPS["set"].sources
        return self.plan.status in sources and self.plan.may_take(self.user, "set")

    @cached_property
    def asked(self) -> StatusChange | None:
        return correction_asked(self.plan)


def correction_asked(plan: WorkPlan) -> StatusChange | None:
    """What BAPPEDA last wanted corrected, until the plan is set.

    The agency reads it while it corrects the plan and before it submits again; the next reviewer reads it too.
    """
    return plan.last_change("return") if plan.status != WorkPlan.Status.SET else None


@dataclass(frozen=True)
class OpenChain:
    """Findings in the chains of villages that an agency has not answered, with a line or a sentence."""

    found: list[ChainFinding]

    SHOWN = 25  # a plan of many villages has a thousand; the matrices hold all

    def __bool__(self) -> bool:
        return bool(self.found)

    @property
    def shown(self) -> list[ChainFinding]:
        return self.found[: self.SHOWN]

    @property
    def others(self) -> int:
        return max(0, len(self.found) - self.SHOWN)


@dataclass(frozen=True)
class CheckPage:
    """What the check found, each finding with the way to its form, and how much was checked."""

    blockers: list[LinkedFinding]
    warnings: list[LinkedFinding]
    line_count: int
    activity_count: int
    chain: list[ChainFinding]
    unlisted: list[Activity]
    agency_id: int

    @property
    def open_chain(self) -> OpenChain:
        return OpenChain([each for each in self.chain if not each.is_answered_for(self.agency_id)])

    @classmethod
    def of(cls, plan: WorkPlan) -> "CheckPage":
        check, links = PlanCheck(plan), FindingLinks(plan)
        return cls(
            links.linked(check.blockers),
            links.linked(check.warnings),
            len(check.lines),
            len(check.activities),
            check.chain,
            check.unlisted,
            plan.agency_id,
        )
