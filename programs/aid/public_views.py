"""For the holder of a BAST, without an account: the code on the paper, then what came."""

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from facilitators.recruitment.apply.limits import check_bytes_of_today
from p2emas import clock
from programs.aid.handover import HandoverSlip
from programs.aid.handover_forms import CodeForm, HolderForm
from programs.aid.opened import forget_slip, opened_slip, remember_slip
from programs.aid.stating import NotStated, find_slip, state_handover

LIMIT, ALL = "handover_code", "all"  # of one address, and of all of them


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def handover_enter(request: HttpRequest) -> HttpResponse:
    form, status = CodeForm(request.POST if request.method == "POST" else None), 200
    if form.is_valid():
        if not ratelimit.consume(request, action=LIMIT, key=ALL, dry_run=True):
            form.add_error(None, "Terlalu banyak kode yang salah. Coba lagi sepuluh menit lagi.")
            status = 429
        elif slip := find_slip(form.cleaned_data["kode"], clock.now()):
            remember_slip(request, slip)
            return redirect("aid:handover-fill")
        else:
            ratelimit.consume(request, action=LIMIT, key=ALL)  # only wrong ones count
            form.add_error("kode", "Kode ini tidak dikenal, atau masa berlakunya sudah lewat. Periksa lagi lembarnya.")
    return render(request, "programs/aid/handover.html", {"form": form}, status=status)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def handover_fill(request: HttpRequest) -> HttpResponse:
    slip = opened_slip(request)
    if slip is None:
        return redirect("aid:handover-enter")
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = HolderForm(*data, package=slip.package)
    if form.is_valid() and _stated(form, slip):
        forget_slip(request)
        messages.success(request, "Pernyataan tersimpan. Terima kasih.")
        return redirect("aid:handover-enter")
    return render(request, "programs/aid/handover_fill.html", {"form": form, "slip": slip, "package": slip.package})


def _stated(form: HolderForm, slip: HandoverSlip) -> bool:
    try:
        for photo in form.photos:
            check_bytes_of_today(photo)
        state_handover(package=slip.package, slip=slip, said=form.said, photos=form.photos)
    except NotStated as refusal:
        form.add_error(None, str(refusal))
    except ValidationError as refusal:  # the photo
        form.add_error("photo", refusal)
    else:
        return True
    return False
