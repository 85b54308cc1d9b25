"""Minutes and regulations beside decrees, and what a record owes to its minutes before it takes effect."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse

from p2emas import clock
from p2emas.accounts.models import User
from p2emas.documents.kinds import SCANS
from p2emas.documents.models import Instrument, PrivateFile
from p2emas.history.records import EditHistory
from p2emas.naming import said
from p2emas.workflow.models import COORDINATOR_STEP, Chain, Step, StepNotAllowed


class MinutesQuerySet(models.QuerySet):
    def for_user(self, user: User | AnonymousUser) -> "MinutesQuerySet":
        """Drafts are BAPPEDA's; what was once signed is public."""
        return self if isinstance(user, User) and user.sees_everything else self.public()

    def public(self) -> "MinutesQuerySet":
        return self.filter(signed_at__isnull=False)

    def in_state(self, status: str) -> "MinutesQuerySet":
        return self.filter(status=status) if status else self

    def usable(self) -> "MinutesQuerySet":
        """Those that a record may name: no longer the cancelled ones."""
        return self.exclude(status=Minutes.Status.CANCELLED)


class Minutes(Chain, Instrument):
    """The record of a meeting (berita acara), signed on paper. It decides nothing, so it is never in force."""

    class Status(models.TextChoices):
        DRAFT = "DRAFT", "Konsep"
        SIGNED = "SIGNED", "Ditandatangani"
        CANCELLED = "CANCELLED", "Dibatalkan"

    STEPS = {
        "sign": Step(
            "Catat tanda tangan",
            "Tanda tangan dicatat",
            (Status.DRAFT,),
            Status.SIGNED,
            COORDINATOR_STEP,
            help="Naskahnya sudah ditandatangani di atas kertas. Setelah ini isinya tidak diubah lagi dan terbuka "
            "untuk umum, tanpa daftar yang hadir.",
        ),
        "cancel": Step(
            "Batalkan",
            "Dibatalkan",
            (Status.DRAFT, Status.SIGNED),
            Status.CANCELLED,
            COORDINATOR_STEP,
            note_required=True,
            help="Berita acara ini tidak dipakai lagi. Riwayatnya tetap terbaca.",
            ends_for_good=True,
        ),
    }

    place = models.CharField("tempat", max_length=160, blank=True, help_text="Tempat rapat.")
    present = models.TextField("yang hadir", max_length=6000, blank=True, help_text="Satu nama atau SKPD satu baris.")
    text = models.TextField("isi", max_length=12_000, blank=True, help_text="Pokok pembahasan dan kesepakatan.")
    signed_at = models.DateTimeField("dicatat ditandatangani", null=True, editable=False)
    moved_from = models.PositiveBigIntegerField(null=True, unique=True, editable=False)  # its number among decrees
    status = models.CharField("status", max_length=10, choices=Status.choices, default=Status.DRAFT, editable=False)

    objects = MinutesQuerySet.as_manager()
    history = EditHistory(excluded_fields=["status", "signed_at", "present", "moved_from", "created_at", "created_by"])

    class Meta:
        verbose_name = "berita acara"
        verbose_name_plural = "berita acara"
        ordering = ["-dated", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="SIGNED") | (~Q(number="") & Q(dated__isnull=False) & Q(signed_at__isnull=False)),
                name="p2emas_minutes_numbered_when_signed",
                violation_error_message="Berita acara yang ditandatangani harus bernomor dan bertanggal.",
            ),
            models.UniqueConstraint(
                fields=["number", "dated"],
                condition=~Q(number=""),
                name="p2emas_minutes_number_once",
                violation_error_message="Berita acara dengan nomor dan tanggal ini sudah ada.",
            ),
        ]

    def __str__(self) -> str:
        return f"Berita Acara {self.number}" if self.number else "Berita Acara (konsep)"

    def get_absolute_url(self) -> str:
        return reverse("instruments:minutes-detail", args=[self.pk])

    @property
    def is_signed(self) -> bool:
        return self.status == self.Status.SIGNED

    def is_open_to(self, user: User | AnonymousUser) -> bool:
        """Whether its page answers ``user``: the rule of ``for_user`` for a row that is at hand."""
        return self.signed_at is not None or (user.is_authenticated and user.sees_everything)

    def may_edit(self, user: User) -> bool:
        return self.status == self.Status.DRAFT and self.may_attach(user)

    def step_stamp(self, name: str, actor: User | None) -> dict[str, object]:
        return {"signed_at": clock.now()} if name == "sign" else {}

    def check_step(self, name: str) -> None:
        if name == "sign" and not (self.number.strip() and self.dated and self.place.strip() and self.present.strip()):
            raise StepNotAllowed("Isi dahulu nomor dari buku agenda, tanggal, tempat, dan yang hadir.")
        if name == "cancel" and (record := next(records_waiting_on(self), None)):
            raise StepNotAllowed(
                f"{record} menunggu keputusan dengan berita acara ini. Kembalikan atau batalkan dahulu."
            )


class RegulationQuerySet(models.QuerySet):
    def for_user(self, user: User | AnonymousUser) -> "RegulationQuerySet":
        return self if isinstance(user, User) and user.sees_everything else self.public()

    def public(self) -> "RegulationQuerySet":
        return self.filter(is_public=True)


