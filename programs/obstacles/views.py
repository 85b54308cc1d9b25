"""Reading obstacles, naming who answers, and sending them on. Writing one down happens on the report."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from p2emas import clock
from p2emas.accounts.models import User
from p2emas.accounts.signed_in import UserRequest
from p2emas.exports.lists import LONGEST_FILE, ListFile, wanted_file
from p2emas.exports.long_lists import LongList
from p2emas.ui.filters import Filters
from p2emas.ui.forms import error_items
from p2emas.ui.paging import paginate
from p2emas.ui.sorting import Sorting
from p2emas.workflow.riwayat import timeline
from p2emas.workflow.views import riwayat_page, step_page
from programs.obstacles.forms import AssignForm
from programs.obstacles.list_forms import ObstacleFilterForm
from programs.obstacles.models import Obstacle
from programs.obstacles.services import StaleObstacle, assign_obstacle

COLUMNS = {
    "dibuat": "created_at",
    "pelapor": "raised_by__short_name",
    "penanggung-jawab": "responsible__short_name",
    "batas-waktu": "due_on",
    "status": "status",
}


@require_safe
def obstacle_list(request: UserRequest) -> HttpResponse:
    search, sort = _search(request.user, request.GET)
    found = sort.apply(search.apply().for_table())
    if wanted_file(request):
        return OBSTACLES.answer(request, request.user, found.count)
    context = {
        "page": paginate(found, request.GET),
        "sort": sort,
        "filters": Filters(search, request.GET),
        "errors": error_items(search),
        "today": clock.today(),
    }
    return render(request, "programs/obstacles/obstacle_list.html", context)


def _search(user: User, query: QueryDict) -> tuple[ObstacleFilterForm, Sorting]:
    search = ObstacleFilterForm(query, obstacles=Obstacle.objects.for_user(user))
    return search, Sorting(query, COLUMNS, default="-dibuat")


def _as_file(user: User, query: QueryDict) -> ListFile:
    search, sort = _search(user, query)
    obstacles = sort.apply(search.apply().for_table())[:LONGEST_FILE]
    header = [
        "Kendala",
        "Jenis",
        "Kode desa",
        "Desa",
        "Pelapor",
        "Penanggung jawab",
        "Batas waktu",
        "Status",
        "Data contoh",
    ]
    rows = (
        (
            o.text,
            o.get_kind_display(),
            o.village.code if o.village else None,
            o.village,
            o.raised_by,
            o.responsible,
            o.due_on,
            o.get_status_display(),
            o.is_sample,
        )
        for o in obstacles
    )
    return ListFile("kendala", "Daftar kendala", header, rows)


OBSTACLES = LongList("kendala", lambda user: True, _as_file)


def _get_obstacle(pk: int, request: UserRequest) -> Obstacle:
    return get_object_or_404(Obstacle.objects.for_user(request.user).for_page(), pk=pk)


@require_safe
def obstacle_detail(request: UserRequest, pk: int) -> HttpResponse:
    obstacle = _get_obstacle(pk, request)
    steps = [(name, step) for name, step in obstacle.open_steps(request.user) if not step.own_page]
    context = {
        "obstacle": obstacle,
        "facts": obstacle.facts(),
        "is_overdue": obstacle.is_overdue(clock.today()),
        "steps": steps if obstacle.responsible_id else [],
        "may_assign": obstacle.may_assign(request.user),
        "history": timeline(obstacle, limit=20)[:5],
    }
    return render(request, "programs/obstacles/obstacle_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def obstacle_assign(request: UserRequest, pk: int) -> HttpResponse:
    """Who answers and until when: BAPPEDA says so before it sends an obstacle on."""
    obstacle = _get_obstacle(pk, request)
    if not obstacle.may_take(request.user, "route"):
        raise PermissionDenied
    if obstacle.status != Obstacle.Status.REPORTED:
        messages.warning(request, "Kendala ini sudah diteruskan. Penanggung jawabnya tidak diubah lagi.")
        return redirect(obstacle)
    form = AssignForm(request.POST if request.method == "POST" else None, obstacle=obstacle)
    if form.is_valid():
        try:
            assign_obstacle(obstacle=obstacle, **form.cleaned_data)
        except StaleObstacle as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, "Penanggung jawab tersimpan. Kendala dapat diteruskan.")
        return redirect(obstacle)
    return render(request, "programs/obstacles/obstacle_assign.html", {"obstacle": obstacle, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def obstacle_step(request: UserRequest, pk: int, name: str) -> HttpResponse:
    return step_page(request, _get_obstacle(pk, request), name)


@require_safe
def obstacle_history(request: UserRequest, pk: int) -> HttpResponse:
    return riwayat_page(request, _get_obstacle(pk, request))
