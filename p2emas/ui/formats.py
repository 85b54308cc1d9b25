"""How money, numbers, dates and quarters are written: pure functions, cheap enough for every cell of a table.

Missing is never a zero: money and figures that are None read "belum ada data", dates read "–".
"""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import lru_cache, wraps
from typing import Any

from django.utils import timezone

NO_DATA = "belum ada data"
NO_DATE = "–"
NBSP = "\u00a0"
MINUS = "\u2212"

MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
ROMAN = ("", "I", "II", "III", "IV")

Number = int | float | Decimal | Fraction

KEPT = 4096  # figures whose text is kept: hundreds of lines have a few dozen percentages
_WIDE = Context(prec=400)  # wide enough for any number that a page can hold
_STEPS = [Decimal(1).scaleb(-places) for places in range(10)]


# --- Numbers ---------------------------------------------------------------------------------
def _decimal(value: Number | None) -> Decimal | None:
    """The exact decimal of ``value``; None for what is no number (None, NaN, infinity, text)."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | Decimal):
        exact = Decimal(value)
    elif isinstance(value, Fraction):
        exact = _WIDE.divide(Decimal(value.numerator), Decimal(value.denominator))
    elif isinstance(value, float):
        exact = Decimal(repr(value))
    else:
        return None
    return exact if exact.is_finite() else None


def _grouped(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def _written(value: Decimal, places: int, *, keep: bool = False, rounding: str = ROUND_HALF_UP) -> str:
    """``value`` without its sign, dots for thousands and a decimal comma; ``keep`` leaves trailing zeros."""
    rounded = value.copy_abs().quantize(_STEPS[places], rounding=rounding, context=_WIDE)
    whole, _, part = f"{rounded:f}".partition(".")
    if not keep:
        part = part.rstrip("0")
    whole = _grouped(int(whole))
    return f"{whole},{part}" if part else whole


def _sign(value: Decimal, text: str) -> str:
    return f"{MINUS}{text}" if value < 0 and any(digit in text for digit in "123456789") else text


def number(value: Number | None, places: int = 2) -> str:
    """1250000 -> "1.250.000", Decimal("12.50") -> "12,5"; at most ``places`` decimals, no trailing zeros."""
    if type(value) is int:  # the cell of a table: no Decimal in the way
        return f"{MINUS}{_grouped(-value)}" if value < 0 else _grouped(value)
    exact = _decimal(value)
    return NO_DATA if exact is None else _number(exact, places)


@lru_cache(maxsize=KEPT)
def _number(exact: Decimal, places: int) -> str:
    return _sign(exact, _written(exact, places))


def fixed(value: Number | None, places: int = 2) -> str:
    """As ``number``, always with ``places`` decimals, so that a column of scores lines up: "63,90"."""
    exact = _decimal(value)
    return NO_DATA if exact is None else _sign(exact, _written(exact, places, keep=True))


def figure(value: object) -> str:
    """A cell of a table of words and numbers: words as they are, numbers with dots, None as "belum ada data"."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    return number(value, 1) if value is None or isinstance(value, int | float | Decimal | Fraction) else str(value)


def bracketed(value: Number | None, places: int = 2) -> str:
    """As ``number``; a negative one in brackets, as papers of an office write it: "(1.234)"."""
    exact = _decimal(value)
    return f"({number(-exact, places)})" if exact is not None and exact < 0 else number(value, places)


def signed(value: Number | None, places: int = 1) -> str:
    """A change: "+20", "−2", "0"."""
    exact = _decimal(value)
    if exact is None:
        return NO_DATA
    text = _sign(exact, _written(exact, places))
    return f"+{text}" if exact > 0 and text != "0" else text


def points(value: Number | None, places: int = 1) -> str:
    """A difference of two percentages: "+19,4 poin"."""
    text = signed(value, places)
    return text if text == NO_DATA else f"{text}{NBSP}poin"


def percent(value: Number | None, places: int = 1) -> str:
    """87.5 -> "87,5%". What is not exactly 0 or 100 never shows as 0% or 100%."""
    exact = _decimal(value)
    return NO_DATA if exact is None else _percent(exact, places)


@lru_cache(maxsize=KEPT)
def _percent(exact: Decimal, places: int) -> str:
    text = _written(exact, places)
    if text == "100" and abs(exact) != 100:
        text = _written(exact, places, rounding=ROUND_FLOOR if abs(exact) < 100 else ROUND_CEILING)
    elif text == "0" and exact:
        text = _written(exact, places, rounding=ROUND_CEILING)
    return f"{_sign(exact, text)}%"


def share(value: Number | None, places: int = 1) -> str:
    """A share of one: Fraction(7, 8) -> "87,5%"."""
    exact = _decimal(value)
    return NO_DATA if exact is None else percent(exact * 100, places)


# --- Money -----------------------------------------------------------------------------------
def rupiah(value: Number | None) -> str:
    """1250000 -> "Rp 1.250.000"."""
    if isinstance(value, int) and not isinstance(value, bool):  # the cell of a table: no Decimal in the way
        text = _grouped(abs(value))
        return f"{MINUS}Rp{NBSP}{text}" if value < 0 else f"Rp{NBSP}{text}"
    exact = _decimal(value)
    return NO_DATA if exact is None else _sign(exact, f"Rp{NBSP}{_written(exact, 0)}")


def rupiah_document(value: int | None) -> str:
    """As official papers write it: "Rp 1.250.000,00"."""
    exact = _decimal(value)
    return NO_DATA if exact is None else _sign(exact, f"Rp{NBSP}{_written(exact, 2, keep=True)}")


