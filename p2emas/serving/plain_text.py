"""Text that any paper may have: without the control characters that XML forbids and Word pastes."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from django.http import HttpRequest, QueryDict

# What XML 1.0 cannot hold; a vertical tab is the line break of Word, a form feed its page break.
PASTED = re.compile("[\x0b\x0c]")
BREAKS = re.compile("\r\n?|[\x0b\x0c]")
FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
ANY = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def as_plain_text(text: str) -> str:
    """``text`` with other breaks as newlines and nothing forbidden; tab and newline stay."""
    return FORBIDDEN.sub("", BREAKS.sub("\n", text))


def plain_data(value: Any) -> Any:
    """Lists and dictionaries as deep as they go, with every text plain."""
    if isinstance(value, str):
        return as_plain_text(value)
    if isinstance(value, Mapping):
        return {key: plain_data(each) for key, each in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return [plain_data(each) for each in value]
    return value


def plain_form(data: QueryDict) -> QueryDict:
    """What a browser sent, without forbidden characters; the same object where there are none, as nearly always.

    Returns and newlines stay as they came: forms know them.
    """
    if not any(ANY.search(value) for _name, values in data.lists() for value in values):
        return data
    made = data.copy()
    for name, values in data.lists():
        made.setlist(name, [FORBIDDEN.sub("", PASTED.sub("\n", value)) for value in values])
    return made


def put_form(request: HttpRequest, name: Literal["GET", "POST"], data: QueryDict) -> None:
    """Have the rest of the request read ``data`` in place of what was sent."""
    setattr(request, name, data)
