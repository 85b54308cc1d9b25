"""Reads of visits: who sees which, which count, and where nobody has been in a month."""

import uuid
from typing import Any, Self

from django.db import models
from django.db.models import Q

from districts.regions.models import Village
from p2emas.accounts.models import User

COUNTED = ("SENT", "RETURNED")  # nobody has to accept a visit; one that a new version replaced counts no more
READ_BY_AGENCIES = (*COUNTED, "REPLACED")


class FieldReportQuerySet(models.QuerySet):
    def for_user(self, user: User) -> Self:
        """Its author; the agencies whose work was seen, once it is complete; those who see everything.

        A draft is its author's alone, also for coordinators.
        """
        if not user.is_authenticated:
            return self.none()
        own = Q(author=user)
        if user.sees_everything:
            return self.filter(own | ~Q(status="DRAFT"))
        if not user.staff_agency_ids:
            return self.filter(own)
        # asked of the keys of a subquery: a join would give a visit with two lines twice
        seen = self._lines().filter(plan_line__plan__agency__in=user.staff_agency_ids)
        theirs = Q(status__in=READ_BY_AGENCIES, pk__in=seen.order_by().values("report"))
        return self.filter(own | theirs)

    def _lines(self) -> models.QuerySet:
        """The lines that visits name; their model comes after this module."""
        lines: Any = self.model._meta.get_field("lines").related_model
        return lines._default_manager.all()

    def of_author(self, user: User) -> Self:
        return self.filter(author=user)

    def with_token(self, user: User, token: uuid.UUID) -> Self:
        """What ``user`` wrote under the token of a phone, once its text has arrived."""
        return self.of_author(user).arrived().filter(client_token=token).select_related("village")

    def arrived(self) -> Self:
        """What the server has of the phone's: the text at least."""
        return self.exclude(status="DRAFT")

    def counted(self) -> Self:
        return self.filter(status__in=COUNTED)

    def of_activity(self, activity: int) -> Self:
        lines = self._lines().filter(plan_line__activity=activity)
        return self.filter(pk__in=lines.order_by().values("report"))

    def in_village(self, village: Village) -> Self:
        return self.filter(village=village)

    def for_table(self) -> Self:
        return self.select_related("village__district", "author").order_by("-visited_on", "-pk")

    def for_page(self) -> Self:
        return self.select_related("village__district", "author", "placement", "obstacle", "replaces")
