from datetime import timedelta

import pytest

from p2emas import clock
from p2emas.models import Notification, NotificationChoice
from p2emas.notifications.page import grouped
from tests.factories import NotificationFactory, ProgressReportFactory

pytestmark = pytest.mark.django_db
URL = "/pemberitahuan/"


def test_groups_follow_the_days_people_speak_of():
    now = clock.now()  # Tuesday, 8 October 2019
    moments = (now, now - timedelta(days=1), now - timedelta(days=2), now + timedelta(days=1))
    notices = [Notification(title=str(number), told_at=moment) for number, moment in enumerate(moments)]

    groups = grouped(notices, now.date())

    assert [(group.heading, [line.when for line in group.lines]) for group in groups] == [
        ("Hari ini, Selasa, 8 Oktober 2019", ["09.00"]),
        ("Minggu ini", ["Kemarin"]),
        ("Sebelumnya", ["06-10-2019", "09-10-2019"]),
    ]


def test_page_and_home_show_what_is_new(client_as):
    report = ProgressReportFactory()
    client = client_as("agency_operator", at=report.agency)
    NotificationFactory(user=client.user, record=report, title="Laporan kembali", detail="Foto kurang.")
    NotificationFactory(user=client.user, record=report, title="Sudah lama", read_at=clock.now())

    page, home = client.get(URL).content.decode(), client.get("/beranda/").content.decode()

    assert "1 pemberitahuan baru" in page and "Laporan kembali" in page and "Sudah lama" in page
    assert report.get_absolute_url() in page
    assert "Laporan kembali" in home and "Sudah lama" not in home


def test_reading_leaves_what_came_since_new(client_as):
    report = ProgressReportFactory()
    client = client_as("agency_operator", at=report.agency)
    seen = NotificationFactory(user=client.user, record=report)
    since = NotificationFactory(user=client.user, record=report)
    others = NotificationFactory(record=report)

    for odd in ("", "x", "9" * 40, "²"):
        client.post(f"{URL}dibaca/", {"sampai": odd})
    assert Notification.objects.unread().count() == 3
    client.post(f"{URL}dibaca/", {"sampai": seen.pk})

    assert set(Notification.objects.unread()) == {since, others}
    assert Notification.objects.get(pk=seen.pk).read_at == clock.now()


def test_getting_the_page_reads_nothing(client_as):
    client = client_as("coordinator")
    NotificationFactory(user=client.user)

    client.get(URL)

    assert Notification.objects.unread().count() == 1


def test_choices_are_kept_for_each_kind_of_the_reader(client_as):
    client = client_as("agency_operator")

    response = client.post(URL, {"surel": ["report-due"]})

    assert response.status_code == 302
    chosen = NotificationChoice.objects.of_user(client.user)
    assert chosen["report-due"] is True and chosen["report-returned"] is False
    client.post(URL, {"surel": ["report-returned"]})
    assert NotificationChoice.objects.of_user(client.user) == chosen | {"report-due": False, "report-returned": True}


def test_kind_of_other_readers_cannot_be_chosen(client_as):
    response = client_as("agency_operator").post(URL, {"surel": ["report-sent"]})

    assert response.status_code == 200
    assert "Galat:" in response.content.decode()
    assert not NotificationChoice.objects.exists()


def test_clock_of_today_is_local(client_as):
    client = client_as("coordinator")
    report = ProgressReportFactory()
    NotificationFactory(user=client.user, record=report, told_at=clock.now().replace(hour=7, minute=30))

    assert "07.30" in client.get(URL).content.decode()
