import errno
import re
import sqlite3

import pytest
from django.core.exceptions import PermissionDenied, TooManyFieldsSent
from django.db import OperationalError, ProgrammingError, connection
from django.db.backends.sqlite3.base import DatabaseWrapper as SQLite
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.test import Client
from django.urls import include, path

from p2emas import naming
from p2emas.serving import errors
from p2emas.urls import *  # noqa: F403 - this module is the URLconf of its own tests
from tests.markup import squeezed, tight

RAISED = {
    "400": TooManyFieldsSent("too many"),
    "403": PermissionDenied("rahasia"),
    "404": Http404("rahasia"),
    "500": ValueError("rahasia"),
    "503": OperationalError("rahasia"),
}


class LockedDriverError(Exception):
    def __init__(self, **code):
        vars(self).update(code)


def busy(kind=OperationalError, **code):
    error = kind("rahasia")
    error.__cause__ = LockedDriverError(**code)
    return error


RAISED |= {
    "terkunci": busy(sqlite_errorname="SQLITE_BUSY"),
    "terkunci-baca": busy(sqlite_errorname="SQLITE_BUSY_SNAPSHOT"),
    "saling-tunggu": busy(pgcode="40P01"),
    "putus": busy(pgcode="08006"),
    "penuh": OSError(errno.ENOSPC, "rahasia"),
    "basis-data-penuh": busy(sqlite_errorname="SQLITE_FULL"),
    "basis-data-penuh-2": busy(pgcode="53100"),
    "belum-dimigrasi": busy(ProgrammingError, pgcode="42P01"),
    "perintah-salah": busy(ProgrammingError, pgcode="42601"),
}


def fail(request, what):
    raise RAISED[what]


def only_get(request):
    return HttpResponse("ya") if request.method == "GET" else HttpResponseNotAllowed(["GET"])


for _view in (fail, only_get):
    _view.login_required = False

urlpatterns = [
    path("gagal/<what>/", fail),
    path("hanya-baca/", only_get),
    path("", include("p2emas.urls")),
]

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.p2emas.serving.test_errors")]


@pytest.fixture
def visitor():
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("what", "status", "heading"),
    [
        ("400", 413, "Isian atau berkas terlalu besar"),
        ("403", 403, "Anda tidak berwenang membuka halaman ini"),
        ("404", 404, "Halaman tidak ditemukan"),
        ("500", 500, "Terjadi kesalahan di pihak kami"),
        ("503", 503, "Layanan sedang tidak dapat dijangkau"),
        ("putus", 503, "Layanan sedang tidak dapat dijangkau"),
        ("terkunci", 503, "Layanan sedang sibuk"),
        ("terkunci-baca", 503, "Layanan sedang sibuk"),
        ("saling-tunggu", 503, "Layanan sedang sibuk"),
        ("penuh", 503, "Ruang simpan server penuh"),
        ("basis-data-penuh", 503, "Ruang simpan server penuh"),
        ("basis-data-penuh-2", 503, "Ruang simpan server penuh"),
        ("belum-dimigrasi", 503, "Layanan sedang tidak dapat dijangkau"),
        ("perintah-salah", 500, "Terjadi kesalahan di pihak kami"),
    ],
)
def test_error_page_speaks_with_number_and_contact(visitor, settings, what, status, heading):
    response = visitor.get(f"/gagal/{what}/")
    body = response.content.decode()
    assert response.status_code == status
    assert f"<h1>{heading}</h1>" in tight(body)
    assert f"<title>{heading} –" in tight(body)
    assert f"Nomor permintaan: {response['X-Request-Number']}" in body
    assert naming.current().contact in body
    assert "rahasia" not in body


def test_error_page_for_an_unreachable_database_asks_to_retry(visitor):
    assert visitor.get("/gagal/503/")["Retry-After"] == "30"
    assert "Retry-After" not in visitor.get("/gagal/500/")


def test_locked_database_asks_to_retry_soon_and_does_not_say_it_is_gone(visitor):
    response = visitor.get("/gagal/terkunci/")

    assert response["Retry-After"] == "5"
    assert "muat ulang halaman ini" in squeezed(response.text)
    assert "tidak menjawab" not in squeezed(response.text)


def test_what_sqlite_says_of_a_lock_is_recognised(tmp_path):
    place = tmp_path / "terkunci.sqlite3"
    holder = sqlite3.connect(place, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    waiting = SQLite({**connection.settings_dict, "NAME": str(place), "OPTIONS": {"timeout": 0}})

    with pytest.raises(OperationalError) as raised, waiting.cursor() as cursor:
        cursor.execute("CREATE TABLE a (b)")
    waiting.close()
    holder.close()

    assert errors.is_busy(raised.value)


@pytest.mark.parametrize(("code", "judge"), [("40P01", errors.is_busy), ("53100", errors.is_full)])
def test_what_postgresql_says_is_recognised(code, judge):
    if connection.vendor != "postgresql":
        pytest.skip("what the driver of PostgreSQL raises")

    with pytest.raises(OperationalError) as raised, connection.cursor() as cursor:
        cursor.execute(f"DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '{code}'; END $$")

    assert judge(raised.value)


def test_missing_page_differs_in_the_request_number_only(visitor):
    def body(url):
        return re.sub(r"Nomor permintaan: [0-9A-F]{10}", "", visitor.get(url).content.decode())

    assert body("/gagal/404/") == body("/tidak/ada/sama/sekali/")


def test_wrong_method_has_a_page_and_keeps_allow(visitor):
    response = visitor.post("/hanya-baca/")
    assert response.status_code == 405
    assert response["Allow"] == "GET"
    assert "Cara membuka halaman ini salah" in response.content.decode()
    assert visitor.get("/hanya-baca/").content == b"ya"


def test_missing_token_explains_itself():
    response = Client(enforce_csrf_checks=True).post("/hanya-baca/", {"a": "1"})
    assert response.status_code == 403
    assert "Formulir ini tidak dapat diterima" in response.content.decode()


@pytest.mark.parametrize(
    ("limit", "value"), [("DATA_UPLOAD_MAX_NUMBER_FIELDS", 2), ("DATA_UPLOAD_MAX_MEMORY_SIZE", 10)]
)
def test_too_much_in_a_form_gives_413(settings, limit, value):
    setattr(settings, limit, value)
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies["csrftoken"] = "x" * 32
    body = "a=1111111111&b=2&c=3"
    response = client.post("/hanya-baca/", body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 413
    assert "Isian atau berkas terlalu besar" in response.content.decode()


def test_server_error_without_templates_still_answers(rf, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(errors, "render", broken)
    response = errors.server_error(rf.get("/"))
    assert response.status_code == 500
    assert "Terjadi gangguan" in response.content.decode()


@pytest.mark.parametrize(
    ("status", "template"), [(400, None), (413, None), (500, None), (503, None), (503, "busy"), (503, "full")]
)
def test_plain_pages_ask_neither_database_nor_session(rf, status, template, django_assert_num_queries):
    request = rf.get("/")  # no session, no user: what asks for them fails

    class Forbidden:
        def __getattr__(self, name):
            raise AssertionError(name)

    request.session = request.user = request._messages = Forbidden()
    with django_assert_num_queries(0):
        assert errors._page(request, status, template).status_code == status
