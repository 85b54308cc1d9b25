"""Riwayat of any record: its steps and the old -> new of its edits in one timeline, each once, under who did it."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, TypeAlias

from django.db import models
from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from p2emas.accounts.signed_in import UserRequest
from p2emas.history.records import Edit, edits_of, history_of
from p2emas.ui.links import address_of, with_query
from p2emas.ui.paging import Page
from p2emas.ui.stored import worded
from p2emas.workflow.models import Chain, StatusChange

SHORT = 200  # historical rows that a detail page reads of each part
WHOLE = 10_000
PAGE_SIZE = 25
ROWS_A_PAGE = 100  # changes and lines: one save of a long table fills pages of its own
ONE_SAVE = timedelta(seconds=3)  # a table of figures is saved row by row: people did it once
NAMED = 3  # so many added or removed parts are named, more are counted

Part: TypeAlias = str | models.QuerySet[Any]
Worded = tuple[Edit, bool]  # an edit, and whether it changed a part of the record


@dataclass(frozen=True)
class Change:
    label: str
    old: str
    new: str


@dataclass
class Entry:
    """One thing that somebody did: a step, a save, or what ``riwayat_extra`` of a record adds."""

    at: datetime
    who: str
    title: str
    note: str = ""
    icon: str = "half"
    changes: list[Change] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


def timeline(record: models.Model, *, parts: Iterable[Part] = (), limit: int = SHORT) -> list[Entry]:
    """What happened to ``record`` and its ``parts``, newest first.

    A part is the name of a reverse relation ("lines", "lines__targets") or a queryset of historical rows. The
    number of queries depends on the kinds of parts, never on how many there are. At most ``limit`` historical
    rows of each kind are read.
    """
    own = edits_of(record.history.all(), limit=limit, show=worded) if hasattr(record, "history") else []
    edits = [(edit, False) for edit in own]
    for part in parts:
        rows = _history_of(record, part)
        edits += [(edit, True) for edit in edits_of(rows, limit=limit, show=worded, record=record)]
    return _woven(record, edits, limit, _save_entry)


def short_timeline(record: models.Model, *, parts: Iterable[Part] = (), limit: int = SHORT) -> list[Entry]:
    """The same for the margin of a page: of parts only how many, which takes one query for each kind of part."""
    own = edits_of(record.history.all(), limit=limit, show=worded, named=False) if hasattr(record, "history") else []
    edits = [(edit, False) for edit in own]
    for part in parts:
        edits += [(edit, True) for edit in edits_of(_history_of(record, part), limit=limit, named=False)]
    return _woven(record, edits, limit, _counted_entry)


def _woven(record: models.Model, edits: list[Worded], limit: int, entry_of: Callable[[list[Worded]], Entry]):
    """The edits as entries among the steps of the record, newest first."""
    steps = [_step_entry(record, change) for change in _changes_of(record)[:limit]] if isinstance(record, Chain) else []
    edits.sort(key=lambda found: found[0].at, reverse=True)
    extra = record.riwayat_extra() if isinstance(record, Chain) else []
    marks = sorted(entry.at for entry in steps + extra)
    entries = [*steps, *extra, *(entry_of(group) for group in _saves(edits, marks))]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def _changes_of(record: Chain) -> models.QuerySet[StatusChange]:
    return record.status_changes()


def _history_of(record: models.Model, part: Part) -> models.QuerySet:
    """Historical rows of a part, also of those that were deleted since."""
    if not isinstance(part, str):
        return part
    model: type[models.Model] = type(record)
    path: list[str] = []
    for name in part.split("__"):
        relation: Any = model._meta.get_field(name)
        model = relation.related_model
        path.insert(0, relation.field.name)
    return history_of(model).filter(**{"__".join(path): record})


# --- Entries --------------------------------------------------------------------------------------------------------


def _step_entry(record: Chain, change: StatusChange) -> Entry:
    step = record.STEPS.get(change.step)
    words = record.status_words()
    return Entry(
        at=change.at,
        who=str(change.actor or "Pelamar"),
        title=step.done if step else change.step,
        note=change.note,
        icon="check",
        changes=[Change("Status", str(words.get(change.old, change.old)), str(words.get(change.new, change.new)))],
    )


def _saves(edits: list[Worded], marks: list[datetime]) -> Iterator[list[Worded]]:
    """Edits that one person made in one go belong together; a step in between parts them."""
    keys: dict[int, tuple] = {}
    newest: Edit | None = None
    for position, (edit, _is_part) in enumerate(edits):
        if newest is None or newest.author_id != edit.author_id or newest.at - edit.at > ONE_SAVE:
            newest = edit
        passed = bisect_left(marks, edit.at)
        keys[position] = (newest.at, newest.author_id, passed)
    for _key, group in groupby(range(len(edits)), key=keys.__getitem__):
        yield [edits[position] for position in group]


def _entry_of(group: list[Worded]) -> Entry:
    """Who, when and why; what was changed is added by those who ask."""
    created = any(edit.kind == "+" and not is_part for edit, is_part in group)
    edited = any(edit.kind == "~" for edit, _is_part in group)
    kind = Edit.KINDS["+"] if created else Edit.KINDS["~"] if edited or len(group) > 1 else group[0][0].kind_label
    newest, _is_part = group[0]
    entry = Entry(newest.at, newest.author or "Sistem", kind, icon="circle" if created else "half")
    entry.note = "\n".join(dict.fromkeys(edit.reason for edit, _is_part in group if edit.reason))
    return entry


def _save_entry(group: list[Worded]) -> Entry:
    entry = _entry_of(group)
    for edit, is_part in group:
        entry.changes += [
            Change(f"{edit.thing} – {label}" if is_part else label, old, new) for label, old, new in edit.changes
        ]
    for sign, sentence in (("+", "%s ditambahkan"), ("-", "%s dihapus")):
        parts = [edit for edit, is_part in group if edit.kind == sign and is_part]
        entry.lines += [sentence % thing for thing in _few(parts)]
    return entry


def _counted_entry(group: list[Worded]) -> Entry:
    """Own fields old -> new; of parts how many were added, removed, and how many of their fields changed."""
    entry = _entry_of(group)
    counts: Counter[str] = Counter()
    for edit, is_part in group:
        if not is_part:
            entry.changes += [Change(*change) for change in edit.changes if change[1:] != ("", "")]
            entry.lines += [f"{label} diubah" for label, *values in edit.changes if values == ["", ""]]
        elif edit.kind == "~":
            counts[f"%d isian {edit.thing} berubah"] += len(edit.changes)
        else:
            counts[("%%d %s ditambahkan" if edit.kind == "+" else "%%d %s dihapus") % edit.thing] += 1
    entry.lines += [sentence % count for sentence, count in counts.items()]
    return entry


def _few(parts: list[Edit]) -> list[str]:
    """The parts by name, or "50 baris laporan" where a list would drown the page."""
    by_kind: dict[str, list[Edit]] = defaultdict(list)
    for part in parts:
        by_kind[part.kind_of_thing].append(part)
    found = []
    for kind, edits in sorted(by_kind.items()):
        found += sorted(edit.thing for edit in edits) if len(edits) <= NAMED else [f"{len(edits)} {kind}"]
    return found


# --- The page -------------------------------------------------------------------------------------------------------


def riwayat_page(
    request: UserRequest, record: models.Model, parts: Iterable[Part] = (), *, extra_context: dict | None = None
) -> HttpResponse:
    """The whole timeline of ``record``, page by page. The caller has fetched it in scope and asked permission."""
    page = _page(timeline(record, parts=parts, limit=WHOLE), request.GET)
    context = {"record": record, "record_url": address_of(record), "page": page}
    return render(request, "p2emas/workflow/riwayat.html", context | (extra_context or {}))


def _pages(entries: list[Entry]) -> list[list[Entry]]:
    """At most so many entries, and so many rows in all, on each; at least one page."""
    pages: list[list[Entry]] = [[]]
    rows = 0
    for part in (part for entry in entries for part in _parts(entry)):
        size = len(part.changes) + len(part.lines)
        if pages[-1] and (len(pages[-1]) == PAGE_SIZE or rows + size > ROWS_A_PAGE):
            pages.append([])
            rows = 0
        pages[-1].append(part)
        rows += size
    return pages


def _parts(entry: Entry) -> Iterator[Entry]:
    """An entry of more changes than a page shows is continued on the next ones."""
    yield replace(entry, changes=entry.changes[:ROWS_A_PAGE]) if len(entry.changes) > ROWS_A_PAGE else entry
    for start in range(ROWS_A_PAGE, len(entry.changes), ROWS_A_PAGE):
        more = entry.changes[start : start + ROWS_A_PAGE]
        yield replace(entry, title=f"{entry.title} (lanjutan)", note="", changes=more, lines=[])


def _page(entries: list[Entry], query: QueryDict) -> Page:
    pages = _pages(entries)
    last = len(pages)
    asked = query.get("halaman", "")
    number = min(int(asked), last) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
    number = max(1, number)
    page = Page(rows=pages[number - 1], size=PAGE_SIZE, count=len(entries), more=False, number=number)
    page.previous = with_query(query, halaman=number - 1) if number > 1 else ""
    page.next = with_query(query, halaman=number + 1) if number < last else ""
    return page
