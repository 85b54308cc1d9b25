"""Letters that a person previews and releases. Password mail does not wait here for a release."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from p2emas import clock
from p2emas.accounts.models import User
from p2emas.accounts.roles import COORDINATORS, Role


class OutboxMessageQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "OutboxMessageQuerySet":
        """Coordinators release letters; the auditor reads them; nobody else sees the outbox."""
        return self if user.is_superuser or user.has_role(*COORDINATORS, Role.AUDITOR) else self.none()

    def waiting_for_release(self) -> "OutboxMessageQuerySet":
        return self.filter(released_at=None, discarded_at=None)

    def due(self) -> "OutboxMessageQuerySet":
        """Released and not yet sent: what the mail run takes next."""
        return self.filter(sent_at=None, discarded_at=None).exclude(released_at=None)


class OutboxMessage(models.Model):
    """One mail. ``immediate`` ones (a forgotten password) are released by the system as they are written."""

    kind = models.CharField(_("jenis"), max_length=40)
    content_type = models.ForeignKey(ContentType, models.PROTECT, null=True, blank=True, editable=False)
    object_id = models.PositiveBigIntegerField(null=True, blank=True, editable=False)
    record = GenericForeignKey("content_type", "object_id")
    recipient = models.EmailField(_("kepada"))
    subject = models.CharField(_("perihal"), max_length=200)
    body = models.TextField(_("isi"))
    immediate = models.BooleanField(_("langsung dikirim"), default=False)
    drafted_at = models.DateTimeField(_("ditulis"), default=clock.now)
    released_at = models.DateTimeField(_("dilepas"), null=True, blank=True)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    discarded_at = models.DateTimeField(_("dibatalkan"), null=True, blank=True)
    sent_at = models.DateTimeField(_("terkirim"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("percobaan"), default=0)
    last_error = models.CharField(_("galat terakhir"), max_length=300, blank=True)
    next_attempt_at = models.DateTimeField(null=True, blank=True)

    objects = OutboxMessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("surat keluar")
        verbose_name_plural = _("surat keluar")
        ordering = ["-drafted_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(released_at__isnull=False),
                name="p2emas_outbox_sent_only_released",
                violation_error_message=_("Surat hanya terkirim setelah dilepas."),
            )
        ]
        indexes = [models.Index(fields=["sent_at", "released_at"], name="p2emas_outbox_due")]

    def __str__(self) -> str:
        return f"{self.subject} -> {self.recipient}"

    def get_absolute_url(self) -> str:
        return reverse("outbox:message-detail", args=[self.pk])