class Regulation(Instrument):
    """A regulation that fixes and ends nothing: its number, day and subject, and the scan. Others are decrees."""

    text = models.TextField(
        "catatan isi", max_length=12_000, blank=True, help_text="Hanya bila perlu; naskahnya ada pada pindaian."
    )
    is_public = models.BooleanField(
        "tampil untuk umum", default=False, help_text="Centang setelah diundangkan; nomor dan tanggalnya wajib."
    )
    moved_from = models.PositiveBigIntegerField(null=True, unique=True, editable=False)  # its number among decrees

    objects = RegulationQuerySet.as_manager()
    history = EditHistory(excluded_fields=["moved_from", "created_at", "created_by"])

    class Meta:
        verbose_name = "peraturan"
        verbose_name_plural = "peraturan"
        ordering = ["-dated", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_public=False) | (~Q(number="") & Q(dated__isnull=False)),
                name="p2emas_regulation_numbered_when_public",
                violation_error_message="Peraturan yang tampil untuk umum harus bernomor dan bertanggal.",
            ),
            models.UniqueConstraint(
                fields=["number", "dated"],
                condition=~Q(number=""),
                name="p2emas_regulation_number_once",
                violation_error_message="Peraturan dengan nomor dan tanggal ini sudah ada.",
            ),
        ]

    def __str__(self) -> str:
        return f"{said('Peraturan {head}')} {self.number or '(konsep)'}"

    def get_absolute_url(self) -> str:
        return reverse("instruments:regulation-detail", args=[self.pk])


class MinutesFileQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "MinutesFileQuerySet":
        return self.filter(minutes__in=Minutes.objects.for_user(user))

    def public(self) -> "MinutesFileQuerySet":
        """Of what was once signed; that of a draft stays with BAPPEDA."""
        return self.filter(minutes__in=Minutes.objects.public())


class MinutesFile(PrivateFile):
    OWNER = "minutes"
    ALLOWED = SCANS

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="files", verbose_name="berita acara")

    objects = MinutesFileQuerySet.as_manager()

    class Meta(PrivateFile.Meta):
        verbose_name = "pindaian berita acara"
        verbose_name_plural = "pindaian berita acara"


class RegulationFileQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "RegulationFileQuerySet":
        return self.filter(regulation__in=Regulation.objects.for_user(user))

    def public(self) -> "RegulationFileQuerySet":
        return self.filter(regulation__in=Regulation.objects.public())


class RegulationFile(PrivateFile):
    OWNER = "regulation"
    ALLOWED = SCANS

    regulation = models.ForeignKey(Regulation, models.PROTECT, related_name="files", verbose_name="peraturan")

    objects = RegulationFileQuerySet.as_manager()

    class Meta(PrivateFile.Meta):
        verbose_name = "pindaian peraturan"
        verbose_name_plural = "pindaian peraturan"


class OnMinutes(models.Model):
    """A record that is submitted with the minutes of its discussion, and takes effect once they are signed.

    One that was submitted before this was asked has none, and goes its way without.
    """

    WAITING = ("SUBMITTED", "DECIDED")
    NEEDS_DECREE = True  # False: the decision itself takes effect

    minutes = models.ForeignKey(
        Minutes, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="berita acara"
    )

    class Meta:
        abstract = True

    def minutes_missing(self) -> str:
        """Why it cannot be submitted yet, or nothing."""
        if self.minutes is None:
            return "Kaitkan dahulu berita acara pembahasannya. Konsepnya cukup; tanda tangannya dapat menyusul."
        if self.minutes.status == Minutes.Status.CANCELLED:
            return f"{self.minutes} sudah dibatalkan. Kaitkan berita acara yang lain."
        return ""

    def check_has_minutes(self) -> None:
        """Inside a step. The lock lets minutes be cancelled either before this is submitted or not at all."""
        if self.minutes_id is not None:
            self.minutes = Minutes.objects.select_for_update(no_key=True).get(pk=self.minutes_id)
        if sentence := self.minutes_missing():
            raise StepNotAllowed(sentence)

    @property
    def unsigned_minutes(self) -> Minutes | None:
        """The minutes that have to be signed before a decree carries it out."""
        return None if self.minutes is None or self.minutes.is_signed else self.minutes


def not_signed(record: models.Model, minutes: Minutes) -> str:
    return f"{minutes} untuk {record} belum ditandatangani. Catat dahulu tanda tangannya, lalu berlakukan."


def records_on(minutes: Minutes, user: User | AnonymousUser) -> Iterator[models.Model]:
    """What was decided on ``minutes``, as far as ``user`` may open it."""
    for model in _models_on_minutes():
        yield from model._default_manager.for_user(user).for_table().filter(minutes=minutes)  # type: ignore[attr-defined]


def records_waiting_on(minutes: Minutes) -> Iterator[models.Model]:
    """What is on its way with ``minutes``: submitted or decided, and not in force yet."""
    for model in _models_on_minutes():
        rows: Any = model._base_manager
        yield from rows.filter(minutes=minutes, status__in=OnMinutes.WAITING)


def _models_on_minutes() -> Iterator[type[OnMinutes]]:
    return (model for model in apps.get_models() if issubclass(model, OnMinutes))
