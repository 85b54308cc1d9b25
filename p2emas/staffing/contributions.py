"""What the list of users contributes to the frame; see ``p2emas/registry``."""

from p2emas.registry.kinds import Contributions, MenuEntry
from p2emas.staffing import search_kinds

PEOPLE = MenuEntry("Pengguna", "staffing:user-list")

CONTRIBUTIONS = Contributions(menu_entries=(PEOPLE,), search_kinds=(search_kinds.PEOPLE,))
