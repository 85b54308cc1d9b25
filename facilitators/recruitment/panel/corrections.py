"""A locked score that was a slip: what it should have been, by which signed minutes, who recorded it and when."""

from typing import TYPE_CHECKING, TypeAlias, TypedDict

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from facilitators.recruitment.applications.models import Application, corrections_of
from facilitators.recruitment.panel.models import SheetScore
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas import schema
from p2emas.ui.formats import long_date
from p2emas.workflow.riwayat import Change, Entry

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


class ScoreCorrectionQuerySet(models.QuerySet["ScoreCorrection"]):
    def of_round(self, record: RecruitmentRound) -> "ScoreCorrectionQuerySet":
        return self.filter(score__sheet__seat__round=record).for_table()

    def of_application(self, application: int) -> "ScoreCorrectionQuerySet":
        return self.filter(score__sheet__application=application)

    def of_sheets(self, sheets: list[int]) -> "ScoreCorrectionQuerySet":
        return self.filter(score__sheet__in=sheets).for_table()

    def for_table(self) -> "ScoreCorrectionQuerySet":
        """With the panellist, the question and the applicant of the score; the oldest first."""
        return self.select_related(
            "by", "score__criterion", "score__sheet__seat__user", "score__sheet__application"
        ).order_by("pk")


class ScoreCorrection(models.Model):
    """The score itself stays as it was locked: what counts is the newest correction of it."""

    score = models.ForeignKey(SheetScore, models.CASCADE, related_name="corrections", verbose_name="nilai")
    old = models.PositiveSmallIntegerField("semula")
    new = models.PositiveSmallIntegerField("menjadi")
    minutes_no = models.CharField("nomor berita acara", max_length=80)
    minutes_on = models.DateField("tanggal berita acara")
    reason = models.CharField("alasan", max_length=300, blank=True)  # blank after an erasure
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="dicatat oleh")
    at = models.DateTimeField("dicatat", default=schema.now)

    objects = ScoreCorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = "koreksi nilai"
        verbose_name_plural = "koreksi nilai"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(old=F("new")),
                name="facilitators_scorecorrection_changes",
                violation_error_message="Nilai hasil koreksi harus berbeda dari nilai semula.",
            ),
            models.CheckConstraint(
                condition=Q(old__gte=0, old__lte=100, new__gte=0, new__lte=100),
                name="facilitators_scorecorrection_range",
                violation_error_message="Beri nilai dalam skala tahap seleksi ini.",
            ),
            models.CheckConstraint(
                condition=~Q(minutes_no=""),
                name="facilitators_scorecorrection_minutes",
                violation_error_message="Tulis nomor berita acaranya.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.score.criterion}: {self.old} -> {self.new}"

    @property
    def entry(self) -> Entry:
        """Its line in the application's history."""
        sheet = self.score.sheet
        label = f"{sheet.get_part_display()}, {self.score.criterion}, {sheet.seat.user}"
        minutes = f"Berita acara {self.minutes_no}, {long_date(self.minutes_on)}"
        return Entry(
            at=self.at,
            who=str(self.by),
            title="Nilai panel dikoreksi",
            note=self.reason,
            changes=[Change(label, str(self.old), str(self.new))],
            lines=[str(minutes)],
        )


@corrections_of.provide
def entries_of(application: Application) -> list[Entry]:
    """Corrections of locked scores for the application's history: from what to what, by which minutes."""
    rows = ScoreCorrection.objects.of_round(application.round).of_application(application.pk)
    return [row.entry for row in rows]


class Counted(TypedDict):
    counts: int


CountedScore: TypeAlias = "WithAnnotations[SheetScore, Counted]"


def counting() -> "models.QuerySet[CountedScore]":
    """Scores with ``counts``: the newest correction, or the score as it was locked."""
    newest = ScoreCorrection.objects.filter(score=OuterRef("pk")).order_by("-pk").values("new")[:1]
    return SheetScore.objects.annotate(counts=Coalesce(Subquery(newest), F("score")))
