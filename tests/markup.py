"""What pages say, without the white space with which their templates are written."""

import re


def squeezed(html: str) -> str:
    """In one line, with a space for every run of white space, as a browser shows it; a no-break space stays."""
    return re.sub(r"[ \t\r\n\f]+", " ", html).strip()


def tight(html: str) -> str:
    """In one line, without the white space beside tags."""
    return re.sub(r" (?=</?\w|>)|(?<=>) ", "", squeezed(html))


def words(html: str) -> str:
    """The words alone, in one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())
