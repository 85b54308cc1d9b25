"""What the programme wants: outcomes, the agencies' activities, and indicators with baseline and target."""

from django.db import models
from django.db.models import Q

from districts.regions.models import YEARS, Village
from p2emas.accounts.models import Agency, User
from p2emas.history.records import EditHistory
from programs.framework.querysets import ActivityQuerySet, ReferenceQuerySet
from programs.framework.renstra import RenstraActivity, RenstraTarget
from programs.nomenclature.checking import leaf_level
from programs.nomenclature.versions import version_in_force


class Program(models.Model):
    name = models.CharField("nama", max_length=160, help_text="Tampil di judul halaman dan surat.")
    starts = models.PositiveSmallIntegerField("tahun mulai", validators=YEARS, help_text="Tahun pertama program.")
    ends = models.PositiveSmallIntegerField("tahun selesai", validators=YEARS, help_text="Tahun terakhir program.")
    mission = models.TextField("misi", blank=True, help_text="Misi RPJMD yang dijabarkan program ini.")

    objects = ReferenceQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = "program"
        verbose_name_plural = "program"
        ordering = ["starts", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts__lte=models.F("ends")),
                name="programs_program_years",
                violation_error_message="Tahun selesai tidak boleh sebelum tahun mulai.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Outcome(models.Model):
    program = models.ForeignKey(
        Program, models.PROTECT, related_name="outcomes", verbose_name="program", help_text="Program induknya."
    )
    name = models.CharField("sasaran", max_length=200, help_text="Perubahan yang dituju, bukan kegiatannya.")

    objects = ReferenceQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = "sasaran"
        verbose_name_plural = "sasaran"
        ordering = ["program", "pk"]

    def __str__(self) -> str:
        return self.name


