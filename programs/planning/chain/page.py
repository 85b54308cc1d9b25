"""What the page of one village's chain shows: a row a link, a column an agency, findings with their answers."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode

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
    begin: str  # the query of the form of a line that is begun here

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
        return LinkRow(number, link, word, cells, [self._finding(each, lines) for each in found], self._begin(link))

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

    def _begin(self, link: str) -> str:
        """Its village, the link, and the group where everybody works for one group here."""
        query: dict[str, Any] = {"desa": self.chain.village.slug, "rantai": link}
        if len(self._groups) == 1:
            query["kelompok"] = next(iter(self._groups))
        return urlencode(query)

    @cached_property
    def _groups(self) -> set[int]:
        return {line.group_id for lines in self.chain.lines.values() for line in lines if line.group_id}

    @property
    def invitation(self) -> str:
        """A text for other agencies, to be copied: what lacks, and where it can be seen. Nothing of any draft."""
        gaps = [each.link_word.lower() for each in self.chain.gaps if not each.is_answered]
        if not gaps:
            return ""
        village = self.chain.village
        words = {
            "village": f"{village}, {village.district}",
            "year": self.year,
            "gaps": ", ".join(gaps),
            "url": f"{settings.SITE_URL}{reverse('planning:chain', args=[village.slug])}?tahun={self.year}",
        }
        return (
            "Yth. Kepala SKPD,\n\nRantai nilai {village} tahun {year} masih kosong pada: {gaps}. Belum ada SKPD yang "
            "merencanakannya. Mohon dipertimbangkan kegiatan SKPD Saudara untuk mata rantai itu, atau jawaban satu "
            "kalimat di halaman berikut:\n{url}\n\nTerima kasih."
        ).format(**words)

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
