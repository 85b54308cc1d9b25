"""Automatic findings on a report: what a verifier would otherwise have to hunt for. Computed, never stored.

Their words are in ``finding_words``, those about indicators in ``indicator_findings``.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings

from programs.aid.handover import HolderStatement
from programs.reporting.filling.indicators import IndicatorRow
from programs.reporting.reports.parts import ReportComment
from programs.reporting.reports.payments import PaidActivity
from programs.reporting.reports.sheets import FigureSheet, SheetRow
from programs.reporting.reports.visited import SeenWork
from programs.reporting.verification.indicator_findings import INDICATOR_CHECKS, rows_by_activity, work_of


@dataclass(frozen=True)
class ReportFinding:
    """One thing to look at: in one line, in all lines of a place or an activity, or in an indicator (no ``row``)."""

    code: str
    rows: list[SheetRow]
    row: SheetRow | None = None
    indicator: IndicatorRow | None = None
    visit: SeenWork | None = None  # the last visit to the line, which found nothing begun
    short: Sequence[HolderStatement] = ()  # goods of the line that came short or were refused
    paid: PaidActivity | None = None  # an activity whose figures differ from what the treasury paid


@dataclass(frozen=True)
class Assessment:
    """What the checks of one report found, and which of them found nothing."""

    sheet: FigureSheet
    findings: list[ReportFinding]
    paid: Sequence[PaidActivity] = ()
    visited: bool = False  # whether a visit saw any of its lines near the quarter's end

    @property
    def within_budget(self) -> bool:
        """Whether no known figure exceeds its ceiling (nothing is said of a report without figures)."""
        return self.checked_rows > 0 and not any(finding.code == "over_budget" for finding in self.findings)

    @property
    def checked_rows(self) -> int:
        return sum(row.spent is not None for row in self.sheet.activities)

    @cached_property
    def _by_row(self) -> dict[int, list[ReportFinding]]:
        found: dict[int, list[ReportFinding]] = {}
        for finding in self.findings:
            for row in finding.rows:
                found.setdefault(row.number, []).append(finding)
        return found

    def about(self, row: SheetRow) -> list[ReportFinding]:
        return self._by_row.get(row.number, [])

    @cached_property
    def _paid_by_row(self) -> dict[int, PaidActivity]:
        return {row.number: each for each in self.paid for row in each.rows}

    def paid_for(self, row: SheetRow) -> PaidActivity | None:
        """What the treasury paid for the activity of ``row``; None where it is not known or not the agency's money."""
        return self._paid_by_row.get(row.number)

    def has(self, row: SheetRow, *codes: str) -> bool:
        return any(finding.code in codes for finding in self.about(row))


def assess(
    sheet: FigureSheet,
    indicators: Sequence[IndicatorRow] = (),
    paid: Sequence[PaidActivity] = (),
    visited: Mapping[int, SeenWork] | None = None,
    short: Mapping[int, Sequence[HolderStatement]] | None = None,
) -> Assessment:
    """Run every check on one report's figures, indicator values, payments, visits and goods; no queries.

    Nobody fills the lines that a report carries to the end of the year: nothing is to be found in them.
    """
    findings = [
        ReportFinding(code, [row], row) for row in sheet.activities for code, check in CHECKS.items() if check(row)
    ]
    visits = visited or {}
    others = [*_of_visits(sheet, visits), *_of_goods(sheet, short or {}), *_idle_locations(sheet), *_of_payments(paid)]
    return Assessment(sheet, [*findings, *others, *_of_indicators(sheet, indicators)], paid, bool(visits))


# --- Lines --------------------------------------------------------------------------------------------------------


def _money_falls(row: SheetRow) -> bool:
    return row.money_falls


def _physical_falls(row: SheetRow) -> bool:
    return row.physical_falls


def _money_ahead(row: SheetRow) -> bool:
    return row.money_lead is not None and row.money_lead > settings.FINDING_MONEY_AHEAD_POINTS


def _jump(row: SheetRow) -> bool:
    return row.physical_change is not None and row.physical_change > settings.FINDING_PHYSICAL_JUMP_POINTS


def _no_value(row: SheetRow) -> bool:
    return not row.line.nil_reason and (row.spent is None or row.physical is None)


CHECKS: dict[str, Callable[[SheetRow], bool]] = {
    "over_budget": lambda row: row.over_budget is not None,
    "money_falls": _money_falls,
    "physical_falls": _physical_falls,
    "money_ahead": _money_ahead,
    "physical_jump": _jump,
    ReportComment.NO_PHOTO: lambda row: row.lacks_photo,
    "no_value": _no_value,
}


# --- Visits -------------------------------------------------------------------------------------------------------

VISITED_OTHERWISE = "visit_contradicts"


def _of_visits(sheet: FigureSheet, visits: Mapping[int, SeenWork]) -> Iterator[ReportFinding]:
    """Lines of which the report says that work was done, and the last visit that nothing had begun."""
    for row in sheet.activities:
        seen = visits.get(row.number)
        if seen is not None and seen.contradicts(row):
            yield ReportFinding(VISITED_OTHERWISE, [row], row, visit=seen)


# --- Goods --------------------------------------------------------------------------------------------------------

GOODS_SHORT = "goods_short"


def _of_goods(sheet: FigureSheet, short: Mapping[int, Sequence[HolderStatement]]) -> Iterator[ReportFinding]:
    """Lines of which goods came short or were refused."""
    for row in sheet.activities:
        if said := short.get(row.number):
            yield ReportFinding(GOODS_SHORT, [row], row, short=said)


# --- Places -------------------------------------------------------------------------------------------------------


def _idle_locations(sheet: FigureSheet) -> Iterator[ReportFinding]:
    """Target locations in force at the quarter's end where work should have begun and none of it has.

    A report with zeros is only sent with the reason for them, so the reason is part of the finding, not instead of it.
    """
    period = sheet.report.period
    places: dict[int, list[SheetRow]] = {}
    for row in sheet.rows:
        location = row.plan_line.target_location
        if location is not None and location.is_in_force(period.ends):
            places.setdefault(location.pk, []).append(row)
    for rows in places.values():
        due = any(row.plan_line.start_month <= period.ends.month for row in rows)
        if due and not any(row.spent or row.physical for row in rows):
            yield ReportFinding("idle_location", rows)


# --- Payments -----------------------------------------------------------------------------------------------------

PAID_OTHERWISE = "paid_otherwise"


def _of_payments(paid: Sequence[PaidActivity]) -> Iterator[ReportFinding]:
    """Activities whose reported money is not what the treasury paid; carried lines count, their money was paid too."""
    for each in paid:
        if each.differs:
            row = each.rows[0] if len(each.rows) == 1 else None
            yield ReportFinding(PAID_OTHERWISE, list(each.rows), row, paid=each)


# --- Indicators ---------------------------------------------------------------------------------------------------


def _of_indicators(sheet: FigureSheet, indicators: Sequence[IndicatorRow]) -> Iterator[ReportFinding]:
    by_activity = rows_by_activity(sheet.rows)
    for indicator in indicators:
        if indicator.value.pk is None:  # never given: the agency is asked for it before it can send
            continue
        work = work_of(indicator, by_activity)
        for code, check in INDICATOR_CHECKS.items():
            if check(indicator, work):
                yield ReportFinding(code, work.rows, indicator=indicator)
