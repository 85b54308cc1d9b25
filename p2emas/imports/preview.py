"""An import as its page shows it: counts with links, and each row in words, old -> new."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from p2emas import clock
from p2emas.accounts.models import User
from p2emas.imports.arranging import shape_asked
from p2emas.imports.forms import ACTION_WORDS, RowFilterForm
from p2emas.imports.kinds import ImportKind, kind_of
from p2emas.imports.models import Import, ImportRow
from p2emas.imports.tables import cell_named
from p2emas.ui.filters import Filters
from p2emas.ui.formats import moment
from p2emas.ui.paging import Page, paginate
from p2emas.workflow.models import Step

ROWS_A_PAGE = 100
OWN_BUTTONS = {"apply", "hand_over", "answer"}  # steps that the page itself takes


@dataclass(frozen=True)
class ShownChange:
    label: str
    old: str
    new: str


@dataclass(frozen=True)
class ShownRow:
    number: str
    key: str
    action: str
    changes: list[ShownChange]
    lines: list[str]
    notices: list[str]
    moved: bool


def shown_rows(
    kind: ImportKind | None, rows: Iterable[ImportRow], user: User, *, by_cell: bool = False
) -> list[ShownRow]:
    """Rows in words; the lookups of the kind are fetched once."""
    rows = list(rows)
    lookups = kind.lookups(user) if kind and any(row.after for row in rows) else None
    return [
        ShownRow(
            cell_named(row.number) if by_cell else str(row.number),
            row.key or "\N{EN DASH}",
            row.action,
            _changes(kind, row, lookups) if kind and row.action in {"NEW", "CHANGE"} else [],
            row.message.splitlines(),
            row.notice.splitlines(),
            row.moved,
        )
        for row in rows
    ]


def _changes(kind: ImportKind, row: ImportRow, lookups: Any) -> list[ShownChange]:
    """Only what differs; of a new record everything that is filled in."""
    found = []
    for column in kind.changeable:
        old, new = (row.before or {}).get(column.name), (row.after or {}).get(column.name)
        if old != new or (row.before is None and new is None and column.is_number):
            words = [_words(column, value, lookups) for value in (old, new)]
            found.append(ShownChange(column.header, words[0] if row.before else "", words[1]))
    return found


def _words(column: Any, value: Any, lookups: Any) -> str:
    return "belum ada data" if value is None else column.words(value, lookups)


def links_to_rows(counts: Mapping[str, int]) -> list[dict[str, Any]]:
    """ "312 baru" and so on, each a link to its rows."""
    words: dict[str, str] = {code: word for word, code in ACTION_WORDS.items()}
    return [{"count": counts[code], "word": words[code]} for code in ImportRow.Action.values]


def page_of(batch: Import, query: QueryDict, user: User) -> dict[str, Any]:
    """What the page of one import needs, in any state."""
    form = RowFilterForm(query)
    page: Page = paginate(form.apply(batch.rows.order_by("number")), query, size=ROWS_A_PAGE)
    kind = kind_of(batch.kind)
    found = batch.counts()
    counts = links_to_rows(found)
    return {
        "batch": batch,
        "kind": kind,
        "page": page,
        "rows": shown_rows(kind, page.rows, user, by_cell=batch.by_cell),
        "filters": Filters(form, query),
        "counts": counts,
        "to_apply": counts[0]["count"] + counts[1]["count"],
        "wrong": counts[3]["count"],
        "all": sum(each["count"] for each in counts),
        "facts": facts(batch, kind),
        "steps": steps_of(batch, user),
        "notices": batch.notices.splitlines(),
        "noticed": found[""],
        "asked": shape_asked(batch),
        "may_answer": batch.status == Import.Status.ASKING and batch.may_take(user, "answer"),
        "may_apply": batch.status == Import.Status.READY and batch.may_take(user, "apply"),
        "undoable": is_undoable(batch),
        "may_upload": kind is not None and kind.may(user),
    }


def steps_of(batch: Import, user: User) -> list[tuple[str, Step]]:
    """Steps with a page of their own that ``user`` can take now."""
    possible = {"undo": is_undoable(batch), "rearrange": bool(batch.layout)}
    return [(n, s) for n, s in batch.open_steps(user) if n not in OWN_BUTTONS and possible.get(n, True)]


def is_undoable(batch: Import) -> bool:
    return batch.is_undoable(clock.now())


def facts(batch: Import, kind: ImportKind | None) -> list[dict[str, Any]]:
    stored = batch.file
    found: list[dict[str, Any]] = [
        {"label": "Jenis", "value": kind.title if kind else batch.kind},
        {"label": "Berkas", "value": stored.original_name, "url": stored.get_absolute_url(), "action": "Unduh"},
        {"label": "Diunggah", "value": f"{moment(batch.uploaded_at)}, {batch.uploaded_by}"},
        {"label": "Kantor", "value": batch.agency},
    ]
    if batch.number_format:
        found.append({"label": "Cara menulis angka", "value": batch.get_number_format_display()})
    if batch.applied_at:
        found.append({"label": "Diterapkan", "value": f"{moment(batch.applied_at)}, {batch.applied_by}"})
    return found
