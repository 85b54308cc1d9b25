"""What a group's sales notebook says: sales per member and month, by kind of buyer, income where costs are known.

A month counts once anything is written for it, a sum of 0 too. What is not written is not zero: the mean is over the
months that are written, and nothing is said where these are fewer than half or the members fewer than ``least``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from p2emas.methods.inputs import Number, checked_count, exact


@dataclass(frozen=True)
class Sale:
    """One line of the notebook in one of the months; ``cost`` is None where nobody wrote it."""

    month: int
    buyer: str
    amount: Number
    cost: Number | None = None


@dataclass(frozen=True)
class NotebookFigures:
    """``written`` of ``months`` have a line. Money is exact; None where nothing may be said.

    ``per_member``: sales per member and written month. ``shares``: of the sales by kind of buyer, from 0 to 1, together
    1; empty where nothing was sold. ``income_per_member``: sales less costs, only where every sale has its cost.
    ``member_months`` is what both are divided by.
    """

    months: int
    written: int
    total: Fraction
    per_member: Fraction | None
    shares: Mapping[str, Fraction]
    income_per_member: Fraction | None
    member_months: int = 0

    @property
    def is_shown(self) -> bool:
        return self.per_member is not None


def notebook_figures(
    sales: Iterable[Sale], *, months: Sequence[int], members: int | None, least: int
) -> NotebookFigures:
    """Of the ``months`` that are asked for; sales of other months are an error of who calls."""
    checked_count(least, "least", least=1)
    if not months or len(set(months)) != len(months):
        raise ValueError("months must be different ones, and at least one.")
    rows = list(sales)
    if strange := {row.month for row in rows} - set(months):
        raise ValueError(f"sales of months that were not asked for: {sorted(strange)}.")
    amounts = [_not_negative(row.amount, "amount") for row in rows]
    total, written = sum(amounts, Fraction()), len({row.month for row in rows})
    few = members is None or checked_count(members, "members") < least
    if few or written * 2 < len(months):
        return NotebookFigures(len(months), written, total, None, {}, None)
    divisor = (members or 1) * written
    shares, income = _shares(rows, amounts, total), _income(rows, amounts, divisor)
    return NotebookFigures(len(months), written, total, total / divisor, shares, income, divisor)


def mean_of_groups(groups: Iterable[NotebookFigures]) -> tuple[Fraction | None, Fraction | None]:
    """Sales and income per member and month of several groups, each weighted by its members and written months.

    Groups of which nothing may be said are left out. Income is None where one of the others has none.
    """
    shown = [group for group in groups if group.is_shown]
    divisor = sum(group.member_months for group in shown)
    if not divisor:
        return None, None
    sales = sum((group.total for group in shown), Fraction()) / divisor
    incomes = [group.income_per_member * group.member_months for group in shown if group.income_per_member is not None]
    return sales, sum(incomes, Fraction()) / divisor if len(incomes) == len(shown) else None


def _not_negative(value: Number, name: str) -> Fraction:
    found = exact(value, name)
    if found < 0:
        raise ValueError(f"{name} is negative ({value}).")
    return found


def _shares(rows: Sequence[Sale], amounts: Sequence[Fraction], total: Fraction) -> dict[str, Fraction]:
    if not total:
        return {}
    found: dict[str, Fraction] = {}
    for row, amount in zip(rows, amounts, strict=True):
        found[row.buyer] = found.get(row.buyer, Fraction()) + amount
    return {buyer: amount / total for buyer, amount in found.items() if amount}


def _income(rows: Sequence[Sale], amounts: Sequence[Fraction], divisor: int) -> Fraction | None:
    """A line without sales needs no cost; one that has both is counted with both."""
    costs = Fraction()
    for row, amount in zip(rows, amounts, strict=True):
        if row.cost is None and amount:
            return None
        costs += _not_negative(row.cost or 0, "cost")
    total = sum(amounts, Fraction())
    return (total - costs) / divisor if total else None
