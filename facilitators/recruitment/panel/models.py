"""The selection panel: seats, and the score sheets of dossier and interview."""

from collections.abc import Iterable
from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.rounds.models import RecruitmentRound, ThroughRecruitmentQuerySet
from facilitators.recruitment.rounds.requirements import RubricCriterion
from p2emas import schema
from p2emas.accounts.models import User
from p2emas.history.records import EditHistory

Part = RubricCriterion.Part


class PanelSeatQuerySet(ThroughRecruitmentQuerySet):
    def of(self, user: User) -> "PanelSeatQuerySet":
        return self.filter(user=user)

    def for_table(self) -> "PanelSeatQuerySet":
        return self.select_related("user")


class PanelSeat(models.Model):
    """Somebody who scores the applicants of one panel of a round."""

    round = models.ForeignKey(RecruitmentRound, models.CASCADE, related_name="seats")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="panel_seats", verbose_name="panelis"
    )
    panel = models.PositiveSmallIntegerField("panel", default=1, validators=[MinValueValidator(1)])
    given_at = models.DateTimeField(default=schema.now, editable=False)

    objects = PanelSeatQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = "anggota panel"
        verbose_name_plural = "anggota panel"
        ordering = ["panel", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "user"],
                name="facilitators_panelseat_once",
                violation_error_message="Orang ini sudah menjadi panelis.",
            )
        ]

    def __str__(self) -> str:
        return str(self.user)


class ScoreSheetQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "ScoreSheetQuerySet":
        """Own sheets; others' of an application only once one's own of that part is saved, with every role.

        Those who see everything and have no seat in the round read them as they come in.
        """
        own = Q(seat__user=user)
        mine = ScoreSheet.objects.valid().filter(
            seat__user=user, application=models.OuterRef("application"), part=models.OuterRef("part")
        )
        barred = Q(application__conflicts__seat__user=user)
        shown = own | (models.Exists(mine) & ~barred)
        if user.is_authenticated and user.sees_everything:
            shown |= ~Q(application__round__in=user.panel_seats.values("round"))
        return self.filter(shown)

    def of_part(self, part: str) -> "ScoreSheetQuerySet":
        return self.filter(part=part)

    def with_scores(self, scores: "models.QuerySet[SheetScore]") -> "ScoreSheetQuerySet":
        """Each sheet with its ``scores``, which may be annotated with what counts."""
        return (
            self.select_related("seat__user").prefetch_related(models.Prefetch("scores", scores)).order_by("seat", "pk")
        )

    def valid(self) -> "ScoreSheetQuerySet":
        """Sheets that count: neither void through a conflict nor replaced by a second interview."""
        return self.filter(voided_at=None)


