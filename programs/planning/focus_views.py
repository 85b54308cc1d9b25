"""Is the money of a year focused? Every agency's share, the spread over villages, the exceptions with their reason."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from p2emas import clock
from p2emas.accounts.models import Agency
from p2emas.accounts.signed_in import UserRequest
from p2emas.exports.lists import ListFile, list_response, wanted_file
from p2emas.ui.filters import Filters
from p2emas.ui.forms import error_items
from programs.planning.access import allowed, may_see_plans
from programs.planning.forms import YearFilterForm, set_years
from programs.planning.measures import Focus, focus_by_agency
from programs.planning.spread import exceptions, spread_of_years

SHOWN_EXCEPTIONS = 50


@require_safe
@allowed(may_see_plans)
def focus(request: UserRequest) -> HttpResponse:
    years = set_years()
    search = YearFilterForm(request.GET, years=years)
    on = clock.today()
    year = search.chosen().get("tahun") or next((y for y in years if y <= on.year), on.year)
    day = min(on, on.replace(year=year, month=12, day=31)) if year <= on.year else on
    by_agency = focus_by_agency(year, on=day)
    agencies = Agency.objects.in_bulk(by_agency)
    rows = sorted(((agencies[pk], found) for pk, found in by_agency.items()), key=_least_focused_first)
    if wanted_file(request):
        return list_response(request, _as_file(year, day, rows))
    context = {
        "year": year,
        "day": day,
        "rows": rows,
        "total": sum(by_agency.values(), Focus()),
        "spreads": spread_of_years([y for y in reversed(years) if year - 3 < y <= year], on=on),
        "exceptions": exceptions(year, on=day)[:SHOWN_EXCEPTIONS],
        "filters": Filters(search, request.GET),
        "errors": error_items(search),
    }
    return render(request, "programs/planning/focus.html", context)


def _least_focused_first(row: tuple[Agency, Focus]) -> tuple:
    agency, found = row
    return (found.share is None, found.share or 0, agency.short_name)


def _as_file(year: int, day: date, rows) -> ListFile:
    header = [
        "Tahun",
        "Kode SKPD",
        "SKPD",
        "Pagu (Rp)",
        "Di lokasi sasaran (Rp)",
        "Pada kompetensi inti (Rp)",
        "Keduanya (Rp)",
        "Bagian keduanya (0-1)",
        "Uang desa di luar pagu (Rp)",
        "Data contoh",
    ]
    cells = (
        (
            year,
            agency.code,
            agency,
            f.total,
            f.place,
            f.competency,
            f.both,
            f.share,
            f.village_money,
            f.sample_lines > 0,
        )
        for agency, f in rows
    )
    return ListFile(f"fokus-{year}", f"Keterpaduan belanja {year}", header, cells, as_of=day)
