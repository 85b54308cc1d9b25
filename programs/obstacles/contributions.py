"""What obstacles contribute to the frame; see ``p2emas/registry``."""

from p2emas.privacy.handlings import TRACE
from p2emas.registry.kinds import Contributions, Look, Looks, MenuEntry, PersonalFields
from programs.obstacles.models import Obstacle

OBSTACLES = MenuEntry("Kendala", "obstacles:obstacle-list")

CONTRIBUTIONS = Contributions(
    menu_entries=(OBSTACLES,),
    looks=(
        Looks(
            "obstacle",
            {
                Obstacle.Status.REPORTED: Look("", "half"),
                Obstacle.Status.ROUTED: Look("blue", "clock"),
                Obstacle.Status.ANSWERED: Look("teal", "dot"),
                Obstacle.Status.SOLVED: Look("green", "check"),
                Obstacle.Status.ESCALATED: Look("yellow", "up"),
            },
            Obstacle,
        ),
    ),
    personal=(PersonalFields(Obstacle, "created_by created_at", TRACE),),
    not_personal={Obstacle: "kind text cause follow_up due_on answer status"},
)
