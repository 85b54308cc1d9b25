"""Carried lines of reports that were sent, and differ from the report before since that one was corrected.

A sent or approved report is changed by nobody: what was decided on it would no longer be what was read. So its carried
lines stay, and are named: at the decision on the correction, and in ``list_suspects``. When such a report is opened
again, sending it brings them up to date.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from p2emas.ui.formats import percent, rupiah
from programs.planning.models import PlanLine
from programs.reporting.reports.carrying import lines_to_carry
from programs.reporting.reports.models import ProgressReport
from programs.reporting.reports.parts import ReportLine


class Carried(NamedTuple):
    """Cumulative rupiah and percent; None of both: the line is not there."""

    spent: int | None = None
    physical: Decimal | None = None

    @classmethod
    def of(cls, line: ReportLine | None) -> "Carried":
        return cls() if line is None else cls(line.spent_to_date, line.physical_to_date)

    def __str__(self) -> str:
        if self == Carried():
            return "tanpa realisasi"
        return f"{rupiah(self.spent)} dan fisik {percent(self.physical)}"


@dataclass(frozen=True)
class CarriedApart:
    """A line of ``report``: what it carries, and what the report before says now."""

    report: ProgressReport
    plan_line: PlanLine
    carried: Carried
    now: Carried


def carried_apart(reports: Iterable[ProgressReport]) -> list[CarriedApart]:
    """Of ``reports`` those with their agency are left out: sending them brings their lines up to date."""
    return [found for report in reports if report.status not in ProgressReport.WITH_AGENCY for found in _apart(report)]


def later_apart(report: ProgressReport) -> list[CarriedApart]:
    """What differs in the year's later reports of the agency of ``report``; one query where there are none."""
    later = ProgressReport.objects.filter(
        agency=report.agency_id, period__year=report.period.year, period__number__gt=report.period.number
    ).exclude(status__in=ProgressReport.WITH_AGENCY)
    return carried_apart(later.select_related("period").order_by("period__number"))


def _apart(report: ProgressReport) -> list[CarriedApart]:
    if report.plan_id is None:
        return []
    wanted = lines_to_carry(report)
    lines = report.lines.filter(carried=ReportLine.Carried.BEFORE) | report.lines.filter(plan_line__in=wanted)
    here = {line.plan_line_id: line for line in lines}
    own = {pk for pk, line in here.items() if line.carried != ReportLine.Carried.BEFORE}
    apart = []
    for pk in sorted((wanted.keys() | here.keys()) - own):
        carried, now = Carried.of(here.get(pk)), Carried.of(wanted.get(pk))
        if carried != now:
            apart.append((pk, carried, now))
    named = PlanLine.objects.select_related("activity").in_bulk([pk for pk, *_figures in apart])
    return [CarriedApart(report, named[pk], carried, now) for pk, carried, now in apart]
