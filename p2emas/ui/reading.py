"""Reads what people type: rupiah, percentages, quantities, dates. Pure functions; refusals carry the sentence to show.

Indonesian writing: the dot groups thousands, the comma starts the decimals. What another habit would read
differently ("12.50", "1,250") is refused with both readings written out, never guessed.
"""

import re
from datetime import date, datetime, time
from decimal import Decimal

from .formats import MONTHS

LONGEST = 40  # characters; BigInteger money needs 26 with dots, decimals and "Rp"

_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_PREFIX = re.compile(r"^(rp\.?|idr)\s*", re.IGNORECASE)
_GROUPED = re.compile(r"^[1-9][0-9]{0,2}([. ][0-9]{3})+$", re.ASCII)  # "0.500" is a half, never five hundred
_PLAIN = re.compile(r"^[0-9]+$", re.ASCII)
_AMERICAN = re.compile(r"^[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?$", re.ASCII)
_ONE_MARK = re.compile(r"^([0-9]+)([.,])([0-9]+)$", re.ASCII)


class Unreadable(ValueError):
    """The sentence says what to write instead."""


def _tidy(text: str) -> str:
    text = str(text)
    if "\x00" in text:
        raise Unreadable("Isian memuat tanda yang tidak dapat dibaca. Ketik ulang isian ini.")
    text = _SPACES.sub(" ", text).strip()
    if len(text) > LONGEST:
        raise Unreadable(f"Isian terlalu panjang. Tulis paling banyak {LONGEST} tanda.")
    return text


def _sign_and_rest(text: str) -> tuple[int, str]:
    for mark in ("-", "\u2212", "\u2013"):
        if text.startswith(mark):
            return -1, text[1:].strip()
    return 1, text


def _dots(digits: str) -> str:
    return f"{int(digits or '0'):,}".replace(",", ".")


def _two_readings(typed: str, whole: str, part: str) -> Unreadable:
    """Both meanings of one dot or comma: 12.50 is 12.500 with a digit missing, or 12,50."""
    thousand = _dots(whole + part.ljust(3, "0")[:3])
    decimal = f"{_dots(whole)},{part if len(part) < 3 else part.rstrip('0') or '0'}"
    if len(part) == 3 and not part.endswith("0"):  # three decimals would be taken for thousands again
        decimal += "0"
    if len(part) > 3:  # no thousands group has four digits
        return Unreadable(f"Angka “{typed}” tidak dapat dibaca. Tulis {decimal}")
    return Unreadable(f"Angka “{typed}” dapat dibaca dua cara. Tulis {thousand} atau {decimal}")


def _refuse(typed: str, example: str) -> Unreadable:
    if re.search(r"\b(ribu|rb|juta|jt|miliar|milyar|triliun|m)\b", typed, re.IGNORECASE):
        return Unreadable(f"Tulis seluruh angkanya tanpa kata “juta” atau “miliar”, contoh {example}")
    return Unreadable(f"“{typed}” bukan angka. Tulis seperti {example}")


def read_rupiah(text: str) -> int:
    """ "Rp 1.250.000", "1250000", "1.250.000,00" and "1.250.000,-" -> 1250000."""
    typed = _tidy(text)
    sign, rest = _sign_and_rest(typed)
    rest = _PREFIX.sub("", rest)
    if sign == 1:
        sign, rest = _sign_and_rest(rest)
    rest = re.sub(r",(0{1,2}|-{1,2}|\u2013)$", "", rest)
    if _PLAIN.match(rest) or _GROUPED.match(rest):
        return sign * int(rest.replace(".", "").replace(" ", ""))
    if _AMERICAN.match(rest) and rest.count(",") + rest.count(".") > 1:
        right = _dots(rest.split(".")[0].replace(",", ""))
        raise Unreadable(f"Pisahkan ribuan dengan titik, bukan koma. Tulis {right}")
    if found := _ONE_MARK.match(rest):
        whole, mark, part = found.groups()
        if mark == "," and len(part) != 3:
            raise _without_sen(whole)
        raise _two_readings(rest, whole, part)
    whole, comma, part = rest.rpartition(",")
    if comma and _GROUPED.match(whole) and _PLAIN.match(part):
        raise _without_sen(whole)
    digits = rest.replace(".", "")
    if _PLAIN.match(digits):
        raise Unreadable(
            f"Titik pada “{rest}” tidak memisahkan tiga angka. Tulis {_dots(digits)} atau perbaiki angkanya"
        )
    raise _refuse(typed, "1.250.000")


def _without_sen(whole: str) -> Unreadable:
    near = int(whole.replace(".", "").replace(" ", ""))
    return Unreadable(f"Tulis rupiah bulat tanpa sen, {_dots(str(near))} atau {_dots(str(near + 1))}")


def read_decimal(text: str, *, dot_is_decimal: bool = False) -> Decimal:
    """ "1.250,5" -> Decimal("1250.5"); with ``dot_is_decimal`` "87.5" is 87,5 as well (percentages)."""
    typed = _tidy(text)
    sign, rest = _sign_and_rest(typed)
    if _PLAIN.match(rest) or _GROUPED.match(rest):
        return sign * _read_whole(rest, dot_is_decimal)
    if found := _ONE_MARK.match(rest):
        whole, mark, part = found.groups()
        return sign * _read_one_mark(whole, mark, part, dot_is_decimal)
    whole, comma, part = rest.rpartition(",")
    if comma and _GROUPED.match(whole) and _PLAIN.match(part):
        return sign * Decimal(f"{whole.replace('.', '').replace(' ', '')}.{part}")
    if _AMERICAN.match(rest):
        whole, _dot, part = rest.partition(".")
        right = _dots(whole.replace(",", "")) + (f",{part}" if part else "")
        raise Unreadable(f"Titik memisahkan ribuan, koma memisahkan desimal. Tulis {right}")
    raise _refuse(typed, "87,5" if dot_is_decimal else "1.250,5")


