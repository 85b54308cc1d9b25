import re

import pytest
from django.core.exceptions import PermissionDenied, TooManyFieldsSent
from django.db import OperationalError
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.test import Client
from django.urls import include, path

from p2emas import errors
from p2emas.urls import *  # noqa: F403 - this module is the URLconf of its own tests

RAISED = {
    "400": TooManyFieldsSent("too many"),
    "403": PermissionDenied("rahasia"),
    "404": Http404("rahasia"),
    "500": ValueError("rahasia"),
    "503": OperationalError("rahasia"),
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

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.p2emas.test_errors")]


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
    ],
)
def test_error_page_speaks_with_number_and_contact(visitor, settings, what, status, heading):
    response = visitor.get(f"/gagal/{what}/")
    body = response.content.decode()
    assert response.status_code == status
    assert f"<h1>{heading}</h1>" in body
    assert f"<title>{heading} –" in body
    assert f"Nomor permintaan: {response['X-Request-Number']}" in body
    assert settings.CONTACT_LINE in body
    assert "rahasia" not in body


def test_error_page_for_an_unreachable_database_asks_to_retry(visitor):
    assert visitor.get("/gagal/503/")["Retry-After"] == "30"
    assert "Retry-After" not in visitor.get("/gagal/500/")


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


@pytest.mark.parametrize("status", [400, 413, 500, 503])
def test_plain_pages_ask_neither_database_nor_session(rf, status, django_assert_num_queries):
    request = rf.get("/")  # no session, no user: what asks for them fails

    class Forbidden:
        def __getattr__(self, name):
            raise AssertionError(name)

    request.session = request.user = request._messages = Forbidden()
    with django_assert_num_queries(0):
        assert errors._page(request, status).status_code == status
