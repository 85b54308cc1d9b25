"""How the search finds people: in their own table, for those who read the list of users."""

from typing import Any

from p2emas.accounts.models import User
from p2emas.registry.kinds import AskedKind, Hit
from p2emas.staffing.permissions import may_read_people

SHORTEST = 3


def _ask(reader: Any, text: str, limit: int) -> list[Hit]:
    if len(text) < SHORTEST or not isinstance(reader, User) or not may_read_people(reader):
        return []
    people = User.objects.for_user(reader).matching(text).order_by("pk")[:limit]
    hits = [Hit(str(person), person.get_absolute_url(), person.condition_label) for person in people]
    return sorted(hits, key=lambda hit: (hit.label.casefold(), hit.url))


PEOPLE = AskedKind(code="person", title="Pengguna", place=10, ask=_ask)
