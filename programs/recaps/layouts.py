"""The layout that a paper follows: as the program declares it, changed where the office set something else."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings

from p2emas.accounts.models import Holiday
from p2emas.methods.achievement import CATEGORY_BOUNDS, Bounds
from p2emas.naming import said
from p2emas.ui.formats import long_date
from programs.recaps.description import PaperGroup, RecapPaper
from programs.recaps.models import RecapLayout


@dataclass(frozen=True)
class LayoutInUse:
    """The settings of one paper, each filled in."""

    title: str
    version: str
    rule: str
    due_days: int
    falling: str
    bounds: Bounds
    labels: Mapping[str, str]  # by the number of the column
    hidden: frozenset[str]

    @classmethod
    def of(cls, paper: RecapPaper) -> "LayoutInUse":
        """Two queries."""
        row = RecapLayout.objects.of_paper(paper.code) or RecapLayout()
        labels = list(row.labels.all()) if row.pk else []
        due_days = settings.REPORT_WORKING_DAYS if row.due_days is None else row.due_days
        return cls(
            title=row.title or said(paper.title),
            version=row.version or paper.version,
            rule=row.rule or paper.rule,
            due_days=due_days,
            falling=row.falling,
            bounds=tuple((code, getattr(row, code)) for code, _bound in CATEGORY_BOUNDS),
            labels={each.number: each.label for each in labels if each.label},
            hidden=frozenset(each.number for each in labels if each.hidden),
        )

    def groups(self, paper: RecapPaper, year: int, suffixes: Mapping[str, str] | None = None) -> tuple[PaperGroup, ...]:
        """The columns that are printed, with their labels; ``suffixes`` by key say what is not verified."""
        return tuple(
            replace(group, label=self._label(group, year) + (suffixes or {}).get(group.key, ""))
            for group in paper.groups
            if group.number not in self.hidden
        )

    def _label(self, group: PaperGroup, year: int) -> str:
        label = self.labels.get(group.number, group.label)
        return label.replace("{year}", str(year)).replace("{before}", str(year - 1))

    def notes(self, paper: RecapPaper, ends: date) -> list[str]:
        """Which layout it follows, and until when it is due."""
        due = Holiday.objects.working_day_after(ends, self.due_days)
        return [
            f"Tata letak {paper.label.split(',')[0]} versi {self.version} ({self.rule}).",
            f"Batas penyampaian {long_date(due)}, {self.due_days} hari kerja sesudah periode berakhir.",
        ]
