"""Sessions end when nobody uses them, and for good after days; what is grave asks for the password again."""

import time
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.decorators import login_not_required
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from p2emas.accounts.sign_in.session_store import background
from p2emas.models import User
from tests import source_tree
from tests.factories import PASSWORD, AssignmentFactory, UserFactory
from tests.programs.reporting.helpers import report_with_lines

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@background
def poll(request: HttpRequest) -> HttpResponse:
    request.session["asked"] = time.time()
    return HttpResponse(request.user.get_username())


urlpatterns = [path("tanya/", login_not_required(poll)), path("", include("p2emas.urls"))]


@pytest.fixture
def clock():
    with time_machine.travel(time.time(), tick=False) as moved:
        yield moved


@pytest.fixture
def client(clock) -> Client:
    UserFactory(username="siti")
    client = Client()
    assert client.post("/masuk/", {"login": "siti", "password": PASSWORD}).status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get("/akun/").status_code == 200


@pytest.mark.parametrize(("hours", "still"), [(11.9, True), (12.1, False)])
def test_session_ends_after_twelve_hours_without_a_request(client, clock, hours, still):
    clock.shift(hours * HOUR)

    assert is_in(client) is still


def test_session_in_use_goes_on_for_seven_days(client, clock):
    for _ in range(14):
        clock.shift(11.9 * HOUR)
        assert is_in(client)

    clock.shift(2 * HOUR)  # 168.6 hours after the sign-in
    assert not is_in(client)


def test_password_given_again_moves_no_end(client, clock):
    for _ in range(14):
        clock.shift(11.9 * HOUR)
        assert client.post("/akun/pastikan/", {"password": PASSWORD}).status_code == 302

    clock.shift(2 * HOUR)
    assert not is_in(client)


def test_ends_are_settings(client, clock, settings):
    settings.SESSION_IDLE_HOURS = 2
    is_in(client)
    clock.shift(HOUR)
    assert is_in(client)
    clock.shift(2.1 * HOUR)
    assert not is_in(client)


def test_what_a_page_asks_by_itself_keeps_nobody_signed_in(client, clock, settings):
    settings.ROOT_URLCONF = __name__
    for _ in range(3):
        clock.shift(5 * HOUR)
        answer = client.get("/tanya/").content.decode()

    assert answer == ""


def test_end_moves_once_a_minute_at_most(client, clock, django_assert_num_queries):
    clock.shift(timedelta(seconds=70))
    is_in(client)
    before = Session.objects.get().expire_date
    clock.shift(timedelta(seconds=50))
    is_in(client)
    assert Session.objects.get().expire_date == before


def test_request_of_an_ended_session_saves_nothing_of_it(client, clock):
    """Two requests at once: the one that signs out wins over the one that only moves the end."""
    kept = client.cookies["sessionid"].value
    clock.shift(HOUR)
    client.post("/keluar/")
    client.cookies["sessionid"] = kept

    assert not is_in(client)


def autosave(client: Client) -> HttpResponse:
    report = report_with_lines(1)
    AssignmentFactory(user=User.objects.get(username="siti"), agency=report.agency, role="agency_operator")
    data = {"isian": str(uuid.uuid4()), "version": report.version}
    return client.post(f"/isian/realisasi/{report.pk}/simpan/", data)


def look_again(client: Client) -> HttpResponse:
    """A page that waits for a job asks for itself under this address."""
    return client.get("/akun/?otomatis=1")


@pytest.mark.parametrize("ask", [autosave, look_again])
def test_what_a_page_does_by_itself_keeps_nobody_signed_in(client, clock, ask):
    clock.shift(11.9 * HOUR)
    assert ask(client).status_code == 200
    clock.shift(0.2 * HOUR)

    assert not is_in(client)


def test_every_page_that_asks_for_itself_says_that_it_does():
    """`looks_again` puts it into the address; a bare header would keep its reader signed in without end."""
    written = [path.name for path in source_tree.python_files() if '["Refresh"]' in path.read_text()]

    assert written == ["session_store.py"]
