"""What the holder of a BAST says came: a code that is open for 30 days, answers without an account, witnesses."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from p2emas import schema
from p2emas.accounts.models import User
from p2emas.documents.kinds import PHOTOS
from p2emas.documents.models import PrivateFile
from p2emas.ui import formats
from programs.aid.models import MOST, AidPackage

OPEN = timedelta(days=30)
MOST_ANSWERS = 10  # that one code takes; a paper with a photo of it may go round


class HandoverSlipQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "HandoverSlipQuerySet":
        return self.filter(package__in=AidPackage.objects.for_user(user))

    def with_package(self) -> "HandoverSlipQuerySet":
        return self.select_related("package__plan_line__plan__agency", "package__group__village")

    def newest_of(self, package: AidPackage) -> "HandoverSlipQuerySet":
        return self.filter(package=package, ended_at=None)

    def open(self, now: datetime) -> "HandoverSlipQuerySet":
        return self.filter(ended_at=None, printed_at__gt=now - OPEN)


class HandoverSlip(models.Model):
    """The code on a BAST or a slip. It is in no address and in no log; a new one ends the one before."""

    class State(models.TextChoices):
        OPEN = "OPEN", "Terbuka"
        ANSWERED = "ANSWERED", "Dijawab"
        EXPIRED = "EXPIRED", "Kedaluwarsa"

    package = models.ForeignKey(AidPackage, models.PROTECT, related_name="slips", verbose_name="paket bantuan")
    code = models.CharField(max_length=10, unique=True, default=schema.receipt_code, editable=False)
    printed_at = models.DateTimeField("pertama dicetak", default=schema.now)
    printed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField("diganti", null=True, blank=True)

    objects = HandoverSlipQuerySet.as_manager()

    class Meta:
        verbose_name = "lembar serah terima"
        verbose_name_plural = "lembar serah terima"
        ordering = ["-printed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["package"],
                condition=Q(ended_at=None),
                name="programs_handoverslip_one_open",
                violation_error_message="Paket ini sudah punya kode yang berlaku.",
            )
        ]

    def __str__(self) -> str:
        return f"lembar serah terima paket {self.package_id}"

    @property
    def shown_code(self) -> str:
        """As people read it: K7MQ 4TX2 9P."""
        return f"{self.code[:4]} {self.code[4:8]} {self.code[8:]}"

    @property
    def open_until(self) -> datetime:
        return self.printed_at + OPEN

    def state(self, now: datetime, *, answered: bool) -> "HandoverSlip.State":
        if answered:
            return self.State.ANSWERED
        is_open = self.ended_at is None and now < self.open_until
        return self.State.OPEN if is_open else self.State.EXPIRED


class HolderStatementQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "HolderStatementQuerySet":
        return self.filter(package__in=AidPackage.objects.for_user(user))

    def short(self) -> "HolderStatementQuerySet":
        """Answers that are used and say that less came, or that the goods were refused."""
        return self.filter(Q(condition="REFUSED") | Q(arrived__lt=F("package__quantity")), counts=True)

    def used_of(self, package: AidPackage) -> "HolderStatementQuerySet":
        return self.filter(package=package, counts=True).select_related("package")

    def for_page(self) -> "HolderStatementQuerySet":
        return self.prefetch_related("photos", "witnesses").order_by("-counts", "-stated_at", "-pk")


class HolderStatement(models.Model):
    """What came, as the holder of the BAST says. It proves nothing alone, without a visit or a call."""

    class Condition(models.TextChoices):
        GOOD = "GOOD", "Baik semua"
        PARTLY = "PARTLY", "Sebagian rusak atau mati"
        BAD = "BAD", "Rusak atau mati semua"
        REFUSED = "REFUSED", "Kami menolak barang ini"

    package = models.ForeignKey(AidPackage, models.PROTECT, related_name="statements", verbose_name="paket bantuan")
    slip = models.ForeignKey(HandoverSlip, models.PROTECT, null=True, blank=True, related_name="statements")
    arrived = models.DecimalField("yang datang", max_digits=14, decimal_places=2)
    condition = models.CharField("keadaan", max_length=7, choices=Condition.choices)
    note = models.CharField("keterangan", max_length=500, blank=True)
    counts = models.BooleanField("dipakai", default=False)
    stated_at = models.DateTimeField("dinyatakan", default=schema.now)
    # the facilitator who wrote it down where there is no signal; empty: the holder
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = HolderStatementQuerySet.as_manager()

    class Meta:
        verbose_name = "pernyataan pemegang BAST"
        verbose_name_plural = "pernyataan pemegang BAST"
        ordering = ["-stated_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["package"],
                condition=Q(counts=True),
                name="programs_holderstatement_one_counts",
                violation_error_message="Satu jawaban yang dipakai untuk satu paket.",
            ),
            models.CheckConstraint(
                condition=Q(arrived__gte=0, arrived__lte=MOST),
                name="programs_holderstatement_arrived",
                violation_error_message="Jumlah yang datang tidak boleh negatif.",
            ),
        ]

    def __str__(self) -> str:
        return "Pernyataan pemegang BAST"

    @property
    def missing(self) -> Decimal:
        return self.package.quantity - self.arrived

    @property
    def is_short(self) -> bool:
        return self.condition == self.Condition.REFUSED or self.missing > 0

    @property
    def words(self) -> str:
        unit = self.package.unit
        if self.condition == self.Condition.REFUSED:
            return "ditolak"
        if self.missing > 0:
            return f"kurang {formats.number(self.missing)} {unit}"
        return f"lebih {formats.number(-self.missing)} {unit}" if self.missing else "cocok"


class HolderPhotoQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "HolderPhotoQuerySet":
        return self.filter(statement__in=HolderStatement.objects.for_user(user))


class HolderPhoto(PrivateFile):
    """What came, as its holder photographed it. Nobody outside the scope of the package opens it."""

    OWNER = "statement"
    ALLOWED = PHOTOS

    statement = models.ForeignKey(HolderStatement, models.PROTECT, related_name="photos", verbose_name="pernyataan")

    objects = HolderPhotoQuerySet.as_manager()

    class Meta(PrivateFile.Meta):
        verbose_name = "foto pernyataan"
        verbose_name_plural = "foto pernyataan"


class StatementWitnessQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "StatementWitnessQuerySet":
        return self.filter(statement__in=HolderStatement.objects.for_user(user))


class StatementWitness(models.Model):
    """Somebody of the programme who saw it, or asked by telephone."""

    class Kind(models.TextChoices):
        VISIT = "VISIT", "kunjungan pendamping"
        CALL = "CALL", "telepon"

    statement = models.ForeignKey(HolderStatement, models.PROTECT, related_name="witnesses", verbose_name="pernyataan")
    kind = models.CharField("cara", max_length=5, choices=Kind.choices)
    seen_on = models.DateField("tanggal")
    note = models.CharField("catatan", max_length=300, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = StatementWitnessQuerySet.as_manager()

    class Meta:
        verbose_name = "penguat pernyataan"
        verbose_name_plural = "penguat pernyataan"
        ordering = ["seen_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "kind", "seen_on"],
                name="programs_statementwitness_once",
                violation_error_message="Kunjungan atau telepon hari itu sudah dicatat.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {formats.long_date(self.seen_on)}"
