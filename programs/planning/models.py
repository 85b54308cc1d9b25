"""Work plans (Renja) of the agencies, in versions that follow each other and are never edited once set."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from districts.evidence.models import Commodity, CommunityGroup
from districts.locations.models import TargetLocation
from districts.regions.models import Village
from p2emas import clock
from p2emas.accounts.models import Agency, User
from p2emas.accounts.roles import Role
from p2emas.history import EditHistory
from p2emas.workflow.models import AGENCY_STEP, COORDINATOR_STEP, Chain, Step, StepNotAllowed
from programs.framework.models import Activity


class WorkPlanQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "WorkPlanQuerySet":
        """An agency sees its own plans whole; set plans of others are read through their lines."""
        if not user.is_authenticated:
            return self.none()
        return self if user.sees_everything else self.filter(agency__in=user.staff_agency_ids)

    def decided(self) -> "WorkPlanQuerySet":
        """Versions that were set, whether or not a later one has superseded them."""
        return self.filter(status=WorkPlan.Status.SET)

    def set_by(self, on: date) -> "WorkPlanQuerySet":
        """Plans that were set with effect up to day ``on``, the latest first."""
        return self.decided().filter(effective_on__lte=on).order_by("-effective_on", "-sequence")

    def in_force(self, on: date) -> "WorkPlanQuerySet":
        """One version for each agency and year: the latest in effect on ``on``, else the year's first that is set."""
        same = WorkPlan.objects.decided().filter(agency=OuterRef("agency"), year=OuterRef("year"))
        latest = same.set_by(on).values("pk")[:1]
        first = same.order_by("effective_on", "sequence").values("pk")[:1]
        return self.filter(pk=Coalesce(Subquery(latest), Subquery(first)))

    def unfinished(self) -> "WorkPlanQuerySet":
        return self.exclude(status=WorkPlan.Status.SET)

    def for_table(self) -> "WorkPlanQuerySet":
        """With the agency, the number of lines, and the agency's budget without village money."""
        own = ~Q(lines__fund__in=PlanLine.VILLAGE_FUNDS)
        return self.select_related("agency").annotate(
            line_count=Count("lines"), budget=Coalesce(Sum("lines__amount", filter=own), 0)
        )

    def awaiting_coordinator(self) -> "WorkPlanQuerySet":
        return self.filter(status__in=(WorkPlan.Status.SUBMITTED, WorkPlan.Status.REVIEWING))


