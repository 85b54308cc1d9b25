"""What the programme's own framework contributes to the frame; see ``p2emas/registry``."""

from p2emas.registry.kinds import Contributions, MenuEntry
from programs.framework import names  # noqa: F401 - registers how the programme is called
from programs.framework.models import Activity, Indicator, IndicatorTarget, Outcome, Program
from programs.framework.renstra import RenstraActivity, RenstraTarget

RENSTRA = MenuEntry("Renstra", "framework:renstra")

CONTRIBUTIONS = Contributions(
    menu_entries=(RENSTRA,),
    not_personal={
        Program: "name mission",
        Outcome: "name",
        Activity: "code nomenclature programme_name name level",
        Indicator: "name unit formula source ledger of_sex notebook",
        RenstraActivity: "code programme_name name",
        RenstraTarget: "name unit formula",
        IndicatorTarget: "baseline_source baseline_missing_reason",
    },
)
