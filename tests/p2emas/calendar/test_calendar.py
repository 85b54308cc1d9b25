"""The calendar: whose dates a page and a file show, and when the secret address opens nothing any more."""

import re
from datetime import date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from p2emas import clock
from p2emas.accounts.sign_in.sessions import end_sessions
from p2emas.calendar.models import CalendarAddress
from p2emas.calendar.services import make_address
from p2emas.models import User
from p2emas.staffing.services import deactivate, reactivate
from tests.facilitator_factories import CourseFactory, RecruitmentRoundFactory
from tests.factories import (
    AgencyFactory,
    DecreeFactory,
    HolidayFactory,
    ObstacleFactory,
    ProgressReportFactory,
    ReportingPeriodFactory,
)

pytestmark = pytest.mark.django_db
PAGE, PUBLIC = "/kalender/", "/kalender/umum.ics"


@pytest.fixture
def agency():
    return AgencyFactory(short_name="Pertanian")


@pytest.fixture
def report(agency):
    """A draft of ours, due on a Monday; another agency has one as well."""
    period = ReportingPeriodFactory(year=2019, number=3, due_on=date(2019, 10, 14))
    ProgressReportFactory(draft=True, period=period, due_on=date(2019, 10, 14), agency=AgencyFactory(short_name="Lain"))
    return ProgressReportFactory(draft=True, period=period, due_on=date(2019, 10, 14), agency=agency)


def private_path(token: str) -> str:
    return reverse("calendar:private-file", args=[token])


def summaries(content: bytes) -> set[str]:
    return {str(event["SUMMARY"]) for event in Calendar.from_ical(content).walk("VEVENT")}


def text_of(response) -> str:
    """The months of the page, and what is beside them."""
    return " ".join(response.content.decode().partition('<div class="cols">')[2].split())


def whole_text_of(response) -> str:
    return " ".join(response.content.decode().split())


def test_page_shows_an_agency_its_own_reports(client_as, agency, report):
    page = text_of(client_as("agency_operator", at=agency).get(PAGE))

    assert page.count("Laporan Triwulan III 2019 jatuh tempo") == 1
    assert report.get_absolute_url() in page and "Sen 14 Okt" in page and "Lain" not in page


def test_page_shows_those_who_see_all_one_date_a_quarter_and_moved_ones(client_as, agency, report):
    moved = ProgressReportFactory(
        draft=True, period=report.period, due_on=date(2019, 10, 21), agency=AgencyFactory(short_name="Kesehatan")
    )
    page = text_of(client_as("coordinator").get(PAGE))

    assert page.count("Laporan SKPD Triwulan III 2019 jatuh tempo") == 1
    assert "Laporan Kesehatan Triwulan III 2019 jatuh tempo" in page and moved.get_absolute_url() in page
    assert report.get_absolute_url() not in page


def test_obstacles_are_shown_to_who_answers_until_when_and_after_the_answer_when_it_is_solved(client_as, agency):
    routed = ObstacleFactory(responsible=agency, status="ROUTED", due_on=date(2019, 10, 18), routed_at=timezone.now())
    ObstacleFactory(
        responsible=agency, status="ANSWERED", due_on=date(2019, 10, 18), routed_at=timezone.now(), answer="Ya.",
        answered_at=timezone.now(), promised_on=date(2019, 11, 4),
    )  # fmt: skip
    ObstacleFactory(responsible=AgencyFactory(), status="ROUTED", due_on=date(2019, 10, 18), routed_at=timezone.now())
    page = text_of(client_as("agency_operator", at=agency).get(PAGE))

    assert page.count("Kendala dijawab paling lambat") == 1 and routed.get_absolute_url() in page
    assert page.count("Kendala selesai menurut janji") == 1 and "Sen 4 Nov" in page


def test_visitors_see_only_what_is_public(client, report):
    opens, closes = datetime(2019, 10, 9, 8), datetime(2019, 10, 20, 16)
    dates = {"opens_at": timezone.make_aware(opens), "closes_at": timezone.make_aware(closes)}
    RecruitmentRoundFactory(code="pendamping-2020", status="PUBLISHED", **dates)
    RecruitmentRoundFactory(code="belum-terbit", status="DRAFT", **dates)
    HolidayFactory(date=date(2019, 12, 25), name="Hari Raya Natal")
    page, file = text_of(client.get(PAGE)), client.get(PUBLIC)

    assert "pukul 16.00" in page and "Hari Raya Natal" in page
    assert "jatuh tempo" not in page and "belum-terbit" not in page
    assert summaries(file.content) == {
        "Pendaftaran pendamping dibuka pendamping-2020",
        "Pendaftaran pendamping ditutup pendamping-2020",
        "Libur: Hari Raya Natal",
    }
    assert file["Cache-Control"] == "public, max-age=3600"


