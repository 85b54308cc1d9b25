"""Quarters and the agencies' progress reports, from the first figure to the locked period."""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from p2emas import schema
from p2emas.accounts.models import Agency, Official, User
from p2emas.history.records import EditHistory
from p2emas.naming import said
from p2emas.ui.formats import long_date
from p2emas.workflow.hooks import Hook
from p2emas.workflow.models import AGENCY_STEP, COORDINATOR_STEP, HEAD_STEP, Chain, Step, StepNotAllowed
from p2emas.workflow.riwayat import Change, Entry
from programs.obstacles.models import Obstacle
from programs.planning.models import WorkPlan
from programs.reporting.reports.querysets import ProgressReportQuerySet, ReportingPeriodQuerySet

requests_in_riwayat: "Hook[[ProgressReport], list[Entry]]" = Hook("requests to correct a report, for its timeline")
missing_in_report: "Hook[[ProgressReport], str]" = Hook("what keeps a report from being sent")


class ReportingPeriod(Chain):
    class Kind(models.TextChoices):
        QUARTER = "QUARTER", "Triwulan"

    class Status(models.TextChoices):
        OPEN = "OPEN", "Terbuka"
        LOCKED = "LOCKED", "Dikunci"

    STEPS = {
        "lock": Step("Kunci periode", "Periode dikunci", (Status.OPEN,), Status.LOCKED, HEAD_STEP, own_page=True),
        "reopen": Step(
            "Buka kembali",
            "Periode dibuka kembali",
            (Status.LOCKED,),
            Status.OPEN,
            HEAD_STEP,
            note_required=True,
            own_page=True,
        ),
    }

    kind = models.CharField("jenis", max_length=8, choices=Kind.choices, default=Kind.QUARTER)
    year = models.PositiveSmallIntegerField("tahun")
    number = models.PositiveSmallIntegerField("triwulan")
    starts = models.DateField("mulai")
    ends = models.DateField("selesai")
    due_on = models.DateField("jatuh tempo laporan")
    opened_at = models.DateTimeField("dibuka", default=schema.now, editable=False)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")
    status = models.CharField("status", max_length=8, choices=Status.choices, default=Status.OPEN, editable=False)

    objects = ReportingPeriodQuerySet.as_manager()
    history = EditHistory(excluded_fields=["status", "opened_at", "opened_by"])

    class Meta:
        verbose_name = "periode"
        verbose_name_plural = "periode"
        ordering = ["-year", "-number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "year", "number"],
                name="programs_period_once",
                violation_error_message="Periode ini sudah dibuka.",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=4),
                name="programs_period_quarter",
                violation_error_message="Triwulan antara 1 dan 4.",
            ),
            models.CheckConstraint(
                condition=Q(starts__lt=F("ends")),
                name="programs_period_dates",
                violation_error_message="Akhir periode harus sesudah awalnya.",
            ),
        ]
        indexes = [
            # the report list begins at the newest quarter instead of sorting every report
            models.Index(fields=["year", "number"], name="programs_period_newest"),
        ]

    def __str__(self) -> str:
        return f"Triwulan {('I', 'II', 'III', 'IV')[self.number - 1]} {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("reporting:period-detail", args=[self.pk])

    def check_step(self, name: str) -> None:
        if name == "lock" and self.reports.awaiting_verification().exists():
            raise StepNotAllowed("Masih ada laporan di meja verifikasi. Putuskan dulu, baru periode dapat dikunci.")

    @property
    def code(self) -> str:
        """The period in a URL: 2019-T3."""
        return f"{self.year}-T{self.number}"

    @property
    def short(self) -> str:
        return f"{self.shortest} {self.year}"

    @property
    def shortest(self) -> str:
        """For headings of tables whose page names the year: "TW III"."""
        return f"TW {('I', 'II', 'III', 'IV')[self.number - 1]}"


