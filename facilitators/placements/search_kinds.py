"""How the search finds facilitators: in their own table. Applicants are not searched."""

from typing import Any

from facilitators.recruitment.result.people import Facilitator
from p2emas.accounts.models import User
from p2emas.registry.kinds import AskedKind, Hit

SHORTEST = 3


def _ask(reader: Any, text: str, limit: int) -> list[Hit]:
    if len(text) < SHORTEST or not isinstance(reader, User):
        return []
    people = Facilitator.objects.for_user(reader).search(text).order_by("pk")[:limit]
    hits = [Hit(str(person), person.get_absolute_url()) for person in people]
    return sorted(hits, key=lambda hit: (hit.label.casefold(), hit.url))


FACILITATORS = AskedKind(code="facilitator", title="Pendamping", place=11, ask=_ask)