class ScoreSheet(models.Model):
    """One panellist's saved judgement of one applicant in one part. Without one the score is missing, never 0."""

    class Void(models.TextChoices):
        CONFLICT = "CONFLICT", "Benturan kepentingan"
        AGAIN = "AGAIN", "Wawancara ulang"

    application = models.ForeignKey(Application, models.CASCADE, related_name="sheets")
    seat = models.ForeignKey(PanelSeat, models.CASCADE, related_name="sheets")
    part = models.CharField("bagian", max_length=9, choices=Part.choices)
    note = models.TextField("catatan", blank=True)
    saved_at = models.DateTimeField("disimpan", default=schema.now)
    voided_at = models.DateTimeField(null=True, editable=False)
    voided_for = models.CharField(max_length=8, choices=Void.choices, blank=True, editable=False)

    objects = ScoreSheetQuerySet.as_manager()

    class Meta:
        verbose_name = "lembar nilai"
        verbose_name_plural = "lembar nilai"
        ordering = ["application", "part", "seat"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "seat", "part"],
                condition=Q(voided_at=None),
                name="facilitators_scoresheet_once",
                violation_error_message="Nilai Anda untuk bagian ini sudah disimpan.",
            ),
            models.CheckConstraint(
                condition=Q(voided_at=None, voided_for="") | (Q(voided_at__isnull=False) & ~Q(voided_for="")),
                name="facilitators_scoresheet_void_reasoned",
                violation_error_message="Lembar yang batal harus punya alasan.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}, {self.get_part_display()}"


class SheetScore(models.Model):
    """The score of one criterion, in the scale of the round (1-5 or 0-100)."""

    sheet = models.ForeignKey(ScoreSheet, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(RubricCriterion, models.CASCADE, related_name="scores")
    score = models.PositiveSmallIntegerField("nilai")

    class Meta:
        verbose_name = "nilai kriteria"
        verbose_name_plural = "nilai kriteria"
        ordering = ["sheet", "criterion"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "criterion"],
                name="facilitators_sheetscore_once",
                violation_error_message="Nilai ini sudah diberikan.",
            ),
            models.CheckConstraint(
                condition=Q(score__gte=0, score__lte=100),
                name="facilitators_sheetscore_range",
                violation_error_message="Beri nilai dalam skala tahap seleksi ini.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.score}"


class TestScore(models.Model):
    """The result of the written test, 0 to 100. No row: not taken (belum ada data), never 0."""

    __test__ = False  # not a test case

    application = models.OneToOneField(Application, models.CASCADE, related_name="test_score", verbose_name="lamaran")
    score = models.DecimalField(
        "nilai tes",
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))],
    )
    source = models.CharField("sumber", max_length=200, blank=True)
    entered_at = models.DateTimeField(default=schema.now, editable=False)

    history = EditHistory(excluded_fields=["entered_at"])

    class Meta:
        verbose_name = "nilai tes tertulis"
        verbose_name_plural = "nilai tes tertulis"
        ordering = ["application"]
        constraints = [
            models.CheckConstraint(
                condition=Q(score__gte=0, score__lte=100),
                name="facilitators_testscore_range",
                violation_error_message="Nilai tes antara 0 dan 100.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.score}"


class InterviewQuerySet(models.QuerySet):
    def for_letters(self) -> "InterviewQuerySet":
        return self.select_related("application__round").order_by("at", "application__number", "pk")

    def to_invite(self, record: RecruitmentRound) -> "InterviewQuerySet":
        """First interviews with a time, of applicants who passed the test and are not invited yet."""
        waiting = {"application__round": record, "application__status": Application.Status.PASSED_TEST}
        return self.filter(attempt=1, **waiting).for_letters()

    def invited(self, record: RecruitmentRound) -> "InterviewQuerySet":
        """The interview that each invited applicant is to come to: the second one, where there is one."""
        rows = self.filter(application__round=record, application__status=Application.Status.INVITED)
        return rows.newest().for_letters()

    def newest(self) -> "InterviewQuerySet":
        later = Interview.objects.filter(
            application=models.OuterRef("application"), attempt__gt=models.OuterRef("attempt")
        )
        return self.exclude(models.Exists(later))

    def of_others(self, record: RecruitmentRound, but: Iterable[int]) -> "InterviewQuerySet":
        """The interview that everybody in the round is to come to, without the applicants ``but``."""
        people = record.applications.for_interview().exclude(pk__in=list(but)).values("pk")
        return self.filter(application__in=people).newest().select_related("application")

    def newest_of(self, applications: list[int]) -> dict[int, "Interview"]:
        """Application -> its interview, the second one where there is one."""
        return {row.application_id: row for row in self.filter(application__in=applications).newest()}


class Interview(models.Model):
    """When and where somebody is interviewed. A tie at the line leads to a second one."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="interviews")
    attempt = models.PositiveSmallIntegerField("wawancara ke", default=1)
    at = models.DateTimeField("waktu")
    room = models.CharField("tempat", max_length=120)

    objects = InterviewQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = "wawancara"
        verbose_name_plural = "wawancara"
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "attempt"],
                name="facilitators_interview_once",
                violation_error_message="Jadwal wawancara ini sudah ada.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.application}, {self.at:%d-%m-%Y %H.%M}"

    @property
    def is_again(self) -> bool:
        return self.attempt > 1
