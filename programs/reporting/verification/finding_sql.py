"""The rules of ``findings`` and ``indicator_findings`` as conditions of the database, and the statements that use them.

Both statements begin with the reports on the desk and their lines' figures in the report before.
"""

from django.conf import settings
from django.db import connection

from districts.locations.models import TargetLocation
from programs.framework.models import Activity, Indicator, IndicatorTarget
from programs.nomenclature.funds import Fund
from programs.planning.models import PlanLine
from programs.reporting.reports.models import ProgressReport, ReportingPeriod
from programs.reporting.reports.parts import IndicatorValue, ReportAttachment, ReportLine
from programs.treasury.models import TreasuryEntry

TABLES = {
    "lines": ReportLine,
    "plan_lines": PlanLine,
    "attachments": ReportAttachment,
    "reports": ProgressReport,
    "periods": ReportingPeriod,
    "given_values": IndicatorValue,
    "indicators": Indicator,
    "targets": IndicatorTarget,
    "activities": Activity,
    "locations": TargetLocation,
    "entries": TreasuryEntry,
    "funds": Fund,
}


def _quoted(codes: tuple[str, ...]) -> str:
    """A list of codes of this program for a condition; nothing that anybody typed."""
    return ", ".join(f"'{code}'" for code in codes)


# The hundredths are whole numbers on both databases, where SQLite keeps 45.5 as a floating one; "numeric" leaves whole
# numbers exact on SQLite and has no end on PostgreSQL, where the product of two bigints could be too large for one.
def codes_of_lines() -> dict[str, str]:
    return {
        "over_budget": "now.spent_to_date > plan.amount",
        "money_falls": "now.spent_to_date < old.spent_to_date",
        "physical_falls": "now.physical_to_date < old.physical_to_date",
        "money_ahead": "plan.amount > 0 AND CAST(now.spent_to_date AS numeric) * 10000 > CAST(plan.amount AS numeric)"
        " * (CAST(ROUND(now.physical_to_date * 100) AS integer)"
        f" + {settings.FINDING_MONEY_AHEAD_POINTS * 100})",
        "physical_jump": "CAST(ROUND(now.physical_to_date * 100) AS integer)"
        f" - CAST(ROUND(old.physical_to_date * 100) AS integer) > {settings.FINDING_PHYSICAL_JUMP_POINTS * 100}",
        "no_photo": "now.physical_to_date > COALESCE(old.physical_to_date, 0) AND photo.line_id IS NULL"
        f" AND plan.chain_link IN ({_quoted(PlanLine.PHYSICAL_LINKS)})",
        "no_value": "now.nil_reason = '' AND (now.spent_to_date IS NULL OR now.physical_to_date IS NULL)",
    }


# "version" walks from the plan line of each line back through the versions that it continues, until one is in the
# report before; UNION forgets what came already, so that even a ring of versions ends. SQLite joins in the order of a
# CROSS JOIN: left to itself it begins with the lines of all years.
BEGINNING = """
WITH RECURSIVE desk (report, previous, agency, year, number) AS (VALUES {pairs}),
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
"""

IN_LINES = """
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
WHERE now.report_id = desk.report AND plan.id = now.plan_line_id AND now.carried = ''
GROUP BY now.report_id
"""


def _statement(reports: int, codes: dict[str, str], statement: str, **words: str) -> str:
    names = {name: connection.ops.quote_name(model._meta.db_table) for name, model in TABLES.items()}
    counts = ", ".join(f"COUNT(CASE WHEN {rule} THEN 1 END)" for rule in codes.values())
    pairs = ", ".join(["(%s, %s, %s, %s, %s)"] * reports)
    return (BEGINNING + statement).format(pairs=pairs, counts=counts, **names, **words)


def in_lines(reports: int, codes: dict[str, str]) -> str:
    """Counts of ``codes`` by report; its values are the rows of the desk and the kind of a photo."""
    return _statement(reports, codes, IN_LINES)


# --- Payments ---------------------------------------------------------------------------------------------------------


def codes_of_payments() -> dict[str, str]:
    return {"paid_otherwise": f"ABS(said.spent - COALESCE(paid.amount, 0)) > {settings.FINDING_TREASURY_RUPIAH}"}


