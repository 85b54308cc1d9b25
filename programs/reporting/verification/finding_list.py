"""The list of findings beside a report: which it names, and under which number the lines refer to them."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from programs.reporting.reports.sheets import SheetRow
from programs.reporting.verification.finding_words import SHORT, words_of_finding
from programs.reporting.verification.findings import Assessment, ReportFinding

LISTED = 12  # findings of one kind that the list names


@dataclass(frozen=True)
class ListedFinding:
    """``line`` is the number of the line that it is about; None for a place."""

    title: str
    detail: str
    line: int | None


class FindingList:
    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment

    @property
    def count(self) -> int:
        """Of all findings, listed or not."""
        return len(self.assessment.findings)

    @cached_property
    def named(self) -> list[ReportFinding]:
        """What the list names, numbered from 1: of hundreds of one kind the first, the others are at their lines."""
        counts: Counter[str] = Counter()
        found = []
        for finding in self.assessment.findings:
            counts[finding.code] += 1
            if finding.row is None or counts[finding.code] <= LISTED:
                found.append(finding)
        return found

    @property
    def listed(self) -> list[ListedFinding]:
        return [ListedFinding(*words_of_finding(each), each.row.number if each.row else None) for each in self.named]

    @property
    def unlisted(self) -> list[tuple[str, int]]:
        """(kind in words, how many) of what the list leaves out."""
        left = Counter(finding.code for finding in self.assessment.findings)
        left.subtract(finding.code for finding in self.named)
        return [(word, left[code]) for code, word in SHORT.items() if left[code]]

    @cached_property
    def _numbers(self) -> dict[int, int]:
        """Identity of a named finding -> its number."""
        return {id(finding): number for number, finding in enumerate(self.named, 1)}

    def numbers_of(self, row: SheetRow) -> list[int]:
        """The numbers of the named findings about ``row``."""
        about = self.assessment.about(row)
        return [self._numbers[id(finding)] for finding in about if id(finding) in self._numbers]

    def kinds_of(self, row: SheetRow) -> list[str]:
        """The findings about ``row`` that the list leaves out, by kind."""
        return [SHORT[each.code] for each in self.assessment.about(row) if id(each) not in self._numbers]
