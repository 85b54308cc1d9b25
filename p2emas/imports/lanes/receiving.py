"""Taking an uploaded file: read while somebody waits, or by a worker where it has many rows."""

from contextlib import suppress
from typing import Any

from django.db import models, transaction
from django.http import Http404
from django.urls import reverse

from p2emas import clock
from p2emas.accounts.models import User
from p2emas.documents.kinds import FileRefused, ReceivedFile
from p2emas.imports.columns_shape import COLUMNS
from p2emas.imports.lanes.jobs import read_upload
from p2emas.imports.lanes.models import LaneUpload
from p2emas.imports.lanes.office_tables import LaneColumnsForm, SheetKind
from p2emas.imports.lanes.reading import MOST_ROWS, LongFile
from p2emas.imports.lanes.services import layout_known_to, read_into
from p2emas.imports.lanes.shapes import Lane
from p2emas.imports.memory import keep_layout, known_to, office_of
from p2emas.imports.shapes import Json
from p2emas.workflow.models import StepNotAllowed


def take_file(*, lane: Lane[Any], record: models.Model, received: ReceivedFile, user: User) -> LaneUpload:
    """Read an uploaded workbook or CSV, or leave it to a worker where the file has many rows.

    Raises ``FileRefused`` with a sentence.
    """
    upload = LaneUpload(lane=lane.code, record=record.pk, uploaded_by=user, uploaded_at=clock.now())
    upload.file_name = received.original_name[:120]
    return _read_or_wait(upload, lane, record, received)


def answer_lane_columns(*, upload: LaneUpload, lane: Lane[Any], record: models.Model, answer: Json) -> LaneUpload:
    """Take the answer to which column is which, keep it for the office, and read the table by it.

    Raises ``FileRefused`` with a sentence.
    """
    with transaction.atomic():
        held = LaneUpload.objects.select_for_update(no_key=True).get(pk=upload.pk)
        if not held.asks_again:
            raise FileRefused("Susunan kolom berkas ini tidak ditanyakan lagi.")
        _remember(held, lane, record, answer)
        held.layout = answer
        return _read_or_wait(held, lane, record, held.received)


def columns_form(
    upload: LaneUpload, lane: Lane[Any], record: models.Model, name: str, data: Any = None
) -> LaneColumnsForm:
    """The question about the sheet ``name``, or the one that was answered or guessed, filled in as far as known."""
    asked, sheets = upload.asked or {}, {sheet.name: sheet for sheet in lane.sheets(record)}
    names = [name, (upload.layout or {}).get("sheet", ""), asked["sheet"], *asked["found"]]
    chosen = next((each for each in names if each in asked["found"] and each in sheets), "")
    if not chosen:
        raise Http404
    kind = SheetKind(lane, sheets[chosen])
    known = layout_known_to(upload.uploaded_by, kind.code)
    form = LaneColumnsForm(data, kind=kind, found=asked["found"][chosen], known=known)
    form.sent_to(reverse("imports:lane-columns", args=[upload.pk]), upload.status)
    return form


def _remember(upload: LaneUpload, lane: Lane[Any], record: models.Model, answer: Json) -> None:
    sheet = next(sheet for sheet in lane.sheets(record) if sheet.name == answer["sheet"])
    code, found = SheetKind(lane, sheet).code, (upload.asked or {})["found"][answer["sheet"]]
    with suppress(StepNotAllowed):  # a person without an office is asked each time
        office, by = office_of(upload.uploaded_by), upload.uploaded_by
        keep_layout(office, code, COLUMNS.to_remember(found, answer, known_to(office, code)), by)


def _read_or_wait(upload: LaneUpload, lane: Lane[Any], record: models.Model, received: ReceivedFile) -> LaneUpload:
    try:
        return read_into(upload, lane, record, received, lane.sheets(record), most=MOST_ROWS)
    except LongFile:
        return _for_a_worker(upload, received)


def _for_a_worker(upload: LaneUpload, received: ReceivedFile) -> LaneUpload:
    upload.status, upload.content, upload.content_type = (
        LaneUpload.Status.READING,
        received.content,
        received.content_type,
    )
    with transaction.atomic():
        upload.save()
        job = read_upload.enqueue(upload.pk)
        LaneUpload.objects.filter(pk=upload.pk).update(job=job.id)
    return upload
