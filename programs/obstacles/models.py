"""Obstacles: a problem in the field, the agency that answers it, and until when."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import Truncator

from districts.regions.models import Village
from p2emas import schema
from p2emas.accounts.models import Agency, User
from p2emas.history.records import EditHistory
from p2emas.ui import formats
from p2emas.workflow.models import COORDINATOR_STEP, Chain, Step, StepNotAllowed
from programs.framework.models import Activity


class ObstacleQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "ObstacleQuerySet":
        """The agency that raised it and the one that is to answer; coordinators see all."""
        if user.sees_everything:
            return self
        return self.filter(Q(raised_by__in=user.staff_agency_ids) | Q(responsible__in=user.staff_agency_ids))

    def for_cards(self) -> "ObstacleQuerySet":
        """With all that a card or a row shows, and in how many reports the obstacle is."""
        return (
            self.select_related("village", "activity", "raised_by", "responsible")
            .annotate(report_count=models.Count("reports", distinct=True))
            .order_by("pk")
        )

    def for_page(self) -> "ObstacleQuerySet":
        return self.select_related("village", "activity", "raised_by", "responsible", "created_by")

    def for_table(self) -> "ObstacleQuerySet":
        """What a row of a list shows, and nothing more."""
        return self.select_related("village", "raised_by", "responsible").only(
            "text",
            "kind",
            "status",
            "due_on",
            "created_at",
            "is_sample",
            "village__name",
            "village__code",
            "raised_by__short_name",
            "responsible__short_name",
        )

    def of_agency(self, code: str) -> "ObstacleQuerySet":
        """Raised by the agency, or waiting for its answer."""
        return self.filter(Q(raised_by__code=code) | Q(responsible__code=code))

    def unsolved(self) -> "ObstacleQuerySet":
        return self.exclude(status=Obstacle.Status.SOLVED)


class Obstacle(Chain):
    class Kind(models.TextChoices):
        BUDGET = "BUDGET", "Anggaran"
        PROCUREMENT = "PROCUREMENT", "Pengadaan"
        TECHNICAL = "TECHNICAL", "Teknis lapangan"
        MARKET = "MARKET", "Pemasaran"
        WEATHER = "WEATHER", "Cuaca atau hama"
        PEOPLE = "PEOPLE", "Kelompok atau pendampingan"
        OTHER = "OTHER", "Lainnya"

    class Status(models.TextChoices):
        REPORTED = "REPORTED", "Dilaporkan"
        ROUTED = "ROUTED", "Diteruskan"
        ANSWERED = "ANSWERED", "Dijawab"
        SOLVED = "SOLVED", "Selesai"
        ESCALATED = "ESCALATED", "Dieskalasi"

    UNANSWERED = (Status.REPORTED, Status.ROUTED, Status.ESCALATED)

    STEPS = {
        "route": Step(
            "Teruskan",
            (Status.REPORTED,),
            Status.ROUTED,
            COORDINATOR_STEP,
            help="Kendala diteruskan kepada penanggung jawabnya untuk dijawab sampai batas waktunya.",
        ),
    }

    village = models.ForeignKey(
        Village, models.PROTECT, null=True, blank=True, related_name="obstacles", verbose_name="desa"
    )
    activity = models.ForeignKey(
        Activity, models.PROTECT, null=True, blank=True, related_name="obstacles", verbose_name="kegiatan"
    )
    kind = models.CharField("jenis", max_length=12, choices=Kind.choices, default=Kind.TECHNICAL)
    text = models.TextField("kendala", max_length=2000)
    cause = models.TextField("penyebab", max_length=2000, blank=True)
    follow_up = models.TextField("tindak lanjut", max_length=2000, blank=True)
    raised_by = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="raised_obstacles",
        verbose_name="dilaporkan oleh",
    )
    responsible = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="obstacles", verbose_name="penanggung jawab"
    )
    due_on = models.DateField("batas waktu", null=True, blank=True)
    answer = models.TextField("jawaban", max_length=2000, blank=True)
    is_sample = models.BooleanField("data contoh", default=False)
    status = models.CharField("status", max_length=10, choices=Status.choices, default=Status.REPORTED, editable=False)
    created_at = models.DateTimeField(default=schema.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    report_count: int  # read by ``for_cards``

    objects = ObstacleQuerySet.as_manager()
    history = EditHistory(excluded_fields=["status", "created_at", "created_by"])

    class Meta:
        verbose_name = "kendala"
        verbose_name_plural = "kendala"
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        """Part of a sentence: on its history and in the title of its page, so without a full stop."""
        return Truncator(self.text).chars(60).rstrip(".")

    def get_absolute_url(self) -> str:
        return reverse("obstacles:obstacle-detail", args=[self.pk])

    def check_step(self, name: str) -> None:
        if name == "route" and not (self.responsible_id and self.due_on):
            raise StepNotAllowed("Tentukan dulu penanggung jawab dan batas waktunya.")

    def may_assign(self, user: User) -> bool:
        """Whether ``user`` may still say who answers and until when."""
        return self.status == self.Status.REPORTED and self.may_take(user, "route")

    def is_overdue(self, on: date) -> bool:
        return self.status in self.UNANSWERED and self.due_on is not None and self.due_on < on

    def facts(self) -> list[dict[str, object]]:
        """What the page of the obstacle says of it, label by label."""
        names = ("village", "activity", "cause", "follow_up", "raised_by", "responsible", "due_on", "answer")
        values = {name: getattr(self, name) for name in names} | {"kind": self.get_kind_display()}
        values["due_on"] = formats.long_date(self.due_on) if self.due_on else None
        labels = {field.name: str(field.verbose_name) for field in self._meta.concrete_fields}
        order = ("kind", *names)
        return [{"label": labels[n][:1].upper() + labels[n][1:], "value": values[n]} for n in order]

    @property
    def is_own_draft(self) -> bool:
        """Still as its agency wrote it: nobody has taken it up and no other report speaks of it (``for_cards``)."""
        return self.status == self.Status.REPORTED and self.report_count < 2

    def scope_agency_id(self) -> int | None:
        return self.raised_by_id
