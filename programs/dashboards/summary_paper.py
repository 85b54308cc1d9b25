"""The page of the leaders on paper: one A4 by typst, with the drawings of the screen."""

from dataclasses import asdict
from typing import Any

from p2emas import clock
from p2emas.documents.papers import compile_with_emblem
from p2emas.naming import current, letterhead
from p2emas.ui import formats
from programs.dashboards.answers import BOXES, Picture
from programs.dashboards.summary import SummaryPage
from programs.recaps.signing import signer_of_regency

NO_QUARTER = "Belum ada triwulan yang dibuka, jadi belum ada yang dapat diringkas."


def summary_paper(page: SummaryPage) -> bytes:
    return _compiled({
        "title": f"Ringkasan {current().programme}, {page.scope.period}",
        "dated": f"Data per {formats.short_moment(clock.now())} · {page.verified}",
        "sample": "Memuat DATA CONTOH" if page.has_sample else "",
        "headline": page.headline,
        "sentences": [
            {
                "number": row.number,
                "words": row.words,
                "figures": " · ".join(filter(None, (row.figures, row.change))),
                "picture": _drawn(row.picture),
            }
            for row in page.sentences
        ],
        "still_title": page.still_title,
        "still": [
            {"name": f"{row.location.village}, {row.location.village.district}", "reason": row.short_sentence}
            for row in page.still
        ],
        "still_rest": page.still_rest,
        "decisions_title": page.decisions_title,
        "decisions": [[row.name, row.holder, formats.table_date(row.since)] for row in page.decisions],
        "decisions_rest": page.decisions_rest,
        "number": f"{page.number} · ",
    })  # fmt: skip


def paper_without_quarter() -> bytes:
    """Of an installation in which no quarter was opened yet: the same sheet, which says so."""
    return _compiled({
        "title": f"Ringkasan {current().programme}",
        "dated": f"Data per {formats.short_moment(clock.now())} · belum ada data",
        "sample": "",
        "headline": NO_QUARTER,
        "sentences": [],
        "number": "",
    })  # fmt: skip


def _compiled(data: dict[str, Any]) -> bytes:
    head = letterhead()
    named = {"government": head["government"], "office": head["office"]}
    number = f"{data['number']}disusun {formats.table_moment(clock.now())}"
    signer = asdict(signer_of_regency("Disusun"))
    return compile_with_emblem("summary.typ", {**data, **named, "number": number, "signer": signer})


def _drawn(picture: Picture | None) -> dict[str, Any]:
    """``boxes``: shares of 1 with their tone, in order; otherwise marks between 0 and 1; {} draws nothing."""
    if picture is None:
        return {}
    if picture.parts is not None:
        total = sum(picture.parts)
        if not total:
            return {}
        tones = list(zip(("full", "pale", "none"), picture.parts, strict=True))
        if total <= BOXES:
            return {"boxes": [[tone, 1 / total] for tone, count in tones for _ in range(count)]}
        return {"boxes": [[tone, count / total] for tone, count in tones if count]}
    marks = {"share": picture.share, "money": picture.money, "target": picture.target}
    return {name: min(1.0, max(0.0, float(value) / 100)) for name, value in marks.items() if value is not None}
