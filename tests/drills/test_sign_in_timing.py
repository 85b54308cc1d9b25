"""No duration tells whether an address has an account: known and unknown ones, interleaved, on a served site."""

import statistics
import sys
import time

import pytest

from tests.serving import Installation, Server, Visitor

pytestmark = pytest.mark.drill
EACH, MOST = 200, 0.60
ACCOUNTS = f"""
from django.contrib.auth.hashers import make_password
from p2emas.accounts.models import User
kept = make_password("kelapa-sawit-2019")
for number in range({EACH}):
    User(username=f"orang{{number}}", name="Orang", email=f"orang{{number}}@example.go.id", password=kept).save()
"""


def area(known: list[float], unknown: list[float]) -> float:
    """How often a known address takes longer than an unknown one; 0.5 tells nothing."""
    wins = sum((a > b) + 0.5 * (a == b) for a in known for b in unknown)
    return wins / (len(known) * len(unknown))


def test_area_tells_two_kinds_from_one():
    assert area([3, 4], [1, 2]) == 1
    assert area([1, 2], [1, 2]) == 0.5


def test_unknown_addresses_take_as_long_as_known_ones(tmp_path, capsys):
    site = Installation(tmp_path / "site", TRUSTED_PROXIES="1").prepare()
    site.python(ACCOUNTS)
    taken: dict[str, list[float]] = {"orang": [], "siapa": []}
    with Server(site, environment={"WEB_CONCURRENCY": "1"}) as server:
        visitor = Visitor(server.url)
        for number in range(-3, EACH):  # the first few fill the caches of the process
            for kind in ("orang", "siapa") if number % 2 else ("siapa", "orang"):
                fields = {"login": f"{kind}{number}@example.go.id", "password": "tebakan-panjang"}
                network = {"X-Forwarded-For": f"198.{18 + (kind == 'siapa')}.{number % 256}.1"}
                begun = time.perf_counter()
                answer = visitor.post("/masuk/", fields, **network)
                if number >= 0:
                    taken[kind].append(time.perf_counter() - begun)
                assert answer.status == 200 and "tidak cocok" in answer.text
    site.remove()
    found = area(taken["orang"], taken["siapa"])
    with capsys.disabled():
        middle = [f"{statistics.median(each) * 1000:.0f} ms" for each in taken.values()]
        sys.stderr.write(f"\nsign-in by address: AUC {found:.3f}, known {middle[0]}, unknown {middle[1]}\n")
    assert max(found, 1 - found) <= MOST
