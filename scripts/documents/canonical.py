"""A document as a list of lines that are equal when a reader and a browser see no difference."""

import io
import re
import subprocess
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser

INLINE = frozenset(
    (
        *("a", "abbr", "b", "bdi", "br", "button", "cite", "code", "data", "dfn", "em", "i", "img", "input", "kbd"),
        *("label", "mark", "meter", "output", "progress", "q", "s", "samp", "select", "small", "span", "strong", "sub"),
        *("sup", "svg", "textarea", "time", "u", "use", "var", "wbr"),
    )
)
VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "use", "wbr")
)
EXACT = frozenset(("pre", "textarea", "script", "style"))
# Drawn anew for each answer.
CHANGING = (
    (re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"), "UUID"),
    (re.compile(r"Nomor permintaan: \w+"), "Nomor permintaan: N"),
    (re.compile(r"\b[A-Za-z0-9]{64}\b"), "TOKEN"),
)
SECRET_FIELDS = frozenset(("csrfmiddlewaretoken", "token"))
TEXT_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml")


def of_html(text: str) -> list[str]:
    parser = _Canonical()
    parser.feed(text)
    parser.close()
    return parser.finished()


def of_answer(kind: str, body: bytes) -> list[str]:
    """The lines of an answer by its content type; papers by what stands in them."""
    if kind.startswith("text/html"):
        return of_html(body.decode())
    if kind.startswith("application/pdf"):
        done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=body, capture_output=True, check=True)
        return _plain(done.stdout.decode())
    if "officedocument" in kind:
        return list(_of_office(body))
    if kind.startswith("text/") or "json" in kind:
        return _plain(body.decode("utf-8", "replace"))
    return [f"{len(body)} bytes of {kind}"] if not kind.startswith(("image/", "application/zip")) else [kind]


def _plain(text: str) -> list[str]:
    return [_unchanging(line.rstrip()) for line in text.splitlines()]


def _of_office(body: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(body)) as parts:
        for name in sorted(parts.namelist()):
            if TEXT_PARTS.fullmatch(name) or name.startswith("xl/"):
                yield f"-- {name}"
                yield from _plain(parts.read(name).decode().replace("><", ">\n<"))


def _unchanging(text: str) -> str:
    for pattern, word in CHANGING:
        text = pattern.sub(word, text)
    return text


def _attribute(name: str, value: str | None) -> str:
    return name if value is None else f'{name}="{_unchanging(" ".join(value.split()))}"'


class _Canonical(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._text = ""
        self._exact: list[str] = []

    def finished(self) -> list[str]:
        self._end_text(block=True)
        return self._lines

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._end_text(block=tag not in INLINE)
        values = dict(attrs)
        if values.get("name") in SECRET_FIELDS and "value" in values:
            values["value"] = "TOKEN"
        pairs = [_attribute(name, value) for name, value in sorted(values.items())]
        self._lines.append(" ".join((f"<{tag}", *pairs)) + ">")
        if tag in EXACT:
            self._exact.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        self._end_text(block=tag not in INLINE)
        if self._exact and self._exact[-1] == tag:
            self._exact.pop()
        self._lines.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._text += data

    def _end_text(self, *, block: bool) -> None:
        """Add the text since the last tag; beside a block element white space shows nothing."""
        text, self._text = self._text, ""
        if self._exact:
            if text:
                self._lines.append(repr(_unchanging(text)))
            return
        words = _unchanging(" ".join(text.split()))
        after_block = not self._lines or self._lines[-1].strip("</>").partition(" ")[0].strip(">") not in INLINE
        before = " " if text[:1].isspace() and not after_block else ""
        after = " " if text[-1:].isspace() and not block else ""
        if words:
            self._lines.append(f"{before}{words}{after}")
        elif before and after:
            self._lines.append(" ")
