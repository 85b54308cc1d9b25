"""Sums of a year's plans and of approved spending by the levels of their codes."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from p2emas import clock
from p2emas.accounts.signed_in import UserRequest
from p2emas.exports.lists import ListFile, list_response, wanted_file
from p2emas.ui.filters import Filters
from p2emas.ui.forms import error_items
from programs.planning.access import allowed, may_see_plans
from programs.profiles.levels.forms import LevelFilterForm
from programs.profiles.levels.sums import LevelScope, LevelSums, level_sums

HEADER = ["Versi", "Tingkat", "Kode", "Nama", "Baris rencana", "Pagu (Rp)", "Realisasi (Rp)", "Data contoh"]


@require_safe
@allowed(may_see_plans)
def level_totals(request: UserRequest) -> HttpResponse:
    search = LevelFilterForm(request.GET, today=clock.today())
    sums = level_sums(search.year, clock.today(), search.level, LevelScope(search.chosen("skpd"), search.under))
    if wanted_file(request):
        name = f"jumlah-{search.level.value.lower()}-{search.year}"
        title = f"Pagu dan realisasi menurut {search.level.label.lower()}, {search.year}"
        return list_response(request, ListFile(name, title, HEADER, _cells(sums)))
    context = {
        "sums": sums,
        "year": search.year,
        "filters": Filters(search, request.GET),
        "errors": error_items(search),
    }
    return render(request, "programs/profiles/level_totals.html", context)


def _cells(sums: LevelSums) -> list[list[object]]:
    return [
        [row.version, row.level.label, row.code, row.name, row.works, row.planned, row.spent, row.is_sample]
        for row in sums.rows
    ]
