"""What the list of users contributes to the frame; see ``p2emas/registry``."""

from p2emas.naming import named
from p2emas.privacy.handlings import TASK, TRACE
from p2emas.registry.kinds import Contributions, Handling, Look, Looks, MenuEntry, PersonalFields
from p2emas.staffing import search_kinds
from p2emas.staffing.absence_notices import ABSENCE, DATES
from p2emas.staffing.absences import Absence

PEOPLE = MenuEntry("Pengguna", "staffing:user-list")
ABSENCES = MenuEntry("Cuti dan pengganti", "staffing:absence-list")

AWAY = Handling(
    "Pengguna yang punya akun",
    "Kapan tidak bertugas, siapa penggantinya, dan kedudukannya saat menandatangani; alasannya tidak dicatat",
    "Siapa yang berhak bertugas dan menandatangani pada suatu hari",
    TASK,
    named("Yang bersangkutan, perangkat daerahnya, {office}, pimpinan daerah, dan Inspektorat"),
    "Selama akunnya ada, karena riwayat menyebut pelakunya",
)

CONTRIBUTIONS = Contributions(
    menu_entries=(PEOPLE, ABSENCES),
    search_kinds=(search_kinds.PEOPLE,),
    notices=(ABSENCE,),
    dates=DATES,
    looks=(
        Looks(
            "absence",
            {
                Absence.Status.ASKED: Look("blue", "clock"),
                Absence.Status.NAMED: Look("green", "check"),
                Absence.Status.DECLINED: Look("", "cross"),
                Absence.Status.WITHDRAWN: Look("open", "cross"),
                Absence.Status.ENDED: Look("", "dot"),
            },
            Absence,
        ),
    ),
    personal=(
        PersonalFields(Absence, "person role valid_from valid_until stand_in acting rank", AWAY),
        PersonalFields(Absence, "asked_by asked_at named_by named_at", TRACE),
    ),
    not_personal={Absence: "status"},
)
