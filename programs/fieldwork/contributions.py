"""What visits contribute to the frame; see ``p2emas/registry``."""

from p2emas.privacy.handlings import ABOUT_A_FILE, OF_A_FILE, TASK, TRACE, UPLOAD
from p2emas.registry.kinds import Contributions, Handling, Look, Looks, MenuEntry, PersonalFields
from programs.fieldwork import integrity
from programs.fieldwork.models import FieldPhoto, FieldReport, VisitedLine, VisitReply
from programs.fieldwork.notebook.models import SalesEntry
from programs.fieldwork.stories.models import StoryPart
from programs.fieldwork.telling import NOTICES

FIELD = MenuEntry("Lapangan", "fieldwork:field-home")
VISITS = MenuEntry("Kunjungan", "fieldwork:visit-list")

WHERE = Handling(
    "Pendamping",
    "Tempat HP saat kunjungan ditulis",
    "Bahwa kunjungan terjadi di desanya; tidak wajib dan tidak pernah ditampilkan untuk umum",
    TASK,
    "Pendamping itu, koordinator, dan SKPD yang kegiatannya dilihat, hanya ketelitiannya",
    "Selama datanya ada",
)

CONTRIBUTIONS = Contributions(
    menu_entries=(FIELD, VISITS),
    looks=(
        Looks(
            "visit",
            {
                FieldReport.Status.DRAFT: Look("yellow", "half"),
                FieldReport.Status.WAITING: Look("blue", "clock"),
                FieldReport.Status.SENT: Look("green", "check"),
                FieldReport.Status.RETURNED: Look("yellow", "back"),
                FieldReport.Status.REPLACED: Look("", "circle"),
            },
            FieldReport,
        ),
        Looks(
            "story",
            {
                StoryPart.Status.UNPUBLISHED: Look("", "circle"),
                StoryPart.Status.PUBLISHED: Look("green", "check"),
                StoryPart.Status.WITHDRAWN: Look("", "back"),
            },
            StoryPart,
        ),
    ),
    checks={"Kunjungan": integrity.visits},
    notices=NOTICES,
    personal=(
        PersonalFields(FieldReport, "author visited_on received_at sent_at created_at", TRACE),
        PersonalFields(FieldReport, "lat lng accuracy", WHERE),
        PersonalFields(FieldPhoto, OF_A_FILE, UPLOAD),
        PersonalFields(VisitReply, "author at", TRACE),
        PersonalFields(SalesEntry, "author received_at struck_at", TRACE),
    ),
    not_personal={
        FieldReport: "kind output_unit text obstacle_text status photo_list",
        FieldPhoto: f"{ABOUT_A_FILE} sent_sha256",
        VisitReply: "text",
        VisitedLine: "",
        StoryPart: "status",
        SalesEntry: "month sold_on item quantity unit price cost buyer",
    },
)
