"""From /kepatuhan/ to the agencies: who is ticked, what they read, and that nobody is reminded twice a day."""

from datetime import date
from io import BytesIO

import pytest
from docx import Document

from p2emas import clock
from p2emas.models import Notification, OutboxMessage
from p2emas.notifications.models import NotificationQuerySet
from programs.models import ProgressReport
from tests.factories import AssignmentFactory, ProgressReportFactory, ReportingPeriodFactory, UserFactory

pytestmark = pytest.mark.django_db
URL = "/kepatuhan/ingatkan/"
DUE = date(2019, 10, 7)


@pytest.fixture
def late() -> list[ProgressReport]:
    period = ReportingPeriodFactory(year=2019, number=3, due_on=DUE)
    reports = [ProgressReportFactory(draft=True, period=period, due_on=DUE) for _ in range(2)]
    for report in reports:
        AssignmentFactory(user=UserFactory(), agency=report.agency, role="agency_operator")
        AssignmentFactory(user=UserFactory(email=None), agency=report.agency, role="agency_head")
    ProgressReportFactory(sent=True, period=period, due_on=DUE)
    return reports


def test_all_that_are_late_are_reminded_in_three_pages(client_as, late, mailoutbox, django_capture_on_commit_callbacks):
    client = client_as("coordinator")
    assert client.get("/kepatuhan/").status_code == 200
    page = client.get(URL).content.decode()
    assert page.count(" checked") == 2 and "Kepala SKPD tanpa surel: cetak surat" in page
    assert "Belum pernah" in page and f"Belum: {late[0].agency.short_name}" in page

    sent = {"laporan": [report.pk for report in late], "kalimat": "Rekap disusun besok."}
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(URL, sent, follow=True)

    assert answer.redirect_chain == [("/kepatuhan/", 302)]
    assert "2 SKPD diingatkan, 2 surel dikirim." in answer.content.decode()
    assert Notification.objects.filter(kind="report-reminder").count() == 4
    assert {mail.subject for mail in mailoutbox} == {"Laporan Triwulan III 2019 belum dikirim"}
    body = mailoutbox[0].body
    assert "jatuh tempo Senin, 7 Oktober 2019, 1 hari kerja yang lalu." in body and "Rekap disusun besok." in body
    assert {letter.released_by for letter in OutboxMessage.objects.filter(kind="reminder")} == {client.user}


def test_second_click_reminds_nobody(client_as, late):
    client = client_as("coordinator")
    sent = {"laporan": [late[0].pk]}
    client.post(URL, sent)

    answer = client.post(URL, sent, follow=True)

    assert "sudah diingatkan hari ini" in answer.content.decode()
    assert OutboxMessage.objects.count() == 1
    with clock.at(date(2019, 10, 9)):
        client.post(URL, sent)
    assert OutboxMessage.objects.count() == 2


def test_click_of_two_at_one_moment_is_no_error(client_as, late, monkeypatch):
    """The other one has written between the look and the writing: the database refuses the second notice."""
    monkeypatch.setattr(NotificationQuerySet, "of_occasion", lambda self, kind, occasion: self.none())
    client = client_as("coordinator")
    sent = {"laporan": [late[0].pk]}
    client.post(URL, sent)

    answer = client.post(URL, sent, follow=True)

    assert answer.status_code == 200
    assert OutboxMessage.objects.count() == 1


def test_preview_sends_nothing_and_shows_the_sentence(client_as, late):
    sent = {"laporan": [late[1].pk], "kalimat": "Kalimat saya.", "pratinjau": "1"}
    page = client_as("coordinator").post(URL, sent).content.decode()

    assert f"Pratinjau untuk {late[1].agency}" in page and "Kalimat saya." in page
    assert page.count(" checked") == 1
    assert not OutboxMessage.objects.exists()


def test_ticks_of_the_page_before_are_kept(client_as, late):
    page = client_as("coordinator").get(URL, {"laporan": late[1].pk}).content.decode()

    assert page.count(" checked") == 1


def test_nobody_ticked_or_somebody_elses_is_an_error(client_as, late):
    client = client_as("coordinator")
    for sent in ({}, {"laporan": ["999"]}, {"laporan": ["x"]}):
        page = client.post(URL, sent)
        assert page.status_code == 200 and "Galat:" in page.content.decode()
    assert not OutboxMessage.objects.exists()


def test_returned_report_is_asked_for_its_correction(client_as):
    report = ProgressReportFactory(sent=True, status="RETURNED", period__due_on=DUE, due_on=DUE)
    AssignmentFactory(user=UserFactory(), agency=report.agency, role="agency_operator")
    client = client_as("coordinator")
    page = client.get(URL).content.decode()
    assert " checked" not in page and f"Perbaikan: {report.agency.short_name}" in page

    client.post(URL, {"laporan": [report.pk]})

    assert Notification.objects.get().title == f"Laporan {report.period} belum diperbaiki"


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_letters_come_on_paper(client_as, late, form):
    answer = client_as("coordinator").get(f"{URL}surat.{form}", {"laporan": late[0].pk, "kalimat": "Rekap besok."})

    assert answer.status_code == 200
    if form == "docx":
        text = "\n".join(each.text for each in Document(BytesIO(answer.content)).paragraphs)
        assert f"Kepala {late[0].agency.name}" in text and "Rekap besok." in text and "NIP" in text
    else:
        assert answer.content.startswith(b"%PDF")


def test_each_ticked_agency_has_a_text_for_whatsapp(client_as, late):
    client = client_as("coordinator")
    one, two = (report.agency for report in late)

    both = client.get(URL).text
    page = client.post(URL, {"laporan": late[0].pk, "kalimat": "Rekap besok.", "pratinjau": "1"}).text

    assert both.count("Yth. Kepala ") == 2
    assert f"Yth. Kepala {one.name}" in page and f"Yth. Kepala {two.name}" not in page
    text = page.partition(f"Yth. Kepala {one.name}")[2].partition("</textarea>")[0]
    assert "7 Oktober 2019" in text and "Rekap besok." in text


def test_empty_desk_says_so(client_as):
    assert "sudah dikirim" in client_as("coordinator").get(URL).content.decode()
    assert client_as("coordinator").get(f"{URL}surat.pdf").status_code == 404
