"""/rekap/: official papers on the screen, as a workbook and as PDF."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from p2emas.accounts.signed_in import UserRequest
from p2emas.ui.filters import Filters
from programs.recaps.access import may_read_recaps
from programs.recaps.forms import EVERYBODY, RecapForm
from programs.recaps.page import RecapPage, link
from programs.recaps.whole import file_response

FORMATS = ("xlsx", "pdf")


@require_safe
def recap(request: UserRequest) -> HttpResponse:
    if not may_read_recaps(request.user):
        raise PermissionDenied
    wanted = request.GET.get("format", "")
    search = RecapForm(request.GET, user=request.user, all_agencies=wanted == "xlsx")
    filters = Filters(search, request.GET)
    if search.is_empty:
        return render(request, "programs/recaps/recap.html", {"filters": filters})
    if wanted in FORMATS:
        return file_response(request, search, wanted)
    question, address = search.question(), search.address()
    sheet = question.paper.make(question)[0]
    context = {
        "filters": filters,
        "page": RecapPage.of(question.paper, sheet),
        "xlsx": link(address, format="xlsx"),
        "pdf": link(address, format="pdf"),
        "all": link(address, format="xlsx", skpd=EVERYBODY) if search.offers_all else "",
    }
    return render(request, "programs/recaps/recap.html", context)
