"""What the treasury paid for the activities of a report, beside what the report says was spent.

An SP2D names an activity, a report has lines: so the lines of an activity are compared together. Village money is not
paid by an agency's SP2D and stays outside, and an activity of which a figure is missing differs from nothing: what is
not known is not zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from programs.framework.models import Activity
from programs.reporting.reports.sheets import FigureSheet, SheetRow
from programs.treasury.models import TreasuryEntry


@dataclass(frozen=True)
class PaidActivity:
    """One activity of a report with the sum of its SP2D up to the quarter's end; ``newest``: of any SP2D known."""

    rows: Sequence[SheetRow]
    paid: int
    until: date
    newest: date

    @property
    def activity(self) -> Activity:
        return self.rows[0].plan_line.activity

    @property
    def reported(self) -> int | None:
        """Of all its lines; None while one of them has no figure."""
        known = [row.spent for row in self.rows if row.spent is not None]
        return sum(known) if len(known) == len(self.rows) else None

    @property
    def difference(self) -> int | None:
        """By how much more is reported than paid."""
        return None if self.reported is None else self.reported - self.paid

    @property
    def differs(self) -> bool:
        return self.difference is not None and abs(self.difference) > settings.FINDING_TREASURY_RUPIAH


def paid_activities(sheet: FigureSheet) -> list[PaidActivity]:
    """Of every activity with money of the agency's budget; empty while no SP2D of its year is known. One query."""
    period = sheet.report.period
    paid = TreasuryEntry.objects.paid_to_date(sheet.report.agency_id, period.year, period.ends)
    if paid is None:
        return []
    by_activity: dict[int, list[SheetRow]] = {}
    for row in sheet.rows:
        if not row.is_village_money:
            by_activity.setdefault(row.plan_line.activity_id, []).append(row)
    return [PaidActivity(rows, paid.of(pk), period.ends, paid.newest) for pk, rows in by_activity.items()]
