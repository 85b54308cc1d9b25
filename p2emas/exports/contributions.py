"""What lists as files contribute to the frame; see ``p2emas/registry``."""

from p2emas.exports import long_lists  # noqa: F401 - registers the sweep
from p2emas.exports.models import ListRequest
from p2emas.privacy.handlings import SEERS, TASK, TRACE
from p2emas.registry.kinds import Contributions, Handling, Look, Looks, PersonalFields

LIST = Handling(
    "Orang yang disebut dalam daftar yang diunduh",
    "Daftar yang disiapkan sebagai Excel, dan saringannya",
    "Unduhan daftar panjang oleh orang yang memintanya",
    TASK,
    SEERS,
    "Satu hari",
)

CONTRIBUTIONS = Contributions(
    looks=(
        Looks(
            "list_request",
            {
                ListRequest.Status.WAITING: Look("violet", "half"),
                ListRequest.Status.READY: Look("green", "check"),
                ListRequest.Status.FAILED: Look("red", "cross"),
            },
            ListRequest,
        ),
    ),
    personal=(
        PersonalFields(ListRequest, "query content", LIST),
        PersonalFields(ListRequest, "user asked_at", TRACE),
    ),
    not_personal={ListRequest: "list status job problem name"},
)
