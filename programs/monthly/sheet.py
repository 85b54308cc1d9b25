"""The lines of a plan in one month, side by side with the month before and the plan of the month."""

from dataclasses import dataclass, field
from functools import cached_property

from p2emas import clock
from p2emas.naming import said
from p2emas.ui.formats import MONTHS
from programs.monthly.figures import UNKNOWN, AgencyMonth, Figures, Origin, quarter_ended_by
from programs.monthly.findings import FoundInMonth, findings_of
from programs.monthly.kinds import MonthKind
from programs.monthly.models import MonthlyPlan, MonthlyProgress
from programs.monthly.reading import MonthReader
from programs.monthly.totals import MonthTotal
from programs.planning.models import PlanLine, PlanLineQuerySet, WorkPlan

PLACES = ("target_location__village", "other_village")
# what a page of hundreds of lines shows
READ = (
    "plan",
    "fund",
    "amount",
    "activity__name",
    "target_location__valid_from",
    "target_location__valid_until",
    *(f"{place}__name" for place in PLACES),
)


@dataclass(frozen=True)
class SheetLine:
    """One line. ``stored`` is the month as it is or would be stored; ``before`` what the last known month says."""

    number: int
    line: PlanLine
    stored: MonthlyPlan | MonthlyProgress
    actual: Figures
    planned: Figures
    before: Figures
    findings: list[FoundInMonth] = field(default_factory=list)

    @property
    def shown(self) -> Figures:
        """What the month says in the table that is read."""
        return self.planned if isinstance(self.stored, MonthlyPlan) else self.actual

    @property
    def note(self) -> str:
        """What the agency wrote of the month, or of the quarter that ends with it."""
        return "" if isinstance(self.stored, MonthlyPlan) else self.stored.note

    @property
    def place(self) -> str:
        village = self.line.village
        return village.name if village else said("seluruh {territory}")

    @property
    def ordinal(self) -> str:
        """ "12.", in words: a template looks up the language for each number."""
        return f"{self.number}."

    @property
    def about(self) -> str:
        """ "Ensaid Panjang · Dana desa, di luar serapan"."""
        outside = f"{self.line.get_fund_display()}, di luar serapan" if self.line.is_village_money else ""
        return " · ".join(filter(None, (self.place, outside)))


class MonthSheet:
    """One month of a version that was set, in a constant number of queries."""

    def __init__(self, plan: WorkPlan, month: int, kind: MonthKind) -> None:
        self.plan, self.month, self.kind = plan, month, kind
        self._months_before: dict[int, dict[int, Figures]] = {}

    @property
    def again(self) -> "MonthSheet":
        """Read from the database once more: a form puts what was typed on the months of its sheet."""
        return MonthSheet(self.plan, self.month, self.kind)

    @cached_property
    def reader(self) -> MonthReader:
        return MonthReader(self.plan.year, range(1, 13), self.plan.agency_id, (self.month - 1, self.month))

    @cached_property
    def of_agency(self) -> AgencyMonth:
        return self.reader.of(self.plan.agency_id, self.month)

    @cached_property
    def before(self) -> AgencyMonth | None:
        return self.reader.of(self.plan.agency_id, self.month - 1) if self.month > 1 else None

    @property
    def counting(self) -> int | None:
        """The version whose lines the month has."""
        return self.of_agency.plan

    @property
    def month_name(self) -> str:
        return MONTHS[self.month - 1]

    @property
    def before_name(self) -> str:
        return MONTHS[self.month - 2] if self.month > 1 else ""

    @property
    def quarter(self) -> int | None:
        return quarter_ended_by(self.month)

    @property
    def has_begun(self) -> bool:
        today = clock.today()
        return (self.plan.year, self.month) <= (today.year, today.month)

    @property
    def is_typed(self) -> bool:
        """Whether the month has boxes, for those who fill it."""
        return self.kind.takes(self.month) and (self.kind.is_plan or self.has_begun)

    @cached_property
    def lines(self) -> list[SheetLine]:
        """In the order of the plan; village money last."""
        ordered = sorted(lines_of_version(self.plan), key=lambda line: line.is_village_money)
        return [self._line(number, line) for number, line in enumerate(ordered, start=1)]

    def _line(self, number: int, line: PlanLine) -> SheetLine:
        actual, planned, note = self._now.get(line.pk, (UNKNOWN, UNKNOWN, ""))
        known = planned if self.kind.is_plan else actual
        # a month that is not stored for this line begins with what is known of it from another place
        stored = self._stored.get(line.pk) or self.kind.new_month(line, self.month, known, note)
        past, found = self._past.get(line.pk, UNKNOWN), self._findings(line, actual)
        return SheetLine(number, line, stored, actual, planned, past, found)

    @cached_property
    def _now(self) -> dict[int, tuple[Figures, Figures, str]]:
        return {row.line: (row.actual, row.planned, row.note) for row in self.of_agency.rows}

    @cached_property
    def total(self) -> MonthTotal:
        return MonthTotal.of(self.of_agency)

    @cached_property
    def total_before(self) -> MonthTotal | None:
        return MonthTotal.of(self.before) if self.before is not None else None

    @cached_property
    def filled(self) -> int:
        figures = [row.planned if self.kind.is_plan else row.actual for row in self.of_agency.rows]
        return sum(each.money is not None and each.physical is not None for each in figures)

    @property
    def found(self) -> int:
        return sum(len(row.findings) for row in self.lines)

    @cached_property
    def _stored(self) -> dict[int, MonthlyPlan | MonthlyProgress]:
        if not self.is_typed:
            return {}
        rows = self.kind.model.objects.filter(line__plan=self.plan).of_month(self.month)
        return {row.line_id: row for row in rows}

    @cached_property
    def _past(self) -> dict[int, Figures]:
        """By line of this version: the same work in the month before."""
        if self.before is None:
            return {}
        root = self.reader.stored.root
        column = 1 if self.kind.is_plan else 0
        of_work = {root(row.line): (row.actual, row.planned)[column] for row in self.before.rows}
        return {row.line: of_work.get(root(row.line), UNKNOWN) for row in self.of_agency.rows}

    def _findings(self, line: PlanLine, actual: Figures) -> list[FoundInMonth]:
        if self.kind.is_plan or self.of_agency.origin is not Origin.TYPED:
            return []
        before = self._last_known(line.pk)
        return findings_of(self.month, actual, before, self.reader.approved(line.pk), line.amount)

    def _last_known(self, line: int) -> tuple[int, Figures] | None:
        root = self.reader.stored.root(line)
        for month in range(self.month - 1, 0, -1):
            found = self._actual_in(month).get(root, UNKNOWN)
            if found.is_known:
                return month, found
        return None

    def _actual_in(self, month: int) -> dict[int, Figures]:
        """By the work that a line continues; mostly only the month before is asked for."""
        if month not in self._months_before:
            root, rows = self.reader.stored.root, self.reader.of(self.plan.agency_id, month).rows
            self._months_before[month] = {root(row.line): row.actual for row in rows}
        return self._months_before[month]


def lines_of_version(plan: WorkPlan) -> PlanLineQuerySet:
    return plan.lines.with_fund().select_related("activity", *PLACES).only(*READ).order_by("activity__code", "pk")
