"""What official papers contribute to the frame; see ``p2emas/registry``."""

from p2emas.registry.kinds import Contributions, MenuEntry
from programs.recaps import whole  # noqa: F401 - registers the workbook of all agencies
from programs.recaps.models import RecapLabel, RecapLayout

RECAPS = MenuEntry("Rekap", "recaps:recap")

CONTRIBUTIONS = Contributions(
    menu_entries=(RECAPS,),
    not_personal={
        RecapLayout: "paper version rule title falling",
        RecapLabel: "number label",
    },
)