_UNITS = ((Decimal(10) ** 12, "triliun"), (Decimal(10) ** 9, "miliar"), (Decimal(10) ** 6, "juta"))


def rupiah_compact(value: int | None) -> str:
    """For sentences and dashboards: "Rp 12,5 miliar", "Rp 490 juta"; below a million in full."""
    exact = _decimal(value)
    if exact is None:
        return NO_DATA
    for size, word in _UNITS:
        # 999.960.000 rounds to 1.000 juta and is therefore written as 1 miliar
        if abs(exact) >= size * Decimal("0.99995" if size > 10**6 else 1):
            return _sign(exact, f"Rp{NBSP}{_written(exact / size, 1)}{NBSP}{word}")
    return rupiah(value)


def rupiah_million(value: int | None) -> str:
    """For columns headed "Rp juta": 129750000 -> "129,75"; two decimals, so that columns still add up."""
    if type(value) is int:  # the cell of a table: no Decimal in the way
        return _millions(value)
    exact = _decimal(value)
    return NO_DATA if exact is None else number(exact / 10**6, 2)


def _millions(rupiah: int) -> str:
    """In hundredths of a million, half of one away from zero."""
    hundredths = (abs(rupiah) + 5_000) // 10_000
    whole, part = divmod(hundredths, 100)
    text = f"{_grouped(whole)},{part:02}".rstrip("0") if part else _grouped(whole)
    return f"{MINUS}{text}" if rupiah < 0 and hundredths else text


def signed_million(value: int | None) -> str:
    """A change of money in the same columns: "+12,5", "−2"."""
    if type(value) is int:
        text = _millions(value)
        return f"+{text}" if value > 0 and text != "0" else text
    exact = _decimal(value)
    return NO_DATA if exact is None else signed(exact / 10**6, 2)


_LONE_THOUSAND = re.compile(r"(?<=juta|liar|liun) satu ribu\b")


def spelled_out(value: int | None) -> str:
    """Terbilang: 1250000 -> "satu juta dua ratus lima puluh ribu"."""
    from num2words import num2words  # 30 ms to import, needed on receipts only

    if value is None or _decimal(value) is None:
        return NO_DATA
    words = num2words(abs(int(value)), lang="id")
    words = _LONE_THOUSAND.sub(" seribu", words)  # num2words says "satu juta satu ribu"
    return f"minus {words}" if value < 0 else words


def rupiah_echo(value: int | None) -> str:
    """The amount twice, so that a slip of zeros is seen: "Rp 1.250.000,00 (satu juta ... rupiah)"."""
    if _decimal(value) is None:
        return NO_DATA
    return f"{rupiah_document(value)} ({spelled_out(value)} rupiah)"


def file_size(size: int | None) -> str:
    """168 * 1024 -> "168 KB"; rounded up, at least 1 KB."""
    if size is None:
        return NO_DATA
    kilobytes = -(-int(size) // 1024)
    if kilobytes < 1000:
        return f"{kilobytes}{NBSP}KB"
    return f"{number(Decimal(int(size)) / 1024**2, 1)}{NBSP}MB"


# --- Dates -----------------------------------------------------------------------------------
def _local(value: date | datetime) -> date | datetime:
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def _dated(write: Callable[[Any], str]) -> Callable[[Any], str]:
    """What is missing reads "–"; the others are written in local time."""

    @wraps(write)
    def written(value: Any) -> str:
        return NO_DATE if value is None else write(_local(value))

    return written


@_dated
def long_date(value: date) -> str:
    """ "29 Maret 2017"."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


@_dated
def weekday_date(value: date) -> str:
    """ "Rabu, 29 Maret 2017"."""
    return f"{WEEKDAYS[value.weekday()]}, {long_date(value)}"


@_dated
def short_day(value: date) -> str:
    """ "Sen 14 Okt", in lists under the name of a month or of what lies ahead."""
    return f"{WEEKDAYS[value.weekday()][:3]} {value.day} {MONTHS[value.month - 1][:3]}"


@_dated
def table_date(value: date) -> str:
    """ "29-03-2017"."""
    return f"{value.day:02}-{value.month:02}-{value.year:04}"


@_dated
def month_year(value: date) -> str:
    """ "Maret 2017"."""
    return f"{MONTHS[value.month - 1]} {value.year}"


@_dated
def clock_time(value: datetime | time) -> str:
    """ "09.41"."""
    return f"{value.hour:02}.{value.minute:02}"


@_dated
def moment(value: datetime) -> str:
    """ "Rabu, 29 Maret 2017 pukul 09.00 WIB"."""
    return f"{weekday_date(value)} pukul {clock_time(value)} {_zone(value)}"


@_dated
def short_moment(value: datetime) -> str:
    """ "29 Maret 2017 09.00 WIB"."""
    return f"{long_date(value)} {clock_time(value)} {_zone(value)}"


@_dated
def table_moment(value: datetime) -> str:
    """ "29-03-2017 09.00"."""
    return f"{table_date(value)} {clock_time(value)}"


def _zone(value: datetime) -> str:
    return value.tzname() or timezone.get_current_timezone_name()


def quarter(year: int, number: int) -> str:
    """quarter(2017, 1) -> "Triwulan I 2017"."""
    return f"Triwulan {ROMAN[number]} {year}"


def quarter_short(year: int, number: int) -> str:
    """quarter_short(2017, 1) -> "TW I 2017"."""
    return f"TW {ROMAN[number]} {year}"
