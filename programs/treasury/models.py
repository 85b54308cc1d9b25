"""What the treasury has paid: entries of SP2D (surat perintah pencairan dana), imported and never typed."""

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import Max, Q, Sum

from districts.regions.models import YEARS
from p2emas.accounts.models import Agency, User
from p2emas.history.records import EditHistory
from p2emas.imports.models import Import
from p2emas.ui.fields import LARGEST_RUPIAH
from programs.framework.models import Activity


@dataclass(frozen=True)
class PaidToDate:
    """What an agency was paid for each activity in a year up to a day, and the day of the newest entry that is known.

    An activity without an entry was paid nothing: entries of the agency are known, or there would be no ``PaidToDate``.
    """

    by_activity: dict[int, int]
    newest: date

    def of(self, activity_id: int) -> int:
        return self.by_activity.get(activity_id, 0)


class TreasuryEntryQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "TreasuryEntryQuerySet":
        """An agency reads its own payments."""
        return self if user.sees_everything else self.filter(agency__in=user.staff_agency_ids)

    def of(self, agency_id: int, year: int) -> "TreasuryEntryQuerySet":
        return self.filter(agency_id=agency_id, year=year)

    def until(self, day: date) -> "TreasuryEntryQuerySet":
        return self.filter(paid_on__lte=day)

    def paid_to_date(self, agency_id: int, year: int, day: date) -> PaidToDate | None:
        """None when no entry of the agency and year was ever imported: what is not known is not zero. One query."""
        sums = {"paid": Sum("amount", filter=Q(paid_on__lte=day), default=0), "newest": Max("paid_on")}
        rows = list(self.of(agency_id, year).order_by().values("activity").annotate(**sums))
        if not rows:
            return None
        return PaidToDate({row["activity"]: int(row["paid"]) for row in rows}, max(row["newest"] for row in rows))

    def for_table(self) -> "TreasuryEntryQuerySet":
        return self.select_related("agency", "activity")


class TreasuryEntry(models.Model):
    """One line of an SP2D: what was paid on a day for one activity and account; negative is money that came back."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="treasury_entries", verbose_name="SKPD")
    year = models.PositiveSmallIntegerField("tahun anggaran", validators=YEARS)
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="treasury_entries", verbose_name="kegiatan")
    sp2d_no = models.CharField("nomor SP2D", max_length=60)
    paid_on = models.DateField("tanggal SP2D")
    amount = models.BigIntegerField("jumlah", help_text="Rupiah bulat; negatif berarti pengembalian.")
    account = models.CharField("kode rekening", max_length=40, blank=True)
    text = models.CharField("uraian", max_length=300, blank=True)
    batch = models.ForeignKey(
        Import, models.PROTECT, null=True, related_name="treasury_entries", verbose_name="impor", editable=False
    )
    is_sample = models.BooleanField("data contoh", default=False)

    objects = TreasuryEntryQuerySet.as_manager()
    history = EditHistory(excluded_fields=["batch"])

    class Meta:
        verbose_name = "SP2D"
        verbose_name_plural = "SP2D"
        ordering = ["-paid_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year", "sp2d_no", "activity", "account"],
                name="programs_treasuryentry_once",
                violation_error_message="SP2D ini untuk kegiatan dan kode rekening itu sudah ada.",
            ),
            models.CheckConstraint(
                condition=~Q(sp2d_no=""),
                name="programs_treasuryentry_numbered",
                violation_error_message="Tulis nomor SP2D.",
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=-LARGEST_RUPIAH, amount__lte=LARGEST_RUPIAH),
                name="programs_treasuryentry_amount",
                violation_error_message="Jumlah terlalu besar. Tulis dalam rupiah.",
            ),
        ]
        indexes = [
            models.Index(fields=["year", "-paid_on", "-id"], name="programs_treasury_of_year"),
            models.Index(fields=["agency", "year", "-paid_on", "-id"], name="programs_treasury_of_agency"),
        ]

    def __str__(self) -> str:
        return f"SP2D {self.sp2d_no}"

    @property
    def is_refund(self) -> bool:
        """Money that came back (pengembalian)."""
        return self.amount < 0
