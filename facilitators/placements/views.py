"""Who is where: the list, the load, who fits a village."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from districts.locations.models import TargetLocation
from facilitators.placements import lists, load, matching
from facilitators.placements.forms import MatchForm
from facilitators.placements.models import Placement
from facilitators.placements.people_forms import FacilitatorListForm
from facilitators.recruitment.result.people import Facilitator
from facilitators.training.models import may_manage_facilitators
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.accounts.sign_in.traces import exported
from p2emas.accounts.signed_in import UserRequest
from p2emas.documents.tables import log_export
from p2emas.exports.lists import ListFile, list_response, wanted_file
from p2emas.ui.filters import Filters
from p2emas.ui.paging import paginate, paginate_list
from p2emas.ui.sorting import Sorting


def facilitator_for(user: User, pk: int) -> Facilitator:
    """Somebody in scope: 404 outside, 403 for a facilitator, who has it on the home page."""
    rows = Facilitator.objects.for_user(user).select_related("application__round", "user", "home_village__district")
    found = get_object_or_404(rows, pk=pk)
    if not user.sees_everything:
        raise PermissionDenied
    return found


def facilitator_to_edit(user: User, pk: int) -> Facilitator:
    found = facilitator_for(user, pk)
    if not may_manage_facilitators(user):
        raise PermissionDenied
    return found


def placement_for(user: User, pk: int) -> Placement:
    rows = Placement.objects.for_user(user).for_table().select_related("replaces__facilitator", "facilitator__user")
    found = get_object_or_404(rows, pk=pk)
    if not user.sees_everything:
        raise PermissionDenied
    return found


def readers_only(user: User) -> None:
    if not user.sees_everything:
        raise PermissionDenied


@never_cache
@require_safe
def facilitator_list(request: UserRequest) -> HttpResponse:
    readers_only(request.user)
    today, filter_form = clock.today(), FacilitatorListForm(request.GET)
    sort = Sorting(request.GET, lists.COLUMNS, default="nama")
    rows = sort.apply(lists.listed_facilitators(request.user, today, **filter_form.wanted()))
    if wanted := wanted_file(request):
        name = f"pendamping-{today:%Y%m%d}.{wanted}"
        log_export(request.user, name)
        table = list(lists.facilitator_table(rows))
        exported(request.user, name, rows=len(table))
        made = ListFile(name.rpartition(".")[0], "Daftar pendamping", lists.HEADER, table)
        return list_response(request, made)
    context = {
        "page": paginate(rows, request.GET),
        "sort": sort,
        "filters": Filters(filter_form, request.GET),
        "today": today,
        "may_manage": may_manage_facilitators(request.user),
    }
    return render(request, "facilitators/placements/facilitator_list.html", context)


@require_safe
def load_page(request: UserRequest) -> HttpResponse:
    readers_only(request.user)
    today = clock.today()
    found = load.load_on(today)
    context = {
        "load": found,
        "page": paginate_list(found.rows, request.GET, size=25),
        "today": today,
        "may_manage": may_manage_facilitators(request.user),
    }
    return render(request, "facilitators/placements/load.html", context)


@never_cache
@require_safe
def match(request: UserRequest) -> HttpResponse:
    """Facilitators for a village; ``ganti`` names the placement that is to be replaced."""
    if not may_manage_facilitators(request.user):
        raise PermissionDenied
    form = MatchForm(request.GET if "lokasi" in request.GET else None)
    context: dict[str, object] = {"form": form, "location": None, "order": matching.ORDER}
    if form.is_bound and form.is_valid():
        location: TargetLocation = form.cleaned_data["lokasi"]
        today = clock.today()
        context |= {
            "location": location,
            "matches": [
                (each, matching.busy_words(each)) for each in matching.matches_for(location, request.user, today)
            ],
            "there": Placement.objects.open_in(location, today),
        }
    return render(request, "facilitators/placements/match.html", context)
