"""The job that reads the workbook of a form with many rows, while its page says so."""

import logging

from django.conf import settings
from django_tasks import task

from p2emas.documents.kinds import FileRefused
from p2emas.imports.lanes.models import LaneUpload
from p2emas.imports.lanes.services import read_into
from p2emas.imports.lanes.shapes import lane_of
from p2emas.jobs.queue import is_under_way, register_sweep, took_too_long

logger = logging.getLogger(__name__)
LOST = "Pembacaan terhenti dua kali di tengah jalan. Unggah berkasnya lagi."
TOO_LONG = "Berkas ini terlalu lama dibaca, jadi dihentikan. Hapus lembar tambahan, lalu unggah lagi."


@task()
def read_upload(upload_id: int) -> None:
    """Read the file of an upload; safe to run again from the start."""
    upload = LaneUpload.objects.being_read().filter(pk=upload_id).select_related("uploaded_by").first()
    if upload is None:  # read already
        return
    try:
        _read(upload)
    except FileRefused as refused:
        _fail(upload, " ".join(refused.messages))
    except Exception:
        logger.exception("workbook %s could not be read", upload_id)
        _fail(upload, "Pembacaan berhenti karena galat di server. Unggah berkasnya lagi.")


def _read(upload: LaneUpload) -> None:
    lane = lane_of(upload.lane)
    if lane is None:
        raise FileRefused("Jenis isian ini tidak ada lagi.")
    record = lane.find(upload.uploaded_by, upload.record)
    read_into(upload, lane, record, upload.received, lane.sheets(record), seconds=settings.READ_JOB_SECONDS)


def _fail(upload: LaneUpload, sentence: str) -> None:
    failed = LaneUpload.Status.FAILED
    LaneUpload.objects.being_read().filter(pk=upload.pk).update(status=failed, problem=sentence[:500], content=None)


@register_sweep
def end_unread_uploads() -> int:
    """Uploads that nobody reads: their job was given up, or died before it could say so."""
    orphans = [upload for upload in LaneUpload.objects.being_read() if not is_under_way(upload.job)]
    for upload in orphans:
        _fail(upload, TOO_LONG if took_too_long(upload.job) else LOST)
    return len(orphans)
