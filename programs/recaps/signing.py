"""Signature blocks of official papers: who compiled it, who evaluated it."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from p2emas import clock, naming
from p2emas.accounts.models import Official
from p2emas.documents.papers import Signer, signed_by
from p2emas.ui.formats import long_date
from programs.recaps.evaluation import AgencyYear
from programs.recaps.reading.years import as_approved, has_copy
from programs.reporting.reports.kept import KeptReport
from programs.reporting.reports.models import ProgressReport

TO_FILL = "...................."


def signers_of(years: Sequence[AgencyYear]) -> dict[int, tuple[Signer, Signer]]:
    """Agency -> "Disusun" by its head, "Dievaluasi" by the head of the lead office; one query."""
    names, today = naming.current(), clock.today()
    wanted = {made.agency.pk for made in years} | {names.lead_agency_id}
    heads = Official.objects.in_force(today).filter(agency__in=wanted).heads()
    lead = heads.get(names.lead_agency_id or 0)
    found = {}
    for made in years:
        own = made.reports.get(made.quarter)
        found[made.agency.pk] = (_compiled(made, as_approved(own), heads.get(made.agency.pk)), evaluated(own, lead))
    return found


def signer_of_regency(verb: str) -> Signer:
    """Who signs for the regency: the head of the lead office."""
    heads = Official.objects.in_force(clock.today()).filter(agency=naming.current().lead_agency_id).heads()
    lead = heads.get(naming.current().lead_agency_id or 0)
    return signed_by(lead, f"{verb} di {_seat()}, {TO_FILL}", naming.current().office_head)


def _compiled(made: AgencyYear, report: ProgressReport | KeptReport | None, head: Official | None) -> Signer:
    """As the report was signed, once it was sent."""
    day = _day_of(report)
    heading = f"Disusun di {_seat()}, {day}"
    if report is not None and report.signer_name:
        return Signer(heading, report.signer_title, report.signer_name, report.signer_rank, report.signer_nip)
    return signed_by(head, heading, f"Kepala {made.agency.name}")


def _day_of(report: ProgressReport | KeptReport | None) -> str:
    if report is not None and report.letter_date:
        return long_date(report.letter_date)
    if report is not None and report.submitted_at:
        return long_date(timezone.localdate(report.submitted_at))
    return TO_FILL


def evaluated(report: ProgressReport | None, lead: Official | None, on: date | None = None) -> Signer:
    """Dated once the report was approved; while it is corrected, as what is printed was approved."""
    if report is not None and report.status in ProgressReport.APPROVED_STATES and report.decided_at:
        on = timezone.localdate(report.decided_at)
    elif report is not None and has_copy(report):
        on = timezone.localdate(report.kept.approved_at)
    heading = f"Dievaluasi di {_seat()}, {long_date(on) if on else TO_FILL}"
    return signed_by(lead, heading, naming.current().office_head)


def _seat() -> str:
    seat = naming.current().seat
    return TO_FILL if seat == naming.EMPTY else seat
