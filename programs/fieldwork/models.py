"""Visits of facilitators: what was seen in a village on a day, its photos, the work that was seen, and replies."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from districts.regions.models import Village
from facilitators.placements.models import Placement
from p2emas import clock, schema
from p2emas.accounts.models import User
from p2emas.documents.kinds import PHOTOS
from p2emas.documents.models import PrivateFile
from p2emas.ui import formats
from p2emas.workflow.models import COORDINATOR_STEP, Chain, StatusChange, Step, StepNotAllowed
from p2emas.workflow.riwayat import Entry
from programs.fieldwork.querysets import FieldReportQuerySet
from programs.obstacles.models import Obstacle
from programs.planning.models import PlanLine

MOST_PHOTOS = 5
PHOTOS_MISSING_DAYS = 14  # after which a person may count the text without its photos
NOBODY_ELSE: frozenset[str] = frozenset()  # steps of the author, by person and not by role


class FieldReport(Chain):
    """One visit. Sent once and never rewritten: a correction is a new version that ``replaces`` it.

    It has no edit history: what its author changed before sending is nobody else's, and afterwards nothing changes.
    """

    class Kind(models.TextChoices):
        MOTIVATING = "MOTIVATING", "Motivasi kelompok"
        MONITORING = "MONITORING", "Pemantauan kegiatan"
        HANDING_OVER = "HANDING_OVER", "Penyerahan bantuan"
        TRAINING = "TRAINING", "Pelatihan"
        OTHER = "OTHER", "Lainnya"

    class Status(models.TextChoices):
        DRAFT = "DRAFT", "Draf"
        WAITING = "WAITING", "Menunggu foto"
        SENT = "SENT", "Terkirim"
        RETURNED = "RETURNED", "Dikembalikan"
        REPLACED = "REPLACED", "Diganti"

    STEPS = {
        "send": Step("Kirim", "Dikirim", (Status.DRAFT,), Status.WAITING, NOBODY_ELSE, own_page=True),
        "complete": Step("Lengkapi", "Lengkap", (Status.WAITING,), Status.SENT, NOBODY_ELSE, own_page=True),
        "release_text": Step(
            "Terima tanpa foto",
            "Diterima tanpa foto",
            (Status.WAITING,),
            Status.SENT,
            COORDINATOR_STEP,
            note_required=True,
            help=f"Fotonya belum datang {PHOTOS_MISSING_DAYS} hari sesudah tulisannya. Kunjungan dihitung dari "
            "tulisannya saja. Tulis alasannya.",
        ),
        "return": Step(
            "Tanya balik",
            "Ditanya balik",
            (Status.SENT,),
            Status.RETURNED,
            COORDINATOR_STEP,
            note_required=True,
            help="Tulis pertanyaannya. Pendamping membacanya di Lapangan, lalu menjawab atau mengirim perbaikan. "
            "Isi kunjungan tidak diubah oleh siapa pun.",
        ),
        "answer": Step(
            "Jawab",
            "Dijawab",
            (Status.RETURNED,),
            Status.SENT,
            NOBODY_ELSE,
            note_required=True,
            help="Jawab pertanyaan koordinator. Bila isinya keliru, kirim perbaikan sebagai versi baru.",
        ),
        "replace": Step(
            "Ganti dengan versi baru",
            "Diganti versi baru",
            (Status.WAITING, Status.SENT, Status.RETURNED),
            Status.REPLACED,
            NOBODY_ELSE,
            own_page=True,
        ),
    }

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="field_reports",
        editable=False,
        verbose_name="pendamping",
    )
    client_token = models.UUIDField("kode dari HP", unique=True, editable=False)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="replaced_by", verbose_name="ganti"
    )
    placement = models.ForeignKey(
        Placement, models.PROTECT, related_name="field_reports", editable=False, verbose_name="penempatan"
    )
    village = models.ForeignKey(Village, models.PROTECT, related_name="field_reports", verbose_name="desa")
    visited_on = models.DateField("tanggal kunjungan")
    kind = models.CharField("jenis kunjungan", max_length=12, choices=Kind.choices, default=Kind.MONITORING)
    women = models.PositiveSmallIntegerField("perempuan yang hadir", null=True, blank=True)
    men = models.PositiveSmallIntegerField("laki-laki yang hadir", null=True, blank=True)
    output = models.DecimalField("hasil bulan ini", max_digits=12, decimal_places=2, null=True, blank=True)
    output_unit = models.CharField("satuan hasil", max_length=30, blank=True)
    text = models.TextField("yang dilihat dan dibicarakan", max_length=3000, blank=True)
    has_obstacle = models.BooleanField("ada kendala", null=True, blank=True)
    obstacle_text = models.CharField("kendalanya", max_length=500, blank=True)
    obstacle = models.ForeignKey(
        Obstacle, models.PROTECT, null=True, blank=True, editable=False, related_name="visits", verbose_name="kendala"
    )
    consent = models.BooleanField("orang pada foto setuju difoto untuk laporan dan halaman umum", default=False)
    photo_list = models.JSONField(default=list, blank=True, editable=False)  # number, sha256, size, caption of each
    lat = models.DecimalField("lintang", max_digits=9, decimal_places=6, null=True, blank=True)
    lng = models.DecimalField("bujur", max_digits=9, decimal_places=6, null=True, blank=True)
    accuracy = models.PositiveIntegerField("ketelitian (meter)", null=True, blank=True)
    received_at = models.DateTimeField("tulisan diterima", null=True, editable=False)
    sent_at = models.DateTimeField("lengkap", null=True, editable=False)
    is_sample = models.BooleanField("data contoh", default=False)
    status = models.CharField("status", max_length=8, choices=Status.choices, default=Status.DRAFT, editable=False)
    created_at = models.DateTimeField(default=schema.now, editable=False)

    objects = FieldReportQuerySet.as_manager()

    class Meta:
        verbose_name = "kunjungan"
        verbose_name_plural = "kunjungan"
        ordering = ["-visited_on", "-pk"]
        indexes = [
            models.Index(fields=["village", "visited_on"], name="programs_fieldreport_month"),
            models.Index(fields=["status", "visited_on"], name="programs_fieldreport_waiting"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="DRAFT")
                | (Q(women__isnull=False, men__isnull=False, has_obstacle__isnull=False) & ~Q(text="")),
                name="programs_fieldreport_sent_is_filled",
                violation_error_message="Kunjungan yang dikirim memuat yang hadir, tulisan, dan jawaban soal kendala.",
            ),
            models.CheckConstraint(
                condition=Q(status="DRAFT") | Q(received_at__isnull=False),
                name="programs_fieldreport_sent_when",
                violation_error_message="Kunjungan yang dikirim menyebut kapan diterima.",
            ),
            models.CheckConstraint(
                condition=Q(lat=None, lng=None) | Q(lat__isnull=False, lng__isnull=False),
                name="programs_fieldreport_whole_place",
                violation_error_message="Isi lintang dan bujur, atau kosongkan keduanya.",
            ),
            models.CheckConstraint(
                condition=Q(output=None) | Q(output__gte=0),
                name="programs_fieldreport_output_not_negative",
                violation_error_message="Hasil tidak boleh negatif.",
            ),
            models.CheckConstraint(
                condition=Q(replaces=None) | ~Q(replaces=F("pk")),
                name="programs_fieldreport_not_itself",
                violation_error_message="Kunjungan tidak mengganti dirinya sendiri.",
            ),
        ]

    def __str__(self) -> str:
        return f"Kunjungan {self.village}, {formats.long_date(self.visited_on)}"

    def get_absolute_url(self) -> str:
        return reverse("fieldwork:visit-detail", args=[self.pk])

    # --- Who takes which step --------------------------------------------------------------------------------------

    def may_take(self, user: User | None, name: str) -> bool:
        """Its author may, whose placement may have ended; a role decides only for the office."""
        if self.STEPS[name].roles is NOBODY_ELSE:
            return user is not None and user.is_active and not user.is_superuser and user.pk == self.author_id
        return super().may_take(user, name)

    def check_step(self, name: str) -> None:
        if name == "send" and (missing := self.missing):
            raise StepNotAllowed(f"Lengkapi dulu: {', '.join(missing)}.")
        if name == "complete" and self.photos_missing:
            raise StepNotAllowed("Foto belum lengkap.")
        if name == "release_text" and not self.text_may_be_released(clock.today()):
            raise StepNotAllowed(f"Fotonya ditunggu {PHOTOS_MISSING_DAYS} hari sejak tulisannya diterima.")

    def step_stamp(self, name: str, actor: User | None) -> Mapping[str, Any]:
        if name == "send":
            return {"received_at": clock.now()}
        return {"sent_at": clock.now()} if name in ("complete", "release_text") else {}

    def riwayat_extra(self) -> list[Entry]:
        """What the public was shown of it, and what was taken back: who and when."""
        parts = {part.pk: part for part in self.story_parts.select_related("photo")}
        if not parts:
            return []
        kind = ContentType.objects.get_for_model(self.story_parts.model)
        steps = StatusChange.objects.filter(content_type=kind, object_id__in=parts).select_related("actor")
        return [
            Entry(at=each.at, who=str(each.actor), title=f"{part.words} {part.STEPS[each.step].done.lower()}")
            for each in steps
            for part in (parts[each.object_id],)
        ]

    # --- What it says ----------------------------------------------------------------------------------------------

    @property
    def number(self) -> str:
        return f"KJG-{self.pk:04d}"

    @property
    def missing(self) -> list[str]:
        """What a draft still needs, in words of its screens."""
        needed = {
            "jumlah yang hadir": self.women is None or self.men is None,
            "tulisan": not self.text.strip(),
            "jawaban ada kendala atau tidak": self.has_obstacle is None,
            "kendalanya": bool(self.has_obstacle) and not self.obstacle_text.strip(),
            "persetujuan orang pada foto": bool(self.photo_list) and not self.consent,
        }
        return [words for words, lacks in needed.items() if lacks]

    @property
    def present(self) -> int | None:
        return None if self.women is None or self.men is None else self.women + self.men

    @property
    def photos_missing(self) -> list[int]:
        """Numbers of the photos that were announced and have not come."""
        there = {photo.number for photo in self.photos.all()} if self.photo_list else set()
        return [each["number"] for each in self.photo_list if each["number"] not in there]

    @property
    def state_words(self) -> str:
        """ "Menunggu foto 2 dari 4"; else the word of its state."""
        if self.status != self.Status.WAITING:
            return str(self.get_status_display())
        total = len(self.photo_list)
        return f"Menunggu foto {total - len(self.photos_missing)} dari {total}"

    def text_may_be_released(self, on: date) -> bool:
        if self.status not in (self.Status.WAITING, self.Status.SENT) or self.received_at is None:
            return False
        return timezone.localtime(self.received_at).date() + timedelta(days=PHOTOS_MISSING_DAYS) <= on


class ThroughVisitQuerySet(models.QuerySet):
    """Parts of a visit: everyone who may see the visit may see them."""

    def for_user(self, user: User) -> "ThroughVisitQuerySet":
        return self.filter(report__in=FieldReport.objects.for_user(user))


class VisitedLine(models.Model):
    """A line of a plan whose work was seen. ``ended``: a later version had taken its place by the day of the visit."""

    report = models.ForeignKey(FieldReport, models.CASCADE, related_name="lines", verbose_name="kunjungan")
    plan_line = models.ForeignKey(PlanLine, models.PROTECT, related_name="visits", verbose_name="kegiatan")
    ended = models.BooleanField("sudah berakhir", default=False, editable=False)
    not_begun = models.BooleanField("belum mulai di lapangan", default=False, db_default=False)

    objects = ThroughVisitQuerySet.as_manager()

    class Meta:
        verbose_name = "kegiatan yang dilihat"
        verbose_name_plural = "kegiatan yang dilihat"
        ordering = ["report", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "plan_line"],
                name="programs_visitedline_once",
                violation_error_message="Kegiatan ini sudah tercatat pada kunjungan.",
            )
        ]

    def __str__(self) -> str:
        return str(self.plan_line)


class FieldPhotoQuerySet(ThroughVisitQuerySet):
    def public(self) -> "FieldPhotoQuerySet":
        """Released by a person and not withdrawn, of a visit that counts as it is."""
        return self.filter(story_part__status="PUBLISHED", report__status="SENT", report__consent=True)

    def in_village(self, village: Village) -> "FieldPhotoQuerySet":
        return self.filter(report__village=village)

    def of_year(self, year: int) -> "FieldPhotoQuerySet":
        return self.filter(report__visited_on__year=year)


class FieldPhoto(PrivateFile):
    """One of the photos of a visit. ``sent_sha256`` is of the bytes that the phone sent, before they were cleaned."""

    OWNER = "report"
    ALLOWED = PHOTOS

    report = models.ForeignKey(FieldReport, models.CASCADE, related_name="photos", verbose_name="kunjungan")
    number = models.PositiveSmallIntegerField("nomor foto")
    sent_sha256 = models.CharField(max_length=64, editable=False)

    objects = FieldPhotoQuerySet.as_manager()

    class Meta(PrivateFile.Meta):
        verbose_name = "foto kunjungan"
        verbose_name_plural = "foto kunjungan"
        ordering = ["report", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "number"],
                name="programs_fieldphoto_number_once",
                violation_error_message="Nomor foto ini sudah ada.",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=MOST_PHOTOS),
                name="programs_fieldphoto_number",
                violation_error_message=f"Paling banyak {MOST_PHOTOS} foto.",
            ),
        ]


class VisitReply(models.Model):
    """What an agency, a coordinator or the author says about a visit. Rows are only ever added."""

    report = models.ForeignKey(FieldReport, models.CASCADE, related_name="replies", verbose_name="kunjungan")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name="penulis"
    )
    text = models.TextField("balasan", max_length=1000)
    at = models.DateTimeField("ditulis", default=schema.now, editable=False)

    objects = ThroughVisitQuerySet.as_manager()

    class Meta:
        verbose_name = "balasan kunjungan"
        verbose_name_plural = "balasan kunjungan"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="programs_visitreply_says_something",
                violation_error_message="Tulis balasannya.",
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]