def _read_whole(text: str, dot_is_decimal: bool) -> Decimal:
    """ "1250" and "1.250"; where a dot may also be a decimal sign, one dot alone has two readings."""
    if dot_is_decimal and text.count(".") == 1:
        whole, _dot, part = text.partition(".")
        raise _two_readings(text, whole, part)
    return Decimal(text.replace(".", "").replace(" ", ""))


def _read_one_mark(whole: str, mark: str, part: str, dot_is_decimal: bool) -> Decimal:
    """Two groups of digits with a comma or a dot between them: "87,5", "0.5"."""
    thousands_possible = len(part) == 3 and len(whole) <= 3 and not whole.startswith("0")
    if not thousands_possible and (mark == "," or dot_is_decimal):
        return Decimal(f"{whole}.{part}")
    if mark == "." and whole == "0":  # 0.5 has one meaning only
        raise Unreadable(f"Tulis desimal dengan koma: 0,{part}")
    raise _two_readings(f"{whole}{mark}{part}", whole, part)


def read_percent(text: str) -> Decimal:
    """ "87,5", "87.5", "87,5 %" -> Decimal("87.5")."""
    return read_decimal(re.sub(r"(?<=[0-9])\s*(%|persen)$", "", _tidy(text), flags=re.IGNORECASE), dot_is_decimal=True)


_DEGREES = re.compile(r"^([+-]?)([0-9]{1,3})(?:[.,]([0-9]{1,12}))?$", re.ASCII)


def read_degrees(text: str) -> Decimal:
    """ "0,166", "111.729", "-0,5 °" -> the coordinate."""
    found = _DEGREES.match(_tidy(text).rstrip("\N{DEGREE SIGN} "))
    if not found:
        raise Unreadable("Tulis derajat dengan koma, contoh 0,166 atau 111,729")
    sign, whole, part = found.groups()
    return Decimal(f"{sign}{whole}.{part or 0}")


# --- Dates -----------------------------------------------------------------------------------
_NAMES = {name.lower(): position for position, name in enumerate(MONTHS, start=1)}
_NAMES |= {name[:3].lower(): position for position, name in enumerate(MONTHS, start=1)}
_NAMES |= {"agt": 8, "agust": 8, "sept": 9, "nop": 11, "nopember": 11, "pebruari": 2, "peb": 2}
_WEEKDAY = re.compile(r"^(senin|selasa|rabu|kamis|jumat|jum'at|sabtu|minggu)\s*,?\s*", re.IGNORECASE)
_WORDS = re.compile(r"^([0-9]{1,2})[ -]([a-z]+)\.?[ -]([0-9]{1,4})$", re.IGNORECASE | re.ASCII)
_FIGURES = re.compile(r"^([0-9]{1,2})\s?[-/. ]\s?([0-9]{1,2})\s?[-/. ]\s?([0-9]{1,4})$", re.ASCII)
_ISO = re.compile(r"^([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})$", re.ASCII)
DATE_EXAMPLE = "29 Maret 2017 atau 29-03-2017"


def read_date(text: str) -> date:
    """ "29 Maret 2017", "29-03-2017", "29/03/2017" and "2017-03-29" -> the day."""
    typed = _tidy(text)
    rest = _WEEKDAY.sub("", typed)
    if found := _ISO.match(rest):
        year, month, day = found.groups()
    elif found := _FIGURES.match(rest):
        day, month, year = found.groups()
    elif found := _WORDS.match(rest):
        day, name, year = found.groups()
        month = _NAMES.get(name.lower())
        if month is None:
            raise Unreadable(f"Bulan “{name}” tidak dikenal. Tulis seperti {DATE_EXAMPLE}")
    else:
        raise Unreadable(f"“{typed}” bukan tanggal. Tulis seperti {DATE_EXAMPLE}")
    day, month = int(day), int(month)
    if len(year) != 4:
        raise Unreadable("Tulis tahun dengan empat angka, contoh 29-03-2017")
    if month > 12:
        raise Unreadable(f"Bulan {month} tidak ada. Tulis tanggal dahulu, lalu bulan, contoh 29-03-2017")
    try:
        return date(int(year), month, day)
    except ValueError:
        raise Unreadable(f"Tanggal “{typed}” tidak ada di kalender") from None


_TIME = re.compile(
    r"^(.+?)[ ,T]\s*(?:pukul|jam|pkl\.?)?\s*([0-9]{1,2})[.:]([0-9]{2})(?:[.:]([0-9]{2}))?\s*(?:wib|wita|wit)?$",
    re.IGNORECASE,
)
MOMENT_EXAMPLE = "31-10-2019 16.00"


def read_moment(text: str) -> datetime:
    """ "31-10-2019 16.00", "31 Oktober 2019 pukul 16:00", "2019-10-31 16.00.59" -> day and time, without a zone."""
    typed = _tidy(text)
    found = _TIME.match(typed)
    if not found:
        raise Unreadable(f"Tulis tanggal dan jamnya, contoh {MOMENT_EXAMPLE}")
    day, hour, minute, second = found.groups()
    try:
        at = time(int(hour), int(minute), int(second or 0))
    except ValueError:
        raise Unreadable(f"Jam “{hour}.{minute}” tidak ada. Tulis 00.00 sampai 23.59") from None
    return datetime.combine(read_date(day), at)
