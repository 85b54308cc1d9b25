"""Reads of rounds and applications that only the office's pages ask for; the models themselves stand above."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q

from p2emas.accounts.models import User


class RoundsInOffice(models.QuerySet):
    def for_office(self) -> Self:
        """With its seats, which decide on every page what may be seen."""
        return self.defer("inputs", "results").prefetch_related("seats")

    def search(self, text: str) -> Self:
        text = text.strip()
        return self.filter(Q(name__icontains=text) | Q(code__icontains=text)) if text else self

    def in_state(self, status: str) -> Self:
        return self.filter(status=status) if status else self

    def with_counts(self) -> Self:
        """``sought``: how many facilitators the round looks for."""
        return self.annotate(sought=models.Sum("places__number"))

    def announced(self) -> Self:
        return self.filter(status=self.model.Status.ANNOUNCED)

    def selecting(self) -> Self:
        return self.filter(status=self.model.Status.SELECTION)

    def checking(self) -> Self:
        return self.filter(status__in=self.model.CHECKING)

    def overdue(self, at: datetime) -> Self:
        """Published ones whose closing time is over."""
        return self.filter(status=self.model.Status.PUBLISHED, closes_at__lte=at)

    def to_decide(self, user: User) -> Self:
        """What waits for a head who did not submit it."""
        return self.filter(status=self.model.Status.SUBMITTED).exclude(submitted_by=user)

    def to_announce(self) -> Self:
        return self.filter(status=self.model.Status.DECIDED).for_table()

    def besides(self, record: models.Model) -> Self:
        return self.exclude(pk=record.pk)


class ApplicationsInOffice(models.QuerySet):
    def of_round(self, record: models.Model) -> Self:
        return self.filter(round=record)

    def of_seats(self, user: User) -> Self:
        """Of the rounds in which ``user`` has a seat."""
        return self.filter(round__in=user.panel_seats.values("round"))

    def numbered(self, number: str) -> Any:
        return self.filter(number__iexact=number).first()

    def search(self, text: str) -> Self:
        """By number or name."""
        text = text.strip()
        return self.filter(Q(number__icontains=text) | Q(name__icontains=text)) if text else self

    def tested(self) -> Self:
        """Who takes the written test, with who passed, failed or missed it."""
        out = Q(status=self.model.Status.REJECTED, rejected_for__in=("TEST", "ABSENT"))
        return self.filter(Q(status__in=self.model.SCORED) | out)

    def to_hear(self) -> Self:
        """Who has an interview or is to get one."""
        return self.filter(status__in=(self.model.Status.PASSED_TEST, self.model.Status.INVITED))

    def interviewed(self) -> Self:
        """Who had an interview, whatever came of it."""
        return self.filter(interviews__isnull=False).distinct()

    def for_tests(self) -> Self:
        return self.select_related("round", "test_score").order_by("number", "pk")

    def awaiting_check(self, at: datetime) -> Self:
        """Sent, or with missing papers whose deadline is over at the moment ``at``."""
        sent, incomplete = self.model.Status.SENT, self.model.Status.INCOMPLETE
        return self.filter(Q(status=sent) | Q(status=incomplete, complete_by__lte=at))

    def still_there(self) -> Self:
        return self.exclude(status=self.model.Status.WITHDRAWN)

    def wishing(self, place: models.Model | None) -> Self:
        """Who named ``place`` among the wishes."""
        return self.filter(wishes__place=place) if place else self

    def next_after(self, other: Any) -> Any:
        """The next by number, beginning again at the first; never ``other`` itself."""
        rows = self.select_related("round").order_by("number", "pk")
        if other is None:
            return rows.first()
        rows = rows.exclude(pk=other.pk)
        return rows.filter(number__gt=other.number).first() or rows.first()

    def for_page(self) -> Self:
        rows = self.select_related("round", "home_village__district", "home_district")
        return rows.prefetch_related("round__seats")

    def for_export(self) -> Self:
        return self.select_related("home_village__district", "home_district").order_by("number", "pk")
