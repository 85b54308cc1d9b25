"""Coordination meetings (rapat koordinasi): what is talked about, who is invited, and when it took place."""

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from p2emas import clock, schema
from p2emas.accounts.models import Agency, Official, User
from p2emas.accounts.roles import COORDINATORS
from p2emas.history.records import EditHistory, last_edit
from p2emas.instruments.models import Minutes
from p2emas.ui import formats
from p2emas.workflow.models import COORDINATOR_STEP, Chain, Step, StepNotAllowed
from programs.coordination.querysets import MeetingQuerySet
from programs.obstacles.models import Obstacle


class Meeting(Chain):
    """It decides nothing by itself: determinations and rounds keep their own steps."""

    class Status(models.TextChoices):
        PREPARED = "PREPARED", "Disiapkan"
        INVITED = "INVITED", "Diundang"
        HELD = "HELD", "Selesai"
        CANCELLED = "CANCELLED", "Batal"

    OPEN = (Status.PREPARED, Status.INVITED)

    STEPS = {
        "invite": Step(
            "Undang",
            "SKPD diundang",
            (Status.PREPARED,),
            Status.INVITED,
            COORDINATOR_STEP,
            help="Agenda tersimpan seperti tampil sekarang, dan SKPD yang diundang diberi tahu dan dapat membukanya. "
            "Yang muncul sesudahnya menyusul di bawah agenda.",
            keeps_drafts=True,
        ),
        "close": Step(
            "Akhiri rapat",
            "Rapat diakhiri",
            OPEN,
            Status.HELD,
            COORDINATOR_STEP,
            help="Rapat sudah berlangsung. Tindak lanjutnya tampil di beranda penerima dan kembali di tiap rapat "
            "sampai ditutup.",
            keeps_drafts=True,
        ),
        "call_off": Step(
            "Batalkan rapat",
            "Rapat dibatalkan",
            OPEN,
            Status.CANCELLED,
            COORDINATOR_STEP,
            note_required=True,
            help="Rapat ini tidak jadi. Tulis alasannya; yang sudah diundang diberi tahu.",
            ends_for_good=True,
        ),
    }

    held_on = models.DateField("tanggal")
    starts = models.TimeField("pukul", null=True, blank=True)
    place = models.CharField("tempat", max_length=160)
    subject = models.CharField("acara", max_length=300)
    source = models.CharField("sumber", max_length=300, blank=True, help_text="Dari mana isi rapat lama diketahui.")
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+", verbose_name="disiapkan oleh"
    )
    created_at = models.DateTimeField(default=schema.now, editable=False)
    invited_at = models.DateTimeField("diundang", null=True, editable=False)
    minutes = models.OneToOneField(
        Minutes,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="meeting",
        verbose_name="berita acara",
    )
    is_sample = models.BooleanField("data contoh", default=False)
    status = models.CharField("status", max_length=10, choices=Status.choices, default=Status.PREPARED, editable=False)

    item_count: int  # ``for_table``
    open_count: int

    objects = MeetingQuerySet.as_manager()
    history = EditHistory(excluded_fields=["status", "created_at", "prepared_by", "invited_at", "minutes"])

    class Meta:
        verbose_name = "rapat koordinasi"
        verbose_name_plural = "rapat koordinasi"
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(subject="") & ~Q(place=""),
                name="programs_meeting_says_what_and_where",
                violation_error_message="Tulis acara dan tempat rapat.",
            ),
            models.CheckConstraint(
                condition=~Q(status="INVITED") | Q(invited_at__isnull=False),
                name="programs_meeting_invited_when",
                violation_error_message="Rapat yang diundangkan mencatat waktunya.",
            ),
        ]

    def __str__(self) -> str:
        return f"Rakor {formats.long_date(self.held_on)}"

    def get_absolute_url(self) -> str:
        return reverse("coordination:meeting-detail", args=[self.pk])

    @property
    def mark(self) -> str:
        """Its last edit and who is invited: a page carries it, so that two who write notice each other."""
        invited = self.attendance.filter(agency__isnull=False).order_by("agency").values_list("agency", flat=True)
        return "-".join(map(str, [last_edit(self) or 0, *invited]))

    @property
    def is_draft(self) -> bool:
        """Its agenda still follows what is open; it is kept as it is from the invitation on."""
        return self.status == self.Status.PREPARED

    @property
    def is_open(self) -> bool:
        return self.status in self.OPEN

    @property
    def why_final(self) -> str:
        """Why nobody writes notes, names or action items of it any more; "" while that may be."""
        if self.status == self.Status.CANCELLED:
            return "Rapat ini batal."
        if self.minutes is not None and self.minutes.is_signed:
            return "Berita acara rapat ini sudah ditandatangani, jadi isinya tetap."
        return ""

    def is_recorded_late(self, on: date) -> bool:
        """It was before ``on``: nothing that is open now was on its agenda."""
        return self.held_on < on

    @staticmethod
    def may_prepare(user: User) -> bool:
        return not user.is_superuser and user.has_role(*COORDINATORS)

    def check_step(self, name: str) -> None:
        today = clock.today()
        if name == "invite" and self.held_on < today:
            raise StepNotAllowed("Tanggal rapat ini sudah lewat. Ubah tanggalnya, atau akhiri rapatnya.")
        if name == "close" and self.held_on > today:
            raise StepNotAllowed(f"Rapat ini baru pada {formats.long_date(self.held_on)}.")
        if name == "call_off" and self.action_items.open().exists():
            raise StepNotAllowed("Rapat ini punya tindak lanjut yang terbuka. Tutup atau batalkan dulu.")

    def step_stamp(self, name: str, actor: User | None) -> Mapping[str, Any]:
        return {"invited_at": clock.now()} if name == "invite" else {}


