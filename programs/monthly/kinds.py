"""The two tables of a month: what was reached, and what is planned. They are filled alike."""

from dataclasses import dataclass

from programs.monthly.models import ENDS_OF_QUARTERS, MonthlyPlan, MonthlyProgress


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

    def takes(self, month: int) -> bool:
        """Whether the month is typed; progress of the last month of a quarter comes from the report."""
        return self.is_plan or month not in ENDS_OF_QUARTERS


PROGRESS = MonthKind(
    "bulanan", MonthlyProgress, "monthly:month-figures", "Realisasi bulan", "realisasi keuangan", "realisasi fisik"
)
PLAN = MonthKind("rencana-bulanan", MonthlyPlan, "monthly:month-plan", "Rencana bulan", "RAK", "rencana fisik")
KINDS = {kind.name: kind for kind in (PROGRESS, PLAN)}
