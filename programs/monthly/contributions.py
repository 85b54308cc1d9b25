"""What the months of work plans contribute to the frame; see ``p2emas/registry``."""

from p2emas.registry.kinds import Contributions
from programs.monthly.models import MonthlyProgress

CONTRIBUTIONS = Contributions(not_personal={MonthlyProgress: "saved_at"})
