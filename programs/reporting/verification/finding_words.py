"""The words of the automatic findings: their kinds, and what each says with its figures."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from p2emas.ui import formats
from programs.reporting.reports.sheets import SheetRow
from programs.reporting.verification.findings import ReportFinding

SHORT = {
    "over_budget": "serapan di atas pagu",
    "money_falls": "keuangan turun",
    "physical_falls": "fisik turun",
    "money_ahead": "keuangan di atas fisik",
    "physical_jump": "fisik melonjak",
    "no_photo": "foto kosong",
    "no_value": "angka belum ada",
    "idle_location": "desa tanpa kegiatan",
}


def findings_in_words(by_code: Mapping[str, int]) -> str:
    """For a cell of the queue: "3: fisik turun, foto kosong", the gravest kind first; "Tidak ada" when clean."""
    words = [word for code, word in SHORT.items() if by_code.get(code)]
    return f"{sum(by_code.values())}: {', '.join(words)}" if words else "Tidak ada"


class FindingWords(NamedTuple):
    """A sentence, and its figures."""

    title: str
    detail: str


def words_of_finding(finding: ReportFinding) -> FindingWords:
    if finding.row is None:
        return _say_idle(finding.rows)
    return SENTENCES[finding.code](finding.row)


def _say_over_budget(row: SheetRow) -> FindingWords:
    figures = {"spent": formats.rupiah(row.spent), "amount": formats.rupiah(row.plan_line.amount)}
    return FindingWords(f"Serapan melebihi pagu di baris {row.number}", "{spent} dari pagu {amount}.".format(**figures))


def _say_money_falls(row: SheetRow) -> FindingWords:
    figures = {"before": formats.rupiah(row.spent_before), "now": formats.rupiah(row.spent)}
    sentence = "Dari %(before)s menjadi %(now)s, padahal kumulatif."
    return FindingWords(f"Keuangan turun di baris {row.number}", sentence % figures)


def _say_physical_falls(row: SheetRow) -> FindingWords:
    return FindingWords(f"Fisik turun di baris {row.number}", _from_to(row))


def _from_to(row: SheetRow) -> str:
    return f"Dari {formats.percent(row.physical_before)} menjadi {formats.percent(row.physical)} dalam satu triwulan."


def _say_money_ahead(row: SheetRow) -> FindingWords:
    figures = {"money": formats.percent(row.absorption), "physical": formats.percent(row.physical)}
    sentence = "Serapan %(money)s, fisik %(physical)s."
    return FindingWords(f"Keuangan jauh di atas fisik di baris {row.number}", sentence % figures)


def _say_jump(row: SheetRow) -> FindingWords:
    points = formats.number(row.physical_change, 1)
    return FindingWords(f"Fisik naik {points} poin di baris {row.number}", _from_to(row))


def _say_no_photo(row: SheetRow) -> FindingWords:
    return FindingWords(f"Foto kosong di baris {row.number}", "Kemajuan pada triwulan ini perlu foto.")


def _say_no_value(row: SheetRow) -> FindingWords:
    lacking = [word for word, value in (("keuangan", row.spent), ("fisik", row.physical)) if value is None]
    sentence = "Realisasi %s kosong tanpa alasan."
    return FindingWords(f"Belum ada data di baris {row.number}", sentence % " dan ".join(lacking))


SENTENCES: dict[str, Callable[[SheetRow], FindingWords]] = {
    "over_budget": _say_over_budget,
    "money_falls": _say_money_falls,
    "physical_falls": _say_physical_falls,
    "money_ahead": _say_money_ahead,
    "physical_jump": _say_jump,
    "no_photo": _say_no_photo,
    "no_value": _say_no_value,
}


def _say_idle(rows: list[SheetRow]) -> FindingWords:
    reasons = dict.fromkeys(row.line.nil_reason for row in rows if row.line.nil_reason)
    detail = f"{len(rows)} baris rencana di lokasi sasaran ini belum berjalan."
    why = f"Alasan: {'; '.join(reasons)}" if reasons else "Tanpa alasan nihil."
    return FindingWords(f"Belum ada kegiatan di {rows[0].plan_line.village}", f"{detail} {why}")
