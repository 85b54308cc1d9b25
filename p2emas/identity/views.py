"""Who we are: what pages and papers make of it, what is missing, and the form of the head."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from p2emas import naming
from p2emas.accounts.signed_in import UserRequest
from p2emas.identity.forms import IdentityForm
from p2emas.identity.gaps import gaps, identity
from p2emas.identity.models import Identity
from p2emas.identity.permissions import may_edit_identity, may_read_identity, may_still_read_identity
from p2emas.identity.services import save_identity
from p2emas.identity.zone import what_holds_zone
from p2emas.workflow.editing import EditConflict
from p2emas.workflow.pages import both_versions
from p2emas.workflow.riwayat import timeline


@require_safe
def identity_detail(request: UserRequest) -> HttpResponse:
    if not may_read_identity(request.user):
        raise PermissionDenied
    context = {
        "identity": identity(),
        "names": naming.current(),
        "letterhead": naming.letterhead(),
        "gaps": gaps(),
        "may_edit": may_edit_identity(request.user),
        "entries": timeline(Identity(pk=1)),
    }
    return render(request, "p2emas/identity/identity.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def identity_edit(request: UserRequest) -> HttpResponse:
    if not may_edit_identity(request.user):
        raise PermissionDenied
    ours = identity()
    form = IdentityForm(request.POST if request.method == "POST" else None, instance=ours, actor=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            save_identity(form)
        except EditConflict:
            return both_versions(
                request,
                form,
                lambda stored: IdentityForm(instance=stored, actor=request.user),
                lambda: redirect("identity:identity"),
            )
        messages.success(request, "Identitas disimpan. Halaman dan surat memakainya mulai sekarang.")
        return redirect("identity:identity" if may_still_read_identity(request.user) else "dashboards:home")
    return render(request, "p2emas/identity/identity_edit.html", {"form": form, "held_by": what_holds_zone()})
