"""The lists of codes that are known, to search in; a page of one entry is of the room that knows activities."""

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from p2emas.accounts.models import User
from p2emas.accounts.signed_in import UserRequest
from p2emas.exports.lists import LONGEST_FILE, ListFile, wanted_file
from p2emas.exports.long_lists import LongList
from p2emas.imports.kinds import kind_of
from p2emas.ui.filters import Filters
from p2emas.ui.forms import error_items
from p2emas.ui.paging import paginate
from p2emas.ui.sorting import Sorting
from programs.nomenclature.forms import EntryFilterForm
from programs.nomenclature.versions import NomenclatureVersion

COLUMNS = {"kode": "code", "nama": "name", "tingkat": ("level", "code"), "versi": ("version__position", "code")}
HEADER = ["Versi", "Tingkat", "Kode", "Nama", "Kode induk"]


@require_safe
def entry_list(request: UserRequest) -> HttpResponse:
    search, sort = _search(request.user, request.GET)
    found = search.apply()
    if wanted_file(request):
        return ENTRIES.answer(request, request.user, found.count)
    kind = kind_of("nomenklatur")
    context = {
        "page": paginate(sort.apply(found.select_related("version")), request.GET),
        "sort": sort,
        "filters": Filters(search, request.GET),
        "errors": error_items(search),
        "versions": NomenclatureVersion.objects.for_user(request.user).with_count(),
        "may_see_uses": request.user.sees_everything or bool(request.user.staff_agency_ids),
        "may_load": kind is not None and kind.may(request.user),
    }
    return render(request, "programs/nomenclature/entry_list.html", context)


def _search(user: User, query: QueryDict) -> tuple[EntryFilterForm, Sorting]:
    versions = list(NomenclatureVersion.objects.for_user(user))
    return EntryFilterForm(query, versions=versions), Sorting(query, COLUMNS, default="kode")


def _as_file(user: User, query: QueryDict) -> ListFile:
    search, sort = _search(user, query)
    entries = sort.apply(search.apply().for_user(user).select_related("version"))[:LONGEST_FILE]
    rows = ([e.version.code, e.get_level_display(), e.code, e.name, e.parent_code] for e in entries)
    return ListFile("nomenklatur", "Kode nomenklatur", HEADER, rows)


ENTRIES = LongList("nomenklatur", lambda user: user.is_authenticated, _as_file)
