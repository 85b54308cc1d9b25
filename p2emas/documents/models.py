"""Decrees and what all instruments share, private files and receipts."""

import uuid
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.text import slugify

from p2emas import schema
from p2emas.accounts.models import User
from p2emas.accounts.roles import COORDINATORS
from p2emas.documents.kinds import ENDINGS, PAPERS, SCANS
from p2emas.documents.removing import remove_when_committed
from p2emas.history.records import EditHistory
from p2emas.naming import said
from p2emas.workflow.models import HEAD_STEP, Chain, Step


class Instrument(models.Model):
    """What decrees, minutes and regulations share. Numbers come from the agenda book: typed, never generated."""

    number = models.CharField("nomor", max_length=80, blank=True, help_text="Dari buku agenda, misalnya 050/123/2017.")
    dated = models.DateField("tanggal", null=True, blank=True, help_text="Tanggal penandatanganan.")
    about = models.CharField("tentang", max_length=300, help_text="Judul naskah, tanpa kata tentang.")
    signer_name = models.CharField(
        "penanda tangan", max_length=120, blank=True, help_text="Nama dengan gelar, seperti tertulis di naskah."
    )
    signer_nip = models.CharField(
        "NIP penanda tangan", max_length=18, blank=True, help_text="18 angka, kosongkan bila tidak ada."
    )
    signer_rank = models.CharField(
        "pangkat penanda tangan", max_length=60, blank=True, help_text="Misalnya Pembina Utama Muda."
    )
    signer_title = models.CharField(
        "jabatan penanda tangan",
        max_length=120,
        blank=True,
        help_text="Seperti tertulis di naskah.",
    )
    source = models.CharField("sumber", max_length=300, blank=True, help_text="Dari mana isi ini diketahui.")
    is_sample = models.BooleanField("data contoh", default=False, help_text="Tandai bila nomor atau isinya rekaan.")
    created_at = models.DateTimeField(default=schema.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta:
        abstract = True

    def same_number(self) -> models.QuerySet:
        """Others of its kind that bear its number: mostly a slip, though agenda books do begin again each year."""
        number, rows = self.number.strip(), type(self)._default_manager
        return rows.filter(number__iexact=number).exclude(pk=self.pk) if number else rows.none()

    @staticmethod
    def may_attach(user: User | AnonymousUser) -> bool:
        """The signed paper often comes back later; adding it changes nothing of its text."""
        return isinstance(user, User) and user.has_role(*COORDINATORS)


class DecreeQuerySet(models.QuerySet):
    def for_user(self, user: User | AnonymousUser) -> "DecreeQuerySet":
        """Drafts are BAPPEDA's; what was once in force is public."""
        return self if isinstance(user, User) and user.sees_everything else self.public()

    def public(self) -> "DecreeQuerySet":
        return self.filter(status__in=Decree.PUBLISHED)

    def drafts(self) -> "DecreeQuerySet":
        return self.filter(status=Decree.Status.DRAFT)

    def with_text(self) -> "DecreeQuerySet":
        """Decrees whose paper is made of the record; a regulation has articles."""
        return self.filter(kind=Decree.Kind.SK)

    def recorded(self) -> "DecreeQuerySet":
        """Those whose signed paper counts: the legal check was advice."""
        return self.filter(origin=Decree.Origin.RECORDED)

    def recorded_otherwise(self) -> "DecreeQuerySet":
        """Drafted here, and signed with another content than the legal check asked for; a head said why."""
        return self.recorded().exclude(recorded_because="")

    def changing_between(self, first: date, last: date) -> "DecreeQuerySet":
        """Those whose first or last day is one of these."""
        return self.filter(Q(valid_from__range=(first, last)) | Q(valid_until__range=(first, last)))

    def in_force(self, on: date) -> "DecreeQuerySet":
        """What holds on ``on``; a revoked decree held until its last day."""
        held = Q(valid_until=None, status=Decree.Status.IN_FORCE) | Q(valid_until__gte=on)
        return self.public().filter(held, valid_from__lte=on)


class Decree(Chain, Instrument):
    """What fixes or ends something: a decree (SK), or a regulation that does."""

    class Kind(models.TextChoices):
        SK = "SK", "Surat Keputusan"
        PERBUP = "PERBUP", "Peraturan kepala daerah"

    class Status(models.TextChoices):
        DRAFT = "DRAFT", "Konsep"
        IN_FORCE = "IN_FORCE", "Berlaku"
        REVOKED = "REVOKED", "Dicabut"

    class Origin(models.TextChoices):
        DRAFTED = "DRAFTED", "Disusun di sini"
        RECORDED = "RECORDED", "Dicatat dari naskah"

    PUBLISHED = (Status.IN_FORCE, Status.REVOKED)

    STEPS = {
        "enact": Step(
            "Berlakukan",
            "Diberlakukan",
            (Status.DRAFT,),
            Status.IN_FORCE,
            HEAD_STEP,
            help="Kompetensi inti dan lokasi sasaran dalam lampirannya mulai atau berhenti berlaku.",
            own_page=True,
        ),
        "revoke": Step(
            "Cabut",
            "Dicabut",
            (Status.IN_FORCE,),
            Status.REVOKED,
            HEAD_STEP,
            note_required=True,
            help="Keputusan ini berhenti berlaku. Riwayatnya tetap terbaca.",
            ends_for_good=True,
            own_page=True,
        ),
    }

    kind = models.CharField(
        "jenis", max_length=12, choices=Kind.choices, default=Kind.SK, help_text="Menurut judul naskahnya."
    )
    valid_from = models.DateField("berlaku sejak", null=True, blank=True, help_text="Hari pertama isinya berlaku.")
    valid_until = models.DateField("berlaku sampai", null=True, blank=True, help_text="Kosongkan bila tanpa batas.")
    amends = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="amendments",
        verbose_name="mengubah",
        help_text="Keputusan yang diubah oleh keputusan ini; yang diubah tetap berlaku.",
    )
    considering = models.TextField(
        "menimbang", blank=True, help_text="Satu pertimbangan satu baris; huruf a, b, c ditulis otomatis."
    )
    recalling = models.TextField(
        "mengingat", blank=True, help_text="Satu dasar hukum satu baris; nomornya ditulis otomatis."
    )
    dictums = models.TextField(
        "memutuskan", blank=True, help_text="Satu diktum satu baris; KESATU, KEDUA ditulis otomatis."
    )
    origin = models.CharField(
        "asal naskah",
        max_length=8,
        choices=Origin.choices,
        default=Origin.DRAFTED,
        help_text="Dicatat dari naskah: keputusan yang sudah ditandatangani. Pindaian dan sumbernya wajib.",
    )
    recorded_because = models.TextField(
        "alasan dicatat dari naskah",
        blank=True,
        editable=False,
        help_text="Mengapa naskah yang ditandatangani lain dari pemeriksaan.",
    )
    status = models.CharField("status", max_length=10, choices=Status.choices, default=Status.DRAFT, editable=False)

    objects = DecreeQuerySet.as_manager()
    history = EditHistory(excluded_fields=["status", "created_at", "created_by"])

    class Meta:
        verbose_name = "keputusan"
        verbose_name_plural = "keputusan"
        ordering = ["-dated", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="DRAFT") | (~Q(number="") & Q(dated__isnull=False) & Q(valid_from__isnull=False)),
                name="p2emas_decree_numbered_from_in_force",
                violation_error_message=(
                    "Keputusan yang berlaku harus bernomor, bertanggal, dan punya tanggal mulai berlaku."
                ),
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_from__lte=F("valid_until")),
                name="p2emas_decree_dates",
                violation_error_message="Akhir masa berlaku tidak boleh sebelum mulainya.",
            ),
            models.CheckConstraint(
                condition=Q(amends=None) | ~Q(amends=F("pk")),
                name="p2emas_decree_not_amends_itself",
                violation_error_message="Keputusan tidak dapat mengubah dirinya sendiri.",
            ),
            models.CheckConstraint(
                condition=Q(origin="DRAFTED") | ~Q(source="") | ~Q(recorded_because=""),
                name="p2emas_decree_recorded_names_source",
                violation_error_message="Keputusan yang dicatat dari naskah menyebut sumbernya.",
            ),
            models.UniqueConstraint(
                fields=["kind", "number", "dated"],
                condition=~Q(number=""),
                name="p2emas_decree_number_once",
                violation_error_message="Keputusan dengan nomor dan tanggal ini sudah ada.",
            ),
        ]

    def __str__(self) -> str:
        return (
            f"{self.get_kind_display()} {self.number}".strip() if self.number else f"{self.get_kind_display()} (konsep)"
        )

    def get_absolute_url(self) -> str:
        return reverse("profiles:decree-detail", args=[self.pk])

    def get_kind_display(self) -> str:  # type: ignore[no-redef]  # Django adds none where there is one
        """A regulation by the title of whose it is: "Peraturan Bupati", "Peraturan Wali Kota"."""
        return said("Peraturan {head}") if self.kind == self.Kind.PERBUP else self.Kind(self.kind).label

    def is_open_to(self, user: User | AnonymousUser) -> bool:
        """Whether its page answers ``user``: the rule of ``for_user`` for a row that is at hand."""
        return self.status in self.PUBLISHED or (user.is_authenticated and user.sees_everything)

    def same_number(self) -> models.QuerySet:
        return super().same_number().filter(kind=self.kind)


