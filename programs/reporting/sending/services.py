"""Sending a report, and what its receipt says."""

from collections.abc import Mapping
from datetime import date
from typing import TypedDict
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from simple_history.utils import bulk_update_with_history

from p2emas import clock
from p2emas.accounts.models import Official, User
from p2emas.documents.models import Receipt
from p2emas.documents.receipts import issue_receipt
from p2emas.naming import said
from p2emas.ui import formats
from p2emas.ui.forms import put_on
from programs.reporting.filling.saving import claim_report
from programs.reporting.reports.carrying import carry_into_later, carry_over
from programs.reporting.reports.deadlines import verified_by
from programs.reporting.reports.models import ProgressReport
from programs.reporting.reports.parts import ReportComment, ReportLine


class Sending(TypedDict):
    """What the form of the check page sends: who signs with which letter, and what was checked."""

    signer: Official
    letter_no: str
    letter_date: date | None
    version: int
    seen: str
    client_token: UUID
    reasons: dict[int, str]


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
    letter_date: date | None,
    reasons: Mapping[int, str] | None = None,
) -> Receipt:
    """Send a report and confirm it. A second sending with the same token gets the same receipt and changes nothing.

    ``reasons`` says by line why its money is above its ceiling.

    Raises ``EditConflict`` when somebody saved after the check page was shown, ``StepNotAllowed`` with the
    sentence that says what is missing; nothing is changed then.
    """
    already = receipt_of(report, client_token)
    if already is not None:
        return already
    claim_report(report, version)
    report.refresh_from_db()
    carry_over(report, by=actor)
    report.signed_by, report.letter_no, report.letter_date = signer, letter_no, letter_date
    report.save(update_fields=["signed_by", "letter_no", "letter_date"])
    _keep_reasons(report, reasons or {}, actor)
    ReportComment.objects.filter(report=report).to_correct().update(resolved_at=clock.now())
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
        signer_title=signer.signed_title,
    )
    carry_into_later(report, by=actor)
    return issue_receipt(record=report, number=report.number, client_token=client_token)


def _keep_reasons(report: ProgressReport, reasons: Mapping[int, str], actor: User) -> None:
    """A line that came back below its ceiling loses the reason that it had."""
    lines = report.lines.filter(Q(pk__in=reasons) | ~Q(over_budget_reason="")).order_by()
    changed = [line for line in lines if put_on(line, {"over_budget_reason": reasons.get(line.pk, "")})]
    stamps = {"default_user": actor, "default_date": clock.now()}
    bulk_update_with_history(changed, ReportLine, ["over_budget_reason"], **stamps)


def receipt_of(report: ProgressReport, client_token: UUID) -> Receipt | None:
    """The receipt that this sending of this report got before, if it did."""
    kind = ContentType.objects.get_for_model(ProgressReport)
    return Receipt.objects.filter(content_type=kind, object_id=report.pk, client_token=client_token).first()


def last_report_receipt(report: ProgressReport) -> Receipt | None:
    kind = ContentType.objects.get_for_model(ProgressReport)
    return Receipt.objects.filter(content_type=kind, object_id=report.pk).order_by("-issued_at", "-pk").first()


def what_follows_sending(report: ProgressReport) -> list[str]:
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


def report_receipt_rows(report: ProgressReport) -> list[tuple[str, object]]:
    """What the receipt on paper says of the report."""
    return [
        ("Laporan", str(report.period)),
        ("SKPD", report.agency.name),
        ("Rencana", report.plan.dated_name if report.plan else ""),
        ("Dikirim oleh", report.submitted_by),
        ("Penanda tangan", report.signer_name),
        ("Jabatan", report.signer_title),
        ("Surat pengantar", covering_letter(report)),
        ("Jatuh tempo", formats.long_date(report.due_on)),
        ("Diperiksa paling lambat", formats.long_date(verified_by(report))),
    ]


def covering_letter(report: ProgressReport) -> str:
    """ "050/12/2019, 4 Oktober 2019"; the number often comes after the report was sent."""
    return f"{report.letter_no}, {formats.long_date(report.letter_date)}" if report.letter_no else "nomor menyusul"
