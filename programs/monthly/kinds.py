"""The two tables of a month: what was reached, and what is planned. They are filled alike."""

from dataclasses import dataclass

from programs.monthly.figures import Figures
from programs.monthly.models import ENDS_OF_QUARTERS, MonthlyPlan, MonthlyProgress
from programs.planning.models import PlanLine

MONEY, PHYSICAL, NOTE = "money", "physical", "note"


@dataclass(frozen=True)
class MonthKind:
    """``model`` stores it; ``url`` names its page; ``heading``, ``money`` and ``physical`` are words of the screen."""

    name: str
    model: type[MonthlyPlan] | type[MonthlyProgress]
    url: str
    heading: str
    money: str
    physical: str

    @property
    def is_plan(self) -> bool:
        return self.model is MonthlyPlan

    @property
    def cells(self) -> tuple[str, ...]:
        """The names of the boxes of a line, which are those of its fields."""
        return (MONEY, PHYSICAL) if self.is_plan else (MONEY, PHYSICAL, NOTE)

    def word_of(self, cell: str) -> str:
        return {MONEY: self.money, PHYSICAL: self.physical}.get(cell, "catatan")

    def new_month(self, line: PlanLine, month: int, known: Figures, note: str) -> MonthlyPlan | MonthlyProgress:
        """A month that is not stored yet, with what is known of it from another place."""
        more = {} if self.is_plan else {NOTE: note}
        return self.model(line=line, month=month, money=known.money, physical=known.physical, **more)

    def takes(self, month: int) -> bool:
        """Whether the month is typed; progress of the last month of a quarter comes from the report."""
        return self.is_plan or month not in ENDS_OF_QUARTERS


PROGRESS = MonthKind(
    "bulanan", MonthlyProgress, "monthly:month-figures", "Realisasi bulan", "realisasi keuangan", "realisasi fisik"
)
PLAN = MonthKind("rencana-bulanan", MonthlyPlan, "monthly:month-plan", "Rencana bulan", "RAK", "rencana fisik")
KINDS = {kind.name: kind for kind in (PROGRESS, PLAN)}
