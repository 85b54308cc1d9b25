"""What an agency's strategic plan (Renstra) promises for five years.

Each year's activities and indicators point to it.
"""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from districts.regions.models import YEARS
from p2emas.accounts.models import Agency, User
from p2emas.history.records import EditHistory


class RenstraActivityQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "RenstraActivityQuerySet":
        """An agency sees its own Renstra; those who see everything see all."""
        return self if user.sees_everything else self.filter(agency__in=user.staff_agency_ids)

    def of(self, agency_id: int) -> "RenstraActivityQuerySet":
        return self.filter(agency=agency_id)

    def covering(self, year: int) -> "RenstraActivityQuerySet":
        return self.filter(first_year__lte=year, last_year__gte=year)


class RenstraActivity(models.Model):
    """An activity of an agency's Renstra with its money over all years. What was realised before is typed once."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="renstra_activities", verbose_name="SKPD")
    code = models.CharField("kode", max_length=30)
    programme_name = models.CharField("nama program", max_length=200, blank=True)
    name = models.CharField("nama kegiatan", max_length=200)
    first_year = models.PositiveSmallIntegerField("tahun pertama", validators=YEARS)
    last_year = models.PositiveSmallIntegerField("tahun terakhir", validators=YEARS)
    money = models.BigIntegerField("pagu Renstra", null=True, blank=True)
    # realisation of the years that are not in this system; later years are read from the reports
    realised_until = models.PositiveSmallIntegerField("realisasi awal sampai tahun", validators=YEARS)
    realised_money = models.BigIntegerField("realisasi awal keuangan", null=True, blank=True)
    is_sample = models.BooleanField("data contoh", default=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = RenstraActivityQuerySet.as_manager()
    history = EditHistory(excluded_fields=["version"])

    class Meta:
        verbose_name = "kegiatan Renstra"
        verbose_name_plural = "kegiatan Renstra"
        ordering = ["agency", "first_year", "code", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "first_year", "code"],
                name="programs_renstraactivity_code_once",
                violation_error_message="Kode ini sudah ada dalam Renstra SKPD itu.",
            ),
            models.CheckConstraint(
                condition=Q(first_year__lte=F("last_year")),
                name="programs_renstraactivity_years",
                violation_error_message="Tahun terakhir tidak boleh sebelum tahun pertama.",
            ),
            models.CheckConstraint(
                condition=Q(realised_until__lte=F("last_year")),
                name="programs_renstraactivity_realised_until",
                violation_error_message="Realisasi awal tidak boleh sampai sesudah tahun terakhir.",
            ),
            models.CheckConstraint(
                condition=(Q(money=None) | Q(money__gte=0)) & (Q(realised_money=None) | Q(realised_money__gte=0)),
                name="programs_renstraactivity_money",
                violation_error_message="Pagu dan realisasi Renstra tidak boleh negatif.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("framework:renstra-history", args=[self.pk])


class RenstraTargetQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "RenstraTargetQuerySet":
        return self.filter(activity__in=RenstraActivity.objects.for_user(user))


class RenstraTarget(models.Model):
    """An indicator of a Renstra activity: where it should be at the end, and where it was before."""

    class Formula(models.TextChoices):
        INCREASING = "increasing", "Tren positif (tahun dijumlahkan)"
        DECREASING = "decreasing", "Tren negatif (makin kecil makin baik)"
        PERCENTAGE = "percentage", "Persentase (nilai terakhir, tidak boleh turun)"
        END_VALUE = "end_value", "Nilai akhir (boleh turun)"

    activity = models.ForeignKey(
        RenstraActivity, models.CASCADE, related_name="targets", verbose_name="kegiatan Renstra"
    )
    name = models.CharField("indikator", max_length=200)
    unit = models.CharField("satuan", max_length=30)
    formula = models.CharField("jenis rumus", max_length=12, choices=Formula.choices)
    target = models.DecimalField("target akhir periode", max_digits=16, decimal_places=3, null=True, blank=True)
    realised = models.DecimalField("realisasi awal", max_digits=16, decimal_places=3, null=True, blank=True)
    is_sample = models.BooleanField("data contoh", default=False)

    objects = RenstraTargetQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = "target Renstra"
        verbose_name_plural = "target Renstra"
        ordering = ["activity", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "name"],
                name="programs_renstratarget_name_once",
                violation_error_message="Indikator ini sudah ada pada kegiatan Renstra itu.",
            ),
            models.CheckConstraint(
                condition=(Q(target=None) | Q(target__gte=0)) & (Q(realised=None) | Q(realised__gte=0)),
                name="programs_renstratarget_not_negative",
                violation_error_message="Target dan realisasi awal diisi 0 atau lebih.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
