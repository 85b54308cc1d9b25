"""Work plans with their budget (rencana kerja dan anggaran), in versions that are never edited once set.

A version is named after the budget document that holds its money: DPA, DPA pergeseran, DPPA.
"""

import re
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse

from p2emas import clock, schema
from p2emas.accounts.models import Agency, User
from p2emas.history.records import EditHistory
from p2emas.ui.formats import long_date
from p2emas.workflow.hooks import Hook
from p2emas.workflow.models import AGENCY_STEP, COORDINATOR_STEP, Chain, Step, StepNotAllowed
from programs.framework.models import Activity, Indicator, IndicatorQuerySet
from programs.framework.querysets import ActivityQuerySet
from programs.nomenclature.funds import outside_budget

DOCUMENT_WORDS = re.compile(r"^\s*(DPPA|DPA)(\s+pergeseran)?\b[\s.:-]*(nomor|no)?\b[\s.:-]*", re.IGNORECASE)


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
        return self.filter(pk=version_on(on))

    def unfinished(self) -> "WorkPlanQuerySet":
        return self.exclude(status=WorkPlan.Status.SET)

    def for_table(self) -> "WorkPlanQuerySet":
        """With the agency, the number of lines, and the agency's budget without village money.

        Counted for the rows of a page, not over the lines of all years.
        """
        lines = WorkPlan.lines.rel.related_model._default_manager.filter(plan=OuterRef("pk")).order_by().values("plan")
        count = lines.annotate(count=Count("pk")).values("count")
        budget = lines.exclude(outside_budget()).annotate(budget=Sum("amount")).values("budget")
        return self.select_related("agency").annotate(
            line_count=Coalesce(Subquery(count), 0), budget=Coalesce(Subquery(budget), 0)
        )

    def awaiting_coordinator(self) -> "WorkPlanQuerySet":
        return self.filter(status__in=(WorkPlan.Status.SUBMITTED, WorkPlan.Status.REVIEWING))


def version_on(day: date) -> Coalesce:
    """The key of the version that counts on ``day`` for the agency and year of a plan."""
    same = WorkPlan.objects.decided().filter(agency=OuterRef("agency"), year=OuterRef("year"))
    latest = same.set_by(day).values("pk")[:1]
    first = same.order_by("effective_on", "sequence").values("pk")[:1]
    return Coalesce(Subquery(latest), Subquery(first))


missing_in_plan: "Hook[[WorkPlan], str]" = Hook("what keeps a work plan from being submitted")


