"""Taking back what an import wrote, within a day: everything or nothing."""

from django.db import transaction
from django.db.models import ProtectedError

from p2emas.accounts.models import User
from p2emas.history.records import history_of
from p2emas.imports.applying.writing import kind_of_import
from p2emas.imports.cells import Values
from p2emas.imports.kinds import ImportKind, chunks
from p2emas.imports.models import Import, ImportRow
from p2emas.workflow.models import StepNotAllowed


def undo_import(batch: Import, *, seen: str, actor: User, note: str = "") -> None:
    """Everything as it was before, or nothing: refused once any of the rows was changed by somebody."""
    kind = kind_of_import(batch)
    try:
        with transaction.atomic():
            batch.take_step("undo", seen=seen, actor=actor, note=note)
            rows = list(batch.rows.to_apply())
            found = _still_as_applied(kind, batch, rows, actor)
            old = {row.record_pk: row.old_values for row in rows if row.action == ImportRow.Action.CHANGE}
            kind.change(old, actor)
            kind.remove([found[row.pk] for row in rows if row.action == ImportRow.Action.NEW], actor)
    except ProtectedError as used:
        raise StepNotAllowed("Impor ini tidak dapat dibatalkan: data yang dibuatnya sudah dipakai data lain.") from used


def _still_as_applied(kind: ImportKind, batch: Import, rows: list[ImportRow], actor: User) -> dict[int, int]:
    """Row -> key of its record; raises with the rows that somebody has changed or removed since.

    The history tells of most changes; what is kept in another table than the record's (the kecamatan of an office) is
    compared with what was applied.
    """
    existing = kind.existing(actor, [row.new_values for row in rows])
    stored = {row.pk: existing.get(kind.identity(row.new_values)) or {} for row in rows}
    edited = _edited_since(kind, batch, [each["pk"] for each in stored.values() if each])
    if changed := [row for row in rows if _is_changed(kind, row, stored[row.pk], edited)]:
        gone = [row for row in changed if not stored[row.pk]]
        raise StepNotAllowed(_why_not(kind, changed, gone, actor))
    return {pk: each["pk"] for pk, each in stored.items()}


def _edited_since(kind: ImportKind, batch: Import, keys: list[int]) -> set[int]:
    edited: set[int] = set()
    for several in chunks(keys):
        later = history_of(kind.model).filter(id__in=several, history_id__gt=batch.last_edit)
        edited.update(later.values_list("id", flat=True))
    return edited


def _is_changed(kind: ImportKind, row: ImportRow, stored: Values, edited: set[int]) -> bool:
    if not stored or stored["pk"] in edited:
        return True
    return any(stored[column.name] != row.new_values[column.name] for column in kind.changeable)


def _why_not(kind: ImportKind, changed: list[ImportRow], gone: list[ImportRow], actor: User) -> str:
    """Rows that were used since (``gone``, and refused by their kind today) are told so, not that they were edited."""
    lookups = kind.lookups(actor) if gone else None
    for row in gone:
        if sentence := kind.refusal(row.new_values, lookups):
            words = {"number": row.number, "key": row.key, "sentence": sentence}
            return "Impor ini tidak dapat dibatalkan, antara lain karena baris {number} ({key}): {sentence}".format(
                **words
            )
    named = "; ".join(f"{row.number} ({row.key})" for row in changed[:3])
    sentence = "Impor ini tidak dapat dibatalkan: %(count)d baris sudah diubah sesudahnya, antara lain baris %(named)s."
    return sentence % {"count": len(changed), "named": named}
