"""What one person was told, once for each occasion, and which of it comes by mail too."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse

from p2emas import schema
from p2emas.accounts.models import User
from p2emas.registry.contributions import notice_kinds

KEPT = timedelta(days=365)
FALLBACK_SHAPE = "dot"


class NotificationQuerySet(models.QuerySet[Any]):
    def for_user(self, user: User) -> "NotificationQuerySet":
        """What this person was told, without records that have left their scope."""
        shown = Q(content_type=None)
        for model in {kind.model for kind in notice_kinds().values()}:
            rows = model._default_manager.for_user(user)  # type: ignore[attr-defined]  # every kind has a scope
            shown |= Q(
                content_type=ContentType.objects.get_for_model(model), object_id__in=rows.order_by().values("pk")
            )
        return self.filter(shown, user=user)

    def unread(self) -> "NotificationQuerySet":
        return self.filter(read_at=None)

    def mark_read(self, *, up_to: int, now: datetime) -> int:
        """Read are those up to the newest that the page showed; what came since stays new."""
        return self.unread().filter(pk__lte=up_to).update(read_at=now)

    def of_occasion(self, kind: str, occasion: str) -> "NotificationQuerySet":
        return self.filter(kind=kind, occasion=occasion)

    def last_told(self, kind: str, records: Sequence[models.Model]) -> dict[int, datetime]:
        """When each of these records of one model was last told of: key -> moment."""
        if not records:
            return {}
        of_model = ContentType.objects.get_for_model(type(records[0]))
        told = self.filter(kind=kind, content_type=of_model, object_id__in=[record.pk for record in records])
        return dict(told.order_by().values_list("object_id").annotate(models.Max("told_at")))

    def forget_old(self, now: datetime) -> int:
        """Remove what was told more than a year ago; how many."""
        return self.filter(told_at__lt=now - KEPT).delete()[0]


class Notification(models.Model):
    """``kind`` is the code of a ``NoticeKind``. The words are kept as they were said, because the record continues."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="pembaca")
    kind = models.CharField("jenis", max_length=30)
    content_type = models.ForeignKey(ContentType, models.PROTECT, null=True, editable=False)
    object_id = models.PositiveBigIntegerField(null=True, editable=False)
    record = GenericForeignKey("content_type", "object_id")
    occasion = models.CharField("peristiwa", max_length=80)
    title = models.CharField("kalimat", max_length=200)
    detail = models.CharField("keterangan", max_length=300, blank=True)
    told_at = models.DateTimeField("diberitahukan", default=schema.now)
    read_at = models.DateTimeField("dibaca", null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = "pemberitahuan"
        verbose_name_plural = "pemberitahuan"
        ordering = ["-told_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "occasion"],
                name="p2emas_notification_once",
                violation_error_message="Hal ini sudah diberitahukan kepada orang ini.",
            ),
            models.CheckConstraint(
                condition=~Q(occasion=""),
                name="p2emas_notification_has_occasion",
                violation_error_message="Pemberitahuan menyebut peristiwanya.",
            ),
        ]
        indexes = [models.Index(fields=["user", "-told_at"], name="p2emas_notification_list")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        kind = notice_kinds().get(self.kind)
        return kind.page_of(self.record) if kind and self.record else reverse("notifications:notification-list")

    @property
    def shape(self) -> str:
        """The icon of its kind."""
        kind = notice_kinds().get(self.kind)
        return kind.shape if kind else FALLBACK_SHAPE


class NotificationChoiceQuerySet(models.QuerySet[Any]):
    def of_kind(self, kind: str) -> dict[int, bool]:
        """Who has chosen, and what: user -> whether the kind comes by mail."""
        return dict(self.filter(kind=kind).values_list("user", "by_mail"))

    def of_user(self, user: User) -> dict[str, bool]:
        return dict(self.filter(user=user).values_list("kind", "by_mail"))


class NotificationChoice(models.Model):
    """Somebody's choice for one kind; without a row the kind's default counts."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="pembaca")
    kind = models.CharField("jenis", max_length=30)
    by_mail = models.BooleanField("lewat surel")

    objects = NotificationChoiceQuerySet.as_manager()

    class Meta:
        verbose_name = "pilihan pemberitahuan"
        verbose_name_plural = "pilihan pemberitahuan"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind"],
                name="p2emas_notificationchoice_once",
                violation_error_message="Pilihan ini sudah ada.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.kind}"
