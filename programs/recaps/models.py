"""How an office wants its official papers: the version of the layout, labels, deadlines and intervals."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from p2emas.accounts.models import User
from p2emas.history.records import EditHistory

PERCENT = [MinValueValidator(0), MaxValueValidator(100)]


class RecapLayoutQuerySet(models.QuerySet["RecapLayout"]):
    def for_user(self, user: User) -> "RecapLayoutQuerySet":
        """Reference data: everybody who signs in reads it."""
        return self

    def of_paper(self, code: str) -> "RecapLayout | None":
        return self.filter(paper=code).prefetch_related("labels").first()


class RecapLayout(models.Model):
    """What differs from the layout that the program brings; without a row of its own a paper is as declared."""

    class Paper(models.TextChoices):
        E81 = "e81", "E.81 Evaluasi Renja, 16 kolom"
        E81_WIDE = "e81-17", "E.81 Evaluasi Renja, 17 kolom"
        RKPD = "rkpd", "Evaluasi RKPD, 17 kolom"
        RFK = "rfk", "RFK bulanan"

    class Falling(models.TextChoices):
        RATIO = "ratio", "Target dibagi realisasi"
        GAP = "gap", "Dua kali target dikurangi realisasi, dibagi target"

    paper = models.CharField(
        "bentuk", max_length=8, choices=Paper.choices, unique=True, help_text="Tiap bentuk diatur satu kali."
    )
    version = models.CharField(
        "versi tata letak", max_length=40, blank=True, help_text="Tercetak di kaki bentuk, misalnya 2019-1."
    )
    rule = models.CharField(
        "dasar aturan", max_length=160, blank=True, help_text="Misalnya Permendagri 86/2017. Tercetak di kaki bentuk."
    )
    title = models.CharField("judul", max_length=200, blank=True, help_text="Kosong: judul bawaan.")
    due_days = models.PositiveSmallIntegerField(
        "batas penyampaian",
        null=True,
        blank=True,
        validators=[MaxValueValidator(250)],
        help_text="Hari kerja sesudah periode berakhir. Kosong: sama dengan batas laporan.",
    )
    falling = models.CharField(
        "capaian tren negatif",
        max_length=5,
        choices=Falling.choices,
        default=Falling.RATIO,
        db_default=Falling.RATIO,
        help_text="Cara menghitung capaian bila makin kecil makin baik.",
    )
    very_high = models.DecimalField(
        "Sangat Tinggi mulai", max_digits=5, decimal_places=2, default=Decimal(91), validators=PERCENT,
        help_text="Persen, dibandingkan sebelum dibulatkan.",
    )  # fmt: skip
    high = models.DecimalField(
        "Tinggi mulai", max_digits=5, decimal_places=2, default=Decimal(76), validators=PERCENT, help_text="Persen."
    )
    moderate = models.DecimalField(
        "Sedang mulai", max_digits=5, decimal_places=2, default=Decimal(66), validators=PERCENT, help_text="Persen."
    )
    low = models.DecimalField(
        "Rendah mulai", max_digits=5, decimal_places=2, default=Decimal(51), validators=PERCENT,
        help_text="Persen. Di bawahnya Sangat Rendah.",
    )  # fmt: skip

    objects = RecapLayoutQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = "tata letak rekap"
        verbose_name_plural = "tata letak rekap"
        ordering = ["paper", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(very_high__gt=F("high"), high__gt=F("moderate"), moderate__gt=F("low"), low__gte=0),
                name="programs_recaplayout_intervals_fall",
                violation_error_message="Batas predikat harus menurun: Sangat Tinggi, Tinggi, Sedang, Rendah.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_paper_display()


class RecapLabel(models.Model):
    """The words of one numbered column, or that the office leaves the column out."""

    layout = models.ForeignKey(RecapLayout, models.CASCADE, related_name="labels", verbose_name="tata letak")
    number = models.CharField("nomor kolom", max_length=4, help_text="Nomor pada bentuk itu, misalnya 12.")
    label = models.CharField(
        "judul kolom",
        max_length=120,
        blank=True,
        help_text="Kosong: judul bawaan. {year} menjadi tahun periode, {before} tahun sebelumnya.",
    )
    hidden = models.BooleanField("tidak dicetak", default=False, help_text="Centang bila kolom ini tidak dipakai.")

    objects = models.Manager()
    history = EditHistory()

    class Meta:
        verbose_name = "judul kolom"
        verbose_name_plural = "judul kolom"
        ordering = ["layout", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["layout", "number"],
                name="programs_recaplabel_once",
                violation_error_message="Kolom ini sudah diatur.",
            ),
            models.CheckConstraint(
                condition=~Q(label="") | Q(hidden=True),
                name="programs_recaplabel_says_something",
                violation_error_message="Tulis judul kolom, atau centang tidak dicetak.",
            ),
        ]

    def __str__(self) -> str:
        return f"Kolom {self.number}"
