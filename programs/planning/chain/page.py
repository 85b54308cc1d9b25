"""What the page of one village's chain shows: a row a link, a column an agency, findings with their answers."""

from dataclasses import dataclass
from datetime import datetime

from p2emas.accounts.models import Agency, User
from p2emas.ui import formats
from programs.planning.chain.forms import AnswerBox, AnswersForm
from programs.planning.chain.matrix import LINKS, ChainFinding, VillageChain, is_open_to
from programs.planning.models import PlanLine


@dataclass(frozen=True)
class ChainCell:
    """The lines of one agency on one link: of those that the reader may not read whole only the group is shown."""

    agency: Agency
    lines: list[tuple[PlanLine, bool]]
    is_twice: bool


@dataclass(frozen=True)
class ShownFinding:
    finding: ChainFinding
    box: AnswerBox | None  # where the reader answers for an agency
    money: str  # of the lines that the reader may read

    @property
    def told(self) -> list[tuple[str, str, datetime]]:
        """(agency, sentence, when) of the answers of others."""
        own = self.box.agency_id if self.box else None
        return [
            (answer.agency.short_name, answer.text, answer.answered_at)
            for answer in self.finding.answers
            if answer.agency_id != own
        ]


@dataclass(frozen=True)
class LinkRow:
    number: int
    link: str
    word: str
    cells: list[ChainCell]
    findings: list[ShownFinding]

    @property
    def gap(self) -> ShownFinding | None:
        return next((each for each in self.findings if each.finding.group is None), None)

    @property
    def twice(self) -> list[ShownFinding]:
        return [each for each in self.findings if each.finding.group is not None]


class ChainPage:
    def __init__(self, chain: VillageChain, year: int, user: User, form: AnswersForm) -> None:
        self.chain, self.year, self.user, self.form = chain, year, user, form
        self.rows = [self._row(number, *link) for number, link in enumerate(LINKS, 1)]

    def _row(self, number: int, link: str, word: str) -> LinkRow:
        lines = self.chain.lines.get(link, [])
        found = [each for each in self.chain.findings if each.link == link]
        twice = {(agency.pk, each.group) for each in found if each.group for agency in each.agencies}
        cells = [self._cell(agency, lines, twice) for agency in self.chain.agencies]
        return LinkRow(number, link, word, cells, [self._finding(each, lines) for each in found])

    def _cell(self, agency: Agency, lines: list[PlanLine], twice: set) -> ChainCell:
        own = [line for line in lines if line.plan.agency_id == agency.pk]
        shown = [(line, is_open_to(self.user, line.plan)) for line in own]
        return ChainCell(agency, shown, any((agency.pk, line.group) in twice for line in own))

    def _finding(self, finding: ChainFinding, lines: list[PlanLine]) -> ShownFinding:
        sums: dict[str, int] = {}
        for line in lines:
            if finding.group and line.group == finding.group and is_open_to(self.user, line.plan):
                name = line.plan.agency.short_name
                sums[name] = sums.get(name, 0) + line.amount
        money = ", ".join(f"{name} {formats.rupiah_compact(amount)}" for name, amount in sums.items())
        return ShownFinding(finding, self.form.box_of(finding), money)

    @property
    def open_count(self) -> int:
        return len(self.chain.open_findings)

    @property
    def columns(self) -> int:
        return max(len(self.chain.agencies), 1)

    @property
    def sums(self) -> list[tuple[Agency, int | None]]:
        return list(zip(self.chain.agencies, self.totals, strict=True))

    @property
    def totals(self) -> list[int | None]:
        """Rupiah of each agency's lines; None where the reader may not read all of them."""
        found: list[int | None] = []
        for agency in self.chain.agencies:
            lines = [line for of_link in self.chain.lines.values() for line in of_link]
            own = [line for line in lines if line.plan.agency_id == agency.pk]
            whole = all(is_open_to(self.user, line.plan) for line in own)
            found.append(sum(line.amount for line in own) if whole else None)
        return found
