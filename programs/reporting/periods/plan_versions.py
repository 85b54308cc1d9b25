"""A report that takes another version of its plan over: which ones it may, what that changes, and the change.

Figures follow their piece of work. Work with figures that the other version does not have is carried to the end of
the year; what has none leaves the report. The version before can be taken back the same way, and nothing is lost.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from p2emas import clock
from p2emas.accounts.models import User
from p2emas.history.records import set_author, set_reason
from p2emas.workflow.editing import claim_version
from p2emas.workflow.models import StepNotAllowed
from programs.planning.differences import Differences, differences_between
from programs.planning.models import PlanLine, WorkPlan
from programs.reporting.reports.carrying import SameWork, carry_over, drop_lines
from programs.reporting.reports.models import ProgressReport, ReportingPeriod
from programs.reporting.reports.parts import ReportLine
from programs.reporting.reports.sheets import previous_reports

MOVED = ("plan_line", "carried", "spent_to_date", "physical_to_date")


@dataclass(frozen=True)
class VersionChoice:
    """The versions that one report may go to now. ``held_up`` is a later one that the next quarter's report lacks."""

    later: WorkPlan | None = None
    earlier: WorkPlan | None = None
    held_up: WorkPlan | None = None
    following: ProgressReport | None = None

    def find(self, pk: int) -> WorkPlan | None:
        return next((plan for plan in (self.later, self.earlier) if plan is not None and plan.pk == pk), None)


def version_choice(report: ProgressReport) -> VersionChoice:
    """Which versions ``report`` (with its period and plan) may go to.

    Later: set, and in effect by the quarter's last day. Earlier: the one that it had before. Never a later one than the
    report of a quarter after it has, nor an earlier one than the report of a quarter before it.
    """
    plan = report.plan
    if plan is None or not report.is_editable:
        return VersionChoice()
    versions = list(WorkPlan.objects.decided().filter(agency=report.agency_id, year=plan.year).order_by("-sequence"))
    if versions == [plan]:
        return VersionChoice()
    before, following = _neighbours(report)
    newer = [each for each in versions if each.sequence > plan.sequence and _counts_by(each, report.period.ends)]
    allowed = [each for each in newer if following is None or each.sequence <= following.plan.sequence]
    return VersionChoice(
        later=next(iter(allowed), None),
        earlier=_version_before(report, versions, before),
        held_up=newer[0] if newer and not allowed else None,
        following=following,
    )


def _counts_by(version: WorkPlan, day: date) -> bool:
    return version.effective_on is not None and version.effective_on <= day


def _neighbours(report: ProgressReport) -> tuple[int, Any]:
    """The latest version of the quarters before, and the report of a quarter after with the earliest one."""
    number = report.period.number
    of_year = ProgressReport.objects.filter(agency=report.agency_id, period__year=report.period.year)
    beside: list[Any] = list(of_year.exclude(plan=None).exclude(pk=report.pk).select_related("period", "plan"))
    before = [each.plan.sequence for each in beside if each.period.number < number]
    after = [each for each in beside if each.period.number > number]
    return max(before, default=0), min(after, key=lambda each: each.plan.sequence, default=None)


def _version_before(report: ProgressReport, versions: list[WorkPlan], least: int) -> WorkPlan | None:
    """The version that the report had before the present one, as its history tells."""
    assert report.plan is not None  # asked by the caller
    earlier = [each for each in versions if least <= each.sequence < report.plan.sequence]
    if not earlier:
        return None
    known = report.history.exclude(plan=None).exclude(plan=report.plan_id).order_by("-history_id")
    pk = known.values_list("plan", flat=True).first()
    return next((each for each in earlier if each.pk == pk), None)


@transaction.atomic
def change_version(*, report: ProgressReport, plan: WorkPlan, version: int, actor: User) -> None:
    """Put ``report`` on ``plan``, one of ``version_choice``; figures follow their work.

    Raises ``EditConflict`` when somebody saved after the page was shown, ``StepNotAllowed`` with a sentence when the
    version can no longer be chosen. All reports of the agency's year are held: two of them never pass each other.
    """
    list(
        ProgressReport.objects.select_for_update(no_key=True)
        .filter(agency=report.agency_id, period__year=report.period.year)
        .order_by("pk")
    )
    claim_version(report, version, *ProgressReport.EDITABLE, period__status=ReportingPeriod.Status.OPEN)
    report.refresh_from_db()
    if version_choice(report).find(plan.pk) is None:
        raise StepNotAllowed("Versi rencana itu tidak dapat lagi dipakai laporan ini. Periksa pilihan di bawah.")
    reason = f"Versi rencana diganti: {plan.dated_name}"
    _move_lines(report, plan, actor, reason)
    report.plan, report.is_sample = plan, report.is_sample or plan.is_sample
    set_author(report, actor)
    set_reason(report, reason)
    report.save(update_fields=["plan", "is_sample"])
    carry_over(report, by=actor)


