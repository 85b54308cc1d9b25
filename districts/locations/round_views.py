"""One selection round: where it stands and what comes next."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from districts.locations.rounds import SelectionRound


@login_not_required
@require_safe
def round_detail(request: HttpRequest, pk: int) -> HttpResponse:
    selection = get_object_or_404(SelectionRound.objects.for_user(request.user).for_ranking(), pk=pk)
    return render(request, "districts/locations/round_detail.html", {"selection": selection})
