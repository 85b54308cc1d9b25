"""What the page of a recap shows: the paper as rows of text, and the ways to take it along."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from p2emas.ui.controls import fill, fill_each
from programs.recaps.description import ColumnKind, PaperColumn, PaperGroup, PaperRow, RecapPaper, RecapSheet, texts_of


@dataclass(frozen=True)
class PageRow:
    """``head`` is the row heading; ``cells`` are drawn, since a paper of an agency has ten thousand."""

    head: str
    small: str
    cells: str
    is_level: bool


@dataclass(frozen=True)
class RecapPage:
    sheet: RecapSheet
    groups: Sequence[PaperGroup]
    head: PaperGroup
    rows: Sequence[PageRow]
    jumps: Sequence[tuple[str, str]]

    @classmethod
    def of(cls, paper: RecapPaper, sheet: RecapSheet) -> "RecapPage":
        hidden = {*paper.merged, *paper.small}
        others = [group for group in sheet.groups if group.key not in hidden]
        merged = [group for group in sheet.groups if group.key in paper.merged]
        numbers = [group.number for group in sheet.groups if group.key in hidden]
        head = PaperGroup(
            "head",
            numbers[0] if len(numbers) == 1 else f"{numbers[0]} sampai {numbers[-1]}",
            merged[-1].label,
            (),
        )
        columns = [column for group in others for column in group.columns]
        return cls(
            sheet=sheet,
            groups=others,
            head=head,
            rows=[_row(paper, row, columns, sheet.columns) for row in sheet.rows],
            jumps=[(group.key, _jump(group, others)) for group in others if group.jump],
        )

    @property
    def is_divided(self) -> bool:
        return any(group.is_divided for group in self.groups)

    @property
    def divided(self) -> list[tuple[PaperColumn, bool]]:
        """The words of the second line of the head, each with whether its group begins there."""
        return [
            (column, place == 0)
            for group in self.groups
            if group.is_divided
            for place, column in enumerate(group.columns)
        ]


def _jump(group: PaperGroup, groups: Sequence[PaperGroup]) -> str:
    """ "5–6 Renstra": the columns up to the next link."""
    at = list(groups).index(group)
    last = group.number
    for following in groups[at + 1 :]:
        if following.jump or not following.is_divided:
            break
        last = following.number
    return f"{group.number}–{last} {group.jump}" if last != group.number else f"{group.number} {group.jump}"


def _row(paper: RecapPaper, row: PaperRow, columns: Sequence[PaperColumn], every: Sequence[PaperColumn]) -> PageRow:
    texts = dict(zip((column.key for column in every), texts_of(row, every), strict=True))
    return PageRow(
        head=" ".join(filter(None, (texts.get(key, "") for key in paper.merged))),
        small=" · ".join(filter(None, (texts.get(key, "") for key in paper.small))),
        cells=_drawn([texts[column.key] for column in columns], columns),
        is_level=row.is_level,
    )


def _drawn(texts: Sequence[str], columns: Sequence[PaperColumn]) -> str:
    """The cells of a row; words before the first figure and after the last are written apart."""
    figures = [n for n, column in enumerate(columns) if column.kind not in (ColumnKind.TEXT, ColumnKind.DAY)]
    first, last = (figures[0], figures[-1] + 1) if figures else (len(columns), len(columns))
    return fill(
        "{}{}{}",
        fill_each('<td class="who">{}</td>', texts[:first]),
        fill_each("<td>{}</td>", texts[first:last]),
        fill_each('<td class="who">{}</td>', texts[last:]),
    )


def link(address: dict[str, str], **changes: str) -> str:
    return "?" + urlencode({**address, **changes})
