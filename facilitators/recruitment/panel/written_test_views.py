"""The written test in the office: the table of scores, and applying them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from facilitators.recruitment.panel.written_test import ScoreSheetPage, apply_results, outcome_of, save_results
from facilitators.recruitment.rounds.access import round_for
from facilitators.recruitment.rounds.frame_forms import VersionOnlyForm
from p2emas.accounts.signed_in import UserRequest
from p2emas.ui.banners import say_saved
from p2emas.ui.controls import cell
from p2emas.ui.forms import error_items
from p2emas.workflow.editing import EditConflict
from p2emas.workflow.views import edit_conflict_page, versions_of


@require_http_methods(["GET", "POST"])
def test_scores(request: UserRequest, code: str) -> HttpResponse:
    record, posted = round_for(request.user, code), request.method == "POST"
    writes = record.may_select(request.user)
    if not record.may_read_applications(request.user) or (posted and not writes):
        raise PermissionDenied
    sheet = ScoreSheetPage(record, request.GET, writes, request.POST if posted else None)
    results = sheet.results() if posted else None
    if results is not None:
        seen = sheet.head.cleaned_data["version"]
        try:
            changed, absent = save_results(record=record, seen=seen, results=results, actor=request.user)
        except EditConflict:
            return _conflict(sheet, request)
        say_saved(request, _saved(changed, absent), changed=changed or absent)
        return redirect(_onward(sheet, request))
    return render(request, "facilitators/recruitment/test_scores.html", _context(sheet))


def _saved(changed: int, absent: int) -> str:
    text = f"{changed} nilai tersimpan."
    return f"{text} {absent} pelamar dicatat tidak hadir." if absent else text


def _onward(sheet: ScoreSheetPage, request: UserRequest) -> str:
    if "lanjut" in request.POST and sheet.page.next:
        return reverse("recruitment:test-scores", args=[sheet.record.code]) + sheet.page.next
    return request.get_full_path()


def _context(sheet: ScoreSheetPage) -> dict[str, Any]:
    drawn = [
        (application, form, cell(form["score"], f"Nilai tes {application}") if form else None)
        for application, form in sheet.rows
    ]
    return {
        "record": sheet.record,
        "sheet": sheet,
        "drawn": drawn,
        "outcome": outcome_of(sheet.record),
        "errors": error_items(sheet.head, *(form for _application, form in sheet.forms)),
    }


def _conflict(sheet: ScoreSheetPage, request: UserRequest) -> HttpResponse:
    """What was typed beside what is stored now, row by row where they differ."""
    fresh = ScoreSheetPage(sheet.record, request.GET, writes=True)
    stored = {application.pk: form for application, form in fresh.forms}
    mine: dict[str, str] = {}
    theirs: dict[str, str] = {}
    for application, form in sheet.forms:
        typed = versions_of(form, f"{application}, ")[0]
        now = versions_of(stored[application.pk], f"{application}, ")[1] if application.pk in stored else {}
        different = [label for label in typed if typed[label] != now.get(label, "")]
        mine |= {label: typed[label] for label in different}
        theirs |= {label: now.get(label, "") for label in different}
    return edit_conflict_page(
        request, sheet.record, mine=mine, theirs=theirs, replace={"version": sheet.record.version}
    )


@require_http_methods(["GET", "POST"])
def test_apply(request: UserRequest, code: str) -> HttpResponse:
    """Who passes and who fails, and the button that does it for all."""
    record = round_for(request.user, code)
    if not record.may_select(request.user):
        raise PermissionDenied
    outcome = outcome_of(record)
    form = VersionOnlyForm(request.POST if request.method == "POST" else None, initial={"version": record.version})
    if request.method == "POST" and form.is_valid():
        try:
            done = apply_results(record=record, seen=form.cleaned_data["version"], actor=request.user)
        except EditConflict:
            messages.warning(
                request, "Nilai atau tahap seleksi berubah sejak halaman ditampilkan. Periksa lagi hasilnya."
            )
            return redirect("recruitment:test-apply", record.code)
        words = {"passed": len(done.passing), "failed": len(done.failing)}
        messages.success(request, "{passed} lolos, {failed} gugur karena nilai tes.".format(**words))
        return redirect("recruitment:test-scores", record.code)
    context = {"record": record, "outcome": outcome, "form": form}
    return render(request, "facilitators/recruitment/test_apply.html", context)
