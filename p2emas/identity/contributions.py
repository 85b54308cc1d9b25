"""What the record of who we are contributes to the frame; see ``p2emas/registry``."""

from p2emas.identity import (
    checks,  # noqa: F401 - registers what check says of who we are
    reading,  # noqa: F401 - registers how the names are read
)
from p2emas.identity.models import Identity
from p2emas.registry.kinds import Contributions, MenuEntry

IDENTITY = MenuEntry("Identitas", "identity:identity")

CONTRIBUTIONS = Contributions(
    menu_entries=(IDENTITY,),
    not_personal={
        Identity: "kind name province seat head_title office_head_title address phones opening_hours legal_basis zone "
        "sender_name reply_to emblem_of_head emblem_of_office emblems",
    },
)
