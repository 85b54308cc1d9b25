"""Values at the edge of a rule about people, agencies and tries, which a number one off would decide otherwise."""

from datetime import date, timedelta

import pytest
import time_machine
from django.conf import settings as site
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from p2emas import naming
from p2emas.accounts.models import Holiday, User, why_not_together
from p2emas.accounts.roles import Role
from p2emas.accounts.sign_in.addresses import address_behind
from p2emas.accounts.sign_in.browsers import _entries, remember
from p2emas.accounts.sign_in.slowing import tries_counted
from p2emas.accounts.sign_in.tries import SHOWN, SignInTry, TooSoon, Try, name_key
from p2emas.outbox.models import OutboxMessage
from tests.factories import PASSWORD, AgencyFactory, HolidayFactory, UserFactory

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2019, 7, 1), date(2019, 9, 30)


@pytest.mark.parametrize(
    ("joined", "left", "was"),
    [
        (LAST, None, True),
        (LAST + timedelta(days=1), None, False),
        (date(2017, 1, 1), FIRST, True),
        (date(2017, 1, 1), FIRST - timedelta(days=1), False),
        (None, None, False),
    ],
)
def test_member_of_one_day_was_a_member_of_the_quarter(joined, left, was):
    assert AgencyFactory.build(member_from=joined, member_until=left).was_member(FIRST, LAST) is was


def test_holidays_of_both_days_are_around():
    for day in (FIRST - timedelta(days=1), FIRST, LAST, LAST + timedelta(days=1)):
        HolidayFactory(date=day)

    assert Holiday.objects.dates_around(FIRST, LAST) == {FIRST, LAST}


def test_everybody_is_in_one_condition():
    found = {
        User.Condition.ACTIVE: UserFactory(),
        User.Condition.INVITED: UserFactory(),
        User.Condition.INACTIVE: UserFactory(is_active=False),
    }
    User.objects.filter(pk=found[User.Condition.INVITED].pk).update(password="")

    assert {each: set(User.objects.in_condition(each)) for each in found} == {
        each: {person} for each, person in found.items()
    }


@pytest.mark.parametrize(("chosen", "words"), [(True, "bertugas di kantor pengelola"), (False, "belum dipilih")])
def test_why_a_coordinator_stands_nowhere_else_is_told_once_the_office_is_chosen(monkeypatch, chosen, words):
    names = naming.Names(lead_agency_id=AgencyFactory().pk if chosen else None)
    monkeypatch.setattr(naming, "current", lambda: names)

    assert words in why_not_together(Role.COORDINATOR, AgencyFactory(), LAST)


@pytest.mark.parametrize(
    ("proxies", "address"), [(1, "198.51.100.2"), (2, "198.51.100.1"), (3, "10.0.0.1"), (0, "10.0.0.1")]
)
def test_as_many_entries_as_proxies_are_enough(proxies, address):
    assert address_behind(proxies, "198.51.100.1, 198.51.100.2", "10.0.0.1") == address


@pytest.mark.parametrize(("wait", "seconds"), [(0, 1), (0.2, 1), (1, 1), (1.2, 2), (300, 300)])
def test_wait_is_told_in_whole_seconds_and_never_as_none(wait, seconds):
    assert TooSoon(timedelta(seconds=wait)).seconds == seconds


def test_name_is_counted_under_as_many_signs_as_its_column_holds():
    assert len(name_key("siti")) == SignInTry._meta.get_field("name_key").max_length == 32


def test_browser_is_remembered_for_half_a_year_after_signing_in():
    UserFactory(username="siti")

    answer = Client().post("/masuk/", {"login": "siti", "password": PASSWORD})

    assert answer.cookies[site.BROWSER_COOKIE_NAME]["max-age"] == 180 * 24 * 60 * 60


def test_browser_holds_one_counter_for_somebody_who_was_renamed(rf):
    person = UserFactory(username="siti", email="")
    kept = {}
    for name in ("siti", "siti.aminah"):
        person.username = name
        request, response = rf.get("/"), HttpResponse()
        request.COOKIES.update(kept)
        remember(request, response, person)
        kept = {site.BROWSER_COOKIE_NAME: response.cookies[site.BROWSER_COOKIE_NAME].value}
    request = rf.get("/")
    request.COOKIES.update(kept)

    ((_counter, keys),) = _entries(request)
    assert keys[1] == name_key("siti.aminah")


def test_refusal_is_logged_with_its_wait_and_a_short_key(caplog):
    UserFactory(username="siti")

    with caplog.at_level("INFO"):
        for _n in range(11):
            Client().post("/masuk/", {"login": "siti", "password": "tebakan"})

    (line,) = [each for each in caplog.records if each.message == "Sign-in refused: too many tries"]
    assert (line.name_key, 290 < line.seconds <= 300) == (name_key("siti")[:12], True)


def test_account_page_shows_the_newest_twenty_of_those_who_tried():
    person = UserFactory(username="siti")
    SignInTry.objects.bulk_create(
        SignInTry(at=timezone.now(), name_key=name_key("siti"), network=f"10.0.{n}.0/24", wide=f"10.0.{n}.0/24")
        for n in range(25)
    )

    assert len(SignInTry.objects.against(person)) == SHOWN == 20


@pytest.mark.parametrize(("days", "kept"), [(29, 1), (31, 0)])
def test_tries_are_kept_for_thirty_days(days, kept):
    with time_machine.travel(timezone.now() - timedelta(days=days)):
        Client().post("/masuk/", {"login": "siti", "password": "tebakan"})

    SignInTry.objects.forget_old()

    assert SignInTry.objects.count() == kept


def test_try_that_others_overtook_is_taken_back(monkeypatch):
    """A hundred at once find the count low, and each looks again once its own row is written."""
    waits = iter([timedelta(), timedelta(seconds=9)])
    monkeypatch.setattr(Try, "_wait", lambda self, at, before=None: next(waits))

    with pytest.raises(TooSoon) as refusal:
        Try("nama", "10.1.1.0/24", "10.1.1.0/24").begin()

    assert (refusal.value.seconds, SignInTry.objects.count()) == (9, 0)


@pytest.mark.parametrize(("letters", "answered"), [(254, 302), (255, 200)])
def test_longest_address_that_an_account_can_have_gets_its_letter(client, letters, answered):
    address = "siti@" + f"{'kantor.' * 40}go.id"[5 - letters :]

    answer = client.post("/lupa-sandi/", {"email": address})

    assert (len(address), answer.status_code) == (letters, answered)
    assert OutboxMessage.objects.exists() == (answered == 302)


@pytest.mark.parametrize(("said", "left"), [(None, 1), (False, 1), (True, 0)])
def test_try_that_nobody_calls_right_stays_counted(rf, said, left):
    request = rf.post("/masuk/")
    request.user = AnonymousUser()

    with tries_counted(request, name_key("siti")) as this_try:
        if said is not None:
            this_try.right = said

    assert SignInTry.objects.count() == left
