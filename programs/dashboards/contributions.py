"""What the dashboards contribute to the frame, the menus among it; see ``p2emas/registry``."""

from p2emas.privacy.handlings import TRACE
from p2emas.registry.kinds import Contributions, PersonalFields
from programs.dashboards import menus
from programs.dashboards.digest import WEEKLY
from programs.dashboards.handover import deciding  # noqa: F401
from programs.dashboards.sending.models import SummarySending

CONTRIBUTIONS = Contributions(
    menu_entries=(menus.HOME, menus.PORTAL, menus.SUMMARY, menus.DASHBOARD, menus.MAP, menus.BUDGET),
    menus=menus.MENUS,
    notices=(WEEKLY,),
    personal=(PersonalFields(SummarySending, "sent_by sent_at", TRACE),),
    not_personal={SummarySending: "paper"},
)
