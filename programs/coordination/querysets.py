"""Reads of meetings and of what is to be done after them: who sees which, and what waits."""

from datetime import date, datetime, time
from typing import Any, Self

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from p2emas.accounts.models import Agency, Assignment, User
from p2emas.accounts.roles import AGENCY_STAFF, Role
from p2emas.instruments.models import Minutes

ADDRESSED = (*AGENCY_STAFF, Role.DISTRICT_ADMIN)


def addressed_agencies(on: date) -> models.QuerySet[Agency]:
    """To whom an action item may be given: members of the programme, and the offices of kecamatan.

    Where nobody there can sign in, coordinators write down what was done.
    """
    return Agency.objects.members(on) | Agency.objects.filter(kind=Agency.Kind.KECAMATAN, successor=None)


def beginning_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


class MeetingQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "MeetingQuerySet":
        """Those who see everything, and the agencies that were invited, once they were."""
        if user.sees_everything:
            return self
        own = Q(attendance__agency__in=user.agency_ids(*ADDRESSED))
        told = Q(invited_at__isnull=False) | Q(status="HELD")
        return self.filter(pk__in=self.model._base_manager.filter(own & told).values("pk"))

    def for_table(self) -> "MeetingQuerySet":
        """With how many action items came out of each, and how many of them are open."""
        every = Count("action_items", filter=~Q(action_items__status="CANCELLED"), distinct=True)
        still = Count("action_items", filter=Q(action_items__status="OPEN"), distinct=True)
        return self.annotate(item_count=every, open_count=still)

    def locked(self, pk: int) -> Any:
        """The meeting and its minutes, so that nobody signs these while something is written to it."""
        meeting: Any = self.select_for_update(no_key=True).get(pk=pk)
        if meeting.minutes_id is not None:
            meeting.minutes = Minutes.objects.select_for_update(no_key=True).get(pk=meeting.minutes_id)
        return meeting

    def coming(self) -> "MeetingQuerySet":
        return self.filter(status__in=("PREPARED", "INVITED"))

    def held_before(self, day: date) -> "MeetingQuerySet":
        """Those that took place before ``day``, the latest first."""
        return self.filter(status="HELD", held_on__lt=day).order_by("-held_on", "-pk")


class ActionItemQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "ActionItemQuerySet":
        """What an agency has to do, and what came out of meetings that it was invited to; coordinators see all.

        While a meeting runs its action items are still being written: agencies see them once it is over.
        """
        if user.sees_everything:
            return self
        own = user.agency_ids(*ADDRESSED)
        told = Q(meeting=None) | Q(meeting__status="HELD")
        there = Q(meeting__status="HELD", meeting__attendance__agency__in=own)
        return self.filter(pk__in=self.model._base_manager.filter(Q(responsible__in=own) & told | there).values("pk"))

    def for_table(self) -> "ActionItemQuerySet":
        return self.select_related("responsible", "official", "meeting", "obstacle")

    def open(self) -> "ActionItemQuerySet":
        return self.filter(status="OPEN")

    def told_to_addressee(self) -> "ActionItemQuerySet":
        """Open ones that their addressee sees: a disposisi, or of a meeting that is over."""
        return self.open().filter(Q(meeting=None) | Q(meeting__status="HELD"))

    def with_nobody_there(self, on: date) -> Self:
        """``nobody_there``: no account of its agency can close it on day ``on``, so it waits for the coordinators."""
        there = Assignment.objects.in_force(on).filter(role__in=ADDRESSED, user__is_active=True)
        return self.annotate(nobody_there=~Exists(there.filter(agency=OuterRef("responsible"))))

    def of_nobody_there(self, on: date) -> "ActionItemQuerySet":
        return self.with_nobody_there(on).filter(nobody_there=True)

    def for_coordinators(self, on: date) -> "ActionItemQuerySet":
        """Open ones that are overdue, or that nobody but coordinators closes; the nearest date first."""
        theirs = Q(nobody_there=True) & (Q(meeting=None) | Q(meeting__status="HELD"))
        return self.with_nobody_there(on).open().filter(theirs | Q(due_on__lt=on)).order_by("due_on", "pk")

    def overdue(self, on: date) -> "ActionItemQuerySet":
        """Open, and its day was before ``on``. Never stored: it follows from the date."""
        return self.open().filter(due_on__lt=on)

    def to_do(self, user: User) -> "ActionItemQuerySet":
        """What waits for an agency where ``user`` works, the nearest date first."""
        own = self.told_to_addressee().filter(responsible__in=user.agency_ids(*ADDRESSED))
        return own.order_by("due_on", "pk")

    def promised_before(self, meeting: Any, previous: Any | None) -> "ActionItemQuerySet":
        """What opens the agenda of ``meeting``: all of the one before it, and older ones that were open on its day."""
        day = beginning_of(meeting.held_on)
        older = Q(created_at__lt=day) & (Q(status="OPEN") | Q(ended_at__gte=day)) & ~Q(status="CANCELLED")
        last = Q(meeting=previous) if previous is not None else Q(pk__in=[])
        earlier = Q(meeting=None) | Q(meeting__status="HELD", meeting__held_on__lte=meeting.held_on)
        return self.filter(earlier & (older | last)).exclude(meeting=meeting).order_by("due_on", "pk")
