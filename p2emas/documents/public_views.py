"""Pages that need no account: files that are public, and whether a receipt is genuine."""

import uuid

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from p2emas.accounts.models import User
from p2emas.documents.forms import ReceiptForm
from p2emas.documents.receipts import find_receipt
from p2emas.documents.serving import file_answer, find_file, moved_file


@login_not_required
@require_safe
def file_download(request: HttpRequest, model_name: str, key: uuid.UUID) -> HttpResponse:
    """One address for all kinds of private files; strangers are asked to sign in whether or not it exists."""
    found = find_file(model_name, key, request.user)
    if found is None and (moved := moved_file(model_name, key, request.user)) is not None:
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(moved.get_absolute_url() + (f"?{query}" if query else ""))
    if found is None:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        raise Http404
    stored, name = found
    if isinstance(request.user, User):
        stored.opened_by(request.user)  # HEAD too: it tells the name of the file, and that it is there
    return file_answer(request, stored, name, small=request.GET.get("ukuran") == "kecil")


@login_not_required
@require_safe
def receipt_search(request: HttpRequest) -> HttpResponse:
    form = ReceiptForm(request.GET if "kode" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("documents:receipt-genuine", code=form.cleaned_data["kode"])
    return render(request, "p2emas/documents/receipt_search.html", {"form": form})


@login_not_required
@require_safe
def receipt_genuine(request: HttpRequest, code: str) -> HttpResponse:
    """Genuine or not, number and date; nothing about whose it is."""
    receipt = find_receipt(code)
    if receipt is None:
        form = ReceiptForm(initial={"kode": code[:60]}, submit="Periksa lagi")
        context = {"search": form, "code": code[:60]}
        return render(request, "p2emas/documents/receipt_unknown.html", context, status=404)
    return render(request, "p2emas/documents/receipt_genuine.html", {"receipt": receipt})
