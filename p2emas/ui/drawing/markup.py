"""What Python draws of long tables: ``format_html`` for texts that are not lazy, at a fifth of its price.

``format_html`` asks of each value whether it is a promise, in Python; a table of three hundred rows has ten thousand.
Everything is escaped but what was drawn here or by ``format_html`` itself.
"""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString


def fill(pattern: str, *texts: object, **named: object) -> SafeString:
    """``pattern.format`` with every value escaped; the pattern is written out in the code."""
    return SafeString(pattern.format(*map(_escaped, texts), **{name: _escaped(text) for name, text in named.items()}))


def fill_each(pattern: str, texts: Iterable[object]) -> SafeString:
    """The pattern once for each of ``texts``, without anything between."""
    return SafeString("".join([pattern.format(_escaped(text)) for text in texts]))


def _escaped(text: object) -> str:
    return text if isinstance(text, SafeString) else escape(str(text))
