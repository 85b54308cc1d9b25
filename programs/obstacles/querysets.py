"""Reads of obstacles: who sees which, what waits for whom, and what is overdue."""

from datetime import date, datetime, time, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from districts.regions.models import District, Village
from districts.regions.scopes import VillageScope
from p2emas import clock
from p2emas.accounts.models import Agency, Assignment, User
from p2emas.accounts.roles import AGENCY_STAFF, COORDINATORS, Role

ANSWERING = (*AGENCY_STAFF, Role.DISTRICT_ADMIN)


def villages_of_facilitator(user: User) -> models.QuerySet[Village]:
    """Villages whose obstacles a facilitator writes down and closes; nobody else has any."""
    if not user.has_role(Role.FACILITATOR):
        return Village.objects.none()
    return villages_of_scopes(user, clock.today())


def villages_of_scopes(user: User, on: date) -> models.QuerySet[Village]:
    """Where ``user`` was placed on day ``on``, as a facilitator of villages or of the whole regency."""
    scopes = user.village_scopes.in_force(on)
    if scopes.of_the_regency().exists():
        return Village.objects.filter(target_locations__isnull=False).distinct()
    return Village.objects.filter(pk__in=scopes.of_villages().values("village"))


def villages_with_facilitator(on: date) -> models.QuerySet:
    """Rows ``village`` of those where a facilitator is placed on day ``on``; a consultant of the regency is in none."""
    held = Assignment.objects.in_force(on).filter(role=Role.FACILITATOR, user__is_active=True)
    placed = VillageScope.objects.in_force(on).of_villages().order_by()
    return placed.filter(user__in=held.order_by().values("user")).values("village")


def answering_agencies(on: date) -> models.QuerySet[Agency]:
    """Agencies to which an obstacle may be sent: somebody there can answer it on day ``on``."""
    held = Assignment.objects.in_force(on).filter(user__is_active=True)
    operators, offices = held.filter(role=Role.AGENCY_OPERATOR), held.filter(role=Role.DISTRICT_ADMIN)
    members = Agency.objects.members(on).order_by().values("pk")
    return Agency.objects.filter(
        (Q(pk__in=operators.values("agency")) & Q(pk__in=members))
        | Q(pk__in=offices.values("agency"), kind=Agency.Kind.KECAMATAN)
    )


def nobody_there(on: date) -> Q:
    """Raised by a facilitator, or by an agency without staff, and no facilitator is placed in its village."""
    staffed = Assignment.objects.in_force(on).filter(role__in=AGENCY_STAFF, user__is_active=True).order_by()
    return ~Q(raised_by__in=staffed.values("agency")) & ~Q(village__in=villages_with_facilitator(on))


class ObstacleQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "ObstacleQuerySet":
        """The agency that raised it, the one that answers, the village's facilitator; coordinators see all."""
        if user.sees_everything:
            return self
        seen = Q(raised_by__in=user.staff_agency_ids) | Q(responsible__in=user.agency_ids(*ANSWERING))
        if user.has_role(Role.FACILITATOR):
            seen |= Q(village__in=villages_of_facilitator(user).order_by().values("pk"))
        return self.filter(seen)

    def for_cards(self) -> "ObstacleQuerySet":
        """With all that a card or a row shows, and in how many reports the obstacle is."""
        return (
            self.select_related("village", "activity", "raised_by", "responsible")
            .annotate(report_count=models.Count("reports", distinct=True))
            .order_by("pk")
        )

    def for_page(self) -> "ObstacleQuerySet":
        return self.select_related(
            "village__district", "activity", "raised_by", "responsible", "raised_by_user", "answered_by"
        )

    def for_table(self) -> "ObstacleQuerySet":
        """What a row of a list shows, and nothing more."""
        return self.select_related("village__district", "raised_by", "responsible", "raised_by_user").only(
            "text",
            "kind",
            "status",
            "due_on",
            "created_at",
            "promised_on",
            "answered_at",
            "closed_at",
            "is_sample",
            "village__name",
            "village__code",
            "village__district__name",
            "raised_by__short_name",
            "raised_by_user__name",
            "responsible__short_name",
            "responsible__code",
        )

    def matching(self, words: str) -> "ObstacleQuerySet":
        """By what was written, or where it is."""
        here = Q(village__in=Village.objects.search(words)) | Q(activity__name__icontains=words)
        return self.filter(Q(text__icontains=words) | Q(cause__icontains=words) | here)

    def of_agency(self, code: str) -> "ObstacleQuerySet":
        """Raised by the agency, or waiting for its answer."""
        return self.filter(Q(raised_by__code=code) | Q(responsible__code=code))

    def in_district(self, district: District) -> "ObstacleQuerySet":
        return self.filter(village__district=district)

    def just_raised(self, like: models.Model, *, by: User, since: datetime) -> "ObstacleQuerySet":
        """What ``by`` wrote down since then in the words of ``like``, of the same village and activity."""
        same = {name: getattr(like, name) for name in ("kind", "text", "village_id", "activity_id")}
        return self.filter(raised_by_user=by, standalone=True, created_at__gte=since, **same).order_by("pk")

    def unsolved(self) -> "ObstacleQuerySet":
        return self.exclude(status="SOLVED")

    def open_on(self, day: date) -> "ObstacleQuerySet":
        """What was raised by the end of ``day`` and not closed by then."""
        end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
        return self.filter(created_at__lt=end).filter(Q(closed_at=None) | Q(closed_at__gte=end))

    def touching(self, first: date, last: date) -> "ObstacleQuerySet":
        """What was open on one of these days: raised by the last of them and not closed before the first."""
        end = timezone.make_aware(datetime.combine(last + timedelta(days=1), time.min))
        began = timezone.make_aware(datetime.combine(first, time.min))
        return self.filter(created_at__lt=end).filter(Q(closed_at=None) | Q(closed_at__gte=began))

    def overdue(self, on: date) -> "ObstacleQuerySet":
        """Sent to an agency whose day to answer was before ``on``. Never stored: it follows from the date."""
        return self.filter(status="ROUTED", due_on__lt=on)

    def expected_between(self, first: date, last: date) -> "ObstacleQuerySet":
        """To be answered by one of these days, or answered with one of them as the day on which it will be solved."""
        days = (first, last)
        return self.filter(Q(status="ROUTED", due_on__range=days) | Q(status="ANSWERED", promised_on__range=days))

    def for_agenda(self, on: date) -> "ObstacleQuerySet":
        """What is on the draft agenda of a meeting on day ``on`` by itself, the longest overdue first."""
        return self.overdue(on).for_page().order_by("due_on", "pk")

    def open_and_late(self, on: date) -> dict[str, int]:
        """How many are not solved, and how many of them are overdue; one query."""
        late = Q(status="ROUTED", due_on__lt=on)
        sums = self.order_by().unsolved().aggregate(open=models.Count("pk"), late=models.Count("pk", filter=late))
        return {"open": sums["open"], "late": sums["late"]}

    def by_owner(self, on: date) -> models.QuerySet:
        """Of each agency that has to answer: how many are open, and how many of them are overdue; without one first."""
        late = models.Count("pk", filter=Q(status="ROUTED", due_on__lt=on))
        routed = self.unsolved().exclude(status="REPORTED").order_by()
        sums = routed.values("responsible__code", "responsible__short_name").annotate(
            open=models.Count("pk"), late=late
        )
        return sums.order_by("-late", "-open", "responsible__short_name")

    def to_route(self) -> "ObstacleQuerySet":
        return self.filter(status="REPORTED")

    def to_answer(self, user: User) -> "ObstacleQuerySet":
        """What waits for the answer of an agency where ``user`` works, the nearest date first."""
        return self.filter(status="ROUTED", responsible__in=user.agency_ids(*ANSWERING)).order_by("due_on", "pk")

    def to_close(self, user: User) -> "ObstacleQuerySet":
        """Answers that ``user`` is the first to accept or send back.

        Other agencies' and facilitators' are closed by them, though BAPPEDA may; where none of them is there any more
        it is BAPPEDA's.
        """
        answered = self.filter(status="ANSWERED").exclude(answered_by=user).order_by("answered_at", "pk")
        if user.has_role(*COORDINATORS):
            own = Q(raised_by=models.F("responsible")) | Q(raised_by__in=user.agency_ids(*COORDINATORS))
            return answered.filter(own | nobody_there(clock.today()))
        mine = Q(raised_by__in=user.staff_agency_ids) & ~Q(responsible=models.F("raised_by"))
        if user.has_role(Role.FACILITATOR):
            mine |= Q(village__in=villages_of_facilitator(user).order_by().values("pk"))
        return answered.filter(mine)
