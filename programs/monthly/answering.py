"""What the two tables of a month answer: to reading, to what was sent, to two people who sent at the same time."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render

from p2emas import clock
from p2emas.accounts.signed_in import UserRequest
from p2emas.drafts.page import DraftedPage
from p2emas.imports.lanes.page import LaneBox
from p2emas.ui import formats
from p2emas.workflow.editing import EditConflict
from p2emas.workflow.pages import edit_conflict_page
from programs.monthly.drafts import DRAFTED
from programs.monthly.forms import MonthForm, versions_of_month
from programs.monthly.month_lane import MONTH_LANE
from programs.monthly.page import MonthPage
from programs.monthly.saving import edits_of_month, save_month, version_of
from programs.monthly.sheet import MonthSheet
from programs.monthly.undoing import last_month_saving, remember_month
from programs.reporting.reports.access import seen_version


def answer_month(request: UserRequest, sheet: MonthSheet) -> HttpResponse:
    plan, kind = sheet.plan, sheet.kind
    drafts = DraftedPage(request, DRAFTED[kind.name], plan, version_of(plan, kind, sheet.month), part=sheet.month)
    if sheet.counting != plan.pk or (request.method == "POST" and not sheet.is_typed):
        return _elsewhere(request, sheet, drafts)
    if drafts.is_older:
        return _both_versions(request, sheet, drafts.typed)
    writes = plan.may_write(request.user)
    form = MonthForm(sheet, drafts.typed if writes else None)
    if request.method == "POST" and (answer := _save(request, form, drafts)):
        return answer
    if writes:
        drafts.offer(lambda typed: versions_of_month(sheet.again, typed))
    context = {"page": MonthPage(sheet, form, writes), "errors": form.errors, "drafts": drafts, "sheet": sheet}
    context |= {"undo": last_month_saving(request, sheet, drafts.version) if writes else None, "plan": plan}
    context["box"] = LaneBox.of(MONTH_LANE, plan, request.user) if writes else None
    return render(request, "programs/monthly/month.html", context)


def _save(request: UserRequest, form: MonthForm, drafts: DraftedPage) -> HttpResponse | None:
    """The answer to what was sent; None where a part of it was wrong and the page is drawn again."""
    sheet = form.sheet
    try:
        save_month(form=form, version=seen_version(request), actor=request.user)
    except EditConflict:
        drafts.keep_typed()
        return _both_versions(request, sheet, drafts.typed)
    seen = version_of(sheet.plan, sheet.kind, sheet.month)
    remember_month(request, form, seen)
    if not form.is_valid():
        form.show_what_was_saved()
        drafts.keep_typed(version=seen)
        return None
    drafts.was_saved()
    messages.success(request, f"Tersimpan pukul {formats.clock_time(clock.now())}.")
    return redirect(request.path)


def _elsewhere(request: UserRequest, sheet: MonthSheet, drafts: DraftedPage) -> HttpResponse:
    """The month belongs to another version, or is not typed: what was sent is kept for its owner."""
    if request.method == "POST":
        drafts.keep_typed()
        messages.warning(
            request,
            "Bulan ini tidak dapat diisi pada versi rencana itu. Yang Anda ketik tidak disimpan; salinannya ada di "
            "Isian belum tersimpan.",
        )
    return redirect(sheet.kind.url, sheet.counting or sheet.plan.pk, sheet.month)


def _both_versions(request: UserRequest, sheet: MonthSheet, data: QueryDict | None) -> HttpResponse:
    """The page with both versions; from a POST with 409, from a draft that is older with 200."""
    place = (sheet.plan, sheet.kind, sheet.month)
    mine, theirs = versions_of_month(sheet.again, data)
    return edit_conflict_page(
        request,
        sheet.plan,
        mine=mine,
        theirs=theirs,
        replace={"version": version_of(*place)},
        parts=[edits_of_month(*place)],
        url=request.path,
        typed=None if request.method == "POST" else data,
    )
