"""What the chains contribute to the frame; see ``p2emas/registry``."""

from p2emas.privacy.handlings import TASK, TRACE
from p2emas.registry.kinds import Contributions, Handling, PersonalFields
from p2emas.workflow import integrity
from p2emas.workflow.models import StatusChange

NOTE = Handling(
    "Orang yang disebut dalam catatan langkah",
    "Catatan sebuah langkah",
    "Alasan sebuah langkah, misalnya berkas apa yang kurang",
    TASK,
    "Siapa pun yang boleh melihat datanya",
    "Selama datanya ada; pada lamaran dikosongkan bersama data pelamar",
)

CONTRIBUTIONS = Contributions(
    checks={
        "Status": integrity.states,
        "Riwayat status": integrity.steps,
        "Riwayat isian": integrity.edits,
    },
    personal=(
        PersonalFields(StatusChange, "actor at", TRACE),
        PersonalFields(StatusChange, "note", NOTE),
    ),
    not_personal={StatusChange: "step old new"},
)