class Activity(models.Model):
    """A kegiatan of one agency and year, stable over the versions of its plan."""

    class Level(models.TextChoices):
        KEGIATAN = "KEGIATAN", "Kegiatan"
        SUB_KEGIATAN = "SUB_KEGIATAN", "Sub kegiatan"

    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="activities", verbose_name="SKPD", help_text="Pelaksana kegiatan."
    )
    year = models.PositiveSmallIntegerField("tahun", validators=YEARS, help_text="Tahun anggaran.")
    outcome = models.ForeignKey(
        Outcome,
        models.PROTECT,
        related_name="activities",
        verbose_name="sasaran",
        help_text="Sasaran program yang dilayani.",
    )
    code = models.CharField("kode", max_length=30, help_text="Kode rekening kegiatan, misalnya 2.01.03.15.02.")
    nomenclature = models.CharField(
        "nomenklatur",
        max_length=20,
        default="13/2006",
        help_text="Aturan kode: 13/2006 sampai 2020, 90/2019 dan pemutakhirannya sejak 2021.",
    )
    programme_name = models.CharField("nama program", max_length=200, blank=True, help_text="Program SKPD dalam Renja.")
    name = models.CharField("nama kegiatan", max_length=200, help_text="Seperti tertulis dalam DPA.")
    level = models.CharField(
        "tingkat",
        max_length=12,
        choices=Level.choices,
        default=Level.KEGIATAN,
        help_text="Kegiatan sampai 2020, sub kegiatan sejak 2021.",
    )
    renstra = models.ForeignKey(
        RenstraActivity,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name="kegiatan Renstra",
        help_text="Kegiatan lima tahun yang dilanjutkan kegiatan ini.",
    )
    is_sample = models.BooleanField("data contoh", default=False, help_text="Tandai bila rekaan.")

    objects = ActivityQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = "kegiatan"
        verbose_name_plural = "kegiatan"
        ordering = ["agency", "year", "code", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year", "code"],
                name="programs_activity_code_once",
                violation_error_message="Kode kegiatan ini sudah dipakai SKPD pada tahun itu.",
            )
        ]
        indexes = [
            models.Index(fields=["agency"], condition=Q(is_sample=True), name="programs_activity_invented"),
            models.Index(fields=["nomenclature", "level", "code"], name="programs_activity_listed"),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def rules_of(cls, year: int) -> dict[str, str]:
        """Nomenclature and level of what is new in ``year``: sub kegiatan since 2021; one query."""
        return {"nomenclature": version_in_force(year).code, "level": leaf_level(year)}


class IndicatorQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "IndicatorQuerySet":
        if user.sees_everything:
            return self
        return self.filter(Q(activity=None) | Q(activity__agency__in=user.staff_agency_ids))


class Indicator(models.Model):
    """What is measured. PROGRESS is the work, WELFARE is what it changed for people."""

    class Formula(models.TextChoices):
        INCREASING = "increasing", "Tren positif (triwulan dijumlahkan)"
        DECREASING = "decreasing", "Tren negatif (makin kecil makin baik)"
        PERCENTAGE = "percentage", "Persentase (nilai terakhir, tidak boleh turun)"
        END_VALUE = "end_value", "Nilai akhir (boleh turun)"

    class Ledger(models.TextChoices):
        PROGRESS = "PROGRESS", "Kemajuan kerja"
        WELFARE = "WELFARE", "Kesejahteraan"

    class Sex(models.TextChoices):
        FEMALE = "FEMALE", "Perempuan"
        MALE = "MALE", "Laki-laki"

    class Notebook(models.TextChoices):
        SALES = "SALES", "Penjualan per anggota per bulan"
        INCOME = "INCOME", "Pendapatan per anggota per bulan"

    outcome = models.ForeignKey(
        Outcome,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="indicators",
        verbose_name="sasaran",
        help_text="Isi bila indikator mengukur sasaran program.",
    )
    activity = models.ForeignKey(
        Activity,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="indicators",
        verbose_name="kegiatan",
        help_text="Isi bila indikator mengukur satu kegiatan.",
    )
    name = models.CharField("indikator", max_length=200, help_text="Misalnya Jumlah kelompok yang dilatih.")
    unit = models.CharField("satuan", max_length=30, help_text="Misalnya kelompok, ton, Rp ribu per bulan, persen.")
    formula = models.CharField(
        "jenis rumus",
        max_length=12,
        choices=Formula.choices,
        help_text="Menentukan cara capaian dihitung dari triwulan ke triwulan.",
    )
    source = models.CharField("sumber data", max_length=200, blank=True, help_text="Siapa mencatat dan dokumen apa.")
    ledger = models.CharField(
        "kelompok ukuran",
        max_length=8,
        choices=Ledger.choices,
        default=Ledger.PROGRESS,
        help_text="Kemajuan kerja, atau kesejahteraan yang dihasilkannya.",
    )
    largest_change = models.DecimalField(
        "perubahan terbesar yang wajar",
        max_digits=16,
        decimal_places=3,
        null=True,
        blank=True,
        help_text="Dalam satu triwulan; lebih dari itu ditandai bagi pemeriksa. Kosong: tidak dibatasi.",
    )
    counts_people = models.BooleanField(
        "menghitung orang", default=False, help_text="Centang bila satuannya orang atau keluarga."
    )
    of_sex = models.CharField(
        "bagian menurut jenis kelamin",
        max_length=6,
        choices=Sex.choices,
        blank=True,
        default="",
        db_default="",
        help_text="Isi bila yang dihitung hanya perempuan atau hanya laki-laki; jumlahnya indikator tersendiri.",
    )
    notebook = models.CharField(
        "diambil dari buku penjualan",
        max_length=6,
        choices=Notebook.choices,
        blank=True,
        default="",
        db_default="",
        help_text="Untuk nilai akhir dalam Rp, Rp ribu, atau Rp juta per bulan; diambil saat mengisi laporan.",
    )
    renstra_target = models.ForeignKey(
        RenstraTarget,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="indicators",
        verbose_name="indikator Renstra",
        help_text="Indikator lima tahun yang sama.",
    )
    is_sample = models.BooleanField("data contoh", default=False, help_text="Tandai bila rekaan.")
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = IndicatorQuerySet.as_manager()
    history = EditHistory(excluded_fields=["version"])

    class Meta:
        verbose_name = "indikator"
        verbose_name_plural = "indikator"
        ordering = ["activity", "outcome", "name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__isnull=False, activity=None) | Q(outcome=None, activity__isnull=False),
                name="programs_indicator_outcome_xor_activity",
                violation_error_message="Indikator mengukur sasaran atau kegiatan, tepat salah satu.",
            ),
            models.CheckConstraint(
                condition=Q(largest_change=None) | Q(largest_change__gte=0),
                name="programs_indicator_largest_change",
                violation_error_message="Perubahan terbesar yang wajar tidak boleh negatif.",
            ),
            models.CheckConstraint(
                condition=Q(of_sex="") | Q(counts_people=True),
                name="programs_indicator_sex_of_people",
                violation_error_message="Jenis kelamin hanya untuk indikator yang menghitung orang.",
            ),
            models.CheckConstraint(  # a mean of months cannot be added up, and it is money
                condition=Q(notebook="")
                | Q(notebook__in=("SALES", "INCOME"), ledger="WELFARE", formula="end_value", unit__startswith="Rp"),
                name="programs_indicator_of_notebook",
                violation_error_message=(
                    "Dari buku penjualan diambil indikator kesejahteraan berjenis nilai akhir, dengan satuan Rp."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class IndicatorTargetQuerySet(models.QuerySet):
    def of_work(self, activities: models.QuerySet, places: models.QuerySet, year: int) -> "IndicatorTargetQuerySet":
        """The year's targets of ``activities`` and, of outcomes, those in the villages ``places``.

        Each with the keys ``of_activity`` and ``of_outcome`` of what its indicator measures.
        Two reads that each begin at an index: with one condition for both, every target of the year is looked at.
        """
        of_activities = Indicator.objects.filter(activity__in=activities).values("pk")
        of_outcomes = Indicator.objects.filter(activity=None).values("pk")
        own = self.filter(year=year, indicator__in=of_activities).values("pk")
        shared = self.filter(year=year, indicator__in=of_outcomes, village__in=places).values("pk")
        found = self.filter(pk__in=own.order_by().union(shared.order_by()))
        return found.annotate(of_activity=models.F("indicator__activity"), of_outcome=models.F("indicator__outcome"))


class IndicatorTarget(models.Model):
    """Where it starts and where it should get, per year and optionally per village. Zero is not unknown."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="targets", verbose_name="indikator")
    village = models.ForeignKey(
        Village,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="indicator_targets",
        verbose_name="desa",
        help_text="Kosongkan bila berlaku untuk seluruhnya.",
    )
    year = models.PositiveSmallIntegerField("tahun", validators=YEARS, help_text="Tahun target.")
    baseline = models.DecimalField(
        "nilai awal",
        max_digits=16,
        decimal_places=3,
        null=True,
        blank=True,
        help_text="Kosong berarti belum ada data; nol adalah nilai.",
    )
    baseline_year = models.PositiveSmallIntegerField(
        "tahun nilai awal", null=True, blank=True, validators=YEARS, help_text="Tahun nilai awal dicatat."
    )
    baseline_source = models.CharField(
        "sumber nilai awal", max_length=200, blank=True, help_text="Dokumen atau survei asalnya."
    )
    baseline_missing_reason = models.CharField(
        "mengapa nilai awal belum ada",
        max_length=200,
        blank=True,
        help_text="Isi bila nilai awal dikosongkan.",
    )
    target = models.DecimalField(
        "target",
        max_digits=16,
        decimal_places=3,
        null=True,
        blank=True,
        help_text="Yang hendak dicapai pada akhir tahun itu.",
    )
    is_sample = models.BooleanField("data contoh", default=False, help_text="Tandai bila rekaan.")

    of_activity: int | None  # read by ``of_work``, as the next one
    of_outcome: int | None

    objects = IndicatorTargetQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = "target indikator"
        verbose_name_plural = "target indikator"
        ordering = ["indicator", "year", "village", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "village", "year"],
                condition=Q(village__isnull=False),
                name="programs_indicatortarget_village_once",
                violation_error_message="Target indikator untuk desa dan tahun ini sudah ada.",
            ),
            models.UniqueConstraint(
                fields=["indicator", "year"],
                condition=Q(village=None),
                name="programs_indicatortarget_year_once",
                violation_error_message="Target indikator untuk tahun ini sudah ada.",
            ),
        ]
        indexes = [
            # the few targets of villages among those of all activities
            models.Index(
                fields=["year", "village"], condition=Q(village__isnull=False), name="programs_target_of_village"
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.year}"
