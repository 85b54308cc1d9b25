"""Readers of number columns: quantities and rupiah, the signs that mean "unknown", and what a preview says of both."""

import math
import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from p2emas.imports.cells import Cell, Percent, Unfit, Values, as_text, folded, plain
from p2emas.imports.numbers import EXAMPLES, LONGEST, NumberFormat, in_words, is_open, readings
from p2emas.ui import formats
from p2emas.ui.fields import LARGEST_RUPIAH

UNKNOWN_WORDS = frozenset({"belum ada data", "tidak ada data"})
# The signs of official tables for "not available", "not applicable" or "nothing": none of them is surely a 0.
UNKNOWN_SIGNS = frozenset({"-", "\N{EN DASH}", "\N{EM DASH}", "\N{MINUS SIGN}", "\N{HORIZONTAL ELLIPSIS}"})
UNKNOWN_SIGNS |= {"na", "n.a", "n.a.", "n/a"}
_DOTS = re.compile(r"\.{2,10}")
_MAGNITUDE = re.compile(r"\b(ribu|rb|juta|jt|miliar|milyar|triliun|m)\b", re.IGNORECASE)


def is_sign(cell: Cell) -> bool:
    """Whether the cell holds a sign for "unknown" that its reader should see again."""
    return isinstance(cell, str) and (folded(cell) in UNKNOWN_SIGNS or bool(_DOTS.fullmatch(cell.strip())))


def is_unknown(cell: Cell) -> bool:
    return is_sign(cell) or (isinstance(cell, str) and folded(cell) in UNKNOWN_WORDS)


class Number:
    """Reads a quantity of at least 0 as text ("12.5"); "belum ada data" is None, which is something else than 0.

    ``rounds``: more decimals than are kept (a spreadsheet's 1588.4349368) are rounded, and the preview says so; without
    it they are refused.
    """

    money = False

    def __init__(self, *, places: int, largest: Decimal, rounds: bool = False) -> None:
        self.places, self.largest, self.rounds = places, largest, rounds

    def __call__(self, cell: Cell, row: Values, lookups: Any) -> Any:
        return None if is_unknown(cell) else plain(self.fitting(self.exact(cell), cell))

    def exact(self, cell: Cell) -> Decimal:
        """The number of a cell, as many decimals as it has."""
        if isinstance(cell, bool):
            raise Unfit("Sel ini berisi ya atau tidak. Tulis angkanya.")
        if isinstance(cell, date):
            raise Unfit("Sel ini berformat tanggal. Ubah format selnya menjadi angka, lalu tulis ulang angkanya.")
        if isinstance(cell, int | float):
            if not math.isfinite(cell):
                raise Unfit("Sel ini tidak berisi angka. Tulis angkanya.")
            return Decimal(f"{cell:.15g}" if isinstance(cell, float) else cell)
        return self._typed(str(cell), getattr(cell, "written_in", ""))

    def _typed(self, text: str, number_format: str) -> Decimal:
        found = readings(text, money=self.money)
        if number_format in found:
            return found[number_format]
        if number_format or not found:
            raise Unfit(_refused(text, number_format))
        if is_open(found):
            raise Unfit(_two_readings(text, found))
        return next(iter(found.values()))

    def fitting(self, found: Decimal, cell: Cell) -> Decimal:
        if found < 0:
            raise Unfit("Nilai tidak boleh negatif. Periksa angkanya di sumber.")
        if found > self.largest:
            raise Unfit(f"Paling besar {formats.number(self.largest, 0)}. Periksa angka dan satuannya.")
        near = round_half_up(found, self.places)
        if near == found or (self.rounds and near):
            return near
        words = {"places": self.places, "typed": as_text(cell), "near": formats.number(near, self.places)}
        if not near:  # rounding would turn something into nothing
            raise Unfit(
                "Terlalu kecil: paling banyak {places} angka di belakang koma, sel ini {typed}.".format(**words)
            )
        raise Unfit(
            "Paling banyak {places} angka di belakang koma, sel ini {typed}. Bulatkan menjadi {near}.".format(**words)
        )

    def remark(self, cell: Cell, value: Any) -> str:
        """What the preview says of a cell that was not simply taken as it is, or ""."""
        if is_sign(cell):
            return f"tertulis “{as_text(cell)}”, dibaca belum ada data. Bila maksudnya nol, tulis 0."
        if isinstance(cell, Percent):
            shown = formats.number(Decimal(f"{cell * 100:.15g}"))
            return f"berformat persen di berkas ({shown}%), dibaca {as_text(cell)}. Periksa angkanya."
        if value is None or not self.rounds or is_unknown(cell):
            return ""
        exact = self.exact(cell)
        if exact == Decimal(value):
            return ""
        return f"{as_text(cell)} dibulatkan menjadi {formats.number(Decimal(value), self.places)}."


class Rupiah(Number):
    """Whole rupiah as a whole number."""

    money = True

    def __init__(self) -> None:
        super().__init__(places=0, largest=Decimal(LARGEST_RUPIAH))

    def __call__(self, cell: Cell, row: Values, lookups: Any) -> int | None:
        if is_unknown(cell):
            return None
        found = self.exact(cell)
        if found != found.to_integral_value():
            raise Unfit(f"Tulis rupiah bulat tanpa sen, bukan {as_text(cell)}.")
        if not 0 <= found <= LARGEST_RUPIAH:
            raise Unfit(f"Tulis nilai dari 0 sampai {formats.number(LARGEST_RUPIAH, 0)}.")
        return int(found)


rupiah = Rupiah()


def round_half_up(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _refused(text: str, number_format: str) -> str:
    if len(text) > LONGEST:
        return f"Isian terlalu panjang. Tulis paling banyak {LONGEST} tanda."
    example = EXAMPLES[number_format or NumberFormat.COMMA]
    if _MAGNITUDE.search(text):
        return f"Tulis seluruh angkanya tanpa kata “juta” atau “miliar”, contoh {example}."
    return f"“{as_text(text)}” bukan angka. Tulis seperti {example}."


def _two_readings(text: str, found: dict[str, Decimal]) -> str:
    comma, point = (in_words(found[each]) for each in (NumberFormat.COMMA, NumberFormat.POINT))
    return f"Angka “{text}” dapat dibaca dua cara: {comma}, atau {point}. Ubah selnya menjadi angka."
