"""What activities cost, line by line: each quarter alone, and which lines never said what they cost.

A line that says nothing in a quarter has cost no less than what it said before: it is no nought, and takes nothing
back. Village money is left out.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Case, Value, When

from p2emas.accounts.models import Agency
from programs.nomenclature.funds import outside_budget
from programs.planning.models import PlanLine
from programs.recaps.evaluation import QUARTERS, sum_known
from programs.reporting.reading.approved import Published, published_lines

Said = dict[int, int | None]  # piece of work (its first line) -> rupiah since January


@dataclass(frozen=True)
class Spending:
    """One activity in one year: what its reports say, by quarter."""

    reports: Mapping[int, Said]

    @cached_property
    def quarters(self) -> list[int | None]:
        """What each quarter alone has cost: more than the last quarter in which the same line said something."""
        found: list[int | None] = []
        last: dict[int, int] = {}
        for number in QUARTERS:
            known = {work: money for work, money in self.reports.get(number, {}).items() if money is not None}
            found.append(sum(money - last.get(work, 0) for work, money in known.items()) if known else None)
            last |= known
        return found

    @property
    def realised(self) -> int | None:
        return sum_known(self.quarters)

    @cached_property
    def told(self) -> set[int]:
        return {work for said in self.reports.values() for work, money in said.items() if money is not None}

    @cached_property
    def silent(self) -> set[int]:
        """Lines of the reports that never said what they cost."""
        return {work for said in self.reports.values() for work in said} - self.told

    @property
    def missing(self) -> int:
        """Lines without a figure in the last report."""
        last = max((number for number, said in self.reports.items() if said), default=0)
        return sum(money is None for money in self.reports.get(last, {}).values())


@dataclass(frozen=True)
class ActivityBudget:
    """An activity in one version of a plan: ``own`` is the agency's money by piece of work."""

    lines: int = 0
    own: dict[int, int] = field(default_factory=dict)

    @property
    def amount(self) -> int | None:
        """None where there is only village money; 0 where the plan has no line of it."""
        return sum(self.own.values()) if self.own or not self.lines else None

    def amount_of(self, works: Collection[int]) -> int | None:
        """The part of those lines that are among ``works``."""
        if self.amount is None:
            return None
        return sum(amount for work, amount in self.own.items() if work in works)


class LinesOfYear:
    """The lines of all versions of the plans of ``agencies`` in ``years``; one query."""

    def __init__(self, agencies: Iterable[Agency | int], years: Iterable[int]) -> None:
        counts = Case(When(outside_budget(), then=Value(False)), default=Value(True))
        rows = PlanLine.objects.filter(plan__agency__in=agencies, plan__year__in=years).order_by("pk")
        self.rows = list(
            rows.annotate(counts=counts).values_list("pk", "continues", "plan", "activity", "amount", "counts")
        )
        self.before = {row[0]: row[1] for row in self.rows}

    def work_of(self, line: int) -> int:
        """The first version of a piece of work within the years; a ring of versions ends too."""
        chain = [line]
        before = self.before.get(line)
        while before in self.before and before not in chain:
            chain.append(before)
            before = self.before[before]
        return chain[-1]

    @cached_property
    def budgets(self) -> dict[tuple[int, int], ActivityBudget]:
        """By version and activity."""
        lines: dict[tuple[int, int], int] = defaultdict(int)
        own: dict[tuple[int, int], dict[int, int]] = defaultdict(dict)
        for pk, _before, plan, activity, amount, counts in self.rows:
            lines[plan, activity] += 1
            if counts:
                own[plan, activity][self.work_of(pk)] = amount
        return {key: ActivityBudget(count, own[key]) for key, count in lines.items()}


Spent = dict[tuple[int, int], Said]  # by report and activity


def read_spent(reports: Iterable[Published], lines: LinesOfYear) -> Spent:
    """A query, and one more where there are copies. A line of the report's plan comes before a carried one."""
    found: Spent = defaultdict(dict)
    columns = ("report", "plan_line__activity", "plan_line", "spent_to_date", "carried")
    for figures in published_lines(reports):
        for report, activity, line, money, carried in figures.in_program_budget().order_by("pk").values_list(*columns):
            said, work = found[report, activity], lines.work_of(line)
            if not carried or work not in said:
                said[work] = money
    return dict(found)
