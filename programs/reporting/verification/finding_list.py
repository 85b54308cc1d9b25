"""The findings beside a report, one entry a kind: under which letter the lines refer to it, and what it names."""

from dataclasses import dataclass
from functools import cached_property

from programs.reporting.reports.sheets import SheetRow
from programs.reporting.verification.finding_words import SHORT, request_to_correct, words_of_finding, words_of_several
from programs.reporting.verification.findings import (
    CHECKS,
    PAID_OTHERWISE,
    VISITED_OTHERWISE,
    Assessment,
    ReportFinding,
)
from programs.reporting.verification.indicator_findings import INDICATOR_CHECKS

LISTED = 12  # findings of one kind that the list names
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class ListedFinding:
    """``line`` is the number of the line that it is about; None for a place or an indicator."""

    detail: str
    line: int | None


@dataclass(frozen=True)
class FindingGroup:
    """All findings of one kind. ``among`` is how many there could have been."""

    code: str
    letter: str
    findings: list[ReportFinding]
    among: int

    @property
    def title(self) -> str:
        return words_of_several(self.findings, self.among)

    @property
    def is_alike(self) -> bool:
        """Whether its findings say nothing but their line, so that the numbers of the lines are all there is to say."""
        return self.code == "no_photo"

    @property
    def lines(self) -> list[int]:
        return [finding.row.number for finding in self.findings[:LISTED] if finding.row]

    @property
    def listed(self) -> list[ListedFinding]:
        return [
            ListedFinding(words_of_finding(each).detail, each.row.number if each.row else None)
            for each in self.findings[:LISTED]
        ]

    @property
    def unlisted(self) -> int:
        """How many it leaves out; they are marked at their lines."""
        return len(self.findings[LISTED:])

    @property
    def requests(self) -> list[tuple[str, int | None]]:
        """What the agency is asked when the verifier ticks the entry: sentence, and the key of the line it is about."""
        return [(request_to_correct(each), each.row.line.pk if each.row else None) for each in self.findings]


class FindingList:
    def __init__(self, assessment: Assessment, indicators: int = 0) -> None:
        self.assessment, self.indicators = assessment, indicators

    @cached_property
    def groups(self) -> list[FindingGroup]:
        """The gravest kind first."""
        by_code: dict[str, list[ReportFinding]] = {}
        for finding in self.assessment.findings:
            by_code.setdefault(finding.code, []).append(finding)
        codes = [code for code in SHORT if code in by_code]
        return [
            FindingGroup(code, letter, by_code[code], self._among(code))
            for letter, code in zip(LETTERS, codes, strict=False)
        ]

    def _among(self, code: str) -> int:
        rows = self.assessment.sheet.activities
        if code == "no_photo":
            return sum(row.plan_line.is_physical_work for row in rows)
        if code == PAID_OTHERWISE:
            return len(self.assessment.paid)
        return self.indicators if code in INDICATOR_CHECKS else len(rows)

    @property
    def codes(self) -> list[str]:
        return [group.code for group in self.groups]

    @property
    def headline(self) -> str:
        """ "3 temuan pada 4 dari 9 kegiatan"."""
        if not self.groups:
            return "Tidak ada temuan otomatis"
        rows = self.assessment.sheet.activities
        touched = sum(bool(self.assessment.about(row)) for row in rows)
        where = f" pada {touched} dari {len(rows)} kegiatan" if touched else ""
        return f"{len(self.groups)} temuan{where}"

    @property
    def silent(self) -> list[str]:
        """The kinds that were looked for and not found."""
        looked_for = {*CHECKS, "idle_location", *(INDICATOR_CHECKS if self.indicators else ())}
        looked_for |= {PAID_OTHERWISE} if self.assessment.paid else set()
        looked_for |= {VISITED_OTHERWISE} if self.assessment.visited else set()
        found = set(self.codes) | ({"over_budget"} if self.assessment.within_budget else set())
        return [word for code, word in SHORT.items() if code in looked_for - found]

    @cached_property
    def _letters(self) -> dict[str, str]:
        return {group.code: group.letter for group in self.groups}

    def letters_of(self, row: SheetRow) -> list[str]:
        """The letters of the entries that are about ``row``."""
        return sorted({self._letters[finding.code] for finding in self.assessment.about(row)})

    def of_codes(self, codes: list[str]) -> list[FindingGroup]:
        return [group for group in self.groups if group.code in codes]