class WorkPlan(Chain):
    """One version of an agency's plan of a year. A budget change is a new version that supersedes the one before."""

    class Kind(models.TextChoices):
        INDUK = "INDUK", _("Induk")
        PERGESERAN = "PERGESERAN", _("Pergeseran")
        PERUBAHAN = "PERUBAHAN", _("Perubahan")

    class Status(models.TextChoices):
        DRAFT = "DRAFT", _("Draf")
        SUBMITTED = "SUBMITTED", _("Diajukan")
        REVIEWING = "REVIEWING", _("Ditelaah")
        RETURNED = "RETURNED", _("Perlu perbaikan")
        SET = "SET", _("Ditetapkan")

    EDITABLE = (Status.DRAFT, Status.RETURNED)

    STEPS = {
        "submit": Step(_("Ajukan"), EDITABLE, Status.SUBMITTED, AGENCY_STEP, own_page=True),
        "withdraw": Step(_("Tarik kembali"), (Status.SUBMITTED,), Status.DRAFT, AGENCY_STEP),
        "review": Step(_("Mulai telaah"), (Status.SUBMITTED,), Status.REVIEWING, COORDINATOR_STEP),
        "return": Step(
            _("Minta perbaikan"), (Status.REVIEWING,), Status.RETURNED, COORDINATOR_STEP, note_required=True
        ),
        "set": Step(_("Tetapkan"), (Status.REVIEWING,), Status.SET, COORDINATOR_STEP, own_page=True),
    }

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="plans", verbose_name=_("SKPD"))
    year = models.PositiveSmallIntegerField(_("tahun"))
    kind = models.CharField(_("jenis"), max_length=10, choices=Kind.choices, default=Kind.INDUK)
    sequence = models.PositiveSmallIntegerField(_("versi"), default=1)
    supersedes = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="successors", verbose_name=_("menggantikan")
    )
    budget_doc_no = models.CharField(_("nomor DPA/DPPA"), max_length=80, blank=True)
    effective_on = models.DateField(_("berlaku sejak"), null=True, blank=True)
    is_sample = models.BooleanField(_("data contoh"), default=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.DRAFT, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, editable=False)

    objects = WorkPlanQuerySet.as_manager()
    history = EditHistory(
        excluded_fields=[
            "status",
            "version",
            "created_at",
            "submitted_by",
            "submitted_at",
            "decided_by",
            "decided_at",
            "budget_doc_no",
            "effective_on",
        ]
    )

    class Meta:
        verbose_name = _("rencana kerja")
        verbose_name_plural = _("rencana kerja")
        ordering = ["-year", "agency", "-sequence", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year", "sequence"],
                name="programs_workplan_sequence_once",
                violation_error_message=_("Versi rencana ini sudah ada."),
            ),
            models.UniqueConstraint(
                fields=["agency", "year"],
                condition=~Q(status="SET"),
                name="programs_workplan_one_unfinished",
                violation_error_message=_("Masih ada versi rencana tahun itu yang belum ditetapkan."),
            ),
            models.UniqueConstraint(
                fields=["supersedes"],
                name="programs_workplan_superseded_once",
                violation_error_message=_("Versi itu sudah digantikan versi lain."),
            ),
            models.CheckConstraint(
                condition=Q(kind="INDUK", supersedes=None) | (~Q(kind="INDUK") & Q(supersedes__isnull=False)),
                name="programs_workplan_change_supersedes",
                violation_error_message=_("Pergeseran dan perubahan menggantikan versi yang sudah ditetapkan."),
            ),
            models.CheckConstraint(
                condition=~Q(status="SET") | (~Q(budget_doc_no="") & Q(effective_on__isnull=False)),
                name="programs_workplan_set_has_budget_doc",
                violation_error_message=_("Rencana yang ditetapkan harus punya nomor DPA dan tanggal berlaku."),
            ),
            models.CheckConstraint(
                condition=Q(submitted_by=None) | Q(decided_by=None) | ~Q(submitted_by=F("decided_by")),
                name="programs_workplan_submitter_not_decider",
                violation_error_message=_("Pengirim rencana tidak boleh menetapkannya."),
            ),
        ]
        indexes = [models.Index(fields=["year", "status", "agency"], name="programs_workplan_year")]

    def __str__(self) -> str:
        return f"Renja {self.agency} {self.year} ({self.get_kind_display()})"

    def get_absolute_url(self) -> str:
        return reverse("planning:plan-detail", args=[self.pk])

    def may_take(self, user: User | None, name: str) -> bool:
        if name in ("return", "set") and user is not None and user.pk == self.submitted_by_id:
            return False
        return super().may_take(user, name)

    def check_step(self, name: str) -> None:
        if name == "submit":
            from programs.planning.checks import PlanCheck  # the checks read these models

            blockers = PlanCheck(self).blockers
            if blockers:
                raise StepNotAllowed(blockers[0].sentence)

    @property
    def day(self) -> date:
        """The day on which the plan asks what is in force: today, kept within the plan's year."""
        return min(max(clock.today(), date(self.year, 1, 1)), date(self.year, 12, 31))

    @property
    def is_editable(self) -> bool:
        return self.status in self.EDITABLE

    def may_edit(self, user: User) -> bool:
        return self.is_editable and bool(AGENCY_STEP & self.roles_of(user))


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

    def village_money(self) -> "PlanLineQuerySet":
        return self.filter(fund__in=PlanLine.VILLAGE_FUNDS)

    def for_table(self) -> "PlanLineQuerySet":
        return self.select_related(
            "plan__agency",
            "activity",
            "target_location__village__district",
            "other_village__district",
            "group",
            "commodity",
        )

    def in_program_budget(self) -> "PlanLineQuerySet":
        """Lines of the agencies' own budget: village money (ADD, DD) is shown beside, never inside."""
        return self.exclude(fund__in=PlanLine.VILLAGE_FUNDS)


