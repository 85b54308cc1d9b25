"""What a determination weighs: its options and criteria, the assessors' seats and their scores."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from districts.competencies.models import CompetencyDetermination
from districts.competencies.panel.analyses import DeterminationAnalysis, ThroughDeterminationQuerySet
from districts.evidence.models import Commodity
from p2emas import schema
from p2emas.accounts.models import Assignment, User
from p2emas.accounts.roles import Role
from p2emas.history.records import EditHistory


class CompetencyOption(models.Model):
    """One commodity or craft that could become the core competency."""

    determination = models.ForeignKey(CompetencyDetermination, models.CASCADE, related_name="options")
    commodity = models.ForeignKey(Commodity, models.PROTECT, related_name="+", verbose_name="komoditas")
    analysis = models.ForeignKey(
        DeterminationAnalysis, models.PROTECT, null=True, blank=True, related_name="options", verbose_name="hitungan"
    )
    note = models.CharField(
        "catatan", max_length=300, blank=True, help_text="Mengapa dipertimbangkan, terutama bila tanpa angka."
    )

    objects = ThroughDeterminationQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = "pilihan kompetensi"
        verbose_name_plural = "pilihan kompetensi"
        ordering = ["commodity__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["determination", "commodity"],
                name="districts_competencyoption_once",
                violation_error_message="Komoditas ini sudah menjadi pilihan.",
            )
        ]

    def __str__(self) -> str:
        return str(self.commodity)


class DeterminationCriterion(models.Model):
    """A weighted question: answered by a computed figure on fixed goalposts, or by the mean of the assessors."""

    class Kind(models.TextChoices):
        EVIDENCE = "EVIDENCE", "Angka"
        PANEL = "PANEL", "Penilaian panel (1-5)"

    class Figure(models.TextChoices):
        LQ = "LQ", "LQ rata-rata"
        DLQ = "DLQ", "DLQ"
        DISTRICT_SHARE = "DISTRICT_SHARE", "Bagian dari kecamatan (%)"
        REGENCY_SHARE = "REGENCY_SHARE", "Bagian dari seluruh daerah (%)"
        COMPETITIVE = "COMPETITIVE", "Keunggulan daya saing (% dari angka awal)"

    determination = models.ForeignKey(CompetencyDetermination, models.CASCADE, related_name="criteria")
    name = models.CharField("kriteria", max_length=120, help_text="Pertanyaan yang dijawab kriteria ini.")
    kind = models.CharField("dijawab oleh", max_length=8, choices=Kind.choices, default=Kind.PANEL)
    figure = models.CharField("angka", max_length=14, choices=Figure.choices, blank=True)
    weight = models.DecimalField(
        "bobot",
        max_digits=6,
        decimal_places=2,
        validators=[MinValueValidator(Decimal(0))],
        help_text="Dalam persen. Bobot dihitung sebagai bagian dari jumlahnya.",
    )
    low = models.DecimalField(
        "batas bawah", max_digits=14, decimal_places=4, default=Decimal(1), help_text="Nilai yang berarti 0."
    )
    high = models.DecimalField(
        "batas atas", max_digits=14, decimal_places=4, default=Decimal(5), help_text="Nilai yang berarti 1."
    )

    objects = ThroughDeterminationQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = "kriteria kompetensi"
        verbose_name_plural = "kriteria kompetensi"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["determination", "name"],
                name="districts_determinationcriterion_once",
                violation_error_message="Kriteria dengan nama ini sudah ada.",
            ),
            models.CheckConstraint(
                condition=Q(low__lt=F("high")),
                name="districts_determinationcriterion_goalposts",
                violation_error_message="Batas bawah harus di bawah batas atas.",
            ),
            models.CheckConstraint(
                condition=Q(weight__gte=0),
                name="districts_determinationcriterion_weight",
                violation_error_message="Bobot tidak boleh negatif.",
            ),
            models.CheckConstraint(
                condition=(Q(kind="EVIDENCE") & ~Q(figure="")) | Q(kind="PANEL", figure=""),
                name="districts_determinationcriterion_figure",
                violation_error_message="Pilih angkanya bila kriteria dijawab oleh angka.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class InapplicableQuerySet(models.QuerySet):
    def of(self, determination: CompetencyDetermination) -> "InapplicableQuerySet":
        """Of figures only: one that became a question to the panel applies to every option again."""
        kind = DeterminationCriterion.Kind.EVIDENCE
        return self.filter(option__determination=determination, criterion__kind=kind).order_by("pk")


class InapplicableCriterion(models.Model):
    """A figure that says nothing of one option: weaving has no hectares. Neither a gap nor a nought."""

    option = models.ForeignKey(CompetencyOption, models.CASCADE, related_name="inapplicable")
    criterion = models.ForeignKey(DeterminationCriterion, models.CASCADE, related_name="inapplicable")
    reason = models.CharField("alasan tidak berlaku", max_length=300)

    objects = InapplicableQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = "kriteria yang tidak berlaku"
        verbose_name_plural = "kriteria yang tidak berlaku"
        ordering = ["option", "criterion"]
        constraints = [
            models.UniqueConstraint(
                fields=["option", "criterion"],
                name="districts_inapplicablecriterion_once",
                violation_error_message="Kriteria ini sudah dicatat tidak berlaku.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="districts_inapplicablecriterion_reason",
                violation_error_message="Tulis mengapa kriteria ini tidak berlaku.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.option}, {self.criterion}"


def eligible_assessors(on: date, *, and_also: Iterable[int] = ()) -> models.QuerySet[User]:
    """Panelists and coordinators on day ``on``, and the users ``and_also``; never a head, who decides."""
    held = Assignment.objects.in_force(on)
    heads = held.filter(role=Role.COORDINATOR_HEAD).values("user")
    able = held.filter(role__in=(Role.PANELIST, Role.COORDINATOR)).values("user")
    wanted = Q(pk__in=able, is_active=True) & ~Q(pk__in=heads)
    return User.objects.filter(wanted | Q(pk__in=list(and_also))).order_by("name", "pk")


class SeatQuerySet(ThroughDeterminationQuerySet):
    def of(self, user: User) -> "SeatQuerySet":
        return self.filter(user=user)

    def by_name(self) -> "SeatQuerySet":
        """In the order in which ``eligible_assessors`` are offered, so that two lists of the same people are equal."""
        return self.order_by("user__name", "user_id")

    def waiting(self) -> "SeatQuerySet":
        """Whose scores are asked for now and not complete."""
        scored = CompetencyDetermination.Status.SCORED
        return self.filter(determination__status=scored, scored_at=None).select_related("determination__district")

    def notes(self) -> list[tuple[int, str]]:
        """(number of the assessor, note) of those who wrote one; numbers as in the stored scores, without names."""
        numbered = enumerate(self.order_by("pk").values_list("note", flat=True), start=1)
        return [(number, note) for number, note in numbered if note.strip()]

    def with_progress(self) -> "SeatQuerySet":
        return self.select_related("user").annotate(saved=models.Count("scores"))


class AssessorSeat(models.Model):
    """Somebody who scores the options. The seat covers this determination and nothing else."""

    determination = models.ForeignKey(CompetencyDetermination, models.CASCADE, related_name="seats")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="assessor_seats", verbose_name="penilai"
    )
    given_at = models.DateTimeField(default=schema.now, editable=False)
    scored_at = models.DateTimeField("nilai lengkap disimpan", null=True, editable=False)
    note = models.TextField("catatan penilai", blank=True)

    objects = SeatQuerySet.as_manager()
    history = EditHistory(excluded_fields=["scored_at"])

    class Meta:
        verbose_name = "penilai"
        verbose_name_plural = "penilai"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["determination", "user"],
                name="districts_assessorseat_once",
                violation_error_message="Orang ini sudah menjadi penilai.",
            )
        ]

    def __str__(self) -> str:
        return str(self.user)


class PanelScoreQuerySet(models.QuerySet):
    def of(self, determination: CompetencyDetermination) -> "PanelScoreQuerySet":
        return self.filter(seat__determination=determination)

    def hides_from(self, user: User, determination: CompetencyDetermination) -> bool:
        """Whether ``user`` still has to score here, and therefore sees nobody else's."""
        return determination.seats.filter(user=user, scored_at=None).exists()

    def for_user(self, user: User) -> "PanelScoreQuerySet":
        """A person with a seat sees others' scores only when their own are complete, no matter what else they may see.

        ``scored_at`` of the seat says that; everybody else who sees everything sees the scores as they come in.
        """
        own = Q(seat__user=user)
        done = AssessorSeat.objects.filter(user=user, scored_at__isnull=False).values("determination")
        seated = AssessorSeat.objects.filter(user=user).values("determination")
        if not user.sees_everything:
            return self.filter(own | Q(seat__determination__in=done))
        return self.filter(own | Q(seat__determination__in=done) | ~Q(seat__determination__in=seated))


class PanelScore(models.Model):
    """One assessor's score of one option on one PANEL criterion, 1 to 5."""

    option = models.ForeignKey(CompetencyOption, models.CASCADE, related_name="scores")
    seat = models.ForeignKey(AssessorSeat, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(DeterminationCriterion, models.CASCADE, related_name="scores")
    score = models.PositiveSmallIntegerField("nilai")
    saved_at = models.DateTimeField(default=schema.now)

    objects = PanelScoreQuerySet.as_manager()
    history = EditHistory(excluded_fields=["saved_at"])

    class Meta:
        verbose_name = "nilai panel"
        verbose_name_plural = "nilai panel"
        ordering = ["option", "criterion", "seat"]
        constraints = [
            models.UniqueConstraint(
                fields=["option", "seat", "criterion"],
                name="districts_panelscore_once",
                violation_error_message="Nilai ini sudah diberikan.",
            ),
            models.CheckConstraint(
                condition=Q(score__gte=1, score__lte=5),
                name="districts_panelscore_range",
                violation_error_message="Beri nilai 1 sampai 5.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.option}, {self.criterion}: {self.score}"
