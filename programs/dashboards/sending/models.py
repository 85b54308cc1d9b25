"""The page of the leaders as it was sent to them: once for each click that meant it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse

from p2emas import schema
from p2emas.accounts.models import User
from p2emas.documents.kinds import PDF
from p2emas.outbox.models import BringsFiles
from programs.reporting.reports.models import ReportingPeriod


class SummarySendingQuerySet(models.QuerySet[Any]):
    def for_user(self, user: User) -> "SummarySendingQuerySet":
        return self if user.sees_everything else self.none()

    def of_period(self, period: ReportingPeriod) -> "SummarySendingQuerySet":
        """Without the paper, which only letters need."""
        return self.filter(period=period).defer("paper")


class SummarySending(BringsFiles):
    """``number`` counts the sendings of one quarter: a second click asks for a number that is taken."""

    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="+", verbose_name="periode")
    number = models.PositiveSmallIntegerField("urutan")
    paper = models.BinaryField("berkas")
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="pengirim")
    sent_at = models.DateTimeField("dikirim", default=schema.now)

    objects = SummarySendingQuerySet.as_manager()

    class Meta:
        verbose_name = "pengiriman ringkasan"
        verbose_name_plural = "pengiriman ringkasan"
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "number"],
                name="programs_summarysending_once",
                violation_error_message="Ringkasan ini sudah dikirim.",
            )
        ]

    def __str__(self) -> str:
        return f"Ringkasan {self.period.short}, pengiriman {self.number}"

    def get_absolute_url(self) -> str:
        return f"{reverse('dashboards:summary')}?periode={self.period.code}"

    def letter_files(self) -> list[tuple[str, bytes, str]]:
        return [(self.file_name, bytes(self.paper), PDF)]

    @property
    def file_name(self) -> str:
        return f"ringkasan-{self.period.code}.pdf"
