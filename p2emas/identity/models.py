"""Who runs this installation: one row, filled by its head, read by every page, paper and letter."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from p2emas.accounts.models import Agency, User
from p2emas.history.records import EditHistory
from p2emas.identity.zone import what_holds_zone

ONLY = 1  # the number of the one row


class IdentityQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "IdentityQuerySet":
        """Who we are is on every page."""
        return self

    def update(self, **values: Any) -> int:
        if "zone" in values and self.exclude(zone=values["zone"]).exists():
            _refuse_where_held()
        return super().update(**values)


class Identity(models.Model):
    class Kind(models.TextChoices):
        REGENCY = "REGENCY", "Kabupaten"
        CITY = "CITY", "Kota"

    class Zone(models.TextChoices):
        WIB = "Asia/Jakarta", "WIB (Indonesia Barat)"
        WITA = "Asia/Makassar", "WITA (Indonesia Tengah)"
        WIT = "Asia/Jayapura", "WIT (Indonesia Timur)"

    EMBLEMS = ("emblem_of_head", "emblem_of_office")
    HEADS = {Kind.REGENCY: "Bupati", Kind.CITY: "Wali Kota"}

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY, editable=False)
    kind = models.CharField(
        "bentuk daerah",
        max_length=10,
        choices=Kind.choices,
        default=Kind.REGENCY,
        help_text="Menurut undang-undang pembentukannya.",
    )
    name = models.CharField("nama daerah", max_length=60, blank=True, help_text="Tanpa kata Kabupaten atau Kota.")
    province = models.CharField(
        "provinsi", max_length=60, blank=True, help_text="Tanpa kata Provinsi; tertulis di kepala keputusan."
    )
    seat = models.CharField("ibu kota", max_length=60, blank=True, help_text="Tempat penetapan keputusan dan kontrak.")
    lead_agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="kantor pengelola",
        help_text="Perangkat daerah yang mengoordinasi program: koordinator hanya dapat ditugaskan di sini.",
    )
    head_title = models.CharField(
        "sebutan kepala daerah",
        max_length=60,
        blank=True,
        help_text="Kosongkan untuk Bupati atau Wali Kota menurut bentuk daerahnya.",
    )
    office_head_title = models.CharField(
        "sebutan kepala kantor",
        max_length=80,
        blank=True,
        help_text="Kosongkan untuk kata Kepala diikuti nama pendek kantor.",
    )
    address = models.CharField("alamat kantor", max_length=200, blank=True, help_text="Jalan, nomor, kota, kode pos.")
    phones = models.CharField(
        "telepon", max_length=200, blank=True, help_text="Misalnya Telepon dan WhatsApp (0500) 000-000."
    )
    opening_hours = models.CharField(
        "jam layanan",
        max_length=80,
        blank=True,
        help_text="Misalnya hari kerja 07.30 sampai 15.30; zona waktunya ditambahkan sendiri.",
    )
    legal_basis = models.TextField(
        "dasar hukum konsep keputusan",
        blank=True,
        max_length=6000,
        help_text="Satu peraturan satu baris, dengan perubahan terakhirnya. Konsep keputusan mulai dari daftar ini.",
    )
    zone = models.CharField(
        "zona waktu",
        max_length=30,
        choices=Zone.choices,
        default=Zone.WIB,
        help_text="Tidak dapat diganti setelah ada periode laporan, seleksi, atau pemilihan lokasi.",
    )
    sender_name = models.CharField(
        "nama pengirim surel",
        max_length=80,
        blank=True,
        help_text="Kosongkan untuk nama program dan daerahnya.",
    )
    reply_to = models.EmailField(
        "alamat balasan surel", blank=True, help_text="Ke mana balasan atas surat dari situs ini sampai."
    )

    # PNG as it was written again; read by papers alone, so every other query leaves them out
    emblem_of_head = models.BinaryField("lambang naskah kepala daerah", null=True, blank=True)
    emblem_of_office = models.BinaryField("lambang naskah kantor", null=True, blank=True)
    emblems = models.CharField("lambang naskah", max_length=80, blank=True, editable=False)  # which, for the history

    objects = IdentityQuerySet.as_manager()
    history = EditHistory(excluded_fields=["emblem_of_head", "emblem_of_office"])

    class Meta:
        verbose_name = "identitas"
        verbose_name_plural = "identitas"
        constraints = [
            models.CheckConstraint(
                condition=Q(id=ONLY),
                name="p2emas_identity_only_one",
                violation_error_message="Identitas hanya satu.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.name}".strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A command, a job and the shell do not move what people were promised either."""
        self._check_zone()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("identity:identity")

    def clean(self) -> None:
        self._check_zone()
        if self.lead_agency is not None and self.lead_agency.kind == Agency.Kind.KECAMATAN:
            raise ValidationError({"lead_agency": "Kantor kecamatan tidak mengelola program. Pilih yang lain."})

    def _check_zone(self) -> None:
        if type(self)._base_manager.filter(pk=self.pk).exclude(zone=self.zone).exists():
            _refuse_where_held()


def _refuse_where_held() -> None:
    holder = what_holds_zone()
    if holder:
        sentence = "Zona waktu tidak dapat diganti lagi: tenggat %s sudah dihitung menurutnya."
        raise ValidationError({"zone": sentence % holder})
