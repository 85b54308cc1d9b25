"""Whom a notice goes to: people who can sign in and hold a role today."""

from collections.abc import Collection

from django.db import models

from p2emas import clock, naming
from p2emas.accounts.models import Assignment, User, UserQuerySet
from p2emas.accounts.roles import AGENCY_STAFF, COORDINATORS, Role


def holders(roles: Collection[str], **where: object) -> UserQuerySet:
    held = Assignment.objects.in_force(clock.today()).filter(role__in=roles, **where)
    return User.objects.filter(is_active=True, pk__in=held.order_by().values("user"))


def staff_of(record: models.Model) -> UserQuerySet:
    """Operators and heads of the agency that a record belongs to."""
    return holders(AGENCY_STAFF, agency=record.agency_id)  # type: ignore[attr-defined]


def coordinators(record: models.Model) -> UserQuerySet:
    return holders(COORDINATORS, agency=naming.current().lead_agency_id)


def heads(record: models.Model) -> UserQuerySet:
    """Those who decide."""
    return holders({Role.COORDINATOR_HEAD}, agency=naming.current().lead_agency_id)
