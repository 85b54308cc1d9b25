"""Whose money pays for a line: reference data, kept by BAPPEDA in Kelola.

Every plan line stores the code. Sums ask the table itself which codes stay outside the absorption (``outside_budget``),
within their own query. The word of a code is remembered by the process until it reads the table again: after saving a
fund itself, for any page with the choice, and when a code is new to it.
"""

from collections.abc import Mapping

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Case, F, Q, Value, When

from districts.regions.models import YEARS
from p2emas.accounts.models import User
from p2emas.history.records import EditHistory

CODE = RegexValidator(r"^[A-Z][A-Z0-9_]*\Z", "Kode sumber dana hanya huruf besar, angka, dan garis bawah.")
Choices = list[tuple[str, str | list[tuple[str, str]]]]


class FundQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "FundQuerySet":
        """Reference data, read by everybody."""
        return self

    def outside_budget(self) -> "FundQuerySet":
        return self.filter(counts_in_absorption=False)


class Fund(models.Model):
    """One source of money, for example "DAK fisik". Two of them are never put together by their names."""

    class Group(models.TextChoices):
        OWN = "OWN", "Pendapatan daerah"
        TRANSFER = "TRANSFER", "Transfer pusat"
        OTHER_BUDGET = "OTHER_BUDGET", "Anggaran provinsi dan pusat"
        VILLAGE = "VILLAGE", "Anggaran desa (APBDes)"
        COMMUNITY = "COMMUNITY", "Masyarakat dan usaha"

    code = models.CharField(
        "kode", max_length=10, unique=True, validators=[CODE], help_text="Huruf besar, misalnya DAK_FISIK."
    )
    label = models.CharField("nama", max_length=80, unique=True, help_text="Seperti tertulis dalam DPA.")
    group = models.CharField("kelompok", max_length=12, choices=Group.choices, help_text="Judul dalam daftar pilihan.")
    counts_in_absorption = models.BooleanField(
        "masuk serapan SKPD",
        default=True,
        help_text="Tidak dicentang: pagu dan realisasinya ditampilkan di samping, di luar jumlah SKPD.",
    )
    first_year = models.PositiveSmallIntegerField(
        "sejak tahun", null=True, blank=True, validators=YEARS, help_text="Kosong: sejak awal."
    )
    last_year = models.PositiveSmallIntegerField(
        "sampai tahun", null=True, blank=True, validators=YEARS, help_text="Kosong: masih dipakai."
    )
    active = models.BooleanField(
        "ditawarkan",
        default=True,
        help_text="Tidak dicentang: baris lama tetap, pilihan baru tidak.",
    )
    position = models.PositiveSmallIntegerField("urutan", default=100, help_text="Yang kecil tampil dahulu.")

    objects = FundQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = "sumber dana"
        verbose_name_plural = "sumber dana"
        ordering = ["position", "label"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_year=None) | Q(last_year=None) | Q(first_year__lte=F("last_year")),
                name="programs_fund_years",
                violation_error_message="Tahun terakhir tidak boleh sebelum tahun pertama.",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def is_offered(self, year: int) -> bool:
        return self.active and (self.first_year or year) <= year <= (self.last_year or year)


def outside_budget(fund: str = "fund") -> Q:
    """Lines whose money is shown beside the agency's budget; ``fund`` leads to the code that a line stores."""
    return Q(**{f"{fund}__in": Fund.objects.outside_budget().order_by().values("code")})


def is_outside(fund: str = "fund") -> Case:
    """The same of each row, for a column."""
    return Case(When(outside_budget(fund), then=Value(True)), default=Value(False))


# What the product comes with (the migration fills it in): known without asking the database.
# code, name, group, counts in the absorption, first and last year, whether it is offered
BUILT_IN = (
    ("PAD", "PAD", Fund.Group.OWN, True, None, None, True),
    ("DAU", "DAU", Fund.Group.TRANSFER, True, None, None, True),
    ("DAU_TENTU", "DAU yang ditentukan penggunaannya", Fund.Group.TRANSFER, True, 2023, None, True),
    ("DAK_FISIK", "DAK fisik", Fund.Group.TRANSFER, True, None, None, True),
    ("DAK_NFISIK", "DAK nonfisik", Fund.Group.TRANSFER, True, None, None, True),
    ("DAK", "DAK (lama, tanpa rincian)", Fund.Group.TRANSFER, True, None, None, False),
    ("DBH", "DBH", Fund.Group.TRANSFER, True, None, None, True),
    ("DBH_SAWIT", "DBH sawit", Fund.Group.TRANSFER, True, 2023, None, True),
    ("DID", "Dana insentif daerah (DID)", Fund.Group.TRANSFER, True, None, 2022, True),
    ("INSENTIF", "Insentif fiskal", Fund.Group.TRANSFER, True, 2023, None, True),
    ("APBD_PROV", "APBD provinsi", Fund.Group.OTHER_BUDGET, True, None, None, True),
    ("APBN", "APBN", Fund.Group.OTHER_BUDGET, True, None, None, True),
    ("ADD", "ADD", Fund.Group.VILLAGE, False, None, None, True),
    ("DD", "Dana Desa", Fund.Group.VILLAGE, False, None, None, True),
    ("CSR", "CSR", Fund.Group.COMMUNITY, True, None, None, True),
    ("SWADAYA", "Swadaya", Fund.Group.COMMUNITY, True, None, None, True),
)
DEFAULT = "DAU"


def built_in_funds() -> dict[str, Fund]:
    """Unsaved, by code."""
    names = ("label", "group", "counts_in_absorption", "first_year", "last_year", "active")
    return {
        code: Fund(code=code, position=position, **dict(zip(names, rest, strict=True)))
        for position, (code, *rest) in enumerate(BUILT_IN, start=1)
    }


_remembered: dict[str, Fund | None] = {**built_in_funds()}  # None: asked for, and there is none


def funds() -> dict[str, Fund]:
    """Code -> fund in their order; one query, which also renews what this process remembers."""
    found = {fund.code: fund for fund in Fund.objects.all()} or built_in_funds()
    _remembered.clear()
    _remembered.update(found)
    return found


def fill_funds() -> None:
    """Store what the product comes with, where a row of it is missing."""
    stored = set(Fund.objects.values_list("code", flat=True))
    for code, fund in built_in_funds().items():
        if code not in stored:
            fund.save()


def forget_funds() -> None:
    """Go by what the product comes with again."""
    _remembered.clear()
    _remembered.update(built_in_funds())


def fund_choices(known: Mapping[str, Fund], year: int, kept: str = "") -> Choices:
    """What a line of ``year`` may have, under the headings of the groups, and the code that it has already."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for code, fund in known.items():
        if code == kept or fund.is_offered(year):
            groups.setdefault(fund.get_group_display(), []).append((code, fund.label))
    if kept and kept not in {code for rows in groups.values() for code, _label in rows}:
        groups.setdefault("Lain", []).append((kept, kept))
    return [*groups.items()]


def fund_label(code: str) -> str:
    """The name of a fund; of a code that is gone its code."""
    found = known_fund(code)
    return found.label if found else code


def known_fund(code: str) -> Fund | None:
    if code and code not in _remembered:
        if (built_in := built_in_funds().get(code)) is not None:  # the table has lost its row
            return _remembered.setdefault(code, built_in)
        funds()
    return _remembered.setdefault(code, None)
