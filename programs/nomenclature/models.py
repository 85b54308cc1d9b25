"""What a list of codes holds, and which code of one list became which of another."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q, QuerySet
from django.urls import reverse

from p2emas.accounts.models import User
from p2emas.history.records import EditHistory
from programs.nomenclature.funds import Fund
from programs.nomenclature.levels import ABOVE, SHAPE, Level, parent_of, written_as
from programs.nomenclature.versions import NomenclatureVersion

__all__ = ["CodeCrosswalk", "Fund", "NomenclatureEntry", "NomenclatureVersion"]

CODE = RegexValidator(SHAPE, "Tulis kode dengan titik, misalnya 2.01.XX.15.02; X menggantikan nomor yang bebas.")


class NomenclatureEntryQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "NomenclatureEntryQuerySet":
        """Reference data, read by everybody who signs in."""
        return self

    def of_version(self, version: str) -> "NomenclatureEntryQuerySet":
        return self.filter(version__code=version)

    def named_by(self, code: str) -> "NomenclatureEntryQuerySet":
        """Entries that ``code`` of an activity means; the one without open numbers first."""
        return self.filter(code__in=written_as(code)).order_by("code")

    def searched(self, text: str) -> "NomenclatureEntryQuerySet":
        """By the beginning of the code, or words of the name."""
        found = self
        for word in text.split()[:8]:
            found = found.filter(Q(code__istartswith=word) | Q(name__icontains=word))
        return found

    def for_table(self) -> "NomenclatureEntryQuerySet":
        return self.select_related("version").order_by("version__first_year", "version__position", "code", "pk")


class NomenclatureEntry(models.Model):
    """One urusan, bidang, program, kegiatan or sub kegiatan of a list."""

    version = models.ForeignKey(
        NomenclatureVersion,
        models.PROTECT,
        related_name="entries",
        verbose_name="versi nomenklatur",
        help_text="Peraturan yang memuatnya.",
    )
    level = models.CharField("tingkat", max_length=12, choices=Level.choices, help_text="Tingkat dalam daftar.")
    code = models.CharField(
        "kode", max_length=30, validators=[CODE], help_text="Lengkap dari urusan, misalnya 2.01.XX.15.02."
    )
    name = models.CharField("nama", max_length=300, help_text="Seperti tertulis dalam peraturan.")
    parent_code = models.CharField(
        "kode induk", max_length=30, blank=True, help_text="Kode tingkat di atasnya; kosong untuk urusan."
    )

    objects = NomenclatureEntryQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = "kode nomenklatur"
        verbose_name_plural = "kode nomenklatur"
        ordering = ["version", "code", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "code"],
                name="programs_nomenclatureentry_code_once",
                violation_error_message="Kode ini sudah ada dalam versi itu.",
            ),
            models.CheckConstraint(
                condition=Q(level="URUSAN", parent_code="") | (~Q(level="URUSAN") & ~Q(parent_code="")),
                name="programs_nomenclatureentry_parent",
                violation_error_message="Urusan tidak punya induk, tingkat lain punya.",
            ),
        ]
        indexes = [
            models.Index(fields=["version", "parent_code"], name="programs_entry_children"),
            models.Index(fields=["code"], name="programs_entry_code"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("framework:entry-detail", args=[self.pk])

    def clean(self) -> None:
        """The level above is in the list, and nothing below contradicts a change of level."""
        if not self.code or not self.level or not self.version_id:
            return
        self.parent_code = parent_of(self.level, self.code)
        above = NomenclatureEntry.objects.filter(version=self.version_id, code=self.parent_code)
        if wrong := nesting_fault(self.level, self.code, dict(above.values_list("code", "level"))):
            raise ValidationError({"code": wrong})

    @property
    def children(self) -> "QuerySet[NomenclatureEntry]":
        return NomenclatureEntry.objects.filter(version=self.version_id, parent_code=self.code).order_by("code")

    def ancestors(self) -> "list[NomenclatureEntry]":
        """From the urusan down; one query."""
        wanted, code = [], self.parent_code
        for level in list(Level)[: list(Level).index(Level(self.level))][::-1]:
            wanted.append(code)
            code = parent_of(level, code)
        found = NomenclatureEntry.objects.filter(version=self.version_id, code__in=wanted)
        return sorted(found, key=lambda entry: len(entry.code))


def nesting_fault(level: str, code: str, levels: dict[str, str]) -> str:
    """What is wrong with the place of ``code`` among the ``levels`` of the codes that the list has, or ""."""
    above = ABOVE.get(Level(level))
    if above is None:
        return "" if "." not in code else "Kode urusan tanpa titik, misalnya 2."
    parent = parent_of(level, code)
    word = Level(above).label.lower()
    if not parent:
        return f"Kode {Level(level).label.lower()} dimulai dengan kode {word}."
    if parent not in levels:
        return f"Induknya, {word} {parent}, belum ada dalam daftar. Tambahkan barisnya, di berkas yang sama pun boleh."
    if levels[parent] != above:
        return f"Induknya {parent} bertingkat {Level(levels[parent]).label.lower()}, seharusnya {word}."
    return ""


class CodeCrosswalkQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "CodeCrosswalkQuerySet":
        return self

    def about(self, entry: NomenclatureEntry) -> "CodeCrosswalkQuerySet":
        found = self.filter(Q(from_entry=entry) | Q(to_entry=entry))
        return found.select_related("from_entry__version", "to_entry__version")


class CodeCrosswalk(models.Model):
    """That a code of one list became a code of another; several to one and one to several occur."""

    from_entry = models.ForeignKey(
        NomenclatureEntry,
        models.PROTECT,
        related_name="became",
        verbose_name="kode lama",
        help_text="Kode dalam versi yang lebih lama.",
    )
    to_entry = models.ForeignKey(
        NomenclatureEntry,
        models.PROTECT,
        related_name="came_from",
        verbose_name="kode baru",
        help_text="Kode dalam versi yang lebih baru.",
    )
    note = models.CharField("catatan", max_length=200, blank=True, help_text="Misalnya digabung, dipecah.")

    objects = CodeCrosswalkQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = "padanan kode"
        verbose_name_plural = "padanan kode"
        ordering = ["from_entry", "to_entry"]
        constraints = [
            models.UniqueConstraint(
                fields=["from_entry", "to_entry"],
                name="programs_codecrosswalk_once",
                violation_error_message="Padanan ini sudah ada.",
            ),
            models.CheckConstraint(
                condition=~Q(from_entry=F("to_entry")),
                name="programs_codecrosswalk_two_codes",
                violation_error_message="Kode lama dan kode baru harus dua kode yang berbeda.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_entry.code} → {self.to_entry.code}"
