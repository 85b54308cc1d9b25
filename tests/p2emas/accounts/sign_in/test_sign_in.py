import pytest
from django.contrib.messages import get_messages
from django.test import Client

from p2emas.accounts.roles import Role
from p2emas.accounts.sign_in.devices import device_name
from tests.factories import PASSWORD, AgencyFactory, UserFactory

pytestmark = pytest.mark.django_db

SIGN_IN = "/masuk/"


def sign_in(client: Client, login: str, password: str = PASSWORD, **extra):
    return client.post(SIGN_IN, {"login": login, "password": password}, **extra)


def signed_in(client: Client) -> bool:
    return client.get("/akun/").status_code == 200


@pytest.mark.parametrize("login", ["siti", "SITI", " siti ", "siti\x00", "siti@example.go.id", "Siti@Example.go.id"])
def test_sign_in_by_user_name_or_mail(client, login):
    UserFactory(username="siti", email="siti@example.go.id")

    response = sign_in(client, login)

    assert response.status_code == 302
    assert response.url == "/beranda/"
    assert signed_in(client)


@pytest.mark.parametrize(
    ("login", "password"),
    [
        ("siti", "salah-sekali"),
        ("tidak-ada", PASSWORD),
        ("tidak-ada@example.go.id", PASSWORD),
        ("diundang", PASSWORD),
        ("diundang", "!"),
        ("x" * 5000, "y" * 5000),
    ],
)
def test_sign_in_refused_with_one_sentence(client, login, password):
    UserFactory(username="siti")
    invited = UserFactory(username="diundang")
    invited.set_unusable_password()
    invited.save()

    response = sign_in(client, login, password)

    assert response.status_code == 200
    assert "<title>Galat: Masuk" in response.content.decode()
    assert not signed_in(client)


def test_refusal_is_the_same_for_unknown_and_known_accounts(client):
    UserFactory(username="siti")

    sentences = {
        tuple(str(error) for error in sign_in(client, login, "salah-sekali").context["form"].non_field_errors())
        for login in ("siti", "tidak-ada", "siti@example.go.id", "tidak-ada@example.go.id")
    }

    assert len(sentences) == 1


def test_empty_sign_in_asks_for_each_field(client):
    response = client.post(SIGN_IN, {})

    assert response.context["form"].errors == {
        "login": ["Isi nama pengguna atau alamat surel"],
        "password": ["Isi kata sandi"],
    }


@pytest.mark.parametrize(
    ("target", "lands"),
    [
        ("/akun/", "/akun/"),
        ("https://jahat.example/", "/beranda/"),
        ("//jahat.example/", "/beranda/"),
        ("http://localhost/akun/", "/beranda/"),  # an ALLOWED_HOST, yet not the one that asks
        ("javascript:alert(1)", "/beranda/"),
        ("\x00", "/beranda/"),
    ],
)
def test_next_leads_to_own_host_only(client, target, lands):
    UserFactory(username="siti")

    for response in (
        client.post(f"{SIGN_IN}?next={target}", {"login": "siti", "password": PASSWORD}),
        Client().post(SIGN_IN, {"login": "siti", "password": PASSWORD, "next": target}),
    ):
        assert (response.status_code, response.url) == (302, lands)


def test_session_key_changes_at_sign_in(client):
    UserFactory(username="siti")
    client.get("/lupa-sandi/")
    session = client.session
    session["before"] = "1"
    session.save()
    before = session.session_key

    sign_in(client, "siti")

    assert client.session.session_key != before


def test_get_of_sign_out_asks_and_writes_nothing(client):
    client.force_login(UserFactory())

    response = client.get("/keluar/")

    assert response.status_code == 200
    assert signed_in(client)


def test_sign_out_kills_the_session_even_for_a_kept_cookie(client):
    client.force_login(UserFactory())
    kept = client.cookies["sessionid"].value

    response = client.post("/keluar/")

    assert (response.status_code, response.url) == (302, "/")
    assert [str(m) for m in get_messages(response.wsgi_request)] == ["Anda sudah keluar."]
    thief = Client()
    thief.cookies["sessionid"] = kept
    assert not signed_in(thief)


def test_deactivated_person_is_out_on_the_next_request(client):
    user = UserFactory()
    client.force_login(user)
    assert signed_in(client)

    type(user).objects.filter(pk=user.pk).update(is_active=False)

    assert not signed_in(client)


def test_deactivated_person_with_right_password_learns_why(client):
    UserFactory(username="siti", is_active=False)

    response = sign_in(client, "siti")

    assert response.url == "/akun/tidak-aktif/"
    assert "tidak aktif" in client.get(response.url).content.decode()
    assert not signed_in(client)


def test_changed_assignment_acts_on_the_next_request(client_as):
    agency = AgencyFactory()
    client = client_as("agency_operator", at=agency)
    assert "Operator SKPD" in client.get("/akun/").content.decode()

    client.user.assignments.get().delete()

    assert "Belum ada penugasan" in client.get("/akun/").content.decode()
    assert not client.user.has_role(Role.COORDINATOR)


def test_no_page_offers_to_sign_up(client):
    assert client.get("/daftar/").status_code == 404
    assert "account_signup" not in client.get(SIGN_IN).content.decode()


@pytest.mark.parametrize(("setting", "shown"), [(True, False), (False, True)])
def test_sign_in_page_says_when_second_factor_is_off(client, settings, setting, shown):
    settings.REQUIRE_2FA = setting

    assert ("dua langkah dimatikan" in client.get(SIGN_IN).content.decode()) is shown


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36",
            "Chrome, Android",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0",
            "Edge, Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605 Version/17 Safari/604",
            "Safari, iPhone",
        ),
        ("curl/8", "tidak dikenal"),
        ("", "tidak dikenal"),
    ],
)
def test_device_is_named_in_words(user_agent, name):
    assert device_name(user_agent) == name
