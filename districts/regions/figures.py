"""Figures about an area, each with unit, year and source."""

from django.db import models
from django.db.models import Q

from districts.regions.models import YEARS, District, Regency, Village
from p2emas.accounts.models import User
from p2emas.accounts.roles import Role
from p2emas.history.records import EditHistory

ONE_AREA = "Isi tepat satu wilayah."


class AreaFigureQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "AreaFigureQuerySet":
        if user.sees_everything:
            return self
        return self.filter(
            Q(village__in=Village.objects.for_user(user)) | Q(district__office__in=user.agency_ids(Role.DISTRICT_ADMIN))
        )


class AreaFigure(models.Model):
    """A figure about one area, with unit, year and source."""

    class Kind(models.TextChoices):
        POPULATION = "POPULATION", "Penduduk"
        HOUSEHOLDS = "HOUSEHOLDS", "Rumah tangga"
        AREA = "AREA", "Luas wilayah"
        POVERTY = "POVERTY", "Angka kemiskinan"

    regency = models.ForeignKey(
        Regency,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="figures",
        verbose_name="kabupaten atau kota",
        help_text=ONE_AREA,
    )
    district = models.ForeignKey(
        District,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="figures",
        verbose_name="kecamatan",
        help_text=ONE_AREA,
    )
    village = models.ForeignKey(
        Village,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="figures",
        verbose_name="desa",
        help_text=ONE_AREA,
    )
    kind = models.CharField("jenis", max_length=12, choices=Kind.choices, help_text="Apa yang dihitung.")
    value = models.DecimalField("nilai", max_digits=16, decimal_places=3, help_text="Angka saja, misalnya 2018.")
    unit = models.CharField("satuan", max_length=20, help_text="Misalnya jiwa, KK, km2, persen.")
    year = models.PositiveSmallIntegerField("tahun", validators=YEARS, help_text="Tahun data, misalnya 2017.")
    source = models.CharField("sumber", max_length=200, help_text="Dokumen atau instansi asal angka.")
    is_sample = models.BooleanField("data contoh", default=False, help_text="Tandai bila rekaan.")

    objects = AreaFigureQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = "angka wilayah"
        verbose_name_plural = "angka wilayah"
        ordering = ["kind", "-year", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(regency__isnull=False, district=None, village=None)
                    | Q(regency=None, district__isnull=False, village=None)
                    | Q(regency=None, district=None, village__isnull=False)
                ),
                name="districts_areafigure_one_area",
                violation_error_message="Pilih tepat satu wilayah: kabupaten atau kota, kecamatan, atau desa.",
            ),
            models.CheckConstraint(
                condition=Q(value__gte=0),
                name="districts_areafigure_not_negative",
                violation_error_message="Angka tidak boleh negatif.",
            ),
            models.UniqueConstraint(
                fields=["regency", "kind", "year"],
                condition=Q(regency__isnull=False),
                name="districts_areafigure_regency_once",
                violation_error_message="Angka ini untuk tahun itu sudah ada.",
            ),
            models.UniqueConstraint(
                fields=["district", "kind", "year"],
                condition=Q(district__isnull=False),
                name="districts_areafigure_district_once",
                violation_error_message="Angka ini untuk tahun itu sudah ada.",
            ),
            models.UniqueConstraint(
                fields=["village", "kind", "year"],
                condition=Q(village__isnull=False),
                name="districts_areafigure_village_once",
                violation_error_message="Angka ini untuk tahun itu sudah ada.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.year}"