class PrivateFile(models.Model):
    """A file that belongs to one record. Only the scope of its owner opens it (one download view for all kinds).

    The subclass names the foreign key to its owner in ``OWNER``, what it accepts in ``ALLOWED``, and has
    ``objects`` with ``for_user`` (and ``public`` when some of its files are open to everybody).
    """

    OWNER: ClassVar[str]
    ALLOWED: ClassVar[frozenset[str]] = PAPERS

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.FileField("berkas", upload_to=schema.random_path, max_length=80)
    thumbnail = models.FileField(upload_to=schema.random_path, max_length=80, blank=True)
    original_name = models.CharField("nama berkas", max_length=120)
    content_type = models.CharField("jenis", max_length=80)
    size = models.PositiveIntegerField("ukuran")
    sha256 = models.CharField(max_length=64)
    caption = models.CharField(
        "keterangan", max_length=160, blank=True, help_text="Singkat: apa yang tampak atau tertulis di dalamnya."
    )
    taken_at = models.DateTimeField("waktu pengambilan", null=True, blank=True)
    lat = models.DecimalField("lintang", max_digits=9, decimal_places=6, null=True, blank=True)
    lng = models.DecimalField("bujur", max_digits=9, decimal_places=6, null=True, blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField("diunggah", default=schema.now)

    if TYPE_CHECKING:
        objects: Any  # each kind has a queryset of its own

    class Meta:
        abstract = True
        ordering = ["uploaded_at", "pk"]

    def __str__(self) -> str:
        return self.original_name

    def get_absolute_url(self) -> str:
        return reverse("documents:file-download", args=[self._meta.model_name, self.key])

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """The files go when the deletion is committed, not before."""
        kept = [(each.storage, each.name) for each in (self.file, self.thumbnail) if each.name]
        with transaction.atomic():
            deleted = super().delete(*args, **kwargs)
            for storage, name in kept:
                remove_when_committed(storage, name)
        return deleted

    def opened_by(self, user: User) -> None:
        """Called as the file goes out to ``user``, within the scope. A kind that keeps a log writes it here."""

    @property
    def public_name(self) -> str:
        """What strangers get it as: the name on somebody's disk may hold a person's name or a phone number."""
        return f"{slugify(str(self._meta.verbose_name))}-{self.key.hex[:8]}.{ENDINGS[self.content_type][0]}"

    @property
    def thumbnail_url(self) -> str:
        return f"{self.get_absolute_url()}?ukuran=kecil"

    @property
    def is_image(self) -> bool:
        return self.content_type.startswith("image/")


class DecreeFileQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "DecreeFileQuerySet":
        return self.filter(decree__in=Decree.objects.for_user(user))

    def public(self) -> "DecreeFileQuerySet":
        """The signed scan of what is or was in force; that of a draft stays with BAPPEDA."""
        return self.filter(decree__in=Decree.objects.public())


class DecreeFile(PrivateFile):
    """A signed scan, or an annex, of a decree."""

    OWNER = "decree"
    ALLOWED = SCANS

    decree = models.ForeignKey(Decree, models.PROTECT, related_name="files", verbose_name="keputusan")

    objects = DecreeFileQuerySet.as_manager()

    class Meta(PrivateFile.Meta):
        verbose_name = "pindaian keputusan"
        verbose_name_plural = "pindaian keputusan"


class Receipt(models.Model):
    """A sending that the office confirmed. ``/asli/<kode>/`` says publicly that it is genuine, and nothing more."""

    code = models.CharField(max_length=10, unique=True, default=schema.receipt_code, editable=False)
    number = models.CharField("nomor", max_length=40)
    content_type = models.ForeignKey(ContentType, models.PROTECT)
    object_id = models.PositiveBigIntegerField()
    record = GenericForeignKey("content_type", "object_id")
    issued_at = models.DateTimeField(default=schema.now)
    client_token = models.UUIDField(null=True, unique=True, editable=False)

    class Meta:
        verbose_name = "tanda terima"
        verbose_name_plural = "tanda terima"
        ordering = ["-issued_at", "-pk"]
        indexes = [models.Index(fields=["content_type", "object_id", "-issued_at"], name="p2emas_receipt_record")]

    def __str__(self) -> str:
        return f"{self.number} ({self.code})"

    def get_absolute_url(self) -> str:
        return reverse("documents:receipt-genuine", args=[self.code])

    @property
    def shown_code(self) -> str:
        """In two halves, as people read it: ABCDE-23456."""
        return f"{self.code[:5]}-{self.code[5:]}"


class PaperTemplate(models.Model):
    """A Word template of an office's own, instead of the one that ships with the product."""

    class Kind(models.TextChoices):
        MINUTES = "minutes", "Berita acara"
        DECREE = "decree", "Surat keputusan"
        CONTRACT = "contract", "Kontrak kerja"

    kind = models.CharField(
        "naskah",
        max_length=10,
        choices=Kind.choices,
        unique=True,
        help_text="Satu templat untuk tiap jenis naskah.",
    )
    content = models.BinaryField("isi")
    original_name = models.CharField("nama berkas", max_length=120, editable=False)
    sha256 = models.CharField("sidik", max_length=64, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    uploaded_at = models.DateTimeField("diunggah", default=schema.now, editable=False)

    history = EditHistory(excluded_fields=["content", "uploaded_by", "uploaded_at"])

    class Meta:
        verbose_name = "templat naskah"
        verbose_name_plural = "templat naskah"
        ordering = ["kind"]

    def __str__(self) -> str:
        return self.get_kind_display()
