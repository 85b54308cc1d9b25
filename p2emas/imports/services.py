"""Starting an import, answering what its file asks, and beginning to apply it."""

from typing import Any

from django.db import transaction

from p2emas.accounts.models import User
from p2emas.documents.kinds import ReceivedFile
from p2emas.documents.storing import store_file
from p2emas.imports.applying.writing import apply_import
from p2emas.imports.arranging import remember_answer
from p2emas.imports.jobs import apply_long_import, check_import
from p2emas.imports.kinds import ImportKind
from p2emas.imports.memory import office_of
from p2emas.imports.models import Import, ImportFile
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
