"""Writing the rows of an import, all or none; read some at a time: a national list is longer than memory is large."""

from collections.abc import Iterator

from django.db import IntegrityError, transaction
from django.db.models import Max

from p2emas.accounts.models import User
from p2emas.history.records import history_of
from p2emas.imports.judging import Judge
from p2emas.imports.kinds import CHUNK, ImportKind, kind_of
from p2emas.imports.models import Import, ImportRow
from p2emas.workflow.models import StepNotAllowed


class RowsMoved(StepNotAllowed):
    """What is stored changed since the preview: nothing was written, the preview now shows the present."""


def apply_import(*, batch: Import, seen: str, actor: User) -> None:
    """Write every row or none. Raises ``RowsMoved`` when a row would no longer do what the preview showed."""
    moved: list[ImportRow] = []
    judge = Judge(kind_of_import(batch), actor)
    try:
        with transaction.atomic():
            batch.take_step("apply", seen=seen, actor=actor)
            gather(batch, judge)
            for rows in parts_of(batch, judge.kind):
                moved += moved_rows(judge, rows)
                if not moved:
                    _write(judge.kind, rows, batch, actor)
            if moved:
                raise RowsMoved(moved_sentence(len(moved)))
            newest = history_of(judge.kind.model).aggregate(newest=Max("history_id"))["newest"]
            Import.objects.filter(pk=batch.pk).update(last_edit=newest)
    except IntegrityError as crossed:  # somebody wrote the same record in the same moment
        raise RowsMoved("Data berubah pada saat yang sama. Tidak ada yang disimpan; terapkan lagi.") from crossed
    except RowsMoved:
        show_moved(moved)
        batch.refresh_from_db()
        raise


def kind_of_import(batch: Import) -> ImportKind:
    kind = kind_of(batch.kind)
    if kind is None:
        raise StepNotAllowed("Jenis impor ini tidak ada lagi.")
    return kind


def parts_of(batch: Import, kind: ImportKind) -> Iterator[list[ImportRow]]:
    """The rows that were readable, in the order of the file, as many at a time as the kind says."""
    rows = batch.rows.exclude(action=ImportRow.Action.ERROR).order_by("number")
    last = -1
    while part := list(rows.filter(number__gt=last)[: kind.rows_at_once]):
        yield part
        last = part[-1].number


def gather(batch: Import, judge: Judge) -> None:
    """Let the kind look at all rows before the first is judged."""
    if judge.kind.gathers:
        for rows in parts_of(batch, judge.kind):
            judge.kind.gather([row.new_values for row in rows], judge.lookups)


def moved_rows(judge: Judge, rows: list[ImportRow]) -> list[ImportRow]:
    """Rows judged otherwise than in the preview, with the new verdict put in."""
    existing = judge.kind.existing(judge.user, [row.new_values for row in rows])
    found = []
    for row in rows:
        verdict = judge.judge(row.new_values, existing)
        now = (verdict.action, verdict.object_id, verdict.before)
        if now != (row.action, row.object_id, row.before):
            row.action, row.object_id, row.before = now
            row.message, row.moved = verdict.message, True
            found.append(row)
    return found


def show_moved(moved: list[ImportRow]) -> None:
    ImportRow.objects.bulk_update(moved, ["action", "object_id", "before", "message", "moved"], batch_size=CHUNK)


def moved_sentence(count: int) -> str:
    return (
        f"Data tersimpan berubah sejak pratinjau: {count} baris. Tidak ada yang disimpan. Periksa, lalu terapkan lagi."
    )


def _write(kind: ImportKind, rows: list[ImportRow], batch: Import, actor: User) -> None:
    made = {f"{kind.made_by}_id": batch.pk} if kind.made_by else {}
    kind.create([{**row.new_values, **made} for row in rows if row.action == ImportRow.Action.NEW], actor)
    kind.change({row.record_pk: row.new_values for row in rows if row.action == ImportRow.Action.CHANGE}, actor)
