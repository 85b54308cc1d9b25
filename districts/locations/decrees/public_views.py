"""Public lists of the map. They are here because this is the lowest room that sees all they show (docs/adr)."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from districts.locations.decrees import lists
from districts.locations.rounds.queries import DistrictListForm, VillageListForm
from p2emas import clock
from p2emas.exports.lists import ListFile, list_response, wanted_file
from p2emas.ui.filters import Filters
from p2emas.ui.paging import paginate
from p2emas.ui.sorting import Sorting


@login_not_required
@require_safe
def district_list(request: HttpRequest) -> HttpResponse:
    today, filter_form = clock.today(), DistrictListForm(request.GET)
    wanted = filter_form.wanted()
    sort = Sorting(request.GET, lists.DISTRICT_COLUMNS, default="nama")
    rows = sort.apply(lists.district_rows(**wanted))
    if wanted_file(request):
        table = lists.district_table(lists.with_decisions(rows, today))
        made = ListFile(f"kecamatan-{today:%Y%m%d}", "Daftar kecamatan", lists.DISTRICT_HEADER, table)
        return list_response(request, made)
    page = paginate(rows, request.GET)
    page.rows = lists.with_decisions(page.rows, today)
    context = {"page": page, "sort": sort, "filters": Filters(filter_form, request.GET), "today": today, **wanted}
    return render(request, "districts/locations/district_list.html", context)


@login_not_required
@require_safe
def village_list(request: HttpRequest) -> HttpResponse:
    today, filter_form = clock.today(), VillageListForm(request.GET)
    wanted = filter_form.wanted()
    sort = Sorting(request.GET, lists.VILLAGE_COLUMNS, default="nama")
    rows = sort.apply(lists.village_rows(today, **wanted))
    if wanted_file(request):
        made = ListFile(f"desa-{today:%Y%m%d}", "Daftar desa", lists.VILLAGE_HEADER, lists.village_table(rows))
        return list_response(request, made)
    page = paginate(rows, request.GET)
    page.rows = lists.with_matches(page.rows, wanted.get("cari", ""))
    context = {"page": page, "sort": sort, "filters": Filters(filter_form, request.GET), "today": today, **wanted}
    return render(request, "districts/locations/village_list.html", context)
