"""Disposisi: an instruction to an agency without a meeting, on its own or about an obstacle."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from p2emas.accounts.signed_in import UserRequest
from programs.coordination.forms import ActionItemForm, obstacle_named
from programs.coordination.items import ActionItem
from programs.coordination.services import add_action_item


@require_http_methods(["GET", "HEAD", "POST"])
def disposisi_create(request: UserRequest) -> HttpResponse:
    if not ActionItem.may_write(request.user):
        raise PermissionDenied
    obstacle = obstacle_named(request.user, request.GET)
    form = ActionItemForm(request.POST if request.method == "POST" else None, item=ActionItem(obstacle=obstacle))
    if request.method == "POST" and form.is_valid():
        item = add_action_item(item=form.save(commit=False), by=request.user)
        messages.success(request, f"Disposisi terkirim kepada {item.responsible}.")
        return redirect(item)
    context = {"form": form, "meeting": None, "obstacle": obstacle}
    return render(request, "programs/coordination/item_form.html", context)
