"""Starting an import, beginning to apply it, and taking it back within a day."""

from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from p2emas.accounts.models import Agency, User
from p2emas.accounts.roles import AGENCY_STAFF, COORDINATORS, Role
from p2emas.documents.kinds import ReceivedFile
from p2emas.documents.storing import store_file
from p2emas.history.records import history_of
from p2emas.imports.arranging import remember_answer
from p2emas.imports.cells import Values
from p2emas.imports.jobs import apply_long_import, check_import
from p2emas.imports.judging import apply_import, kind_of_import
from p2emas.imports.kinds import ImportKind, chunks
from p2emas.imports.models import Import, ImportFile, ImportRow
from p2emas.imports.numbers import NumberFormat
from p2emas.imports.shapes import Json
from p2emas.workflow.models import StepNotAllowed


def start_import(*, kind: ImportKind, received: ReceivedFile, user: User) -> Import:
    """Keep the file and hand it to a worker, both or neither.

    The same file of the same person that is still open (a second click, a retry after a lost reply) is the one import.
    """
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=user.pk)  # one at a time for each person
        same = Import.objects.of_kind(kind.code).still_open(user, received.sha256).first()
        if same is not None:
            return same
        batch = Import.objects.create(kind=kind.code, agency=office_of(user), uploaded_by=user)
        store_file(ImportFile, owner=batch, upload=received, user=user)
        _hand_over(batch)
    batch.refresh_from_db()
    return batch


def _hand_over(batch: Import) -> None:
    """Let a worker check the file; inside the transaction that made it wait for one."""
    _waits_for(batch, check_import.enqueue(batch.pk))


def _waits_for(batch: Import, job: Any) -> None:
    Import.objects.filter(pk=batch.pk).update(job=job.id)


def answer_format(*, batch: Import, number_format: str, seen: str, actor: User) -> None:
    """Take the answer to how the file writes its numbers, and check the file again with it."""
    if batch.asked:
        raise StepNotAllowed("Jawab dahulu kolom mana berisi apa.")
    words = dict(NumberFormat.choices).get(number_format, "")
    with transaction.atomic():
        batch.take_step("answer", seen=seen, actor=actor, note=words, number_format=number_format)
        _hand_over(batch)
    batch.refresh_from_db()


def answer_layout(*, batch: Import, answer: Json, seen: str, actor: User) -> None:
    """Take the answer to which column is which, keep it for the office, and check the file again with it."""
    with transaction.atomic():
        if batch.asked:
            remember_answer(batch, answer, actor)
        batch.take_step("answer", seen=seen, actor=actor, note="Susunan kolom", layout=answer, asked=None)
        _hand_over(batch)
    batch.refresh_from_db()


def ask_layout_again(batch: Import, *, seen: str, actor: User, note: str = "") -> None:
    """Back from the preview to the question of the columns; the present answer is offered, and so is another."""
    if not batch.layout:
        raise StepNotAllowed("Kolom berkas ini dibaca menurut templat, jadi tidak ditanyakan.")
    fresh = {"number_format": "", "notices": "", "done": 0, "total": None}
    with transaction.atomic():
        asked = {"shape": batch.layout["shape"], "again": True}
        batch.take_step("rearrange", seen=seen, actor=actor, note=note, layout=asked, **fresh)
        _hand_over(batch)
    batch.refresh_from_db()


def office_of(user: User) -> Agency:
    """For whom a person imports: the lead agency before the office of a kecamatan, and that before an agency."""
    for roles in (COORDINATORS, {Role.DISTRICT_ADMIN}, AGENCY_STAFF):
        for held in user.current_assignments:
            if held.role in roles:
                return held.agency
    raise StepNotAllowed("Anda tidak berwenang untuk langkah ini.")


# --- Applying -------------------------------------------------------------------------------------------------------

AT_ONCE = 2_000  # rows that are written while somebody waits


def begin_applying(*, batch: Import, seen: str, actor: User) -> None:
    """Write the rows, or hand a long file to a worker; raises ``StepNotAllowed`` as ``apply_import``."""
    if seen == Import.Status.READY and batch.rows.to_apply().count() > AT_ONCE:
        with transaction.atomic():
            batch.take_step("hand_over", seen=seen, actor=actor, problem="", done=0, total=None)
            _waits_for(batch, apply_long_import.enqueue(batch.pk, actor.pk))
        batch.refresh_from_db()
    else:
        apply_import(batch=batch, seen=seen, actor=actor)


# --- Taking back ----------------------------------------------------------------------------------------------------


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
