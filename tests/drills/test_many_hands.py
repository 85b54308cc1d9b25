"""Every form of the product is sent by eight people at once, several times over: nobody meets an error page.

What loses a race is told so (409, a sentence, a page that has moved on); a deadlock or a broken constraint is neither.
"""

import io
import random
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from functools import partial

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.db import connections
from django.test import Client
from django.test.client import ClientHandler

from p2emas.search.keeping import rebuild
from tests import worlds
from tests.test_forged_forms import CASES, Sender

pytestmark = [pytest.mark.drill, pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]
HANDS, TURNS = 8, 3


def prepared(world: worlds.World) -> list[tuple[str, str, str, dict]]:
    """(name, address, session, data) of every form that somebody may send, filled in while nothing has moved yet."""
    senders = [(f"{row.name} as {role}", Sender(world, row, role)) for row, role in CASES]
    return [(name, sender.address, sender.session, sender.data({})) for name, sender in senders]


def send(handler: ClientHandler, form: tuple[str, str, str, dict]) -> tuple[str, int, str]:
    """The answer's status, and what was raised instead of one."""
    name, address, session, data = form
    client = Client(raise_request_exception=False)
    client.handler = handler
    client.cookies[django_settings.SESSION_COOKIE_NAME] = session
    try:
        answer = client.post(address, data)
        return name, answer.status_code, repr(getattr(answer, "exc_info", None))
    finally:
        connections.close_all()


def problems() -> set[str]:
    """What `check_integrity` finds. Records of a world stand in states to which no step led, so joints are left out."""
    out = io.StringIO()
    with suppress(CommandError):
        call_command("check_integrity", stdout=out, stderr=out)
    return {line for line in out.getvalue().splitlines() if not line.startswith("Riwayat status")}


def test_nobody_meets_an_error_page(settings, business_day):
    settings.DEMO_TODAY = (business_day + timedelta(days=1)).isoformat()  # which threads see; all after the world
    world = worlds.build(lambda owner: "biasa")
    for role in worlds.EVERYBODY:
        world.client(role)
    rebuild()  # factories write records without their words of the search
    before = problems()
    forms = prepared(world) * TURNS
    random.Random(20191008).shuffle(forms)
    forms.sort(key=lambda form: form[0].partition(":")[0])  # those of one room meet each other

    handler = ClientHandler(enforce_csrf_checks=False)
    handler.load_middleware()
    with ThreadPoolExecutor(HANDS) as pool:
        answers = list(pool.map(partial(send, handler), forms))

    broken = [f"{name}: {status} {raised}" for name, status, raised in answers if status >= 500]
    done = sum(status == 302 for _name, status, _raised in answers)
    assert broken == []
    assert done > len(CASES) / 2
    assert problems() - before == set()
