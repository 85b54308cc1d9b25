"""What results contribute to the frame; see ``p2emas/registry``."""

from p2emas.registry.kinds import Contributions, MenuEntry

RESULTS = MenuEntry("Hasil", "evaluation:result-overview")

CONTRIBUTIONS = Contributions(menu_entries=(RESULTS,))
