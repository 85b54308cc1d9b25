"""Reads of aid packages: who sees which, and whose checks are due."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q

from districts.regions.models import Village
from p2emas.accounts.models import User
from p2emas.accounts.roles import Role
from programs.aid.due import CHECK_MONTHS, latest_handover
from programs.obstacles.querysets import villages_of_facilitator


class AidPackageQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "AidPackageQuerySet":
        """An agency its own; a facilitator and a kecamatan office those of groups in their villages."""
        if user.sees_everything:
            return self
        seen = Q(plan_line__plan__agency__in=user.staff_agency_ids)
        if offices := user.agency_ids(Role.DISTRICT_ADMIN):
            seen |= Q(group__village__district__office__in=offices)
        if user.has_role(Role.FACILITATOR):
            seen |= Q(group__village__in=villages_of_facilitator(user).order_by().values("pk"))
        return self.filter(seen)

    def handed_over(self) -> "AidPackageQuerySet":
        return self.filter(handed_on__isnull=False)

    def lasting(self) -> "AidPackageQuerySet":
        """What is there to be counted: handed over, and not used up by its use."""
        return self.handed_over().filter(consumable=False)

    def in_village(self, village: Village) -> "AidPackageQuerySet":
        return self.filter(group__village=village)

    def check_due(self, on: date) -> "AidPackageQuerySet":
        """With at least one check that is due on day ``on`` and not written down."""
        due = Q(pk__in=())
        for month in CHECK_MONTHS:
            due |= Q(handed_on__lte=latest_handover(on, month)) & ~Q(checks__month=month)
        return self.lasting().filter(due)

    def check_between(self, first: date, last: date) -> "AidPackageQuerySet":
        """With a check that falls due on one of these days and is not written down."""
        due, before = Q(pk__in=()), first - timedelta(days=1)
        for month in CHECK_MONTHS:
            handed = Q(handed_on__gt=latest_handover(before, month), handed_on__lte=latest_handover(last, month))
            due |= handed & ~Q(checks__month=month)
        return self.lasting().filter(due)

    def not_found(self) -> "AidPackageQuerySet":
        """With a check at which nobody could count."""
        lost = self.model._base_manager.filter(checks__isnull=False, checks__left=None).order_by()
        return self.filter(pk__in=lost.values("pk"))

    def arrived_short(self) -> "AidPackageQuerySet":
        """Of which less came than is written, or which was refused, as the holder of the BAST says."""
        said = Q(statements__condition="REFUSED") | Q(statements__arrived__lt=F("quantity"))
        return self.filter(said, statements__counts=True)

    def due_and_short(self, on: date) -> dict[str, int]:
        """How many have a check that is due, and of how many less came; one query."""
        due, short = (
            rows.filter(pk=OuterRef("pk")).order_by()
            for rows in (AidPackageQuerySet(self.model).check_due(on), AidPackageQuerySet(self.model).arrived_short())
        )
        marked = self.order_by().annotate(is_due=Exists(due), is_short=Exists(short))
        found = marked.aggregate(due=Count("pk", filter=Q(is_due=True)), short=Count("pk", filter=Q(is_short=True)))
        return {"due": found["due"], "short": found["short"]}

    def like(self, package: models.Model) -> "AidPackageQuerySet":
        """Others that a line of a plan may not have twice."""
        same = {name: getattr(package, name) for name in ("plan_line_id", "group_id", "item", "handover_no")}
        return self.filter(**same).exclude(pk=package.pk)

    def for_table(self) -> "AidPackageQuerySet":
        return self.select_related("plan_line__plan__agency", "plan_line__activity", "group__village__district")

    def with_checks(self) -> "AidPackageQuerySet":
        """Checks of all rows in one query."""
        return self.prefetch_related("checks")

    def matching(self, words: str) -> "AidPackageQuerySet":
        here = Q(group__name__icontains=words) | Q(group__village__name__icontains=words)
        return self.filter(here | Q(item__icontains=words) | Q(handover_no__icontains=words))
