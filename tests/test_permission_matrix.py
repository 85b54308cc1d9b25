"""Every address x every role x ours, theirs, missing x GET, POST and a wrong verb, against the declared table."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse

from tests import permission_table as table
from tests import worlds
from tests.addresses import address_of, takes_get, takes_post
from tests.drawing import pages

pytestmark = [pytest.mark.django_db, pytest.mark.whole]
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")
ASIDE = (
    "django_session",
    "p2emas_cache",
    "p2emas_signintry",
    "usersessions_usersession",
)  # sign-in and rate limits, not the work
TOKEN = re.compile(rb'(?<=name="csrfmiddlewaretoken" value=")\w+')
NUMBER = re.compile(rb"[0-9A-F]{10}")


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[worlds.World]:
    logging.disable(logging.CRITICAL)
    with worlds.standing(django_db_blocker) as standing:
        yield standing
    logging.disable(logging.NOTSET)


class Asker:
    """Sends requests as anybody; what they write is rolled back and noted."""

    def __init__(self, world: worlds.World) -> None:
        self.world = world
        self.sessions = {
            role: client.cookies[settings.SESSION_COOKIE_NAME].value
            for role in worlds.SIGNED_IN
            if (client := world.client(role))
        }

    def ask(self, role: str, verb: str, address: str, *, drawn: bool = True):
        client = self.world.client(role)
        client.cookies.clear()
        if role in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[role]
        with worlds.undone(), written() as tables, pages(drawn):
            try:
                answer = getattr(client, verb)(address)
            except Exception as error:
                pytest.fail(f"{verb} {address} as {role}: {error!r}")
        answer.tables = tables
        return answer


@contextmanager
def written() -> Iterator[set[str]]:
    """Tables that are written to, without those of sign-in and rate limits."""
    tables: set[str] = set()

    def note(execute, sql, params, many, context):
        if sql.startswith(WRITES):
            name = re.search(r'"(\w+)"', sql)[1]
            if name not in ASIDE:
                tables.add(name)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield tables


@pytest.fixture(scope="module")
def asker(world) -> Asker:
    return Asker(world)


def expected(row: table.Row, scope: str, verb: str) -> dict[str, int]:
    if verb == "delete":
        return table.answers(row.wrong)
    ours = table.answers(row.get if verb == "get" else row.post)
    if scope == worlds.OURS:
        return ours
    if scope in {"missing", "mixed"}:
        nobody = ours["anonymous"]
        declared = row.missing_post if verb == "post" and row.missing_post else row.missing
        return table.answers(declared) | {"anonymous": 404 if nobody == 200 else nobody}
    declared = row.theirs if verb == "get" else row.theirs_post or (row.theirs if row.theirs == table.SAME else "")
    if declared == table.SAME:
        return ours
    if declared:
        return table.answers(declared)
    everything = {table.LETTERS[letter] for letter in table.SEES_ALL}
    return {role: status if role in everything or role == "anonymous" else 404 for role, status in ours.items()}


def verbs_of(row: table.Row, scope: str) -> Iterator[str]:
    """Which verbs are worth asking: what the address does not take at all is the same for every record."""
    if scope == worlds.OURS or takes_get(row):
        yield "get"
    if scope == worlds.OURS or takes_post(row):
        yield "post"
    if scope == worlds.OURS:
        yield "delete"


@pytest.mark.parametrize("row", table.ROWS, ids=lambda row: row.name)
def test_address_answers_as_declared(world, asker, row):
    wrong = []
    for scope in (worlds.OURS, worlds.THEIRS, "missing", "mixed"):
        address = address_of(world, row, scope)
        if address is None:
            continue
        for verb in verbs_of(row, scope):
            declared = expected(row, scope, verb)
            drawn = set()
            for role in askers(row, scope):
                answer = asker.ask(role, verb, address, drawn=declared[role] not in drawn)
                drawn.add(declared[role])  # one page of each kind is really drawn
                if answer.status_code != declared[role]:
                    wrong.append(f"{scope} {verb} as {role}: {answer.status_code}, declared {declared[role]}")
                elif role == "anonymous" and declared[role] == 302 and not leads_to_sign_in(answer):
                    wrong.append(f"{scope} {verb} as {role}: leads to {answer.url}")
                refused = declared[role] in {403, 404, 405} or role == "anonymous"
                if answer.tables and (verb == "get" or refused):
                    wrong.append(f"{scope} {verb} as {role} writes to {answer.tables}")
    assert not wrong, "\n".join(wrong)


def askers(row: table.Row, scope: str) -> list[str]:
    """Everybody; who is turned away by the back office is asked once an address."""
    if scope == worlds.OURS or not row.name.startswith("admin:"):
        return worlds.EVERYBODY
    return [table.LETTERS[letter] for letter in table.INSIDE]


def leads_to_sign_in(answer) -> bool:
    return answer.url.startswith((reverse("account_login"), reverse("dashboards:public-home")))


TWO_SIDED = [row for row in table.ROWS if row.at and not row.theirs and takes_get(row)]


@pytest.mark.parametrize("row", TWO_SIDED, ids=lambda row: row.name)
def test_record_of_somebody_else_looks_like_one_that_does_not_exist(world, asker, row):
    foreign, missing_one = address_of(world, row, worlds.THEIRS), address_of(world, row, "missing")
    compared = 0
    for role in worlds.EVERYBODY if foreign else ():
        if expected(row, worlds.THEIRS, "get")[role] == expected(row, "missing", "get")[role] == 404:
            bodies = [anonymised(asker.ask(role, "get", address), address) for address in (foreign, missing_one)]
            assert bodies[0] == bodies[1], f"{row.name} as {role}"
            compared += 1
    assert compared or foreign is None


def anonymised(answer, address: str) -> bytes:
    """The body without the request number, the token of the sign-out form and the address that was asked for."""
    return TOKEN.sub(b"", NUMBER.sub(b"", answer.content)).replace(address.encode(), b"")


def test_a_wrong_row_is_noticed(world, asker):
    wrong = table.row("reporting:report-detail", "* 200", at={"pk": "draft_report"})

    with pytest.raises(AssertionError, match="ours get as panelist: 404, declared 200"):
        test_address_answers_as_declared(world, asker, wrong)
