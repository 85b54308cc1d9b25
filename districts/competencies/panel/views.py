"""The assessors' page, and the progress of the panel."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from districts.competencies.models import CompetencyDetermination
from districts.competencies.panel import services
from districts.competencies.panel.scoring_page import Sheet, progress_of
from p2emas.accounts.signed_in import UserRequest
from p2emas.ui.banners import say_saved
from p2emas.workflow.models import StepNotAllowed
from p2emas.workflow.views import edit_conflict_page, step_page, versions_of


@require_http_methods(["GET", "POST"])
def score(request: UserRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(CompetencyDetermination.objects.for_user(request.user).by_panel().for_page(), pk=pk)
    seat = record.seats.of(request.user).first()
    still = record.inputs is not None
    if seat is None or (not still and request.method != "POST"):
        raise PermissionDenied
    sheet = Sheet(record, seat, request.POST if request.method == "POST" else None)
    if not still:  # taken back to a draft meanwhile: what was scored is shown, only their own scores
        mine, theirs = versions_of(sheet.form)
        return edit_conflict_page(request, record, mine=mine, theirs=theirs, replace={}, is_open=False)
    if request.method == "POST" and sheet.form.is_valid():
        try:
            finish = "sementara" not in request.POST
            closed = sheet.save(finish=finish)
        except StepNotAllowed as refusal:
            sheet.form.add_error(None, str(refusal))
        else:
            said = _GAPS % sheet.gaps if finish and not closed else _SAVED[closed]
            say_saved(request, said, changed=sheet.filled, otherwise=_NOTHING)
            return redirect("competencies:score", record.pk)
    return render(request, "districts/competencies/score.html", vars(sheet.shown()))


_SAVED = {
    True: "Nilai Anda lengkap dan terkunci.",
    False: "Nilai Anda tersimpan, belum dikunci. Lanjutkan kapan saja.",
}
_GAPS = "Belum dikunci: %d nilai belum terisi. Yang terisi sudah tersimpan; lengkapi, lalu kunci."
_NOTHING = "Belum ada nilai yang terisi."


@require_http_methods(["GET", "POST"])
def discuss(request: UserRequest, pk: int) -> HttpResponse:
    """How far the panel is, and the button that closes the scoring."""
    record = get_object_or_404(CompetencyDetermination.objects.for_user(request.user).by_panel().for_page(), pk=pk)
    return step_page(
        request,
        record,
        "discuss",
        take=services.close_scoring,
        extra_context=vars(progress_of(record, request.user)),
        template="districts/competencies/panel_progress.html",
        then=reverse("competencies:discussion", args=[record.pk]),
    )
