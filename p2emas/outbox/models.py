"""Letters that a person previews and releases. Password mail does not wait here for a release."""

from collections.abc import Callable, Collection
from datetime import datetime

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse

from p2emas import schema
from p2emas.accounts.models import User
from p2emas.accounts.roles import COORDINATORS, Role

Narrow = Callable[["OutboxMessageQuerySet", User], "OutboxMessageQuerySet"]
_narrowed: list[Narrow] = []


def narrow_by(rule: Narrow) -> Narrow:
    """Register what a house above hides of its letters; this room knows none of their records."""
    _narrowed.append(rule)
    return rule


class OutboxMessageQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "OutboxMessageQuerySet":
        """Coordinators release letters; heads and the auditor also see what the system sent about sign-in."""
        if user.is_superuser or user.has_role(Role.COORDINATOR_HEAD, Role.AUDITOR):
            shown = self
        elif user.has_role(Role.COORDINATOR):
            shown = self.filter(immediate=False)
        else:
            return self.none()
        for rule in _narrowed:
            shown = rule(shown, user)
        return shown

    def waiting_for_release(self) -> "OutboxMessageQuerySet":
        return self.filter(released_at=None, discarded_at=None)

    def about(self, record: models.Model) -> "OutboxMessageQuerySet":
        return self.filter(content_type=ContentType.objects.get_for_model(record), object_id=record.pk)

    def unsent(self) -> "OutboxMessageQuerySet":
        """Neither sent nor taken out: waiting for release, or for the mail server."""
        return self.filter(sent_at=None, discarded_at=None)

    def due(self) -> "OutboxMessageQuerySet":
        """Released and not yet sent."""
        return self.unsent().exclude(released_at=None)

    def due_by(self, moment: datetime) -> "OutboxMessageQuerySet":
        """What the mail run takes next: due, and the wait after a failure is over. ``moment`` is real time."""
        return self.due().filter(Q(next_attempt_at=None) | Q(next_attempt_at__lte=moment))

    def among(self, pks: Collection[int]) -> "OutboxMessageQuerySet":
        return self.filter(pk__in=pks)

    def of_kind(self, kind: str) -> "OutboxMessageQuerySet":
        return self.filter(kind=kind)

    def failed(self) -> "OutboxMessageQuerySet":
        return self.due().exclude(last_error="")

    def sent(self) -> "OutboxMessageQuerySet":
        return self.exclude(sent_at=None)

    def in_state(self, state: str) -> "OutboxMessageQuerySet":
        """Messages in one of ``OutboxMessage.State``."""
        state_of = {
            OutboxMessage.State.WAITING: self.waiting_for_release,
            OutboxMessage.State.QUEUED: lambda: self.due().filter(last_error=""),
            OutboxMessage.State.FAILED: self.failed,
            OutboxMessage.State.SENT: self.sent,
            OutboxMessage.State.DISCARDED: lambda: self.exclude(discarded_at=None).filter(sent_at=None),
        }
        return state_of[OutboxMessage.State(state)]()


class OutboxMessage(models.Model):
    """One mail. ``immediate`` ones (a forgotten password) are released by the system as they are written.

    A personal link (invitation, new password) is in the body as ``LINK_MARK`` and is made when the letter
    goes out: a person who reads the outbox or a backup cannot use it, and its time runs from the sending.
    """

    LINK_MARK = "[tautan pribadi]"

    class Kind(models.TextChoices):
        INVITATION = "invitation", "Undangan akun"
        PASSWORD_RESET = "password_reset", "Kata sandi baru"
        NOTICE = "notice", "Pemberitahuan keamanan"
        REMINDER = "reminder", "Pengingat"
        INTERVIEW = "interview", "Undangan wawancara"
        SELECTION = "selection", "Hasil seleksi pendamping"
        REPORT = "report", "Kabar laporan"

    class State(models.TextChoices):
        WAITING = "waiting", "Menunggu dikirim"
        QUEUED = "queued", "Sedang dikirim"
        FAILED = "failed", "Gagal, dicoba lagi"
        SENT = "sent", "Terkirim"
        DISCARDED = "discarded", "Dibatalkan"

    kind = models.CharField("jenis", max_length=40, choices=Kind.choices)
    content_type = models.ForeignKey(ContentType, models.PROTECT, null=True, blank=True, editable=False)
    object_id = models.PositiveBigIntegerField(null=True, blank=True, editable=False)
    record = GenericForeignKey("content_type", "object_id")
    recipient = models.EmailField("kepada")
    subject = models.CharField("perihal", max_length=200)
    body = models.TextField("isi")
    immediate = models.BooleanField("langsung dikirim", default=False)
    drafted_at = models.DateTimeField("ditulis", default=schema.now)
    released_at = models.DateTimeField("disetujui dikirim", null=True, blank=True)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    discarded_at = models.DateTimeField("dibatalkan", null=True, blank=True)
    discarded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField("terkirim", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("percobaan", default=0)
    last_error = models.CharField("galat terakhir", max_length=300, blank=True)
    next_attempt_at = models.DateTimeField(null=True, blank=True)

    objects = OutboxMessageQuerySet.as_manager()

    class Meta:
        verbose_name = "surat keluar"
        verbose_name_plural = "surat keluar"
        ordering = ["-drafted_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(released_at__isnull=False),
                name="p2emas_outbox_sent_only_released",
                violation_error_message="Surat hanya terkirim setelah disetujui.",
            )
        ]
        indexes = [models.Index(fields=["sent_at", "released_at"], name="p2emas_outbox_due")]

    def __str__(self) -> str:
        return f"{self.subject} -> {self.recipient}"

    def get_absolute_url(self) -> str:
        return reverse("outbox:message-detail", args=[self.pk])

    @property
    def state(self) -> str:
        if self.sent_at:
            return self.State.SENT
        if self.discarded_at:
            return self.State.DISCARDED
        if not self.released_at:
            return self.State.WAITING
        return self.State.FAILED if self.last_error else self.State.QUEUED

    @property
    def state_label(self) -> str:
        return self.State(self.state).label

    @property
    def is_only_asked_for(self) -> bool:
        """Somebody forgot a password; whether the address is known, and the letter, come with the sending."""
        return self.kind == self.Kind.PASSWORD_RESET and not self.body

    @property
    def needs_link(self) -> bool:
        return self.kind in (self.Kind.INVITATION, self.Kind.PASSWORD_RESET)

    def may_edit(self, user: User) -> bool:
        """Before the release a coordinator may correct the words. A superuser repairs data, and sends no letters."""
        return self.state == self.State.WAITING and may_release(user)

    def may_discard(self, user: User) -> bool:
        return self.state in (self.State.WAITING, self.State.FAILED) and may_release(user)

    def may_retry(self, user: User) -> bool:
        return self.state == self.State.FAILED and may_release(user)


def may_read(user: User) -> bool:
    """Whether ``user`` has an outbox at all."""
    return user.is_superuser or user.has_role(*COORDINATORS, Role.AUDITOR)


def may_release(user: User) -> bool:
    return user.has_role(*COORDINATORS)
