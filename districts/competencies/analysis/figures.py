"""Figures as the analysis takes them: plain, checked, one unit; and how they come out of the database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from p2emas.ui import formats


class FiguresRefused(ValueError):
    """The figures are dishonest or the analysis has no meaning; the message is a sentence that names the cell."""


@dataclass(frozen=True)
class Figure:
    """x of one commodity in one kecamatan and year; a value of None is recorded as "belum ada data"."""

    district: int
    commodity: int
    year: int
    unit: str
    value: Decimal | None
    is_sample: bool = False


@dataclass(frozen=True)
class Goods:
    """A commodity by name, its sector and what it is part of."""

    name: str
    sector: str
    parent: int | None = None


@dataclass(frozen=True)
class Cells:
    """Checked figures by (kecamatan, commodity, year): those that are known, and which of them are samples."""

    unit: str
    known: Mapping[tuple[int, int, int], Decimal]
    samples: frozenset[tuple[int, int, int]]


def checked_cells(
    figures: Iterable[Figure], first: int, last: int, districts: Mapping[int, str], commodities: Mapping[int, Goods]
) -> Cells:
    """The known figures of the years; ``FiguresRefused`` for what cannot be calculated with."""
    known: dict[tuple[int, int, int], Decimal] = {}
    samples, units = set(), dict[str, str]()
    for figure in figures:
        if not first <= figure.year <= last or figure.value is None:
            continue
        key = figure.district, figure.commodity, figure.year
        cell = f"{commodities[figure.commodity].name}, {districts[figure.district]}, {figure.year}"
        if not figure.value.is_finite():
            raise FiguresRefused(f"{cell}: isinya bukan angka. Perbaiki angka ini.")
        if figure.value < 0:
            raise FiguresRefused(
                f"{cell}: {formats.number(figure.value, 3)} {figure.unit}. "
                "Produksi tidak boleh negatif; perbaiki angka ini."
            )
        if key in known:
            raise FiguresRefused(f"{cell} tercatat dua kali. Hapus salah satu.")
        units.setdefault(figure.unit, cell)
        known[key] = figure.value
        if figure.is_sample:
            samples.add(key)
    _refuse_mixture(units, known, commodities)
    return Cells(next(iter(units), ""), known, frozenset(samples))


def _refuse_mixture(
    units: Mapping[str, str], known: Iterable[tuple[int, int, int]], commodities: Mapping[int, Goods]
) -> None:
    if len(units) > 1:
        (one, first_cell), (other, second_cell) = list(units.items())[:2]
        raise FiguresRefused(
            f"{first_cell} memakai {one}, sedangkan {second_cell} memakai {other}. Satu hitungan hanya satu ukuran."
        )
    sectors: dict[str, str] = {}
    for _district, commodity, _year in known:
        sectors.setdefault(commodities[commodity].sector, commodities[commodity].name)
    if "ton" in units and len(sectors) > 1:
        (one, first_name), (other, second_name) = list(sectors.items())[:2]
        raise FiguresRefused(
            f"Ton {first_name} ({one}) dan ton {second_name} ({other}) tidak dapat dijumlahkan. Pilih luas (ha) atau "
            "nilai produksi (Rp), atau hitung satu sektor saja."
        )
