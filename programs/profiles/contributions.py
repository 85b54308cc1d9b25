"""What the pages on one thing contribute to the frame; see ``p2emas/registry``."""

from p2emas.registry.kinds import Contributions, MenuEntry
from programs.profiles.drafts import ITEMS
from programs.profiles.search_kinds import ACTIVITIES, AGENCIES

DECREES = MenuEntry("SK", "profiles:decree-list")

CONTRIBUTIONS = Contributions(search_kinds=(AGENCIES, ACTIVITIES), menu_entries=(DECREES,), drafted_forms=(ITEMS,))
