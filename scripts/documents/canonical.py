"""A document as a list of lines that are equal when a reader and a browser see no difference."""

import io
import re
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html.parser import HTMLParser

# Inside a line of text. A line break is not: white space beside it shows nothing.
INLINE = frozenset(
    (
        *("a", "abbr", "b", "bdi", "button", "cite", "code", "data", "dfn", "em", "i", "img", "input", "kbd"),
        *("label", "mark", "meter", "output", "progress", "q", "s", "samp", "select", "small", "span", "strong", "sub"),
        *("sup", "svg", "textarea", "time", "tspan", "u", "var", "wbr"),
    )
)
OWN_BOX = frozenset(("button", "label", "select", "svg"))  # inline, yet white space at their edges shows nothing inside
TEXT_LINE = frozenset(("text",))  # white space at their edges inside is kept
# Classes of p2emas.css and Bootstrap with display: block, and with display: flex or grid, whose children are boxes.
BLOCK_CLASSES = frozenset(("d-block", "form-control", "form-select"))
FLEX_CLASSES = frozenset(
    (
        *("actions", "answers", "banner", "block-head", "boxes", "brand", "chip", "cols", "filters"),
        *("finding", "grid", "head-line", "kop", "links", "masthead-bar", "page-head", "pagination", "paging"),
        *("row-line", "scale", "sign", "small-multiples", "sort", "state", "tabs", "thumbs", "tile", "tiles", "two"),
        "wait",
    )
)
INLINE_CLASSES = frozenset(("breadcrumb-item",))  # display: inline, also where the element alone would be a block
FLEX_WITHIN = {"foot": "container"}  # the second class inside the first
VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "use", "wbr")
)
EXACT = frozenset(("pre", "textarea", "script", "style"))
# Drawn again for each answer.
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
    """The lines of an answer by its content type; papers by what they contain."""
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


@dataclass(frozen=True)
class _Box:
    """How an element is placed among others: ``is_block`` from outside, ``trims`` white space at its edges inside."""

    tag: str
    is_block: bool
    trims: bool
    is_flex: bool
    classes: tuple[str, ...] = ()

    @classmethod
    def of(cls, tag: str, classes: list[str], parent: "_Box | None") -> "_Box":
        within = {FLEX_WITHIN.get(name) for name in parent.classes} if parent else set()
        is_flex = bool(FLEX_CLASSES.intersection(classes) or within.intersection(classes))
        is_inline = tag in INLINE or bool(INLINE_CLASSES.intersection(classes))
        is_block = not is_inline or bool(BLOCK_CLASSES.intersection(classes)) or bool(parent and parent.is_flex)
        return cls(
            tag, is_block, (is_block or is_flex or tag in OWN_BOX) and tag not in TEXT_LINE, is_flex, tuple(classes)
        )


class _Canonical(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._text = ""
        self._exact: list[str] = []
        self._open: list[_Box] = []
        self._after_edge = True  # whether white space here shows nothing, because of what comes before

    def finished(self) -> list[str]:
        self._end_text(edge=True)
        return self._lines

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        box = _Box.of(tag, (values.get("class") or "").split(), self._open[-1] if self._open else None)
        if values.get("type") == "hidden":
            box = replace(box, is_block=True)  # it takes no place
        self._end_text(edge=box.is_block)
        if values.get("name") in SECRET_FIELDS and "value" in values:
            values["value"] = "TOKEN"
        pairs = [_attribute(name, value) for name, value in sorted(values.items())]
        self._lines.append(" ".join((f"<{tag}", *pairs)) + ">")
        self._after_edge = box.is_block if tag in VOID else box.trims
        if tag not in VOID:
            self._open.append(box)
        if tag in EXACT:
            self._exact.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        while self._open and self._open[-1].tag != tag and tag in (box.tag for box in self._open):
            self._open.pop()  # closed by its parent's end, as a list item may be
        box = self._open.pop() if self._open and self._open[-1].tag == tag else _Box.of(tag, [], None)
        self._end_text(edge=box.trims)
        if self._exact and self._exact[-1] == tag:
            self._exact.pop()
        self._lines.append(f"</{tag}>")
        self._after_edge = box.is_block

    def handle_data(self, data: str) -> None:
        self._text += data

    def _end_text(self, *, edge: bool) -> None:
        """Add the text since the last tag; ``edge``: white space before what follows shows nothing."""
        text, self._text = self._text, ""
        if self._exact:
            if text:
                self._lines.append(repr(_unchanging(text)))
            return
        words = _unchanging(" ".join(text.split()))
        before = " " if text[:1].isspace() and not self._after_edge else ""
        after = " " if text[-1:].isspace() and not edge else ""
        if words:
            self._lines.append(f"{before}{words}{after}")
        elif before and after:
            self._lines.append(" ")
