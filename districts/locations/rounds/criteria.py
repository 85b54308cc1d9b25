"""What a round weighs: criteria on fixed goalposts, judgments of importance, and rankings as they were computed."""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from districts.locations.rounds.models import SelectionRound, ThroughRoundQuerySet
from p2emas import schema
from p2emas.accounts.models import User
from p2emas.history.records import EditHistory


class Criterion(models.Model):
    """A weighted criterion of a round. Goalposts are fixed before data arrive: they lock when the round opens."""

    class Direction(models.IntegerChoices):
        BENEFIT = 1, "Makin tinggi makin baik"
        COST = -1, "Makin rendah makin baik"

    round = models.ForeignKey(SelectionRound, models.CASCADE, related_name="criteria")
    name = models.CharField("kriteria", max_length=120)
    unit = models.CharField("satuan", max_length=30, blank=True)
    direction = models.SmallIntegerField("arah", choices=Direction.choices, default=Direction.BENEFIT)
    weight = models.DecimalField(
        "bobot",
        max_digits=9,
        decimal_places=6,
        validators=[MinValueValidator(Decimal(0))],
        help_text="Dalam persen. Bobot dihitung sebagai bagian dari jumlahnya.",
    )
    low = models.DecimalField("batas bawah", max_digits=16, decimal_places=4)
    high = models.DecimalField("batas atas", max_digits=16, decimal_places=4)
    source = models.CharField(
        "sumber", max_length=200, blank=True, help_text="Dari mana nilainya diambil, misalnya survei tim."
    )

    objects = ThroughRoundQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = "kriteria lokasi"
        verbose_name_plural = "kriteria lokasi"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "name"],
                name="districts_criterion_once",
                violation_error_message="Kriteria dengan nama ini sudah ada.",
            ),
            models.CheckConstraint(
                condition=Q(low__lt=F("high")),
                name="districts_criterion_goalposts",
                violation_error_message="Batas bawah harus di bawah batas atas.",
            ),
            models.CheckConstraint(
                condition=Q(weight__gte=0),
                name="districts_criterion_weight",
                violation_error_message="Bobot tidak boleh negatif.",
            ),
            models.CheckConstraint(
                condition=Q(direction__in=(1, -1)),
                name="districts_criterion_direction",
                violation_error_message="Pilih arah kriteria.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class JudgmentQuerySet(ThroughRoundQuerySet):
    def grades_of(self, user: User) -> dict[tuple[int, int], int]:
        """What one person has judged, by pair of criteria."""
        rows = self.filter(user=user).values_list("first_id", "second_id", "grade")
        return {(first, second): grade for first, second, grade in rows}


class PairwiseJudgment(models.Model):
    """How many times more important ``first`` is than ``second`` to one person (Saaty's 1/9 to 9)."""

    round = models.ForeignKey(SelectionRound, models.CASCADE, related_name="judgments")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    first = models.ForeignKey(Criterion, models.CASCADE, related_name="+")
    second = models.ForeignKey(Criterion, models.CASCADE, related_name="+")
    grade = models.SmallIntegerField(
        "penilaian", help_text="1 sama penting; 2 sampai 9 yang pertama lebih; -2 sampai -9 yang kedua lebih."
    )

    objects = JudgmentQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = "perbandingan kriteria"
        verbose_name_plural = "perbandingan kriteria"
        ordering = ["first", "second", "user"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "user", "first", "second"],
                name="districts_pairwisejudgment_once",
                violation_error_message="Pasangan ini sudah dibandingkan.",
            ),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")),
                name="districts_pairwisejudgment_order",
                violation_error_message="Pasangan dicatat sekali, dalam urutan kriteria.",
            ),
            models.CheckConstraint(
                condition=Q(grade=1) | Q(grade__gte=2, grade__lte=9) | Q(grade__gte=-9, grade__lte=-2),
                name="districts_pairwisejudgment_scale",
                violation_error_message="Pilih penilaian 1 sampai 9.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} : {self.second} = {self.grade}"

    @property
    def ratio(self) -> float:
        """The judgment as a ratio: 3 stays 3, -3 is one third."""
        return float(self.grade) if self.grade > 0 else 1 / -self.grade


class RankingRunQuerySet(ThroughRoundQuerySet):
    def under_way(self) -> "RankingRunQuerySet":
        return self.filter(results__isnull=True, problem="")


class RankingRun(models.Model):
    """A ranking as it was computed: inputs, seed and results, so that it can always be shown and repeated."""

    round = models.ForeignKey(SelectionRound, models.CASCADE, related_name="runs")
    inputs = models.JSONField("masukan")
    digest = models.CharField("sidik masukan", max_length=64)
    seed = models.PositiveIntegerField("angka awal simulasi")
    draws = models.PositiveIntegerField("banyak simulasi", default=1000)
    done = models.PositiveIntegerField("simulasi selesai", default=0)
    results = models.JSONField("hasil", null=True)
    problem = models.CharField("galat", max_length=300, blank=True)
    job = models.CharField(max_length=64, blank=True, editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField("diminta", default=schema.now)
    finished_at = models.DateTimeField("selesai", null=True)

    objects = RankingRunQuerySet.as_manager()

    class Meta:
        verbose_name = "hitungan peringkat"
        verbose_name_plural = "hitungan peringkat"
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "digest", "seed", "draws"],
                name="districts_rankingrun_once",
                violation_error_message="Hitungan dengan masukan ini sudah ada.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.round}, {self.at:%d-%m-%Y}"
