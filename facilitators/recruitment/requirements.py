"""What a round asks for: places, requirements, papers, and the questions that its panel answers."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from facilitators.recruitment.rounds import PERCENT, RecruitmentRound, ThroughRoundQuerySet
from p2emas.history import EditHistory


class Place(models.Model):
    """How many facilitators one target location looks for."""

    round = models.ForeignKey(RecruitmentRound, models.CASCADE, related_name="places")
    target_location = models.ForeignKey(
        "districts.TargetLocation", models.PROTECT, related_name="recruitment_places", verbose_name=_("desa")
    )
    number = models.PositiveSmallIntegerField(_("jumlah"), default=1, validators=[MinValueValidator(1)])

    objects = ThroughRoundQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = _("formasi")
        verbose_name_plural = _("formasi")
        ordering = ["target_location__village__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "target_location"],
                name="facilitators_place_once",
                violation_error_message=_("Desa ini sudah menjadi formasi."),
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="facilitators_place_number",
                violation_error_message=_("Isi sedikitnya 1 pendamping."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.target_location)


YOUNGEST, OLDEST = 17, 80  # whoever is outside has mistyped the day of birth


class Education(models.TextChoices):
    """The lowest first."""

    SMA = "SMA", _("SMA atau sederajat")
    D3 = "D3", _("Diploma")
    S1 = "S1", _("Sarjana (S1/D4)")
    S2 = "S2", _("Magister atau lebih")


class Requirement(models.Model):
    """One hard requirement (gate): met or not, before anything is scored."""

    round = models.ForeignKey(RecruitmentRound, models.CASCADE, related_name="requirements")
    text = models.CharField(_("syarat"), max_length=300, help_text=_("Dapat diperiksa dari berkas: ya atau tidak."))
    # the same in figures, so that an applicant outside of it is told while filling in
    least_age = models.PositiveSmallIntegerField(_("umur paling muda"), null=True, blank=True)
    most_age = models.PositiveSmallIntegerField(_("umur paling tua"), null=True, blank=True)
    least_education = models.CharField(
        _("pendidikan paling rendah"), max_length=3, choices=Education.choices, blank=True
    )

    objects = ThroughRoundQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = _("syarat rekrutmen")
        verbose_name_plural = _("syarat rekrutmen")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "text"],
                name="facilitators_requirement_once",
                violation_error_message=_("Syarat ini sudah ada."),
            ),
            models.CheckConstraint(
                condition=Q(least_age=None) | Q(most_age=None) | Q(least_age__lte=models.F("most_age")),
                name="facilitators_requirement_ages",
                violation_error_message=_("Umur paling muda tidak boleh di atas umur paling tua."),
            ),
        ]

    def __str__(self) -> str:
        return self.text


class DocumentKind(models.Model):
    """A paper that applicants photograph or upload."""

    round = models.ForeignKey(RecruitmentRound, models.CASCADE, related_name="documents")
    name = models.CharField(_("berkas"), max_length=80, help_text=_("Misalnya KTP, ijazah terakhir, SKCK."))
    hint = models.CharField(_("petunjuk"), max_length=200, blank=True)
    required = models.BooleanField(_("wajib"), default=True)
    sensitive = models.BooleanField(
        _("data pribadi yang dicatat pembukaannya"),
        default=True,
        help_text=_("Setiap kali dibuka petugas, namanya tercatat."),
    )

    objects = ThroughRoundQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = _("berkas yang diminta")
        verbose_name_plural = _("berkas yang diminta")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "name"],
                name="facilitators_documentkind_once",
                violation_error_message=_("Berkas ini sudah ada dalam daftar."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class RubricCriterion(models.Model):
    """A weighted question of the panel, about the dossier or in the interview."""

    class Part(models.TextChoices):
        DOSSIER = "DOSSIER", _("Berkas")
        INTERVIEW = "INTERVIEW", _("Wawancara")

    round = models.ForeignKey(RecruitmentRound, models.CASCADE, related_name="criteria")
    part = models.CharField(_("bagian"), max_length=9, choices=Part.choices)
    name = models.CharField(_("kriteria"), max_length=120)
    hint = models.CharField(_("petunjuk penilai"), max_length=300, blank=True)
    weight = models.DecimalField(
        _("bobot"), max_digits=5, decimal_places=2, validators=PERCENT, help_text=_("Dalam bagiannya, persen.")
    )

    objects = ThroughRoundQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = _("kriteria rubrik")
        verbose_name_plural = _("kriteria rubrik")
        ordering = ["part", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "part", "name"],
                name="facilitators_rubriccriterion_once",
                violation_error_message=_("Kriteria dengan nama ini sudah ada."),
            ),
            models.CheckConstraint(
                condition=Q(weight__gte=0),
                name="facilitators_rubriccriterion_weight",
                violation_error_message=_("Bobot tidak boleh negatif."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
