"""The settings are safe when nothing is said, and refuse to start without a key."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.whole

ROOT = Path(__file__).resolve().parents[3]
SECRET_KEY = "only-for-tests-0123456789-0123456789-0123456789-0123456789"
PRODUCTION = """
import json
import django
django.setup()
from django.conf import settings
from django.test import Client
plain, elsewhere = Client().get("/sehat/"), Client().get("/masuk/")
over_https = Client().get("/sehat/", secure=True)
names = [
    "DEBUG", "REQUIRE_2FA", "SESSION_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "SESSION_COOKIE_SAMESITE",
    "CSRF_COOKIE_SECURE", "CSRF_COOKIE_SAMESITE", "CSRF_COOKIE_HTTPONLY", "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SECURE_SSL_REDIRECT", "DEMO_TODAY",
]
print(json.dumps({
    "settings": {name: getattr(settings, name) for name in names},
    "hasher": settings.PASSWORD_HASHERS[0],
    "apps": settings.INSTALLED_APPS,
    "health": [plain.status_code, over_https.status_code],
    "elsewhere": [elsewhere.status_code, elsewhere.headers.get("Location")],
    "hsts": over_https.headers.get("Strict-Transport-Security"),
}))
"""


def run(code: str, **environment: str) -> subprocess.CompletedProcess:
    """A process that knows only PATH and what is given, so that nobody's .env or shell can help."""
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "p2emas.settings",
            "ENV_FILE": os.devnull,
            "DATABASE_URL": "sqlite://:memory:",
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def production() -> dict:
    done = run(PRODUCTION, SECRET_KEY=SECRET_KEY, ALLOWED_HOSTS="testserver")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_settings_without_secret_key_refuse_with_a_sentence():
    done = run("import django; django.setup()")

    assert done.returncode == 78
    assert len(done.stderr.splitlines()) == 1 and "SECRET_KEY belum diisi." in done.stderr


@pytest.mark.parametrize("debug", ["off", "on"])
def test_settings_have_no_default_key_with_debug_either(debug):
    assert run("import django; django.setup()", DEBUG=debug).returncode == 78


def test_debugging_needs_no_package_for_developers():
    code = """
import importlib.util
import sys
found = importlib.util.find_spec
importlib.util.find_spec = lambda name, *rest: None if name == "django_migration_linter" else found(name, *rest)
sys.modules["django_migration_linter"] = None
import django
django.setup()
"""

    done = run(code, SECRET_KEY=SECRET_KEY, DEBUG="on")

    assert (done.returncode, done.stderr) == (0, "")


def test_settings_default_to_production_values(production):
    assert production["settings"] == {
        "DEBUG": False,
        "REQUIRE_2FA": True,
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_NAME": "__Host-sessionid",
        "CSRF_COOKIE_NAME": "__Host-csrftoken",
        "CSRF_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_SECURE": True,
        "CSRF_COOKIE_SAMESITE": "Lax",
        "SECURE_SSL_REDIRECT": True,
        "DEMO_TODAY": "",
    }
    assert production["hasher"] == "django.contrib.auth.hashers.Argon2PasswordHasher"
    assert "django_migration_linter" not in production["apps"]


def test_production_redirects_to_https_but_answers_health(production):
    assert production["health"] == [200, 200]
    assert production["elsewhere"] == [301, "https://testserver/masuk/"]
    assert production["hsts"] == "max-age=31536000; includeSubDomains; preload"


def test_test_settings_ignore_env_file(tmp_path):
    """A developer's .env, as `make run` writes it, must not reach the tests."""
    env_file = tmp_path / "env"
    env_file.write_text("DEMO_TODAY=2019-10-08\n")
    code = "from p2emas import settings; print(settings.DEMO_TODAY or 'none')"

    read, ignored = (
        run(code, SECRET_KEY=SECRET_KEY, ENV_FILE=str(env_file), TESTING=testing).stdout.strip()
        for testing in ("off", "on")
    )

    assert (read, ignored) == ("2019-10-08", "none")


