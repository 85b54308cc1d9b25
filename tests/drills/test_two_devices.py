"""One application on two phones, and one facilitator on two desks, at the same moment."""

import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from facilitators.models import Application, Contract, Placement, RecruitmentRound
from facilitators.recruitment.apply.applicant import KEY
from p2emas import clock
from p2emas.documents.models import Receipt
from p2emas.models import Assignment, User
from p2emas.workflow.models import StatusChange
from tests.drills.racing import at_once
from tests.facilitator_factories import ContractFactory, RecruitmentRoundFactory
from tests.facilitators.recruitment.applying import address, complete_draft
from tests.factories import TargetLocationFactory
from tests.filled import own_form
from tests.programs.reporting.helpers import text_of

pytestmark = [pytest.mark.drill, pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]
ROUNDS = 25
Status = Application.Status


@pytest.fixture
def record(db) -> Iterator[RecruitmentRound]:
    """A round that is open by the real clock: threads do not see the one that tests move."""
    now, day = timezone.now(), timedelta(days=1)
    with clock.at(now):
        yield RecruitmentRoundFactory(complete=True, opens_at=now - day, closes_at=now + day)


def phone_with(application: Application) -> Client:
    client = Client()
    session = client.session
    session[KEY] = application.pk
    session.save()
    return client


def draft(record: RecruitmentRound, serial: int, **fields: object) -> Application:
    now = timezone.now()
    return complete_draft(record, serial, phone=f"+62812{serial:08d}", started_at=now, declared_at=now, **fields)


def ready(client: Client, url: str, **typed: str) -> Callable[[], HttpResponse]:
    """The page's own form, filled in, as an act that is still to be done."""
    form = own_form(client.get(url).content.decode(), url)
    data = dict(form.filled(**typed))
    return lambda: client.post(url, data)


def test_both_phones_send_the_same_application(record):
    """Sent once, with one number and one receipt, and both phones end at it."""
    url = address(record, "periksa")
    for serial in range(1, ROUNDS + 1):
        mine = draft(record, serial)
        answers = at_once(*(ready(phone_with(mine), url, client_token=str(uuid.uuid4())) for _phone in range(2)))

        mine.refresh_from_db()
        assert (mine.status, mine.number) == (Status.SENT, f"LMR-2020-{serial:04d}")
        assert {(answer.status_code, answer.headers.get("Location")) for answer in answers} == {
            (302, address(record, "terkirim"))
        }
        assert mine.status_changes().count() == 1
    assert Receipt.objects.count() == StatusChange.objects.count() == ROUNDS


def test_two_phones_send_applications_with_one_nik(record):
    """Both are taken with the same answer: which one counts is found when the papers are checked."""
    url = address(record, "periksa")
    for serial in range(1, ROUNDS + 1):
        twins = [draft(record, serial, name=name) for name in ("SATU", "DUA")]
        answers = at_once(*(ready(phone_with(each), url) for each in twins))

        assert {(answer.status_code, answer.headers["Location"]) for answer in answers} == {
            (302, address(record, "terkirim"))
        }
        for each in twins:
            each.refresh_from_db()
        assert [each.status for each in twins] == [Status.SENT, Status.SENT]
        assert sorted(each.name for each in twins) == ["DUA", "SATU"]
    assert record.applications.sent().count() == 2 * ROUNDS


def test_two_phones_save_different_answers(record):
    """One answer is kept as it was typed; the other phone sees both."""
    url = address(record, "pengalaman")
    for serial in range(1, ROUNDS + 1):
        mine = draft(record, serial)
        typed = ("Tiga tahun di koperasi.", "Lima tahun di sawah.")
        answers = at_once(*(ready(phone_with(mine), url, experience=words) for words in typed))

        mine.refresh_from_db()
        assert sorted(answer.status_code for answer in answers) == [302, 409]
        kept = typed[0] if answers[0].status_code == 302 else typed[1]
        assert (mine.experience, mine.version) == (kept, 1)
        told = next(answer for answer in answers if answer.status_code == 409)
        assert all(words in text_of(told) for words in typed)


def test_a_phone_sends_while_the_other_one_saves(record):
    """What is sent is what the page showed: either the save comes first and the sending is asked again, or too late."""
    for serial in range(1, ROUNDS + 1):
        mine = draft(record, serial)
        send = ready(phone_with(mine), address(record, "periksa"))
        save = ready(phone_with(mine), address(record, "pengalaman"), experience="Lain sama sekali.")
        sent, saved = at_once(send, save)

        mine.refresh_from_db()
        if mine.status == Status.SENT:
            assert mine.experience != "Lain sama sekali."
            assert (sent.status_code, saved.headers.get("Location")) == (302, sent.headers["Location"])
        else:
            assert mine.experience == "Lain sama sekali."
            assert (sent.status_code, saved.status_code) == (409, 302)


# --- Placements -----------------------------------------------------------------------------------------------------


@pytest.fixture
def desks(client_as, settings, business_day) -> list[Client]:
    settings.DEMO_TODAY = business_day.isoformat()  # which threads see
    return [client_as("coordinator"), client_as("coordinator")]


def placing(client: Client, contract: Contract, place, **typed: str) -> Callable[[], HttpResponse]:
    url = reverse("placements:placement-create", args=[contract.facilitator_id])
    return ready(
        client,
        url,
        contract=str(contract.pk),
        target_location=str(place.pk),
        starts="1-10-2019",
        ends="31-12-2019",
        untrained_reason="Pelatihan menyusul.",
        **typed,
    )


def test_two_desks_place_the_same_facilitator(desks, settings):
    """The same village twice is one placement; two villages are two only where the cap allows it."""
    settings.FACILITATOR_VILLAGE_CAP = 1
    for number in range(ROUNDS):
        contract = ContractFactory(facilitator__email=f"pendamping{number}@example.id")
        places = TargetLocationFactory.create_batch(2)
        same = number % 2 == 0
        answers = at_once(*(placing(desk, contract, places[0 if same else turn]) for turn, desk in enumerate(desks)))

        held = Placement.objects.filter(facilitator=contract.facilitator)
        assert held.count() == 1, text_of(answers[0])
        assert Assignment.objects.filter(user=held.get().facilitator.user).count() == 1
        assert sorted(answer.status_code for answer in answers) == ([302, 302] if same else [200, 302])
        if not same:
            told = next(answer for answer in answers if answer.status_code == 200)
            assert "Ia masih bertugas" in text_of(told)


def test_two_desks_give_one_user_name_to_two_people(desks):
    for number in range(ROUNDS):
        contracts, place = ContractFactory.create_batch(2), TargetLocationFactory()
        answers = at_once(
            *(
                placing(desk, each, place, username=f"pendamping{number}", email=f"p{number}-{each.pk}@example.id")
                for desk, each in zip(desks, contracts, strict=True)
            )
        )

        assert User.objects.filter(username=f"pendamping{number}").count() == 1, text_of(answers[0])
        assert sorted(answer.status_code for answer in answers) == [200, 302]
        told = next(answer for answer in answers if answer.status_code == 200)
        assert "Nama pengguna ini sudah dipakai" in text_of(told)
        assert Placement.objects.filter(contract__in=contracts).count() == 1
