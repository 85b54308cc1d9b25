"""The job that reads a large file of a plan, while its page says so."""

import logging

from django.conf import settings
from django_tasks import task

from p2emas.documents.kinds import FileRefused, ReceivedFile
from p2emas.jobs.queue import is_under_way, register_sweep, took_too_long
from programs.planning.files.models import PlanFile
from programs.planning.files.receiving import take_in

logger = logging.getLogger(__name__)
LOST = "Pembacaan terhenti dua kali di tengah jalan. Unggah berkasnya lagi."
TOO_LONG = "Berkas ini terlalu lama dibaca, jadi dihentikan. Hapus lembar tambahan, lalu unggah lagi."


@task()
def read_plan_file(file_id: int) -> None:
    """Read a received file; safe to run again from the start."""
    file = PlanFile.objects.being_read().filter(pk=file_id).select_related("uploaded_by", "agency").first()
    if file is None:  # read already
        return
    received = ReceivedFile(
        content=bytes(file.content or b""), thumbnail=b"", original_name=file.file_name, content_type=file.content_type
    )
    try:
        take_in(file, received, seconds=settings.READ_JOB_SECONDS)
    except FileRefused as refused:
        _fail(file, " ".join(refused.messages))
    except Exception:
        logger.exception("plan file %s could not be read", file_id)
        _fail(file, "Pembacaan berhenti karena galat di server. Unggah berkasnya lagi.")


def _fail(file: PlanFile, sentence: str) -> None:
    failed = PlanFile.Status.FAILED
    PlanFile.objects.being_read().filter(pk=file.pk).update(status=failed, problem=sentence[:500], content=None)


@register_sweep
def end_unread_plan_files() -> int:
    """Files that nobody reads: their job was given up, or died before it could say so."""
    orphans = [file for file in PlanFile.objects.being_read() if not is_under_way(file.job)]
    for file in orphans:
        _fail(file, TOO_LONG if took_too_long(file.job) else LOST)
    return len(orphans)
