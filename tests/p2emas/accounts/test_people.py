"""Accounts as records: how they are made, named, invited, and what a deactivated one keeps."""

from datetime import timedelta

import pytest
from allauth.account.adapter import get_adapter
from django.urls import NoReverseMatch, reverse

from p2emas.accounts.models import Agency, Assignment, User
from p2emas.accounts.sign_in.tokens import InvitationTokenGenerator, invitation_token
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def invited():
    person = UserFactory(username="undangan")
    person.set_unusable_password()
    person.save()
    return person


def test_superuser_of_the_command_line_has_a_name_and_no_role():
    person = User.objects.create_superuser("pengelola", "kelapa-sawit-2019")

    assert (person.name, person.email or "", person.is_superuser) == ("pengelola", "", True)
    assert person.check_password("kelapa-sawit-2019")
    assert person.role_codes == frozenset()


def test_address_is_kept_in_small_letters():
    assert User.objects.create_user("operator", email="Operator@Example.GO.ID").email == "operator@example.go.id"


def test_person_without_a_name_is_called_by_the_user_name():
    assert str(UserFactory(username="operator", name="")) == "operator"
    named = UserFactory(name="Operator Dinas")
    assert {str(named), named.get_full_name(), named.get_short_name()} == {"Operator Dinas"}


def test_deactivated_person_keeps_assignments_and_loses_their_roles(user_as):
    person = user_as("coordinator")
    assert person.role_codes == {"coordinator"}

    User.objects.filter(pk=person.pk).update(is_active=False)
    person = User.objects.get(pk=person.pk)

    assert (person.assignments.count(), person.role_codes, person.condition) == (1, frozenset(), "inactive")


def test_nobody_signs_up_alone(rf):
    assert get_adapter(rf.get("/")).is_open_for_signup(rf.get("/")) is False
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")


# --- Invitation links -----------------------------------------------------------------------------------------------


def test_invitation_opens_for_its_person_only(invited):
    other = UserFactory(username="orang-lain")
    other.set_unusable_password()
    token = invitation_token.make_token(invited)

    assert invitation_token.check_token(invited, token)
    assert not invitation_token.check_token(other, token)
    assert not invitation_token.check_token(None, token)


@pytest.mark.parametrize("token", ["", None, "x", "-", "!!!-abc", "zzzzzzzzzzzzzzzzzzzz-abc", "a-b-c", "\x00-\x00"])
def test_strange_token_opens_nothing_and_is_no_error(invited, token):
    assert not invitation_token.check_token(invited, token)


@pytest.mark.parametrize(("hours", "opens"), [(-1, False), (0, True), (71, True), (73, False)])
def test_invitation_lives_from_its_making_for_the_hours_it_says(invited, settings, monkeypatch, hours, opens):
    settings.INVITATION_HOURS = 72
    token = invitation_token.make_token(invited)
    real = InvitationTokenGenerator._now
    monkeypatch.setattr(InvitationTokenGenerator, "_now", lambda self: real(self) + timedelta(hours=hours))

    assert invitation_token.check_token(invited, token) is opens


def test_invitation_survives_a_new_secret_key_while_the_old_one_is_a_fallback(invited, settings):
    token = invitation_token.make_token(invited)
    old, settings.SECRET_KEY = settings.SECRET_KEY, "kunci-baru-" + "x" * 50

    assert not InvitationTokenGenerator().check_token(invited, token)
    settings.SECRET_KEY_FALLBACKS = [old]
    assert InvitationTokenGenerator().check_token(invited, token)


@pytest.mark.parametrize("change", ["password", "inactive"])
def test_invitation_is_dead_once_the_person_has_a_password_or_is_deactivated(invited, change):
    token = invitation_token.make_token(invited)
    if change == "password":
        invited.set_password("kelapa-sawit-2019")
    else:
        invited.is_active = False

    assert not invitation_token.check_token(invited, token)


@pytest.mark.parametrize(
    ("role", "office", "words"),
    [("auditor", "Inspektorat", "Inspektorat"), ("agency_operator", "Pangan", "Operator SKPD, Pangan")],
)
def test_role_named_after_its_office_is_said_once(role, office, words):
    assert Assignment(role=role, agency=Agency(short_name=office)).words == words
