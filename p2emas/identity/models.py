"""Who runs this installation: one row, filled by its head, read by every page, paper and letter."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from p2emas.accounts.models import Agency, User
from p2emas.history import EditHistory
from p2emas.identity.zone import what_holds_zone

ONLY = 1  # the number of the one row


class IdentityQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "IdentityQuerySet":
        """Who we are stands on every page."""
        return self

    def update(self, **values: Any) -> int:
        if "zone" in values and self.exclude(zone=values["zone"]).exists():
            _refuse_where_held()
        return super().update(**values)

    update.alters_data = True  # type: ignore[attr-defined]  # no template calls it


class Identity(models.Model):
    class Kind(models.TextChoices):
        REGENCY = "REGENCY", _("Kabupaten")
        CITY = "CITY", _("Kota")

    class Zone(models.TextChoices):
        WIB = "Asia/Jakarta", _("WIB (Indonesia Barat)")
        WITA = "Asia/Makassar", _("WITA (Indonesia Tengah)")
        WIT = "Asia/Jayapura", _("WIT (Indonesia Timur)")

    HEADS = {Kind.REGENCY: _("Bupati"), Kind.CITY: _("Wali Kota")}

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY, editable=False)
    kind = models.CharField(
        _("bentuk daerah"),
        max_length=10,
        choices=Kind.choices,
        default=Kind.REGENCY,
        help_text=_("Menurut undang-undang pembentukannya."),
    )
    name = models.CharField(_("nama daerah"), max_length=60, blank=True, help_text=_("Tanpa kata Kabupaten atau Kota."))
    province = models.CharField(
        _("provinsi"), max_length=60, blank=True, help_text=_("Tanpa kata Provinsi; tertulis di kepala keputusan.")
    )
    seat = models.CharField(
        _("ibu kota"), max_length=60, blank=True, help_text=_("Tempat penetapan keputusan dan kontrak.")
    )
    lead_agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("kantor pengelola"),
        help_text=_("Perangkat daerah yang mengoordinasi program: koordinator hanya dapat ditugaskan di sini."),
    )
    head_title = models.CharField(
        _("sebutan kepala daerah"),
        max_length=60,
        blank=True,
        help_text=_("Kosongkan untuk Bupati atau Wali Kota menurut bentuk daerahnya."),
    )
    office_head_title = models.CharField(
        _("sebutan kepala kantor"),
        max_length=80,
        blank=True,
        help_text=_("Kosongkan untuk kata Kepala diikuti nama pendek kantor."),
    )
    address = models.CharField(
        _("alamat kantor"), max_length=200, blank=True, help_text=_("Jalan, nomor, kota, kode pos.")
    )
    phones = models.CharField(
        _("telepon"), max_length=200, blank=True, help_text=_("Misalnya Telepon dan WhatsApp (0500) 000-000.")
    )
    opening_hours = models.CharField(
        _("jam layanan"),
        max_length=80,
        blank=True,
        help_text=_("Misalnya hari kerja 07.30 sampai 15.30; zona waktunya ditambahkan sendiri."),
    )
    zone = models.CharField(
        _("zona waktu"),
        max_length=30,
        choices=Zone.choices,
        default=Zone.WIB,
        help_text=_("Tidak dapat diganti setelah ada periode laporan, seleksi, atau pemilihan lokasi."),
    )
    sender_name = models.CharField(
        _("nama pengirim surel"),
        max_length=80,
        blank=True,
        help_text=_("Kosongkan untuk nama program dan daerahnya."),
    )
    reply_to = models.EmailField(
        _("alamat balasan surel"), blank=True, help_text=_("Ke mana balasan atas surat dari situs ini sampai.")
    )

    objects = IdentityQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = _("identitas")
        verbose_name_plural = _("identitas")
        constraints = [
            models.CheckConstraint(
                condition=Q(id=ONLY),
                name="p2emas_identity_only_one",
                violation_error_message=_("Identitas hanya satu."),
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
        if self.lead_agency_id and self.lead_agency.kind == Agency.Kind.KECAMATAN:
            raise ValidationError({"lead_agency": _("Kantor kecamatan tidak mengelola program. Pilih yang lain.")})

    def _check_zone(self) -> None:
        if type(self)._base_manager.filter(pk=self.pk).exclude(zone=self.zone).exists():
            _refuse_where_held()


def _refuse_where_held() -> None:
    holder = what_holds_zone()
    if holder:
        sentence = _("Zona waktu tidak dapat diganti lagi: tenggat %s sudah dihitung menurutnya.")
        raise ValidationError({"zone": sentence % holder})
