"""What a phone sends: sales, and the text of a visit with the list of its photos, then each photo by itself."""

import uuid

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from p2emas import clock
from p2emas.accounts.signed_in import UserRequest
from p2emas.ui import formats
from p2emas.workflow.models import StepNotAllowed
from programs.fieldwork.models import FieldReport
from programs.fieldwork.notebook.receiving import is_sale, state_of_sale, take_sale
from programs.fieldwork.offline import field_data
from programs.fieldwork.receiving import take_photo, take_visit
from programs.fieldwork.rules import ask_field
from programs.fieldwork.services import receipt_of_visit

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
    """Take the text of a visit, or a sale. A token that came before is answered as it was, and nothing is written."""
    ask_field(request.user)
    try:
        if is_sale(request.POST):
            return JsonResponse(state_of_sale(take_sale(request.user, request.POST)))
        return JsonResponse(state_of(take_visit(request.user, request.POST)))
    except StepNotAllowed as refusal:
        return _refused(str(refusal))


@require_POST
def photo_receive(request: UserRequest, token: uuid.UUID, number: int) -> HttpResponse:
    """One whole photo; the last one completes the visit and the answer has its receipt."""
    report = FieldReport.objects.with_token(request.user, token).first()
    if report is None:
        raise Http404
    ask_field(request.user)
    try:
        report = take_photo(report, number, request.FILES.get("foto"), request.user)
    except StepNotAllowed as refusal:
        return _refused(str(refusal))
    except ValidationError as refusal:
        return _refused(" ".join(refusal.messages))
    return JsonResponse(state_of(report))
