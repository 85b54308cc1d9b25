"""Interviews in the office: the schedule, the invitations, and what applicants are sent."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.applications.numbers import shown_phone
from facilitators.recruitment.panel.interview_page import PlanForm, SchedulePage
from facilitators.recruitment.panel.interviews import invite_all, plan_interviews, save_slots
from facilitators.recruitment.panel.letters import invitation_papers, short_text
from facilitators.recruitment.panel.models import Interview
from facilitators.recruitment.rounds.access import round_for
from facilitators.recruitment.rounds.frame_forms import VersionOnlyForm
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas.accounts.models import User
from p2emas.accounts.signed_in import UserRequest
from p2emas.documents.kinds import DOCX, PDF
from p2emas.ui.banners import say_saved
from p2emas.ui.controls import cell
from p2emas.ui.forms import error_items
from p2emas.workflow.editing import EditConflict
from p2emas.workflow.models import StepNotAllowed
from p2emas.workflow.views import edit_conflict_page, versions_of

CHANGED = "Jadwal atau tahap seleksi berubah sejak halaman ditampilkan. Periksa lagi."


def _readable(user: User, code: str) -> RecruitmentRound:
    record = round_for(user, code)
    if not record.may_read_applications(user):
        raise PermissionDenied
    return record


def _writable(user: User, code: str) -> RecruitmentRound:
    record = round_for(user, code)
    if not record.may_select(user):
        raise PermissionDenied
    return record


@never_cache
@require_http_methods(["GET", "POST"])
def interview_plan(request: UserRequest, code: str) -> HttpResponse:
    """Everybody's time and room, each can be changed."""
    posted = request.method == "POST"
    record = _writable(request.user, code) if posted else _readable(request.user, code)
    schedule = SchedulePage(record, request.GET, record.may_select(request.user), request.POST if posted else None)
    slots = schedule.slots() if posted else None
    if slots is not None:
        try:
            saved = save_slots(record=record, seen=schedule.head.cleaned_data["version"], slots=slots)
        except EditConflict:
            return _conflict(schedule, request)
        words = {"count": saved.count, "letters": saved.letters}
        sentence = "{count} jadwal berubah, {letters} surat perubahan menunggu dikirim.".format(**words)
        say_saved(request, sentence, changed=saved.count)
        return redirect(request.get_full_path())
    return render(request, "facilitators/recruitment/interview_plan.html", _context(schedule))


def _context(schedule: SchedulePage) -> dict[str, Any]:
    drawn = []
    for application, interview, form in schedule.rows:
        boxes = None
        if form:
            boxes = (
                cell(form["at"], f"Waktu wawancara {application}", css=""),
                cell(form["room"], f"Tempat wawancara {application}", css=""),
            )
        drawn.append((application, interview, form, boxes))
    return {
        "record": schedule.record,
        "schedule": schedule,
        "drawn": drawn,
        "to_invite": Interview.objects.to_invite(schedule.record).count(),
        "waiting": schedule.record.applications.in_state(Application.Status.PASSED_TEST).count(),
        "invited": schedule.record.applications.in_state(Application.Status.INVITED).count(),
        "errors": error_items(schedule.head, *(form for _application, form in schedule.forms)),
    }


def _conflict(schedule: SchedulePage, request: UserRequest) -> HttpResponse:
    fresh = SchedulePage(schedule.record, request.GET, writes=True)
    mine: dict[str, str] = {}
    theirs: dict[str, str] = {}
    for application, form in schedule.forms:
        mine |= versions_of(form, f"{application}, ")[0]
    for application, form in fresh.forms:
        theirs |= versions_of(form, f"{application}, ")[1]
    record = schedule.record
    return edit_conflict_page(request, record, mine=mine, theirs=theirs, replace={"version": record.version})


@require_http_methods(["GET", "POST"])
def interview_propose(request: UserRequest, code: str) -> HttpResponse:
    """One schedule for all who are not invited yet."""
    record = _writable(request.user, code)
    form = PlanForm(request.POST if request.method == "POST" else None, initial={"version": record.version})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            count = plan_interviews(
                record=record, seen=data["version"], start=data["start"], minutes=data["minutes"], room=data["room"]
            )
        except EditConflict:
            form, record = _typed_again(code, request)
        except StepNotAllowed as refusal:
            form.add_error("start", str(refusal))
        else:
            messages.success(request, f"{count} jadwal tersusun; periksa, lalu undang.")
            return redirect("recruitment:interview-plan", record.code)
    waiting = record.applications.in_state(Application.Status.PASSED_TEST).count()
    context = {"record": record, "form": form, "waiting": waiting}
    return render(request, "facilitators/recruitment/interview_propose.html", context)


def _typed_again(code: str, request: UserRequest) -> tuple[PlanForm, RecruitmentRound]:
    """What was typed, with the current version: sending it again replaces what is stored, knowingly."""
    record = _writable(request.user, code)
    data = request.POST.copy()
    data["version"] = str(record.version)
    form = PlanForm(data)
    form.add_error(None, CHANGED)
    return form, record


@require_http_methods(["GET", "POST"])
def interview_invite(request: UserRequest, code: str) -> HttpResponse:
    record = _writable(request.user, code)
    form = VersionOnlyForm(request.POST if request.method == "POST" else None, initial={"version": record.version})
    if request.method == "POST" and form.is_valid():
        try:
            done = invite_all(record=record, seen=form.cleaned_data["version"], actor=request.user)
        except EditConflict:
            messages.warning(request, CHANGED)
            return redirect("recruitment:interview-invite", record.code)
        except StepNotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            words = {"count": done.count, "letters": done.letters}
            messages.success(request, "{count} diundang, {letters} surat menunggu dikirim.".format(**words))
            return redirect("recruitment:interview-plan", record.code)
    rows = list(Interview.objects.to_invite(record))
    context = {"record": record, "form": form, "rows": rows, "by_mail": sum(bool(r.application.email) for r in rows)}
    return render(request, "facilitators/recruitment/interview_invite.html", context)


@require_safe
def interview_texts(request: UserRequest, code: str) -> HttpResponse:
    """For those who gave no e-mail address: texts to be copied into WhatsApp, and all invitations on paper."""
    record = _readable(request.user, code)
    texts = [_to_send(row) for row in Interview.objects.invited(record) if not row.application.email]
    return render(request, "facilitators/recruitment/interview_texts.html", {"record": record, "texts": texts})


def _to_send(row: Interview) -> tuple[str, str]:
    """(number and phone, text)."""
    return f"{row.application.number} · {shown_phone(row.application.phone)}", short_text(row)


@require_safe
def interview_letter(request: UserRequest, code: str, pk: int) -> HttpResponse:
    record = _readable(request.user, code)
    return _file([get_object_or_404(Interview.objects.invited(record), pk=pk)], "pdf", f"undangan-{pk}")


@require_safe
def interview_letters(request: UserRequest, code: str, form: str) -> HttpResponse:
    """All invitations in one file, to be printed."""
    record = _readable(request.user, code)
    rows = list(Interview.objects.invited(record))
    if not rows:
        raise Http404
    return _file(rows, form, f"undangan-{record.code}")


def _file(rows: list[Interview], form: str, name: str) -> HttpResponse:
    answer = HttpResponse(invitation_papers(rows, form), content_type=PDF if form == "pdf" else DOCX)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
