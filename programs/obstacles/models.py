"""Obstacles: a problem in the field, the agency that answers it, and until when."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from districts.regions.models import Village
from p2emas import clock, schema
from p2emas.accounts.models import Agency, User
from p2emas.accounts.roles import AGENCY_STAFF, COORDINATORS, Role
from p2emas.documents.models import PrivateFile
from p2emas.history.records import EditHistory
from p2emas.workflow.models import AGENCY_STEP, COORDINATOR_STEP, Chain, Step, StepNotAllowed
from programs.framework.models import Activity
from programs.obstacles.querysets import ANSWERING, ObstacleQuerySet, villages_of_facilitator

ANSWER_STEP = frozenset(ANSWERING)
CLOSE_STEP = AGENCY_STEP | COORDINATOR_STEP | {Role.FACILITATOR}
NO_ANSWER: Mapping[str, Any] = {"answer": "", "promised_on": None, "answered_by": None, "answered_at": None}


class Obstacle(Chain):
    class Kind(models.TextChoices):
        BUDGET = "BUDGET", "Anggaran"
        PROCUREMENT = "PROCUREMENT", "Pengadaan"
        TECHNICAL = "TECHNICAL", "Teknis lapangan"
        MARKET = "MARKET", "Pemasaran"
        WEATHER = "WEATHER", "Cuaca atau hama"
        PEOPLE = "PEOPLE", "Kelompok atau pendampingan"
        OTHER = "OTHER", "Lainnya"

    class Status(models.TextChoices):
        REPORTED = "REPORTED", "Dilaporkan"
        ROUTED = "ROUTED", "Diteruskan"
        ANSWERED = "ANSWERED", "Dijawab"
        SOLVED = "SOLVED", "Selesai"

    STEPS = {
        "route": Step(
            "Teruskan",
            "Diteruskan",
            (Status.REPORTED,),
            Status.ROUTED,
            COORDINATOR_STEP,
            own_page=True,
        ),
        "answer": Step("Jawab", "Dijawab", (Status.ROUTED,), Status.ANSWERED, ANSWER_STEP, own_page=True),
        "close": Step(
            "Tutup: sudah selesai",
            "Ditutup, sudah selesai",
            (Status.ANSWERED,),
            Status.SOLVED,
            CLOSE_STEP,
            help="Jawabannya diterima dan kendala ini selesai. Tulis apa yang sekarang berbeda, bila perlu.",
        ),
        "send_back": Step(
            "Kembalikan: belum selesai",
            "Dikembalikan, belum selesai",
            (Status.ANSWERED,),
            Status.ROUTED,
            CLOSE_STEP,
            note_required=True,
            own_page=True,
        ),
        "pass_on": Step(
            "Alihkan ke SKPD lain",
            "Dialihkan ke SKPD lain",
            (Status.ROUTED, Status.ANSWERED),
            Status.ROUTED,
            COORDINATOR_STEP,
            note_required=True,
            own_page=True,
        ),
        "decline": Step(
            "Minta dialihkan",
            "Diminta dialihkan",
            (Status.ROUTED,),
            Status.REPORTED,
            AGENCY_STEP,
            note_required=True,
            help="Bukan urusan SKPD Anda? Tulis alasannya, dan siapa yang menurut Anda menjawab. Kendala kembali ke "
            "kantor pengelola program untuk diteruskan kepada yang lain.",
        ),
        "settle": Step(
            "Tutup tanpa jawaban",
            "Ditutup tanpa jawaban",
            (Status.REPORTED, Status.ROUTED),
            Status.SOLVED,
            CLOSE_STEP,
            note_required=True,
            help="Untuk kendala yang selesai sendiri atau dilaporkan dua kali. Tulis alasannya.",
        ),
    }

    village = models.ForeignKey(
        Village, models.PROTECT, null=True, blank=True, related_name="obstacles", verbose_name="desa"
    )
    activity = models.ForeignKey(
        Activity, models.PROTECT, null=True, blank=True, related_name="obstacles", verbose_name="kegiatan"
    )
    kind = models.CharField("jenis", max_length=12, choices=Kind.choices, default=Kind.TECHNICAL)
    text = models.TextField("kendala", max_length=2000)
    cause = models.TextField("penyebab", max_length=2000, blank=True)
    follow_up = models.TextField("tindak lanjut", max_length=2000, blank=True)
    raised_by = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="raised_obstacles",
        verbose_name="dilaporkan oleh",
    )
    raised_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="pelapor"
    )
    # raised on a page of its own, not on a card of a report: a card never changes or removes it
    standalone = models.BooleanField("di luar laporan", default=False, db_default=False, editable=False)
    responsible = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="obstacles", verbose_name="penanggung jawab"
    )
    due_on = models.DateField("batas waktu", null=True, blank=True)
    routed_at = models.DateTimeField("diteruskan", null=True, editable=False)  # when it came to who answers now
    answer = models.TextField("jawaban", max_length=2000, blank=True, editable=False)
    promised_on = models.DateField("selesai paling lambat", null=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    answered_at = models.DateTimeField("dijawab", null=True, editable=False)
    closed_at = models.DateTimeField("selesai", null=True, editable=False)
    is_sample = models.BooleanField("data contoh", default=False)
    status = models.CharField("status", max_length=10, choices=Status.choices, default=Status.REPORTED, editable=False)
    created_at = models.DateTimeField(default=schema.now, editable=False)

    report_count: int  # read by ``for_cards``

    objects = ObstacleQuerySet.as_manager()
    history = EditHistory(
        excluded_fields=[
            *("status", "created_at", "raised_by_user", "standalone", "routed_at", "closed_at"),
            *NO_ANSWER,
        ]
    )

    class Meta:
        verbose_name = "kendala"
        verbose_name_plural = "kendala"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["status", "due_on"], name="programs_obstacle_waiting")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=("ROUTED", "ANSWERED"))
                | Q(responsible__isnull=False, due_on__isnull=False, routed_at__isnull=False),
                name="programs_obstacle_sent_to_whom",
                violation_error_message="Kendala yang diteruskan menyebut penanggung jawab dan batas waktunya.",
            ),
            models.CheckConstraint(
                condition=~Q(status="ANSWERED") | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="programs_obstacle_answered_what",
                violation_error_message="Kendala yang dijawab memuat jawabannya.",
            ),
            models.CheckConstraint(
                condition=Q(standalone=False) | Q(village__isnull=False) | Q(activity__isnull=False),
                name="programs_obstacle_has_a_place",
                violation_error_message="Pilih desa atau kegiatan yang terkendala.",
            ),
        ]

    def __str__(self) -> str:
        """Part of a sentence: on its history and in the title of its page, so without a full stop."""
        return Truncator(self.text).chars(60).rstrip(".")

    def get_absolute_url(self) -> str:
        return reverse("obstacles:obstacle-detail", args=[self.pk])

    # --- Who takes which step --------------------------------------------------------------------------------------

    def roles_of(self, user: User) -> frozenset[str]:
        """Roles at the agency that raised it and at the one that answers, and that of its village's facilitator."""
        if user.is_superuser:
            return frozenset()
        both = {self.raised_by_id, self.responsible_id} - {None}
        held = {a.role for a in user.current_assignments if a.role in AGENCY_STAFF and a.agency_id in both}
        held |= super().roles_of(user)
        if self.responsible_id in user.agency_ids(Role.DISTRICT_ADMIN):
            held.add(Role.DISTRICT_ADMIN)
        if self._is_of_facilitator(user):
            held.add(Role.FACILITATOR)
        return frozenset(held)

    def may_take(self, user: User | None, name: str) -> bool:
        if user is None or not super().may_take(user, name):
            return False
        if name in ("answer", "decline"):
            return self.responsible_id in user.agency_ids(*self.STEPS[name].roles)
        if name in ("close", "send_back", "settle"):
            return self._may_end(user)
        return True

    def _may_end(self, user: User) -> bool:
        """A coordinator, the village's facilitator, or who raised it where another agency answers."""
        if user.pk == self.answered_by_id and self.status == self.Status.ANSWERED:
            return False
        if user.has_role(*COORDINATORS) or self._is_of_facilitator(user):
            return True
        if self.responsible_id in user.staff_agency_ids:
            return False
        return self.raised_by_id in user.staff_agency_ids or self.raised_by_user_id == user.pk

    def _is_of_facilitator(self, user: User) -> bool:
        if self.village_id is None or not user.has_role(Role.FACILITATOR):
            return False
        return villages_of_facilitator(user).filter(pk=self.village_id).exists()

    def scope_agency_id(self) -> int | None:
        return self.raised_by_id

    def check_step(self, name: str) -> None:
        if self.status in (self.Status.ROUTED, self.Status.ANSWERED) and not (self.responsible_id and self.due_on):
            raise StepNotAllowed("Tentukan dulu penanggung jawab dan batas waktunya.")
        if name == "answer" and not self.answer.strip():
            raise StepNotAllowed("Tulis jawabannya.")

    def step_stamp(self, name: str, actor: User | None) -> Mapping[str, Any]:
        now = clock.now()
        if name in ("route", "send_back", "pass_on"):
            return {**NO_ANSWER, "routed_at": now}
        if name == "answer":
            return {"answered_by": actor, "answered_at": now}
        return {"closed_at": now} if name in ("close", "settle") else {}

    # --- What it says ----------------------------------------------------------------------------------------------

    def is_overdue(self, on: date) -> bool:
        return self.status == self.Status.ROUTED and self.due_on is not None and self.due_on < on

    def days_open(self, on: date) -> int:
        """Days since it was raised, until it was closed."""
        end = timezone.localtime(self.closed_at).date() if self.closed_at else on
        return (end - timezone.localtime(self.created_at).date()).days

    @property
    def held_since(self) -> str:
        """Since when it is with who answers; a page carries it, so that two who pass it on notice each other."""
        return self.routed_at.isoformat() if self.routed_at else ""

    @property
    def raised_by_words(self) -> str:
        """The agency; a facilitator has none."""
        if self.raised_by is not None:
            return str(self.raised_by)
        return str(self.raised_by_user) if self.raised_by_user is not None else "Tidak tercatat"

    @property
    def is_own_draft(self) -> bool:
        """Still as its agency wrote it on a card: nobody has sent it on, no other report has it (``for_cards``)."""
        fresh = self.status == self.Status.REPORTED and self.routed_at is None and not self.standalone
        return fresh and self.report_count < 2


class ObstacleFileQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "ObstacleFileQuerySet":
        return self.filter(obstacle__in=Obstacle.objects.for_user(user))

    def for_list(self) -> "ObstacleFileQuerySet":
        return self.select_related("uploaded_by").order_by("uploaded_at", "pk")


class ObstacleFile(PrivateFile):
    """A letter or a photo that came with the obstacle, or with an answer to it."""

    OWNER = "obstacle"

    class Kind(models.TextChoices):
        RAISED = "RAISED", "Dari pelapor"
        ANSWER = "ANSWER", "Dari penjawab"

    obstacle = models.ForeignKey(Obstacle, models.PROTECT, related_name="files", verbose_name="kendala")
    kind = models.CharField("jenis", max_length=6, choices=Kind.choices, default=Kind.RAISED)

    objects = ObstacleFileQuerySet.as_manager()

    class Meta(PrivateFile.Meta):
        verbose_name = "berkas kendala"
        verbose_name_plural = "berkas kendala"
