"""What of the determinations waits for one person; the home page of the roof above makes its cards of it."""

from dataclasses import dataclass

from django.urls import reverse

from districts.competencies.models import CompetencyDetermination
from p2emas.accounts.models import User
from p2emas.accounts.roles import COORDINATORS, Role


@dataclass(frozen=True)
class TaskCard:
    title: str
    sentence: str
    url: str
    action: str


def competency_tasks(user: User) -> list[TaskCard]:
    """Seats whose scores are asked for; panels that are done; what waits for a head's decision."""
    tasks = [
        TaskCard(
            f"Nilai kompetensi inti {seat.determination.district}",
            "Nilai Anda ditunggu; nilai penilai lain terlihat sesudahnya.",
            reverse("competencies:score", args=[seat.determination_id]),
            "Beri nilai",
        )
        for seat in user.assessor_seats.waiting()
    ]
    if user.has_role(*COORDINATORS):
        tasks += [
            TaskCard(
                f"Kompetensi inti {record.district} siap dibahas",
                "Semua penilai selesai.",
                reverse("competencies:discuss", args=[record.pk]),
                "Tutup dan bahas",
            )
            for record in CompetencyDetermination.objects.ready_to_discuss()
        ]
    if user.has_role(Role.COORDINATOR_HEAD):
        tasks += [
            TaskCard(
                f"Kompetensi inti {record.district} diajukan",
                "Menunggu keputusan Anda.",
                reverse("competencies:determination-step", args=[record.pk, "decide"]),
                "Baca dan putuskan",
            )
            for record in CompetencyDetermination.objects.to_decide(user)
        ]
    return tasks
