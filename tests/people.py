"""People with roles, as the tests of every room ask for them."""

import time

from django.test import Client

from p2emas import naming
from p2emas.accounts.roles import Role
from p2emas.models import Agency, Identity, User
from tests.factories import AgencyFactory, AssignmentFactory, DistrictFactory, UserFactory


def lead_agency() -> Agency:
    """Where coordinators, leaders and the auditor are assigned in tests; rights hang from the identity's key to it."""
    lead = Agency.objects.filter(code="bappeda").first()
    if lead is None:
        lead = AgencyFactory(code="bappeda", short_name="Bappeda", kind=Agency.Kind.BADAN)
        Identity.objects.update_or_create(pk=1, defaults={"lead_agency": lead})
        naming.forget()
    return lead


def just_now(client: Client) -> Client:
    """As if the person had given the password this minute; what is grave asks nobody again then."""
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session["account_authentication_methods_user"] = str(client.user.pk)
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
    AssignmentFactory(user=user, agency=agency, role=Role(role), village_slug=village.slug if village else "")
    return user
