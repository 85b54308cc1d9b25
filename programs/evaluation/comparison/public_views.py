"""Frozen comparisons are public, with every village and both figures."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from p2emas.accounts.roles import COORDINATORS
from p2emas.accounts.signed_in import Anyone
from p2emas.exports.lists import ListFile, list_response, wanted_file
from p2emas.ui.paging import paginate, paginate_list
from programs.evaluation.comparison.models import ComparisonSet
from programs.evaluation.comparison.page import VILLAGE_COLUMNS, ComparisonCard, NeighbourRule
from programs.evaluation.comparison.reading import comparison_results
from programs.evaluation.comparison.views import get_comparison


def _makes(user: Anyone) -> bool:
    return user.is_authenticated and user.has_role(*COORDINATORS)


@login_not_required
@require_safe
def comparison_overview(request: HttpRequest) -> HttpResponse:
    page = paginate(ComparisonSet.objects.for_user(request.user).for_table(), request.GET, size=25)
    cards = [ComparisonCard(result) for result in comparison_results(page.rows)]
    context = {"page": page, "cards": cards, "may_make": _makes(request.user), "rule": NeighbourRule.current()}
    return render(request, "programs/evaluation/comparison_overview.html", context)


@login_not_required
@require_safe
def comparison_detail(request: HttpRequest, pk: int) -> HttpResponse:
    comparison = get_comparison(pk, request)
    (result,) = comparison_results([comparison])
    if wanted_file(request):
        made = ListFile.of(f"pembanding-{comparison.pk}", str(comparison), VILLAGE_COLUMNS, result.villages)
        return list_response(request, made)
    user = request.user
    context = {
        "comparison": comparison,
        "card": ComparisonCard(result),
        "page": paginate_list(result.villages, request.GET, size=25),
        "rule": NeighbourRule.current(),
        "may_edit": user.is_authenticated and comparison.may_edit(user),
        "links": comparison.open_steps(user) if user.is_authenticated else [],
    }
    return render(request, "programs/evaluation/comparison_detail.html", context)
