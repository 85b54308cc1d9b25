"""Tries a Word template, or fills it: a program that somebody uploaded, so it runs in this process and in a sandbox."""

import base64
import io
from collections.abc import Sequence
from typing import Any

from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment

from p2emas.documents.readers.wire import Refused

COMPARE = "Bandingkan dengan templat bawaan."
# Of a table, in its units (360,000 a centimetre): what a letter of the text takes, and both margins of a cell.
SIGN, CELL_MARGINS = 76_000, 140_000
EMBLEM_HEIGHT = 22  # millimetres
LONGEST_TITLE = 255  # of a core property, else python-docx raises


def read(data: bytes, *, papers: Sequence[dict[str, Any]], strict: bool = False) -> tuple[dict[str, Any], list[bytes]]:
    """The Word file of each paper (``context`` and ``title``); ``strict`` refuses names that no paper knows."""
    if strict:
        _check_names(data, set(papers[0]["context"]))
    return {}, [_filled(data, paper["context"], paper["title"], paper.get("emblem", "")) for paper in papers]


def _opened(data: bytes) -> DocxTemplate:
    document = DocxTemplate(io.BytesIO(data))
    try:
        document.init_docx()
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - python-docx and lxml say in many ways that they cannot read a file
        raise Refused("Berkas ini tidak dapat dibaca sebagai dokumen Word. Simpan ulang, lalu coba lagi.") from None
    return document


def _check_names(data: bytes, known: set[str]) -> None:
    document = _opened(data)
    with _Sentences():
        unknown = document.get_undeclared_template_variables(SandboxedEnvironment()) - known
    if unknown:
        names = ", ".join(sorted(unknown))[:300]
        raise Refused(f"Kata dalam kurung kurawal ini tidak dikenal: {names}. Pakai nama yang ada di templat bawaan.")


def _filled(data: bytes, context: dict[str, Any], title: str, emblem: str) -> bytes:
    """What people typed is escaped, so that "&" stays "&"; ``emblem`` is a PNG in base64, or nothing."""
    document = _opened(data)
    if emblem:
        picture = InlineImage(document, io.BytesIO(base64.b64decode(emblem)), height=Mm(EMBLEM_HEIGHT))
        context = context | {"emblem": picture}
    with _Sentences():
        document.render(context, SandboxedEnvironment(autoescape=True), autoescape=True)
        _fit_columns(document.docx.tables, context["sections"])
        document.core_properties.title = title[:LONGEST_TITLE]
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


class _Sentences:
    """Everything that a template raises becomes a sentence; our parent process tells of lack of memory."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type | None, error: BaseException | None, trace: object) -> None:
        if error is None or not isinstance(error, Exception) or isinstance(error, MemoryError | Refused):
            return
        raise Refused(f"Templat ini tidak dapat diisi: {_reason(error)}. {COMPARE}") from None


def _reason(error: Exception) -> str:
    if isinstance(error, TemplateSyntaxError):
        return "ada kurung kurawal atau perintah yang salah tulis"
    if isinstance(error, SecurityError):
        return "ada perintah yang tidak diizinkan"
    if isinstance(error, UndefinedError):
        return "ada isian yang tidak ada dalam naskah"
    if isinstance(error, RecursionError):
        return "ada makro yang memanggil dirinya terus"
    return "ada perintah atau hitungan yang gagal"


def _fit_columns(tables: Sequence[Any], sections: Sequence[dict[str, Any]]) -> None:
    """Columns as wide as their texts: a template's loop makes them all equal."""
    widths = {tuple(section["header"]): section for section in sections if section["header"]}
    for table in (table for table in tables if len(table.rows)):
        shares = widths.get(tuple(cell.text for cell in table.rows[0].cells))
        columns = list(table.columns)
        if shares and len(columns) == len(shares["widths"]):
            _set_widths(table, _sizes(sum(column.width or 0 for column in columns), shares["widths"], shares["least"]))


def _set_widths(table: Any, sizes: Sequence[int]) -> None:
    table.autofit = False
    for column, size in zip(table.columns, sizes, strict=True):
        column.width = size
    for row in table.rows:
        for cell, size in zip(row.cells, sizes, strict=True):
            cell.width = size


def _sizes(whole: int, shares: Sequence[int], least: Sequence[int]) -> list[int]:
    """Widths that hold the longest word of each column on one line; what is left goes where the texts are long."""
    needed = [CELL_MARGINS + signs * SIGN for signs in least]
    spare = whole - sum(needed)
    if spare < 0:
        return [whole * each // sum(needed) for each in needed]
    return [each + spare * share // sum(shares) for each, share in zip(needed, shares, strict=True)]
