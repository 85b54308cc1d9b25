"""Checks of indicator values: against the value before, the year's target, and the work that should bring them about.

An output is a value of an activity that grows with its work. It is compared with the activity's lines in the same
village, or with all of them when the indicator has no village.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.conf import settings

from p2emas.methods.averages import weighted_mean
from programs.framework.models import Indicator
from programs.reporting.filling.indicators import IndicatorRow
from programs.reporting.reports.sheets import SheetRow

WHOLE = 100  # percent of the work: it is finished


@dataclass(frozen=True)
class IndicatorWork:
    """The lines of an indicator's activity at its place."""

    rows: list[SheetRow]

    @property
    def is_known(self) -> bool:
        """Whether there are lines, and every one of them says how far it is."""
        return bool(self.rows) and all(row.physical is not None for row in self.rows)

    @property
    def moved(self) -> bool:
        """Whether any of it moved in this quarter."""
        return any((row.physical or 0) > (row.physical_before or 0) for row in self.rows)

    @property
    def finished(self) -> bool:
        return bool(self.rows) and all(row.physical == WHOLE for row in self.rows)

    @property
    def physical(self) -> Fraction | None:
        """In percent, weighted by ceiling."""
        return weighted_mean((row.plan_line.amount, row.physical) for row in self.rows) if self.is_known else None


def rows_by_activity(rows: Iterable[SheetRow]) -> dict[int | None, list[SheetRow]]:
    """What is at work for the activities; an indicator of an outcome has none."""
    found: dict[int | None, list[SheetRow]] = {}
    for row in rows:
        if not row.is_carried:
            found.setdefault(row.plan_line.activity_id, []).append(row)
    return found


def work_of(indicator: IndicatorRow, by_activity: Mapping[int | None, list[SheetRow]]) -> IndicatorWork:
    """The lines that should bring the value about; none for an indicator of an outcome."""
    village = indicator.value.village_id
    of_activity = by_activity.get(indicator.indicator.activity_id, [])
    return IndicatorWork([row for row in of_activity if village is None or village == row.village_id])


def is_output(row: IndicatorRow) -> bool:
    indicator = row.indicator
    return (
        indicator.activity_id is not None
        and indicator.ledger == Indicator.Ledger.PROGRESS
        and indicator.formula != Indicator.Formula.DECREASING
    )


def share_of_target(row: IndicatorRow) -> Fraction | None:
    """The value up to this quarter in percent of the year's target, however far beyond it."""
    target = row.target.target if row.target else None
    if row.to_date is None or not target or target < 0:
        return None
    return Fraction(row.to_date) * 100 / Fraction(target)


def change_of(row: IndicatorRow) -> Decimal | None:
    """By how much this quarter moved it: its own amount, or the difference from the last known state."""
    value = row.value.value
    if row.adds_up or value is None:
        return value
    return None if row.last is None else value - row.last


# --- The checks -------------------------------------------------------------------------------------------------------


def _worse(row: IndicatorRow, _work: IndicatorWork) -> bool:
    change = None if row.adds_up else change_of(row)
    if change is None:
        return False
    return change > 0 if row.indicator.formula == Indicator.Formula.DECREASING else change < 0


def _jumps(row: IndicatorRow, _work: IndicatorWork) -> bool:
    bound, change = row.indicator.largest_change, change_of(row)
    return bound is not None and change is not None and abs(change) > bound


def _over_target(row: IndicatorRow, _work: IndicatorWork) -> bool:
    if row.indicator.formula == Indicator.Formula.DECREASING:
        return False
    share = share_of_target(row)
    return share is not None and share > settings.FINDING_OVER_TARGET_PERCENT


def _without_work(row: IndicatorRow, work: IndicatorWork) -> bool:
    """It grew although no line moved. Work that was finished before may still bear fruit."""
    value = row.value.value
    if value is None or not is_output(row) or not work.is_known or work.moved or work.finished:
        return False
    baseline = row.target.baseline if row.target else None
    if row.adds_up:
        return value > 0
    return value > next(known for known in (row.last, baseline, Decimal(0)) if known is not None)


def _work_ahead(row: IndicatorRow, work: IndicatorWork) -> bool:
    if not is_output(row) or _finished_without(row, work):
        return False
    share, physical = share_of_target(row), work.physical
    return share is not None and physical is not None and physical - share > settings.FINDING_WORK_AHEAD_POINTS


def _finished_without(row: IndicatorRow, work: IndicatorWork) -> bool:
    return is_output(row) and work.finished and not row.to_date


INDICATOR_CHECKS: dict[str, Callable[[IndicatorRow, IndicatorWork], bool]] = {
    "indicator_worse": _worse,
    "indicator_jumps": _jumps,
    "over_target": _over_target,
    "output_without_work": _without_work,
    "work_ahead": _work_ahead,
    "finished_without_output": _finished_without,
}
