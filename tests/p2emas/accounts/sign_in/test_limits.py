"""Guessing is slowed per network; nobody locks somebody else out, no matter what they send from where."""

import json
import logging
import time
from itertools import count

import pytest
import time_machine
from django.conf import settings as site
from django.contrib.auth import hashers
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from p2emas.accounts.sign_in.addresses import client_address, networks_of
from p2emas.accounts.sign_in.tries import SignInTry
from p2emas.outbox.links import invitation_link, password_reset_link
from tests.drawing import pages
from tests.factories import PASSWORD, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.whole]

OFFICE, ATTACKER, PROXY = "10.1.1.1", "203.0.113.9", "10.0.0.1"


@pytest.fixture(autouse=True)
def siti():
    return UserFactory(username="siti")


def attempt(password: str, login: str = "siti", **headers) -> bool:
    """Whether this try signs in."""
    with pages(drawn=False):
        return Client().post("/masuk/", {"login": login, "password": password}, **headers).status_code == 302


def guess(times: int, **headers) -> None:
    for number in range(times):
        assert not attempt(f"tebakan-{number}", **headers)


def failed_before(networks: int) -> None:
    """As if three tries for other names had failed from each: the test of the first limit shows that tries are rows."""
    SignInTry.objects.bulk_create(
        SignInTry(at=timezone.now(), name_key=f"{round_}-{number}", network=network, wide=wide)
        for number in range(networks)
        for network, wide in [networks_of(f"198.18.{number}.1")]
        for round_ in range(3)
    )


def test_guessing_is_stopped_at_its_address_and_the_owner_still_gets_in():
    guess(10, REMOTE_ADDR=ATTACKER)

    assert not attempt(PASSWORD, REMOTE_ADDR=ATTACKER)
    assert attempt(PASSWORD, REMOTE_ADDR=OFFICE)


def test_refusal_by_limit_says_so_in_a_sentence():
    guess(10, REMOTE_ADDR=ATTACKER)

    response = Client().post("/masuk/", {"login": "siti", "password": PASSWORD}, REMOTE_ADDR=ATTACKER)

    text = response.content.decode()
    seconds = int(response["Retry-After"])
    assert response.status_code == 429 and 290 < seconds <= 300
    assert f"Coba lagi dalam {seconds} detik" in text and 'value="siti"' in text


def test_forged_header_opens_no_new_account_of_tries():
    for number in range(10):
        guess(1, REMOTE_ADDR=ATTACKER, HTTP_X_FORWARDED_FOR=f"198.51.100.{number}")

    assert not attempt(PASSWORD, REMOTE_ADDR=ATTACKER, HTTP_X_FORWARDED_FOR="198.51.100.99")


def test_forged_header_locks_nobody_out():
    guess(12, REMOTE_ADDR=ATTACKER, HTTP_X_FORWARDED_FOR=OFFICE)

    assert attempt(PASSWORD, REMOTE_ADDR=OFFICE)


def test_behind_a_proxy_each_client_has_its_own_tries(settings):
    settings.TRUSTED_PROXIES = 1
    guess(10, REMOTE_ADDR=PROXY, HTTP_X_FORWARDED_FOR=f"{OFFICE}, {ATTACKER}")

    assert not attempt(PASSWORD, REMOTE_ADDR=PROXY, HTTP_X_FORWARDED_FOR=f"1.2.3.4, {ATTACKER}")
    assert attempt(PASSWORD, REMOTE_ADDR=PROXY, HTTP_X_FORWARDED_FOR=OFFICE)


def test_many_names_from_one_address_are_stopped():
    for number in range(20):
        assert not attempt("tebakan", login=f"orang{number}", REMOTE_ADDR=ATTACKER)

    assert not attempt(PASSWORD, REMOTE_ADDR=ATTACKER)
    assert attempt(PASSWORD, REMOTE_ADDR=OFFICE)


def test_right_password_uses_up_no_try():
    for _ in range(11):
        assert attempt(PASSWORD, REMOTE_ADDR=OFFICE)


def test_forgotten_password_is_limited_per_account(client):
    found = [client.post("/lupa-sandi/", {"email": "siti@example.go.id"}).status_code for _ in range(6)]

    assert found == [302] * 3 + [429, 429, 429]


@pytest.mark.parametrize(
    ("proxies", "header", "peer", "expected"),
    [
        (0, "1.1.1.1", "9.9.9.9", "9.9.9.9"),
        (1, "1.1.1.1, 2.2.2.2", "9.9.9.9", "2.2.2.2"),
        (2, "1.1.1.1, 2.2.2.2, 3.3.3.3", "9.9.9.9", "2.2.2.2"),
        (2, "1.1.1.1", "9.9.9.9", "9.9.9.9"),
        (1, "", "9.9.9.9", "9.9.9.9"),
        (1, "kacau", "9.9.9.9", "0.0.0.0"),
        (1, "2001:db8::1", "9.9.9.9", "2001:db8::1"),
        (0, "", "", "0.0.0.0"),
    ],
)
def test_address_is_what_our_own_proxies_saw(settings, proxies, header, peer, expected):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", HTTP_X_FORWARDED_FOR=header, REMOTE_ADDR=peer)

    assert client_address(request) == expected


