"""Reading obstacles: the list by age and owner, and the page of one."""

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

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
from p2emas.workflow.views import riwayat_page
from programs.obstacles.list_forms import ObstacleFilterForm
from programs.obstacles.models import Obstacle
from programs.obstacles.page import ObstaclePage, headline, obstacle_rows, open_duties
from programs.obstacles.raising import may_raise

COLUMNS = {
    "dilaporkan": "created_at",
    "pelapor": "raised_by__short_name",
    "penjawab": "responsible__short_name",
    "batas-waktu": "due_on",
    "keadaan": "status",
}
HEADER = [
    *("Kendala", "Jenis", "Kode desa", "Desa", "Kecamatan", "Pelapor", "Penanggung jawab", "Batas waktu"),
    *("Keadaan", "Lewat (hari kerja)", "Dilaporkan", "Hari", "Data contoh"),
]


@require_safe
def obstacle_list(request: UserRequest) -> HttpResponse:
    search, sort = _search(request.user, request.GET)
    found = sort.apply(search.apply().for_table())
    if wanted_file(request):
        return OBSTACLES.answer(request, request.user, found.count)
    page = paginate(found, request.GET)
    context = {
        "page": page,
        "rows": obstacle_rows(page.rows, clock.today()),
        "headline": headline(search.obstacles, clock.today()),
        "owners": search.obstacles.by_owner(clock.today()) if search.is_open_only else (),
        "unrouted": search.obstacles.to_route().order_by().count() if search.is_open_only else 0,
        "duties": open_duties(request.user, clock.today()) if search.is_open_only else (),
        "sort": sort,
        "filters": Filters(search, request.GET),
        "errors": error_items(search),
        "today": clock.today(),
        "may_raise": may_raise(request.user),
    }
    return render(request, "programs/obstacles/obstacle_list.html", context)


def _search(user: User, query: QueryDict) -> tuple[ObstacleFilterForm, Sorting]:
    search = ObstacleFilterForm(query, user=user, today=clock.today())
    return search, Sorting(query, COLUMNS, default="dilaporkan")


def _as_file(user: User, query: QueryDict) -> ListFile:
    search, sort = _search(user, query)
    rows = obstacle_rows(list(sort.apply(search.apply().for_table())[:LONGEST_FILE]), clock.today())
    cells = (
        (
            row.obstacle.text,
            row.obstacle.get_kind_display(),
            row.obstacle.village.code if row.obstacle.village else None,
            row.obstacle.village,
            row.obstacle.village.district if row.obstacle.village else None,
            row.obstacle.raised_by_words,
            row.obstacle.responsible,
            row.obstacle.due_on,
            row.obstacle.get_status_display(),
            row.late or None,
            row.obstacle.created_at.date(),
            row.days,
            row.obstacle.is_sample,
        )
        for row in rows
    )
    return ListFile("kendala", "Daftar kendala", HEADER, cells)


OBSTACLES = LongList("kendala", lambda user: True, _as_file)


def get_obstacle(pk: int, request: UserRequest) -> Obstacle:
    return get_object_or_404(Obstacle.objects.for_user(request.user).for_page(), pk=pk)


@require_safe
def obstacle_detail(request: UserRequest, pk: int) -> HttpResponse:
    obstacle = get_obstacle(pk, request)
    context = {
        "obstacle": obstacle,
        "shown": ObstaclePage(obstacle, request.user, clock.today()),
        "history": timeline(obstacle, limit=20)[:8],
    }
    return render(request, "programs/obstacles/obstacle_detail.html", context)


@require_safe
def obstacle_history(request: UserRequest, pk: int) -> HttpResponse:
    return riwayat_page(request, get_obstacle(pk, request))
