"""Rows of the list of reports: what its table shows, read without models, of which a row would need three."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TypedDict

from p2emas.ui.formats import quarter_short
from programs.reporting.reports.models import ProgressReport


class ReportRow(TypedDict):
    """One report of the list. A dictionary, since a template finds its keys at the first attempt."""

    pk: int
    number: str
    status: str
    agency: str
    period: str
    due_on: date
    sent_at: datetime | None
    late: bool


class FoundRow(TypedDict):
    """A report as the database gives it."""

    pk: int
    status: str
    due_on: date
    first_submitted_at: datetime | None
    agency__short_name: str
    period__year: int
    period__number: int


FIELDS = tuple(FoundRow.__annotations__)


def report_rows(found: Iterable[FoundRow], today: date) -> list[ReportRow]:
    """The rows of one page, each with its flag ``late`` as of ``today``."""
    return [_row(each, today) for each in found]


def _row(found: FoundRow, today: date) -> ReportRow:
    year, quarter = found["period__year"], found["period__number"]
    return {
        "pk": found["pk"],
        "number": ProgressReport.number_of(year, quarter, found["pk"]),
        "status": found["status"],
        "agency": found["agency__short_name"],
        "period": quarter_short(year, quarter),
        "due_on": found["due_on"],
        "sent_at": found["first_submitted_at"],
        "late": ProgressReport.late_on(today, found["status"], found["first_submitted_at"], found["due_on"]),
    }
