import re
import time
from datetime import date

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client

from p2emas.outbox.models import OutboxMessage
from p2emas.staffing.services import assign
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

SET_UP = "/akun/dua-langkah/pasang/"
GIVE = "/akun/dua-langkah/pastikan/"
CODES = "/akun/dua-langkah/kode-cadangan/"


@pytest.fixture(autouse=True)
def required(settings):
    settings.REQUIRE_2FA = True


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def sign_in(user) -> tuple[Client, str]:
    client = Client()
    response = client.post("/masuk/", {"login": user.username, "password": PASSWORD})
    return client, response.url


def enrol(user) -> tuple[Client, str, list[str]]:
    """Set it up as a person does; returns the client, the secret and the recovery codes."""
    client, _url = sign_in(user)
    secret = re.search(r"Kunci: <b class=\"num\">(\w+)</b>", client.get(SET_UP).content.decode())[1]
    assert client.post(SET_UP, {"code": code_of(secret)}).url == CODES
    codes = re.findall(r"<li><b>(\d+)</b></li>", client.get(CODES).content.decode())
    assert len(codes) == 10
    return client, secret, codes


ROLES = [
    "coordinator", "coordinator_head", "admin", "leader", "agency_operator", "agency_head", "district_admin",
    "facilitator", "panelist", "auditor",
]  # fmt: skip
MUST = {"coordinator", "coordinator_head", "admin"}


@pytest.mark.parametrize("who", ROLES)
def test_powerful_roles_are_sent_to_set_it_up(client_as, who):
    client = client_as(who)

    response = client.get("/akun/")

    assert (response.status_code, response.get("Location")) == ((302, SET_UP) if who in MUST else (200, None))


@pytest.mark.parametrize("who", sorted(MUST))
@pytest.mark.parametrize(
    "path", ["/kelola/", "/pengguna/", "/pengingat/", "/kelola/p2emas/agency/", "/beranda/", "/akun/sandi/"]
)
def test_every_page_waits_for_it_the_back_office_too(client_as, who, path):
    response = client_as(who).get(path)

    assert (response.status_code, response.get("Location")) == (302, SET_UP)


def test_setting_up_and_signing_out_stay_reachable(client_as):
    client = client_as("coordinator")
    found = {
        path: client.get(path).status_code for path in ("/akun/dua-langkah/", "/akun/pastikan/", "/keluar/", "/sehat/")
    }

    assert set(found.values()) == {200}
    assert client.post("/keluar/").url == "/"
    assert client.get("/akun/").url.startswith("/masuk/")


def test_with_the_setting_off_nobody_is_sent(client_as, settings):
    settings.REQUIRE_2FA = False

    assert {client_as(who).get("/akun/").status_code for who in MUST} == {200}


def test_enrol_then_sign_in_with_a_code(user_as, django_capture_on_commit_callbacks, mailoutbox):
    user = user_as("coordinator")
    with django_capture_on_commit_callbacks(execute=True):
        client, secret, _codes = enrol(user)
    assert client.get("/akun/").status_code == 200
    assert "Verifikasi dua langkah aktif" in {mail.subject for mail in mailoutbox}
    client.post("/keluar/")

    with time_machine.travel(time.time() + 120):
        client, url = sign_in(user)
        assert url == "/akun/dua-langkah/masuk/"
        assert client.get("/akun/").status_code == 302  # the password alone opens nothing
        wrong = client.post(url, {"code": "000000"})
        assert "<title>Galat:" in wrong.content.decode()
        response = client.post(url, {"code": code_of(secret)})
        assert (response.status_code, response.url) == (302, "/beranda/")
        assert client.get("/akun/").status_code == 200


def test_code_is_good_once(user_as):
    user = user_as("coordinator")
    _client, secret, _codes = enrol(user)

    with time_machine.travel(time.time() + 120, tick=False):
        first, url = sign_in(user)
        assert first.post(url, {"code": code_of(secret)}).status_code == 302
        second, url = sign_in(user)
        assert second.post(url, {"code": code_of(secret)}).status_code == 200


def test_recovery_code_opens_once(user_as):
    user = user_as("coordinator")
    _client, _secret, codes = enrol(user)

    found = []
    for _ in range(2):
        client, url = sign_in(user)
        found.append(client.post(url, {"code": codes[0]}).status_code)

    assert found == [302, 200]


