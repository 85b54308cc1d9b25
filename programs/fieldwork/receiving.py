"""What comes from a phone, by signal or in a copy: the text as a form, then each photo."""

import uuid
from typing import Any

from django.http import QueryDict

from p2emas import clock
from p2emas.accounts.models import User
from p2emas.documents.files import receive_file
from p2emas.documents.kinds import PHOTOS
from p2emas.ui import formats
from programs.fieldwork.forms import MOST_BYTES, SentVisitForm, sent_digest
from programs.fieldwork.models import FieldReport
from programs.fieldwork.services import VisitRefused, receive_photo, receive_visit


def take_visit(user: User, data: QueryDict) -> FieldReport:
    """The visit of ``data``; one whose token came before is answered as it was, and nothing is written.

    Raises ``StepNotAllowed`` with the sentence for its author.
    """
    if (there := _known(data.get("token", ""), user)) is not None:
        return there
    form = SentVisitForm(data, user=user, today=clock.today())
    if not form.is_valid():
        raise VisitRefused(form.sentence)
    said = form.cleaned_data
    return receive_visit(
        by=user,
        token=said["token"],
        village=said["village"],
        visited_on=said["visited_on"],
        values=form.values(),
        lines=form.seen,
        replaces=_replaced(said["replaces"], user),
    )


def take_photo(report: FieldReport, number: int, upload: Any, user: User) -> FieldReport:
    """Photo ``number`` of ``upload``; one that is there is not asked for again.

    Raises ``StepNotAllowed`` or ``ValidationError`` with the sentence for its author.
    """
    if number not in report.photos_missing:
        return report
    if upload is None or not upload.size or upload.size > MOST_BYTES:
        raise VisitRefused(f"Foto tidak sampai, atau lebih besar dari {formats.file_size(MOST_BYTES)}.")
    digest = sent_digest(upload.read())
    received = receive_file(upload, allowed=PHOTOS)
    return receive_photo(report=report, number=number, received=received, sha256=digest, by=user)


def _known(token_said: str, user: User) -> FieldReport | None:
    """What this person has sent with the token before; a draft at the server is none."""
    try:
        token = uuid.UUID(token_said)
    except ValueError:
        return None
    return FieldReport.objects.with_token(user, token).first()


def _replaced(token: uuid.UUID | None, user: User) -> FieldReport | None:
    if token is None:
        return None
    earlier = FieldReport.objects.with_token(user, token).first()
    if earlier is None:
        raise VisitRefused("Kunjungan yang diperbaiki tidak ada, atau sudah diganti.")
    return earlier
