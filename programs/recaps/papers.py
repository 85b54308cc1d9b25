"""Official papers as PDF: F4 landscape, letterhead, heads on every page, signature blocks."""

from dataclasses import asdict
from typing import Any

from p2emas import clock
from p2emas.documents.papers import compile_with_emblem
from p2emas.naming import current, letterhead, said
from p2emas.ui import formats
from programs.recaps.description import ColumnKind, PaperColumn, RecapSheet, texts_of


def recap_pdf(sheet: RecapSheet) -> bytes:
    columns = sheet.columns
    data = {
        **_letterhead(sheet),
        "title": sheet.title,
        "period": f"{sheet.office} · Periode {sheet.period}",
        "marks": list(sheet.marks),
        "groups": [
            {
                "label": group.label,
                "number": group.number,
                "heads": [column.head for column in group.columns] if group.is_divided else [],
            }
            for group in sheet.groups
        ],
        "widths": _widths(sheet),
        "align": ["left" if column.kind == ColumnKind.TEXT else "right" for column in columns],
        "rows": [{"level": row.is_level, "cells": texts_of(row, columns)} for row in sheet.rows],
        "foot": [list(each) for each in sheet.foot],
        "factors": [list(each) for each in sheet.factors],
        "signers": [asdict(signer) for signer in sheet.signers],
        "notes": [*sheet.remarks, f"Dicetak dari {said('{site}')}, data per {formats.moment(clock.now())}."],
    }
    return compile_with_emblem("recap.typ", data)


def _letterhead(sheet: RecapSheet) -> dict[str, Any]:
    head = letterhead()
    if sheet.office in (head["regency"], current().office_name):
        return {"government": head["government"], "office": head["office"], "address": head["address"]}
    return {"government": head["government"], "office": sheet.office, "address": ""}


def _widths(sheet: RecapSheet) -> list[int]:
    """Relative: wide enough for the longest word or number of the column, more where words are long."""
    columns = sheet.columns
    labels = [group.label for group in sheet.groups for _column in group.columns]
    shares = [len(group.columns) for group in sheet.groups for _column in group.columns]
    texts = [texts_of(row, columns) for row in sheet.rows]
    return [
        _width(column, [row[place] for row in texts], _longest(labels[place]) // shares[place])
        for place, column in enumerate(columns)
    ]


def _width(column: PaperColumn, texts: list[str], label: int) -> int:
    """``label`` is what the longest word of the label asks of this column."""
    longest = max(map(_longest, (*texts, column.head)), default=0)
    if column.kind != ColumnKind.TEXT:
        return max(longest, label, 3) + 1
    usual = sum(map(len, texts)) // max(len(texts), 1)
    return max(min(longest, 14), min(usual, column.width), label, 2) + 2


def _longest(text: str) -> int:
    return max(map(len, text.split()), default=0)
