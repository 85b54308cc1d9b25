"""Requests of an agency to correct a report that was approved already."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from p2emas import schema
from p2emas.accounts.models import Agency, User
from p2emas.history.records import EditHistory
from p2emas.naming import said
from p2emas.workflow.models import AGENCY_STEP, HEAD_STEP, Chain, StatusChange, Step, StepNotAllowed
from p2emas.workflow.riwayat import Entry
from programs.reporting.reports.models import ProgressReport, requests_in_riwayat


class ReopenRequestQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "ReopenRequestQuerySet":
        return self.filter(report__in=ProgressReport.objects.for_user(user))

    def asked(self) -> "ReopenRequestQuerySet":
        """What still waits for a head."""
        return self.filter(status=ReopenRequest.Status.ASKED)

    def under_correction(self, year: int) -> "ReopenRequestQuerySet":
        """Opened ones of the year whose report is not approved again yet."""
        opened = self.filter(status=ReopenRequest.Status.OPENED, report__period__year=year)
        return opened.exclude(report__status__in=ProgressReport.APPROVED_STATES)


class ReopenRequest(Chain):
    """Why an approved or locked report has to be corrected. A head opens it, or says why not."""

    class Status(models.TextChoices):
        ASKED = "ASKED", "Diminta"
        OPENED = "OPENED", "Dibuka"
        REFUSED = "REFUSED", "Ditolak"
        WITHDRAWN = "WITHDRAWN", "Ditarik"

    STEPS = {
        "open": Step(
            "Buka untuk dikoreksi",
            "Dibuka untuk dikoreksi",
            (Status.ASKED,),
            Status.OPENED,
            HEAD_STEP,
            help="Laporan kembali ke SKPD untuk dikoreksi. Sampai disetujui lagi, halaman umum tetap memuat angka yang "
            "sudah disetujui dan menyebut sejak kapan angkanya dikoreksi. Periode yang dikunci ikut dibuka.",
            own_page=True,
        ),
        "refuse": Step("Tolak", "Ditolak", (Status.ASKED,), Status.REFUSED, HEAD_STEP, note_required=True),
        "withdraw": Step("Tarik permintaan", "Ditarik", (Status.ASKED,), Status.WITHDRAWN, AGENCY_STEP),
    }

    report = models.ForeignKey(ProgressReport, models.CASCADE, related_name="reopen_requests", verbose_name="laporan")
    reason = models.CharField("alasan", max_length=1000)
    status = models.CharField("status", max_length=10, choices=Status.choices, default=Status.ASKED, editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")
    asked_at = models.DateTimeField("diminta", default=schema.now, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    decided_at = models.DateTimeField("diputuskan", null=True, editable=False)

    objects = ReopenRequestQuerySet.as_manager()
    history = EditHistory(excluded_fields=["status", "asked_by", "asked_at", "decided_by", "decided_at"])

    class Meta:
        verbose_name = "permintaan buka kembali"
        verbose_name_plural = "permintaan buka kembali"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report"],
                condition=Q(status="ASKED"),
                name="programs_reopenrequest_one_asked",
                violation_error_message="Laporan ini sudah diminta dibuka kembali.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="programs_reopenrequest_reasoned",
                violation_error_message="Tulis alasan mengapa laporan perlu dikoreksi.",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")),
                name="programs_reopenrequest_asker_not_decider",
                violation_error_message="Yang meminta tidak boleh memutus permintaannya.",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=("OPENED", "REFUSED")) | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="programs_reopenrequest_decided",
                violation_error_message="Permintaan yang diputus punya pemutus dan waktu putusan.",
            ),
        ]

    def __str__(self) -> str:
        return f"Permintaan buka kembali {self.report}"

    def get_absolute_url(self) -> str:
        return reverse("reporting:report-detail", args=[self.report_id])

    @property
    def agency(self) -> Agency:
        return self.report.agency

    @property
    def rests_on(self) -> str:
        return self.report.rests_on

    def scope_agency_id(self) -> int | None:
        return self.report.agency_id

    def may_take(self, user: User | None, name: str) -> bool:
        if name != "withdraw" and user is not None and user.pk in (self.asked_by_id, self.report.submitted_by_id):
            return False
        return super().may_take(user, name)

    def check_step(self, name: str) -> None:
        if name == "open" and self.report.status not in ProgressReport.APPROVED_STATES:
            raise StepNotAllowed(said("Laporan ini sedang tidak disetujui {office}, jadi tidak ada yang perlu dibuka."))


@requests_in_riwayat.provide
def entries_of_requests(report: ProgressReport) -> list[Entry]:
    """Asked, refused and withdrawn ones; an opened one is a step of the report itself."""
    requests = list(report.reopen_requests.select_related("asked_by"))
    found = [
        Entry(asked.asked_at, str(asked.asked_by), "Diminta dibuka kembali", note=asked.reason, icon="back")
        for asked in requests
    ]
    if requests:
        kind = ContentType.objects.get_for_model(ReopenRequest)
        changes = StatusChange.objects.filter(content_type=kind, object_id__in=[asked.pk for asked in requests])
        for change in changes.exclude(step="open").select_related("actor"):
            label = f"Permintaan buka kembali: {ReopenRequest.STEPS[change.step].done.lower()}"
            found.append(Entry(change.at, str(change.actor), label, note=change.note, icon="check"))
    return found