def test_decrees_are_shown_on_their_first_and_last_day_to_everybody(client, client_as):
    dates = {"valid_from": date(2019, 10, 9), "valid_until": date(2019, 12, 31)}
    decree = DecreeFactory(number="188.45/7", about="Lokasi sasaran baru", **dates)
    rule = DecreeFactory(kind="PERBUP", number="9", valid_from=date(2017, 7, 27), valid_until=date(2019, 11, 30))
    DecreeFactory(number="188.45/8", valid_from=date(2017, 7, 27))
    DecreeFactory(draft=True, about="Masih rahasia", **dates)
    title = f"{rule} berakhir"
    pages = {who: text_of((client_as(who) if who else client).get(PAGE)) for who in ("", "leader", "facilitator")}
    user = client_as("facilitator").get(PAGE).wsgi_request.user
    private = client.get(private_path(make_address(owner=user)))

    for page in pages.values():
        assert (
            page.count("Surat Keputusan 188.45/7 mulai berlaku") == page.count("Surat Keputusan 188.45/7 berakhir") == 1
        )
        assert page.count(title) == 1 and title.startswith("Peraturan ")
        assert page.count(decree.get_absolute_url()) == 2 and "188.45/8" not in page and "Masih rahasia" not in page
    only = whole_text_of(client.get(PAGE, {"jenis": "sk", "bulan": "2019-12"}))
    assert "188.45/7 berakhir" in only and "mulai berlaku" not in only.partition('<div class="cols">')[2]
    expected = {"SK mulai berlaku 188.45/7", "SK berakhir 188.45/7", "Peraturan berakhir 9"}
    for file in (client.get(PUBLIC), private):
        assert summaries(file.content) == expected and b"Lokasi sasaran baru" not in file.content


def test_a_page_has_a_bound_and_says_so(client_as, monkeypatch):
    monkeypatch.setattr("p2emas.calendar.page.MOST", 2)
    for day in (1, 2, 3):
        HolidayFactory(date=date(2019, 11, day), name=f"Libur {day}")
    page = text_of(client_as("leader").get(PAGE))

    assert "Libur 2" in page and "Libur 3" not in page and "1 tanggal berikutnya tidak ditampilkan" in page


def test_filters_are_in_the_address_and_wrong_ones_are_said(client_as, agency, report):
    client = client_as("agency_operator", at=agency)
    HolidayFactory(date=date(2020, 1, 1), name="Tahun Baru")
    january = whole_text_of(client.get(PAGE, {"bulan": "2020-01"}))
    holidays = text_of(client.get(PAGE, {"jenis": "libur"}))
    wrong = whole_text_of(client.get(PAGE, {"bulan": "2020-13", "jenis": "laporan"}))

    assert "Kalender, Januari sampai Maret 2020" in january and "Tahun Baru" in january
    assert "?bulan=2019-10" in january and "?bulan=2020-04" in january
    assert "Oktober 2019" in holidays and "jatuh tempo" not in holidays
    assert "Tidak ada tanggal dengan saringan ini." in holidays
    assert "Galat:" in wrong and "Laporan Triwulan III 2019 jatuh tempo" in wrong


def test_private_file_has_kinds_days_and_numbers_and_nothing_else(client_as, client, agency, report):
    obstacle = ObstacleFactory(
        responsible=agency,
        text="Rahasia kelompok",
        status="ROUTED",
        due_on=date(2019, 10, 18),
        routed_at=timezone.now(),
    )
    signed_in = client_as("agency_operator", at=agency)
    shown = signed_in.post("/kalender/alamat/").content.decode()
    user = CalendarAddress.objects.get().user
    token = shown.split("/kalender/pribadi/")[1].split(".ics")[0]
    answer = client.get(private_path(token))

    assert summaries(answer.content) == {
        f"Laporan jatuh tempo {report.number}",
        f"Kendala dijawab paling lambat {obstacle.pk}",
    }
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    for word in ("Rahasia", "Pertanian", user.name, "URL:", "DESCRIPTION"):
        assert word not in answer.content.decode()
    assert b"DTSTART;VALUE=DATE:20191014" in answer.content and b"DTEND;VALUE=DATE:20191015" in answer.content
    assert "/kalender/pribadi/" not in signed_in.get(PAGE).content.decode()  # shown once