# An activity counts where all its lines have a figure, in a report of whose agency and year any entry is known.
IN_PAYMENTS = """
said AS (
    SELECT desk.report, plan.activity_id AS activity, SUM(now.spent_to_date) AS spent
    FROM desk CROSS JOIN {lines} now CROSS JOIN {plan_lines} plan
    WHERE now.report_id = desk.report AND plan.id = now.plan_line_id AND NOT EXISTS (
        SELECT 1 FROM {funds} fund WHERE fund.code = plan.fund AND NOT fund.counts_in_absorption
    )
    GROUP BY desk.report, plan.activity_id
    HAVING COUNT(now.spent_to_date) = COUNT(*)
),
paid AS (
    SELECT desk.report, entry.activity_id AS activity,
        SUM(CASE WHEN entry.paid_on <= period.ends THEN entry.amount ELSE 0 END) AS amount
    FROM desk CROSS JOIN {periods} period CROSS JOIN {entries} entry
    WHERE period.year = desk.year AND period.number = desk.number
        AND entry.agency_id = desk.agency AND entry.year = desk.year
    GROUP BY desk.report, entry.activity_id
)
SELECT said.report, {counts}
FROM said
LEFT JOIN paid ON paid.report = said.report AND paid.activity = said.activity
WHERE EXISTS (SELECT 1 FROM paid known WHERE known.report = said.report)
GROUP BY said.report
"""


def in_payments(reports: int, codes: dict[str, str]) -> str:
    """Counts of ``codes`` by report; its values are the rows of the desk."""
    return _statement(reports, codes, IN_PAYMENTS)


# --- Indicators -------------------------------------------------------------------------------------------------------

# Values are whole thousandths and the work whole hundredths, so that equal ones are equal on both databases. An unknown
# value makes its condition unknown, which counts as not found.
ADDS_UP = f"measured.formula = '{Indicator.Formula.INCREASING}'"
SHRINKS = f"measured.formula = '{Indicator.Formula.DECREASING}'"
IS_OUTPUT = f"measured.activity_id IS NOT NULL AND NOT {SHRINKS} AND measured.ledger = '{Indicator.Ledger.PROGRESS}'"
LAST = "COALESCE(earlier.third, earlier.second, earlier.first)"
SUM_BEFORE = "COALESCE(earlier.first, earlier.second, earlier.third)"  # whether any is known
ADDED = "COALESCE(earlier.first, 0) + COALESCE(earlier.second, 0) + COALESCE(earlier.third, 0)"
TO_DATE = (
    f"CASE WHEN NOT {ADDS_UP} THEN COALESCE(given.value, {LAST})"
    f" WHEN given.value IS NOT NULL OR {SUM_BEFORE} IS NOT NULL THEN COALESCE(given.value, 0) + {ADDED} END"
)
FINISHED = "work.lines > 0 AND work.finished = work.lines"
WITHOUT_OUTPUT = f"({FINISHED} AND COALESCE({TO_DATE}, 0) = 0)"


def codes_of_indicators() -> dict[str, str]:
    over, ahead = settings.FINDING_OVER_TARGET_PERCENT, settings.FINDING_WORK_AHEAD_POINTS * 100
    start = f"CASE WHEN {ADDS_UP} THEN 0 ELSE COALESCE({LAST}, ROUND(goal.baseline * 1000), 0) END"
    change = f"CASE WHEN {ADDS_UP} THEN given.value ELSE given.value - {LAST} END"
    target = "ROUND(goal.target * 1000)"
    return {
        "indicator_worse": f"NOT {ADDS_UP} AND ({SHRINKS} AND given.value > {LAST}"
        f" OR NOT {SHRINKS} AND given.value < {LAST})",
        "indicator_jumps": f"ABS({change}) > ROUND(measured.largest_change * 1000)",
        "over_target": f"NOT {SHRINKS} AND goal.target > 0 AND ({TO_DATE}) * 100 > {target} * {over}",
        "output_without_work": f"{IS_OUTPUT} AND work.lines = work.known AND work.moved = 0"
        f" AND work.finished < work.lines AND given.value > {start}",
        "work_ahead": f"{IS_OUTPUT} AND work.lines = work.known AND work.weight > 0 AND goal.target > 0"
        f" AND NOT {WITHOUT_OUTPUT} AND work.weighed / work.weight - ({TO_DATE}) * 10000.0 / {target} > {ahead}",
        "finished_without_output": f"{IS_OUTPUT} AND {WITHOUT_OUTPUT}",
    }


