"""Candidates of a round: one village with its proof, visits and values."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from districts.locations.candidates import Candidate


@login_not_required
@require_safe
def candidate_detail(request: HttpRequest, pk: int, candidate: int) -> HttpResponse:
    record = get_object_or_404(Candidate.objects.for_user(request.user).for_table(), pk=candidate, round=pk)
    return render(request, "districts/locations/candidate_detail.html", {"record": record})
