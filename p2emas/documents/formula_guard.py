"""Text that no spreadsheet computes, and back. Plain Python: the process that reads uploaded tables uses it too."""

import re

# What a spreadsheet may compute: a sign (full-width ones too) where a cell begins, or where one begins for a program
# that separates by another sign than we do. Blanks before it do not count, nor does the tail of "1.250.000,-".
_BLANKS = r"(?:[^\S\t\r\n]|[\u200b-\u200f\u2060\ufeff])*"
_SIGNS = r"[=@\uff1d\uff20+\-\uff0b\uff0d]"
_START = rf"'*(?:[\t\r\n]|{_BLANKS}{_SIGNS})"
_INSIDE = (
    rf"'*{_BLANKS}(?:[=@\uff1d\uff20]|(?<![\r\n])[+\-\uff0b\uff0d](?!\s*(?:$|[,;|]))"
    rf"|(?<=[\r\n])[+\-\uff0b\uff0d](?![\s,;|]|$))"
)
_GUARD_START, _GUARDED_START = re.compile(_START), re.compile(rf"'(?={_START})")
_GUARD_INSIDE, _GUARDED_INSIDE = re.compile(rf"([,;|\t\r\n])(?={_INSIDE})"), re.compile(rf"([,;|\t\r\n])'(?={_INSIDE})")


def guarded(text: str) -> str:
    """Text that no spreadsheet computes: an apostrophe before everything that could begin a formula."""
    text = _GUARD_INSIDE.sub(r"\1'", text)
    return f"'{text}" if _GUARD_START.match(text) else text


def unguarded(text: str) -> str:
    """What ``guarded`` was given: our own files can be uploaded again."""
    return _GUARDED_INSIDE.sub(r"\1", _GUARDED_START.sub("", text, count=1) if _GUARDED_START.match(text) else text)
