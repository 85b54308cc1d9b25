"""The five levels of a code and how they nest: a code begins with that of the level above.

"x" in a code of a list takes the place of what each agency or function has of its own: "2.01.XX.15.02" of Permendagri
13/2006 leaves open the number of the agency, "X.XX.01.2.01.0001" the function.
"""

import re

from django.db import models

SHAPE = re.compile(r"^[0-9X]{1,2}(\.[0-9X]{1,4}){0,7}$")
# of an activity: Permendagri 13/2006, with and without the number of the agency, and 90/2019
OF_ACTIVITY = re.compile(
    r"([0-9])\.([0-9]{2})\.(?:(?:[0-9X]{2}\.)?[0-9]{2}\.[0-9]{2}|[0-9]{2}\.[0-9]\.[0-9]{2}\.[0-9]{2,4})"
)
# codes of Permendagri 13/2006, with and without the number of the agency, and of 90/2019 and its updates
LONG = re.compile(r"[0-9]\.[0-9]{2}\.[0-9X]{2}\.[0-9]{2}\.[0-9]{2}")
SHORT = re.compile(r"[0-9]\.[0-9]{2}\.[0-9]{2}\.[0-9]{2}")
LATER = re.compile(r"[0-9]\.[0-9]{2}\.[0-9]{2}\.[0-9]\.[0-9]{2}\.[0-9]{2,4}")
ORGANISATION = 2  # the place of the agency's number in a code of Permendagri 13/2006


class Level(models.TextChoices):
    URUSAN = "URUSAN", "Urusan"
    BIDANG = "BIDANG", "Bidang urusan"
    PROGRAM = "PROGRAM", "Program"
    KEGIATAN = "KEGIATAN", "Kegiatan"
    SUB_KEGIATAN = "SUB_KEGIATAN", "Sub kegiatan"


ORDER = tuple(Level)
ABOVE = dict(zip(ORDER[1:], ORDER, strict=False))


def tidy(code: str) -> str:
    """A code as it is compared: capitals, no spaces, no dot at the end."""
    return re.sub(r"\s+", "", code).upper().rstrip(".")


def parent_of(level: str, code: str) -> str:
    """The code of the level above, "" of an urusan."""
    parts = code.split(".")
    if level not in ABOVE:
        return ""
    dropped = 1
    if level == Level.PROGRAM and len(parts) > ORGANISATION + 1:
        dropped = len(parts) - ORGANISATION  # "2.01.XX.15" is a program of 2.01
    elif level == Level.KEGIATAN and len(parts) > 4 and len(parts[-2]) == 1:
        dropped = 2  # "2.01" of "1.01.02.2.01" is one number
    return ".".join(parts[:-dropped])


def urusan_of(code: str) -> tuple[str, str]:
    """The codes of urusan and bidang urusan of an activity, each "" where its code follows no pattern."""
    found = OF_ACTIVITY.fullmatch(code.upper())
    return (found[1], f"{found[1]}.{found[2]}") if found else ("", "")


def codes_above(code: str) -> dict[Level, str]:
    """The code of each level of an activity's ``code``, "" where it follows no pattern; the agency's number is open."""
    code = code.upper()
    if LONG.fullmatch(code):
        below = {Level.PROGRAM: f"{code[:5]}XX{code[7:10]}", Level.KEGIATAN: code, Level.SUB_KEGIATAN: ""}
    elif SHORT.fullmatch(code):
        below = {Level.PROGRAM: f"{code[:5]}XX{code[4:7]}", Level.KEGIATAN: code, Level.SUB_KEGIATAN: ""}
    elif LATER.fullmatch(code):
        below = {Level.PROGRAM: code[:7], Level.KEGIATAN: code[:12], Level.SUB_KEGIATAN: code}
    else:
        return dict.fromkeys(ORDER, "")
    return {Level.URUSAN: code[:1], Level.BIDANG: code[:4], **below}


def written_as(code: str) -> tuple[str, ...]:
    """How a list may have ``code``: as it is, without or with an open number of the agency, with an open function."""
    parts = code.split(".")
    found = [code]
    if len(parts) > ORGANISATION + 1:
        found.append(".".join([*parts[:ORGANISATION], "XX", *parts[ORGANISATION + 1 :]]))
        found.append(".".join([*parts[:ORGANISATION], *parts[ORGANISATION + 1 :]]))
        found.append(".".join(["X", "XX", *parts[ORGANISATION:]]))
        found.append(".".join(["X", "XX", "XX", *parts[ORGANISATION + 1 :]]))
    return tuple(dict.fromkeys(found))
