"""The figures of reports side by side with the quarter before and the target: for deciding, never for storing.

One figure has one name in all rows, forms and pages: ``spent`` and ``physical`` are what the line says, cumulative
since January (the columns ``spent_to_date`` and ``physical_to_date``); ``spent_before`` and ``physical_before`` are the
same in the report before; ``spent_change`` and ``physical_change`` are the difference, unknown without a report before;
``spent_in_quarter`` is what the quarter alone has cost; ``absorption`` (serapan) is the money spent in percent of its
ceiling.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from p2emas.methods.averages import weighted_mean
from p2emas.naming import said
from programs.planning.models import PlanLine, PlanLineTarget
from programs.reporting.reports.models import ProgressReport
from programs.reporting.reports.parts import ReportLine


def percent_of(part: int | None, whole: int | None) -> Fraction | None:
    """``part`` of ``whole`` in percent; None when either is unknown or the whole is nothing."""
    return Fraction(part * 100, whole) if part is not None and whole else None


class FiguresBefore(NamedTuple):
    """What the report before says of a piece of work, cumulative: rupiah and percent."""

    spent_to_date: int | None
    physical_to_date: Decimal | None


class QuarterTarget(NamedTuple):
    """What was planned to the end of the quarter: rupiah and percent."""

    money: int | None
    physical: Decimal | None


@dataclass(frozen=True)
class SheetRow:
    """One line of a report with what it is compared with. Percentages are 0 to 100, None is "belum ada data"."""

    number: int
    line: ReportLine
    before: FiguresBefore | None
    target: QuarterTarget | None
    photos: int

    @property
    def plan_line(self) -> PlanLine:
        return self.line.plan_line

    @property
    def place(self) -> str:
        village = self.plan_line.village
        return village.name if village else said("seluruh {territory}")

    @property
    def village_id(self) -> int | None:
        location = self.plan_line.target_location
        return location.village_id if location else self.plan_line.other_village_id

    @property
    def ceiling(self) -> int:
        return self.line.ceiling

    @property
    def is_carried(self) -> bool:
        """Work that the report's plan no longer has; what was spent on it still counts."""
        return bool(self.line.carried)

    @property
    def spent(self) -> int | None:
        return self.line.spent_to_date

    @property
    def physical(self) -> Decimal | None:
        return self.line.physical_to_date

    @property
    def spent_before(self) -> int | None:
        return self.before.spent_to_date if self.before else None

    @property
    def physical_before(self) -> Decimal | None:
        return self.before.physical_to_date if self.before else None

    @property
    def has_before(self) -> bool:
        return self.spent_before is not None or self.physical_before is not None

    @property
    def spent_change(self) -> int | None:
        now, before = self.spent, self.spent_before
        return None if now is None or before is None else now - before

    @property
    def spent_in_quarter(self) -> int | None:
        """All that was spent when no earlier quarter of the year was reported."""
        return self.spent if self.before is None else self.spent_change

    @property
    def physical_change(self) -> Decimal | None:
        now, before = self.physical, self.physical_before
        return None if now is None or before is None else now - before

    @property
    def money_falls(self) -> bool:
        return self.spent_change is not None and self.spent_change < 0

    @property
    def physical_falls(self) -> bool:
        return self.physical_change is not None and self.physical_change < 0

    @property
    def falls_unexplained(self) -> bool:
        """Lower than before without a reason; work that was done is only lower where the figure was mistyped."""
        if self.is_carried:
            return False
        mistyped = self.line.correction == ReportLine.Correction.TYPING
        return (self.money_falls and not self.line.correction) or (self.physical_falls and not mistyped)

    @property
    def correction(self) -> str:
        """ "Pengembalian ke kas daerah: sisa honor", empty where nothing was corrected."""
        return f"{self.line.get_correction_display()}: {self.line.correction_reason}" if self.line.correction else ""

    @property
    def absorption(self) -> Fraction | None:
        """Serapan: money spent of the line's ceiling, in percent."""
        return percent_of(self.spent, self.ceiling)

    @property
    def over_budget(self) -> int | None:
        """By how many rupiah the money spent exceeds the line's ceiling; None where it does not."""
        spent, ceiling = self.spent, self.ceiling
        return spent - ceiling if spent is not None and spent > ceiling and not self.is_carried else None

    @property
    def over_budget_reason(self) -> str:
        """Empty where the money is within its ceiling again: the reason is only taken away when the report is sent."""
        return self.line.over_budget_reason if self.over_budget is not None else ""

    @property
    def money_lead(self) -> Fraction | None:
        """By how many points the money is ahead of the work."""
        absorption, physical = self.absorption, self.physical
        return None if absorption is None or physical is None else absorption - Fraction(physical)

    @property
    def lacks_photo(self) -> bool:
        """Physical work that moved in this quarter and shows no picture: an unchanged line needs no new one."""
        if self.photos or self.is_carried or not self.plan_line.is_physical_work:
            return False
        return self.physical is not None and self.physical > (self.physical_before or 0)

    @property
    def is_village_money(self) -> bool:
        return self.line.outside


