"""Who is told that the choice of facilitators waits, was decided, or comes back; see ``p2emas/notifications``."""

from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas.notifications.decisions import decision_notices

NOTICES = decision_notices(
    "recruitment",
    "Seleksi pendamping",
    RecruitmentRound,
    submitted=lambda record: "Pilihan pendamping sudah diajukan.",
    decided=lambda record: "Pendamping yang terpilih siap dibuatkan SK.",
)
