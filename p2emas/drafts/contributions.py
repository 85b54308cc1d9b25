"""What drafts contribute to the frame; see ``p2emas/registry``."""

from p2emas.drafts.models import FormDraft
from p2emas.privacy.handlings import TASK
from p2emas.registry.kinds import Contributions, Handling, PersonalFields

UNSAVED = Handling(
    "Pengguna yang punya akun, dan orang yang disebut dalam isiannya",
    "Isian formulir yang diketik dan belum disimpan, tersegel; siapa yang mengetiknya dan kapan",
    "Isian tidak hilang bila jaringan putus, sesi berakhir, atau halaman tertutup",
    TASK,
    "Yang mengetiknya saja",
    "90 hari sejak terakhir diketik; hilang begitu disimpan atau dibuang",
)

CONTRIBUTIONS = Contributions(
    personal=(PersonalFields(FormDraft, "user sealed saved_at ended_at", UNSAVED),),
    not_personal={FormDraft: "form part page ended_by"},
)
