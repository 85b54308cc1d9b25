"""The handover of a package for those who look after it: papers with a code, statements, and who confirms them."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from p2emas import clock
from p2emas.accounts.models import User
from p2emas.accounts.roles import COORDINATORS
from p2emas.accounts.signed_in import UserRequest
from p2emas.documents.kinds import DOCX, PDF
from programs.aid.handover import HandoverSlip, HolderStatement
from programs.aid.handover_forms import HolderForm, WitnessForm
from programs.aid.models import AidPackage
from programs.aid.papers import handover_docx, handover_pdf, slip_pdf
from programs.aid.stating import NotStated, confirm_statement, make_slip, state_handover
from programs.aid.views import get_package

PAPERS: dict[str, tuple[Callable[..., bytes], str]] = {
    "bast.pdf": (handover_pdf, PDF),
    "bast.docx": (handover_docx, DOCX),
    "slip.pdf": (slip_pdf, PDF),
}


def _package_to_print(pk: int, request: UserRequest) -> AidPackage:
    package = get_package(pk, request)
    if not package.may_edit(request.user):
        raise PermissionDenied  # the papers carry the code
    return package


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def handover_print(request: UserRequest, pk: int) -> HttpResponse:
    """The code, and the papers that carry it. Making one is printing: its 30 days begin."""
    package = _package_to_print(pk, request)
    newest = HandoverSlip.objects.newest_of(package).first()
    if request.method == "POST":
        seen = request.POST.get("seen", "")
        make_slip(package=package, by=request.user, seen=int(seen) if seen.isascii() and seen.isdigit() else None)
        messages.success(request, "Kode siap dicetak. Berlaku 30 hari; kode sebelumnya tidak berlaku lagi.")
        return redirect("aid:handover-print", pk)
    context = {"package": package, "slip": newest, "is_open": newest is not None and clock.now() < newest.open_until}
    return render(request, "programs/aid/handover_print.html", context)


@never_cache
@require_safe
def handover_paper(request: UserRequest, pk: int, form: str) -> HttpResponse:
    package = _package_to_print(pk, request)
    slip = HandoverSlip.objects.open(clock.now()).newest_of(package).first()
    if form not in PAPERS or (form == "slip.pdf" and slip is None):
        raise Http404
    make, kind = PAPERS[form]
    answer = HttpResponse(make(package, slip), content_type=kind)
    name = f"{slugify(package.item) or 'paket'}-{package.pk}-{form}"
    answer["Content-Disposition"] = content_disposition_header(kind != PDF, name) or "attachment"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def handover_record(request: UserRequest, pk: int) -> HttpResponse:
    """Where there is no signal the facilitator writes down what the holder says; they were there, which confirms it."""
    package = get_package(pk, request)
    if not package.may_check(request.user):
        raise PermissionDenied
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = HolderForm(*data, package=package)
    if form.is_valid() and _recorded(form, request.user):
        messages.success(request, "Pernyataan pemegang BAST tersimpan.")
        return redirect(package)
    return render(request, "programs/aid/handover_record.html", {"form": form, "package": package})


def _recorded(form: HolderForm, by: User) -> bool:
    slip = HandoverSlip.objects.open(clock.now()).newest_of(form.package).first()
    try:
        state_handover(package=form.package, slip=slip, said=form.said, photos=form.photos, by=by)
    except NotStated as refusal:
        form.add_error(None, str(refusal))
    except ValidationError as refusal:
        form.add_error("photo", refusal)
    else:
        return True
    return False


@require_http_methods(["GET", "HEAD", "POST"])
def handover_confirm(request: UserRequest, pk: int) -> HttpResponse:
    """A coordinator called the holder, or the facilitator was there: only then does a statement witness something."""
    package = get_package(pk, request)
    if not package.may_check(request.user):
        raise PermissionDenied
    statement = HolderStatement.objects.used_of(package).first()
    if statement is None:
        raise Http404
    form = WitnessForm(request.POST if request.method == "POST" else None, statement=statement)
    if form.is_valid():
        chosen = form.cleaned_data
        confirm_statement(statement=statement, seen_on=chosen["seen_on"], by=request.user, note=chosen["note"].strip())
        messages.success(request, "Tercatat. Pernyataan ini sekarang dikuatkan.")
        return redirect(package)
    context = {"form": form, "package": package, "statement": statement, "calls": request.user.has_role(*COORDINATORS)}
    return render(request, "programs/aid/handover_confirm.html", context)
