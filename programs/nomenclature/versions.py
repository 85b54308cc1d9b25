"""Which lists of codes there are: a regulation each, in force for some years, known in whole or in part.

An activity stores the code of its version as text, so that no list that comes or goes changes an activity.
"""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Count, F, Q

from districts.regions.models import YEARS
from p2emas.accounts.models import User
from p2emas.history.records import EditHistory

CODE = RegexValidator(r"^[0-9A-Z][0-9A-Z./-]*\Z", "Kode nomenklatur hanya huruf besar, angka, titik, dan garis.")


class NomenclatureVersionQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "NomenclatureVersionQuerySet":
        """Reference data, read by everybody who signs in."""
        return self

    def with_count(self) -> "NomenclatureVersionQuerySet":
        """With the number of codes that each list has."""
        return self.annotate(count=Count("entries"))

    def in_force(self, year: int) -> "NomenclatureVersionQuerySet":
        """Those for the budget of ``year``, the newest first: an update goes before what it updates."""
        ended = Q(last_year__isnull=False, last_year__lt=year)
        return self.filter(first_year__lte=year).exclude(ended).order_by("-first_year", "-position")


class NomenclatureVersion(models.Model):
    """One list of codes, for example that of Kepmendagri 050-5889 Tahun 2021."""

    class Completeness(models.TextChoices):
        WHOLE = "LENGKAP", "Lengkap"
        PART = "SEBAGIAN", "Sebagian"

    code = models.CharField(
        "kode", max_length=20, unique=True, validators=[CODE], help_text="Nomor singkat, misalnya 050-5889."
    )
    regulation = models.CharField("peraturan", max_length=200, help_text="Nama lengkap peraturannya.")
    first_year = models.PositiveSmallIntegerField(
        "sejak tahun anggaran", validators=YEARS, help_text="Tahun anggaran pertama yang memakainya."
    )
    last_year = models.PositiveSmallIntegerField(
        "sampai tahun anggaran", null=True, blank=True, validators=YEARS, help_text="Kosong: masih dipakai."
    )
    completeness = models.CharField(
        "kelengkapan daftar",
        max_length=8,
        choices=Completeness.choices,
        default=Completeness.PART,
        help_text="Lengkap: kode di luar daftar ditolak. Sebagian: kode di luar daftar diterima dan ditandai.",
    )
    source = models.CharField("sumber daftar", max_length=200, blank=True, help_text="Berkas atau alamat asal daftar.")
    position = models.PositiveSmallIntegerField("urutan", default=100, help_text="Pembaruan sesudah yang diperbarui.")

    objects = NomenclatureVersionQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = "versi nomenklatur"
        verbose_name_plural = "versi nomenklatur"
        ordering = ["first_year", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_year=None) | Q(first_year__lte=F("last_year")),
                name="programs_nomenclatureversion_years",
                violation_error_message="Tahun terakhir tidak boleh sebelum tahun pertama.",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_whole(self) -> bool:
        return self.completeness == self.Completeness.WHOLE


# Names of the regulations are facts; the lists themselves come from files. An update counts from the year after it.
BUILT_IN = (
    ("13/2006", "Permendagri Nomor 13 Tahun 2006 tentang Pedoman Pengelolaan Keuangan Daerah", 2007, 2020),
    (
        "90/2019",
        "Permendagri Nomor 90 Tahun 2019 tentang Klasifikasi, Kodefikasi, dan Nomenklatur Perencanaan Pembangunan "
        "dan Keuangan Daerah",
        2021,
        None,
    ),
    ("050-3708", "Kepmendagri Nomor 050-3708 Tahun 2020 (pemutakhiran Permendagri 90/2019)", 2021, None),
    ("050-5889", "Kepmendagri Nomor 050-5889 Tahun 2021 (pemutakhiran Permendagri 90/2019)", 2022, None),
    ("900.1.15.5-1317", "Kepmendagri Nomor 900.1.15.5-1317 Tahun 2023 (perubahan atas 050-5889)", 2024, None),
)


def built_in_versions() -> list[NomenclatureVersion]:
    """Unsaved, in their order."""
    return [
        NomenclatureVersion(code=code, regulation=regulation, first_year=first, last_year=last, position=position)
        for position, (code, regulation, first, last) in enumerate(BUILT_IN, start=1)
    ]


def fill_versions() -> None:
    """Store what the product comes with, where a row of it is missing."""
    stored = set(NomenclatureVersion.objects.values_list("code", flat=True))
    for version in built_in_versions():
        if version.code not in stored:
            version.save()


def version_in_force(year: int) -> NomenclatureVersion:
    """The newest list for the budget of ``year``; one query. Before the first there is nothing else than the first."""
    stored = list(NomenclatureVersion.objects.all()) or built_in_versions()
    began = [each for each in stored if each.first_year <= year <= (each.last_year or year)]
    return max(began or stored[:1], key=lambda each: (each.first_year, each.position))


def version_choices() -> list[tuple[str, str]]:
    stored = list(NomenclatureVersion.objects.all()) or built_in_versions()
    return [(each.code, f"{each.code}: {each.regulation}") for each in stored]
