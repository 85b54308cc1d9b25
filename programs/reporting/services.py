"""Writes that touch more than one record of a quarter: opening it, taking a plan over, sending a report."""

from datetime import date
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from p2emas import clock
from p2emas.accounts.models import Agency, Official, User
from p2emas.documents.models import Receipt
from p2emas.documents.receipts import issue_receipt
from p2emas.naming import said
from p2emas.ui import formats
from programs.planning.models import WorkPlan
from programs.planning.versions import plan_in_force, plans_in_force
from programs.reporting.deadlines import quarter_dates, standard_due_date, verified_by
from programs.reporting.models import ProgressReport, ReportingPeriod
from programs.reporting.report_parts import ReportComment, ReportLine
from programs.reporting.saving import claim_report


class CannotOpen(Exception):
    """The quarter cannot be opened; the message is a sentence for the screen."""


def expected_reports(year: int, quarter: int) -> list[tuple[Agency, WorkPlan | None]]:
    """Who gets a report for the quarter, and from which version of its plan."""
    starts, _ends = quarter_dates(year, quarter)
    plans = plans_in_force(year, starts)
    return [(agency, plans.get(agency.pk)) for agency in Agency.objects.members(starts).order_by("name", "pk")]


@transaction.atomic
def open_period(*, year: int, quarter: int, opened_by: User, due_on: date | None = None) -> ReportingPeriod:
    """Open a quarter: one report with a due date for each agency that is a member on its first day.

    A quarter is opened once; of two simultaneous openings the second one gets ``CannotOpen``.
    """
    starts, ends = quarter_dates(year, quarter)
    due_on = due_on or standard_due_date(ends)
    if starts > clock.today():
        raise CannotOpen("Triwulan ini belum mulai. Periode dapat dibuka sejak hari pertamanya.")
    if due_on <= ends:
        raise CannotOpen("Jatuh tempo harus sesudah akhir triwulan.")
    period = ReportingPeriod(year=year, number=quarter, starts=starts, ends=ends, due_on=due_on, opened_by=opened_by)
    try:
        period.full_clean()
        with transaction.atomic():
            period.save()
    except (ValidationError, IntegrityError):
        raise CannotOpen("Periode ini sudah dibuka.") from None
    for agency, plan in expected_reports(year, quarter):
        is_sample = plan is not None and plan.is_sample
        report = ProgressReport(period=period, agency=agency, plan=plan, due_on=due_on, is_sample=is_sample)
        report._history_user = opened_by  # type: ignore[attr-defined]
        report.save()
        if plan:
            _fill_from_plan(report, plan, opened_by)
    return period


def _fill_from_plan(report: ProgressReport, plan: WorkPlan, by: User | None = None) -> None:
    """``by`` is who opened the quarter; None leaves it to the request."""
    if plan.is_sample != report.is_sample:
        report.is_sample = plan.is_sample
        report.save(update_fields=["is_sample"])
    bulk_create_with_history(
        [ReportLine(report=report, plan_line=line) for line in plan.lines.order_by("activity__code", "pk")],
        ReportLine,
        default_user=by,
        default_date=clock.now(),
    )


@transaction.atomic
def take_plan_over(*, report: ProgressReport) -> bool:
    """Give a report that has no plan the year's plan, now that one is set; False when there is still none."""
    locked = ProgressReport.objects.select_for_update(no_key=True).get(pk=report.pk)
    plan = plan_in_force(locked.agency, locked.period.year, locked.period.starts)
    if locked.plan_id or plan is None:
        return bool(locked.plan_id)
    locked.plan = plan
    locked.save(update_fields=["plan"])
    _fill_from_plan(locked, plan)
    return True


@transaction.atomic
def submit_report(
    *,
    report: ProgressReport,
    seen: str,
    version: int,
    actor: User,
    client_token: UUID,
    signer: Official,
    letter_no: str,
    letter_date: date,
) -> Receipt:
    """Send a report and confirm it. A second sending with the same token gets the same receipt and changes nothing.

    Raises ``EditConflict`` when somebody saved after the check page was shown, ``StepNotAllowed`` with the
    sentence that says what is missing; nothing is changed then.
    """
    already = receipt_of(report, client_token)
    if already is not None:
        return already
    claim_report(report, version)
    report.refresh_from_db()
    report.signed_by, report.letter_no, report.letter_date = signer, letter_no, letter_date
    report.save(update_fields=["signed_by", "letter_no", "letter_date"])
    ReportComment.objects.filter(report=report).to_mend().update(resolved_at=clock.now())
    report.take_step(
        "submit",
        seen=seen,
        actor=actor,
        submitted_by=actor,
        submitted_at=clock.now(),
        first_submitted_at=report.first_submitted_at or clock.now(),
        claimed_by=None,
        decided_by=None,
        decided_at=None,
        decided_version=None,
        signer_name=signer.name,
        signer_nip=signer.nip,
        signer_rank=signer.rank,
        signer_title=signed_title(signer),
    )
    return issue_receipt(record=report, number=report.number, client_token=client_token)


def receipt_of(report: ProgressReport, client_token: UUID) -> Receipt | None:
    """The receipt that this sending of this report got before, if it did."""
    kind = ContentType.objects.get_for_model(ProgressReport)
    return Receipt.objects.filter(content_type=kind, object_id=report.pk, client_token=client_token).first()


def last_receipt(report: ProgressReport) -> Receipt | None:
    kind = ContentType.objects.get_for_model(ProgressReport)
    return Receipt.objects.filter(content_type=kind, object_id=report.pk).order_by("-issued_at", "-pk").first()


def what_follows(report: ProgressReport) -> list[str]:
    """The sentences of the receipt, which may be opened again much later: what happens next and until when."""
    if report.status in ProgressReport.APPROVED_STATES and report.decided_at:
        day = formats.long_date(timezone.localtime(report.decided_at).date())
        return [f"Laporan ini sudah disetujui pada {day}. Tidak ada lagi yang perlu Anda lakukan."]
    if report.status == ProgressReport.Status.RETURNED:
        return ["Laporan ini dikembalikan. Perbaiki menurut alasannya di halaman laporan, lalu kirim ulang."]
    if report.status not in ProgressReport.ON_DESK:
        return ["Laporan ini ditarik kembali. Lengkapi di halaman laporan, lalu kirim ulang."]
    lines = [
        said("{Office} memeriksa laporan ini paling lambat %s.") % formats.weekday_date(verified_by(report)),
        "Bila perlu perbaikan, laporan dikembalikan kepada Anda dengan alasannya.",
    ]
    if report.status == ProgressReport.Status.WAITING:
        lines.append("Selama verifikasi belum dimulai, laporan dapat ditarik kembali dari halaman laporan.")
    return lines


def receipt_rows(report: ProgressReport) -> list[tuple[str, object]]:
    """What the receipt on paper says of the report."""
    return [
        ("Laporan", str(report.period)),
        ("SKPD", report.agency.name),
        ("Dikirim oleh", report.submitted_by),
        ("Penanda tangan", report.signer_name),
        ("Jabatan", report.signer_title),
        ("Surat pengantar", f"{report.letter_no}, {formats.long_date(report.letter_date)}"),
        ("Jatuh tempo", formats.long_date(report.due_on)),
        ("Diperiksa paling lambat", formats.long_date(verified_by(report))),
    ]


def signed_title(signer: Official) -> str:
    """The office as it stands under a signature: "Plt. Kepala Dinas"."""
    if signer.capacity == Official.Capacity.DEFINITIVE:
        return signer.title
    return f"{signer.get_capacity_display()} {signer.title}"
