"""Model packages: how a success is repeated elsewhere, and what it cost by the lines of the village that had it."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from districts.locations.models import TargetLocation
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.accounts.signed_in import Anyone
from p2emas.history.records import EditHistory
from p2emas.workflow.models import COORDINATOR_STEP, Chain, Step, StepNotAllowed
from programs.evaluation.costs import CostLine, cost_lines
from programs.evaluation.services import has_verdict


class ModelPackageQuerySet(models.QuerySet):
    def for_user(self, user: Anyone) -> "ModelPackageQuerySet":
        """A draft is BAPPEDA's; what was published is public, also after it was withdrawn."""
        if user.is_authenticated and user.sees_everything:
            return self
        return self.exclude(status=ModelPackage.Status.DRAFT)

    def kept(self) -> "ModelPackageQuerySet":
        """Without those that were withdrawn."""
        return self.exclude(status=ModelPackage.Status.WITHDRAWN)

    def for_table(self) -> "ModelPackageQuerySet":
        return self.select_related("target_location__village__district", "target_location__core_competency__commodity")


class ModelPackage(Chain):
    """What another village needs to repeat a success: steps, roles of agencies, conditions, risks, and real costs.

    ``costs`` are the lines of the source as they were on the day it was published; a draft reads them again.
    """

    class Status(models.TextChoices):
        DRAFT = "DRAFT", "Konsep"
        PUBLISHED = "PUBLISHED", "Terbit"
        WITHDRAWN = "WITHDRAWN", "Ditarik"

    TEXTS = ("steps", "roles", "conditions", "risks")
    STEPS = {
        "publish": Step(
            "Terbitkan", "Diterbitkan", (Status.DRAFT,), Status.PUBLISHED, COORDINATOR_STEP,
            help="Isinya terbaca oleh umum dan tidak berubah lagi; biayanya disimpan menurut angka hari ini.",
        ),
        "withdraw": Step(
            "Tarik", "Ditarik", (Status.DRAFT, Status.PUBLISHED), Status.WITHDRAWN, COORDINATOR_STEP,
            note_required=True,
        ),
    }  # fmt: skip

    target_location = models.ForeignKey(
        TargetLocation, models.PROTECT, related_name="packages", verbose_name="lokasi sumber"
    )
    steps = models.TextField(
        "langkah", blank=True, max_length=4000, help_text="Satu langkah tiap baris, dengan bulannya."
    )
    roles = models.TextField(
        "peran SKPD", blank=True, max_length=3000, help_text="Siapa mengerjakan apa, satu SKPD tiap baris."
    )
    conditions = models.TextField(
        "syarat", blank=True, max_length=3000, help_text="Apa yang harus ada di desa penerima sebelum mulai."
    )
    risks = models.TextField(
        "risiko", blank=True, max_length=3000, help_text="Apa yang pernah gagal, dan bagaimana diatasi."
    )
    costs = models.JSONField("biaya", default=list, editable=False)
    published_on = models.DateField("terbit", null=True, editable=False)
    is_sample = models.BooleanField("data contoh", default=False, editable=False)
    status = models.CharField("status", max_length=9, choices=Status.choices, default=Status.DRAFT, editable=False)

    objects = ModelPackageQuerySet.as_manager()
    history = EditHistory(excluded_fields=["status", "costs", "published_on"])

    class Meta:
        verbose_name = "paket model"
        verbose_name_plural = "paket model"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["target_location"],
                condition=Q(status__in=("DRAFT", "PUBLISHED")),
                name="programs_modelpackage_one_kept",
                violation_error_message="Lokasi ini sudah punya paket model.",
            ),
            models.CheckConstraint(
                condition=~Q(status="PUBLISHED")
                | (Q(published_on__isnull=False) & ~Q(steps="") & ~Q(roles="") & ~Q(conditions="") & ~Q(risks="")),
                name="programs_modelpackage_complete",
                violation_error_message="Lengkapi langkah, peran SKPD, syarat, dan risiko sebelum terbit.",
            ),
        ]

    def __str__(self) -> str:
        return f"Paket model {self.target_location.village}"

    def get_absolute_url(self) -> str:
        return reverse("evaluation:package-detail", args=[self.pk])

    def may_edit(self, user: Anyone) -> bool:
        """What was published is not rewritten: it is withdrawn, and another one is drafted."""
        return self.status == self.Status.DRAFT and self.is_worked_by(user)

    def is_worked_by(self, user: Anyone) -> bool:
        return isinstance(user, User) and bool(COORDINATOR_STEP & self.roles_of(user))

    def lines(self) -> list[CostLine]:
        """As published; those of a draft, and of one that never was published, as they are now."""
        if self.published_on is not None:
            return [CostLine(**row) for row in self.costs]
        return cost_lines(self.target_location, clock.today())

    def step_stamp(self, name: str, actor: User | None) -> dict[str, object]:
        if name != "publish":
            return {}
        return {"published_on": clock.today(), "costs": [vars(line) for line in self.lines()]}

    def check_step(self, name: str) -> None:
        if name != "publish":
            return
        if not has_verdict(self.target_location):
            raise StepNotAllowed("Lokasi ini belum punya putusan siap ditularkan.")
        if not all(getattr(self, text).strip() for text in self.TEXTS):
            raise StepNotAllowed("Lengkapi langkah, peran SKPD, syarat, dan risiko sebelum terbit.")
        if not self.lines():
            raise StepNotAllowed("Belum ada baris rencana lokasi ini, jadi biayanya belum dapat dihitung.")


def total_cost(lines: list[CostLine], name: str) -> int | None:
    """Rupiah of all lines that know it; None while none does."""
    known = [getattr(line, name) for line in lines if getattr(line, name) is not None]
    return sum(known) if known else None
