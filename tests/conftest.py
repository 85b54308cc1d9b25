"""Fixtures that every room's tests share: people with roles, clients signed in as them, a moved clock."""

from datetime import date

import pytest
from django.test import Client

from p2emas import clock
from p2emas.accounts.roles import Role
from p2emas.models import Agency
from tests import migrated
from tests.factories import AgencyFactory, AssignmentFactory, DistrictFactory, UserFactory

TODAY = date(2019, 10, 8)


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings) -> bool:
    """Start from a migrated SQLite file of an earlier run while no migration changed: it saves 10 s a process."""
    return migrated.place()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup) -> None:
    migrated.keep()


@pytest.fixture(autouse=True)
def business_day():
    """Tests live on the demo's day unless they move the clock themselves."""
    with clock.at(TODAY):
        yield TODAY


@pytest.fixture
def bappeda(db):
    """The lead agency, where coordinators, leaders and the auditor are assigned in tests."""
    return Agency.objects.filter(code="bappeda").first() or AgencyFactory(
        code="bappeda", short_name="Bappeda", kind=Agency.Kind.BADAN
    )


@pytest.fixture
def user_as(bappeda):
    """``user_as("agency_operator", at=agency)``: a new person with that role; "admin" is a superuser.

    "ROLE of another agency" works somewhere else than ``at``. A district_admin takes the office of a kecamatan
    as ``at``; a facilitator may name ``village``.
    """

    def make(who: str, at: Agency | None = None, village=None):
        role, _, elsewhere = who.partition(" of another ")
        if role == "admin":
            return UserFactory(is_superuser=True, name="Admin")
        if role == Role.DISTRICT_ADMIN:
            agency = DistrictFactory().office if elsewhere or at is None else at
        elif role in (Role.AGENCY_OPERATOR, Role.AGENCY_HEAD):
            agency = AgencyFactory() if elsewhere or at is None else at
        else:
            agency = bappeda
        user = UserFactory(name=f"{role} penguji")
        AssignmentFactory(user=user, agency=agency, role=Role(role), village_slug=village.slug if village else "")
        return user

    return make


@pytest.fixture
def client_as(user_as):
    """``client_as("coordinator")``: a client signed in as a new person of that role; "anonymous" is nobody."""

    def make(who: str, at: Agency | None = None, village=None) -> Client:
        client = Client()
        if who != "anonymous":
            client.user = user_as(who, at=at, village=village)
            client.force_login(client.user)
        return client

    return make
