"""Keeping what a workbook or pasted text says, applying it all or nothing, and taking it back."""

from collections.abc import Mapping
from typing import Any

from django.db import models, transaction

from p2emas import clock
from p2emas.accounts.models import User
from p2emas.documents.kinds import FileRefused, ReceivedFile
from p2emas.imports.lanes.comparing import LaneComparison
from p2emas.imports.lanes.models import LaneUpload
from p2emas.imports.lanes.office_tables import SheetKind, book_by_layout, question_about, remembered_layout
from p2emas.imports.lanes.reading import TEXT, OwnHeadings, ReadBook, in_json, read_file
from p2emas.imports.lanes.shapes import Lane, LaneSheet
from p2emas.imports.lanes.tokens import TokenRefused, held_by, opened_token
from p2emas.imports.memory import known_to, office_of
from p2emas.imports.models import CSV
from p2emas.imports.tables import TableRefused
from p2emas.workflow.editing import EditConflict
from p2emas.workflow.models import StepNotAllowed

Status = LaneUpload.Status


class LaneRefused(Exception):
    """Nothing was written; the message is a sentence for the screen."""


def read_into(
    upload: LaneUpload,
    lane: Lane[Any],
    record: models.Model,
    received: ReceivedFile,
    sheets: list[LaneSheet],
    *,
    most: int | None = None,
    seconds: float | None = None,
) -> LaneUpload:
    """Read a received file and keep what it says, or ask which column is which.

    Raises ``FileRefused``, ``LongFile`` beyond ``most`` rows. ``seconds`` is for jobs.
    """
    try:
        book = read_file(received, sheets, most=most, seconds=seconds)
    except OwnHeadings as own:
        upload.content, upload.content_type = received.content, received.content_type
        return _take_own(upload, lane, sheets, own)
    upload.content, upload.layout, upload.asked = None, None, None
    if received.content_type in (CSV, TEXT):
        upload.held = held_by(sheets)
    else:
        _check_token(upload, lane, record, book)
    return _kept(upload, book)


def _take_own(upload: LaneUpload, lane: Lane[Any], sheets: list[LaneSheet], own: OwnHeadings) -> LaneUpload:
    """A table of the office's making: read as it was answered, for this file or before, else the page asks."""
    by_name = {sheet.name: sheet for sheet in sheets if sheet.rows}
    kinds = {name: SheetKind(lane, sheet) for name, sheet in by_name.items()}
    known = {kind.code: layout_known_to(upload.uploaded_by, kind.code) for kind in kinds.values()}
    try:
        upload.asked = question_about(kinds.values(), own.table, known)
    except TableRefused:
        raise own from None
    if not upload.asked["guessed"] and upload.content_type == TEXT:
        raise own
    upload.held = held_by(sheets)
    layout = upload.layout or remembered_layout(kinds.values(), own.table, known, upload.asked)
    if not layout:
        upload.status = Status.ASKING
        upload.save()
        return upload
    upload.layout, name = layout, layout["sheet"]
    return _kept(upload, book_by_layout(kinds[name], by_name[name], own.table, layout))


def layout_known_to(user: User, code: str) -> dict[str, Any]:
    """What the office of ``user`` answered about such tables; nothing for a person without an office."""
    try:
        return known_to(office_of(user), code)
    except StepNotAllowed:
        return {}


def _check_token(upload: LaneUpload, lane: Lane[Any], record: models.Model, book: ReadBook) -> None:
    try:
        token = opened_token(book.mark)
    except TokenRefused as refused:
        raise FileRefused(str(refused)) from None
    if (token.lane, token.record) != (lane.code, record.pk):
        raise FileRefused(
            f"Berkas ini isian untuk data lain, bukan {lane.name_of(record)}. Unggah di halaman tempat Anda "
            "mengunduhnya, atau unduh isian Excel di sini."
        )
    upload.made_at, upload.held = token.made_at, token.held


def take_text(*, lane: Lane[Any], record: models.Model, text: str, user: User) -> LaneUpload:
    """Read pasted cells. They hold no token: what is stored now is what they are compared with."""
    upload = LaneUpload(lane=lane.code, record=record.pk, uploaded_by=user, uploaded_at=clock.now())
    received = ReceivedFile(content=text.encode(), thumbnail=b"", original_name="", content_type=TEXT)
    return read_into(upload, lane, record, received, lane.sheets(record))


def _kept(upload: LaneUpload, book: ReadBook) -> LaneUpload:
    if not any(sheet.rows for sheet in book.sheets):
        raise FileRefused("Tidak ada baris yang terisi di bawah baris judul. Isi angkanya, lalu kirim lagi.")
    upload.cells, upload.notices = in_json(book), book.notices
    upload.status = Status.READY
    upload.save()
    return upload


def apply_upload(
    *, lane: Lane[Any], record: models.Model, upload: LaneUpload, answers: Mapping[str, str], version: int, actor: User
) -> LaneComparison:
    """Save all cells or none through the service of the form.

    Answers the comparison, which says what keeps it from being applied when it was not. Raises ``EditConflict`` when
    somebody saved after the page of differences was shown, ``LaneRefused`` when it was applied already.
    """
    with transaction.atomic():
        held = LaneUpload.objects.select_for_update(no_key=True).get(pk=upload.pk)
        if held.status != Status.READY:
            raise LaneRefused("Isian ini sudah dipakai atau dibatalkan.")
        if not lane.is_open(record):
            raise LaneRefused(lane.closed(record))
        found = LaneComparison(lane, record, held, answers)
        if found.to_decide:
            return found
        if found.version != version:
            raise EditConflict
        if found.data:
            upload.added = list(lane.save(record, found.bound, version=version, actor=actor))
        upload.status, upload.applied_at = Status.APPLIED, clock.now()
        upload.before, upload.changed = found.before, found.changed_cells
        upload.version_after, upload.content, upload.asked = lane.version_of(record), None, None
        fields = ["status", "applied_at", "before", "added", "changed", "version_after", "content", "asked"]
        upload.save(update_fields=fields)
    return found


def undo_upload(*, lane: Lane[Any], record: models.Model, upload: LaneUpload, actor: User) -> None:
    """Bring back what was there before; raises ``LaneRefused`` once anybody has saved after it."""
    with transaction.atomic():
        held = LaneUpload.objects.select_for_update(no_key=True).get(pk=upload.pk)
        if sentence := undo_refusal(lane, record, held):
            raise LaneRefused(sentence)
        if held.before or held.added:
            sheets = lane.sheets(record, held.before)
            wrong = [str(s) for sheet in sheets for row in sheet.rows for all in row.form.errors.values() for s in all]
            if wrong:
                raise LaneRefused(f"Isian sebelumnya tidak dapat dikembalikan: {wrong[0]}.")
            try:
                added, version = held.added or [], held.version_after or 0
                lane.take_back(record, sheets, added, version=version, actor=actor)
            except EditConflict:
                raise LaneRefused(AFTER) from None
        held.status = Status.UNDONE
        held.save(update_fields=["status"])


AFTER = "Sesudah isian Excel ini dipakai sudah ada yang menyimpan, jadi tidak dapat dibatalkan. Ubah angkanya langsung."


def undo_refusal(lane: Lane[Any], record: models.Model, upload: LaneUpload) -> str:
    if upload.status != Status.APPLIED:
        return "Isian Excel ini belum dipakai atau sudah dibatalkan."
    if not lane.is_open(record):
        return lane.closed(record)
    return "" if lane.version_of(record) == upload.version_after else AFTER
