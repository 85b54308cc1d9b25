"""Files of a meeting: invitations, its material, a sheet to sign, and the minutes as a draft on paper."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from p2emas import clock
from p2emas.accounts.signed_in import UserRequest
from p2emas.documents.letters import PAPERS, TEXT, letters_response
from p2emas.documents.templates import paper_answer
from programs.coordination.models import Meeting
from programs.coordination.page import MeetingPage
from programs.coordination.papers import group_invitation, invitations, material_pdf, meeting_paper, sheet_to_sign
from programs.coordination.views import get_meeting


@require_safe
def meeting_invitations(request: UserRequest, pk: int, form: str) -> HttpResponse:
    page = _for_coordinator(pk, request)
    letters = invitations(page)
    if form not in (*PAPERS, TEXT) or not letters:
        raise Http404
    if form == TEXT:
        letters = [group_invitation(page)]
    name = f"undangan-rakor-{page.meeting.held_on}"
    return letters_response(letters, form, name=name, title=str(page.meeting), is_sample=page.meeting.is_sample)


@require_safe
def meeting_material(request: UserRequest, pk: int) -> HttpResponse:
    page = MeetingPage(get_meeting(pk, request), request.user, clock.today())
    return _pdf(material_pdf(page), f"bahan-rakor-{page.meeting.held_on}")


@require_safe
def meeting_attendance(request: UserRequest, pk: int) -> HttpResponse:
    page = _for_coordinator(pk, request)
    return _pdf(sheet_to_sign(page), f"daftar-hadir-rakor-{page.meeting.held_on}")


@require_safe
def meeting_minutes(request: UserRequest, pk: int, form: str) -> HttpResponse:
    page = _for_coordinator(pk, request)
    if form not in PAPERS or page.meeting.status != Meeting.Status.HELD:
        raise Http404
    return paper_answer(meeting_paper(page), form, f"berita-acara-rakor-{page.meeting.held_on}")


def _for_coordinator(pk: int, request: UserRequest) -> MeetingPage:
    meeting = get_meeting(pk, request)
    if not request.user.sees_everything:
        raise PermissionDenied
    return MeetingPage(meeting, request.user, clock.today())


def _pdf(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer
