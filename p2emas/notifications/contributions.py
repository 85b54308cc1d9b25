"""What notices contribute to the frame; see ``p2emas/registry``."""

from p2emas.notifications import telling  # noqa: F401 - provides who is told of a step
from p2emas.notifications.models import Notification, NotificationChoice
from p2emas.privacy.handlings import TASK
from p2emas.registry.kinds import Contributions, Handling, MenuEntry, PersonalFields

NOTICES = MenuEntry("Pemberitahuan", "notifications:notification-list")

TOLD = Handling(
    "Pengguna yang punya akun",
    "Apa yang diberitahukan kepadanya, kapan, kapan dibaca, dan apa yang dipilihnya lewat surel",
    "Mengetahui tenggat, pengembalian, dan keputusan pada waktunya",
    TASK,
    "Orang itu sendiri",
    "Dua belas bulan; pilihannya selama akunnya ada",
)

CONTRIBUTIONS = Contributions(
    menu_entries=(NOTICES,),
    personal=(
        PersonalFields(Notification, "user title detail told_at read_at", TOLD),
        PersonalFields(NotificationChoice, "user by_mail", TOLD),
    ),
    not_personal={Notification: "kind occasion", NotificationChoice: "kind"},
)
