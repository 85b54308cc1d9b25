"""What the reference lists of codes and funds contribute to the frame; see ``p2emas/registry``."""

from p2emas.registry.kinds import Contributions
from programs.nomenclature.funds import Fund

CONTRIBUTIONS = Contributions(not_personal={Fund: "code label group"})
