"""Two browsers of one person sign in, set up a second factor and take it off, in any order.

After each step both may open what the permission table gives somebody of their level, and nothing else.
"""

import random
import re
import time

import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from p2emas.accounts.roles import Role
from p2emas.staffing.services import assign
from tests import permission_table as table
from tests import worlds
from tests.addresses import address_of, takes_get
from tests.factories import PASSWORD

ANONYMOUS, FULL = "anonymous", "full"
MUST = ("coordinator", "coordinator_head", "admin")
ROLES = ("coordinator", "coordinator_head", "admin", "leader", "agency_operator", "auditor")
SET_UP, CODES = reverse("mfa_activate_totp"), reverse("mfa_view_recovery_codes")
KEY = re.compile(r'Kunci: <b class="num">(\w+)</b>')
# Their answers depend on more than the level; CODES and the others are looked at by their own names.
ASIDE = re.compile(r"account_|mfa_|usersessions_|health|ready|recruitment:application-export")
ROWS = [row for row in table.ROWS if takes_get(row) and not ASIDE.match(row.name)]
STEPS = ("sign_in", "sign_in", "give_code", "set_up", "remove", "reset", "promote", "sign_out", "replay", "wrong_code")


class Story:
    def __init__(self, world: worlds.World, seed: int) -> None:
        self.random = random.Random(seed)
        self.world = world
        self.role = self.random.choice(ROLES)
        self.person = world.people[self.role]
        self.person.set_password(PASSWORD)
        self.person.save()
        self.clients = [Client(), Client()]
        self.level = [ANONYMOUS, ANONYMOUS]
        self.password_given, self.pending = [False, False], [False, False]
        self.secret, self.used = "", ""
        self.demanded, self.promoted = self.role in MUST, False
        self.told: list[str] = [self.role]

    def run(self, steps: int) -> None:
        cache.clear()
        with time_machine.travel(time.time(), tick=False) as self.clock:
            for _ in range(steps):
                step, who = self.choose()
                self.told.append(f"{step} {who}")
                self.clock.shift(31)
                getattr(self, step)(who)
                for each in (0, 1):
                    self.look(each)

    def choose(self) -> tuple[str, int]:
        """Mostly something that changes something; now and then anything."""
        everything = [(step, who) for step in STEPS for who in (0, 1)]
        likely = [pair for pair in everything if self.random.random() < 0.1 or self.changes(*pair)]
        return self.random.choice(likely or everything)

    def changes(self, step: str, who: int) -> bool:
        full, factor = self.level[who] == FULL, bool(self.secret)
        return {
            "sign_in": not full and not self.pending[who],
            "give_code": self.pending[who],
            "set_up": not factor,
            "remove": full and factor,
            "reset": factor and self.random.random() < 0.3,
            "promote": not self.demanded,
            "sign_out": full and self.random.random() < 0.2,
        }.get(step, False)

    # --- What happens, and what it must lead to ----------------------------------------------
    def sign_in(self, who: int) -> None:
        if self.level[who] == FULL:
            return
        self.clients[who].get(reverse("account_login"), follow=True)
        self.clients[who].post(reverse("account_login"), {"login": self.person.username, "password": PASSWORD})
        self.pending[who] = bool(self.secret)
        self.password_given[who] = not self.secret
        self.level[who] = ANONYMOUS if self.secret or self.demanded else FULL

    def _code(self, who: int, code: str) -> None:
        self.clients[who].post(reverse("mfa_authenticate"), {"code": code})
        self.clients[who].post(reverse("mfa_reauthenticate"), {"code": code})

    def give_code(self, who: int) -> None:
        if not self.secret:
            return
        self.used = self.now(self.secret)
        self._code(who, self.used)
        if self.pending[who]:
            self.level[who], self.pending[who], self.password_given[who] = FULL, False, True

    def replay(self, who: int) -> None:
        if self.used:
            self._code(who, self.used)

    def wrong_code(self, who: int) -> None:
        if self.secret:
            right = self.now(self.secret)
            self._code(who, f"{(int(right) + 1) % 1_000_000:06d}")

    def set_up(self, who: int) -> None:
        client = self.clients[who]
        page = self.confirmed(client, SET_UP)
        found = KEY.search(page.content.decode())
        allowed = self.password_given[who] and not self.secret
        assert bool(found) is allowed, self.told
        if found:
            self.used = self.now(found[1])
            assert client.post(SET_UP, {"code": self.used}).status_code == 302
            self.secret = found[1]
            self._end(1 - who)
            self.level[who] = FULL

    def remove(self, who: int) -> None:
        address = reverse("mfa_deactivate_totp")
        page = self.confirmed(self.clients[who], address)
        allowed = self.level[who] == FULL and bool(self.secret)
        assert (page.status_code == 200) is allowed, self.told
        self.clients[who].post(address)
        assert Authenticator.objects.filter(user=self.person).exists() is (bool(self.secret) and not allowed), self.told
        if allowed:
            self.secret = ""
            self._end(1 - who)
            self.level[who] = ANONYMOUS if self.demanded else FULL

    def reset(self, who: int) -> None:
        if self.secret:
            call_command("reset_second_factor", self.person.username, verbosity=0)
            self.secret = ""
            self._end(0)
            self._end(1)

    def promote(self, who: int) -> None:
        if self.demanded or self.random.random() < 0.5:
            return
        assign(
            person=self.person,
            agency=self.world.people["coordinator"].assignments.get().agency,
            role=Role.COORDINATOR,
            valid_from=worlds.TODAY,
            valid_until=None,
        )
        self.demanded = self.promoted = True
        self._end(0)
        self._end(1)

    def sign_out(self, who: int) -> None:
        self.clients[who].post(reverse("account_logout"))
        self.level[who], self.password_given[who], self.pending[who] = ANONYMOUS, False, False

    def _end(self, who: int) -> None:
        """A session that waited for its code was nobody's yet: only the second factor is asked for again."""
        self.level[who], self.password_given[who] = ANONYMOUS, False
        self.pending[who] = self.pending[who] and bool(self.secret)

    # --- What each may open ------------------------------------------------------------------
    def look(self, who: int) -> None:
        client, full = self.clients[who], self.level[who] == FULL
        if self.promoted and full:  # two roles: the table has no row for them
            assert client.get(reverse("accounts:profile")).status_code == 200, self.told
            return
        row = self.random.choice(ROWS)
        with worlds.undone():
            found = client.get(address_of(self.world, row, worlds.OURS)).status_code
        declared = table.answers(row.get)[self.role if full else ANONYMOUS]
        assert found == declared, f"{row.name} {found} for {'full' if full else 'nobody'}: {self.told}"
        with worlds.undone():
            codes = client.get(CODES).status_code
        assert codes == (302 if not full else 200 if self.secret else 404), self.told

    @staticmethod
    def confirmed(client: Client, address: str):
        """The page, with the password once more where it is asked for."""
        page = client.get(address)
        if page.status_code == 302 and page.url.startswith(reverse("account_reauthenticate")):
            page = client.post(page.url, {"password": PASSWORD})
            page = client.get(page.url) if page.status_code == 302 else page
        return page

    def now(self, secret: str) -> str:
        return format_hotp_value(hotp_value(secret, int(time.time()) // 30))