class AgendaLine(models.Model):
    """One line of an agenda. What is gathered follows the data while the meeting is prepared, then stays as it was.

    While it is prepared such a line holds only what somebody wrote instead of the data; it is empty otherwise.
    """

    class Kind(models.TextChoices):
        PROMISES = "PROMISES", "Janji rapat lalu"
        OBSTACLES = "OBSTACLES", "Kendala"
        REPORTS = "REPORTS", "Laporan terlambat"
        VILLAGES = "VILLAGES", "Desa tanpa kegiatan"
        DECISIONS = "DECISIONS", "Keputusan yang menunggu"
        FIGURES = "FIGURES", "Angka terakhir"
        OTHER = "OTHER", "Lainnya"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda")
    kind = models.CharField("jenis", max_length=10, choices=Kind.choices, default=Kind.OTHER, editable=False)
    position = models.PositiveSmallIntegerField("urutan", default=0, editable=False)
    title = models.CharField("butir", max_length=200, blank=True)
    detail = models.CharField("keterangan", max_length=600, blank=True, editable=False)
    presenter = models.CharField("pemapar", max_length=120, blank=True)
    minutes_planned = models.PositiveSmallIntegerField("menit", null=True, blank=True)
    included = models.BooleanField("dibahas", default=True)
    note = models.TextField("catatan", max_length=2000, blank=True, db_default="")
    obstacles = models.ManyToManyField(Obstacle, related_name="agenda_lines", editable=False)

    class Meta:
        verbose_name = "butir agenda"
        verbose_name_plural = "butir agenda"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "kind"],
                condition=~Q(kind="OTHER"),
                name="programs_agendaline_kind_once",
                violation_error_message="Butir ini sudah ada dalam agenda.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="OTHER") | ~Q(title=""),
                name="programs_agendaline_says_what",
                violation_error_message="Tulis butir agendanya.",
            ),
        ]

    WORDS = ("title", "detail", "presenter", "minutes_planned")  # what a person may write instead of the data

    def __str__(self) -> str:
        return self.title or self.get_kind_display()

    @property
    def follows_data(self) -> bool:
        """What nobody wrote of it is gathered."""
        return self.kind != self.Kind.OTHER and self.meeting.is_draft

    @property
    def mark(self) -> str:
        """What is stored of it: a page carries it, so that two who write notice each other."""
        stored = [self.meeting.status, self.position, self.included, *(getattr(self, name) for name in self.WORDS)]
        return hashlib.sha256(repr(stored).encode()).hexdigest()[:16]


class MeetingAttendance(models.Model):
    """An agency that is invited, an official, or a person by name and title who came: village heads come too."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendance")
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="perangkat daerah"
    )
    official = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="pejabat"
    )
    name = models.CharField("nama", max_length=120, blank=True, db_default="")
    title = models.CharField("jabatan", max_length=120, blank=True, db_default="")
    was_there = models.BooleanField("hadir", default=False, db_default=False)

    class Meta:
        verbose_name = "peserta rapat"
        verbose_name_plural = "peserta rapat"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "agency"],
                name="programs_meetingattendance_agency_once",
                violation_error_message="SKPD ini sudah diundang.",
            ),
            models.UniqueConstraint(
                fields=["meeting", "official"],
                name="programs_meetingattendance_official_once",
                violation_error_message="Pejabat ini sudah tercatat.",
            ),
            models.CheckConstraint(
                condition=Q(agency__isnull=False) | Q(official__isnull=False) | ~Q(name=""),
                name="programs_meetingattendance_who",
                violation_error_message="Tulis nama yang hadir.",
            ),
        ]

    def __str__(self) -> str:
        if self.agency is not None:
            return self.agency.short_name
        if self.official is not None:
            return str(self.official)
        return f"{self.name} ({self.title})" if self.title else self.name
