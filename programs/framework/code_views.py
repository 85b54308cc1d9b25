"""One code with what is around it and who uses it, and the activities whose code their list does not have."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from p2emas.accounts.models import User
from p2emas.accounts.signed_in import UserRequest
from p2emas.exports.lists import LONGEST_FILE, ListFile, wanted_file
from p2emas.exports.long_lists import LongList
from p2emas.ui.filters import Filters
from p2emas.ui.forms import error_items
from p2emas.ui.paging import paginate
from p2emas.ui.sorting import Sorting
from programs.framework.code_forms import UnlistedFilterForm
from programs.framework.models import Activity
from programs.framework.opening import with_lines
from programs.nomenclature.models import CodeCrosswalk, NomenclatureEntry

COLUMNS = {
    "kode": ("code", "year"),
    "kegiatan": "name",
    "skpd": ("agency__short_name", "code"),
    "tahun": ("year", "code"),
}
HEADER = ["Tahun", "Kode SKPD", "SKPD", "Versi", "Kode", "Kegiatan", "Program", "Data contoh"]


@require_safe
def entry_detail(request: UserRequest, pk: int) -> HttpResponse:
    """The levels above and below, the activities of who asks that use the code, and what it became or came from."""
    entry = get_object_or_404(NomenclatureEntry.objects.for_user(request.user).select_related("version"), pk=pk)
    used = Activity.objects.for_user(request.user).with_code_of(entry).select_related("agency")
    activities = list(used.order_by("-year", "agency__short_name", "pk")[:100])
    with_lines(activities, "pk")
    links = CodeCrosswalk.objects.for_user(request.user).about(entry)
    context = {
        "entry": entry,
        "ancestors": entry.ancestors(),
        "children": paginate(entry.children, request.GET),
        "activities": activities,
        "became": [link for link in links if link.from_entry_id == entry.pk],
        "came_from": [link for link in links if link.to_entry_id == entry.pk],
    }
    return render(request, "programs/framework/entry_detail.html", context)


def may_see_unlisted(user: User) -> bool:
    return user.sees_everything or bool(user.staff_agency_ids)


@require_safe
def unlisted_list(request: UserRequest) -> HttpResponse:
    if not may_see_unlisted(request.user):
        raise PermissionDenied
    search, sort = _search(request.user, request.GET)
    found = search.apply()
    if wanted_file(request):
        return UNLISTED.answer(request, request.user, found.count)
    page = paginate(sort.apply(found.select_related("agency")), request.GET)
    with_lines(page, "pk")
    context = {
        "page": page,
        "sort": sort,
        "filters": Filters(search, request.GET),
        "errors": error_items(search),
    }
    return render(request, "programs/framework/unlisted_list.html", context)


def _search(user: User, query: QueryDict) -> tuple[UnlistedFilterForm, Sorting]:
    activities = Activity.objects.for_user(user)
    return UnlistedFilterForm(query, activities=activities), Sorting(query, COLUMNS, default="skpd")


def _as_file(user: User, query: QueryDict) -> ListFile:
    search, sort = _search(user, query)
    rows = (
        [a.year, a.agency.code, a.agency, a.nomenclature, a.code, a.name, a.programme_name, a.is_sample]
        for a in sort.apply(search.apply().select_related("agency"))[:LONGEST_FILE]
    )
    return ListFile("kode-belum-ada-di-daftar", "Kode kegiatan yang belum ada di daftar", HEADER, rows)


UNLISTED = LongList("kode-belum-ada", may_see_unlisted, _as_file)
