"""The sales notebook of a group, as its facilitator writes it down: single sales, or a month's sum."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q

from districts.evidence.models import CommunityGroup
from districts.regions.models import Village
from p2emas import schema
from p2emas.accounts.models import User
from p2emas.ui import formats

MOST_QUANTITY = Decimal(10_000_000)


class SalesEntryQuerySet(models.QuerySet["SalesEntry"]):
    def for_user(self, user: User) -> "SalesEntryQuerySet":
        """Those who wrote it, and those who see everything; others read sums of groups."""
        return self if user.sees_everything else self.filter(author=user)

    def counted(self) -> "SalesEntryQuerySet":
        return self.filter(struck_at=None)

    def of_author(self, user: User) -> "SalesEntryQuerySet":
        return self.filter(author=user)

    def last_of(self, group: CommunityGroup) -> "SalesEntry | None":
        return self.filter(group=group).order_by("-pk").first()

    def in_village(self, village: Village) -> "SalesEntryQuerySet":
        return self.filter(group__village=village)

    def between(self, first: date, last: date) -> "SalesEntryQuerySet":
        """Of the months that begin in these days."""
        return self.filter(month__range=(first, last))


class SalesEntry(models.Model):
    """Sent once and never rewritten: what is wrong is struck out and written again."""

    class Buyer(models.TextChoices):
        VILLAGER = "VILLAGER", "Warga desa"
        COLLECTOR = "COLLECTOR", "Pengepul"
        OUTSIDE = "OUTSIDE", "Luar desa, langsung"
        GOVERNMENT = "GOVERNMENT", "Pemerintah"

    BEYOND_THE_VILLAGE = (Buyer.OUTSIDE, Buyer.GOVERNMENT)  # a collector comes, and nobody says where it goes

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name="pendamping"
    )
    client_token = models.UUIDField("kode dari HP", unique=True, editable=False)
    group = models.ForeignKey(CommunityGroup, models.PROTECT, related_name="sales", verbose_name="kelompok")
    month = models.DateField("bulan", editable=False)
    sold_on = models.DateField("tanggal", null=True, blank=True)  # none: the sum of the month
    item = models.CharField("barang", max_length=80)
    quantity = models.DecimalField("jumlah", max_digits=11, decimal_places=2)
    unit = models.CharField("satuan", max_length=30)
    price = models.BigIntegerField("harga satuan (Rp)")
    cost = models.BigIntegerField("biaya (Rp)", null=True, blank=True)
    buyer = models.CharField("pembeli", max_length=10, choices=Buyer.choices)
    received_at = models.DateTimeField("diterima", default=schema.now, editable=False)
    struck_at = models.DateTimeField("dicoret", null=True, editable=False)
    is_sample = models.BooleanField("data contoh", default=False, editable=False)

    objects = SalesEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "catatan penjualan"
        verbose_name_plural = "catatan penjualan"
        ordering = ["-month", "-pk"]
        indexes = [models.Index(fields=["group", "month"], name="programs_salesentry_month")]
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gt=0) | Q(quantity=0, sold_on=None),
                name="programs_salesentry_quantity",
                violation_error_message="Jumlah lebih dari nol; 0 hanya untuk sebulan tanpa penjualan.",
            ),
            models.CheckConstraint(
                condition=Q(price__gte=0) & (Q(cost=None) | Q(cost__gte=0)),
                name="programs_salesentry_not_negative",
                violation_error_message="Harga dan biaya tidak boleh negatif.",
            ),
            models.CheckConstraint(  # as text: a restore looks at SQLite without the functions that Django adds to it
                condition=Q(month__endswith="-01"),
                name="programs_salesentry_first_of_month",
                violation_error_message="Bulan ditulis dengan tanggal pertamanya.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}, {formats.number(self.quantity)} {self.unit}"

    @property
    def number(self) -> str:
        return f"JUAL-{self.pk:04d}"

    @property
    def amount(self) -> int:
        """In whole rupiah."""
        return int((self.quantity * self.price).quantize(Decimal(1), ROUND_HALF_UP))

    @property
    def when(self) -> str:
        return formats.long_date(self.sold_on) if self.sold_on else f"sebulan, {formats.MONTHS[self.month.month - 1]}"
