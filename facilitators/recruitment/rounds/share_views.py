"""For coordinators: the poster and the text that make a published round known."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from facilitators.recruitment.rounds.models import RecruitmentRound
from facilitators.recruitment.rounds.sharing import poster, start_link, whatsapp_link, whatsapp_text
from p2emas import clock
from p2emas.accounts.signed_in import UserRequest


def _shared(code: str, request: UserRequest) -> RecruitmentRound:
    record = get_object_or_404(RecruitmentRound.objects.for_user(request.user).for_table(), code=code)
    if not request.user.sees_everything:
        raise PermissionDenied
    return record


@require_safe
def round_share(request: UserRequest, code: str) -> HttpResponse:
    record = _shared(code, request)
    context = {
        "round": record,
        "public": record.status in RecruitmentRound.PUBLIC,
        "closed": record.status in RecruitmentRound.PUBLIC and clock.now() >= record.closes_at,
        "text": whatsapp_text(record),
        "whatsapp": whatsapp_link(record),
        "link": start_link(record),
    }
    return render(request, "facilitators/recruitment/round_share.html", context)


@require_safe
def round_poster(request: UserRequest, code: str) -> HttpResponse:
    record = _shared(code, request)
    answer = HttpResponse(poster(record), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="poster-{record.code}.pdf"'
    return answer
