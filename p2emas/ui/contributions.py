"""What the shared page parts contribute to the frame; see ``p2emas/registry``."""

from p2emas.registry.kinds import Contributions, Look, Looks

CONTRIBUTIONS = Contributions(
    looks=(
        # Flags beside a state, never a state.
        Looks(
            "flag",
            {
                "late": Look("red", "alert", "Terlambat"),
                "due_soon": Look("yellow", "clock", "Segera jatuh tempo"),
                "nil": Look("", "circle", "Nihil"),
            },
        ),
    ),
)
