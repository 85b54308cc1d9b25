"""What the dashboards contribute to the frame, the menus among it; see ``p2emas/registry``."""

from p2emas.registry.kinds import Contributions
from programs.dashboards import menus
from programs.dashboards.digest import WEEKLY

CONTRIBUTIONS = Contributions(
    menu_entries=(menus.HOME, menus.PORTAL, menus.SUMMARY, menus.DASHBOARD, menus.MAP, menus.BUDGET),
    menus=menus.MENUS,
    notices=(WEEKLY,),
)
