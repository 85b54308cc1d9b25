"""What the months of work plans contribute to the frame; see ``p2emas/registry``."""

from p2emas.registry.kinds import Contributions, MenuEntry
from programs.monthly import (
    bringing,  # noqa: F401 - brings the months of the version before
    month_lane,  # noqa: F401 - registers the workbook of the months
)
from programs.monthly.drafts import DRAFTED
from programs.monthly.models import MonthlyProgress

MONTHS = MenuEntry("Bulanan", "monthly:month-list")

CONTRIBUTIONS = Contributions(
    menu_entries=(MONTHS,),
    drafted_forms=tuple(DRAFTED.values()),
    not_personal={MonthlyProgress: "saved_at note"},
)
