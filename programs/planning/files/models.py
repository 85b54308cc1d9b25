"""A file of a year's plan on its way into a draft: what was read, which column is which, and how to take it back."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from p2emas import clock, schema
from p2emas.accounts.models import Agency, User

KEPT = timedelta(days=90)


class PlanFileQuerySet(models.QuerySet["PlanFile"]):
    def for_user(self, user: User) -> "PlanFileQuerySet":
        """Nobody else reads what a person has not saved yet."""
        return self.filter(uploaded_by=user)

    def being_read(self) -> "PlanFileQuerySet":
        return self.filter(status=PlanFile.Status.READING)

    def applied_to(self, plan: int) -> "PlanFileQuerySet":
        """What was applied to a plan, the last one first; without the cells, which a link does not need."""
        found = self.filter(status=PlanFile.Status.APPLIED, plan=plan).order_by("-applied_at", "-pk")
        return found.defer("tables", "layout", "before", "notices")

    def forget_old(self) -> int:
        return self.filter(uploaded_at__lt=clock.now() - KEPT).delete()[0]


class PlanFile(models.Model):
    """The cells of a received file; they are compared with what is stored whenever they are shown."""

    class Status(models.TextChoices):
        READING = "READING", "Dibaca"
        ASKING = "ASKING", "Menunggu jawaban"
        READY = "READY", "Siap dipakai"
        FAILED = "FAILED", "Galat"
        APPLIED = "APPLIED", "Dipakai"
        UNDONE = "UNDONE", "Dibatalkan"

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="SKPD")
    year = models.PositiveSmallIntegerField("tahun")
    status = models.CharField("status", max_length=8, choices=Status.choices, default=Status.READING)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    uploaded_at = models.DateTimeField("diunggah", default=schema.now)
    file_name = models.CharField("nama berkas", max_length=120)
    tables = models.JSONField("isi", default=list, blank=True)  # of each sheet: name and its filled rows
    layout = models.JSONField("susunan kolom", null=True, blank=True)
    notices = models.JSONField("catatan", default=list, blank=True)
    problem = models.CharField("galat", max_length=500, blank=True)
    content = models.BinaryField("berkas yang menunggu dibaca", null=True)
    content_type = models.CharField(max_length=100, blank=True)
    job = models.CharField(max_length=64, blank=True)
    plan = models.BigIntegerField("rencana", null=True, blank=True)  # its key: taking the file back may delete the plan
    before = models.JSONField("isi sebelumnya", default=dict, blank=True)  # what it takes to take the file back
    changed = models.PositiveIntegerField("baris berubah", default=0)
    version_after = models.PositiveIntegerField(null=True, blank=True)
    applied_at = models.DateTimeField("dipakai", null=True, blank=True)

    objects = PlanFileQuerySet.as_manager()

    class Meta:
        verbose_name = "berkas rencana"
        verbose_name_plural = "berkas rencana"
        ordering = ["-uploaded_at", "-pk"]
        indexes = [models.Index(fields=["uploaded_by", "-uploaded_at"], name="programs_planfile_of_person")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="FAILED") | ~Q(problem=""),
                name="programs_planfile_failure_explained",
                violation_error_message="Berkas rencana yang galat harus menyebut sebabnya.",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=("APPLIED", "UNDONE"))
                | Q(version_after__isnull=False, applied_at__isnull=False, plan__isnull=False),
                name="programs_planfile_applied_when",
                violation_error_message="Berkas rencana yang dipakai mencatat kapan, rencana, dan versi sesudahnya.",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("planning:file-detail", args=[self.pk])
