"""What a round asks for: places, requirements, papers, and the questions that its panel answers."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from facilitators.recruitment.rounds.models import PERCENT, RecruitmentRound, ThroughRecruitmentQuerySet
from p2emas.history.records import EditHistory


class Place(models.Model):
    """How many facilitators one target location looks for."""

    round = models.ForeignKey(RecruitmentRound, models.CASCADE, related_name="places")
    target_location = models.ForeignKey(
        "districts.TargetLocation", models.PROTECT, related_name="recruitment_places", verbose_name="desa"
    )
    number = models.PositiveSmallIntegerField("jumlah", default=1, validators=[MinValueValidator(1)])

    objects = ThroughRecruitmentQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = "formasi"
        verbose_name_plural = "formasi"
        ordering = ["target_location__village__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "target_location"],
                name="facilitators_place_once",
                violation_error_message="Desa ini sudah menjadi formasi.",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="facilitators_place_number",
                violation_error_message="Isi sedikitnya 1 pendamping.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.target_location)


YOUNGEST, OLDEST = 17, 80  # an age outside these comes from a mistyped day of birth


class Education(models.TextChoices):
    """The lowest first."""

    SMA = "SMA", "SMA atau sederajat"
    D3 = "D3", "Diploma"
    S1 = "S1", "Sarjana (S1/D4)"
    S2 = "S2", "Magister atau lebih"


class Requirement(models.Model):
    """One hard requirement (gate): met or not, before anything is scored."""

    round = models.ForeignKey(RecruitmentRound, models.CASCADE, related_name="requirements")
    text = models.CharField("syarat", max_length=300, help_text="Dapat diperiksa dari berkas: ya atau tidak.")
    # the same in figures, so that an applicant outside of it is told while filling in
    least_age = models.PositiveSmallIntegerField("umur paling muda", null=True, blank=True)
    most_age = models.PositiveSmallIntegerField("umur paling tua", null=True, blank=True)
    least_education = models.CharField("pendidikan paling rendah", max_length=3, choices=Education.choices, blank=True)

    objects = ThroughRecruitmentQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = "syarat rekrutmen"
        verbose_name_plural = "syarat rekrutmen"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "text"],
                name="facilitators_requirement_once",
                violation_error_message="Syarat ini sudah ada.",
            ),
            models.CheckConstraint(
                condition=Q(least_age=None) | Q(most_age=None) | Q(least_age__lte=models.F("most_age")),
                name="facilitators_requirement_ages",
                violation_error_message="Umur paling muda tidak boleh di atas umur paling tua.",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class DocumentKind(models.Model):
    """A paper that applicants photograph or upload."""

    round = models.ForeignKey(RecruitmentRound, models.CASCADE, related_name="documents")
    name = models.CharField("berkas", max_length=80, help_text="Misalnya KTP, ijazah terakhir, SKCK.")
    hint = models.CharField("petunjuk", max_length=200, blank=True)
    required = models.BooleanField("wajib", default=True)
    sensitive = models.BooleanField(
        "data pribadi yang dicatat pembukaannya",
        default=True,
        help_text="Setiap kali dibuka petugas, namanya tercatat.",
    )

    objects = ThroughRecruitmentQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = "berkas yang diminta"
        verbose_name_plural = "berkas yang diminta"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "name"],
                name="facilitators_documentkind_once",
                violation_error_message="Berkas ini sudah ada dalam daftar.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class RubricCriterion(models.Model):
    """A weighted question of the panel, about the dossier or in the interview."""

    class Part(models.TextChoices):
        DOSSIER = "DOSSIER", "Berkas"
        INTERVIEW = "INTERVIEW", "Wawancara"

    round = models.ForeignKey(RecruitmentRound, models.CASCADE, related_name="criteria")
    part = models.CharField("bagian", max_length=9, choices=Part.choices)
    name = models.CharField("kriteria", max_length=120)
    hint = models.CharField("petunjuk penilai", max_length=300, blank=True)
    weight = models.DecimalField(
        "bobot", max_digits=5, decimal_places=2, validators=PERCENT, help_text="Dalam bagiannya, persen."
    )

    objects = ThroughRecruitmentQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = "kriteria rubrik"
        verbose_name_plural = "kriteria rubrik"
        ordering = ["part", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "part", "name"],
                name="facilitators_rubriccriterion_once",
                violation_error_message="Kriteria dengan nama ini sudah ada.",
            ),
            models.CheckConstraint(
                condition=Q(weight__gte=0),
                name="facilitators_rubriccriterion_weight",
                violation_error_message="Bobot tidak boleh negatif.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
