"""Sets of villages without support, chosen and frozen before anybody sees how they changed."""

from collections.abc import Mapping

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from districts.regions.figures import AreaFigure
from districts.regions.models import YEARS, Village
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.accounts.signed_in import Anyone
from p2emas.history.records import EditHistory, history_of
from p2emas.workflow.models import COORDINATOR_STEP, Chain, Step, StepNotAllowed
from programs.evaluation.comparison.places import supported_villages


class ComparisonSetQuerySet(models.QuerySet):
    def for_user(self, user: Anyone) -> "ComparisonSetQuerySet":
        """An open set is BAPPEDA's; a frozen one is public, and so is what comes of it."""
        return self if user.is_authenticated and user.sees_everything else self.frozen()

    def frozen(self) -> "ComparisonSetQuerySet":
        return self.filter(status=ComparisonSet.Status.FROZEN)

    def with_support_in(self, village: Village) -> "ComparisonSetQuerySet":
        side = ComparisonVillage.Side.SUPPORTED
        members = ComparisonVillage.objects.filter(village=village, side=side).order_by()
        return self.filter(pk__in=members.values("comparison_set"))

    def for_table(self) -> "ComparisonSetQuerySet":
        return self.select_related("frozen_by")


class ComparisonSet(Chain):
    """One figure in two years, the target locations of the later one, and the villages they are held against.

    The result is never stored: it is computed from the villages of the set and the figures that are recorded. What is
    frozen is the choice, with its day and person, and whether a figure of the later year was recorded by then.
    """

    class Status(models.TextChoices):
        OPEN = "OPEN", "Terbuka"
        FROZEN = "FROZEN", "Dibekukan"

    STEPS = {
        "freeze": Step(
            "Bekukan", "Dibekukan", (Status.OPEN,), Status.FROZEN, COORDINATOR_STEP,
            help="Desa, ukuran, dan tahunnya tidak dapat diubah lagi. Hasilnya terbuka untuk umum.",
        )
    }  # fmt: skip

    kind = models.CharField("ukuran", max_length=12, choices=AreaFigure.Kind.choices)
    unit = models.CharField("satuan", max_length=20)
    earlier_year = models.PositiveSmallIntegerField("tahun awal", validators=YEARS)
    later_year = models.PositiveSmallIntegerField("tahun akhir", validators=YEARS)
    is_sample = models.BooleanField("data contoh", default=False, editable=False)
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+")
    frozen_at = models.DateTimeField("dibekukan", null=True, editable=False)
    after_results = models.BooleanField("dipilih sesudah hasil diketahui", null=True, editable=False)
    status = models.CharField("status", max_length=6, choices=Status.choices, default=Status.OPEN, editable=False)

    objects = ComparisonSetQuerySet.as_manager()
    history = EditHistory(excluded_fields=["status", "frozen_by", "frozen_at", "after_results"])

    class Meta:
        verbose_name = "pembanding"
        verbose_name_plural = "pembanding"
        ordering = ["-later_year", "kind", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(earlier_year__lt=F("later_year")),
                name="programs_comparisonset_years",
                violation_error_message="Tahun akhir harus sesudah tahun awal.",
            ),
            models.CheckConstraint(
                condition=~Q(status="FROZEN")
                | Q(frozen_by__isnull=False, frozen_at__isnull=False, after_results__isnull=False),
                name="programs_comparisonset_frozen",
                violation_error_message="Yang dibekukan mencatat siapa, kapan, dan apakah hasilnya sudah diketahui.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.earlier_year} dan {self.later_year}"

    def get_absolute_url(self) -> str:
        return reverse("evaluation:comparison-detail", args=[self.pk])

    @property
    def is_frozen(self) -> bool:
        return self.status == self.Status.FROZEN

    def may_edit(self, user: User) -> bool:
        return not self.is_frozen and bool(COORDINATOR_STEP & self.roles_of(user))

    def results_are_known(self) -> bool:
        """Whether a figure of the later year is recorded for a village, or was and is deleted."""
        of_later = {"kind": self.kind, "year": self.later_year, "village__isnull": False}
        return AreaFigure.objects.filter(**of_later).exists() or history_of(AreaFigure).filter(**of_later).exists()

    def step_stamp(self, name: str, actor: User | None) -> Mapping[str, object]:
        return {"frozen_by": actor, "frozen_at": clock.now(), "after_results": self.results_are_known()}

    def check_step(self, name: str) -> None:
        sides = dict(self.members.values_list("village", "side"))
        if ComparisonVillage.Side.COMPARED not in sides.values():
            raise StepNotAllowed("Pilih dahulu desa pembandingnya.")
        supported = {pk for pk, side in sides.items() if side == ComparisonVillage.Side.SUPPORTED}
        if supported != set(supported_villages(self.later_year, clock.today())):
            raise StepNotAllowed("Lokasi sasaran berubah sejak himpunan ini disimpan. Ubah dan simpan lagi.")


class ComparisonVillageQuerySet(models.QuerySet):
    def for_user(self, user: Anyone) -> "ComparisonVillageQuerySet":
        """As their set."""
        return self.filter(comparison_set__in=ComparisonSet.objects.for_user(user))


class ComparisonVillage(models.Model):
    """A village of a set: with support, held against it, or left out because something may have spilled over to it."""

    class Side(models.TextChoices):
        SUPPORTED = "SUPPORTED", "Lokasi sasaran"
        COMPARED = "COMPARED", "Pembanding"
        SPILLOVER = "SPILLOVER", "Daftar limpahan"

    comparison_set = models.ForeignKey(ComparisonSet, models.CASCADE, related_name="members", verbose_name="pembanding")
    village = models.ForeignKey(Village, models.PROTECT, related_name="+", verbose_name="desa")
    side = models.CharField("sisi", max_length=9, choices=Side.choices)
    reason = models.CharField("alasan", max_length=200, blank=True)

    objects = ComparisonVillageQuerySet.as_manager()

    class Meta:
        verbose_name = "desa dalam pembanding"
        verbose_name_plural = "desa dalam pembanding"
        ordering = ["side", "village__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["comparison_set", "village"],
                name="programs_comparisonvillage_once",
                violation_error_message="Desa ini sudah ada dalam pembanding.",
            ),
            models.CheckConstraint(
                condition=Q(side="SPILLOVER") & ~Q(reason="") | ~Q(side="SPILLOVER") & Q(reason=""),
                name="programs_comparisonvillage_reason",
                violation_error_message="Tulis alasan untuk desa daftar limpahan, dan hanya untuk itu.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.village} ({self.get_side_display()})"
