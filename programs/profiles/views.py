"""Steps of decrees and target locations, taken where one reads them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from districts.locations.decrees.services import enact_decree, revoke_decree
from districts.locations.models import TargetLocation
from p2emas import clock
from p2emas.accounts.sign_in.again import ask_again
from p2emas.accounts.signed_in import UserRequest
from p2emas.documents.forms import DecreeScanForm
from p2emas.documents.models import Decree
from p2emas.workflow.riwayat import riwayat_page
from p2emas.workflow.views import step_page
from programs.profiles.decrees import check_context, revoke_context

AGAIN = {"enact"}  # what takes effect for everybody, and by nobody who only found the machine open


def _enact(decree: Decree, *, seen: str, actor, note: str) -> None:
    enact_decree(decree=decree, seen=seen, actor=actor, note=note)


def _revoke(decree: Decree, *, seen: str, actor, note: str) -> None:
    revoke_decree(decree=decree, seen=seen, actor=actor, note=note)


DECREE_STEPS = {"enact": _enact, "revoke": _revoke}
PAGES = {
    "enact": ("programs/profiles/decree_enact.html", check_context),
    "revoke": ("programs/profiles/decree_revoke.html", revoke_context),
}


@require_http_methods(["GET", "POST"])
def decree_step(request: UserRequest, pk: int, step: str) -> HttpResponse:
    decree = get_object_or_404(Decree.objects.for_user(request.user), pk=pk)
    if step not in DECREE_STEPS:
        raise Http404
    if decree.status not in decree.STEPS[step].sources or not decree.may_take(request.user, step):
        return step_page(request, decree, step, take=DECREE_STEPS[step])
    template, context_of = PAGES[step]
    facts = context_of(decree)
    if request.method == "POST" and step in AGAIN:
        ask_again(request)
    return step_page(request, decree, step, take=DECREE_STEPS[step], extra_context=facts, template=template)


@require_http_methods(["GET", "HEAD", "POST"])
def decree_scan(request: UserRequest, pk: int) -> HttpResponse:
    """One more file for a decree, also when it is in force; nothing else of it changes."""
    decree = get_object_or_404(Decree.objects.for_user(request.user), pk=pk)
    if not decree.may_attach(request.user):
        raise PermissionDenied
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = DecreeScanForm(*data, owner=decree)
    if form.is_valid() and form.save(user=request.user):
        messages.success(request, "Berkas tersimpan.")
        return redirect(decree)
    return render(request, "programs/profiles/decree_scan.html", {"decree": decree, "form": form})


@require_safe
def decree_history(request: UserRequest, pk: int) -> HttpResponse:
    decree = get_object_or_404(Decree.objects.for_user(request.user), pk=pk)
    if not request.user.sees_everything:
        raise PermissionDenied  # what was changed while it was drafted is BAPPEDA's
    return riwayat_page(request, decree, parts=["items"])


@require_http_methods(["GET", "POST"])
def location_step(request: UserRequest, slug: str, pk: int, step: str) -> HttpResponse:
    location = get_object_or_404(TargetLocation.objects.in_force(clock.today()), pk=pk, village__slug=slug)
    return step_page(request, location, step)
