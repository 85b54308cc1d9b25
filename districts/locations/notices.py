"""Who is told that a selection of villages waits, was decided, or comes back; see ``p2emas/notifications``."""

from districts.locations.rounds.models import SelectionRound
from p2emas.notifications.decisions import decision_notices

NOTICES = decision_notices(
    "locations",
    "Pemilihan desa",
    SelectionRound,
    submitted=lambda record: "Pilihan desa sudah diajukan.",
    decided=lambda record: "Desa yang terpilih siap dibuatkan SK.",
)
