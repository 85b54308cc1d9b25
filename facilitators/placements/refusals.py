"""Why something is not done, as a sentence for the screen, beside the field that it is about."""

from p2emas.staffing.services import NotPossible


class PlacementRefused(NotPossible):
    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field
