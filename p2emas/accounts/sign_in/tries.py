"""Tries to sign in that failed: counted, shown to the owner, and what slows the network that they came from.

What is slowed is the network, never the account, and nobody waits inside a request: a try that comes too soon is
answered at once, without a look at the password. So nobody can shut an owner out:

- a network without failures has three tries, no matter what others did to the same name;
- a browser that followed a letter's link, or signed in before, has a counter of its own (``browsers``).

Names without an account are counted like others. A name is kept as a keyed hash: people type passwords into it.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import ceil
from typing import Self

from django.db import models
from django.db.models import Count, Max, Min, Q
from django.db.models.functions import TruncDay
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from p2emas.accounts.models import User
from p2emas.accounts.sign_in.addresses import client_address, networks_of
from p2emas.accounts.sign_in.real_time import security_now

FREE = 3  # tries of a network that has not failed since FRESH_AFTER, also for a name whose hour is full
FRESH_AFTER = timedelta(hours=24)
SOON, HOUR = timedelta(minutes=5), timedelta(hours=1)
OF_A_NAME_IN_A_NETWORK = 10  # in SOON
OF_A_NETWORK = 20  # in SOON, of any names
OF_A_WIDE_NETWORK = 30  # in SOON
OF_A_NAME = 60  # in HOUR, from all networks that have failed
OF_A_BROWSER = 10  # in HOUR, of a browser with a counter of its own
SHOWN, KEPT = 20, timedelta(days=30)


class TooSoon(Exception):
    def __init__(self, wait: timedelta) -> None:
        self.seconds = max(1, ceil(wait.total_seconds()))
        super().__init__(self.seconds)


def name_key(name: str) -> str:
    return salted_hmac("p2emas.accounts.tries", name, algorithm="sha256").hexdigest()[:32]


def code_key(user: User) -> str:
    """Codes of the second factor have a count of their own. No name that somebody types is made like this."""
    return name_key(f"\0code {user.pk}")


def keys_of(user: User) -> list[str]:
    """Everything that a failed try for this person may be counted under."""
    return [code_key(user), *(name_key(name.lower()) for name in (user.username, user.email) if name)]


class SignInTryQuerySet(models.QuerySet):
    def against(self, user: User) -> list[dict]:
        """Days and networks that tried for ``user`` in vain, the newest first."""
        found = self.filter(name_key__in=keys_of(user), at__gt=security_now() - KEPT)
        groups = found.annotate(day=TruncDay("at")).values("day", "network").annotate(last=Max("at"), count=Count("pk"))
        return list(groups.order_by("-last")[:SHOWN])

    def forget_old(self) -> int:
        return self.filter(at__lt=security_now() - KEPT).delete()[0]


class SignInTry(models.Model):
    """One try that failed, or is being looked at: a right password takes its row away again."""

    at = models.DateTimeField()
    name_key = models.CharField(max_length=32)
    network = models.CharField(max_length=43)
    wide = models.CharField(max_length=43)
    browser = models.CharField(max_length=32, blank=True)

    objects = SignInTryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["name_key", "at"], name="p2emas_try_name"),
            models.Index(fields=["wide", "at"], name="p2emas_try_wide"),
            models.Index(fields=["browser", "at"], name="p2emas_try_browser", condition=~Q(browser="")),
            models.Index(fields=["at"], name="p2emas_try_at"),
        ]

    def __str__(self) -> str:
        return f"{self.network} {self.at:%Y-%m-%d %H:%M}"


@dataclass(frozen=True)
class Try:
    """Who tries what from where; ``begin`` it before the password is looked at."""

    name_key: str
    network: str
    wide: str
    browser: str = ""

    @classmethod
    def of(cls, request: HttpRequest, key: str, *, browser: str = "") -> Self:
        return cls(key, *networks_of(client_address(request)), browser)

    def begin(self) -> SignInTry:
        """Counted before it is known to fail, so that a hundred at once are a hundred. Raises ``TooSoon``."""
        try:
            return self._begin()
        except TooSoon:
            if not self.browser:
                raise
        return replace(self, browser="")._begin()

    def _begin(self) -> SignInTry:
        if (wait := self._wait(security_now())) > timedelta():  # the usual refusal writes nothing
            raise TooSoon(wait)
        row = SignInTry.objects.create(
            at=security_now(), name_key=self.name_key, network=self.network, wide=self.wide, browser=self.browser
        )
        if (wait := self._wait(row.at, before=row.pk)) > timedelta():
            row.delete()
            raise TooSoon(wait)
        if row.pk % 500 == 0:
            SignInTry.objects.forget_old()
        return row

    def _wait(self, at: datetime, before: int | None = None) -> timedelta:
        rows = SignInTry.objects.filter(pk__lt=before) if before else SignInTry.objects.all()
        if self.browser:
            rows = rows.filter(browser=self.browser)
            return _longest(rows, at, [("browser", Q(), HOUR, OF_A_BROWSER)])
        rows = rows.filter(Q(wide=self.wide) | Q(name_key=self.name_key), browser="", at__gt=at - FRESH_AFTER)
        here, name = Q(network=self.network), Q(name_key=self.name_key)
        return _longest(
            rows,
            at,
            [
                ("named", here & name, SOON, OF_A_NAME_IN_A_NETWORK),
                ("near", here, SOON, OF_A_NETWORK),
                ("wide", Q(wide=self.wide), SOON, OF_A_WIDE_NETWORK),
                ("name", name, HOUR, OF_A_NAME),
            ],
            unless=Q(wide=self.wide),
        )


Limit = tuple[str, Q, timedelta, int]


def _longest(rows: models.QuerySet, at: datetime, limits: list[Limit], unless: Q | None = None) -> timedelta:
    """How long until none of ``limits`` is reached; nothing while fewer than FREE rows are like ``unless``."""
    asked: dict[str, models.Aggregate] = {"fresh": Count("pk", filter=unless)} if unless is not None else {}
    for word, which, span, _most in limits:
        within = which & Q(at__gt=at - span)
        asked |= {f"{word}_count": Count("pk", filter=within), f"{word}_first": Min("at", filter=within)}
    found = rows.aggregate(**asked)
    if found.get("fresh", FREE) < FREE:
        return timedelta()
    waits = [found[f"{word}_first"] + span - at for word, _q, span, most in limits if found[f"{word}_count"] >= most]
    return max(waits, default=timedelta())
