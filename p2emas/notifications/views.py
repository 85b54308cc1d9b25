"""What somebody was told, and what of it comes by mail."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from p2emas import clock
from p2emas.accounts.signed_in import UserRequest
from p2emas.notifications.forms import MailChoicesForm
from p2emas.notifications.models import Notification
from p2emas.notifications.page import grouped
from p2emas.ui.paging import paginate


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def notification_list(request: UserRequest) -> HttpResponse:
    form = MailChoicesForm(request.POST if request.method == "POST" else None, request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Pilihan disimpan.")
        return redirect("notifications:notification-list")
    notices = Notification.objects.for_user(request.user)
    page = paginate(notices.prefetch_related("record"), request.GET)
    context = {
        "page": page,
        "groups": grouped(page, clock.today()),
        "unread": notices.unread().count(),
        "newest": page.rows[0].pk if page.rows else 0,
        "form": form,
    }
    return render(request, "p2emas/notifications/notification_list.html", context)


@require_POST
def notifications_read(request: UserRequest) -> HttpResponse:
    """Everything up to the newest notice that the page showed is read; what came since stays new."""
    shown = request.POST.get("sampai", "")
    if shown.isascii() and shown.isdigit() and len(shown) < 16:
        Notification.objects.for_user(request.user).mark_read(up_to=int(shown), now=clock.now())
        messages.success(request, "Semua ditandai dibaca.")
    return redirect("notifications:notification-list")