# "work" has the lines of an activity by village, and under village 0 all of them. A value whose target is gone, or
# whose work is in no line, has no row on the pages of a report and does not count here either.
IN_INDICATORS = """
given AS MATERIALIZED (
    SELECT desk.report, desk.year, value.indicator_id AS indicator, COALESCE(value.village_id, 0) AS village,
        ROUND(value.value * 1000) AS value
    FROM desk CROSS JOIN {given_values} value
    WHERE value.report_id = desk.report
),
line AS MATERIALIZED (
    SELECT desk.report, plan.activity_id AS activity, plan.amount,
        COALESCE(place.village_id, plan.other_village_id) AS village,
        ROUND(now.physical_to_date * 100) AS physical,
        CASE WHEN now.physical_to_date > COALESCE(old.physical_to_date, 0) THEN 1 END AS moved
    FROM desk
    CROSS JOIN {lines} now
    CROSS JOIN {plan_lines} plan
    LEFT JOIN {locations} place ON place.id = plan.target_location_id
    LEFT JOIN old ON old.line = now.id
    WHERE now.report_id = desk.report AND plan.id = now.plan_line_id AND now.carried = ''
),
placed AS (
    SELECT report, activity, 0 AS village, amount, physical, moved FROM line
    UNION ALL
    SELECT report, activity, village, amount, physical, moved FROM line
    WHERE village IN (SELECT village FROM given WHERE village > 0)
),
work AS MATERIALIZED (
    SELECT report, activity, village, COUNT(*) AS lines, COUNT(physical) AS known, COUNT(moved) AS moved,
        COUNT(CASE WHEN physical = 10000 THEN 1 END) AS finished,
        SUM(amount * 1.0) AS weight, SUM(amount * 1.0 * physical) AS weighed
    FROM placed GROUP BY report, activity, village
),
served AS (
    SELECT DISTINCT work.report, activity.outcome_id AS outcome, work.village
    FROM work CROSS JOIN {activities} activity
    WHERE activity.id = work.activity AND work.village > 0
),
earlier AS (
    SELECT desk.report, value.indicator_id AS indicator, COALESCE(value.village_id, 0) AS village,
        MAX(CASE period.number WHEN 1 THEN ROUND(value.value * 1000) END) AS first,
        MAX(CASE period.number WHEN 2 THEN ROUND(value.value * 1000) END) AS second,
        MAX(CASE period.number WHEN 3 THEN ROUND(value.value * 1000) END) AS third
    FROM desk
    CROSS JOIN {periods} period
    CROSS JOIN {reports} sent
    CROSS JOIN {given_values} value
    WHERE period.year = desk.year AND period.number < desk.number AND sent.period_id = period.id
        AND sent.agency_id = desk.agency AND sent.status NOT IN ({not_sent}) AND value.report_id = sent.id
    GROUP BY desk.report, value.indicator_id, COALESCE(value.village_id, 0)
)
SELECT given.report, {counts}
FROM given
CROSS JOIN {indicators} measured
LEFT JOIN earlier
    ON earlier.report = given.report AND earlier.indicator = given.indicator AND earlier.village = given.village
LEFT JOIN work
    ON work.report = given.report AND work.activity = measured.activity_id AND work.village = given.village
LEFT JOIN {targets} goal
    ON goal.indicator_id = given.indicator AND goal.year = given.year AND COALESCE(goal.village_id, 0) = given.village
WHERE measured.id = given.indicator
    AND (goal.id IS NOT NULL OR given.village = 0 AND NOT EXISTS (
        SELECT 1 FROM {targets} other WHERE other.indicator_id = given.indicator AND other.year = given.year
    ))
    AND (
        work.report IS NOT NULL
        OR EXISTS (
            SELECT 1 FROM work found WHERE found.report = given.report AND found.activity = measured.activity_id
        )
        OR EXISTS (
            SELECT 1 FROM served
            WHERE served.report = given.report AND served.outcome = measured.outcome_id
                AND served.village = given.village
        )
    )
GROUP BY given.report
"""


def in_indicators(reports: int, codes: dict[str, str]) -> str:
    """Counts of ``codes`` by report; its values are the rows of the desk."""
    return _statement(reports, codes, IN_INDICATORS, not_sent=_quoted(ProgressReport.NOT_RECEIVED))
