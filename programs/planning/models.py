"""Lines of the work plans: one piece of work at one place each, with its money and cumulative targets."""

from collections.abc import Iterable
from datetime import date

from django.db import models
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse

from districts.evidence.models import Commodity, CommunityGroup
from districts.locations.models import TargetLocation
from districts.regions.models import Village
from p2emas.accounts.models import User
from p2emas.accounts.roles import Role
from p2emas.history.records import EditHistory
from p2emas.ui.formats import MONTHS
from programs.framework.models import Activity
from programs.nomenclature.funds import DEFAULT, fund_label, is_outside, known_fund, outside_budget
from programs.nomenclature.matching import is_unlisted
from programs.planning.start.models import ProcurementMethod
from programs.planning.work_plans import WorkPlan, WorkPlanQuerySet

__all__ = ["PlanLine", "PlanLineQuerySet", "PlanLineTarget", "WorkPlan", "WorkPlanQuerySet"]


class PlanLineQuerySet(models.QuerySet):
    def agreed(self) -> "PlanLineQuerySet":
        """Lines of plans that are set."""
        return self.filter(plan__status=WorkPlan.Status.SET)

    def for_user(self, user: User) -> "PlanLineQuerySet":
        """Every agency reads everybody's agreed lines; kecamatan staff those in their villages; drafts are own."""
        if user.sees_everything:
            return self
        own = Q(plan__agency__in=user.staff_agency_ids)
        agreed = Q(plan__status=WorkPlan.Status.SET)
        if user.staff_agency_ids:
            return self.filter(own | agreed)
        offices = user.agency_ids(Role.DISTRICT_ADMIN)
        in_own_villages = Q(target_location__village__district__office__in=offices) | Q(
            other_village__district__office__in=offices
        )
        return self.filter(agreed & in_own_villages)

    def in_force(self, on: date) -> "PlanLineQuerySet":
        """Lines of the versions in force on ``on``: each agreed piece of work once, not once a version."""
        return self.filter(plan__in=WorkPlan.objects.in_force(on))

    def placed(self) -> "PlanLineQuerySet":
        """With ``place_village`` and ``place_district`` (ids), whether the village is a target location or another."""
        return self.annotate(
            place_village=Coalesce("target_location__village_id", "other_village_id"),
            place_district=Coalesce("target_location__village__district_id", "other_village__district_id"),
        )

    def in_village(self, village_id: int) -> "PlanLineQuerySet":
        return self.in_villages([village_id])

    def in_villages(self, village_ids: Iterable[int]) -> "PlanLineQuerySet":
        wanted = list(village_ids)
        locations = TargetLocation.objects.filter(village__in=wanted).order_by().values("pk")
        return self.filter(Q(target_location__in=locations) | Q(other_village__in=wanted))

    def in_district(self, district_id: int) -> "PlanLineQuerySet":
        """Asked of the two keys of a line, so that no line of another kecamatan is joined to its village."""
        locations = TargetLocation.objects.filter(village__district=district_id).order_by().values("pk")
        villages = Village.objects.filter(district=district_id).order_by().values("pk")
        return self.filter(Q(target_location__in=locations) | Q(other_village__in=villages))

    def totals_by_year(self) -> list[dict[str, int]]:
        """``year``, ``budget`` and, beside it, ``village_money`` in rupiah, the latest year first."""
        own = ~outside_budget()
        sums = {"budget": Sum("amount", filter=own, default=0), "village_money": Sum("amount", filter=~own, default=0)}
        return list(self.order_by().values(year=F("plan__year")).annotate(**sums).order_by("-year"))

    def for_table(self) -> "PlanLineQuerySet":
        return self.of_one_plan().select_related("plan__agency")

    def of_one_plan(self) -> "PlanLineQuerySet":
        """For a table of lines of a plan that is read already."""
        return self.with_fund().select_related(
            "activity",
            "target_location__village__district",
            "other_village__district",
            "group",
            "commodity",
            "procurement",
        )

    def in_program_budget(self) -> "PlanLineQuerySet":
        """Lines of the agencies' own budget: village money (ADD, DD) is shown beside, never inside."""
        return self.exclude(outside_budget())

    def with_listing(self) -> "PlanLineQuerySet":
        """With whether the code of its activity is ``unlisted``, for the mark beside it."""
        return self.annotate(unlisted=is_unlisted("activity__nomenclature", "activity__code", "activity__level"))

    def with_fund(self) -> "PlanLineQuerySet":
        """With whether its fund stays outside the absorption, as the table of funds says in this query."""
        return self.annotate(outside=is_outside())


