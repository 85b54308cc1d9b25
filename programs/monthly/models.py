"""The months of a work plan: what each line should have spent and done by the end of a month, and what it has."""

from typing import Self, TypeVar

from django.db import models
from django.db.models import Q

from p2emas import schema
from p2emas.accounts.models import User
from p2emas.history.records import EditHistory
from programs.planning.models import PlanLine

Row = TypeVar("Row", bound=models.Model)
ENDS_OF_QUARTERS = (3, 6, 9, 12)  # these months are told by the reports


class MonthOfLineQuerySet(models.QuerySet[Row]):
    def for_user(self, user: User) -> Self:
        """As the reports of an agency: its own people, and users who see everything."""
        if not user.is_authenticated:
            return self.none()
        return self if user.sees_everything else self.filter(line__plan__agency__in=user.staff_agency_ids)

    def of_year(self, year: int) -> Self:
        return self.filter(line__plan__year=year)

    def of_month(self, month: int) -> Self:
        return self.filter(month=month)


class MonthlyPlan(models.Model):
    """Cash plan (RAK) and physical plan of a line, cumulative to the end of a month. No row means "belum ada data"."""

    line = models.ForeignKey(PlanLine, models.CASCADE, related_name="monthly_plans", verbose_name="baris rencana")
    month = models.PositiveSmallIntegerField("bulan")
    money = models.BigIntegerField("RAK", null=True, blank=True)
    physical = models.DecimalField("rencana fisik", max_digits=5, decimal_places=2, null=True, blank=True)

    objects = MonthOfLineQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = "rencana bulanan"
        verbose_name_plural = "rencana bulanan"
        ordering = ["line", "month", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["line", "month"],
                name="programs_monthlyplan_once",
                violation_error_message="Rencana bulan ini sudah ada.",
            ),
            models.CheckConstraint(
                condition=Q(month__gte=1, month__lte=12),
                name="programs_monthlyplan_month",
                violation_error_message="Bulan antara 1 dan 12.",
            ),
            models.CheckConstraint(
                condition=Q(money=None) | Q(money__gte=0),
                name="programs_monthlyplan_money",
                violation_error_message="RAK tidak boleh negatif.",
            ),
            models.CheckConstraint(
                condition=Q(physical=None) | Q(physical__gte=0, physical__lte=100),
                name="programs_monthlyplan_physical",
                violation_error_message="Rencana fisik antara 0 dan 100 persen.",
            ),
        ]

    def __str__(self) -> str:
        return f"Bulan {self.month}"

    @property
    def is_sample(self) -> bool:
        return self.line.plan.is_sample


class MonthlyProgress(models.Model):
    """Money and physical progress of a line, cumulative to the end of a month, and a note. Nobody verifies it.

    The last month of a quarter has no row: its figures, and the reason for nil, are those of the report.
    """

    line = models.ForeignKey(PlanLine, models.PROTECT, related_name="monthly_progress", verbose_name="baris rencana")
    month = models.PositiveSmallIntegerField("bulan")
    money = models.BigIntegerField("realisasi keuangan", null=True, blank=True)
    physical = models.DecimalField("realisasi fisik", max_digits=5, decimal_places=2, null=True, blank=True)
    note = models.CharField("catatan", max_length=200, blank=True, default="", db_default="")
    saved_at = models.DateTimeField("disimpan", default=schema.now, editable=False)

    objects = MonthOfLineQuerySet.as_manager()
    history = EditHistory(excluded_fields=["saved_at"])

    class Meta:
        verbose_name = "realisasi bulanan"
        verbose_name_plural = "realisasi bulanan"
        ordering = ["line", "month", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["line", "month"],
                name="programs_monthlyprogress_once",
                violation_error_message="Realisasi bulan ini sudah ada.",
            ),
            models.CheckConstraint(
                condition=Q(month__in=(1, 2, 4, 5, 7, 8, 10, 11)),
                name="programs_monthlyprogress_month",
                violation_error_message="Bulan terakhir triwulan diambil dari laporan, jadi tidak diisi di sini.",
            ),
            models.CheckConstraint(
                condition=Q(money=None) | Q(money__gte=0),
                name="programs_monthlyprogress_money",
                violation_error_message="Realisasi keuangan tidak boleh negatif.",
            ),
            models.CheckConstraint(
                condition=Q(physical=None) | Q(physical__gte=0, physical__lte=100),
                name="programs_monthlyprogress_physical",
                violation_error_message="Realisasi fisik antara 0 dan 100 persen.",
            ),
        ]

    def __str__(self) -> str:
        return f"Bulan {self.month}"

    @property
    def is_sample(self) -> bool:
        return self.line.plan.is_sample
