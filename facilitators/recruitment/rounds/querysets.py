"""Which rounds somebody sees, and the questions that pages ask of them."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q

from p2emas.accounts.models import User


class RecruitmentRoundQuerySet(models.QuerySet[Any]):
    def for_user(self, user: User) -> "RecruitmentRoundQuerySet":
        """Everybody's from its publication on; before that of those who see everything and of its panel."""
        if not user.is_authenticated:
            return self.public()
        if user.sees_everything:
            return self
        return self.filter(Q(status__in=self.model.PUBLIC) | Q(pk__in=user.panel_seats.values("round")))

    def public(self) -> "RecruitmentRoundQuerySet":
        return self.filter(status__in=self.model.PUBLIC)

    def going_on(self) -> "RecruitmentRoundQuerySet":
        """Without those that were called off."""
        return self.exclude(status=self.model.Status.CANCELLED)

    def announced(self) -> "RecruitmentRoundQuerySet":
        return self.filter(status=self.model.Status.ANNOUNCED)

    def unfinished(self) -> "RecruitmentRoundQuerySet":
        return self.filter(status__in=self.model.UNFINISHED)

    def accepting(self, at: datetime) -> "RecruitmentRoundQuerySet":
        """Rounds that take applications at the moment ``at``, exact to the second."""
        return self.filter(status=self.model.Status.PUBLISHED, opens_at__lte=at, closes_at__gt=at)

    def in_office(self, user: User) -> "RecruitmentRoundQuerySet":
        """Those whose pages of the office ``user`` may open: all, or the rounds of their seats."""
        return self if user.sees_everything else self.seated(user)

    def seated(self, user: User) -> "RecruitmentRoundQuerySet":
        return self.filter(seats__user=user)

    def unseated(self, user: User) -> "RecruitmentRoundQuerySet":
        """Rounds in which no seat hides from ``user`` what the roles show."""
        return self.exclude(pk__in=user.panel_seats.values("round"))

    def for_table(self) -> Self:
        """Without what the result was computed from, which a list does not show."""
        return self.defer("inputs", "results")

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

    def decreed(self, draft: models.Model | None) -> Self:
        """Decided ones that no decree names yet, and those of ``draft``."""
        decided = Q(decree=None, status__in=self.model.SETTLED, accepted__gt=0)
        return self.for_decree().filter(decided | Q(decree=draft) if draft else decided).order_by("name", "pk")

    def for_decree(self) -> Self:
        """With its minutes and how many were ``accepted``, without what the result was computed from."""
        accepted = models.Count("applications", filter=Q(applications__status="ACCEPTED"))
        return self.for_table().select_related("minutes").annotate(accepted=accepted).order_by("pk")

    def to_announce(self) -> Self:
        return self.filter(status=self.model.Status.DECIDED).for_table()

    def without(self, record: models.Model) -> Self:
        return self.exclude(pk=record.pk)
