"""What of placements waits for the office, and what facilitators read of their own work on the home page."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from facilitators.placements.lists import SOON
from facilitators.placements.load import without_facilitator
from facilitators.placements.models import Placement
from facilitators.training.models import Enrolment
from p2emas.accounts.models import User
from p2emas.accounts.roles import COORDINATORS, Role
from p2emas.ui.formats import long_date

NAMED = 3
LIMIT = 101  # rows read of one task: the home counts to a hundred and says that there are more


@dataclass(frozen=True)
class PlacementTask:
    count: int
    title: str
    sentence: str
    url: str
    action: str


def placement_tasks(user: User, on: date) -> list[PlacementTask]:
    """Placements in ended locations, contracts that end soon, villages without a facilitator; only for coordinators."""
    if not user.has_role(*COORDINATORS):
        return []
    ending = list(Placement.objects.ending_within(on, SOON).for_table().order_by("contract__ends", "pk")[:LIMIT])
    empty = list(without_facilitator(on).select_related("village").order_by("village__name")[:LIMIT])
    outlived = list(Placement.objects.outlived(on).for_table().order_by("starts", "pk")[:LIMIT])
    tasks = []
    if outlived:
        people = ", ".join(f"{row.facilitator} di {row.place_name}" for row in outlived[:NAMED])
        more = f" dan {len(outlived) - NAMED} lainnya" if len(outlived) > NAMED else ""
        tasks.append(
            PlacementTask(
                len(outlived),
                "Pendamping di lokasi sasaran yang sudah berakhir",
                f"{people}{more}. Akhiri penempatannya atau pindahkan.",
                f"{reverse('placements:load')}#usang",
                "Lihat penempatannya",
            )
        )
    if ending:
        first = ending[0]
        words = {"name": first.facilitator, "place": first.place_name, "day": long_date(first.contract.ends)}
        tasks.append(
            PlacementTask(
                len(ending),
                f"Kontrak pendamping berakhir dalam {SOON} hari",
                "Paling dekat: {name}, {place}, {day}.".format(**words),
                f"{reverse('placements:facilitator-list')}?segera=on&urut=kontrak",
                "Lihat kontraknya",
            )
        )
    if empty:
        names = ", ".join(str(row.village) for row in empty[:NAMED])
        more = f" dan {len(empty) - NAMED} desa lain" if len(empty) > NAMED else ""
        tasks.append(
            PlacementTask(
                len(empty),
                "Lokasi sasaran tanpa pendamping",
                f"{names}{more}.",
                reverse("placements:load"),
                "Lihat beban",
            )
        )
    return tasks


@dataclass(frozen=True)
class OwnWork:
    """``placements``: those in force or still to begin; ``courses``: their enrolments with ``attended``."""

    placements: list[Placement]
    courses: list[Enrolment]


def work_of_user(user: User, on: date) -> OwnWork | None:
    """For a facilitator, placed or in training; None for everybody else."""
    if not user.has_role(Role.FACILITATOR):
        return None
    placements = Placement.objects.of_user(user).open(on).for_table().order_by("starts", "pk")
    courses = Enrolment.objects.of_user(user).for_home().order_by("-course__starts", "-pk")[:5]
    return OwnWork(list(placements), list(courses))