def test_sign_in_over_a_socket_without_address_works():
    assert attempt(PASSWORD, REMOTE_ADDR="")


# --- Networks ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("address", "networks"),
    [
        ("203.0.113.9", ("203.0.113.0/24", "203.0.113.0/24")),
        ("::ffff:203.0.113.9", ("203.0.113.0/24", "203.0.113.0/24")),
        ("2001:db8:1:2:3::9", ("2001:db8:1:2::/64", "2001:db8:1::/48")),
    ],
)
def test_networks_of_an_address(address, networks):
    assert networks_of(address) == networks


@pytest.fixture
def hashed(monkeypatch) -> list[str]:
    """Every password that the hasher looks at."""
    seen = []
    real = hashers.MD5PasswordHasher.encode
    monkeypatch.setattr(
        hashers.MD5PasswordHasher,
        "encode",
        lambda self, password, salt: seen.append(password) or real(self, password, salt),
    )
    return seen


@pytest.mark.parametrize("login", ["siti", "siti@example.go.id", "tidak-ada", "tidak-ada@example.go.id", "diundang"])
def test_one_look_up_and_one_hash_whoever_is_tried(hashed, login):
    UserFactory(username="diundang", password=None)
    hashed.clear()
    with CaptureQueriesContext(connection) as queries:
        Client().post("/masuk/", {"login": login, "password": "tebakan-salah"}, REMOTE_ADDR=ATTACKER)

    asked = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert len(hashed) == 1
    assert len([sql for sql in asked if 'FROM "p2emas_user"' in sql]) == 1
    # who we are, how soon, counted, how soon of those before, who it is
    assert len(asked) == 5, asked


@pytest.mark.parametrize("login", ["siti", "tidak-ada"])
def test_neighbours_share_the_tries_of_their_network(hashed, login):
    for host in range(12):
        attempt("tebakan", login=login, REMOTE_ADDR=f"203.0.113.{host}")

    assert len(hashed) == 10


def test_one_site_of_many_networks_has_thirty_tries(hashed):
    hashed.clear()
    with pages(drawn=False):
        answers = [
            Client()
            .post("/masuk/", {"login": f"orang{number}", "password": "x"}, REMOTE_ADDR=f"2001:db8:7:{number:x}::1")
            .status_code
            for number in range(60)
        ]

    assert (len(hashed), answers.count(429)) == (30, 30)


def test_a_name_has_sixty_tries_an_hour_and_a_fresh_network_three_more(hashed):
    """Networks that failed before share the sixty; who comes from elsewhere may try, no matter what others did."""
    with time_machine.travel(time.time(), tick=False) as clock:
        failed_before(networks=40)
        for number in range(120):
            attempt("tebakan", REMOTE_ADDR=f"198.18.{number % 40}.1")
        assert len(hashed) == 60

        found = [
            Client().post("/masuk/", {"login": "siti", "password": "x"}, REMOTE_ADDR=OFFICE).status_code for _ in "1234"
        ]
        assert found == [200, 200, 200, 429]
        clock.shift(3601)
        assert attempt(PASSWORD, REMOTE_ADDR="198.18.0.1")


def test_owner_gets_in_from_elsewhere_while_the_hour_of_the_name_is_full():
    for number in range(60):
        attempt("tebakan", REMOTE_ADDR=f"198.18.{number // 3}.1")

    assert attempt(PASSWORD, REMOTE_ADDR=OFFICE)


# --- The owner beside the attacker -------------------------------------------------------------
def fill(login: str = "siti") -> None:
    for number in range(12):
        attempt(f"tebakan-{number}", login=login, REMOTE_ADDR=ATTACKER)
    assert not attempt(PASSWORD, login=login, REMOTE_ADDR=ATTACKER)


def test_reset_link_gets_the_owner_in_from_the_network_of_the_attacker(siti):
    fill()
    client = Client(REMOTE_ADDR=ATTACKER)

    opened = client.get(password_reset_link(siti))
    client.post(opened.url, {"password1": "kelapa-hijau-77", "password2": "kelapa-hijau-77"})

    fill()
    for _ in range(5):  # and typing errors of the owner are no end
        assert client.post("/masuk/", {"login": "siti", "password": "salah-ketik"}).status_code == 200
    assert client.post("/masuk/", {"login": "siti@example.go.id", "password": "kelapa-hijau-77"}).status_code == 302


def test_invitation_gets_in_and_so_does_the_browser_later():
    invited = UserFactory(username="baru", password=None)
    fill("baru")
    client = Client(REMOTE_ADDR=ATTACKER)

    client.post(invitation_link(invited), {"password1": "kelapa-hijau-77", "password2": "kelapa-hijau-77"})
    assert client.get("/akun/").status_code == 200

    client.post("/keluar/")
    assert client.post("/masuk/", {"login": "baru", "password": "kelapa-hijau-77"}).status_code == 302


