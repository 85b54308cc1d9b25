"""What somebody uploaded or pasted for a form of many rows: kept from its difference page until it can be undone."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from p2emas import clock, schema
from p2emas.accounts.models import User
from p2emas.documents.kinds import ReceivedFile
from p2emas.ui import formats

KEPT = timedelta(days=90)


class LaneUploadQuerySet(models.QuerySet["LaneUpload"]):
    def for_user(self, user: User) -> "LaneUploadQuerySet":
        """Nobody else reads what a person has not saved yet."""
        return self.filter(uploaded_by=user)

    def of_record(self, lane: str, record: int) -> "LaneUploadQuerySet":
        return self.filter(lane=lane, record=record)

    def being_read(self) -> "LaneUploadQuerySet":
        return self.filter(status=LaneUpload.Status.READING)

    def applied(self) -> "LaneUploadQuerySet":
        return self.filter(status=LaneUpload.Status.APPLIED)

    def forget_old(self) -> int:
        return self.filter(uploaded_at__lt=clock.now() - KEPT).delete()[0]


class LaneUpload(models.Model):
    """Cells of a workbook or of pasted text, as read; what is stored is compared with them whenever they are shown."""

    class Status(models.TextChoices):
        READING = "READING", "Dibaca"
        ASKING = "ASKING", "Kolom ditanyakan"
        READY = "READY", "Siap dipakai"
        FAILED = "FAILED", "Galat"
        APPLIED = "APPLIED", "Dipakai"
        UNDONE = "UNDONE", "Dibatalkan"

    lane = models.CharField("jenis isian", max_length=20)
    record = models.BigIntegerField("data yang diisi")
    status = models.CharField("status", max_length=8, choices=Status.choices, default=Status.READY)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    uploaded_at = models.DateTimeField("diunggah", default=schema.now)
    file_name = models.CharField("nama berkas", max_length=120, blank=True)  # "": pasted
    made_at = models.DateTimeField("diunduh", null=True, blank=True)
    cells = models.JSONField("isi", default=list, blank=True)
    held = models.JSONField("isi waktu diunduh", default=dict, blank=True)
    notices = models.JSONField("catatan", default=list, blank=True)
    problem = models.CharField("galat", max_length=500, blank=True)
    content = models.BinaryField("berkas yang menunggu dibaca", null=True)  # kept of a table with headings of others
    content_type = models.CharField(max_length=100, blank=True)
    job = models.CharField(max_length=64, blank=True)
    asked = models.JSONField("kolom yang ditanyakan", null=True, blank=True)  # headings, by the sheet they may fill
    layout = models.JSONField("susunan kolom", null=True, blank=True)  # the answer, of one sheet
    before = models.JSONField("isi sebelumnya", default=dict, blank=True)  # what the form would send to take it back
    added = models.JSONField("baris yang ditambahkan", null=True, blank=True)  # as the lane calls them
    changed = models.PositiveIntegerField("sel berubah", default=0)
    version_after = models.PositiveIntegerField(null=True, blank=True)
    applied_at = models.DateTimeField("dipakai", null=True, blank=True)

    objects = LaneUploadQuerySet.as_manager()

    class Meta:
        verbose_name = "isian Excel"
        verbose_name_plural = "isian Excel"
        ordering = ["-uploaded_at", "-pk"]
        indexes = [models.Index(fields=["uploaded_by", "lane", "record"], name="p2emas_laneupload_of_person")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="FAILED") | ~Q(problem=""),
                name="p2emas_laneupload_failure_explained",
                violation_error_message="Isian Excel yang galat harus menyebut sebabnya.",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=("APPLIED", "UNDONE"))
                | Q(version_after__isnull=False, applied_at__isnull=False),
                name="p2emas_laneupload_applied_when",
                violation_error_message="Isian Excel yang dipakai mencatat kapan dan versi sesudahnya.",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name or "Tempelan tabel"

    def get_absolute_url(self) -> str:
        return reverse("imports:lane-upload", args=[self.pk])

    @property
    def asks_again(self) -> bool:
        """Whether its columns are asked, or may be answered otherwise."""
        return self.status in (self.Status.ASKING, self.Status.READY) and bool(self.asked) and self.content is not None

    @property
    def received(self) -> ReceivedFile:
        """The file, or the text, that is kept to be read."""
        content = bytes(self.content or b"")
        return ReceivedFile(
            content=content, thumbnail=b"", original_name=self.file_name, content_type=self.content_type
        )

    @property
    def changes_in_words(self) -> str:
        """What applying it did: "24 sel berubah, 3 baris baru"."""
        parts = [f"{formats.number(self.changed)} sel berubah"] if self.changed or not self.added else []
        parts += [f"{formats.number(len(self.added))} baris baru"] if self.added else []
        return ", ".join(parts)
