"""How many findings a list of reports has, counted by the database: the queue names their kinds, not the lines.

The rules are those of ``findings``, which reads a report line by line to say what it found. Fifteen reports of three
hundred lines are too many lines for a list to read; a test holds both against each other.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Count, F, Min, Q

from programs.planning.models import PlanLine
from programs.reporting.reports.models import ProgressReport
from programs.reporting.reports.parts import ReportAttachment, ReportLine
from programs.reporting.reports.sheets import previous_reports
from programs.reporting.verification.finding_words import findings_in_words
from programs.reporting.verification.findings import MONEY_AHEAD_POINTS, PHYSICAL_JUMP_POINTS


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
    """By the key of each of ``reports`` (with their periods loaded); three queries however many they are."""
    counts = {report.pk: FindingCount() for report in reports}
    for report, code, number in _of_lines(reports):
        counts[report].by_code[code] = number
    for report in _idle_locations(reports):
        counts[report].by_code["idle_location"] += 1
    return counts


# The hundredths are whole numbers on both databases, where SQLite keeps 45.5 as a floating one; "numeric" leaves whole
# numbers exact on SQLite and has no end on PostgreSQL, where the product of two bigints could be too large for one.
CODES = {
    "over_budget": "now.spent_to_date > plan.amount",
    "money_falls": "now.spent_to_date < old.spent_to_date",
    "physical_falls": "now.physical_to_date < old.physical_to_date",
    "money_ahead": "plan.amount > 0 AND CAST(now.spent_to_date AS numeric) * 10000 > CAST(plan.amount AS numeric)"
    f" * (CAST(ROUND(now.physical_to_date * 100) AS integer) + {MONEY_AHEAD_POINTS * 100})",
    "physical_jump": "CAST(ROUND(now.physical_to_date * 100) AS integer)"
    f" - CAST(ROUND(old.physical_to_date * 100) AS integer) > {PHYSICAL_JUMP_POINTS * 100}",
    "no_photo": "now.physical_to_date > COALESCE(old.physical_to_date, 0) AND photo.line_id IS NULL",
    "no_value": "now.nil_reason = '' AND (now.spent_to_date IS NULL OR now.physical_to_date IS NULL)",
}

# "version" walks from the plan line of each line back through the versions that it continues, until one is in the
# report before; UNION forgets what came already, so that even a ring of versions ends. SQLite joins in the order of a
# CROSS JOIN: left to itself it begins with the lines of all years.
STATEMENT = """
WITH RECURSIVE desk (report, previous) AS (VALUES {pairs}),
version (line, previous, plan_line) AS (
    SELECT line.id, desk.previous, line.plan_line_id
    FROM desk CROSS JOIN {lines} line
    WHERE line.report_id = desk.report AND desk.previous > 0
    UNION
    SELECT version.line, version.previous, plan.continues_id
    FROM version CROSS JOIN {plan_lines} plan
    WHERE plan.id = version.plan_line AND plan.continues_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM {lines} known
        WHERE known.report_id = version.previous AND known.plan_line_id = version.plan_line
    )
),
old AS (
    SELECT version.line, known.spent_to_date, known.physical_to_date
    FROM version CROSS JOIN {lines} known
    WHERE known.report_id = version.previous AND known.plan_line_id = version.plan_line
),
photo AS (
    SELECT DISTINCT file.line_id
    FROM desk CROSS JOIN {lines} line CROSS JOIN {attachments} file
    WHERE line.report_id = desk.report AND file.line_id = line.id AND file.kind = %s
)
SELECT now.report_id, {counts}
FROM desk
CROSS JOIN {lines} now
CROSS JOIN {plan_lines} plan
LEFT JOIN old ON old.line = now.id
LEFT JOIN photo ON photo.line_id = now.id
WHERE now.report_id = desk.report AND plan.id = now.plan_line_id
GROUP BY now.report_id
"""


def _of_lines(reports: Sequence[ProgressReport]) -> list[tuple[int, str, int]]:
    """(report, code, number) of every kind that is found in a line."""
    previous = previous_reports(list(reports))
    pairs = [(report.pk, previous[report.pk].pk if report.pk in previous else 0) for report in reports]
    if not pairs:
        return []
    tables = {"lines": ReportLine, "plan_lines": PlanLine, "attachments": ReportAttachment}
    names = {name: connection.ops.quote_name(model._meta.db_table) for name, model in tables.items()}
    counts = ", ".join(f"COUNT(CASE WHEN {rule} THEN 1 END)" for rule in CODES.values())
    statement = STATEMENT.format(pairs=", ".join(["(%s, %s)"] * len(pairs)), counts=counts, **names)
    with connection.cursor() as cursor:
        cursor.execute(statement, [*(key for pair in pairs for key in pair), ReportAttachment.Kind.PHOTO])
        rows = cursor.fetchall()
    return [
        (report, code, number)
        for report, *numbers in rows
        for code, number in zip(CODES, numbers, strict=True)
        if number
    ]


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
