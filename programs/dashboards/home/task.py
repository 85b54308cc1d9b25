"""One task on the home page."""

from dataclasses import dataclass

MOST = 100  # rows that one task counts; of more it says so


@dataclass(frozen=True)
class Waiting:
    """One task: how many, what, why, and the way there. The first one with a count gets the blue button."""

    count: int
    title: str
    sentence: str
    url: str
    action: str

    @property
    def counted(self) -> str:
        return f"{MOST}+" if self.count > MOST else str(self.count)
