"""When checks fall due: by months of the calendar, to its end; and the calendar that has them, for those who may know."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from p2emas.accounts.roles import Role
from p2emas.calendar.reading import dates_of
from p2emas.calendar.services import make_address
from p2emas.registry.dates import Span
from programs.aid.due import CHECK_MONTHS, last_day_of, latest_handover, month_later
from programs.aid.models import AidPackage
from tests.factories import (
    AidCheckFactory,
    AidDutyFactory,
    AidPackageFactory,
    RevolvingStepFactory,
    VillageScopeFactory,
)

PAGE = "/kalender/?jenis=bantuan"


def months_of(client, query: str = "") -> str:
    """The months of the page, and what is beside them."""
    return " ".join(client.get(PAGE + query).text.partition('<div class="cols">')[2].split())


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2018, 10, 24), 6, date(2019, 4, 24)),
        (date(2018, 10, 24), 24, date(2020, 10, 24)),
        (date(2018, 8, 31), 6, date(2019, 2, 28)),
        (date(2019, 8, 29), 6, date(2020, 2, 29)),
        (date(2020, 2, 29), 12, date(2021, 2, 28)),
        (date(2018, 12, 1), 12, date(2019, 12, 1)),
    ],
)
def test_a_month_later_ends_with_a_short_month(day, months, later):
    assert month_later(day, months) == later


def test_latest_handover_is_the_last_one_whose_check_is_due():
    day = date(2019, 1, 1)
    while day < date(2021, 3, 2):
        for months in CHECK_MONTHS:
            latest = latest_handover(day, months)
            assert month_later(latest, months) <= day < month_later(latest + timedelta(days=1), months)
        day += timedelta(days=1)


def test_a_count_belongs_to_a_check_until_the_time_of_the_next_begins():
    assert last_day_of(date(2018, 10, 24), 6) == date(2019, 9, 23)
    assert last_day_of(date(2018, 10, 24), 24) is None


@pytest.mark.django_db
def test_checks_of_a_span_are_those_that_fall_due_in_it():
    first, last = date(2019, 10, 1), date(2019, 12, 31)
    inside = {
        AidPackageFactory(handed_on=day).pk
        for day in (date(2018, 10, 1), date(2018, 12, 31), date(2019, 4, 1), date(2019, 6, 30), date(2017, 10, 1))
    }
    for day in (date(2018, 9, 30), date(2019, 1, 1), date(2019, 7, 1), date(2017, 9, 30), None):
        AidPackageFactory(handed_on=day)
    AidPackageFactory(handed_on=date(2018, 10, 1), consumable=True)
    AidCheckFactory(package__handed_on=date(2018, 10, 1), month=12, checked_on=date(2019, 10, 1))

    assert set(AidPackage.objects.check_between(first, last).values_list("pk", flat=True)) == inside


@pytest.mark.django_db
def test_calendar_has_checks_that_nobody_wrote_down_and_duties_that_are_left(client_as):
    package = AidPackageFactory(handed=True, item="Kambing")  # handed over on 24 October 2018
    AidCheckFactory(package=AidPackageFactory(handed_on=date(2018, 10, 30), item="Itik"), month=12)
    duty = AidDutyFactory(package__item="Benih lele", package__handed_on=None, package__handover_no="")
    done = AidDutyFactory(package__item="Sapi", package__handed_on=None, package__handover_no="", kind="RETURN")
    RevolvingStepFactory(duty=done, moved_on=date(2019, 10, 1), quantity=4)
    client = client_as(Role.COORDINATOR)
    page, later = months_of(client), months_of(client, "&bulan=2020-10")

    assert page.count("Pemeriksaan paket bantuan bulan ke-12: Kambing") == 1 and "Kam 24 Okt" in page
    assert f'href="{package.get_absolute_url()}"' in page and f'href="{duty.get_absolute_url()}"' in page
    assert "Digulirkan: 4 ekor Benih lele" in page and "Itik" not in page and "Sapi" not in page
    assert "bulan ke-24: Kambing" in later and "bulan ke-24: Itik" in later


@pytest.mark.django_db
def test_checks_of_one_day_are_one_date(client_as):
    for item in ("Ayam", "Bebek", "Domba"):
        AidPackageFactory(handed=True, item=item)
    page = months_of(client_as(Role.LEADER))

    assert page.count("<dd>") == 1 and "Pemeriksaan 3 paket bantuan bulan ke-12" in page
    assert "Ayam, " in page and "Bebek, " in page and "dan 1 lainnya" in page and "Domba" not in page


@pytest.mark.django_db
def test_calendar_and_its_private_file_have_the_packages_of_their_reader_and_only_numbers(client_as, client):
    own, other = AidPackageFactory(handed=True, item="Kambing"), AidPackageFactory(handed=True, item="Domba")
    for package in (own, other):
        AidDutyFactory(package=package, due_on=date(2019, 11, 4))
    signed_in = client_as(Role.FACILITATOR)
    user = signed_in.get(PAGE).wsgi_request.user
    VillageScopeFactory(user=signed_in.user, village=own.village)
    page, agency = months_of(signed_in), months_of(client_as(Role.AGENCY_OPERATOR, at=other.agency))
    file = client.get(f"/kalender/pribadi/{make_address(owner=user)}.ics").content

    assert page.count("Kambing") == agency.count("Domba") == 2 and "Domba" not in page and "Kambing" not in agency
    assert "Kambing" not in months_of(client) and "Pemeriksaan" not in months_of(client)  # nothing of it is public
    assert sorted(str(event["SUMMARY"]) for event in Calendar.from_ical(file).walk("VEVENT")) == [
        f"Bantuan digulirkan paling lambat {own.pk}",
        f"Pemeriksaan paket bantuan bulan ke-12 {own.pk}",
        f"Pemeriksaan paket bantuan bulan ke-24 {own.pk}",
    ]
    assert "Kambing" not in file.decode() and own.group.name not in file.decode()


@pytest.mark.django_db
def test_calendar_reads_packages_in_a_constant_number_of_queries(client_as):
    client = client_as(Role.COORDINATOR)

    def count() -> int:
        with CaptureQueriesContext(connection) as taken:
            client.get(PAGE)
        return len(taken)

    AidDutyFactory()
    AidPackageFactory(handed_on=date(2018, 11, 1))
    client.get(PAGE)
    one = count()
    for day in (2, 3):
        AidDutyFactory(due_on=date(2019, 12, day))
        AidPackageFactory(handed_on=date(2018, 12, day))

    assert count() == one


def test_dates_of_packages_are_in_the_calendar_and_not_among_those_of_the_home_page(user_as):
    """The home page names what is due already, and nothing else of packages."""
    package = AidPackageFactory(handed_on=date(2019, 5, 1))
    coordinator = user_as("coordinator")
    span = Span(date(2019, 10, 8), date(2019, 12, 1))

    assert [row.date.number for row in dates_of(coordinator, span, "bantuan")] == [str(package.pk)]
    assert not [row for row in dates_of(coordinator, span, for_home=True) if row.kind.code == "bantuan"]
