"""Aid that villages received before the programme: who got what, so that nobody starts from a wrong zero."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from districts.evidence.models import CommunityGroup
from districts.regions.models import YEARS, District, ThroughVillageQuerySet, Village
from p2emas.accounts.models import Agency, User
from p2emas.history.records import EditHistory
from p2emas.ui.fields import LARGEST_RUPIAH


class EarlierAidQuerySet(ThroughVillageQuerySet):
    def own(self, user: User) -> "EarlierAidQuerySet":
        return self.filter(village__district__in=District.objects.own(user))

    def for_table(self) -> "EarlierAidQuerySet":
        return self.select_related("village__district", "group", "agency").order_by("village__name", "-year", "item")


class EarlierAid(models.Model):
    """One item that one agency gave to a village, or to a group there, in one year."""

    village = models.ForeignKey(
        Village, models.PROTECT, related_name="earlier_aid", verbose_name="desa", help_text="Desa penerima."
    )
    group = models.ForeignKey(
        CommunityGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="earlier_aid",
        verbose_name="kelompok",
        help_text="Kosongkan bila diterima desa, bukan kelompok.",
    )
    agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        related_name="+",
        verbose_name="perangkat daerah",
        help_text="Pemberi bantuan.",
    )
    year = models.PositiveSmallIntegerField("tahun", validators=YEARS, help_text="Tahun diterima.")
    item = models.CharField("bantuan", max_length=160, help_text="Misalnya 500 bibit lada, kolam terpal.")
    amount = models.BigIntegerField(
        "nilai (Rp)",
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(LARGEST_RUPIAH)],
        help_text="Rupiah bulat. Kosongkan bila belum ada data.",
    )
    source = models.CharField("sumber", max_length=200, help_text="Dokumen atau instansi asal keterangan.")
    is_sample = models.BooleanField("data contoh", default=False, help_text="Tandai bila rekaan.")

    objects = EarlierAidQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = "bantuan sebelumnya"
        verbose_name_plural = "bantuan sebelumnya"
        ordering = ["-year", "village", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["village", "group", "agency", "year", "item"],
                condition=Q(group__isnull=False),
                name="districts_earlieraid_group_once",
                violation_error_message="Bantuan ini untuk kelompok itu sudah dicatat.",
            ),
            models.UniqueConstraint(
                fields=["village", "agency", "year", "item"],
                condition=Q(group=None),
                name="districts_earlieraid_village_once",
                violation_error_message="Bantuan ini untuk desa itu sudah dicatat.",
            ),
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gte=0),
                name="districts_earlieraid_not_negative",
                violation_error_message="Nilai bantuan tidak boleh negatif.",
            ),
            models.CheckConstraint(
                condition=~Q(source=""),
                name="districts_earlieraid_sourced",
                violation_error_message="Isi sumber keterangan ini.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} ({self.year}), {self.village}"
