"""What obstacles contribute to the frame; see ``p2emas/registry``."""

from p2emas.privacy.handlings import ABOUT_A_FILE, OF_A_FILE, TRACE, UPLOAD
from p2emas.registry.kinds import Contributions, Look, Looks, MenuEntry, PersonalFields
from programs.obstacles.dates import DATES
from programs.obstacles.models import Obstacle, ObstacleFile
from programs.obstacles.notices import ObstacleNotice
from programs.obstacles.raising import RAISING
from programs.obstacles.step_forms import ANSWERING_FORM
from programs.obstacles.telling import NOTICES

OBSTACLES = MenuEntry("Kendala", "obstacles:obstacle-list")

CONTRIBUTIONS = Contributions(
    menu_entries=(OBSTACLES,),
    looks=(
        Looks(
            "obstacle",
            {
                Obstacle.Status.REPORTED: Look("", "half"),
                Obstacle.Status.ROUTED: Look("violet", "clock"),
                Obstacle.Status.ANSWERED: Look("teal", "dot"),
                Obstacle.Status.SOLVED: Look("green", "check"),
            },
            Obstacle,
        ),
    ),
    notices=NOTICES,
    dates=DATES,
    drafted_forms=(RAISING, ANSWERING_FORM),
    personal=(
        PersonalFields(Obstacle, "raised_by_user created_at answered_by answered_at routed_at closed_at", TRACE),
        PersonalFields(ObstacleFile, OF_A_FILE, UPLOAD),
        PersonalFields(ObstacleNotice, "published_by published_at withdrawn_at", TRACE),
    ),
    not_personal={
        Obstacle: "kind text cause follow_up due_on answer promised_on status",
        ObstacleFile: f"{ABOUT_A_FILE} kind",
        ObstacleNotice: "text",
    },
)
