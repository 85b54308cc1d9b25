"""A long list that somebody asked for: made by a worker, taken by that person, gone after a day."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from p2emas import schema
from p2emas.accounts.models import User

KEPT = timedelta(days=1)


class ListRequestQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "ListRequestQuerySet":
        """One's own; nobody else's, because the rows are those that the person may read."""
        return self.filter(user=user)

    def under_way(self) -> "ListRequestQuerySet":
        return self.filter(status=ListRequest.Status.WAITING)

    def asked_before(self, moment: datetime) -> "ListRequestQuerySet":
        return self.filter(asked_at__lt=moment)

    def for_page(self) -> "ListRequestQuerySet":
        return self.defer("content")


class ListRequest(models.Model):
    """``list`` names a long list that a room registered; ``query`` is its filter as the address has it."""

    class Status(models.TextChoices):
        WAITING = "WAITING", "Disiapkan"
        READY = "READY", "Siap"
        FAILED = "FAILED", "Galat"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="peminta")
    list = models.CharField("daftar", max_length=30)
    query = models.TextField("saringan", blank=True)
    status = models.CharField("status", max_length=8, choices=Status.choices, default=Status.WAITING)
    asked_at = models.DateTimeField("diminta", default=schema.now)
    job = models.CharField("pekerjaan", max_length=64, blank=True)
    done = models.PositiveIntegerField("baris selesai", default=0)
    total = models.PositiveIntegerField("jumlah baris", default=0)
    problem = models.CharField("galat", max_length=300, blank=True)
    name = models.CharField("nama berkas", max_length=120, blank=True)
    content = models.BinaryField("isi", null=True)

    objects = ListRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "daftar yang disiapkan"
        verbose_name_plural = "daftar yang disiapkan"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="READY") | Q(content__isnull=False),
                name="p2emas_listrequest_ready_has_content",
                violation_error_message="Daftar yang siap harus ada isinya.",
            ),
            models.CheckConstraint(
                condition=~Q(status="FAILED") | ~Q(problem=""),
                name="p2emas_listrequest_failure_explained",
                violation_error_message="Daftar yang galat harus menyebut sebabnya.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.list} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("exports:list-request", args=[self.pk])
