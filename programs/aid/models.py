"""Packages of aid: what a group got from a line of a plan, and what was left of it when somebody came to count."""

from datetime import date
from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from districts.evidence.models import CommunityGroup
from districts.regions.models import Village
from p2emas import schema
from p2emas.accounts.models import Agency, User
from p2emas.accounts.roles import AGENCY_STAFF, COORDINATORS, Role
from p2emas.documents.kinds import PHOTOS
from p2emas.documents.models import PrivateFile
from p2emas.history.records import EditHistory
from p2emas.ui.fields import LARGEST_RUPIAH
from programs.aid.due import CHECK_MONTHS, GRACE, last_day_of, month_later
from programs.aid.querysets import AidPackageQuerySet
from programs.obstacles.querysets import villages_of_facilitator
from programs.planning.models import PlanLine

MOST = Decimal(10) ** 9  # of one item in one package


class AidPackage(models.Model):
    """One item that one group gets from one line of a plan, with the papers of its way to the group."""

    plan_line = models.ForeignKey(
        PlanLine, models.PROTECT, related_name="aid_packages", verbose_name="baris rencana", editable=False
    )
    group = models.ForeignKey(
        CommunityGroup, models.PROTECT, related_name="aid_packages", verbose_name="kelompok penerima"
    )
    item = models.CharField("barang", max_length=120)
    quantity = models.DecimalField("jumlah", max_digits=14, decimal_places=2)
    unit = models.CharField("satuan", max_length=30)
    value = models.BigIntegerField(
        "nilai (Rp)",
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(LARGEST_RUPIAH)],
    )
    consumable = models.BooleanField("habis dipakai", default=False)
    proposal_no = models.CharField("nomor proposal", max_length=80, blank=True)
    proposal_on = models.DateField("tanggal proposal", null=True, blank=True)
    recipient_decree_no = models.CharField("nomor SK penerima", max_length=80, blank=True)
    recipient_decree_on = models.DateField("tanggal SK penerima", null=True, blank=True)
    grant_no = models.CharField("nomor NPHD", max_length=80, blank=True)
    grant_on = models.DateField("tanggal NPHD", null=True, blank=True)
    handover_no = models.CharField("nomor BAST", max_length=80, blank=True)
    handed_on = models.DateField("tanggal BAST", null=True, blank=True)
    is_sample = models.BooleanField("data contoh", default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(default=schema.now, editable=False)

    objects = AidPackageQuerySet.as_manager()
    history = EditHistory(excluded_fields=["created_by", "created_at"])

    class Meta:
        verbose_name = "paket bantuan"
        verbose_name_plural = "paket bantuan"
        ordering = ["-handed_on", "-pk"]
        indexes = [models.Index(fields=["handed_on"], name="programs_aidpackage_handed")]
        constraints = [
            models.UniqueConstraint(
                fields=["plan_line", "group", "item", "handover_no"],
                name="programs_aidpackage_once",
                violation_error_message="Paket dengan barang, kelompok, dan nomor BAST ini sudah tercatat.",
            ),
            models.CheckConstraint(
                condition=Q(quantity__gt=0, quantity__lte=MOST),
                name="programs_aidpackage_quantity",
                violation_error_message="Jumlah barang lebih dari nol dan paling banyak satu miliar.",
            ),
            models.CheckConstraint(
                condition=Q(value=None) | Q(value__gte=0, value__lte=LARGEST_RUPIAH),
                name="programs_aidpackage_value",
                violation_error_message="Nilai paket tidak boleh negatif.",
            ),
            models.CheckConstraint(
                condition=~Q(item="") & ~Q(unit=""),
                name="programs_aidpackage_named",
                violation_error_message="Tulis barang dan satuannya.",
            ),
            models.CheckConstraint(
                condition=Q(handover_no="") | Q(handed_on__isnull=False),
                name="programs_aidpackage_handed_when",
                violation_error_message="BAST yang bernomor memuat tanggalnya.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}, {self.group}"

    def get_absolute_url(self) -> str:
        return reverse("aid:package-detail", args=[self.pk])

    @property
    def agency(self) -> Agency:
        return self.plan_line.plan.agency

    @property
    def village(self) -> Village:
        return self.group.village

    def due_on(self, month: int) -> date | None:
        """The day of the check ``month`` months after it was handed over; None while it was not, or is used up."""
        return month_later(self.handed_on, month) if self.handed_on and not self.consumable else None

    def may_edit(self, user: User) -> bool:
        return may_keep_packages(user, self.plan_line.plan.agency_id)

    def may_check(self, user: User) -> bool:
        """The facilitator of its village, or a coordinator; the agency does not count its own gifts."""
        if user.is_superuser:
            return False
        if user.has_role(*COORDINATORS):
            return True
        if not user.has_role(Role.FACILITATOR):
            return False
        return villages_of_facilitator(user).filter(pk=self.group.village_id).exists()


def may_keep_packages(user: User, agency_id: int) -> bool:
    """A coordinator those of every agency, its staff those of one."""
    if user.is_superuser:
        return False
    return user.has_role(*COORDINATORS) or agency_id in user.agency_ids(*AGENCY_STAFF)


class AidCheckQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "AidCheckQuerySet":
        return self.filter(package__in=AidPackage.objects.for_user(user))


class AidCheck(models.Model):
    """What somebody counted at one check month: how much is alive or in use, or why nobody could count."""

    class Month(models.IntegerChoices):
        SIX = 6, "6 bulan"
        TWELVE = 12, "12 bulan"
        TWENTY_FOUR = 24, "24 bulan"

    class Condition(models.TextChoices):
        GOOD = "GOOD", "Baik"
        PARTLY = "PARTLY", "Sebagian rusak atau sakit"
        BAD = "BAD", "Rusak atau mati"

    package = models.ForeignKey(AidPackage, models.PROTECT, related_name="checks", verbose_name="paket bantuan")
    month = models.PositiveSmallIntegerField("bulan ke-", choices=Month.choices)
    checked_on = models.DateField("tanggal pemeriksaan")
    left = models.DecimalField("masih hidup atau dipakai", max_digits=14, decimal_places=2, null=True, blank=True)
    condition = models.CharField("keadaan", max_length=6, choices=Condition.choices, blank=True)
    note = models.CharField("keterangan", max_length=300, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="pencatat"
    )
    is_sample = models.BooleanField("data contoh", default=False, editable=False)

    objects = AidCheckQuerySet.as_manager()
    history = EditHistory(excluded_fields=["checked_by"])

    class Meta:
        verbose_name = "pemeriksaan paket bantuan"
        verbose_name_plural = "pemeriksaan paket bantuan"
        ordering = ["package", "month"]
        constraints = [
            models.UniqueConstraint(
                fields=["package", "month"],
                name="programs_aidcheck_once",
                violation_error_message="Pemeriksaan bulan itu sudah dicatat.",
            ),
            models.CheckConstraint(
                condition=Q(month__in=CHECK_MONTHS),
                name="programs_aidcheck_month",
                violation_error_message="Pemeriksaan dilakukan pada bulan ke-6, ke-12, dan ke-24.",
            ),
            models.CheckConstraint(
                condition=Q(left=None) | Q(left__gte=0),
                name="programs_aidcheck_left",
                violation_error_message="Jumlah yang masih ada tidak boleh negatif.",
            ),
            models.CheckConstraint(
                condition=Q(left__isnull=False) | (~Q(note="") & Q(condition="")),
                name="programs_aidcheck_lost_reasoned",
                violation_error_message="Tulis mengapa barangnya tidak dapat dihitung.",
            ),
        ]

    def __str__(self) -> str:
        return f"Pemeriksaan bulan ke-{self.month}"

    def get_absolute_url(self) -> str:
        return self.package.get_absolute_url()


class AidCheckPhotoQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "AidCheckPhotoQuerySet":
        return self.filter(check_made__in=AidCheck.objects.for_user(user))


class AidCheckPhoto(PrivateFile):
    """What was there on the day of the check. Nobody outside the scope of the package opens it."""

    OWNER = "check_made"
    ALLOWED = PHOTOS

    check_made = models.ForeignKey(AidCheck, models.PROTECT, related_name="photos", verbose_name="pemeriksaan")

    objects = AidCheckPhotoQuerySet.as_manager()

    class Meta(PrivateFile.Meta):
        verbose_name = "foto pemeriksaan"
        verbose_name_plural = "foto pemeriksaan"


def window_of(package: AidPackage, month: int) -> tuple[date, date | None] | None:
    """The first and the last day on which a count is that of this check; None while there is nothing to count."""
    due = package.due_on(month)
    if due is None or package.handed_on is None:
        return None
    return max(due - GRACE, package.handed_on), last_day_of(package.handed_on, month)
