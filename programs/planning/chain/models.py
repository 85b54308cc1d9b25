"""Answers to what the value chain of a village lacks or has twice."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from districts.evidence.models import CommunityGroup
from districts.regions.models import Village
from p2emas import schema
from p2emas.accounts.models import Agency, User
from p2emas.history.records import EditHistory
from programs.planning.models import PlanLine


class ChainAnswerQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "ChainAnswerQuerySet":
        """Read by all agencies and by who sees everything: the chain is the one thing they plan together."""
        if not user.is_authenticated:
            return self.none()
        return self if user.sees_everything or user.staff_agency_ids else self.none()

    def of_chain(self, year: int, villages) -> "ChainAnswerQuerySet":
        return self.filter(year=year, village__in=villages).select_related("agency", "answered_by")


class ChainAnswer(models.Model):
    """One sentence of an agency: why a link stays empty, or why it works beside another on one link for one group."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="chain_answers", verbose_name="SKPD")
    year = models.PositiveSmallIntegerField("tahun")
    village = models.ForeignKey(Village, models.PROTECT, related_name="chain_answers", verbose_name="desa")
    link = models.CharField("mata rantai", max_length=12, choices=PlanLine.ChainLink.choices)
    group = models.ForeignKey(
        CommunityGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="chain_answers",
        verbose_name="kelompok",
        help_text="Kosong: jawaban atas mata rantai yang kosong.",
    )
    text = models.CharField("jawaban", max_length=300)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+", verbose_name="dijawab oleh"
    )
    answered_at = models.DateTimeField("dijawab pada", default=schema.now, editable=False)

    objects = ChainAnswerQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = "jawaban rantai nilai"
        verbose_name_plural = "jawaban rantai nilai"
        ordering = ["year", "village", "link", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "village", "link", "agency"],
                condition=Q(group=None),
                name="programs_chainanswer_gap_once",
                violation_error_message="SKPD ini sudah menjawab mata rantai itu.",
            ),
            models.UniqueConstraint(
                fields=["year", "village", "link", "agency", "group"],
                condition=Q(group__isnull=False),
                name="programs_chainanswer_twice_once",
                violation_error_message="SKPD ini sudah menjawab tentang kelompok itu.",
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="programs_chainanswer_text",
                violation_error_message="Tulis jawaban dalam satu kalimat.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_link_display()}, {self.village} {self.year}"

    def get_absolute_url(self) -> str:
        return f"{reverse('planning:chain', args=[self.village.slug])}?tahun={self.year}"