@dataclass(frozen=True)
class SheetTotal:
    """Sum of rows. Lines without a value are left out and counted in ``missing``; physical is weighted by ceiling."""

    rows: list[SheetRow]

    @property
    def amount(self) -> int:
        return sum(row.ceiling for row in self.rows)

    @property
    def missing(self) -> int:
        return sum(row.spent is None or row.physical is None for row in self.rows if not row.is_carried)

    @property
    def spent(self) -> int | None:
        return self._sum("spent")

    @property
    def spent_before(self) -> int | None:
        return self._sum("spent_before")

    @property
    def absorption(self) -> Fraction | None:
        return percent_of(self.spent, self.amount)

    @property
    def physical(self) -> Fraction | None:
        return self._weighted("physical")

    @property
    def physical_before(self) -> Fraction | None:
        return self._weighted("physical_before")

    @property
    def physical_change(self) -> Fraction | None:
        return self._weighted("physical_change")

    def _sum(self, name: str) -> int | None:
        known = [value for row in self.rows if (value := getattr(row, name)) is not None]
        return sum(known) if known else None

    def _weighted(self, name: str) -> Fraction | None:
        return weighted_mean((row.ceiling, getattr(row, name)) for row in self.rows)


@dataclass(frozen=True)
class FigureSheet:
    report: ProgressReport
    previous: ProgressReport | None = None
    rows: list[SheetRow] = field(default_factory=list)

    @property
    def total(self) -> SheetTotal:
        """What the agency answers for. Village money (ADD, DD) is shown beside, never inside."""
        return SheetTotal([row for row in self.rows if not row.is_village_money])

    @property
    def village_total(self) -> SheetTotal:
        return SheetTotal([row for row in self.rows if row.is_village_money])

    @property
    def activities(self) -> list[SheetRow]:
        """The lines that the agency fills ("Jumlah kegiatan"): those that are carried are no longer in its plan."""
        return [row for row in self.rows if not row.is_carried]

    @property
    def videos(self) -> list[SheetRow]:
        """The lines with links of videos."""
        return [row for row in self.rows if row.line.videos]


PLACES = ("plan_line__target_location__village", "plan_line__other_village")
# what a page of hundreds of lines shows and compares, and what their history copies when they are saved
READ = (
    "report",
    "spent_to_date",
    "physical_to_date",
    "started_on",
    "nil_reason",
    "unchanged",
    "over_budget_reason",
    "video_url",
    "carried",
    "correction",
    "correction_reason",
    *(
        f"plan_line__{name}"
        for name in ("activity__name", "activity__code", "chain_link", "fund", "start_month", "amount", "continues")
    ),
    *(f"plan_line__target_location__{name}" for name in ("valid_from", "valid_until")),
    *(f"{place}__name" for place in PLACES),
)


def sheets_for(reports: Iterable[ProgressReport], *, targets: bool = True) -> dict[int, FigureSheet]:
    """Sheets of ``reports`` (with their periods loaded) by the report's key.

    In four queries however many they are, in five when work was replanned twice between two quarters.

    Reading a report shows no targets and leaves them out, which saves a query.
    """
    reports = list(reports)
    lines = list(
        ReportLine.objects.filter(report__in=reports)
        .select_related("plan_line__activity", *PLACES)
        .only(*READ)
        .with_photos()
        .with_fund()
        .order_by("plan_line__activity__code", "plan_line_id", "pk")
    )
    previous = previous_reports(reports)
    before = _lines_before(previous, lines)
    planned = _targets(reports, lines) if targets else {}
    sheets = {report.pk: FigureSheet(report, previous.get(report.pk)) for report in reports}
    for line in sorted(lines, key=_place_in_sheet):
        sheet = sheets[line.report_id]
        sheet.rows.append(
            SheetRow(
                number=len(sheet.rows) + 1,
                line=line,
                before=before.get(line.pk),
                target=planned.get((line.plan_line_id, sheet.report.period.number)),
                photos=line.photos,
            )
        )
    return sheets


