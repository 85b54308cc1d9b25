"""What of a visit the public reads: its text, and each of its photos, by decision of a person."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from p2emas.accounts.models import User
from p2emas.workflow.models import COORDINATOR_STEP, Chain, Step, StepNotAllowed
from programs.fieldwork.models import FieldPhoto, FieldReport


class StoryPartQuerySet(models.QuerySet["StoryPart"]):
    def for_user(self, user: User) -> "StoryPartQuerySet":
        return self.filter(report__in=FieldReport.objects.for_user(user))

    def public(self) -> "StoryPartQuerySet":
        """Released, and of a visit that still counts as it is: not asked back, not replaced, with consent."""
        return self.filter(status="PUBLISHED", report__status="SENT", report__consent=True)

    def texts(self) -> "StoryPartQuerySet":
        return self.filter(photo=None)


class StoryPart(Chain):
    """The text of a visit (no ``photo``) or one of its photos, once somebody has released it."""

    class Status(models.TextChoices):
        UNPUBLISHED = "UNPUBLISHED", "Tidak terbit"
        PUBLISHED = "PUBLISHED", "Terbit"
        WITHDRAWN = "WITHDRAWN", "Ditarik"

    STEPS = {
        "publish": Step(
            "Terbitkan",
            "Diterbitkan",
            (Status.UNPUBLISHED, Status.WITHDRAWN),
            Status.PUBLISHED,
            COORDINATOR_STEP,
            own_page=True,
        ),
        "withdraw": Step("Tarik", "Ditarik", (Status.PUBLISHED,), Status.WITHDRAWN, COORDINATOR_STEP, own_page=True),
    }

    report = models.ForeignKey(
        FieldReport, models.PROTECT, related_name="story_parts", editable=False, verbose_name="kunjungan"
    )
    photo = models.OneToOneField(
        FieldPhoto, models.PROTECT, null=True, editable=False, related_name="story_part", verbose_name="foto"
    )
    status = models.CharField(
        "status", max_length=11, choices=Status.choices, default=Status.UNPUBLISHED, editable=False
    )

    objects = StoryPartQuerySet.as_manager()

    class Meta:
        verbose_name = "bagian kisah"
        verbose_name_plural = "bagian kisah"
        ordering = ["report", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report"],
                condition=Q(photo=None),
                name="programs_storypart_text_once",
                violation_error_message="Tulisan kunjungan ini sudah tercatat.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.words} {self.report.number}"

    def get_absolute_url(self) -> str:
        return self.report.get_absolute_url()

    @cached_property
    def words(self) -> str:
        return f"Foto {self.photo.number}" if self.photo else "Tulisan"

    @property
    def is_public(self) -> bool:
        return self.status == self.Status.PUBLISHED

    def check_step(self, name: str) -> None:
        if name == "publish" and (why := why_not_public(self.report)):
            raise StepNotAllowed(why)


def why_not_public(report: FieldReport) -> str:
    """Why nothing of a visit may be released."""
    if report.status != FieldReport.Status.SENT:
        return "Hanya kunjungan yang terkirim lengkap yang dapat diterbitkan."
    return "" if report.consent else "Orang pada foto belum setuju: kunjungan ini tidak dapat diterbitkan."


def releasable(user: User) -> Any:
    """Visits of which something may be released, or withdrawn."""
    return FieldReport.objects.for_user(user).filter(status=FieldReport.Status.SENT, consent=True)
