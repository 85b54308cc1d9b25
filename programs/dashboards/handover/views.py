"""The handover pack of one person, for themselves and for those who manage people."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from p2emas import clock
from p2emas.accounts.models import User
from p2emas.accounts.signed_in import UserRequest
from programs.dashboards.handover.page import HandoverPage


@never_cache
@require_safe
def handover(request: UserRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User.objects.for_user(request.user), pk=pk)
    today = clock.today()
    context = {"shown": HandoverPage.of(person, request.user, today), "today": today}
    return render(request, "programs/dashboards/handover.html", context)
