"""What letters contribute to the frame; see ``p2emas/registry``."""

from p2emas.naming import named
from p2emas.outbox.models import OutboxMessage
from p2emas.privacy.handlings import TASK, TRACE
from p2emas.registry.kinds import Contributions, Handling, Look, Looks, MenuEntry, PersonalFields

LETTERS = MenuEntry("Surat keluar", "outbox:message-list")

LETTER = Handling(
    "Penerima surat",
    "Alamat surel, perihal, dan isi surat",
    "Undangan, kata sandi baru, pengingat, dan hasil seleksi",
    TASK,
    named("{Office} dan Inspektorat"),
    "Selama riwayat surat disimpan; surat kepada pelamar dihapus bersama data pelamar",
)

CONTRIBUTIONS = Contributions(
    menu_entries=(LETTERS,),
    looks=(
        Looks(
            "message",
            {
                OutboxMessage.State.WAITING: Look("blue", "clock"),
                OutboxMessage.State.QUEUED: Look("violet", "half"),
                OutboxMessage.State.FAILED: Look("yellow", "alert"),
                OutboxMessage.State.MAYBE: Look("yellow", "send"),
                OutboxMessage.State.SENT: Look("green", "check"),
                OutboxMessage.State.DISCARDED: Look("", "cross"),
            },
        ),
    ),
    personal=(
        PersonalFields(OutboxMessage, "recipient subject body last_error", LETTER),
        PersonalFields(OutboxMessage, "released_by released_at discarded_by discarded_at", TRACE),
    ),
    not_personal={OutboxMessage: "kind drafted_at sent_at next_attempt_at begun_at"},
)
