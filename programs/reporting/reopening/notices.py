"""Letters to an agency about its request; like every letter they wait in the outbox for a person to release them."""

from django.conf import settings

from p2emas import clock
from p2emas.accounts.models import Assignment, User
from p2emas.accounts.roles import AGENCY_STAFF
from p2emas.naming import said
from p2emas.outbox.models import OutboxMessage
from p2emas.outbox.services import draft_message
from programs.reporting.reports.reopening import ReopenRequest

SUBJECTS = {"open": "{number} dibuka untuk dikoreksi", "refuse": "{number} tidak dibuka kembali"}
BODIES = {
    "open": "Laporan {number} ({period}) dibuka kembali atas permintaan SKPD Anda:\n{reason}\n\n"
    "Perbaiki angkanya lalu kirim lagi. Sampai disetujui lagi, halaman umum tetap memuat angka yang sudah disetujui "
    "dan menyebut bahwa angkanya sedang dikoreksi.",
    "refuse": "Permintaan SKPD Anda untuk membuka kembali laporan {number} ({period}) ditolak.\n"
    "Permintaan: {reason}\nAlasan penolakan: {note}\n\n"
    "Laporan tetap disetujui. Bila ada hal baru, permintaan dapat diajukan lagi.",
}


def draft_notices(asked: ReopenRequest, step: str, note: str) -> int:
    """A letter to everyone who fills the reports of the agency and has an address; how many."""
    report = asked.report
    words = {"number": report.number, "period": str(report.period), "reason": asked.reason, "note": note}
    subject = SUBJECTS[step].format(**words)
    url = settings.SITE_URL + report.get_absolute_url()
    body = f"Yth. {report.agency.name},\n\n{BODIES[step].format(**words)}\n\n{url}\n\n" + said(
        "{Programme} {regency}\n{contact}"
    )
    if report.is_sample:
        body = f"DATA CONTOH: nama dan isi surat ini rekaan.\n\n{body}"
    addresses = sorted({person.email for person in _people_of(asked) if person.email})
    for address in addresses:
        draft_message(kind=OutboxMessage.Kind.REPORT, recipient=address, subject=subject, body=body, record=asked)
    return len(addresses)


def _people_of(asked: ReopenRequest) -> list[User]:
    held = Assignment.objects.in_force(clock.today()).filter(agency=asked.report.agency_id, role__in=AGENCY_STAFF)
    return list(User.objects.filter(is_active=True, pk__in=held.order_by().values("user")))
