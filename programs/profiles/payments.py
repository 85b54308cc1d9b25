"""What the treasury paid for an activity, beside what its reports say was spent; for those who may read payments."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from p2emas.accounts.models import User
from programs.planning.models import PlanLine
from programs.treasury.models import TreasuryEntry

LISTED = 50  # entries that the page names, the newest first


@dataclass(frozen=True)
class ActivityPayments:
    """The SP2D of the activity of ``line``, which may have more lines; none are known to who may not read them."""

    line: PlanLine
    user: User | AnonymousUser

    @cached_property
    def entries(self) -> list[TreasuryEntry]:
        """The newest first; village money is not paid by an agency's SP2D."""
        if not isinstance(self.user, User) or self.line.is_village_money:
            return []
        return list(TreasuryEntry.objects.for_user(self.user).filter(activity=self.line.activity_id))

    @property
    def listed(self) -> list[TreasuryEntry]:
        return self.entries[:LISTED]

    @property
    def unlisted(self) -> int:
        return len(self.entries[LISTED:])

    @property
    def total(self) -> int:
        return sum(entry.amount for entry in self.entries)

    def until_quarter(self, number: int) -> int | None:
        """Cumulative since January; None while no entry of the activity is known."""
        if not self.entries:
            return None
        after = date(self.line.plan.year + number // 4, number % 4 * 3 + 1, 1)
        return sum(entry.amount for entry in self.entries if entry.paid_on < after)

    @cached_property
    def lines(self) -> int:
        """How many lines of the plan share what was paid."""
        return (
            PlanLine.objects.filter(plan=self.line.plan_id, activity=self.line.activity_id).in_program_budget().count()
        )

    @property
    def address(self) -> str:
        """The list of SP2D of this activity."""
        chosen: dict[str, Any] = {"tahun": self.line.plan.year, "skpd": self.line.plan.agency.code}
        return f"{reverse('treasury:payment-list')}?{urlencode(chosen | {'kegiatan': self.line.activity.code})}"
