"""`/lapangan/`: the boxes of a facilitator, the five screens of a visit without JavaScript, and what was sent."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from p2emas import clock
from p2emas.accounts.models import User
from p2emas.accounts.signed_in import UserRequest
from p2emas.ui.forms import PlainForm
from p2emas.ui.paging import paginate
from p2emas.workflow.models import StepNotAllowed
from programs.fieldwork.forms import HappenedForm, SpotForm, VisitCreateForm, VisitPhotosForm, WhereForm
from programs.fieldwork.models import FieldReport
from programs.fieldwork.page import SCREENS, FieldHome, Screen, checked_facts, screen_after, url_before
from programs.fieldwork.rules import ask_field, villages_to_visit
from programs.fieldwork.services import (
    add_photos,
    drop_visit,
    remove_field_photo,
    send_visit,
    start_correction,
    start_visit,
    write_visit,
)


def _own(pk: int, request: UserRequest) -> FieldReport:
    found = FieldReport.objects.of_author(request.user).select_related("village", "author", "placement")
    return get_object_or_404(found, pk=pk)


@require_safe
def field_home(request: UserRequest) -> HttpResponse:
    ask_field(request.user)
    context = {"home": FieldHome(request.user, clock.today()), "tab": "home"}
    return render(request, "programs/fieldwork/field_home.html", context)


@require_safe
def field_sent(request: UserRequest) -> HttpResponse:
    ask_field(request.user)
    found = FieldReport.objects.of_author(request.user).arrived().for_table().prefetch_related("photos")
    page = paginate(found, request.GET)
    return render(request, "programs/fieldwork/field_sent.html", {"page": page, "tab": "sent"})


@require_http_methods(["GET", "HEAD", "POST"])
def visit_begin(request: UserRequest) -> HttpResponse:
    """The first screen; it makes the draft."""
    ask_field(request.user)
    today = clock.today()
    slug = request.GET.get("desa", "")
    village = next((each for each in villages_to_visit(request.user, today) if each.slug == slug), None)
    data = request.POST if request.method == "POST" else None
    form = VisitCreateForm(data, user=request.user, today=today, village=village, initial={"token": uuid.uuid4()})
    if form.is_valid() and (report := _started(form, request.user)):
        return redirect("fieldwork:visit-fill", report.pk, SCREENS[1].slug)
    context = {"form": form, "screen": SCREENS[0], "back": reverse("fieldwork:field-home")}
    return render(request, "programs/fieldwork/visit_screen.html", context)


def _started(form: VisitCreateForm, user: User) -> FieldReport | None:
    said = form.cleaned_data
    try:
        return start_visit(
            by=user,
            token=said["token"],
            village=said["village"],
            visited_on=said["visited_on"],
            values=form.values(),
            lines=form.seen,
        )
    except StepNotAllowed as refusal:
        form.add_error(None, str(refusal))
        return None


@require_http_methods(["GET", "HEAD", "POST"])
def visit_fill(request: UserRequest, pk: int, screen: str) -> HttpResponse:
    """One of the five screens of a draft at the server."""
    report, shown = _own(pk, request), _screen(screen)
    if report.status != FieldReport.Status.DRAFT:
        return redirect(report)
    if shown.slug == "periksa":
        return _check(report, shown, request)
    if request.method == "POST" and shown.slug == "foto" and "hapus" in request.POST:
        return _photo_removed(report, request.POST["hapus"])
    form = _form_of(report, shown, request)
    if form.is_valid() and _written(report, shown, form):
        return redirect("fieldwork:visit-fill", report.pk, screen_after(shown).slug)
    context = {"form": form, "screen": shown, "report": report, "back": url_before(report, shown)}
    return render(request, f"programs/fieldwork/{_TEMPLATES.get(shown.slug, 'visit_screen')}.html", context)


_TEMPLATES = {"foto": "visit_photos", "tempat": "visit_spot"}


def _screen(slug: str) -> Screen:
    found = next((each for each in SCREENS if each.slug == slug), None)
    if found is None:
        raise Http404
    return found


def _form_of(report: FieldReport, screen: Screen, request: UserRequest) -> PlainForm:
    data = request.POST if request.method == "POST" else None
    if screen.slug == "kejadian":
        return HappenedForm(data, initial=HappenedForm.stored(report))
    if screen.slug == "foto":
        return VisitPhotosForm(data, request.FILES if data is not None else None, report=report)
    if screen.slug == "tempat":
        return SpotForm(data, initial=SpotForm.stored(report))
    seen = dict(report.lines.values_list("plan_line", "not_begun"))
    stored = {"visited_on": report.visited_on, "kind": report.kind, "lines": list(seen)}
    stored["idle"] = [line for line, not_begun in seen.items() if not_begun]
    return WhereForm(data, user=request.user, today=clock.today(), village=report.village, initial=stored)


def _written(report: FieldReport, screen: Screen, form: PlainForm) -> bool:
    """Whether it was stored; else the sentence is on the form."""
    try:
        if isinstance(form, VisitPhotosForm):
            add_photos(report=report, photos=form.received, consent=form.cleaned_data["consent"])
        elif isinstance(form, WhereForm):
            said = form.cleaned_data
            where = {"village": said["village"], "visited_on": said["visited_on"], "lines": form.seen}
            write_visit(report=report, values=form.values(), **where)
        elif isinstance(form, HappenedForm | SpotForm):
            write_visit(report=report, values=form.values())
    except StepNotAllowed as refusal:
        form.add_error(None, str(refusal))
    except ValidationError as refusal:  # a file that is refused after all
        form.add_error("photos", refusal)
    return not form.errors


def _photo_removed(report: FieldReport, number: str) -> HttpResponse:
    if number.isascii() and number.isdigit() and len(number) < 3:
        remove_field_photo(report=report, number=int(number))
    return redirect("fieldwork:visit-fill", report.pk, "foto")


def _check(report: FieldReport, screen: Screen, request: UserRequest) -> HttpResponse:
    errors: list[dict[str, str]] = []
    if request.method == "POST":
        try:
            sent = send_visit(report=report, actor=request.user)
        except StepNotAllowed as refusal:
            errors = [{"id": "", "message": str(refusal)}]
        else:
            messages.success(request, f"Kunjungan terkirim, nomor {sent.number}.")
            return redirect(sent)
    context = {"report": report, "screen": screen, "facts": checked_facts(report), "errors": errors}
    context["back"] = url_before(report, screen)
    return render(request, "programs/fieldwork/visit_check.html", context)


@require_POST
def visit_drop(request: UserRequest, pk: int) -> HttpResponse:
    report = _own(pk, request)
    if report.status == FieldReport.Status.DRAFT:
        drop_visit(report=report)
        messages.success(request, "Draf dibuang.")
    return redirect("fieldwork:field-home")


@require_POST
def visit_correct(request: UserRequest, pk: int) -> HttpResponse:
    """A new version with what the earlier one says; the earlier one stays as it is until the new one is sent."""
    report = _own(pk, request)
    ask_field(request.user)
    try:
        draft = start_correction(report=report, by=request.user)
    except StepNotAllowed as refusal:
        messages.warning(request, str(refusal))
        return redirect(report)
    return redirect("fieldwork:visit-fill", draft.pk, SCREENS[0].slug)
