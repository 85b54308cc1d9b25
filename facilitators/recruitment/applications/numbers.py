"""NIK, phone numbers and names as people type them: pure functions; refusals carry the sentence to show."""

import re
import unicodedata
from datetime import date

from p2emas.ui.reading import Unreadable

LONGEST = 40  # characters typed; a NIK has 16, a phone number at most 15
PROVINCES = frozenset(
    [*range(11, 20), 21, *range(31, 37), *range(51, 54), *range(61, 66), *range(71, 77), 81, 82, *range(91, 98)]
)
WOMEN = 40  # a woman's day of birth is written with 40 added
_APART = re.compile(r"[\s.\-‐-―−()/\u00a0\u200b]+")
_DIGITS = re.compile(r"[0-9]+", re.ASCII)


def read_nik(text: str, born: date | None = None) -> str:
    """The 16 digits of a NIK; spaces, dots and hyphens are dropped.

    Raises ``Unreadable`` when the shape cannot be: another length, a province that does not exist, kabupaten,
    kecamatan or serial number zero, no day of the calendar, or (with ``born``) another day than that of birth. A NIK
    from elsewhere in the country is as good as one of the regency.
    """
    digits = _APART.sub("", unicodedata.normalize("NFKC", str(text)[: LONGEST * 2]))
    if not _DIGITS.fullmatch(digits):
        raise Unreadable("Isi NIK dengan angka saja, seperti tertulis di KTP.")
    if len(digits) != 16:
        raise Unreadable(f"NIK terdiri atas 16 angka; yang Anda isi {len(digits)} angka. Periksa lagi di KTP.")
    parts = (int(digits[:2]) in PROVINCES, int(digits[2:4]), int(digits[4:6]), int(digits[12:]))
    if not all(parts) or not _days(digits):
        raise Unreadable("NIK ini tidak mungkin benar. Periksa lagi angka demi angka di KTP.")
    if born is not None and born not in _days(digits):
        raise Unreadable("NIK dan tanggal lahir tidak cocok. Periksa keduanya di KTP.")
    return digits


def _days(nik: str) -> set[date]:
    """The days of birth that the digits 7 to 12 can mean: this century or the one before."""
    day, month, year = int(nik[6:8]), int(nik[8:10]), int(nik[10:12])
    found = set()
    for century in (1900, 2000):
        try:
            found.add(date(century + year, month, day - WOMEN if day > WOMEN else day))
        except ValueError:
            continue
    return found


def read_phone(text: str) -> str:
    """One form for every spelling of a mobile number: 0812…, +62 812…, 62812…, 8-12…, (0812) … -> +62812…"""
    typed = unicodedata.normalize("NFKC", str(text)[: LONGEST * 2]).strip()
    digits = _APART.sub("", typed.removeprefix("+"))
    if not _DIGITS.fullmatch(digits):
        raise Unreadable("Isi nomor HP dengan angka, contoh 0812-3456-7890.")
    for before in ("0062", "62", "0"):
        if digits.startswith(before):
            digits = digits.removeprefix(before).removeprefix("0" if before != "0" else "")
            break
    if not (digits.startswith("8") and 9 <= len(digits) <= 12):
        raise Unreadable("Ini bukan nomor HP Indonesia. Isi nomor yang dimulai dengan 08, contoh 0812-3456-7890.")
    return f"+62{digits}"


def shown_phone(phone: str) -> str:
    """+6281234567890 -> 0812-3456-7890, as people say it."""
    if not phone.startswith("+62"):
        return phone
    local = f"0{phone[3:]}"
    return "-".join(part for part in (local[:4], local[4:8], local[8:]) if part)


def tidy_name(text: str) -> str:
    """The name with single spaces; one that is all capitals or all small gets capitals where names have them.

    What follows a comma (a degree) and single letters stay as they were typed.
    """
    typed = " ".join(str(text).split())
    name, comma, degree = typed.partition(",")
    if not (name.isupper() or name.islower()):
        return typed
    tidied = " ".join(_capital(word) for word in name.split(" ")) + comma + degree
    return tidied if tidied.casefold() == typed.casefold() else typed


def _capital(word: str) -> str:
    if "." in word.rstrip("."):  # initials: "A.H."
        return word.upper()
    return "-".join(part.capitalize() for part in word.split("-"))