def test_no_link_is_slowed_by_how_often_links_are_opened(siti):
    client = Client(REMOTE_ADDR=ATTACKER)

    assert {client.get("/lupa-sandi/1-tebakan/").status_code for _ in range(30)} == {200}
    assert Client(REMOTE_ADDR=ATTACKER).get(password_reset_link(siti)).status_code == 302


def test_counter_of_a_browser_is_for_its_person_and_has_an_end(siti):
    client = Client(REMOTE_ADDR=ATTACKER)
    client.post("/masuk/", {"login": "siti", "password": PASSWORD})
    client.post("/keluar/")
    UserFactory(username="budi")
    fill()
    fill("budi")

    assert client.post("/masuk/", {"login": "budi", "password": PASSWORD}).status_code == 429
    found = [client.post("/masuk/", {"login": "siti", "password": "tebakan"}).status_code for _ in range(11)]
    assert found == [200] * 10 + [429]


@pytest.mark.parametrize("cookie", ["", "kacau", "WzFd:1abc:xyz"])
def test_forged_counter_counts_nothing(cookie):
    fill()
    client = Client(REMOTE_ADDR=ATTACKER)
    client.cookies[site.BROWSER_COOKIE_NAME] = cookie

    assert client.post("/masuk/", {"login": "siti", "password": PASSWORD}).status_code == 429


# --- Traces ------------------------------------------------------------------------------------
def test_failure_is_logged_without_what_was_typed(caplog, siti):
    formatter = logging.getLogger().handlers and site.LOGGING["formatters"]["json"]
    assert formatter
    with caplog.at_level("INFO"):
        attempt("rahasia-sekali", REMOTE_ADDR=ATTACKER)
        attempt(PASSWORD, login="kata-sandi-di-kolom-nama", REMOTE_ADDR=ATTACKER)

    lines = [record for record in caplog.records if record.message == "Sign-in failed"]
    assert [(line.network, line.user) for line in lines] == [("203.0.113.0/24", siti.pk), ("203.0.113.0/24", None)]
    everything = json.dumps([record.__dict__ for record in caplog.records], default=str)
    assert "rahasia-sekali" not in everything and "kata-sandi-di-kolom-nama" not in everything
    assert not SignInTry.objects.filter(name_key__contains="kata").exists()


def test_owner_sees_who_tried_and_nobody_else_does(siti):
    for login in ("siti", "siti@example.go.id", "SITI"):
        attempt("tebakan", login=login, REMOTE_ADDR=ATTACKER)
    attempt("tebakan", login="budi", REMOTE_ADDR="192.0.2.1")
    owner, other = Client(), Client()
    owner.force_login(siti)
    other.force_login(UserFactory(username="budi"))

    seen = owner.get("/akun/sesi/").content.decode()
    assert "203.0.113.0/24" in seen and "192.0.2.0/24" not in seen
    assert [(each["network"], each["count"]) for each in SignInTry.objects.against(siti)] == [("203.0.113.0/24", 3)]
    assert "203.0.113.0/24" not in other.get("/akun/sesi/").content.decode()


def test_old_tries_are_forgotten(siti):
    with time_machine.travel(time.time() - 31 * 24 * 3600):
        attempt("tebakan", REMOTE_ADDR=ATTACKER)

    SignInTry.objects.forget_old()

    assert SignInTry.objects.count() == 0


def test_own_guesses_inside_a_session_count_for_the_session_alone(siti):
    """Who found an open machine guesses on; the owner elsewhere does not notice."""
    thief = Client(REMOTE_ADDR=ATTACKER)
    thief.force_login(siti)
    answers = (thief.post("/akun/pastikan/", {"password": f"tebakan{n}"}).status_code for n in count())

    with pages(drawn=False):
        refused = next(n for n, status in enumerate(answers) if status == 429)
    assert refused == 20  # its own ten, then those of the network
    assert attempt(PASSWORD, REMOTE_ADDR=OFFICE)


def test_sign_in_needs_no_cache(settings, siti):
    settings.CACHES = {"default": {"BACKEND": "tests.p2emas.accounts.sign_in.test_limits.Down"}}

    assert attempt(PASSWORD, REMOTE_ADDR=OFFICE)
    assert not attempt("salah", REMOTE_ADDR=OFFICE)
    client = Client(raise_request_exception=False)
    response = client.post("/lupa-sandi/", {"email": "siti@example.go.id"})
    assert (response.status_code, response["Retry-After"]) == (503, "30")


class Down:
    """A cache whose server does not answer."""

    def __init__(self, *args: object) -> None: ...

    def __getattr__(self, name: str):
        from redis.exceptions import ConnectionError

        def refuse(*args: object, **options: object) -> None:
            raise ConnectionError

        if name in {"close"}:
            return lambda **options: None
        return refuse
