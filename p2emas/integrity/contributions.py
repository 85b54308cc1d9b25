"""What the reading of the whole database contributes to the frame; see ``p2emas/registry``."""

from p2emas.integrity import consistency
from p2emas.registry.kinds import Contributions

CONTRIBUTIONS = Contributions(checks={"Basis data": consistency.of_database})