class ProgressReport(Chain):
    """What one agency says of one quarter: figures, obstacles, files. Belongs to a plan version once it has one."""

    class Status(models.TextChoices):
        NOT_STARTED = "NOT_STARTED", "Belum diisi"
        DRAFT = "DRAFT", "Draf"
        WAITING = "WAITING", "Menunggu verifikasi"
        VERIFYING = "VERIFYING", "Sedang diverifikasi"
        RETURNED = "RETURNED", "Dikembalikan"
        APPROVED = "APPROVED", "Disetujui"
        LOCKED = "LOCKED", "Dikunci"

    NOT_RECEIVED = (Status.NOT_STARTED, Status.DRAFT)
    EDITABLE = (*NOT_RECEIVED, Status.RETURNED)
    WITH_AGENCY = EDITABLE
    ON_DESK = (Status.WAITING, Status.VERIFYING)
    APPROVED_STATES = (Status.APPROVED, Status.LOCKED)

    STEPS = {
        "begin": Step(
            "Mulai mengisi", "Pengisian dimulai", (Status.NOT_STARTED,), Status.DRAFT, AGENCY_STEP,
            keeps_drafts=True, own_page=True,
        ),
        "submit": Step("Kirim", "Dikirim", (Status.DRAFT, Status.RETURNED), Status.WAITING, AGENCY_STEP, own_page=True),
        "withdraw": Step(
            "Tarik kembali", "Ditarik kembali", (Status.WAITING,), Status.DRAFT, AGENCY_STEP,
            help="Laporan kembali menjadi draf dan dapat diubah, lalu dikirim lagi.",
        ),
        "claim": Step(
            "Mulai verifikasi", "Verifikasi dimulai", (Status.WAITING,), Status.VERIFYING, COORDINATOR_STEP,
            own_page=True,
        ),
        "return": Step(
            "Kembalikan untuk diperbaiki", "Dikembalikan untuk diperbaiki", (Status.VERIFYING,), Status.RETURNED,
            COORDINATOR_STEP, note_required=True, own_page=True,
        ),
        "approve": Step("Setujui", "Disetujui", (Status.VERIFYING,), Status.APPROVED, COORDINATOR_STEP, own_page=True),
        "undo": Step(
            "Batalkan keputusan", "Keputusan dibatalkan", (Status.APPROVED, Status.RETURNED), Status.VERIFYING,
            COORDINATOR_STEP, help="Keputusan Anda dibatalkan dan laporan kembali ke meja verifikasi.", own_page=True,
        ),
        "reopen": Step(
            "Buka untuk dikoreksi", "Dibuka untuk dikoreksi", (Status.APPROVED,), Status.RETURNED, HEAD_STEP,
            note_required=True, own_page=True,
        ),
        "lock": Step("Kunci", "Dikunci", (Status.APPROVED,), Status.LOCKED, HEAD_STEP, own_page=True),
        "unlock": Step(
            "Buka kunci", "Penguncian dibuka", (Status.LOCKED,), Status.APPROVED, HEAD_STEP,
            note_required=True, own_page=True,
        ),
    }  # fmt: skip

    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="reports", verbose_name="periode")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="reports", verbose_name="SKPD")
    plan = models.ForeignKey(
        WorkPlan,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reports",
        verbose_name="rencana kerja dan anggaran",
    )
    due_on = models.DateField("jatuh tempo")
    status = models.CharField(
        "status", max_length=12, choices=Status.choices, default=Status.NOT_STARTED, editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    submitted_at = models.DateTimeField("dikirim", null=True, editable=False)
    first_submitted_at = models.DateTimeField("pertama dikirim", null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    decided_at = models.DateTimeField("diputuskan", null=True, editable=False)
    decided_version = models.PositiveIntegerField(null=True, editable=False)
    signed_by = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="penanda tangan"
    )
    signer_name = models.CharField(max_length=120, blank=True, editable=False)
    signer_nip = models.CharField(max_length=18, blank=True, editable=False)
    signer_rank = models.CharField(max_length=60, blank=True, editable=False)
    signer_title = models.CharField(max_length=140, blank=True, editable=False)
    letter_no = models.CharField("nomor surat pengantar", max_length=80, blank=True)
    letter_date = models.DateField("tanggal surat pengantar", null=True, blank=True)
    supporting_factor = models.TextField("faktor pendorong", max_length=2000, blank=True)
    hindering_factor = models.TextField("faktor penghambat", max_length=2000, blank=True)
    next_step = models.TextField("tindak lanjut triwulan berikutnya", max_length=2000, blank=True)
    next_plan_step = models.TextField(
        "tindak lanjut Renja berikutnya", max_length=2000, blank=True, default="", db_default=""
    )
    has_obstacles = models.BooleanField("ada kendala", null=True, editable=False)  # empty: not answered yet
    obstacles = models.ManyToManyField(Obstacle, related_name="reports", blank=True)
    is_sample = models.BooleanField("data contoh", default=False)

    late: bool  # set by ``mark_late``

    objects = ProgressReportQuerySet.as_manager()
    history = EditHistory(
        excluded_fields=[
            "status",
            "version",
            "claimed_by",
            "submitted_by",
            "submitted_at",
            "first_submitted_at",
            "decided_by",
            "decided_at",
            "decided_version",
            "signer_name",
            "signer_nip",
            "signer_rank",
            "signer_title",
            "due_on",
        ]
    )

    class Meta:
        verbose_name = "laporan kemajuan"
        verbose_name_plural = "laporan kemajuan"
        ordering = ["-period__year", "-period__number", "agency", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "agency"],
                name="programs_report_once",
                violation_error_message="SKPD ini sudah punya laporan untuk periode itu.",
            ),
            models.CheckConstraint(
                condition=Q(submitted_by=None) | Q(decided_by=None) | ~Q(submitted_by=F("decided_by")),
                name="programs_report_submitter_not_decider",
                violation_error_message="Pengirim laporan tidak boleh memutusnya.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=("NOT_STARTED", "DRAFT"))
                | Q(plan__isnull=False, submitted_by__isnull=False, submitted_at__isnull=False),
                name="programs_report_sent_is_complete",
                violation_error_message="Laporan yang terkirim punya rencana, pengirim, dan waktu kirim.",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=("APPROVED", "LOCKED")) | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="programs_report_approved_has_decider",
                violation_error_message="Laporan yang disetujui punya pemutus dan waktu putusan.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=("NOT_STARTED", "DRAFT", "RETURNED")) | Q(has_obstacles__isnull=False),
                name="programs_report_sent_says_obstacles",
                violation_error_message="Laporan yang terkirim menyatakan ada atau tidak ada kendala.",
            ),
        ]
        indexes = [
            models.Index(fields=["period", "status", "agency"], name="programs_report_by_period"),
            models.Index(fields=["status", "submitted_at"], name="programs_report_queue"),
            models.Index(fields=["agency", "period"], name="programs_report_by_agency"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("reporting:report-detail", args=[self.pk])

    @property
    def number(self) -> str:
        """The readable number, for example LAP-2019-T3-0042."""
        return self.number_of(self.period.year, self.period.number, self.pk)

    @staticmethod
    def number_of(year: int, quarter: int, pk: int) -> str:
        return f"LAP-{year}-T{quarter}-{pk:04d}"

    @property
    def is_returned(self) -> bool:
        """Back with its agency: to be corrected as the verifier asked, or as the agency asked itself."""
        return self.status == self.Status.RETURNED

    @property
    def rests_on(self) -> str:
        return f"rencana {self.plan.dated_name}" if self.plan else "rencana belum ditetapkan"

    @property
    def is_editable(self) -> bool:
        return self.status in self.EDITABLE and self.period.status == ReportingPeriod.Status.OPEN

    def is_filled_by(self, user: User) -> bool:
        """Whether ``user`` is one who fills this report, in any state."""
        return bool(AGENCY_STEP & self.roles_of(user))

    def may_edit(self, user: User) -> bool:
        return self.is_editable and self.is_filled_by(user)

    def is_overdue(self, on: date) -> bool:
        return self.received_on is None and self.due_on < on

    @property
    def received_on(self) -> date | None:
        """The day that decides whether it is in time: the first sending. None before that, and once withdrawn."""
        return self.day_received(self.status, self.first_submitted_at)

    @classmethod
    def day_received(cls, status: str, first_submitted_at: datetime | None) -> date | None:
        if first_submitted_at is None or status in cls.NOT_RECEIVED:
            return None
        return timezone.localdate(first_submitted_at)

    def is_late(self, on: date) -> bool:
        """As ``ProgressReportQuerySet.late`` says it: the flag beside the state."""
        return self.late_on(on, self.status, self.first_submitted_at, self.due_on)

    @classmethod
    def late_on(cls, day: date, status: str, first_submitted_at: datetime | None, due_on: date) -> bool:
        return (cls.day_received(status, first_submitted_at) or day) > due_on

    def may_take(self, user: User | None, name: str) -> bool:
        if user is not None:
            if name in ("approve", "return", "reopen") and user.pk == self.submitted_by_id:
                return False
            if name == "undo" and user.pk != self.decided_by_id:
                return False
        return super().may_take(user, name)

    def riwayat_extra(self) -> list[Entry]:
        """Moved deadlines, and what became of requests to correct it: who, when and why."""
        moved = [
            Entry(
                at=change.at,
                who=str(change.by),
                title="Jatuh tempo dipindah",
                note=change.reason,
                changes=[Change("Jatuh tempo", long_date(change.old), long_date(change.new))],
            )
            for change in self.due_changes.select_related("by")
        ]
        return [*moved, *requests_in_riwayat(self)]

    def check_step(self, name: str) -> None:
        if name in ("lock", "unlock"):  # taken by the period itself, which is locked already
            return
        # The row lock makes an approval come either before the period is locked or not at all.
        status = (
            ReportingPeriod.objects.select_for_update(no_key=True)
            .values_list("status", flat=True)
            .get(pk=self.period_id)
        )
        if status != ReportingPeriod.Status.OPEN:
            raise StepNotAllowed(said("Periode ini sudah dikunci. Kepala {office} dapat membukanya kembali."))
        if name == "submit" and (missing := missing_in_report(self)):
            raise StepNotAllowed(missing)
