"""What a phone sends: the text with the list of its photos, then each photo as its own request."""

import uuid

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from p2emas import clock
from p2emas.accounts.models import User
from p2emas.accounts.signed_in import UserRequest
from p2emas.documents.files import receive_file
from p2emas.documents.kinds import PHOTOS
from p2emas.ui import formats
from p2emas.workflow.models import StepNotAllowed
from programs.fieldwork.field_views import ask_field
from programs.fieldwork.forms import MOST_BYTES, SentVisitForm, sent_digest
from programs.fieldwork.models import FieldReport
from programs.fieldwork.offline import field_data
from programs.fieldwork.services import VisitRefused, receipt_of_visit, receive_photo, receive_visit

REFUSED = 422  # the item goes back to the drafts of the phone, with the sentence


def state_of(report: FieldReport) -> dict[str, object]:
    """What the phone keeps of a visit: the same answer however often it is asked."""
    receipt = receipt_of_visit(report)
    return {
        "token": str(report.client_token),
        "state": report.status,
        "words": report.state_words,
        "number": report.number,
        "receipt": receipt.shown_code if receipt else "",
        "missing": report.photos_missing,
        "village": str(report.village),
        "date": formats.long_date(report.visited_on),
        "url": report.get_absolute_url(),
    }


def _refused(sentence: str) -> HttpResponse:
    return JsonResponse({"error": sentence}, status=REFUSED)


@never_cache
@require_safe
def field_data_of(request: UserRequest) -> HttpResponse:
    """What the phone keeps of this user, with the token that its next sending needs."""
    ask_field(request.user)
    return JsonResponse(field_data(request.user, clock.today()) | {"csrf": get_token(request)})


@require_POST
def visit_receive(request: UserRequest) -> HttpResponse:
    """Take the text. A token that came before is answered as it was, and nothing is written."""
    ask_field(request.user)
    if (there := _known(request.POST.get("token", ""), request.user)) is not None:
        return JsonResponse(state_of(there))
    form = SentVisitForm(request.POST, user=request.user, today=clock.today())
    if not form.is_valid():
        return _refused(form.sentence)
    said = form.cleaned_data
    try:
        report = receive_visit(
            by=request.user,
            token=said["token"],
            village=said["village"],
            visited_on=said["visited_on"],
            values=form.values(),
            lines=list(said["lines"]),
            replaces=_replaced(said["replaces"], request.user),
        )
    except StepNotAllowed as refusal:
        return _refused(str(refusal))
    return JsonResponse(state_of(report))


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


@require_POST
def photo_receive(request: UserRequest, token: uuid.UUID, number: int) -> HttpResponse:
    """One whole photo; the last one completes the visit and the answer has its receipt."""
    report = FieldReport.objects.with_token(request.user, token).first()
    if report is None:
        raise Http404
    ask_field(request.user)
    if number not in report.photos_missing:
        return JsonResponse(state_of(report))
    upload = request.FILES.get("foto")
    if upload is None or not upload.size or upload.size > MOST_BYTES:
        return _refused(f"Foto tidak sampai, atau lebih besar dari {formats.file_size(MOST_BYTES)}.")
    content = upload.read()
    try:
        received = receive_file(upload, allowed=PHOTOS)
        digest = sent_digest(content)
        report = receive_photo(report=report, number=number, received=received, sha256=digest, by=request.user)
    except StepNotAllowed as refusal:
        return _refused(str(refusal))
    except ValidationError as refusal:
        return _refused(" ".join(refusal.messages))
    return JsonResponse(state_of(report))
