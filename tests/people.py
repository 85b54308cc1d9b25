"""People with roles, as the tests of every room ask for them."""

import time
from importlib import import_module
from types import SimpleNamespace

from django.conf import settings
from django.contrib import auth
from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.test import Client
from django.utils import timezone
from django.utils.crypto import get_random_string

from p2emas import naming
from p2emas.accounts.roles import Role
from p2emas.models import Agency, Identity, User
from tests.factories import AgencyFactory, AssignmentFactory, DistrictFactory, UserFactory, VillageScopeFactory


def lead_agency() -> Agency:
    """Where coordinators, leaders and the auditor are assigned in tests; rights depend on the identity's key to it."""
    lead = Agency.objects.filter(code="bappeda").first()
    if lead is None:
        # Without a history, which nobody asks them for: thousands of tests begin with these two rows.
        lead = AgencyFactory.build(code="bappeda", short_name="Bappeda", kind=Agency.Kind.BADAN)
        Agency._base_manager.bulk_create([lead])
        if not Identity._base_manager.filter(pk=1).update(lead_agency=lead):
            Identity.objects.create(lead_agency=lead)  # a test that commits took the row of the migrations away
        naming.forget()
    return lead


def sign_in(client: Client, user: User) -> Client:
    """What ``force_login`` and ``just_now`` leave behind, in two statements: they write four sessions in twenty."""
    client.user = user
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session.update(
        {
            auth.SESSION_KEY: str(user.pk),
            auth.BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            auth.HASH_SESSION_KEY: user.get_session_auth_hash(),
            **_password_given(user),
        }
    )
    session._session_key = get_random_string(32, VALID_KEY_CHARS)
    session.create_model_instance(session._session).save(force_insert=True)
    user.last_login = timezone.now()
    User._base_manager.filter(pk=user.pk).update(last_login=user.last_login)
    client._set_login_cookies(SimpleNamespace(session=session))
    return client


def _password_given(user: User) -> dict[str, object]:
    return {
        "account_authentication_methods": [{"method": "password", "at": time.time()}],
        "account_authentication_methods_user": str(user.pk),
    }


def just_now(client: Client) -> Client:
    """As if the person had given the password this minute; what is grave asks nobody again then."""
    session = client.session
    session.update(_password_given(client.user))
    session.save()
    return client


def long_ago(client: Client) -> Client:
    """As if hours had passed since: what is grave asks for the password again."""
    session = client.session
    del session["account_authentication_methods"]
    session.save()
    return client


def person_as(who: str, at: Agency | None = None, village=None) -> User:
    """``person_as("agency_operator", at=agency)``: a new person with that role; "admin" is a superuser.

    "ROLE of another agency" works somewhere else than ``at``. A district_admin takes the office of a kecamatan
    as ``at``; a facilitator may name ``village``.
    """
    role, _, elsewhere = who.partition(" of another ")
    if role == "admin":
        return UserFactory(is_superuser=True, name="Admin")
    if role == Role.DISTRICT_ADMIN:
        agency = DistrictFactory().office if elsewhere or at is None else at
    elif role in (Role.AGENCY_OPERATOR, Role.AGENCY_HEAD):
        agency = AgencyFactory() if elsewhere or at is None else at
    else:
        agency = lead_agency()
    user = UserFactory(name=f"{role} penguji")
    AssignmentFactory(user=user, agency=agency, role=Role(role))
    if village:
        VillageScopeFactory(user=user, village=village)
    return user