def test_guessing_codes_is_stopped(user_as):
    user = user_as("coordinator")
    _client, secret, _codes = enrol(user)

    with time_machine.travel(time.time() + 120, tick=False):
        client, url = sign_in(user)
        for number in range(12):
            client.post(url, {"code": f"{number:06d}"})
        response = client.post(url, {"code": code_of(secret)})
        assert (response.status_code, response["Retry-After"]) == (429, "300")
        assert "Coba lagi dalam 300 detik" in response.content.decode()


def test_codes_are_downloaded_and_renewed(user_as):
    client, _secret, codes = enrol(user_as("coordinator"))

    text = client.get(f"{CODES}unduh/").content.decode()
    assert set(codes) == set(re.findall(r"^\d+$", text, re.M))
    assert client.get(f"{CODES}baru/").status_code == 200
    client.post(f"{CODES}baru/")
    assert set(codes).isdisjoint(re.findall(r"<li><b>(\d+)</b></li>", client.get(CODES).content.decode()))


def test_secret_and_codes_are_kept_by_no_browser(user_as):
    client, _url = sign_in(user_as("coordinator"))
    pages = [client.get(SET_UP)]
    client, _secret, _codes = enrol(user_as("coordinator"))
    pages += [client.get(CODES), client.get(f"{CODES}unduh/")]

    assert [(page.status_code, "no-store" in page["Cache-Control"]) for page in pages] == [(200, True)] * 3


def test_switching_off_leads_back_to_setting_up(user_as):
    user = user_as("coordinator")
    client, _secret, _codes = enrol(user)

    assert client.get("/akun/dua-langkah/lepas/").status_code == 200
    assert Authenticator.objects.filter(user=user).count() == 2
    client.post("/akun/dua-langkah/lepas/")

    assert not Authenticator.objects.filter(user=user).exists()
    assert client.get("/akun/").url == SET_UP


def test_setting_up_long_after_sign_in_asks_for_the_password_again(user_as):
    client, _url = sign_in(user_as("auditor"))

    with time_machine.travel(time.time() + 700):
        response = client.get(SET_UP)
        assert response.url.startswith("/akun/pastikan/")
        assert client.post(response.url, {"password": "salah"}).status_code == 200
        assert client.post(response.url, {"password": PASSWORD}).url == SET_UP


def test_reauthentication_by_code(user_as):
    client, secret, _codes = enrol(user_as("coordinator"))

    with time_machine.travel(time.time() + 700):
        assert "/akun/pastikan/" in client.get(f"{CODES}baru/").url
        page = client.get("/akun/dua-langkah/pastikan/").content.decode()
        assert "Pakai kata sandi" in page
        response = client.post("/akun/dua-langkah/pastikan/", {"code": code_of(secret)})
        assert response.status_code == 302
        assert client.get(f"{CODES}baru/").status_code == 200


def test_invited_coordinator_sets_a_password_and_lands_at_setting_up(user_as):
    from p2emas.outbox.links import invitation_link

    user = user_as("coordinator")
    user.set_unusable_password()
    user.save()
    client = Client()

    client.post(invitation_link(user), {"password1": "kelapa-sawit-12", "password2": "kelapa-sawit-12"})

    assert client.get("/beranda/").url == SET_UP
    assert client.get(SET_UP).status_code == 200
    assert not OutboxMessage.objects.exists()


def test_lost_phone_and_codes_are_no_dead_end(user_as):
    person = user_as("coordinator")
    client, _secret, _codes = enrol(person)
    OutboxMessage.objects.all().delete()

    call_command("reset_second_factor", person.username.upper(), verbosity=0)

    assert not Authenticator.objects.filter(user=person).exists()
    assert client.get("/akun/").status_code == 302 and "/masuk/" in client.get("/akun/").url
    assert [(m.recipient, m.subject) for m in OutboxMessage.objects.all()] == [
        (person.email, "Verifikasi dua langkah dilepas")
    ]
    again, _url = sign_in(person)
    assert again.get("/beranda/").url == SET_UP


def test_reset_while_the_code_is_asked_for_leads_back_to_the_sign_in(user_as):
    person = user_as("coordinator")
    enrol(person)
    waiting, url = sign_in(person)

    call_command("reset_second_factor", person.username, verbosity=0)

    assert waiting.get(url, follow=True).redirect_chain == [("/masuk/", 302)]
    assert "Galat" not in waiting.get("/masuk/").content.decode()


