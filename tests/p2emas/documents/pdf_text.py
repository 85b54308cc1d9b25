"""Reads the text layer of the PDFs that typst writes: enough for tests, no package needed."""

import re
import zlib

OBJECT = re.compile(rb"(\d+) 0 obj(.*?)endobj", re.DOTALL)
# a literal may hold balanced parentheses unescaped
LITERAL = rb"\((?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*\)|<[0-9a-fA-F]*>"
SHOWN = re.compile(
    rb"/(f\d+) [\d.]+ Tf|\[(.*?)\] ?TJ|(" + LITERAL + rb") ?Tj|(?<=\s)(?:T\*|Td|Tm|ET)",
    re.DOTALL,
)
PIECE = re.compile(LITERAL, re.DOTALL)
ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def objects(pdf: bytes) -> dict[int, bytes]:
    """Number -> body of every object, packed ones included."""
    found = {int(match[1]): match[2] for match in OBJECT.finditer(pdf)}
    for body in list(found.values()):
        if b"/ObjStm" in body.partition(b"stream")[0]:
            text = stream(body)
            first = int(re.search(rb"/First (\d+)", body)[1])
            pairs = [int(part) for part in text[:first].split()]
            starts = [first + offset for offset in pairs[1::2]] + [len(text)]
            found |= {n: text[starts[i] : starts[i + 1]] for i, n in enumerate(pairs[::2])}
    return found


def stream(body: bytes) -> bytes:
    content = body.split(b"stream", 1)[1].lstrip(b"\r\n").rpartition(b"endstream")[0]
    return zlib.decompressobj().decompress(content) if b"/FlateDecode" in body.partition(b"stream")[0] else content


def mapping(cmap: bytes) -> dict[int, str]:
    """Glyph -> characters, from a ToUnicode map."""
    found = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, text in re.findall(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block):
            found[int(code, 16)] = bytes.fromhex(text.decode()).decode("utf-16-be")
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for low, high, text in re.findall(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block):
            start = int(text, 16)
            for step in range(int(high, 16) - int(low, 16) + 1):
                found[int(low, 16) + step] = chr(start + step)
    return found


def literal(piece: bytes) -> bytes:
    if piece.startswith(b"<"):
        return bytes.fromhex(piece[1:-1].decode())
    return re.sub(rb"\\([0-7]{1,3}|.)", lambda found: escaped(found[1]), piece[1:-1], flags=re.DOTALL)


def escaped(char: bytes) -> bytes:
    return bytes([int(char, 8)]) if char.isdigit() else ESCAPES.get(char, char)


def text_of(pdf: bytes) -> str:
    """Page by page; a page names its fonts itself, and the same name may mean another font on the next one."""
    found = objects(pdf)
    known: dict[int, dict[int, str]] = {}
    pages = []
    for body in found.values():
        content, resources = (re.search(rb"/%s (\d+) 0 R" % key, body) for key in (b"Contents", b"Resources"))
        if content is None or not re.search(rb"/Type ?/Page\b", body):
            continue
        fonts = {}
        for name, number in re.findall(rb"/(f\d+) (\d+) 0 R", found[int(resources[1])] if resources else body):
            if int(number) not in known:
                link = re.search(rb"/ToUnicode (\d+) 0 R", found[int(number)])
                known[int(number)] = mapping(stream(found[int(link[1])])) if link else {}
            fonts[name] = known[int(number)]
        pages.append(_page(stream(found[int(content[1])]), fonts))
    return re.sub(r"\s+", " ", " ".join(pages))


def _page(content: bytes, fonts: dict[bytes, dict[int, str]]) -> str:
    shown, font = [], {}
    for match in SHOWN.finditer(content):
        if match[1]:
            font = fonts[match[1]]
        elif match[2] is not None or match[3]:
            for piece in PIECE.findall(match[2] if match[2] is not None else match[3]):
                raw = literal(piece)
                shown += [font.get(int.from_bytes(raw[i : i + 2], "big"), "?") for i in range(0, len(raw), 2)]
        else:
            shown.append(" ")
    return "".join(shown)
