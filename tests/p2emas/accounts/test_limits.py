"""Guessing is slowed per address; nobody locks somebody else out, whatever headers he sends."""

import pytest
from django.test import Client, RequestFactory

from p2emas.accounts.addresses import client_address
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

OFFICE, ATTACKER, PROXY = "10.1.1.1", "203.0.113.9", "10.0.0.1"


@pytest.fixture(autouse=True)
def siti():
    return UserFactory(username="siti")


def attempt(password: str, login: str = "siti", **headers) -> bool:
    """Whether this try signs in."""
    return Client().post("/masuk/", {"login": login, "password": password}, **headers).status_code == 302


def guess(times: int, **headers) -> None:
    for number in range(times):
        assert not attempt(f"tebakan-{number}", **headers)


def test_guessing_is_stopped_at_its_address_and_the_owner_still_gets_in():
    guess(10, REMOTE_ADDR=ATTACKER)

    assert not attempt(PASSWORD, REMOTE_ADDR=ATTACKER)
    assert attempt(PASSWORD, REMOTE_ADDR=OFFICE)


def test_refusal_by_limit_says_so_in_a_sentence():
    guess(10, REMOTE_ADDR=ATTACKER)

    response = Client().post("/masuk/", {"login": "siti", "password": PASSWORD}, REMOTE_ADDR=ATTACKER)

    assert "Terlalu banyak percobaan" in response.content.decode()


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

    assert found == [302] * 5 + [429]


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
