"""How many findings a list of reports has, counted by the database: the queue names their kinds, not the lines.

The rules are those of ``findings``, which reads a report line by line to say what it found. Fifteen reports of three
hundred lines are too many lines for a list to read; a test holds both against each other.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connection
from django.db.models import Count, F, Min, Q

from programs.reporting.reports.models import ProgressReport
from programs.reporting.reports.parts import PLACE, ReportAttachment, ReportLine
from programs.reporting.reports.sheets import previous_reports
from programs.reporting.reports.shortages import short_places
from programs.reporting.reports.visited import Place, denied_places
from programs.reporting.verification.finding_sql import (
    codes_of_indicators,
    codes_of_lines,
    codes_of_payments,
    in_indicators,
    in_lines,
    in_payments,
)
from programs.reporting.verification.finding_words import findings_in_words
from programs.reporting.verification.findings import GOODS_SHORT, VISITED_OTHERWISE


@dataclass(frozen=True)
class FindingCount:
    """The findings of one report by kind."""

    by_code: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        return self.by_code.total()

    @property
    def summary(self) -> str:
        return findings_in_words(self.by_code)


def count_findings(reports: Sequence[ProgressReport]) -> dict[int, FindingCount]:
    """By the key of each of ``reports`` (with their periods loaded); seven queries however many they are.

    One more where a visit found work that had not begun, and one where goods came short.
    """
    counts = {report.pk: FindingCount() for report in reports}
    for report, code, number in _counted(reports):
        counts[report].by_code[code] = number
    for report in _idle_locations(reports):
        counts[report].by_code["idle_location"] += 1
    for report in _visited_otherwise(reports):
        counts[report].by_code[VISITED_OTHERWISE] += 1
    for report in _short_of_goods(reports):
        counts[report].by_code[GOODS_SHORT] += 1
    return counts


def _counted(reports: Sequence[ProgressReport]) -> list[tuple[int, str, int]]:
    """(report, code, number) of every kind that is found in a line, an activity or an indicator."""
    if not reports:
        return []
    previous = previous_reports(list(reports))
    desk = [
        (report.pk, previous[report.pk].pk if report.pk in previous else 0, report.agency_id, *_quarter(report))
        for report in reports
    ]
    keys = [key for row in desk for key in row]
    lines, payments, indicators = codes_of_lines(), codes_of_payments(), codes_of_indicators()
    return [
        *_numbers(in_lines(len(desk), lines), [*keys, ReportAttachment.Kind.PHOTO], lines),
        *_numbers(in_payments(len(desk), payments), keys, payments),
        *_numbers(in_indicators(len(desk), indicators), keys, indicators),
    ]


def _quarter(report: ProgressReport) -> tuple[int, int]:
    return report.period.year, report.period.number


def _numbers(statement: str, values: list, codes: Mapping[str, str]) -> list[tuple[int, str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows = cursor.fetchall()
    return [
        (report, code, number)
        for report, *numbers in rows
        for code, number in zip(codes, numbers, strict=True)
        if number
    ]


def _visited_otherwise(reports: Sequence[ProgressReport]) -> list[int]:
    """The report of each line with work of which the last visit says that nothing had begun."""
    return _reports_of_lines_at(denied_places(reports), physical_to_date__gt=settings.FINDING_VISIT_PHYSICAL_PERCENT)


def _short_of_goods(reports: Sequence[ProgressReport]) -> list[int]:
    """The report of each line of which goods came short or were refused."""
    return _reports_of_lines_at(short_places(reports))


def _reports_of_lines_at(places: Mapping[int, Collection[Place]], **stated: float) -> list[int]:
    """The report of each of its lines at ``places`` (by report), once a line; one query, none where there are none."""
    if not places:
        return []
    activities = {activity for found in places.values() for activity, _village in found}
    lines = ReportLine.objects.filter(report__in=places, carried="", plan_line__activity__in=activities, **stated)
    rows = lines.order_by().annotate(village=PLACE).values_list("report", "plan_line__activity", "village")
    return [report for report, activity, village in rows if (activity, village) in places[report]]


def _idle_locations(reports: Sequence[ProgressReport]) -> list[int]:
    """The report of each target location in force at the quarter's end whose work should have begun and has not."""
    last_month = {report.pk: report.period.ends.month for report in reports}
    location, ends = "plan_line__target_location", F("report__period__ends")
    in_force = Q(**{f"{location}__valid_until": None}) | Q(**{f"{location}__valid_until__gte": ends})
    worked = Q(spent_to_date__gt=0) | Q(physical_to_date__gt=0)
    idle = (
        ReportLine.objects.filter(in_force, report__in=last_month, **{f"{location}__valid_from__lte": ends})
        .order_by()
        .values("report", location)
        .annotate(begun=Count("pk", filter=worked), first_month=Min("plan_line__start_month"))
        .filter(begun=0)
    )
    return [report for report, month in idle.values_list("report", "first_month") if month <= last_month[report]]