def test_settings_of_the_guide_are_read_as_they_stand_once_the_keys_are_filled_in(tmp_path):
    """A comment behind a value would become part of it: a folder, a key."""
    block = re.search(r"```sh\n(SECRET_KEY=.*?)```", (ROOT / "docs" / "operating.md").read_text(), re.DOTALL)[1]
    env_file = tmp_path / "env"
    code = "from p2emas import settings as s; print(s.SECRET_KEY, s.PERSONAL_DATA_KEYS, s.MEDIA_ROOT, sep='|')"

    env_file.write_text(block)
    assert run(code, ENV_FILE=str(env_file)).returncode == 78
    env_file.write_text(block.replace("=...", f"={SECRET_KEY}"))
    done = run(code, ENV_FILE=str(env_file))

    assert done.stdout.strip() == f"{SECRET_KEY}|['{SECRET_KEY}']|/srv/p2emas/media"


def directives(header: str) -> dict[str, list[str]]:
    return {name: values for name, *values in (part.split() for part in header.split(";") if part.strip())}


@pytest.mark.django_db
def test_page_carries_security_headers(client):
    response = client.get(reverse("account_login"))

    assert response.status_code == 200
    assert directives(response["Content-Security-Policy"]) == {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
    assert "unsafe-" not in response["Content-Security-Policy"]
    assert response["Permissions-Policy"] == (
        "camera=(self), display-capture=(), geolocation=(self), microphone=(), payment=(), usb=()"
    )
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/sehat/", "/", "/tidak-ada/", "/kelola/", "/static/tidak-ada.css"])
def test_every_answer_carries_policy_and_number(client, path):
    response = client.get(path)

    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert len(response["X-Request-Number"]) == 10


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("request_of", "status"),
    [
        (lambda client: client.get("/sehat"), 301),
        (lambda client: client.get("/masuk/", headers={"host": "asing.example"}), 400),
        (lambda client: client.get("/masuk/", headers={"host": "asing.example"}, secure=True), 400),
        (lambda client: client.post("/anggaran/"), 405),
    ],
    ids=["slash", "foreign host", "foreign host by https", "method"],
)
def test_answers_from_before_the_pages_carry_the_headers_too(settings, request_of, status):
    settings.ALLOWED_HOSTS = ["testserver"]

    response = request_of(Client())

    assert response.status_code == status
    headers = {"Content-Security-Policy", "Permissions-Policy", "X-Frame-Options", "X-Request-Number"}
    assert headers - set(response.headers) == set()


def test_static_file_carries_no_more_than_it_needs(settings, tmp_path):
    """On a slow link each byte is waited for, and no policy of pages does anything for a style sheet."""
    settings.STATIC_ROOT = str(tmp_path)
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = False
    (tmp_path / "probe.css").write_text("a {}")

    response = Client().get("/static/probe.css")

    assert response.status_code == 200
    assert response["X-Content-Type-Options"] == "nosniff"
    unneeded = {"Content-Security-Policy", "Permissions-Policy", "X-Frame-Options", "Access-Control-Allow-Origin"}
    assert unneeded & set(response.headers) == set()


@pytest.mark.django_db
def test_answers_for_a_session_are_kept_by_no_proxy(client, client_as):
    signed_in = client_as("coordinator")
    paths = ["/beranda/", "/anggaran/", "/kepatuhan/?format=csv", "/tidak-ada/", "/keputusan/"]

    assert {signed_in.get(path).get("Cache-Control") for path in paths} == {"private, no-cache"}
    assert "no-store" in signed_in.get("/kelola/")["Cache-Control"]  # the view's own word stays
    assert "Cache-Control" not in client.get("/anggaran/")


def test_command_that_finds_no_database_ends_with_a_sentence():
    code = "import sys; sys.argv = ['manage.py', 'showmigrations']; import manage; manage.main()"

    done = run(code, SECRET_KEY=SECRET_KEY, DATABASE_URL="postgres://p2emas:geheim@127.0.0.1:9/p2emas")

    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert done.stderr.startswith("P2-EMAS: basis data tidak menjawab (connection to server at")
    assert "geheim" not in done.stderr
