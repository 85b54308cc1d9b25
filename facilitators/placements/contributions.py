"""What placements contribute to the frame; see ``p2emas/registry``."""

from facilitators.placements import integrity, search_kinds
from facilitators.placements.dates import DATES
from facilitators.placements.models import Appraisal, Contract, Placement
from facilitators.recruitment.privacy.handlings import WORK
from p2emas.privacy.handlings import SIGNER
from p2emas.registry.kinds import Contributions, MenuEntry, PersonalFields

FACILITATORS = MenuEntry("Pendamping", "placements:facilitator-list", claims=r"/(pelatihan|penempatan)/")

CONTRIBUTIONS = Contributions(
    dates=DATES,
    search_kinds=(search_kinds.FACILITATORS,),
    menu_entries=(FACILITATORS,),
    checks={
        "Penempatan": integrity.assignments,
        "Penugasan pendamping": integrity.roles,
        "Cakupan desa pendamping": integrity.scopes,
    },
    personal=(
        PersonalFields(Contract, "number dated starts ends monthly_pay", WORK),
        PersonalFields(Contract, "signer_name signer_nip signer_title", SIGNER),
        PersonalFields(Placement, "starts ends ended_on end_reason end_note handover untrained_reason", WORK),
        PersonalFields(Appraisal, "appraised_on score findings advice", WORK),
    ),
)
