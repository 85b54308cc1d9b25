"""Who is told that a verdict on a village waits, was decided, or comes back; see ``p2emas/notifications``."""

from p2emas.notifications.decisions import decision_notices
from programs.evaluation.models import Evaluation

NOTICES = decision_notices(
    "verdict",
    "Penilaian kesiapan",
    Evaluation,
    submitted=lambda record: "Penilaiannya sudah diajukan.",
    decided=lambda record: f"{record.get_verdict_display()}.",
)
