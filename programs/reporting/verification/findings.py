"""Automatic findings on a report: what a verifier would otherwise have to hunt for. Computed, never stored."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial

from p2emas.ui import formats
from programs.reporting.reports.sheets import FigureSheet, SheetRow

MONEY_AHEAD_POINTS = 20  # money may run this far ahead of the work before somebody asks why
PHYSICAL_JUMP_POINTS = 40  # more than this in one quarter wants an explanation
LISTED = 12  # findings of one kind that the list names


@dataclass(frozen=True)
class ReportFinding:
    """One thing to look at, and the line it is about (None: a place). Its words are made when they are read."""

    code: str
    row: SheetRow | None
    say: Callable[[], tuple[str, str]]

    @cached_property
    def words(self) -> tuple[str, str]:
        """A sentence, and its figures."""
        return self.say()

    @property
    def title(self) -> str:
        return self.words[0]

    @property
    def detail(self) -> str:
        return self.words[1]


@dataclass(frozen=True)
class Assessment:
    """What the checks of one report found, and which of them found nothing."""

    sheet: FigureSheet
    findings: list[ReportFinding]

    @property
    def within_budget(self) -> bool:
        """Whether no known figure exceeds its ceiling (nothing is said of a report without figures)."""
        checked = any(row.spent is not None for row in self.sheet.rows)
        return checked and not any(finding.code == "over_budget" for finding in self.findings)

    @property
    def checked_rows(self) -> int:
        return sum(row.spent is not None for row in self.sheet.rows)

    @cached_property
    def listed(self) -> list[ReportFinding]:
        """What the list names, numbered from 1: of hundreds of one kind the first, the others are at their lines."""
        counts: Counter[str] = Counter()
        found = []
        for finding in self.findings:
            counts[finding.code] += 1
            if finding.row is None or counts[finding.code] <= LISTED:
                found.append(finding)
        return found

    @property
    def unlisted(self) -> list[tuple[str, int]]:
        """(kind in words, how many) of what the list leaves out."""
        left = Counter(finding.code for finding in self.findings)
        left.subtract(finding.code for finding in self.listed)
        return [(word, left[code]) for code, word in SHORT.items() if left[code]]

    @cached_property
    def _by_row(self) -> dict[int, list[ReportFinding]]:
        found: dict[int, list[ReportFinding]] = {}
        for finding in self.findings:
            if finding.row is not None:
                found.setdefault(finding.row.number, []).append(finding)
        return found

    @cached_property
    def _numbers(self) -> dict[int, int]:
        """Identity of a listed finding -> its number."""
        return {id(finding): number for number, finding in enumerate(self.listed, 1)}

    def numbers_of(self, row: SheetRow) -> list[int]:
        """The numbers of the listed findings about ``row``."""
        about = self._by_row.get(row.number, [])
        return [self._numbers[id(finding)] for finding in about if id(finding) in self._numbers]

    def words_of(self, row: SheetRow) -> list[str]:
        """The findings about ``row`` that the list leaves out, by kind."""
        about = self._by_row.get(row.number, [])
        return [SHORT[finding.code] for finding in about if id(finding) not in self._numbers]

    def has(self, row: SheetRow, *codes: str) -> bool:
        return any(finding.code in codes for finding in self._by_row.get(row.number, []))


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


def assess(sheet: FigureSheet) -> Assessment:
    """Run every check on one report's figures; no queries."""
    findings = [
        ReportFinding(code, row, partial(SENTENCES[code], row))
        for row in sheet.rows
        for code, check in CHECKS.items()
        if check(row)
    ]
    return Assessment(sheet, [*findings, *_idle_locations(sheet)])


# --- Lines --------------------------------------------------------------------------------------------------------


def _money_falls(row: SheetRow) -> bool:
    return row.spent_change is not None and row.spent_change < 0


def _physical_falls(row: SheetRow) -> bool:
    return row.physical_change is not None and row.physical_change < 0


def _money_ahead(row: SheetRow) -> bool:
    return row.money_lead is not None and row.money_lead > MONEY_AHEAD_POINTS


def _jump(row: SheetRow) -> bool:
    return row.physical_change is not None and row.physical_change > PHYSICAL_JUMP_POINTS


