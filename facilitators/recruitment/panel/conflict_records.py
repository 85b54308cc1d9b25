"""Conflicts of interest as they are kept: those in force, and those that were taken back."""

from typing import Self, TypeVar

from django.conf import settings
from django.db import models

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.panel.models import PanelSeat
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas import schema

Conflict = TypeVar("Conflict", bound=models.Model)


class ConflictQuerySet(models.QuerySet[Conflict]):
    def of_round(self, record: RecruitmentRound) -> Self:
        return self.filter(seat__round=record).select_related("seat__user", "application")

    def find(self, pk: int) -> Conflict | None:
        return self.filter(pk=pk).first()


class ConflictOfInterest(models.Model):
    """A panellist who may not judge one applicant. Access ends with it, and their sheets are void."""

    class Origin(models.TextChoices):
        STATEMENT = "STATEMENT", "Pernyataan tertulis, dicatat koordinator"
        DECLARED = "DECLARED", "Dinyatakan panelis di halaman penilaian"

    seat = models.ForeignKey(PanelSeat, models.CASCADE, related_name="conflicts")
    application = models.ForeignKey(Application, models.CASCADE, related_name="conflicts")
    origin = models.CharField("asal", max_length=9, choices=Origin.choices)
    reason = models.CharField("hubungan", max_length=200, blank=True)
    declared_at = models.DateTimeField("dicatat", default=schema.now)

    objects = ConflictQuerySet.as_manager()

    class Meta:
        verbose_name = "benturan kepentingan"
        verbose_name_plural = "benturan kepentingan"
        ordering = ["seat", "application"]
        constraints = [
            models.UniqueConstraint(
                fields=["seat", "application"],
                name="facilitators_conflict_once",
                violation_error_message="Benturan kepentingan ini sudah tercatat.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.seat}, {self.application}"


class WithdrawnQuerySet(ConflictQuerySet["WithdrawnConflict"]):
    def of_round(self, record: RecruitmentRound) -> Self:
        return super().of_round(record).select_related("withdrawn_by")


class WithdrawnConflict(models.Model):
    """A conflict of interest that was recorded by mistake: what it said, who took it back, when and why.

    A row of its own, so that every question about access reads only the conflicts in force.
    """

    seat = models.ForeignKey(PanelSeat, models.CASCADE, related_name="withdrawn_conflicts")
    application = models.ForeignKey(Application, models.CASCADE, related_name="withdrawn_conflicts")
    origin = models.CharField("asal", max_length=9, choices=ConflictOfInterest.Origin.choices)
    reason = models.CharField("hubungan", max_length=200, blank=True)
    declared_at = models.DateTimeField("dicatat")
    withdrawn_at = models.DateTimeField("ditarik", default=schema.now)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="ditarik oleh"
    )
    why = models.CharField("alasan ditarik", max_length=200, blank=True)  # blank after an erasure

    objects = WithdrawnQuerySet.as_manager()

    class Meta:
        verbose_name = "benturan kepentingan yang ditarik"
        verbose_name_plural = "benturan kepentingan yang ditarik"
        ordering = ["-withdrawn_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.seat}, {self.application}"
