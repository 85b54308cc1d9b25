"""Who is told that a determination waits for its decision, was decided, or comes back; see ``p2emas/notifications``."""

from districts.competencies.models import CompetencyDetermination
from p2emas.notifications.decisions import decision_notices

NOTICES = decision_notices(
    "competency",
    "Kompetensi inti",
    CompetencyDetermination,
    submitted=lambda record: f"Tahun {record.year}.",
    decided=lambda record: "Siap dibuatkan SK.",
    named=lambda record: f"Kompetensi inti Kecamatan {record.district}",
    back=("send_back", "send_back_discussion"),
)
