"""What is stored of the months of a year: versions and lines, reports that were sent, months that were typed, RAK."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from programs.monthly.figures import UNKNOWN, Figures, Origin, first_known, quarter_ended_by
from programs.monthly.models import MonthlyPlan, MonthlyProgress
from programs.planning.models import PlanLine, PlanLineTarget, WorkPlan
from programs.planning.versions import versions_on
from programs.reporting.reading.approved import Published, published_lines
from programs.reporting.reports.models import ProgressReport


class StoredLine(NamedTuple):
    pk: int
    plan: int
    agency: int
    continues: int | None
    activity: int
    amount: int


class StoredReport(NamedTuple):
    """A report whose figures are read; while it is corrected ``plan`` is that of what was approved."""

    pk: int
    quarter: int
    plan: int | None
    origin: Origin


class StoredMonths:
    """``months`` of one year, of all agencies or of one; one query each part, asked for when it is wanted.

    What was planned is only read of ``planned_in``, where that is given: a year has twelve plans of each line.
    """

    def __init__(
        self, year: int, months: Collection[int], agency: int | None, planned_in: Collection[int] | None = None
    ) -> None:
        self.year, self.months, self.agency = year, sorted(months), agency
        self.planned_in = self.months if planned_in is None else planned_in
        self._roots: dict[int, int] = {}

    def read(self) -> "StoredMonths":
        """All parts now: an agency without lines costs as many queries as one with hundreds."""
        for part in ("versions", "reports", "lines", "in_budget", "progress", "planned", "of_reports"):
            getattr(self, part)
        return self

    def root(self, line: int) -> int:
        """The first version of a piece of work; a ring of versions ends too."""
        if line not in self._roots:
            chain = [line]
            before = self.lines[line].continues
            while before in self.lines and before not in chain:
                chain.append(before)
                before = self.lines[before].continues
            self._roots[line] = chain[-1]
        return self._roots[line]

    def _within(self, rows: QuerySet[Any], year: str, agency: str) -> QuerySet[Any]:
        within = {year: self.year} | ({} if self.agency is None else {agency: self.agency})
        return rows.filter(**within).order_by()

    # --- Versions and their lines -------------------------------------------------------------------------------------

    @cached_property
    def lines(self) -> dict[int, StoredLine]:
        """Of every version that was set."""
        columns = ("pk", "plan_id", "plan__agency_id", "continues_id", "activity_id", "amount")
        agreed = self._within(PlanLine.objects.agreed(), "plan__year", "plan__agency")
        return {row[0]: StoredLine(*row) for row in agreed.order_by("activity__code", "pk").values_list(*columns)}

    @cached_property
    def in_budget(self) -> set[int]:
        """Lines that are no village money."""
        lines = PlanLine.objects.agreed().in_program_budget()
        return set(self._within(lines, "plan__year", "plan__agency").values_list("pk", flat=True))

    @cached_property
    def of_plan(self) -> Mapping[int, list[StoredLine]]:
        found: dict[int, list[StoredLine]] = defaultdict(list)
        for line in self.lines.values():
            found[line.plan].append(line)
        return found

    @cached_property
    def works(self) -> Mapping[int, list[int]]:
        """Root -> the lines of that piece of work, the latest first."""
        found: dict[int, list[int]] = defaultdict(list)
        for pk in sorted(self.lines, reverse=True):
            found[self.root(pk)].append(pk)
        return found

    @cached_property
    def agency_of(self) -> dict[int, int]:
        """Version that was set -> its agency."""
        return dict(self._within(WorkPlan.objects.decided(), "year", "agency").values_list("pk", "agency_id"))

    @cached_property
    def versions(self) -> dict[tuple[int, int], int]:
        """(agency, month) -> the version that counts on its first day."""
        counting = versions_on(self.year, [date(self.year, month, 1) for month in self.months])
        return {
            (self.agency_of[plan], month): plan
            for month, plans in zip(self.months, counting, strict=True)
            for plan in plans
            if plan in self.agency_of
        }

    # --- Figures ------------------------------------------------------------------------------------------------------

    @cached_property
    def reports(self) -> dict[tuple[int, int | None], StoredReport]:
        """(agency, quarter) -> its report once it was sent; one that was sent back is with its agency again.

        One that was approved and is corrected counts as it was approved, as everywhere.
        """
        there = Q(status__in=(*ProgressReport.ON_DESK, *ProgressReport.APPROVED_STATES)) | Q(kept__isnull=False)
        rows = self._within(ProgressReport.objects.filter(there), "period__year", "agency")
        columns = ("agency_id", "pk", "period__number", "status", "plan_id", "kept__plan_id")
        found: dict[tuple[int, int | None], StoredReport] = {}
        for agency, pk, quarter, status, plan, approved_on in rows.values_list(*columns):
            if status in ProgressReport.APPROVED_STATES:
                found[agency, quarter] = StoredReport(pk, quarter, plan, Origin.APPROVED)
            elif approved_on is not None:
                found[agency, quarter] = StoredReport(pk, quarter, approved_on, Origin.CORRECTED)
            else:
                found[agency, quarter] = StoredReport(pk, quarter, plan, Origin.UNVERIFIED)
        return found

    @property
    def of_reports(self) -> Mapping[int, dict[int, Figures]]:
        """Report -> piece of work -> its figures; a line that the report's plan has comes before a carried one."""
        return self._said_by_reports[0]

    @property
    def reasons(self) -> Mapping[int, dict[int, str]]:
        """Report -> piece of work -> why nothing was spent and done on it."""
        return self._said_by_reports[1]

    @cached_property
    def _said_by_reports(self) -> tuple[Mapping[int, dict[int, Figures]], Mapping[int, dict[int, str]]]:
        """Asked with a report that is none too: one query where no report was sent, and one more for copies."""
        columns = ("report_id", "plan_line_id", "spent_to_date", "physical_to_date", "carried", "nil_reason")
        wanted = [Published(each.pk, each.quarter, each.origin is Origin.CORRECTED) for each in self._wanted_reports()]
        sources = published_lines([*wanted, Published(0, 0, False)])
        rows = (row for lines in sources for row in lines.order_by("pk").values_list(*columns))
        found: dict[int, dict[int, Figures]] = defaultdict(dict)
        reasons: dict[int, dict[int, str]] = defaultdict(dict)
        for report, line, money, physical, carried, reason in rows:
            if line not in self.lines:
                continue
            root = self.root(line)
            if not carried or root not in found[report]:
                found[report][root] = Figures(money, physical)
                reasons[report][root] = reason
        return found, reasons

    def _wanted_reports(self) -> list[StoredReport]:
        """Those of the months; all of the year where months are compared, or work of an earlier version has gone."""
        compared = len(self.months) > 1 or bool(self.gone)
        quarters = {quarter_ended_by(month) for month in self.months}
        return [each for each in self.reports.values() if compared or each.quarter in quarters]

    @cached_property
    def progress(self) -> dict[tuple[int, int], Figures]:
        return {(line, month): Figures(money, physical) for line, month, money, physical, _note in self._typed}

    @cached_property
    def notes(self) -> dict[tuple[int, int], str]:
        """(line, month) -> what its agency wrote beside the figures."""
        return {(line, month): note for line, month, _money, _physical, note in self._typed if note}

    @cached_property
    def _typed(self) -> list[tuple[int, int, int | None, Decimal | None, str]]:
        rows = MonthlyProgress.objects.filter(month__in=self.months)
        found = self._within(rows, "line__plan__year", "line__plan__agency")
        return list(found.values_list("line_id", "month", "money", "physical", "note"))

    @cached_property
    def planned(self) -> dict[tuple[int, int], Figures]:
        """RAK and physical plan; what was not given for the end of a quarter is the target of that quarter."""
        given = self._of_months(MonthlyPlan.objects.filter(month__in=self.planned_in))
        targets = self._targets()
        return targets | {key: first_known(found, targets.get(key, UNKNOWN)) for key, found in given.items()}

    def _targets(self) -> dict[tuple[int, int], Figures]:
        quarters = [quarter for month in self.planned_in if (quarter := quarter_ended_by(month)) is not None]
        targets = PlanLineTarget.objects.filter(quarter__in=quarters)
        rows = self._within(targets, "plan_line__plan__year", "plan_line__plan__agency")
        columns = rows.values_list("plan_line_id", "quarter", "money", "physical")
        return {(line, quarter * 3): Figures(money, physical) for line, quarter, money, physical in columns}

    def _of_months(self, rows: QuerySet[Any]) -> dict[tuple[int, int], Figures]:
        found = self._within(rows, "line__plan__year", "line__plan__agency")
        columns = found.values_list("line_id", "month", "money", "physical")
        return {(line, month): Figures(money, physical) for line, month, money, physical in columns}

    # --- Work that a version no longer has ----------------------------------------------------------------------------

    @cached_property
    def gone(self) -> set[int]:
        """Lines whose work is missing in a version that counts in one of the months."""
        versions: dict[int, list[int]] = defaultdict(list)
        for plan, agency in self.agency_of.items():
            versions[agency].append(plan)
        found: set[int] = set()
        for agency, plans in versions.items():
            if len(plans) > 1:
                found |= self._gone_of(
                    {self.versions[agency, month] for month in self.months if (agency, month) in self.versions}, plans
                )
        return found

    def _gone_of(self, counting: set[int], plans: list[int]) -> set[int]:
        kept = [{self.root(line.pk) for line in self.of_plan[plan]} for plan in counting]
        lines = [line.pk for plan in plans for line in self.of_plan[plan]]
        return {line for line in lines if any(self.root(line) not in roots for roots in kept)}

    @cached_property
    def progress_of_gone(self) -> Mapping[tuple[int, int], dict[int, Figures]]:
        """(agency, month) -> piece of work -> what was typed for it."""
        found: dict[tuple[int, int], dict[int, Figures]] = defaultdict(dict)
        if not self.gone:
            return found
        typed = MonthlyProgress.objects.filter(line__in=self.gone, month__lt=max(self.months))
        for (line, month), figures in self._of_months(typed).items():
            if figures.is_known:
                found[self.lines[line].agency, month][self.root(line)] = figures
        return found
