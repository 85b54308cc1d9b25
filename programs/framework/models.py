"""What the programme wants: outcomes, the agencies' activities, and indicators with baseline and target."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from districts.regions.models import Village
from p2emas.accounts.models import Agency, User
from p2emas.history import EditHistory


class ReferenceQuerySet(models.QuerySet):
    def for_user(self, user: User):
        """Reference data of the programme: everybody who signs in reads it."""
        return self


class Program(models.Model):
    name = models.CharField(_("nama"), max_length=160)
    starts = models.PositiveSmallIntegerField(_("tahun mulai"))
    ends = models.PositiveSmallIntegerField(_("tahun selesai"))
    mission = models.TextField(_("misi"), blank=True)

    objects = ReferenceQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = _("program")
        verbose_name_plural = _("program")
        ordering = ["starts", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts__lte=models.F("ends")),
                name="programs_program_years",
                violation_error_message=_("Tahun selesai tidak boleh sebelum tahun mulai."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Outcome(models.Model):
    program = models.ForeignKey(Program, models.PROTECT, related_name="outcomes", verbose_name=_("program"))
    name = models.CharField(_("sasaran"), max_length=200)

    objects = ReferenceQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = _("sasaran")
        verbose_name_plural = _("sasaran")
        ordering = ["program", "pk"]

    def __str__(self) -> str:
        return self.name


class ActivityQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "ActivityQuerySet":
        """An agency sees its own activities; what others plan shows in their agreed plan lines."""
        return self if user.sees_everything else self.filter(agency__in=user.staff_agency_ids)

    def of(self, agency_id: int, year: int) -> "ActivityQuerySet":
        return self.filter(agency_id=agency_id, year=year)


class Activity(models.Model):
    """A kegiatan of one agency and year, stable over the versions of its plan."""

    class Level(models.TextChoices):
        KEGIATAN = "KEGIATAN", _("Kegiatan")
        SUB_KEGIATAN = "SUB_KEGIATAN", _("Sub kegiatan")

    class Nomenclature(models.TextChoices):
        PERMENDAGRI_13_2006 = "13/2006", _("Permendagri 13/2006")
        PERMENDAGRI_90_2019 = "90/2019", _("Permendagri 90/2019")

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="activities", verbose_name=_("SKPD"))
    year = models.PositiveSmallIntegerField(_("tahun"))
    outcome = models.ForeignKey(Outcome, models.PROTECT, related_name="activities", verbose_name=_("sasaran"))
    code = models.CharField(_("kode"), max_length=30, help_text=_("Kode rekening kegiatan, misalnya 2.01.03.15.02."))
    nomenclature = models.CharField(
        _("nomenklatur"), max_length=8, choices=Nomenclature.choices, default=Nomenclature.PERMENDAGRI_13_2006
    )
    programme_name = models.CharField(_("nama program"), max_length=200, blank=True)
    name = models.CharField(_("nama kegiatan"), max_length=200)
    level = models.CharField(_("tingkat"), max_length=12, choices=Level.choices, default=Level.KEGIATAN)
    is_sample = models.BooleanField(_("data contoh"), default=False)

    objects = ActivityQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = _("kegiatan")
        verbose_name_plural = _("kegiatan")
        ordering = ["agency", "year", "code", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year", "code"],
                name="programs_activity_code_once",
                violation_error_message=_("Kode kegiatan ini sudah dipakai SKPD pada tahun itu."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class IndicatorQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "IndicatorQuerySet":
        if user.sees_everything:
            return self
        return self.filter(Q(activity=None) | Q(activity__agency__in=user.staff_agency_ids))


class Indicator(models.Model):
    """What is measured. PROGRESS is the work, WELFARE is what it changed for people."""

    class Formula(models.TextChoices):
        INCREASING = "increasing", _("Tren positif (triwulan dijumlahkan)")
        DECREASING = "decreasing", _("Tren negatif (makin kecil makin baik)")
        PERCENTAGE = "percentage", _("Persentase (nilai terakhir, tidak boleh turun)")
        END_VALUE = "end_value", _("Nilai akhir (boleh turun)")

    class Ledger(models.TextChoices):
        PROGRESS = "PROGRESS", _("Kemajuan kerja")
        WELFARE = "WELFARE", _("Kesejahteraan")

    outcome = models.ForeignKey(
        Outcome, models.PROTECT, null=True, blank=True, related_name="indicators", verbose_name=_("sasaran")
    )
    activity = models.ForeignKey(
        Activity, models.PROTECT, null=True, blank=True, related_name="indicators", verbose_name=_("kegiatan")
    )
    name = models.CharField(_("indikator"), max_length=200)
    unit = models.CharField(
        _("satuan"), max_length=30, help_text=_("Misalnya kelompok, ton, Rp ribu per bulan, persen.")
    )
    formula = models.CharField(_("jenis rumus"), max_length=12, choices=Formula.choices)
    source = models.CharField(
        _("sumber data"), max_length=200, blank=True, help_text=_("Siapa mencatat dan dokumen apa.")
    )
    ledger = models.CharField(_("buku"), max_length=8, choices=Ledger.choices, default=Ledger.PROGRESS)
    counts_people = models.BooleanField(_("menghitung orang"), default=False)
    is_sample = models.BooleanField(_("data contoh"), default=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = IndicatorQuerySet.as_manager()
    history = EditHistory(excluded_fields=["version"])

    class Meta:
        verbose_name = _("indikator")
        verbose_name_plural = _("indikator")
        ordering = ["activity", "outcome", "name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__isnull=False, activity=None) | Q(outcome=None, activity__isnull=False),
                name="programs_indicator_outcome_xor_activity",
                violation_error_message=_("Indikator mengukur sasaran atau kegiatan, tepat salah satu."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class IndicatorTarget(models.Model):
    """Where it starts and where it should get, per year and optionally per village. Zero is not unknown."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="targets", verbose_name=_("indikator"))
    village = models.ForeignKey(
        Village, models.PROTECT, null=True, blank=True, related_name="indicator_targets", verbose_name=_("desa")
    )
    year = models.PositiveSmallIntegerField(_("tahun"))
    baseline = models.DecimalField(_("nilai awal"), max_digits=16, decimal_places=3, null=True, blank=True)
    baseline_year = models.PositiveSmallIntegerField(_("tahun nilai awal"), null=True, blank=True)
    baseline_source = models.CharField(_("sumber nilai awal"), max_length=200, blank=True)
    baseline_missing_reason = models.CharField(_("mengapa nilai awal belum ada"), max_length=200, blank=True)
    target = models.DecimalField(_("target"), max_digits=16, decimal_places=3, null=True, blank=True)
    is_sample = models.BooleanField(_("data contoh"), default=False)

    history = EditHistory()

    class Meta:
        verbose_name = _("target indikator")
        verbose_name_plural = _("target indikator")
        ordering = ["indicator", "year", "village", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "village", "year"],
                condition=Q(village__isnull=False),
                name="programs_indicatortarget_village_once",
                violation_error_message=_("Target indikator untuk desa dan tahun ini sudah ada."),
            ),
            models.UniqueConstraint(
                fields=["indicator", "year"],
                condition=Q(village=None),
                name="programs_indicatortarget_year_once",
                violation_error_message=_("Target indikator untuk tahun ini sudah ada."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.year}"
