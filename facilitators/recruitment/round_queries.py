"""Which rounds somebody sees, and the questions that pages ask of them."""

from datetime import datetime

from django.db.models import Q

from facilitators.recruitment.office_queries import RoundsInOffice
from p2emas.accounts.models import User


class RecruitmentRoundQuerySet(RoundsInOffice):
    def for_user(self, user: User) -> "RecruitmentRoundQuerySet":
        """Everybody's from its publication on; before that of those who see everything and of its panel."""
        if not user.is_authenticated:
            return self.public()
        if user.sees_everything:
            return self
        return self.filter(Q(status__in=self.model.PUBLIC) | Q(pk__in=user.panel_seats.values("round")))

    def public(self) -> "RecruitmentRoundQuerySet":
        return self.filter(status__in=self.model.PUBLIC)

    def announced(self) -> "RecruitmentRoundQuerySet":
        return self.filter(status=self.model.Status.ANNOUNCED)

    def unfinished(self) -> "RecruitmentRoundQuerySet":
        return self.filter(status__in=self.model.UNFINISHED)

    def accepting(self, at: datetime) -> "RecruitmentRoundQuerySet":
        """Rounds that take applications at the moment ``at``, exact to the second."""
        return self.filter(status=self.model.Status.PUBLISHED, opens_at__lte=at, closes_at__gt=at)

    def in_office(self, user: User) -> "RecruitmentRoundQuerySet":
        """Those whose pages of the office ``user`` may open: all, or the rounds of the own seats."""
        return self if user.sees_everything else self.seated(user)

    def seated(self, user: User) -> "RecruitmentRoundQuerySet":
        return self.filter(seats__user=user)

    def unseated(self, user: User) -> "RecruitmentRoundQuerySet":
        """Rounds in which no seat stands between ``user`` and what the roles show."""
        return self.exclude(pk__in=user.panel_seats.values("round"))

    def for_table(self) -> "RecruitmentRoundQuerySet":
        """Without what the result was computed from, which a list does not show."""
        return self.defer("inputs", "results")