def _place_in_sheet(line: ReportLine) -> tuple[bool, bool]:
    """Village money last, and in each part the work that the plan no longer has."""
    return line.outside, bool(line.carried)


def previous_reports(reports: list[ProgressReport]) -> dict[int, ProgressReport]:
    """By the key of each report: the agency's last one of the same year that was sent; figures are cumulative."""
    later = [report for report in reports if report.period.number > 1]
    sent = (
        ProgressReport.objects.filter(
            agency__in={r.agency_id for r in later}, period__year__in={r.period.year for r in later}
        )
        .exclude(status__in=(ProgressReport.Status.NOT_STARTED, ProgressReport.Status.DRAFT))
        .select_related("period")
        .only("agency", "period__year", "period__number")
        .order_by("period__number")
    )
    by_year: dict[tuple[int, int], list[ProgressReport]] = {}
    for report in sent:
        by_year.setdefault((report.agency_id, report.period.year), []).append(report)
    found = {}
    for report in later:
        for earlier in by_year.get((report.agency_id, report.period.year), []):
            if earlier.period.number < report.period.number:
                found[report.pk] = earlier
    return found


def _lines_before(previous: dict[int, ProgressReport], lines: Sequence[ReportLine]) -> dict[int, FiguresBefore]:
    """By the key of each of ``lines``: the same work in the report before.

    The plan line may have been replaced by a later version of the plan since; ``continues`` leads back to it.
    """
    earlier: dict[int, dict[int, FiguresBefore]] = {}
    said = ReportLine.objects.filter(report__in=previous.values()).order_by()
    for report, plan_line, *figures in said.values_list("report", "plan_line", *FiguresBefore._fields):
        earlier.setdefault(report, {})[plan_line] = FiguresBefore(*figures)
    steps = _earlier_versions(previous, lines, {key for known in earlier.values() for key in known})
    found = {}
    for line in lines:
        if line.report_id in previous:
            same = _walk_back(line.plan_line_id, steps, earlier.get(previous[line.report_id].pk, {}))
            if same is not None:
                found[line.pk] = same
    return found


def _earlier_versions(
    previous: dict[int, ProgressReport], lines: Sequence[ReportLine], known: set[int]
) -> dict[int, int | None]:
    """Plan line -> the one that it continues; asked for only when a line lies more than one version back."""
    steps = {line.plan_line_id: line.plan_line.continues_id for line in lines if line.report_id in previous}
    if all(step is None or step in known or line in known for line, step in steps.items()):
        return steps
    return dict(
        PlanLine.objects.filter(
            plan__agency__in={r.agency_id for r in previous.values()},
            plan__year__in={r.period.year for r in previous.values()},
        ).values_list("pk", "continues")
    )


def _walk_back(
    plan_line: int | None, steps: dict[int, int | None], known: dict[int, FiguresBefore]
) -> FiguresBefore | None:
    for _ in range(len(steps) + 1):  # a chain of versions is never longer than that, even if data loops
        if plan_line is None:
            return None
        if plan_line in known:
            return known[plan_line]
        plan_line = steps.get(plan_line)
    return None


def _targets(reports: list[ProgressReport], lines: Sequence[ReportLine]) -> dict[tuple[int, int], QuarterTarget]:
    quarters = {report.period.number for report in reports}
    plan_lines = {line.plan_line_id for line in lines}
    found = PlanLineTarget.objects.filter(plan_line__in=plan_lines, quarter__in=quarters).order_by()
    rows = found.values_list("plan_line", "quarter", *QuarterTarget._fields)
    return {(line, quarter): QuarterTarget(*planned) for line, quarter, *planned in rows}