class PlanLine(models.Model):
    """One piece of work at one place (or for the whole regency), with its money and cumulative targets."""

    class ChainLink(models.TextChoices):
        SEED = "SEED", "Bibit"
        TOOLS = "TOOLS", "Sarana"
        TRAINING = "TRAINING", "Pelatihan"
        PRODUCTION = "PRODUCTION", "Produksi"
        PROCESSING = "PROCESSING", "Olahan"
        CAPITAL = "CAPITAL", "Modal"
        MARKET = "MARKET", "Pasar"

    # what can be seen growing in a village: a training, a loan or a market is proved by papers
    PHYSICAL_LINKS = (ChainLink.SEED, ChainLink.TOOLS, ChainLink.PRODUCTION)

    plan = models.ForeignKey(WorkPlan, models.CASCADE, related_name="lines", verbose_name="rencana")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="lines", verbose_name="kegiatan")
    target_location = models.ForeignKey(
        TargetLocation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="plan_lines",
        verbose_name="lokasi sasaran",
    )
    other_village = models.ForeignKey(
        Village, models.PROTECT, null=True, blank=True, related_name="plan_lines", verbose_name="desa lain"
    )
    group = models.ForeignKey(
        CommunityGroup, models.PROTECT, null=True, blank=True, related_name="plan_lines", verbose_name="kelompok"
    )
    commodity = models.ForeignKey(
        Commodity, models.PROTECT, null=True, blank=True, related_name="plan_lines", verbose_name="komoditas"
    )
    chain_link = models.CharField("mata rantai", max_length=12, choices=ChainLink.choices)
    fund = models.CharField("sumber dana", max_length=10, default=DEFAULT)  # the code of a ``Fund``
    start_month = models.PositiveSmallIntegerField("bulan mulai")
    volume = models.DecimalField("volume", max_digits=14, decimal_places=2, null=True, blank=True)
    unit = models.CharField("satuan", max_length=30, blank=True)
    amount = models.BigIntegerField("pagu")
    exception_reason = models.CharField("alasan di luar lokasi sasaran", max_length=300, blank=True)
    procurement = models.ForeignKey(
        ProcurementMethod,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="plan_lines",
        verbose_name="cara pengadaan",
    )
    season_first = models.PositiveSmallIntegerField("musim dari bulan", null=True, blank=True)
    season_last = models.PositiveSmallIntegerField("musim sampai bulan", null=True, blank=True)
    proposal_no = models.CharField("nomor usulan Musrenbang", max_length=60, blank=True, default="", db_default="")
    proposal_text = models.CharField("usulan Musrenbang", max_length=300, blank=True, default="", db_default="")
    continues = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="continued_by", editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    client_token = models.UUIDField(null=True, unique=True, editable=False)  # a form sent twice adds one line

    objects = PlanLineQuerySet.as_manager()
    history = EditHistory(excluded_fields=["version", "client_token"])

    class Meta:
        verbose_name = "baris rencana"
        verbose_name_plural = "baris rencana"
        ordering = ["plan", "activity__code", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(target_location=None) | Q(other_village=None),
                name="programs_planline_one_place",
                violation_error_message="Pilih lokasi sasaran atau desa lain, tidak keduanya.",
            ),
            models.CheckConstraint(
                condition=Q(other_village=None) | ~Q(exception_reason=""),
                name="programs_planline_other_village_reasoned",
                violation_error_message="Tulis alasan mengapa kegiatan berada di luar lokasi sasaran.",
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0),
                name="programs_planline_amount_not_negative",
                violation_error_message="Pagu tidak boleh negatif.",
            ),
            models.CheckConstraint(
                condition=Q(start_month__gte=1, start_month__lte=12),
                name="programs_planline_month",
                violation_error_message="Bulan mulai antara 1 dan 12.",
            ),
            models.CheckConstraint(
                condition=Q(season_first=None, season_last=None)
                | Q(season_first__gte=1, season_first__lte=12, season_last__gte=1, season_last__lte=12),
                name="programs_planline_season",
                violation_error_message="Isi bulan awal dan akhir musim, keduanya 1 sampai 12.",
            ),
            models.UniqueConstraint(
                fields=["plan", "continues"],
                name="programs_planline_continues_once",
                violation_error_message="Baris itu sudah dilanjutkan dalam rencana ini.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.activity)

    def get_absolute_url(self) -> str:
        return reverse("planning:line-edit", args=[self.plan_id, self.pk])

    @property
    def village(self) -> Village | None:
        return self.target_location.village if self.target_location else self.other_village

    @property
    def month_name(self) -> str:
        return MONTHS[self.start_month - 1]

    @property
    def season(self) -> list[int]:
        """The months of its season; it may pass the turn of the year ("Oktober sampai Maret")."""
        return months_between(self.season_first, self.season_last)

    @property
    def season_words(self) -> str:
        if self.season_first is None or self.season_last is None:
            return ""
        return f"{MONTHS[self.season_first - 1]} sampai {MONTHS[self.season_last - 1]}"

    @property
    def proposal_words(self) -> str:
        return ": ".join(part for part in (self.proposal_no, self.proposal_text) if part)

    @property
    def is_physical_work(self) -> bool:
        """Whether its progress is proved by a photo."""
        return self.chain_link in self.PHYSICAL_LINKS

    @property
    def is_village_money(self) -> bool:
        """Whether its money is shown beside the agency's budget; of a line read ``with_fund``, by that query."""
        if "outside" in self.__dict__:
            return bool(self.__dict__["outside"])
        fund = known_fund(self.fund)
        return fund is not None and not fund.counts_in_absorption

    def get_fund_display(self) -> str:
        return fund_label(self.fund)


def months_between(first: int | None, last: int | None) -> list[int]:
    """From one month to the other, over the turn of the year where the first comes later; none when one is unknown."""
    if first is None or last is None:
        return []
    return [m for m in range(1, 13) if (first <= m <= last if first <= last else not last < m < first)]


class PlanLineTarget(models.Model):
    """Cumulative target up to the end of a quarter. No row means "belum ada data", not zero."""

    plan_line = models.ForeignKey(PlanLine, models.CASCADE, related_name="targets", verbose_name="baris rencana")
    quarter = models.PositiveSmallIntegerField("triwulan")
    money = models.BigIntegerField("target keuangan", null=True, blank=True)
    physical = models.DecimalField("target fisik", max_digits=5, decimal_places=2, null=True, blank=True)

    history = EditHistory()

    class Meta:
        verbose_name = "target baris rencana"
        verbose_name_plural = "target baris rencana"
        ordering = ["plan_line", "quarter"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan_line", "quarter"],
                name="programs_planlinetarget_once",
                violation_error_message="Target triwulan ini sudah ada.",
            ),
            models.CheckConstraint(
                condition=Q(quarter__gte=1, quarter__lte=4),
                name="programs_planlinetarget_quarter",
                violation_error_message="Triwulan antara 1 dan 4.",
            ),
            models.CheckConstraint(
                condition=Q(money=None) | Q(money__gte=0),
                name="programs_planlinetarget_money",
                violation_error_message="Target keuangan tidak boleh negatif.",
            ),
            models.CheckConstraint(
                condition=Q(physical=None) | Q(physical__gte=0, physical__lte=100),
                name="programs_planlinetarget_physical",
                violation_error_message="Target fisik antara 0 dan 100 persen.",
            ),
        ]

    def __str__(self) -> str:
        return f"TW {self.quarter}"