def test_reset_says_that_there_is_nothing_to_reset(user_as):
    for username, sentence in (("tidak.ada", "Tidak ada pengguna"), (user_as("leader").username, "belum aktif")):
        with pytest.raises(CommandError, match=sentence):
            call_command("reset_second_factor", username, verbosity=0)


def test_session_that_is_older_than_the_second_factor_is_over(user_as):
    """Somebody who knows the password waits until the owner has set it up."""
    user = user_as("coordinator_head")
    thief, url = sign_in(user)
    assert thief.get(url).url == SET_UP

    enrol(user)

    for path in ("/beranda/", "/kelola/", "/pengguna/", CODES, f"{CODES}unduh/", SET_UP, "/akun/dua-langkah/"):
        assert thief.get(path).url.startswith(("/masuk/", "/kelola/login/")), path


def test_key_of_the_session_changes_when_it_is_set_up_and_taken_off(user_as):
    client, _url = sign_in(user_as("coordinator"))
    keys = [client.session.session_key]
    secret = re.search(r"Kunci: <b class=\"num\">(\w+)</b>", client.get(SET_UP).content.decode())[1]
    client.post(SET_UP, {"code": code_of(secret)})
    keys.append(client.session.session_key)
    client.post("/akun/dua-langkah/lepas/")
    keys.append(client.session.session_key)

    assert len(set(keys)) == 3
    assert list(UserSession.objects.values_list("session_key", flat=True)) == keys[-1:]


def test_two_sessions_that_set_it_up_at_once_the_first_wins(user_as):
    user = user_as("coordinator")
    first, second = sign_in(user)[0], sign_in(user)[0]
    secrets = [
        re.search(r"Kunci: <b class=\"num\">(\w+)</b>", client.get(SET_UP).content.decode())[1]
        for client in (first, second)
    ]
    assert first.post(SET_UP, {"code": code_of(secrets[0])}).url == CODES
    assert second.post(SET_UP, {"code": code_of(secrets[1])}).url.startswith("/masuk/")


def test_code_that_proved_the_set_up_is_used_up(user_as):
    user = user_as("coordinator")
    with time_machine.travel(time.time(), tick=False):
        _client, secret, _codes = enrol(user)
        client, url = sign_in(user)
        assert client.post(url, {"code": code_of(secret)}).status_code == 200
    with time_machine.travel(time.time() + 60):  # it would still be tolerated as one that is half a minute late
        assert client.post(url, {"code": code_of(secret)}).status_code == 302


def test_used_code_stays_used_when_the_cache_forgets(user_as):
    user = user_as("coordinator")
    _client, secret, _codes = enrol(user)

    with time_machine.travel(time.time() + 120, tick=False):
        code = code_of(secret)
        first, url = sign_in(user)
        assert first.post(url, {"code": code}).status_code == 302
    with time_machine.travel(time.time() + 151, tick=False):
        cache.clear()
        second, url = sign_in(user)
        assert second.post(url, {"code": code}).status_code == 200


def test_session_with_a_password_gives_the_code_and_goes_on(client_as, user_as):
    """A person who got a second factor by other means than the page, e.g. from a restored database."""
    user = user_as("coordinator")
    _client, secret, _codes = enrol(user)
    user.refresh_from_db()
    held = Client()
    held.force_login(user)
    before = held.session.session_key

    assert held.get("/beranda/?a=1").url == f"{GIVE}?next=/beranda/%3Fa%3D1"
    assert "Pakai kata sandi" not in held.get(GIVE).content.decode()
    assert held.get("/").status_code == 200 and "Keluar" not in held.get("/").content.decode()
    with time_machine.travel(time.time() + 120):
        assert held.post(f"{GIVE}?next=/beranda/", {"code": code_of(secret)}).url == "/beranda/"
        assert held.get("/akun/").status_code == 200
    assert held.session.session_key != before


def test_promotion_to_a_role_that_demands_it_ends_the_sessions(user_as, bappeda):
    user = user_as("leader")
    client, _url = sign_in(user)
    assert client.get("/akun/").status_code == 200

    assign(person=user, agency=bappeda, role="coordinator", valid_from=date(2019, 10, 1), valid_until=None)

    assert client.get("/akun/").url.startswith("/masuk/")


def test_other_roles_end_no_session(user_as, bappeda):
    user = user_as("leader")
    client, _url = sign_in(user)

    assign(person=user, agency=bappeda, role="panelist", valid_from=date(2019, 10, 1), valid_until=None)

    assert client.get("/akun/").status_code == 200
