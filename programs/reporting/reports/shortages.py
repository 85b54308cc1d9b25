"""Goods that a report's lines pay for and that came short or were refused, as the holder of the BAST says.

A package names a line of one version of the plan, a report those of its own; an activity is one in all versions. What
is meant is what is open now: a later answer to a new code that says that all came ends it.
"""

from collections.abc import Sequence

from django.db.models import Q

from p2emas.ui import formats
from programs.aid.handover import HolderStatement
from programs.planning.models import PlanLine
from programs.reporting.reports.models import ProgressReport
from programs.reporting.reports.sheets import FigureSheet
from programs.reporting.reports.visited import Place

NAMED_PACKAGES = 3  # of one line, in a sentence


def short_rows(sheet: FigureSheet) -> dict[int, list[HolderStatement]]:
    """By the number of each line of which goods came short; one query."""
    report = sheet.report
    places = short_places([report]).get(report.pk, {})
    found = {}
    for row in sheet.activities:
        village = row.plan_line.village
        if said := places.get((row.plan_line.activity_id, village.pk if village else None)):
            found[row.number] = said
    return found


def short_places(reports: Sequence[ProgressReport]) -> dict[int, dict[Place, list[HolderStatement]]]:
    """By the key of each of ``reports`` (with periods): what came short of its year, where; one query."""
    if not reports:
        return {}
    said = _statements(reports)
    found: dict[int, dict[Place, list[HolderStatement]]] = {}
    for report in reports:
        places: dict[Place, list[HolderStatement]] = {}
        for statement in said:
            if _is_of(statement, report):
                places.setdefault(_work_place(statement.package.plan_line), []).append(statement)
        if places:
            found[report.pk] = places
    return found


def _statements(reports: Sequence[ProgressReport]) -> list[HolderStatement]:
    last = max(report.period.ends for report in reports)
    found = HolderStatement.objects.short().filter(
        Q(package__handed_on=None) | Q(package__handed_on__lte=last),
        package__plan_line__plan__agency__in={report.agency_id for report in reports},
        package__plan_line__plan__year__in={report.period.year for report in reports},
    )
    named = found.select_related("package__group", "package__plan_line__plan", "package__plan_line__target_location")
    return list(named.order_by("stated_at", "pk"))


def _work_place(line: PlanLine) -> Place:
    location = line.target_location
    return line.activity_id, location.village_id if location else line.other_village_id


def _is_of(statement: HolderStatement, report: ProgressReport) -> bool:
    package = statement.package
    plan = package.plan_line.plan
    if (plan.agency_id, plan.year) != (report.agency_id, report.period.year):
        return False
    return package.handed_on is None or package.handed_on <= report.period.ends


def short_in_words(said: Sequence[HolderStatement]) -> str:
    """For the finding at the desk and for the agency's check page alike."""
    told = "; ".join(_words(each) for each in said[:NAMED_PACKAGES])
    more = f"; dan {len(said) - NAMED_PACKAGES} paket lainnya" if len(said) > NAMED_PACKAGES else ""
    return f"Menurut pemegang BAST: {told}{more}."


def _words(statement: HolderStatement) -> str:
    package = statement.package
    if statement.condition == HolderStatement.Condition.REFUSED:
        return f"{package.item} untuk {package.group} ditolak"
    came, written = formats.number(statement.arrived), formats.number(package.quantity)
    return f"{package.item} untuk {package.group} datang {came} dari {written} {package.unit}"
