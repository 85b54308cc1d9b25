"""The page of a long list that a worker makes, and the file."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from p2emas.accounts.sign_in.session_store import looks_again
from p2emas.accounts.signed_in import UserRequest
from p2emas.documents.kinds import PDF
from p2emas.documents.tables import log_export
from p2emas.exports.lists import XLSX, workbook_response
from p2emas.exports.long_lists import progress_unit
from p2emas.exports.models import ListRequest
from p2emas.jobs.queue import waits_long

SECONDS_BETWEEN_LOOKS = 2


@require_safe
def list_request(request: UserRequest, pk: int) -> HttpResponse:
    """Progress, which looks again by itself (a header, no script); then the file, or what went wrong."""
    asked = get_object_or_404(ListRequest.objects.for_user(request.user).for_page(), pk=pk)
    waiting = asked.status == ListRequest.Status.WAITING
    looking = waiting and request.GET.get("segarkan") != "tidak"
    context = {"asked": asked, "waiting": waiting, "looking": looking, "unit": progress_unit(asked)}
    context["waits_long"] = waiting and waits_long(asked.job)
    answer = render(request, "p2emas/exports/list_request.html", context)
    if looking:
        looks_again(request, answer, SECONDS_BETWEEN_LOOKS)
    return answer


@require_safe
def list_download(request: UserRequest, pk: int) -> HttpResponse:
    asked = get_object_or_404(ListRequest.objects.for_user(request.user), pk=pk)
    if asked.content is None:
        raise Http404
    log_export(request.user, asked.name)
    kind = PDF if asked.name.endswith(".pdf") else XLSX
    return workbook_response(asked.name, bytes(asked.content), kind)