class PlanLine(models.Model):
    """One piece of work at one place (or for the whole regency), with its money and cumulative targets."""

    class ChainLink(models.TextChoices):
        SEED = "SEED", _("Bibit")
        TOOLS = "TOOLS", _("Sarana")
        TRAINING = "TRAINING", _("Pelatihan")
        PRODUCTION = "PRODUCTION", _("Produksi")
        PROCESSING = "PROCESSING", _("Olahan")
        CAPITAL = "CAPITAL", _("Modal")
        MARKET = "MARKET", _("Pasar")

    class Fund(models.TextChoices):
        PAD = "PAD", _("PAD")
        DAU = "DAU", _("DAU")
        DAK = "DAK", _("DAK")
        DBH = "DBH", _("DBH")
        APBD_PROV = "APBD_PROV", _("APBD provinsi")
        APBN = "APBN", _("APBN")
        ADD = "ADD", _("ADD")
        DD = "DD", _("Dana Desa")
        CSR = "CSR", _("CSR")
        SWADAYA = "SWADAYA", _("Swadaya")

    VILLAGE_FUNDS = (Fund.ADD, Fund.DD)

    plan = models.ForeignKey(WorkPlan, models.CASCADE, related_name="lines", verbose_name=_("rencana"))
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="lines", verbose_name=_("kegiatan"))
    target_location = models.ForeignKey(
        TargetLocation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="plan_lines",
        verbose_name=_("lokasi sasaran"),
    )
    other_village = models.ForeignKey(
        Village, models.PROTECT, null=True, blank=True, related_name="plan_lines", verbose_name=_("desa lain")
    )
    group = models.ForeignKey(
        CommunityGroup, models.PROTECT, null=True, blank=True, related_name="plan_lines", verbose_name=_("kelompok")
    )
    commodity = models.ForeignKey(
        Commodity, models.PROTECT, null=True, blank=True, related_name="plan_lines", verbose_name=_("komoditas")
    )
    chain_link = models.CharField(_("mata rantai"), max_length=12, choices=ChainLink.choices)
    fund = models.CharField(_("sumber dana"), max_length=10, choices=Fund.choices, default=Fund.DAU)
    start_month = models.PositiveSmallIntegerField(_("bulan mulai"))
    volume = models.DecimalField(_("volume"), max_digits=14, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("satuan"), max_length=30, blank=True)
    amount = models.BigIntegerField(_("pagu"))
    exception_reason = models.CharField(_("alasan di luar lokus"), max_length=300, blank=True)
    continues = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="continued_by", editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PlanLineQuerySet.as_manager()
    history = EditHistory(excluded_fields=["version"])

    class Meta:
        verbose_name = _("baris rencana")
        verbose_name_plural = _("baris rencana")
        ordering = ["plan", "activity__code", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(target_location=None) | Q(other_village=None),
                name="programs_planline_one_place",
                violation_error_message=_("Pilih lokasi sasaran atau desa lain, tidak keduanya."),
            ),
            models.CheckConstraint(
                condition=Q(other_village=None) | ~Q(exception_reason=""),
                name="programs_planline_other_village_reasoned",
                violation_error_message=_("Tulis alasan mengapa kegiatan berada di luar lokasi sasaran."),
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0),
                name="programs_planline_amount_not_negative",
                violation_error_message=_("Pagu tidak boleh negatif."),
            ),
            models.CheckConstraint(
                condition=Q(start_month__gte=1, start_month__lte=12),
                name="programs_planline_month",
                violation_error_message=_("Bulan mulai antara 1 dan 12."),
            ),
            models.UniqueConstraint(
                fields=["plan", "continues"],
                name="programs_planline_continues_once",
                violation_error_message=_("Baris itu sudah dilanjutkan dalam rencana ini."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.activity)

    def get_absolute_url(self) -> str:
        return reverse("planning:line-edit", args=[self.plan_id, self.pk])

    @property
    def village(self) -> Village | None:
        return self.target_location.village if self.target_location_id else self.other_village

    @property
    def is_village_money(self) -> bool:
        return self.fund in self.VILLAGE_FUNDS


class PlanLineTarget(models.Model):
    """Cumulative target up to the end of a quarter. No row means "belum ada data", not zero."""

    plan_line = models.ForeignKey(PlanLine, models.CASCADE, related_name="targets", verbose_name=_("baris rencana"))
    quarter = models.PositiveSmallIntegerField(_("triwulan"))
    money = models.BigIntegerField(_("target keuangan"), null=True, blank=True)
    physical = models.DecimalField(_("target fisik"), max_digits=5, decimal_places=2, null=True, blank=True)

    history = EditHistory()

    class Meta:
        verbose_name = _("target baris rencana")
        verbose_name_plural = _("target baris rencana")
        ordering = ["plan_line", "quarter"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan_line", "quarter"],
                name="programs_planlinetarget_once",
                violation_error_message=_("Target triwulan ini sudah ada."),
            ),
            models.CheckConstraint(
                condition=Q(quarter__gte=1, quarter__lte=4),
                name="programs_planlinetarget_quarter",
                violation_error_message=_("Triwulan antara 1 dan 4."),
            ),
            models.CheckConstraint(
                condition=Q(money=None) | Q(money__gte=0),
                name="programs_planlinetarget_money",
                violation_error_message=_("Target keuangan tidak boleh negatif."),
            ),
            models.CheckConstraint(
                condition=Q(physical=None) | Q(physical__gte=0, physical__lte=100),
                name="programs_planlinetarget_physical",
                violation_error_message=_("Target fisik antara 0 dan 100 persen."),
            ),
        ]

    def __str__(self) -> str:
        return f"TW {self.quarter}"
