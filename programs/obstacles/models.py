"""Obstacles: a problem in the field, the agency that answers it, and until when."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from districts.regions.models import Village
from p2emas import clock
from p2emas.accounts.models import Agency, User
from p2emas.history import EditHistory
from p2emas.workflow.models import COORDINATOR_STEP, Chain, Step
from programs.framework.models import Activity


class ObstacleQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "ObstacleQuerySet":
        """The agency that raised it and the one that is to answer; coordinators see all."""
        if user.sees_everything:
            return self
        return self.filter(Q(raised_by__in=user.staff_agency_ids) | Q(responsible__in=user.staff_agency_ids))

    def for_cards(self) -> "ObstacleQuerySet":
        """With all that a card or a row shows, and on how many reports the obstacle stands."""
        return (
            self.select_related("village", "activity", "raised_by", "responsible")
            .annotate(report_count=models.Count("reports", distinct=True))
            .order_by("pk")
        )

    def unsolved(self) -> "ObstacleQuerySet":
        return self.exclude(status=Obstacle.Status.SOLVED)


class Obstacle(Chain):
    class Kind(models.TextChoices):
        BUDGET = "BUDGET", _("Anggaran")
        PROCUREMENT = "PROCUREMENT", _("Pengadaan")
        TECHNICAL = "TECHNICAL", _("Teknis lapangan")
        MARKET = "MARKET", _("Pemasaran")
        WEATHER = "WEATHER", _("Cuaca atau hama")
        PEOPLE = "PEOPLE", _("Kelompok atau pendampingan")
        OTHER = "OTHER", _("Lainnya")

    class Status(models.TextChoices):
        REPORTED = "REPORTED", _("Dilaporkan")
        ROUTED = "ROUTED", _("Diteruskan")
        ANSWERED = "ANSWERED", _("Dijawab")
        SOLVED = "SOLVED", _("Selesai")
        ESCALATED = "ESCALATED", _("Dieskalasi")

    STEPS = {
        "route": Step(_("Teruskan"), (Status.REPORTED,), Status.ROUTED, COORDINATOR_STEP),
    }

    village = models.ForeignKey(
        Village, models.PROTECT, null=True, blank=True, related_name="obstacles", verbose_name=_("desa")
    )
    activity = models.ForeignKey(
        Activity, models.PROTECT, null=True, blank=True, related_name="obstacles", verbose_name=_("kegiatan")
    )
    kind = models.CharField(_("jenis"), max_length=12, choices=Kind.choices, default=Kind.TECHNICAL)
    text = models.TextField(_("kendala"), max_length=2000)
    cause = models.TextField(_("penyebab"), max_length=2000, blank=True)
    follow_up = models.TextField(_("tindak lanjut"), max_length=2000, blank=True)
    raised_by = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="raised_obstacles",
        verbose_name=_("dilaporkan oleh"),
    )
    responsible = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="obstacles", verbose_name=_("penanggung jawab")
    )
    due_on = models.DateField(_("batas waktu"), null=True, blank=True)
    answer = models.TextField(_("jawaban"), max_length=2000, blank=True)
    is_sample = models.BooleanField(_("data contoh"), default=False)
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.REPORTED, editable=False
    )
    created_at = models.DateTimeField(default=clock.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = ObstacleQuerySet.as_manager()
    history = EditHistory(excluded_fields=["status", "created_at", "created_by"])

    class Meta:
        verbose_name = _("kendala")
        verbose_name_plural = _("kendala")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.text[:60]

    def get_absolute_url(self) -> str:
        return reverse("obstacles:obstacle-detail", args=[self.pk])

    @property
    def is_own_draft(self) -> bool:
        """Still as its agency wrote it: nobody has taken it up and no other report speaks of it (``for_cards``)."""
        return self.status == self.Status.REPORTED and self.report_count < 2

    def scope_agency_id(self) -> int | None:
        return self.raised_by_id
