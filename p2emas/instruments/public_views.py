"""Minutes that were signed and regulations, for everybody; drafts for those who keep them."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from p2emas.accounts.models import User
from p2emas.instruments.discussed import discussed_with
from p2emas.instruments.forms import MinutesFilter
from p2emas.instruments.models import Minutes, Regulation
from p2emas.ui.filters import Filters
from p2emas.ui.paging import paginate


@login_not_required
@require_safe
def minutes_list(request: HttpRequest) -> HttpResponse:
    form = MinutesFilter(request.GET)
    rows = Minutes.objects.for_user(request.user).in_state(form.chosen)
    context = {"page": paginate(rows, request.GET), "filters": Filters(form, request.GET)}
    context["may_write"] = Minutes.may_attach(request.user)
    return render(request, "p2emas/instruments/minutes_list.html", context)


@login_not_required
@require_safe
def minutes_detail(request: HttpRequest, pk: int) -> HttpResponse:
    minutes = get_object_or_404(Minutes.objects.for_user(request.user), pk=pk)
    user = request.user if isinstance(request.user, User) else None
    context = {
        "minutes": minutes,
        "discussed": discussed_with(minutes, request.user),
        "files": minutes.files.all(),
        "reads_names": user is not None and user.sees_everything,
        "may_attach": minutes.may_attach(request.user),
        "may_edit": user is not None and minutes.may_edit(user),
        "steps": minutes.open_steps(user) if user else [],
    }
    return render(request, "p2emas/instruments/minutes.html", context)


@login_not_required
@require_safe
def regulation_list(request: HttpRequest) -> HttpResponse:
    rows = Regulation.objects.for_user(request.user)
    context = {"page": paginate(rows, request.GET), "may_write": Regulation.may_attach(request.user)}
    return render(request, "p2emas/instruments/regulation_list.html", context)


@login_not_required
@require_safe
def regulation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    regulation = get_object_or_404(Regulation.objects.for_user(request.user), pk=pk)
    context = {
        "regulation": regulation,
        "files": regulation.files.all(),
        "may_write": Regulation.may_attach(request.user),
    }
    return render(request, "p2emas/instruments/regulation.html", context)
