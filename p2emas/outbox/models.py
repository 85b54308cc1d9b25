"""Letters that a person previews and releases. Password mail does not wait here for a release."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from p2emas import schema
from p2emas.accounts.models import User
from p2emas.accounts.roles import COORDINATORS, Role

# While a letter is being sent nobody else takes it; a worker that died in between frees it after this time.
CLAIM = timedelta(minutes=5)
LINK_APART = "(tautan disampaikan tersendiri kepada orangnya)"
Narrow = Callable[["OutboxMessageQuerySet", User], "OutboxMessageQuerySet"]
_narrowed: list[Narrow] = []


def narrow_by(rule: Narrow) -> Narrow:
    """Register what a house above hides of its letters; this room knows none of their records."""
    _narrowed.append(rule)
    return rule


class OutboxMessageQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "OutboxMessageQuerySet":
        """Coordinators see all letters except those about sign-in, which heads and the auditor see too."""
        if user.is_superuser or user.has_role(Role.COORDINATOR_HEAD, Role.AUDITOR):
            shown = self
        elif user.has_role(Role.COORDINATOR):
            shown = self.exclude(kind__in=OutboxMessage.ABOUT_SIGN_IN)
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
        """Released and not yet sent. What nobody may get twice is due only until its sending has begun."""
        begun = Q(kind__in=OutboxMessage.ONLY_ONCE, begun_at__isnull=False)
        return self.unsent().exclude(released_at=None).exclude(begun)

    def begun(self) -> "OutboxMessageQuerySet":
        """Letters that nobody may get twice, whose sending began and of which nobody knows how it ended."""
        return self.unsent().filter(kind__in=OutboxMessage.ONLY_ONCE, begun_at__isnull=False)

    def maybe_sent(self) -> "OutboxMessageQuerySet":
        """Those of ``begun`` that no process sends any more."""
        return self.begun().filter(begun_at__lte=real_now() - CLAIM)

    def on_the_way(self) -> "OutboxMessageQuerySet":
        """Waiting for the mail server, without a failure so far."""
        return self.due().filter(last_error="") | self.begun().filter(begun_at__gt=real_now() - CLAIM)

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

    def open_counts(self) -> dict[str, int]:
        """How many wait for their release, may have been sent and have failed; one query over what is not sent."""
        begun = Q(kind__in=OutboxMessage.ONLY_ONCE, begun_at__isnull=False)
        released = Q(released_at__isnull=False)
        states = {
            OutboxMessage.State.WAITING: ~released,
            OutboxMessage.State.MAYBE: released & begun & Q(begun_at__lte=real_now() - CLAIM),
            OutboxMessage.State.FAILED: released & ~begun & ~Q(last_error=""),
        }
        counts = {state.value: models.Count("pk", filter=condition) for state, condition in states.items()}
        return self.unsent().order_by().aggregate(**counts)

    def in_state(self, state: str) -> "OutboxMessageQuerySet":
        """Messages in one of ``OutboxMessage.State``."""
        state_of = {
            OutboxMessage.State.WAITING: self.waiting_for_release,
            OutboxMessage.State.QUEUED: self.on_the_way,
            OutboxMessage.State.MAYBE: self.maybe_sent,
            OutboxMessage.State.FAILED: self.failed,
            OutboxMessage.State.SENT: self.sent,
            OutboxMessage.State.DISCARDED: lambda: self.exclude(discarded_at=None).filter(sent_at=None),
        }
        return state_of[OutboxMessage.State(state)]()


class BringsFiles(models.Model):
    """A record whose letters have files with them, the same as often as a letter is sent."""

    class Meta:
        abstract = True

    def letter_files(self) -> list[tuple[str, bytes, str]]:
        """Name, content and type of each."""
        raise NotImplementedError


class OutboxMessage(models.Model):
    """One mail. ``immediate`` ones (a forgotten password) are released by the system as they are written.

    A personal link (invitation, new password) is in the body as ``LINK_MARK`` and is made when the letter
    goes out: a person who reads the outbox or a backup cannot use it, and its time runs from the sending.

    A letter of ``ONLY_ONCE`` is never sent a second time by itself: where its sending began (``begun_at``) and nobody
    knows how it ended, because the worker was killed or the mail server fell silent, it is "Mungkin terkirim" until a
    person sends it again. The others are sent again with the same Message-ID: without them nobody gets in.
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
        NEWS = "news", "Pemberitahuan"
        DIGEST = "digest", "Ringkasan mingguan"
        SUMMARY = "summary", "Ringkasan untuk pimpinan"

    ABOUT_SIGN_IN = (Kind.PASSWORD_RESET, Kind.NOTICE)
    ONLY_ONCE = (Kind.REMINDER, Kind.NEWS, Kind.DIGEST, Kind.SUMMARY)

    class State(models.TextChoices):
        WAITING = "waiting", "Menunggu dikirim"
        QUEUED = "queued", "Sedang dikirim"
        FAILED = "failed", "Gagal, dicoba lagi"
        MAYBE = "maybe", "Mungkin terkirim"
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
    begun_at = models.DateTimeField("mulai dikirim", null=True, blank=True, editable=False)

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
    def words_without_link(self) -> str:
        """For paper and for texts that others read too: a personal link goes only to the person, by mail or by hand."""
        return self.body.replace(self.LINK_MARK, LINK_APART)

    @property
    def texts(self) -> list[tuple[str, str]]:
        """Whom it is for, and subject and body in one, to paste elsewhere."""
        return [(self.recipient, f"{self.subject}\n\n{self.words_without_link}")]

    @property
    def state(self) -> str:
        if self.sent_at:
            return self.State.SENT
        if self.discarded_at:
            return self.State.DISCARDED
        if not self.released_at:
            return self.State.WAITING
        if self.begun_at and self.kind in self.ONLY_ONCE:
            return self.State.MAYBE if self.begun_at <= real_now() - CLAIM else self.State.QUEUED
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
        return self.state in (self.State.WAITING, self.State.FAILED, self.State.MAYBE) and may_release(user)

    def may_retry(self, user: User) -> bool:
        return self.state in (self.State.FAILED, self.State.MAYBE) and may_release(user)


def may_read(user: User) -> bool:
    """Whether ``user`` has an outbox at all."""
    return user.is_superuser or user.has_role(*COORDINATORS, Role.AUDITOR)


def may_release(user: User) -> bool:
    return user.has_role(*COORDINATORS)


def real_now() -> datetime:
    """Sending runs in real time; the demo's pinned day would stop or repeat its waits at midnight."""
    return timezone.now()
