"""What waits for a decision, by the role that takes it: asked when somebody of that role is away."""

from collections.abc import Iterator

from districts.competencies.models import CompetencyDetermination
from districts.locations.rounds.models import SelectionRound
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas.accounts.roles import Role
from p2emas.staffing.absence_page import OpenDecision, waiting_decisions
from programs.planning.models import WorkPlan
from programs.reporting.reports.models import ProgressReport


@waiting_decisions.provide
def decisions_of_role(role: str) -> list[OpenDecision]:
    """The big three for heads; reports and plans for every coordinator."""
    found = list(_of_heads()) if role == Role.COORDINATOR_HEAD else []
    return [*found, *_of_coordinators()]


def _of_heads() -> Iterator[OpenDecision]:
    for row in CompetencyDetermination.objects.filter(status="SUBMITTED").select_related("district"):
        yield OpenDecision(row, "decide", f"Kompetensi inti {row.district} {row.year}", is_grave=True)
    for selection in SelectionRound.objects.filter(status="SUBMITTED"):
        yield OpenDecision(selection, "decide", f"Lokasi: {selection}", is_grave=True)
    for recruitment in RecruitmentRound.objects.filter(status="SUBMITTED"):
        yield OpenDecision(recruitment, "decide", f"Pendamping: {recruitment}", is_grave=True)


def _of_coordinators() -> Iterator[OpenDecision]:
    for report in ProgressReport.objects.awaiting_verification().select_related("agency", "period"):
        yield OpenDecision(report, "approve", f"Laporan {report.agency}, {report.period.short}")
    for plan in WorkPlan.objects.awaiting_coordinator().select_related("agency"):
        yield OpenDecision(plan, "set", f"Rencana {plan.agency} {plan.year}")
