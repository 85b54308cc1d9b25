"""Work that a report counts to the end of the year although its plan no longer has it.

What was spent on it is spent. So a report keeps a line for it, with a ceiling of 0, that its agency no longer fills.
"""

from collections.abc import Collection, Iterable

from django.db import transaction
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from p2emas import clock
from p2emas.accounts.models import User
from p2emas.history.records import set_author
from programs.planning.models import PlanLine
from programs.reporting.reports.models import ProgressReport
from programs.reporting.reports.parts import ReportComment, ReportLine
from programs.reporting.reports.sheets import previous_reports

FIGURES = ("spent_to_date", "physical_to_date")


class SameWork:
    """Which lines of the versions of an agency's plan of a year are the same piece of work; one query."""

    def __init__(self, agency_id: int, year: int) -> None:
        of_year = PlanLine.objects.filter(plan__agency=agency_id, plan__year=year)
        rows = list(of_year.order_by("pk").values_list("pk", "plan", "continues"))
        self.before: dict[int, int | None] = {pk: before for pk, _plan, before in rows}
        self.of_plan: dict[int, list[int]] = {}
        for pk, plan, _before in rows:
            self.of_plan.setdefault(plan, []).append(pk)

    def in_plan(self, lines: Iterable[int], plan: int) -> dict[int, int]:
        """Of ``lines``, of any version: the line of ``plan`` that continues it, or that it continues."""
        wanted = self.of_plan.get(plan, [])
        earlier_of: dict[int, int] = {}
        for line in wanted:
            for earlier in self._back_from(line):
                earlier_of.setdefault(earlier, line)
        found = {}
        for line in lines:
            same = earlier_of.get(line) or next((each for each in self._back_from(line) if each in set(wanted)), None)
            if same is not None:
                found[line] = same
        return found

    def _back_from(self, line: int) -> list[int]:
        """The line itself and those of earlier versions that it continues; a ring of versions ends too."""
        chain: list[int] = []
        at: int | None = line
        while at is not None and at not in chain:
            chain.append(at)
            at = self.before.get(at)
        return chain


@transaction.atomic
def carry_over(report: ProgressReport, *, by: User | None) -> None:
    """Bring the lines that ``report`` carries from the report before up to date: new ones, other figures, gone ones.

    Lines that were filled in this quarter before another version was taken over stay as they are.
    """
    if report.plan_id is None:
        return
    wanted = lines_to_carry(report)
    present = {line.plan_line_id: line for line in report.lines.order_by("pk")}
    new = [
        ReportLine(report=report, plan_line_id=pk, carried=ReportLine.Carried.BEFORE, **_figures_of(source))
        for pk, source in wanted.items()
        if pk not in present
    ]
    following = [line for line in present.values() if line.carried == ReportLine.Carried.BEFORE]
    changed = []
    for line in following:
        source = wanted.get(line.plan_line_id)
        if source is not None and _figures_of(source) != _figures_of(line):
            for name, value in _figures_of(source).items():
                setattr(line, name, value)
            changed.append(line)
    drop_lines([line for line in following if line.plan_line_id not in wanted], by=by)
    stamps = {"default_user": by, "default_date": clock.now()}
    if changed:
        bulk_update_with_history(changed, ReportLine, [*FIGURES], **stamps)
    if new:
        bulk_create_with_history(new, ReportLine, **stamps)


def carry_into_later(report: ProgressReport, *, by: User) -> None:
    """After ``report`` was sent: the same in the year's later reports that their agency still has.

    They are held, as sending or moving one of them does: no line is carried twice.
    """
    later = ProgressReport.objects.select_for_update(of=("self",), no_key=True).filter(
        agency=report.agency_id,
        period__year=report.period.year,
        period__number__gt=report.period.number,
        status__in=ProgressReport.WITH_AGENCY,
    )
    for each in later.select_related("period").order_by("period__number"):
        carry_over(each, by=by)


def drop_lines(lines: Collection[ReportLine], *, by: User | None) -> None:
    """Delete lines of one report; what was said of them stays with the report as a whole."""
    for line in lines:
        ReportComment.objects.filter(line=line).update(line=None)
        set_author(line, by)
        line.delete()


def lines_to_carry(report: ProgressReport) -> dict[int, ReportLine]:
    """Plan line -> the line of the report before: has begun, and no line of this report's plan continues it."""
    previous = previous_reports([report]).get(report.pk)
    if previous is None:
        return {}
    begun = {line.plan_line_id: line for line in previous.lines.order_by("pk") if line.has_begun}
    if not begun:
        return {}
    assert report.plan_id is not None  # asked by the caller
    continued = SameWork(report.agency_id, report.period.year).in_plan(begun, report.plan_id)
    return {pk: line for pk, line in begun.items() if pk not in continued}


def _figures_of(line: ReportLine) -> dict[str, object]:
    return {name: getattr(line, name) for name in FIGURES}
