"""The hourly word to the administrator: each kind of trouble is told, an ordinary hour is silent."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from p2emas import clock
from p2emas.accounts.sign_in.tries import keys_of
from p2emas.models import Assignment
from tests.facilitator_factories import ApplicationFactory, PersonalDataAccessFactory
from tests.factories import AccountTraceFactory, AssignmentFactory, SignInTryFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def siti():
    return UserFactory(username="siti")


def told(capsys, **options) -> list[str]:
    call_command("tell_unusual", **options)
    return capsys.readouterr().out.splitlines()


def guesses(user, number: int, **fields) -> None:
    for _ in range(number):
        SignInTryFactory(name_key=keys_of(user)[1], **fields)


def openings(user, number: int, **fields) -> None:
    application = ApplicationFactory()
    for _ in range(number):
        PersonalDataAccessFactory(application=application, user=user, at=clock.now(), **fields)


KINDS = {
    "Masuk sebagai siti gagal 30 kali, dari 30 jaringan.": lambda siti: guesses(siti, 30),
    "Jaringan 203.0.113.0/24 gagal masuk 60 kali.": lambda _siti: [
        SignInTryFactory(wide="203.0.113.0/24") for _ in range(60)
    ],
    "siti membuka 20 NIK.": lambda siti: openings(siti, 20),
    "siti mengunduh pendamping.xlsx, 3 baris.": lambda siti: AccountTraceFactory(
        user=siti, kind="EXPORTED", detail="pendamping.xlsx, 3 baris"
    ),
    "siti mengirim tautan kata sandi kepada siti.": lambda siti: AccountTraceFactory(
        user=siti, kind="LINK", about=siti
    ),
    "siti mendapat peran Koordinator dari sistem.": lambda siti: AssignmentFactory(user=siti, role="coordinator"),
}


@pytest.mark.parametrize("sentence", KINDS)
def test_trouble_is_told(siti, capsys, sentence):
    assert told(capsys) == []

    KINDS[sentence](siti)

    assert told(capsys) == [sentence]


def test_export_of_applicants_is_told_with_its_round(siti, capsys):
    application = ApplicationFactory()
    row = PersonalDataAccessFactory(
        application=None, round=application.round, user=siti, field="EXPORT", detail="9 lamaran", at=clock.now()
    )

    assert told(capsys) == [f"siti mengekspor data pelamar {row.round}: 9 lamaran."]


def test_ordinary_hour_and_what_is_long_past_are_silent(siti, capsys):
    guesses(siti, 29)
    openings(siti, 19)
    AccountTraceFactory(user=siti)
    AssignmentFactory(user=siti)
    guesses(UserFactory(), 30, at=timezone.now() - timedelta(hours=3))
    Assignment.history.update(history_date=clock.now())

    assert told(capsys) == []
    assert len(told(capsys, hours=4)) == 1