class WorkPlan(Chain):
    """One version of an agency's plan of a year. A budget change is a new version that supersedes the one before."""

    class Kind(models.TextChoices):
        INDUK = "INDUK", "DPA"
        PERGESERAN = "PERGESERAN", "DPA pergeseran"
        PERUBAHAN = "PERUBAHAN", "DPPA"

    class Status(models.TextChoices):
        DRAFT = "DRAFT", "Draf"
        SUBMITTED = "SUBMITTED", "Diajukan"
        REVIEWING = "REVIEWING", "Ditelaah"
        RETURNED = "RETURNED", "Perlu perbaikan"
        SET = "SET", "Ditetapkan"

    EDITABLE = (Status.DRAFT, Status.RETURNED)

    STEPS = {
        "submit": Step("Ajukan", "Diajukan", EDITABLE, Status.SUBMITTED, AGENCY_STEP, own_page=True),
        "withdraw": Step(
            "Tarik kembali",
            "Ditarik kembali",
            (Status.SUBMITTED,),
            Status.DRAFT,
            AGENCY_STEP,
            help="Rencana kembali menjadi draf dan dapat diubah, lalu diajukan lagi.",
        ),
        "review": Step(
            "Mulai telaah",
            "Telaah dimulai",
            (Status.SUBMITTED,),
            Status.REVIEWING,
            COORDINATOR_STEP,
            help="Selama ditelaah, SKPD tidak dapat menarik rencananya kembali.",
        ),
        "return": Step(
            "Minta perbaikan",
            "Perbaikan diminta",
            (Status.REVIEWING,),
            Status.RETURNED,
            COORDINATOR_STEP,
            note_required=True,
            help="SKPD membaca alasan Anda, memperbaiki rencana, dan mengajukannya lagi.",
        ),
        "set": Step(
            "Catat penetapan", "Penetapan dicatat", (Status.REVIEWING,), Status.SET, COORDINATOR_STEP, own_page=True
        ),
    }

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="plans", verbose_name="SKPD")
    year = models.PositiveSmallIntegerField("tahun")
    kind = models.CharField("dokumen anggaran", max_length=10, choices=Kind.choices, default=Kind.INDUK)
    sequence = models.PositiveSmallIntegerField("versi", default=1)
    supersedes = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="successors", verbose_name="menggantikan"
    )
    budget_doc_no = models.CharField("nomor DPA/DPPA", max_length=80, blank=True)
    budget_doc_date = models.DateField("tanggal DPA/DPPA", null=True, blank=True)
    regulation_no = models.CharField(
        "nomor peraturan kepala daerah tentang Renja", max_length=80, blank=True, default="", db_default=""
    )
    regulation_date = models.DateField("tanggal peraturan kepala daerah tentang Renja", null=True, blank=True)
    effective_on = models.DateField("berlaku sejak", null=True, blank=True)
    rka_amount = models.BigIntegerField("pagu RKA", null=True, blank=True)
    is_sample = models.BooleanField("data contoh", default=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    status = models.CharField("status", max_length=10, choices=Status.choices, default=Status.DRAFT, editable=False)
    created_at = models.DateTimeField(default=schema.now, editable=False)
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
            "budget_doc_date",
            "regulation_no",
            "rka_amount",
            "regulation_date",
            "effective_on",
        ]
    )

    class Meta:
        verbose_name = "rencana kerja dan anggaran"
        verbose_name_plural = "rencana kerja dan anggaran"
        ordering = ["-year", "agency", "-sequence", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year", "sequence"],
                name="programs_workplan_sequence_once",
                violation_error_message="Versi rencana ini sudah ada.",
            ),
            models.UniqueConstraint(
                fields=["agency", "year"],
                condition=~Q(status="SET"),
                name="programs_workplan_one_unfinished",
                violation_error_message="Masih ada versi rencana tahun itu yang belum ditetapkan.",
            ),
            models.UniqueConstraint(
                fields=["supersedes"],
                name="programs_workplan_superseded_once",
                violation_error_message="Versi itu sudah digantikan versi lain.",
            ),
            models.CheckConstraint(
                condition=Q(kind="INDUK", supersedes=None) | (~Q(kind="INDUK") & Q(supersedes__isnull=False)),
                name="programs_workplan_change_supersedes",
                violation_error_message="DPA pergeseran dan DPPA menggantikan versi yang sudah ditetapkan.",
            ),
            models.CheckConstraint(
                condition=~Q(status="SET") | (~Q(budget_doc_no="") & Q(effective_on__isnull=False)),
                name="programs_workplan_set_has_budget_doc",
                violation_error_message="Rencana yang ditetapkan harus punya nomor DPA dan tanggal berlaku.",
            ),
            models.CheckConstraint(
                condition=Q(regulation_no="", regulation_date=None)
                | (~Q(regulation_no="") & Q(regulation_date__isnull=False)),
                name="programs_workplan_regulation_whole",
                violation_error_message="Isi nomor dan tanggal peraturan bersama-sama, atau kosongkan keduanya.",
            ),
            models.CheckConstraint(
                condition=Q(rka_amount=None) | Q(rka_amount__gte=0),
                name="programs_workplan_rka_amount",
                violation_error_message="Pagu RKA tidak boleh negatif.",
            ),
            models.CheckConstraint(
                condition=Q(submitted_by=None) | Q(decided_by=None) | ~Q(submitted_by=F("decided_by")),
                name="programs_workplan_submitter_not_decider",
                violation_error_message="Pengirim rencana tidak boleh menetapkannya.",
            ),
        ]
        indexes = [models.Index(fields=["year", "status", "agency"], name="programs_workplan_year")]

    def __str__(self) -> str:
        return f"Rencana kerja dan anggaran {self.agency} {self.year} ({self.get_kind_display()})"

    def get_absolute_url(self) -> str:
        return reverse("planning:plan-detail", args=[self.pk])

    @property
    def version_name(self) -> str:
        """ "DPA", "DPPA versi 2": where a heading or a button has room for no more."""
        kind = self.get_kind_display()
        return kind if self.kind == self.Kind.INDUK else f"{kind} versi {self.sequence}"

    @property
    def document_name(self) -> str:
        """ "DPA nomor 1.05/2019, tanggal 28 Desember 2018", as far as it is known: how pages name a version."""
        number = DOCUMENT_WORDS.sub("", self.budget_doc_no)
        if not number:
            return self.version_name
        dated = f", tanggal {long_date(self.budget_doc_date)}" if self.budget_doc_date else ""
        return f"{self.get_kind_display()} nomor {number}{dated}"

    @property
    def dated_name(self) -> str:
        """That with the day from which it counts, for a version that is set."""
        since = f", berlaku {long_date(self.effective_on)}" if self.effective_on else ""
        return f"{self.document_name}{since}"

    def may_take(self, user: User | None, name: str) -> bool:
        if name in ("return", "set") and user is not None and user.pk == self.submitted_by_id:
            return False
        return super().may_take(user, name)

    def step_stamp(self, name: str, actor: User | None) -> dict[str, Any]:
        if name == "submit":
            return {"submitted_by": actor, "submitted_at": clock.now(), "decided_by": None, "decided_at": None}
        return {"decided_by": actor, "decided_at": clock.now()} if name == "set" else {}

    def check_step(self, name: str) -> None:
        if name == "submit" and (missing := missing_in_plan(self)):
            raise StepNotAllowed(missing)

    @property
    def day(self) -> date:
        """The day on which the plan asks what is in force: today, kept within the plan's year."""
        return min(max(clock.today(), date(self.year, 1, 1)), date(self.year, 12, 31))

    def activities(self) -> ActivityQuerySet:
        """Activities of the agency and year that this plan carries out."""
        return Activity.objects.of(self.agency_id, self.year).filter(lines__plan=self).distinct()

    def indicators(self) -> IndicatorQuerySet:
        """What its activities are measured by."""
        return Indicator.objects.filter(activity__in=self.activities().order_by())

    @property
    def is_editable(self) -> bool:
        return self.status in self.EDITABLE

    def may_write(self, user: User) -> bool:
        """Whether ``user`` is one who writes this plan (no matter which status it has now)."""
        return user.is_active and bool(AGENCY_STEP & self.roles_of(user))

    def may_edit(self, user: User) -> bool:
        return self.is_editable and self.may_write(user)
