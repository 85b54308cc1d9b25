"""What stories count of a page."""


class Loads:
    """Counts the documents that a page loads, as somebody on a slow line does."""

    def __init__(self, page) -> None:
        self.number = 0
        page.on("response", self._note)

    def _note(self, response) -> None:
        if response.request.resource_type == "document" and response.status < 300:
            self.number += 1
