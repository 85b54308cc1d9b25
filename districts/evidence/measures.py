"""What is measured and in which unit: reference data, kept by BAPPEDA in Kelola.

Every figure stores the code. Pages that offer a choice read the table; the word and the unit of a code are remembered
by the process until it reads the table again: after saving a measure itself, for any page with the choice, and when a
code is new to it.
"""

from django.core.validators import RegexValidator
from django.db import models

from p2emas.accounts.models import User
from p2emas.history.records import EditHistory

CODE = RegexValidator(r"^[A-Z][A-Z0-9]*\Z", "Kode ukuran hanya huruf besar dan angka.")


class EvidenceMeasureQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "EvidenceMeasureQuerySet":
        """Reference data, read by everybody."""
        return self


class EvidenceMeasure(models.Model):
    """One measure, for example "Produksi (ekor)". Two of them are never added up."""

    code = models.CharField(
        "kode", max_length=8, unique=True, validators=[CODE], help_text="Huruf besar dan angka, misalnya EKOR."
    )
    label = models.CharField("nama", max_length=60, unique=True, help_text="Dengan satuan: Produksi (ekor).")
    unit = models.CharField("satuan", max_length=20, help_text="Misalnya ekor, kuintal, m2.")
    slug = models.SlugField("kata di alamat", max_length=20, unique=True, help_text="Misalnya ekor.")
    position = models.PositiveSmallIntegerField("urutan", default=100, help_text="Yang kecil tampil dahulu.")

    objects = EvidenceMeasureQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = "ukuran"
        verbose_name_plural = "ukuran"
        ordering = ["position", "label"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(unit=""),
                name="districts_evidencemeasure_unit",
                violation_error_message="Isi satuan ukuran ini.",
            ),
        ]

    def __str__(self) -> str:
        return self.label


# What the product comes with (the migration fills it in): known without asking the database.
BUILT_IN = (
    ("TON", "Produksi (ton)", "ton", "produksi"),
    ("HECTARE", "Luas (ha)", "ha", "luas"),
    ("RUPIAH", "Nilai produksi (Rp)", "Rp", "nilai"),
    ("WORKERS", "Tenaga kerja (orang)", "orang", "tenaga-kerja"),
    ("KUINTAL", "Produksi (kuintal)", "kuintal", "kuintal"),
    ("EKOR", "Populasi (ekor)", "ekor", "ekor"),
    ("M2", "Luas (m2)", "m2", "m2"),
    ("BUTIR", "Produksi (butir)", "butir", "butir"),
    ("LITER", "Produksi (liter)", "liter", "liter"),
)


def _built_in() -> dict[str, EvidenceMeasure]:
    return {code: EvidenceMeasure(code=code, label=label, unit=unit, slug=slug) for code, label, unit, slug in BUILT_IN}


_remembered: dict[str, EvidenceMeasure | None] = {**_built_in()}  # None: asked for, and there is none


def measures() -> dict[str, EvidenceMeasure]:
    """Code -> measure in their order; one query, which also renews what this process remembers."""
    found = {measure.code: measure for measure in EvidenceMeasure.objects.all()} or _built_in()
    _remembered.clear()
    _remembered.update(found)
    return found


def forget_measures() -> None:
    """Go by what the product comes with again."""
    _remembered.clear()
    _remembered.update(_built_in())


def measure_choices() -> list[tuple[str, str]]:
    return [(code, measure.label) for code, measure in measures().items()]


def measure_label(code: str) -> str:
    """The name of a measure; of a code that is gone its code."""
    found = _known(code)
    return found.label if found else code


def unit_of(code: str) -> str:
    found = _known(code)
    return found.unit if found else code.lower()


def _known(code: str) -> EvidenceMeasure | None:
    if code and code not in _remembered:
        if (built_in := _built_in().get(code)) is not None:  # the table has lost its row
            return _remembered.setdefault(code, built_in)
        measures()
    return _remembered.setdefault(code, None)
