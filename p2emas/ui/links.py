"""Links that keep the state of a list, and the addresses of its rows."""

import re
from functools import lru_cache

from django.db.models import Model
from django.http import QueryDict
from django.urls import get_script_prefix, get_urlconf, reverse

_PLACE = 98_765_432_101


def with_query(query: QueryDict, **changes: object) -> str:
    """ "?periode=2019-T3&urut=-skpd": ``query`` with ``changes``; None drops a key, a list sets several values."""
    changed = query.copy()
    for key, value in changes.items():
        if value is None:
            changed.pop(key, None)
        elif isinstance(value, list | tuple):
            changed.setlist(key, [str(item) for item in value])
        else:
            changed[key] = str(value)
    return f"?{changed.urlencode()}"


def address_of(record: Model) -> str:
    """The page of a record that has one."""
    address = getattr(record, "get_absolute_url", None)
    if address is None:
        raise TypeError(f"{type(record).__name__} has no page")
    return address()


_PLAIN = re.compile("[A-Za-z0-9.-]+")
_WORD = "x0x0x"


def lettered(name: str, text: str) -> str:
    """``reverse(name, args=[text])`` for a slug or a code: a page of a regency has hundreds of villages."""
    if not _PLAIN.fullmatch(text):
        return reverse(name, args=[text])
    before, after = _around_word(name, get_urlconf(), get_script_prefix())
    return f"{before}{text}{after}"


@lru_cache(maxsize=64)
def _around_word(name: str, urlconf: str | None, prefix: str) -> tuple[str, str]:
    before, _, after = reverse(name, args=[_WORD], urlconf=urlconf).partition(_WORD)
    return before, after


def numbered(name: str, pk: int) -> str:
    """``reverse(name, args=[pk])`` for the rows of a list: the address is worked out once, not for each row."""
    before, after = _around(name, get_urlconf(), get_script_prefix())
    return f"{before}{int(pk)}{after}"


@lru_cache(maxsize=256)
def _around(name: str, urlconf: str | None, prefix: str) -> tuple[str, str]:
    before, _, after = reverse(name, args=[_PLACE], urlconf=urlconf).partition(str(_PLACE))
    return before, after
