"""How much of a commodity a kecamatan has in a year: the evidence under a core competency."""

from decimal import Decimal

from django.db import models
from django.db.models import Q

from districts.evidence.models import Commodity
from districts.regions.models import YEARS, District
from p2emas.accounts.models import User
from p2emas.accounts.roles import Role
from p2emas.history.records import EditHistory


def may_read_evidence(user: User) -> bool:
    """Those who see everything, and kecamatan staff (their own kecamatan)."""
    return user.sees_everything or user.has_role(Role.DISTRICT_ADMIN)


class ProductionFigureQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "ProductionFigureQuerySet":
        if user.sees_everything:
            return self
        return self.filter(district__office__in=user.agency_ids(Role.DISTRICT_ADMIN))

    def own(self, user: User) -> "ProductionFigureQuerySet":
        """Figures that ``user`` may write: of every kecamatan for BAPPEDA, of their own for its staff."""
        return self.filter(district__in=District.objects.own(user))

    def known(self) -> "ProductionFigureQuerySet":
        """Without those that are recorded as "belum ada data"."""
        return self.filter(value__isnull=False)

    def for_table(self) -> "ProductionFigureQuerySet":
        return self.select_related("district", "commodity").order_by(
            "district__name", "commodity__name", "measure", "year"
        )


class ProductionFigure(models.Model):
    """One figure: kecamatan x commodity x year x measure. An empty value says "belum ada data", never 0.

    One figure for each combination, no matter which source: a better source replaces the value, its history stays.
    """

    class Measure(models.TextChoices):
        """Codes that the code itself names; all of them are rows of ``EvidenceMeasure`` (measures.py)."""

        TON = "TON", "Produksi (ton)"
        HECTARE = "HECTARE", "Luas (ha)"
        RUPIAH = "RUPIAH", "Nilai produksi (Rp)"
        WORKERS = "WORKERS", "Tenaga kerja (orang)"

    LARGEST = Decimal(10) ** 15

    district = models.ForeignKey(
        District,
        models.PROTECT,
        related_name="production_figures",
        verbose_name="kecamatan",
        help_text="Tempat asal produksi.",
    )
    commodity = models.ForeignKey(
        Commodity,
        models.PROTECT,
        related_name="production_figures",
        verbose_name="komoditas",
        help_text="Apa yang dihasilkan.",
    )
    year = models.PositiveSmallIntegerField("tahun", validators=YEARS, help_text="Tahun data, misalnya 2016.")
    measure = models.CharField(
        "ukuran",
        max_length=10,
        help_text="Satu ukuran dipakai untuk semua komoditas dalam satu analisis.",
    )
    value = models.DecimalField(
        "nilai",
        max_digits=18,
        decimal_places=3,
        null=True,
        blank=True,
        help_text="Angka saja, misalnya 1.250,5. Kosongkan bila belum ada data; 0 berarti memang tidak ada.",
    )
    source = models.CharField("sumber", max_length=200, help_text="Dokumen atau instansi asal angka.")
    is_sample = models.BooleanField("data contoh", default=False, help_text="Tandai bila rekaan.")

    objects = ProductionFigureQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = "angka produksi"
        verbose_name_plural = "angka produksi"
        ordering = ["district", "commodity", "measure", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["district", "commodity", "year", "measure"],
                name="districts_productionfigure_once",
                violation_error_message="Angka komoditas ini untuk kecamatan, tahun, dan ukuran itu sudah ada.",
            ),
            models.CheckConstraint(
                condition=Q(value=None) | Q(value__gte=0),
                name="districts_productionfigure_not_negative",
                violation_error_message="Nilai produksi tidak boleh negatif.",
            ),
            models.CheckConstraint(
                condition=~Q(source=""),
                name="districts_productionfigure_sourced",
                violation_error_message="Isi sumber angka ini.",
            ),
        ]
        indexes = [models.Index(fields=["measure", "year", "district"], name="districts_figure_by_measure")]

    def __str__(self) -> str:
        return f"{self.commodity} {self.year}, {self.district}"
