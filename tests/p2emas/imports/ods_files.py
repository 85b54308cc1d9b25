"""Tables as LibreOffice saves them (.ods), by hand: no library of ours writes them."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from typing import Any
from xml.sax.saxutils import escape, quoteattr

ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in {"office": "office", "table": "table", "text": "text", "style": "style"}.items()
)
STYLES = (
    '<office:automatic-styles><style:style style:name="away" style:family="table">'
    '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
)
MANIFEST = (
    '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS_TYPE}">%s</manifest:file-entry>'
    "</manifest:manifest>"
)
EMPTY_END = (  # what LibreOffice writes below every table
    '<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="16384"/>'
    "</table:table-row>"
)


def cell(value: Any) -> str:
    if value is None or value == "":
        return "<table:table-cell/>"
    if isinstance(value, bool):
        word = "true" if value else "false"
        return f'<table:table-cell office:value-type="boolean" office:boolean-value="{word}"/>'
    if isinstance(value, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{value!r}"><text:p>0</text:p></table:table-cell>'
    if isinstance(value, date):
        return f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}"/>'
    return f'<table:table-cell office:value-type="string"><text:p>{escape(str(value))}</text:p></table:table-cell>'


def table(name: str, rows: Sequence[Sequence[Any]], *, shown: bool = True, end: str = EMPTY_END) -> str:
    body = "".join(f"<table:table-row>{''.join(map(cell, row)) or cell(None)}</table:table-row>" for row in rows)
    style = "" if shown else ' table:style-name="away"'
    return f"<table:table table:name={quoteattr(name)}{style}>{body}{end}</table:table>"


def ods(*tables: str, locked: bool = False, parts: dict[str, bytes] | None = None) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), ODS_TYPE)
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0"?><office:document-content {NAMES}>{STYLES}<office:body><office:spreadsheet>'
            f"{''.join(tables)}</office:spreadsheet></office:body></office:document-content>",
        )
        archive.writestr("META-INF/manifest.xml", MANIFEST % ("<manifest:encryption-data/>" if locked else ""))
        for name, content in (parts or {}).items():
            archive.writestr(name, content)
    return made.getvalue()


def filled(rows: Sequence[Sequence[Any]], *, token: str = "produksi:1", fill: str = "Isian") -> bytes:
    """Our template of the kind "produksi" with these rows, headings first, as LibreOffice saves it."""
    return ods(table(fill, rows), table("p2emas", [[token]], shown=False))
