"""The reads of quarters and reports, by name."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q

from p2emas.accounts.models import User
from p2emas.documents.models import Receipt


def _number_of(reports: "ProgressReportQuerySet") -> models.Subquery:
    return models.Subquery(reports.values("period").annotate(n=models.Count("pk")).values("n"))


class ReportingPeriodQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "ReportingPeriodQuerySet":
        """Which quarters are open is no secret to anybody who signs in."""
        return self

    def of_year(self, year: int | None) -> "ReportingPeriodQuerySet":
        """The quarters of a year in their order."""
        return self.filter(year=year).order_by("number")

    def years(self) -> list[int]:
        """Years in which a quarter was opened, the latest first."""
        return list(self.order_by("-year").values_list("year", flat=True).distinct())

    def due_between(self, first: date, last: date) -> "ReportingPeriodQuerySet":
        return self.filter(due_on__range=(first, last))

    def ending_between(self, first: date, last: date) -> "ReportingPeriodQuerySet":
        return self.filter(ends__range=(first, last))

    def for_table(self, reports: "ProgressReportQuerySet") -> "ReportingPeriodQuerySet":
        """With the number of ``reports`` (those that the reader may see) and how many of them came."""
        of_period = reports.order_by().filter(period=models.OuterRef("pk"))
        return self.annotate(expected=_number_of(of_period), received=_number_of(of_period.received()))


class ProgressReportQuerySet(models.QuerySet[Any]):
    def for_user(self, user: User) -> "ProgressReportQuerySet":
        """An agency sees its own reports; coordinators, leaders and the auditor see all."""
        if not user.is_authenticated:
            return self.none()
        return self if user.sees_everything else self.filter(agency__in=user.staff_agency_ids)

    def published(self) -> "ProgressReportQuerySet":
        """Reports whose figures are public: approved ones, and those that are corrected, as they were approved."""
        return self.filter(Q(status__in=self.model.APPROVED_STATES) | Q(kept__isnull=False))

    def locked(self) -> "ProgressReportQuerySet":
        return self.filter(status=self.model.Status.LOCKED)

    def of_period(self, period: models.Model) -> "ProgressReportQuerySet":
        return self.filter(period=period)

    def without_plan(self) -> "ProgressReportQuerySet":
        return self.filter(plan=None)

    def among(self, pks: Collection[int]) -> "ProgressReportQuerySet":
        return self.filter(pk__in=pks)

    def awaiting_verification(self) -> "ProgressReportQuerySet":
        return self.filter(status__in=self.model.ON_DESK)

    def overdue(self, on: date) -> "ProgressReportQuerySet":
        """Not received although the due date has passed on day ``on``; one that was sent back did come."""
        return self.filter(~self._received(), due_on__lt=on)

    def due_between(self, first: date, last: date) -> "ProgressReportQuerySet":
        return self.filter(due_on__range=(first, last))

    def moved(self) -> "ProgressReportQuerySet":
        """Reports whose due date is not that of their quarter."""
        return self.exclude(due_on=F("period__due_on"))

    def received(self) -> "ProgressReportQuerySet":
        """As ``ProgressReport.received_on`` says it: sent, and not withdrawn since."""
        return self.filter(self._received())

    def _received(self) -> Q:
        return Q(first_submitted_at__isnull=False) & ~Q(status__in=self.model.NOT_RECEIVED)

    def late(self, on: date) -> "ProgressReportQuerySet":
        """Came after the due date, or has not come although it has passed on day ``on``."""
        received = self._received()
        return self.filter((received & Q(first_submitted_at__date__gt=F("due_on"))) | (~received & Q(due_on__lt=on)))

    def count_by_status(self) -> list[tuple[str, str, int]]:
        """(code, word, number) of every state that occurs, in the order of the chain."""
        counts = dict(self.order_by().values_list("status").annotate(models.Count("pk")))
        return [(code, word, counts[code]) for code, word in self.model.Status.choices if code in counts]

    def of_quarter(self, year: int, quarter: int) -> "ProgressReportQuerySet":
        return self.filter(period__year=year, period__number=quarter)

    def numbered(self, year: str | None, quarter: str | None, pk: int) -> "ProgressReportQuerySet":
        """The report with this number; year and quarter are part of it when they were written."""
        found = self.filter(pk=pk)
        return found.of_quarter(int(year), int(quarter)) if year and quarter else found

    def for_table(self) -> "ProgressReportQuerySet":
        """What a row of a list shows, and nothing more."""
        return self.select_related("agency", "period").only(
            "status",
            "due_on",
            "submitted_at",
            "first_submitted_at",
            "decided_at",
            "is_sample",
            "agency__code",
            "agency__name",
            "agency__short_name",
            "period__year",
            "period__number",
        )

    def for_page(self) -> "ProgressReportQuerySet":
        return self.select_related("agency", "period", "plan", "submitted_by", "decided_by", "claimed_by")

    def counts_of(self, report: models.Model) -> tuple[int, int]:
        """How many obstacles and how many files one report has."""
        both = (models.Count("obstacles", distinct=True), models.Count("attachments", distinct=True))
        return self.order_by().values_list(*both).get(pk=report.pk)

    def with_receipt(self) -> "ProgressReportQuerySet":
        """Each with its truth value ``has_receipt``."""
        kind = ContentType.objects.get_for_model(self.model)
        receipts = Receipt.objects.filter(content_type=kind, object_id=models.OuterRef("pk"))
        return self.annotate(has_receipt=models.Exists(receipts))
