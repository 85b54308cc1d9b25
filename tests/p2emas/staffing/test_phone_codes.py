import re
import time

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from p2emas.accounts.sign_in.traces import AccountTrace
from tests.facilitator_factories import FacilitatorFactory
from tests.factories import PASSWORD, AssignmentFactory, UserFactory
from tests.people import lead_agency

pytestmark = pytest.mark.django_db
NEW, PAGE = "sandi-baru-2019-kapuas", "/lupa-sandi/kode/"
CODE = re.compile(r"<b>(\d{4}) (\d{4})</b>")


@pytest.fixture
def person(user_as):
    return FacilitatorFactory(user=user_as("facilitator"))


@pytest.fixture
def coordinator(client_as):
    return client_as("coordinator")


def make(client, person) -> str:
    answer = client.post(reverse("placements:phone-code-make", args=[person.pk]))
    found = CODE.search(answer.content.decode())
    assert found is not None and answer["Cache-Control"].count("no-store") == 1
    return "".join(found.groups())


def give(person, code, *, client=None, password=NEW, again=NEW, name=None):
    typed = {"username": name or person.user.username, "code": code, "password1": password, "password2": again}
    return (client or Client()).post(PAGE, typed)


def test_code_opens_the_account_once_and_is_booked(coordinator, person):
    code, phone = make(coordinator, person), Client()

    answer = give(person, f"{code[:4]} {code[4:]}", client=phone)

    assert answer.status_code == 302 and phone.get("/akun/").status_code == 200
    assert Client().login(username=person.user.username, password=NEW)
    assert "sudah dipakai" in give(person, code, password="sandi-lain-2019-melawi", again="sandi-lain-2019-melawi").text
    trace = AccountTrace.objects.get(kind=AccountTrace.Kind.CODE)
    assert trace.about == person.user and code not in f"{trace.detail}{trace}"


def test_code_is_not_shown_by_reading_the_page(coordinator, person):
    page = coordinator.get(reverse("placements:phone-code-make", args=[person.pk])).text

    assert "Buat kode" in page and not CODE.search(page)
    assert not AccountTrace.objects.filter(kind=AccountTrace.Kind.CODE).exists()


def test_newer_code_ends_the_one_before(coordinator, person):
    first, second = make(coordinator, person), make(coordinator, person)

    assert give(person, first).status_code == 200
    assert give(person, second).status_code == 302


@pytest.mark.parametrize(("minutes", "status"), [(29, 302), (31, 200)])
def test_code_lives_for_half_an_hour(coordinator, person, minutes, status):
    code = make(coordinator, person)

    with time_machine.travel(time.time() + minutes * 60):
        assert give(person, code).status_code == status


def test_sign_in_with_the_old_password_ends_the_code(coordinator, person):
    code = make(coordinator, person)
    assert Client().login(username=person.user.username, password=PASSWORD)

    assert give(person, code).status_code == 200


def test_code_of_one_person_opens_nobody_else(coordinator, person, user_as):
    other = FacilitatorFactory(user=user_as("facilitator of another district"))
    code = make(coordinator, person)
    make(coordinator, other)

    assert give(other, code).status_code == 200
    assert give(person, code, name="tidak-ada").status_code == 200


def test_wrong_codes_are_slowed_and_keep_the_password(coordinator, person):
    code = make(coordinator, person)
    wrong = f"{(int(code) + 1) % 10**8:08d}"

    answers = [give(person, wrong) for _each in range(11)]

    assert [each.status_code for each in answers].count(200) == 10
    assert answers[-1].status_code == 429 and int(answers[-1]["Retry-After"]) > 0
    assert Client().login(username=person.user.username, password=PASSWORD)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"again": "lain-2019-kapuas-raya"}, "belum sama"),
        ({"password": "12345678901", "again": "12345678901"}, "angka"),
        ({"code": ""}, "Isi"),
    ],
)
def test_what_was_typed_badly_is_said_at_its_box(coordinator, person, change, sentence):
    typed = {"code": make(coordinator, person)} | change

    page = give(person, typed.pop("code"), **typed).text

    assert sentence in page and person.user.username in page


def test_no_code_for_who_holds_another_role(coordinator, person):
    AssignmentFactory(user=person.user, role="coordinator_head", agency=lead_agency())

    answer = coordinator.post(reverse("placements:phone-code-make", args=[person.pk]), follow=True)

    assert "punya peran lain" in answer.text and not CODE.search(answer.text)


def test_role_that_was_given_meanwhile_ends_the_code(coordinator, person):
    code = make(coordinator, person)
    AssignmentFactory(user=person.user, role="coordinator", agency=lead_agency())

    assert give(person, code).status_code == 200


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"user": None}, "belum punya akun"),
        ({"user__password": None}, "belum membuat kata sandi"),
        ({"user__is_active": False}, "tidak aktif"),
    ],
)
def test_reason_why_no_code_is_made_is_said(coordinator, change, sentence):
    user = change.get("user", ...)
    made = {key.removeprefix("user__"): value for key, value in change.items() if key != "user"}
    person = FacilitatorFactory(user=None if user is None else UserFactory(**made))

    page = coordinator.get(reverse("placements:phone-code-make", args=[person.pk])).text

    assert sentence in page and "Buat kode<" not in page
