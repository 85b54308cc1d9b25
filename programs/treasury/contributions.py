"""What payments of the treasury contribute to the frame; see ``p2emas/registry``."""

from p2emas.privacy.handlings import TASK
from p2emas.registry.kinds import Contributions, Handling, MenuEntry, PersonalFields
from programs.treasury import import_kinds, integrity  # noqa: F401 - registers the file of SP2D
from programs.treasury.models import TreasuryEntry

TREASURY = MenuEntry("SP2D", "treasury:payment-list")

PAID = Handling(
    "Penerima pembayaran yang disebut dalam uraian SP2D",
    "Uraian SP2D",
    "Membandingkan realisasi yang dilaporkan dengan pembayaran dari kas daerah",
    TASK,
    "Staf SKPD yang bersangkutan; kantor pengelola, pimpinan daerah, dan Inspektorat",
    "Selama datanya ada",
)

CONTRIBUTIONS = Contributions(
    menu_entries=(TREASURY,),
    checks={"SP2D dan kegiatannya": integrity.payments_elsewhere},
    personal=(PersonalFields(TreasuryEntry, "text", PAID),),
    not_personal={TreasuryEntry: "sp2d_no paid_on account"},
)
