"""What the rooms' thin views call; each room's view fetches in scope and says which methods it answers."""

from p2emas.workflow.pages import (
    both_versions,
    claimed_versions,
    edit_conflict_page,
    step_page,
    still_open,
    versions_of,
)
from p2emas.workflow.riwayat import riwayat_page

__all__ = [
    "both_versions",
    "claimed_versions",
    "edit_conflict_page",
    "riwayat_page",
    "step_page",
    "still_open",
    "versions_of",
]
