"""/impor/kunjungan/: a copy that a phone made of what waits on it is sent by its author from elsewhere."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from p2emas.accounts.signed_in import UserRequest
from programs.fieldwork.copies import CopiedVisit, read_copy
from programs.fieldwork.forms import VisitCopyForm
from programs.fieldwork.rules import ask_field


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def copy_import(request: UserRequest) -> HttpResponse:
    """What became of each visit is the answer; the same copy again changes nothing and is answered alike."""
    ask_field(request.user)
    sending = request.method == "POST"
    form = VisitCopyForm(request.POST if sending else None, request.FILES if sending else None)
    sent: list[CopiedVisit] = []
    if sending and form.is_valid():
        try:
            sent = read_copy(form.cleaned_data["copy"], request.user).send(request.user)
        except ValidationError as refusal:
            form.add_error("copy", refusal)
    context = {"form": form, "sent": sent, "empty": sending and not sent and not form.errors}
    return render(request, "programs/fieldwork/copy_import.html", context)
