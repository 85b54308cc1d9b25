"""Duties that come with a package: what its group passes on to another group, or gives back, by which day."""

from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce

from districts.evidence.models import CommunityGroup
from p2emas.accounts.models import User
from p2emas.history.records import EditHistory
from programs.aid.models import MOST, AidPackage

QUANTITY = models.DecimalField(max_digits=14, decimal_places=2)


class AidDutyQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "AidDutyQuerySet":
        return self.filter(package__in=AidPackage.objects.for_user(user))

    def with_passed(self) -> "AidDutyQuerySet":
        """With how much the group of the package has passed on or given back itself."""
        own = Q(steps__from_group=F("package__group"))
        return self.annotate(passed=Coalesce(Sum("steps__quantity", filter=own), Decimal(), output_field=QUANTITY))

    def outstanding(self) -> "AidDutyQuerySet":
        """Of which something is left to do, the nearest day first."""
        return self.with_passed().filter(passed__lt=F("quantity")).order_by("due_on", "pk")

    def for_table(self) -> "AidDutyQuerySet":
        return self.select_related("package__group__village", "package__plan_line__plan__agency", "to_group")


class AidDuty(models.Model):
    class Kind(models.TextChoices):
        PASS_ON = "PASS_ON", "Digulirkan"
        RETURN = "RETURN", "Dikembalikan"

    package = models.ForeignKey(AidPackage, models.PROTECT, related_name="duties", verbose_name="paket bantuan")
    kind = models.CharField("kewajiban", max_length=7, choices=Kind.choices, default=Kind.PASS_ON)
    quantity = models.DecimalField("jumlah", max_digits=14, decimal_places=2)
    to_group = models.ForeignKey(
        CommunityGroup, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="kepada kelompok"
    )
    due_on = models.DateField("batas waktu")
    clause = models.CharField("isi klausul", max_length=200, blank=True)
    is_sample = models.BooleanField("data contoh", default=False, editable=False)

    passed: Decimal  # read by ``with_passed``

    objects = AidDutyQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = "kewajiban paket bantuan"
        verbose_name_plural = "kewajiban paket bantuan"
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["package", "kind"],
                name="programs_aidduty_once",
                violation_error_message="Kewajiban itu sudah dicatat untuk paket ini.",
            ),
            models.CheckConstraint(
                condition=Q(quantity__gt=0, quantity__lte=MOST),
                name="programs_aidduty_quantity",
                violation_error_message="Jumlah yang wajib lebih dari nol.",
            ),
            models.CheckConstraint(
                condition=Q(kind="PASS_ON") | Q(to_group=None),
                name="programs_aidduty_returned_to_nobody",
                violation_error_message="Yang dikembalikan tidak memilih kelompok.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.package.item}"

    def get_absolute_url(self) -> str:
        return self.package.get_absolute_url()

    @property
    def left(self) -> Decimal:
        """What is still to be passed on or given back (read ``with_passed``)."""
        return max(Decimal(), self.quantity - self.passed)

    def is_late(self, on: date) -> bool:
        return self.left > 0 and self.due_on < on


class RevolvingStepQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "RevolvingStepQuerySet":
        return self.filter(duty__in=AidDuty.objects.for_user(user))

    def for_table(self) -> "RevolvingStepQuerySet":
        return self.select_related("from_group", "to_group").order_by("moved_on", "pk")


class RevolvingStep(models.Model):
    """So much went from one group to another, or back, on a day."""

    duty = models.ForeignKey(AidDuty, models.PROTECT, related_name="steps", verbose_name="kewajiban")
    from_group = models.ForeignKey(CommunityGroup, models.PROTECT, related_name="+", verbose_name="dari kelompok")
    to_group = models.ForeignKey(
        CommunityGroup, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="kepada kelompok"
    )
    moved_on = models.DateField("tanggal")
    quantity = models.DecimalField("jumlah", max_digits=14, decimal_places=2)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="pencatat"
    )
    is_sample = models.BooleanField("data contoh", default=False, editable=False)

    objects = RevolvingStepQuerySet.as_manager()
    history = EditHistory(excluded_fields=["written_by"])

    class Meta:
        verbose_name = "langkah bergulir"
        verbose_name_plural = "langkah bergulir"
        ordering = ["moved_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gt=0, quantity__lte=MOST),
                name="programs_revolvingstep_quantity",
                violation_error_message="Jumlah yang berpindah lebih dari nol.",
            ),
            models.CheckConstraint(
                condition=Q(to_group=None) | ~Q(to_group=F("from_group")),
                name="programs_revolvingstep_elsewhere",
                violation_error_message="Pilih kelompok lain.",
            ),
            models.UniqueConstraint(
                fields=["duty", "from_group", "to_group", "moved_on"],
                name="programs_revolvingstep_once",
                violation_error_message="Perpindahan hari itu sudah dicatat.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_group} kepada {self.to_group or 'pemberi'}"
