"""What is odd in the figures of a month. Nothing of it keeps anybody from saving."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from programs.monthly.figures import Figures


class MonthFinding(Enum):
    MONEY_ABOVE_APPROVED = "money_above_approved"
    WORK_ABOVE_APPROVED = "work_above_approved"
    MONEY_FALLS = "money_falls"
    WORK_FALLS = "work_falls"
    ABOVE_BUDGET = "above_budget"


@dataclass(frozen=True)
class FoundInMonth:
    """``figure`` is the one that the month is compared with, ``month`` where that is from (None: the budget)."""

    finding: MonthFinding
    figure: object
    month: int | None


def findings_of(
    month: int, actual: Figures, before: tuple[int, Figures] | None, approved: Mapping[int, Figures], amount: int
) -> list[FoundInMonth]:
    """Findings of one line in a month that was typed.

    ``before`` is the last month with figures (number, figures); ``approved`` has the months that an approved report
    tells; ``amount`` is the budget of the line, rupiah.
    """
    found = [*above_approved(month, actual, approved), *_falls(actual, before)]
    if actual.money is not None and actual.money > amount:
        found.append(FoundInMonth(MonthFinding.ABOVE_BUDGET, amount, None))
    return found


def above_approved(month: int, actual: Figures, approved: Mapping[int, Figures]) -> list[FoundInMonth]:
    """More than a later quarter has reached: one of the two is wrong. The lowest of the later quarters is named."""
    later = [(number, figures) for number, figures in sorted(approved.items()) if number > month]
    found = []
    money = [(figures.money, number) for number, figures in later if figures.money is not None]
    if money and actual.money is not None and actual.money > min(money)[0]:
        found.append(FoundInMonth(MonthFinding.MONEY_ABOVE_APPROVED, *min(money)))
    work = [(figures.physical, number) for number, figures in later if figures.physical is not None]
    if work and actual.physical is not None and actual.physical > min(work)[0]:
        found.append(FoundInMonth(MonthFinding.WORK_ABOVE_APPROVED, *min(work)))
    return found


def _falls(actual: Figures, before: tuple[int, Figures] | None) -> list[FoundInMonth]:
    """Cumulative figures do not fall, unless money went back or a figure was mistyped."""
    if before is None:
        return []
    number, earlier = before
    found = []
    if actual.money is not None and earlier.money is not None and actual.money < earlier.money:
        found.append(FoundInMonth(MonthFinding.MONEY_FALLS, earlier.money, number))
    if actual.physical is not None and earlier.physical is not None and actual.physical < earlier.physical:
        found.append(FoundInMonth(MonthFinding.WORK_FALLS, earlier.physical, number))
    return found