def _move_lines(report: ProgressReport, plan: WorkPlan, actor: User, reason: str) -> None:
    lines = sorted(report.lines.order_by("pk"), key=lambda line: bool(line.carried))
    same = SameWork(report.agency_id, report.period.year).in_plan([line.plan_line_id for line in lines], plan.pk)
    taken: set[int] = set()
    gone = []
    for line in lines:
        target = same.get(line.plan_line_id)
        if target is not None and target not in taken:
            taken.add(target)
            _continue(line, target)
        elif line.has_begun:
            line.carried = line.carried or ReportLine.Carried.OWN
        else:
            gone.append(line)
    drop_lines(gone, by=actor)
    stamps = {"default_user": actor, "default_date": clock.now(), "default_change_reason": reason}
    kept = [line for line in lines if line not in gone]
    if kept:
        bulk_update_with_history(kept, ReportLine, [*MOVED], **stamps)
    new = plan.lines.exclude(pk__in=taken).order_by("activity__code", "pk")
    if rows := [ReportLine(report=report, plan_line=each) for each in new]:
        bulk_create_with_history(rows, ReportLine, **stamps)


def _continue(line: ReportLine, target: int) -> None:
    """Put a line on the same work in the other version; what it had from the report before, it asks for again."""
    if line.carried == ReportLine.Carried.BEFORE:
        line.spent_to_date = line.physical_to_date = None
    line.plan_line_id, line.carried = target, ""


# --- What it changes --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class GoneLine:
    """Work that the other version does not have; ``spent`` in rupiah is carried to the end of the year if it began."""

    line: PlanLine
    counted: ReportLine | None

    @property
    def spent(self) -> int | None:
        return self.counted.spent_to_date if self.counted else None

    @property
    def is_carried(self) -> bool:
        return self.counted is not None


@dataclass(frozen=True)
class VersionChange:
    """What becomes of ``report`` when it goes from ``old`` to ``new``."""

    report: ProgressReport
    old: WorkPlan
    new: WorkPlan
    found: Differences
    gone: list[GoneLine]

    @property
    def is_way_back(self) -> bool:
        return self.new.sequence < self.old.sequence

    @property
    def carried(self) -> int:
        return sum(each.is_carried for each in self.gone)

    @property
    def summary(self) -> str:
        """ "1 kegiatan ditambah, 2 diubah"; what does not occur is left out."""
        counts = (("ditambah", self.found.added), ("tidak ada lagi", self.gone), ("diubah", self.found.changed))
        said = [f"{len(rows)} {word}" for word, rows in counts if rows]
        return ", ".join(said) if said else "isi kedua versi sama"


def version_change(report: ProgressReport, plan: WorkPlan) -> VersionChange:
    """What ``change_version`` would do; a constant number of queries."""
    old = report.plan
    assert old is not None  # a report without a plan takes the year's first one over
    work = SameWork(report.agency_id, report.period.year)
    found = differences_between(old, plan, work.in_plan(work.of_plan.get(plan.pk, []), old.pk))
    counted = _counted(report, work, [line.pk for line in found.removed], old.pk)
    gone = [GoneLine(line, counted.get(line.pk)) for line in found.removed]
    return VersionChange(report, old, plan, found, gone)


def _counted(report: ProgressReport, work: SameWork, lines: Collection[int], plan: int) -> dict[int, ReportLine]:
    """By plan line: the report's own figures of it, else those of the report before."""
    previous = previous_reports([report]).get(report.pk)
    begun = [line for line in previous.lines.all() if line.has_begun] if previous else []
    same = work.in_plan([line.plan_line_id for line in begun], plan)
    found = {same[line.plan_line_id]: line for line in begun if line.plan_line_id in same}
    found |= {line.plan_line_id: line for line in report.lines.all() if line.has_begun}
    return {pk: line for pk, line in found.items() if pk in lines}
