"""The addresses of the permission table, filled with the records of a world."""

import re

from django.urls import get_resolver, reverse

from tests import permission_table as table
from tests import worlds

SEES_MOST = ("coordinator_head", "admin", "agency_operator", "coordinator", "district_admin", *worlds.EVERYBODY)


def named_patterns(resolver=None, space: str = "") -> set[str]:
    """Every named address of the site, with its namespace."""
    found = set()
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            found |= named_patterns(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        elif pattern.name:
            found.add(f"{space}{pattern.name}")
    return found


def value_of(world: worlds.World, record: str, side: str):
    """What is in the address: a key, slug, code or literal."""
    if record.startswith("="):
        return record[1:]
    path, _, attribute = record.partition("#")
    if "|" in path:  # "ours|theirs" where the two are not the same record of two agencies
        path = path.split("|")[worlds.SIDES.index(side)]
    first, *rest = path.split(".")
    found = world if first == "world" else world.sides[side]
    for part in rest if first == "world" else [first, *rest]:
        found = found[part] if isinstance(found, dict) else getattr(found, part)
    return getattr(found, attribute or "pk")


def address_of(world: worlds.World, row: table.Row, scope: str) -> str | None:
    """``scope``: ours, theirs, missing, or mixed (our record, their row below it); None where it means nothing."""
    records = [part for part, record in row.at.items() if not record.startswith("=")]
    if scope != worlds.OURS and not records:
        return None
    if scope == worlds.THEIRS and all(
        row.at[part].startswith("world.") and "|" not in row.at[part] for part in records
    ):
        return None  # one record for everybody
    if scope == "mixed" and len(records) < 2:
        return None
    values = {}
    for part, record in row.at.items():
        last = records and part == records[-1]
        side = worlds.THEIRS if scope == worlds.THEIRS or (scope == "mixed" and last) else worlds.OURS
        value = value_of(world, record, side)
        if scope == "missing" and last and part in records:
            value = missing(value)
        values[part] = value
    return reverse(row.name, kwargs=values)


def missing(value):
    text = str(value)
    if text.isdigit():
        return type(value)(99_999_999)
    if re.fullmatch(r"[0-9a-f-]{36}", text):
        return "00000000-0000-4000-8000-000000000000"
    return "tidak-ada"


def takes_post(row: table.Row) -> bool:
    return set(table.answers(row.post).values()) - {302} != {405}


def takes_get(row: table.Row) -> bool:
    return set(table.answers(row.get).values()) - {302} != {405}


def visitor(row: table.Row) -> str | None:
    """Who sees most of those who get the page."""
    answers = table.answers(row.get)
    roles = SEES_MOST if not row.name.startswith("admin:") else ("admin", *SEES_MOST)
    return next((role for role in roles if answers[role] == 200), None)


PAGES = [row for row in table.ROWS if takes_get(row) and visitor(row)]
