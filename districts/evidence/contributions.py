"""What the evidence contributes to the frame; see ``p2emas/registry``."""

from districts.evidence import (
    import_kinds,  # noqa: F401 - registers what can be imported
    suspects,
    village_figures,  # noqa: F401 - as import_kinds
)
from districts.evidence.aid import EarlierAid
from districts.evidence.figures import ProductionFigure
from districts.evidence.measures import EvidenceMeasure
from districts.evidence.models import Commodity, CommunityGroup
from districts.evidence.search_kinds import GROUPS
from districts.regions.contributions import CONTACT
from p2emas.registry.kinds import Contributions, MenuEntry, PersonalFields

EVIDENCE = MenuEntry("Bukti", "evidence:evidence")

CONTRIBUTIONS = Contributions(
    search_kinds=(GROUPS,),
    menu_entries=(EVIDENCE,),
    suspects={"Angka produksi": suspects.thousandfold, "Tahun bukti": suspects.years},
    personal=(PersonalFields(CommunityGroup, "contact_name contact_phone", CONTACT),),
    not_personal={
        Commodity: "name sector unit",
        CommunityGroup: "name kind registration_no",
        EvidenceMeasure: "code label unit slug",
        ProductionFigure: "measure source",
        EarlierAid: "item source",
    },
)