def _no_photo(row: SheetRow) -> bool:
    """Only where work moved in this quarter: an unchanged line needs no new picture."""
    return not row.photos and row.physical is not None and row.physical > (row.physical_before or 0)


def _no_value(row: SheetRow) -> bool:
    return not row.line.nil_reason and (row.spent is None or row.physical is None)


CHECKS: dict[str, Callable[[SheetRow], bool]] = {
    "over_budget": lambda row: row.over_budget is not None,
    "money_falls": _money_falls,
    "physical_falls": _physical_falls,
    "money_ahead": _money_ahead,
    "physical_jump": _jump,
    "no_photo": _no_photo,
    "no_value": _no_value,
}


def _say_over_budget(row: SheetRow) -> tuple[str, str]:
    figures = {"spent": formats.rupiah(row.spent), "amount": formats.rupiah(row.plan_line.amount)}
    return f"Serapan melebihi pagu di baris {row.number}", "{spent} dari pagu {amount}.".format(**figures)


def _say_money_falls(row: SheetRow) -> tuple[str, str]:
    figures = {"before": formats.rupiah(row.spent_before), "now": formats.rupiah(row.spent)}
    sentence = "Dari %(before)s menjadi %(now)s, padahal kumulatif."
    return f"Keuangan turun di baris {row.number}", sentence % figures


def _say_physical_falls(row: SheetRow) -> tuple[str, str]:
    return f"Fisik turun di baris {row.number}", _from_to(row)


def _from_to(row: SheetRow) -> str:
    return f"Dari {formats.percent(row.physical_before)} menjadi {formats.percent(row.physical)} dalam satu triwulan."


def _say_money_ahead(row: SheetRow) -> tuple[str, str]:
    figures = {"money": formats.percent(row.absorption), "physical": formats.percent(row.physical)}
    sentence = "Serapan %(money)s, fisik %(physical)s."
    return f"Keuangan jauh di atas fisik di baris {row.number}", sentence % figures


def _say_jump(row: SheetRow) -> tuple[str, str]:
    figures = {"points": formats.number(row.physical_change, 1), "n": row.number}
    return "Fisik naik {points} poin di baris {n}".format(**figures), _from_to(row)


def _say_no_photo(row: SheetRow) -> tuple[str, str]:
    return f"Foto kosong di baris {row.number}", "Kemajuan pada triwulan ini perlu foto."


def _say_no_value(row: SheetRow) -> tuple[str, str]:
    lacking = [word for word, value in (("keuangan", row.spent), ("fisik", row.physical)) if value is None]
    sentence = "Realisasi %s kosong tanpa alasan."
    return f"Belum ada data di baris {row.number}", sentence % " dan ".join(lacking)


SENTENCES: dict[str, Callable[[SheetRow], tuple[str, str]]] = {
    "over_budget": _say_over_budget,
    "money_falls": _say_money_falls,
    "physical_falls": _say_physical_falls,
    "money_ahead": _say_money_ahead,
    "physical_jump": _say_jump,
    "no_photo": _say_no_photo,
    "no_value": _say_no_value,
}


# --- Places -------------------------------------------------------------------------------------------------------


def _idle_locations(sheet: FigureSheet) -> Iterator[ReportFinding]:
    """Target locations in force at the quarter's end where work should have begun and none of it has.

    A report with zeros is only sent with the reason for them, so the reason is part of the finding, not instead of it.
    """
    period = sheet.report.period
    places: dict[int, list[SheetRow]] = {}
    for row in sheet.rows:
        location = row.plan_line.target_location
        if location is not None and location.is_in_force(period.ends):
            places.setdefault(location.pk, []).append(row)
    for rows in places.values():
        due = any(row.plan_line.start_month <= period.ends.month for row in rows)
        if due and not any(row.spent or row.physical for row in rows):
            yield ReportFinding("idle_location", None, partial(_say_idle, rows))


def _say_idle(rows: list[SheetRow]) -> tuple[str, str]:
    reasons = dict.fromkeys(row.line.nil_reason for row in rows if row.line.nil_reason)
    detail = f"{len(rows)} baris rencana di lokasi sasaran ini belum berjalan."
    why = f"Alasan: {'; '.join(reasons)}" if reasons else "Tanpa alasan nihil."
    return f"Belum ada kegiatan di {rows[0].plan_line.village}", f"{detail} {why}"
