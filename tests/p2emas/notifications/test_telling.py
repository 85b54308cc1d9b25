from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from p2emas import clock
from p2emas.models import Notification, NotificationChoice, OutboxMessage
from p2emas.notifications.forms import kinds_of
from p2emas.notifications.telling import letter_text, tell, without_letters
from p2emas.registry.contributions import notice_kinds
from p2emas.registry.kinds import NoticeKind, Told
from programs.models import ProgressReport
from tests.factories import AgencyFactory, AssignmentFactory, NotificationFactory, ProgressReportFactory, UserFactory

pytestmark = pytest.mark.django_db
KIND = "report-returned"


@pytest.fixture
def report() -> ProgressReport:
    return ProgressReportFactory()


def operator(report: ProgressReport, **fields):
    person = UserFactory(**fields)
    AssignmentFactory(user=person, agency=report.agency, role="agency_operator")
    return person


def told(occasion: str = "step-1", **rest):
    return lambda report: tell(notice_kinds()[KIND], report, occasion, Told("Laporan kembali", "Foto kurang."), **rest)


def test_everyone_of_the_agency_is_told_once_with_one_letter(report, mailoutbox, django_capture_on_commit_callbacks):
    first, second = operator(report), operator(report, email=None)
    operator(ProgressReportFactory())
    operator(report, is_active=False)

    with django_capture_on_commit_callbacks(execute=True):
        told()(report)
        told()(report)

    assert set(Notification.objects.values_list("user", "title", "detail")) == {
        (person.pk, "Laporan kembali", "Foto kurang.") for person in (first, second)
    }
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [([first.email], "Laporan kembali")]


def test_who_did_it_is_not_told(report):
    actor, other = operator(report), operator(report)

    told(but=actor.pk)(report)

    assert [notice.user for notice in Notification.objects.all()] == [other]


def test_whose_switch_is_off_is_told_in_the_product_only(report):
    person = operator(report)
    NotificationChoice.objects.create(user=person, kind=KIND, by_mail=False)

    told()(report)

    assert Notification.objects.get().user == person
    assert not OutboxMessage.objects.exists()


def test_switch_of_another_kind_changes_nothing(report):
    NotificationChoice.objects.create(user=operator(report), kind="report-due", by_mail=False)

    assert len(told()(report)) == 1


def test_letters_of_a_kind_that_waits_are_released_by_a_person(report, mailoutbox, django_capture_on_commit_callbacks):
    operator(report)

    with django_capture_on_commit_callbacks(execute=True):
        tell(replace(notice_kinds()[KIND], waits=True), report, "step-1", Told("Laporan kembali"))

    assert Notification.objects.count() == 1 and mailoutbox == []
    assert OutboxMessage.objects.waiting_for_release().count() == 1


def test_nothing_is_told_when_the_letter_cannot_be_written(report, monkeypatch):
    operator(report)
    monkeypatch.setattr("p2emas.notifications.telling.letter_text", lambda *words: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        told()(report)

    assert not Notification.objects.exists()


def test_letters_of_the_demo_are_not_written(report):
    operator(report)

    with without_letters():
        assert told()(report) == []

    assert Notification.objects.count() == 1


def test_letter_names_reader_record_and_the_way_to_stop_it(report, settings):
    settings.SITE_URL = "https://p2emas.example.go.id"
    text = letter_text(
        notice_kinds()[KIND], report, Told("Laporan kembali", "Foto kurang."), UserFactory(name="Operator contoh")
    )

    assert text.startswith("Yth. Operator contoh,\n\nLaporan kembali.\nFoto kurang.\n\n")
    assert f"https://p2emas.example.go.id{report.get_absolute_url()}" in text
    assert text.endswith("https://p2emas.example.go.id/pemberitahuan/")
    report.is_sample = True
    assert letter_text(notice_kinds()[KIND], report, Told("Kembali"), UserFactory()).startswith("DATA CONTOH")


def test_long_words_are_cut_where_the_table_ends(report):
    operator(report)

    tell(notice_kinds()[KIND], report, "step-9", Told("a" * 300, "b" * 400))

    notice = Notification.objects.get()
    assert (len(notice.title), len(notice.detail), notice.title[-1]) == (200, 300, "…")


def test_one_occasion_is_one_row_in_the_database_too(report):
    notice = NotificationFactory(record=report)
    with pytest.raises(IntegrityError), transaction.atomic():
        NotificationFactory(user=notice.user, record=report, occasion=notice.occasion)
    with pytest.raises(IntegrityError), transaction.atomic():
        NotificationFactory(record=report, occasion="")


def test_record_that_left_the_scope_is_not_shown(report):
    person = operator(report)
    shown = NotificationFactory(user=person, record=report)
    NotificationFactory(user=person, record=ProgressReportFactory(agency=AgencyFactory()))
    NotificationFactory(record=report)

    assert list(Notification.objects.for_user(person)) == [shown]


def test_notices_are_forgotten_after_a_year():
    old, young = NotificationFactory(), NotificationFactory()
    now = clock.now()
    Notification.objects.filter(pk=old.pk).update(told_at=now.replace(year=now.year - 1, day=1))

    assert Notification.objects.forget_old(now) == 1
    assert list(Notification.objects.all()) == [young]


def test_switches_are_those_of_the_role(user_as):
    codes = {role: {kind.code for kind in kinds_of(user_as(role))} for role in ("agency_operator", "coordinator")}

    assert KIND in codes["agency_operator"] and "report-sent" not in codes["agency_operator"]
    assert "report-sent" in codes["coordinator"] and KIND not in codes["coordinator"]
    assert kinds_of(UserFactory()) == []


def test_kind_that_names_an_unknown_step_is_refused():
    with pytest.raises(ValueError, match="not those of ProgressReport"):
        NoticeKind(
            "x", "X", ProgressReport, lambda record: [], frozenset(), steps=("fly",), of_step=lambda *a: Told("")
        )
