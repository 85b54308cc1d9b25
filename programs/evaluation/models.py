"""Verdicts: may the success of a target location be passed on to another village?"""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from districts.locations.models import TargetLocation
from districts.regions.models import Village
from p2emas import clock, schema
from p2emas.accounts.models import User
from p2emas.accounts.signed_in import Anyone
from p2emas.history.records import EditHistory
from p2emas.instruments.models import OnMinutes
from p2emas.workflow.models import COORDINATOR_STEP, HEAD_STEP, DecidedChain, Step, StepNotAllowed


class EvaluationQuerySet(models.QuerySet):
    def for_user(self, user: Anyone) -> "EvaluationQuerySet":
        """What is being weighed is BAPPEDA's; a verdict that was decided is public."""
        return self if user.is_authenticated and user.sees_everything else self.decided()

    def decided(self) -> "EvaluationQuerySet":
        return self.filter(status=Evaluation.Status.DECIDED)

    def unfinished(self) -> "EvaluationQuerySet":
        return self.filter(status__in=Evaluation.UNFINISHED)

    def to_decide(self, user: User) -> "EvaluationQuerySet":
        """Proposed by somebody else."""
        return self.filter(status=Evaluation.Status.SUBMITTED).exclude(submitted_by=user)

    def of_village(self, village: Village) -> "EvaluationQuerySet":
        return self.filter(target_location__village=village).select_related("minutes")

    def for_table(self) -> "EvaluationQuerySet":
        return self.select_related("target_location__village__district", "minutes")


class Evaluation(DecidedChain, OnMinutes):
    """One weighing of a target location by the criteria of readiness, and the verdict on it.

    ``inputs`` are what was read on that day with the thresholds that held, ``criteria`` what follows from them: the
    same inputs give the same criteria at any time. "Belum dapat ditularkan" is a verdict as full as the other.
    """

    class Status(models.TextChoices):
        DRAFT = "DRAFT", "Konsep"
        SUBMITTED = "SUBMITTED", "Diajukan"
        DECIDED = "DECIDED", "Diputuskan"
        CANCELLED = "CANCELLED", "Dibatalkan"

    class Verdict(models.TextChoices):
        READY = "READY", "Siap ditularkan"
        NOT_YET = "NOT_YET", "Belum dapat ditularkan"

    UNFINISHED = (Status.DRAFT, Status.SUBMITTED)
    NEEDS_DECREE = False
    STEPS = {
        "submit": Step(
            "Ajukan", "Diajukan", (Status.DRAFT,), Status.SUBMITTED, COORDINATOR_STEP,
            help="Hitungannya tidak berubah lagi. Kepala yang bukan pengusul memutuskan.",
        ),
        "send_back": Step(
            "Kembalikan kepada koordinator", "Dikembalikan", (Status.SUBMITTED,), Status.DRAFT, HEAD_STEP,
            note_required=True,
        ),
        "decide": Step("Putuskan", "Diputuskan", (Status.SUBMITTED,), Status.DECIDED, HEAD_STEP, own_page=True),
        "cancel": Step("Batalkan", "Dibatalkan", UNFINISHED, Status.CANCELLED, COORDINATOR_STEP, note_required=True),
    }  # fmt: skip

    target_location = models.ForeignKey(
        TargetLocation, models.PROTECT, related_name="evaluations", verbose_name="lokasi sasaran"
    )
    computed_on = models.DateField("angka per", editable=False)
    computed_at = models.DateTimeField("dihitung", default=schema.now, editable=False)
    inputs = models.JSONField("masukan yang dipakai", editable=False)
    criteria = models.JSONField("hasil tiap syarat", editable=False)
    waived = models.JSONField("syarat yang tidak berlaku", default=list, editable=False)
    waived_reason = models.TextField("alasan tidak berlaku", blank=True, max_length=1000, editable=False)
    verdict = models.CharField("putusan", max_length=7, choices=Verdict.choices, blank=True, editable=False)
    reason = models.TextField("alasan", blank=True, max_length=3000, editable=False)
    sources = models.TextField("sumber", blank=True, max_length=1000, editable=False)
    is_sample = models.BooleanField("data contoh", default=False, editable=False)
    status = models.CharField("status", max_length=9, choices=Status.choices, default=Status.DRAFT, editable=False)

    objects = EvaluationQuerySet.as_manager()
    # what a step sets is in the step's own history
    history = EditHistory(
        excluded_fields=[
            "status", *DecidedChain.STAMPS, "inputs", "criteria", "waived", "waived_reason", "verdict", "reason",
            "sources", "minutes",
        ]
    )  # fmt: skip

    class Meta:
        verbose_name = "penilaian kesiapan"
        verbose_name_plural = "penilaian kesiapan"
        ordering = ["-computed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["target_location"],
                condition=Q(status__in=("DRAFT", "SUBMITTED")),
                name="programs_evaluation_one_unfinished",
                violation_error_message="Lokasi ini masih punya penilaian yang belum selesai.",
            ),
            models.CheckConstraint(
                condition=Q(submitted_by=None) | Q(decided_by=None) | ~Q(submitted_by=F("decided_by")),
                name="programs_evaluation_submitter_not_decider",
                violation_error_message="Yang mengajukan tidak boleh memutuskan.",
            ),
            models.CheckConstraint(
                condition=~Q(status="DECIDED")
                | (~Q(verdict="") & ~Q(reason="") & (Q(minutes__isnull=False) | ~Q(sources=""))),
                name="programs_evaluation_reasoned",
                violation_error_message="Isi putusan, alasan, dan berita acara atau sumbernya.",
            ),
        ]

    def __str__(self) -> str:
        return f"Kesiapan {self.target_location.village}"

    def get_absolute_url(self) -> str:
        return reverse("evaluation:evaluation-detail", args=[self.pk])

    def may_compute(self, user: User) -> bool:
        """Only a draft is computed again: what was proposed stays as it was read."""
        return self.status == self.Status.DRAFT and bool(COORDINATOR_STEP & self.roles_of(user))

    def may_take(self, user: User | None, name: str) -> bool:
        if name == "decide" and user is not None and user.pk == self.submitted_by_id:
            return False
        return super().may_take(user, name)

    def step_stamp(self, name: str, actor: User | None) -> dict[str, object]:
        if name == "submit":
            return {"submitted_by": actor, "submitted_at": clock.now()}
        if name == "send_back":
            return {"submitted_by": None, "submitted_at": None}
        return {"decided_by": actor, "decided_at": clock.now()} if name == "decide" else {}

    def check_step(self, name: str) -> None:
        if name != "decide":
            return
        if not (self.verdict and self.reason.strip()):
            raise StepNotAllowed("Pilih putusan dan tulis alasannya.")
        if self.minutes_id is None and not self.sources.strip():
            raise StepNotAllowed("Pilih berita acara, atau tulis sumber putusan ini.")
        if self.minutes_id is not None:
            self.check_has_minutes()
