"""Taking an uploaded file: read while somebody waits, or by a worker where it has many rows."""

from typing import Any

from django.db import models, transaction

from p2emas import clock
from p2emas.accounts.models import User
from p2emas.documents.kinds import ReceivedFile
from p2emas.imports.lanes.jobs import read_upload
from p2emas.imports.lanes.models import LaneUpload
from p2emas.imports.lanes.reading import MOST_ROWS, LongFile
from p2emas.imports.lanes.services import read_into
from p2emas.imports.lanes.shapes import Lane


def take_file(*, lane: Lane[Any], record: models.Model, received: ReceivedFile, user: User) -> LaneUpload:
    """Read an uploaded workbook or CSV, or leave it to a worker where the file has many rows.

    Raises ``FileRefused`` with a sentence.
    """
    upload = LaneUpload(lane=lane.code, record=record.pk, uploaded_by=user, uploaded_at=clock.now())
    upload.file_name = received.original_name[:120]
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
