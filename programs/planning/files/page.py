"""What the page of differences shows: counts, wrong rows first, and each new or changed row in words."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from p2emas.imports.lanes.comparing import Fate
from p2emas.imports.lanes.page import SIGNS
from p2emas.ui import formats
from p2emas.ui.paging import paginate_list
from programs.planning.files.columns import ACTIVITY, INDICATOR, LINE, PARTS, columns_of
from programs.planning.files.comparing import ComparedPart, PlanFileComparison

SHOWN = {
    ACTIVITY: ("programme", "outcome"),
    INDICATOR: ("target", "indicator_unit", "formula", "source"),
    LINE: ("place", "group", "chain_link", "commodity", "start_month", "volume", "unit", "fund", "amount"),
}
ROWS_A_PAGE = 50
COUNTED = (Fate.NEW, Fate.CHANGE, Fate.SAME, Fate.WRONG)
ORDER = (Fate.WRONG, Fate.NEW, Fate.CHANGE)


@dataclass(frozen=True)
class ShownPart:
    number: int
    sheet: str
    part: str
    label: str
    fate: str
    said: str
    changes: list[tuple[str, str, str]]
    errors: list[tuple[str, str]]
    notices: list[str]
    unlisted: bool  # it is an activity whose code its list does not have

    @classmethod
    def of(cls, part: ComparedPart, unlisted: Collection[str] = ()) -> "ShownPart":
        row = part.row
        said = "" if part.changes or part.fate is Fate.SAME else _said(part)
        errors = [(f"Sel {cell}" if cell else f"Baris {row.number}", sentence) for cell, sentence in part.errors]
        return cls(
            row.number, row.sheet, PARTS[part.part], part.label, part.fate.value, said, part.changes, errors,
            part.notices, part.part == ACTIVITY and row.code in unlisted,
        )  # fmt: skip


def _said(part: ComparedPart) -> str:
    """The most telling cells of a row, as the file has them; money with its dots."""
    words = []
    for column in columns_of(part.part):
        value = part.row.cells.get(column.name)
        if column.name in SHOWN[part.part] and value not in (None, ""):
            is_plain = isinstance(value, int | float) and not isinstance(value, bool)
            words.append(formats.number(value) if is_plain and column.name != "start_month" else str(value))
    return ", ".join(words)


class PlanFilePage:
    def __init__(self, found: PlanFileComparison, query: QueryDict) -> None:
        self.found = found
        parts = [each for each in found.parts if each.fate is not Fate.SAME or each.notices]
        parts.sort(key=lambda each: ORDER.index(each.fate) if each.fate in ORDER else len(ORDER))
        self.page = paginate_list(parts, query, size=ROWS_A_PAGE)
        self.rows = [ShownPart.of(each, found.unlisted) for each in self.page.rows]
        self.version = found.plan.version if found.plan.pk else 0

    @property
    def heading(self) -> str:
        if self.found.wrong:
            return f"Periksa berkas rencana: {formats.number(self.found.wrong)} hal perlu diperbaiki"
        if not self.found.to_apply:
            return "Periksa berkas rencana: tidak ada yang berubah"
        return f"Periksa berkas rencana: {formats.number(self.found.to_apply)} hal akan berubah"

    @property
    def counts(self) -> list[dict[str, Any]]:
        return [
            {"count": self.found.count(fate), "colour": sign[0], "shape": sign[1], "word": sign[2]}
            for fate, sign in SIGNS.items()
            if fate in COUNTED
        ]

    @property
    def sums(self) -> str:
        """ "12 kegiatan, 12 indikator, 300 baris rencana": what the file has."""
        counts = Counter(each.part for each in self.found.parts if not each.is_of_village)
        return ", ".join(f"{formats.number(counts[part])} {word.lower()}" for part, word in PARTS.items())

    @property
    def errors(self) -> list[str]:
        """For the summary: the first wrong rows."""
        told = [ShownPart.of(each) for each in self.found.parts if each.fate is Fate.WRONG]
        return [
            f"{f'Lembar {each.sheet}, ' if each.sheet else ''}{where}: {sentence}"
            for each in told
            for where, sentence in each.errors
        ][:20]

    @property
    def may_apply(self) -> bool:
        return not self.found.wrong and bool(self.found.to_apply)