def test_address_is_stored_only_as_a_digest(client_as):
    user = client_as("leader").get(PAGE).wsgi_request.user
    token = make_address(owner=user)

    stored = CalendarAddress.objects.values().get()
    assert token not in str(stored) and len(stored["digest"]) == 64


def test_file_is_not_sent_twice_and_asks_no_session(client_as, client, agency, report, django_assert_max_num_queries):
    user = client_as("agency_operator", at=agency).get(PAGE).wsgi_request.user
    path = private_path(make_address(owner=user))
    first = client.get(path)
    with django_assert_max_num_queries(15):
        again = client.get(path, headers={"If-None-Match": first["ETag"]})
    report.due_on = date(2019, 10, 15)
    report.save()
    after = client.get(path, headers={"If-None-Match": first["ETag"]})

    assert (first.status_code, again.status_code, after.status_code) == (200, 304, 200)
    assert not again.content and first["Cache-Control"] == "private, no-cache"
    assert not first.cookies


def change_password(user: User) -> None:
    user.set_password("Sandi-lain-2019")
    user.save()


def close_and_open_again(user: User) -> None:
    deactivate(user)
    reactivate(user)


@pytest.mark.parametrize(
    "end",
    [
        deactivate,
        close_and_open_again,
        change_password,
        end_sessions,
        lambda user: make_address(owner=user),
        lambda user: CalendarAddress.objects.all().delete(),
    ],
    ids=["closed", "closed and opened", "new password", "sessions ended", "new address", "revoked"],
)
def test_address_ends(client_as, client, end):
    user = client_as("leader").get(PAGE).wsgi_request.user
    user = User.objects.get(pk=user.pk)
    path = private_path(make_address(owner=user))
    assert client.get(path).status_code == 200

    end(User.objects.get(pk=user.pk))

    assert client.get(path).status_code == 404


def test_address_shows_what_the_roles_of_today_show(client_as, client, agency, report):
    user = client_as("agency_operator", at=agency).get(PAGE).wsgi_request.user
    path = private_path(make_address(owner=user))
    user.assignments.update(valid_until=date(2019, 10, 8))

    with clock.at(date(2019, 10, 9)):
        assert summaries(client.get(path).content) == set()


def test_address_is_taken_back_on_the_page(client_as, client):
    signed_in = client_as("auditor")
    path = private_path(make_address(owner=signed_in.get(PAGE).wsgi_request.user))
    assert "Cabut alamat" in text_of(signed_in.get(PAGE))

    page = whole_text_of(signed_in.post("/kalender/alamat/cabut/", follow=True))

    assert "Alamat kalender pribadi dicabut." in page and "Cabut alamat" not in page
    assert client.get(path).status_code == 404


def test_days_that_last_begin_again_with_the_month(client_as):
    CourseFactory(name="Pembekalan", starts=date(2019, 9, 30), ends=date(2019, 10, 4))
    page = text_of(client_as("coordinator").get(PAGE))

    assert "Sel 1 Okt" in page and "Pelatihan: Pembekalan" in page and "Sampai 4 Oktober 2019." in page


@pytest.mark.parametrize("role", ["coordinator", "leader", "agency_operator", "facilitator", "panelist", "auditor"])
def test_every_link_of_the_page_opens_for_its_reader(client_as, report, role):
    RecruitmentRoundFactory(status="PUBLISHED", opens_at=timezone.make_aware(datetime(2019, 10, 9, 8)))
    client = client_as(role)

    page = client.get(PAGE).text
    links = set(re.findall(r'href="(/(?:seleksi|rekrutmen|verifikasi|laporan|pendamping)/[^"#]*)', page))

    assert "Pendaftaran pendamping dibuka" in page and links
    assert [link for link in links if client.get(link).status_code != 200] == []
