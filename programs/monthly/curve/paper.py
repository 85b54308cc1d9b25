"""The S-curve on paper: the drawing, every month and programme with both deviations, and a signature block."""

from collections.abc import Sequence
from dataclasses import asdict
from fractions import Fraction
from typing import Any

from p2emas import clock
from p2emas.accounts.models import Official
from p2emas.documents.papers import Signer, sample_words, signed_by
from p2emas.documents.pdf import compile_pdf
from p2emas.naming import current, letterhead, said
from p2emas.ui import formats
from programs.monthly.curve.curve import CurvePoint
from programs.monthly.curve.page import CurvePage, ProgrammeRow

POINTS, RELATIVE = "Deviasi kurva S (poin)", "Deviasi RFK (% dari rencana)"
HEADS = ("Bulan", "DPA (Rp)", "Rencana (%)", "Nyata (%)", "Baris berangka", POINTS, RELATIVE, "Status", "Sumber")
PROGRAMME_HEADS = ("Program", "DPA (Rp)", "Bulan", "Rencana (%)", "Nyata (%)", POINTS, "Status")
NOTES = (
    "Kumulatif sejak Januari, dalam persen dari DPA; uang desa (ADD, DD) di luar. Angka bulanan tidak diverifikasi; "
    "bulan terakhir triwulan dari laporannya.",
    "Deviasi kurva S dalam poin, negatif bila tertinggal; deviasi RFK dalam persen dari rencana, positif bila "
    "tertinggal. – = belum ada data, bukan nol.",
)


def curve_paper(page: CurvePage) -> bytes:
    head, curve = letterhead(), page.curve
    about = f", program {page.programme}" if page.programme else ""
    data = {
        "government": head["government"],
        "office": page.agency.name,
        "title": f"Kurva S {curve.what.lower()} {page.year}",
        "dated": f"{page.agency.name}{about} · data per {formats.short_moment(clock.now())}",
        "sample": sample_words(page.is_sample),
        "headline": curve.headline,
        "rule": curve.rule,
        "planned": _values([point.planned for point in curve.points]),
        "reached": _values([point.reached for point in curve.points]),
        "months": [name[:3] for name in formats.MONTHS],
        "heads": HEADS,
        "rows": [{"cells": _month(point), "critical": bool(point.is_critical)} for point in curve.points],
        "programme_heads": PROGRAMME_HEADS,
        "programmes": [] if page.programme else [_programme(row) for row in page.programmes],
        "signer": asdict(_signer(page)),
        "notes": [*NOTES, f"Dicetak dari {said('{site}')}."],
    }
    return compile_pdf("curve.typ", data)


def _values(values: Sequence[Fraction | None]) -> list[float | None]:
    return [None if value is None else float(value) for value in values]


def _month(point: CurvePoint) -> list[str]:
    return [
        point.name,
        formats.number(point.amount),
        formats.percent(point.planned),
        formats.percent(point.reached),
        point.told,
        _points(point),
        formats.percent(point.relative),
        point.status,
        point.source,
    ]


def _programme(row: ProgrammeRow) -> dict[str, Any]:
    point = row.point
    figures = ["–"] * 4 if point is None else [
        point.name, formats.percent(point.planned), formats.percent(point.reached), _points(point)
    ]  # fmt: skip
    status = " ".join(filter(None, (point.status, point.partly))) if point else formats.NO_DATA
    return {
        "cells": [row.name, formats.number(row.amount), *figures, status],
        "critical": bool(point and point.is_critical),
    }


def _points(point: CurvePoint) -> str:
    return "–" if point.points is None else formats.points(point.points)


def _signer(page: CurvePage) -> Signer:
    """Who signs for the agency today; without one the title and a line to write on."""
    heading = f"{current().seat}, {formats.long_date(clock.today())}"
    heads = Official.objects.in_force(clock.today()).filter(agency=page.agency).heads()
    return signed_by(heads.get(page.agency.pk), heading, f"Kepala {page.agency.name}")
