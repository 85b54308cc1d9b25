"""Reading what the treasury has paid. It comes in as a file (``/impor/baru/sp2d/``) and is not typed."""

from django.core.exceptions import PermissionDenied
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
from programs.treasury.import_kinds import TreasuryKind
from programs.treasury.list_forms import PaymentFilterForm, totals_of
from programs.treasury.models import TreasuryEntry

COLUMNS = {
    "tanggal": "paid_on",
    "nomor": "sp2d_no",
    "skpd": ("agency__short_name", "-paid_on"),
    "kegiatan": ("activity__code", "-paid_on"),
    "jumlah": "amount",
}


@require_safe
def payment_list(request: UserRequest) -> HttpResponse:
    if not may_read_entries(request.user):
        raise PermissionDenied
    search, sort = _search(request.user, request.GET)
    chosen = search.apply()
    found = sort.apply(chosen.for_table())
    if wanted_file(request):
        return ENTRIES.answer(request, request.user, found.count)
    kind = kind_of(TreasuryKind.code)
    context = {
        "page": paginate(found, request.GET),
        "totals": totals_of(chosen),
        "year": search.year,
        "sort": sort,
        "filters": Filters(search, request.GET),
        "errors": error_items(search),
        "many_agencies": _reads_many(request.user),
        "may_import": kind is not None and kind.may(request.user),
    }
    return render(request, "programs/treasury/payment_list.html", context)


def may_read_entries(user: User) -> bool:
    return user.sees_everything or bool(user.staff_agency_ids)


def _reads_many(user: User) -> bool:
    return user.sees_everything or len(user.staff_agency_ids) > 1


def _search(user: User, query: QueryDict) -> tuple[PaymentFilterForm, Sorting]:
    entries = TreasuryEntry.objects.for_user(user)
    search = PaymentFilterForm(query, entries=entries, many_agencies=_reads_many(user))
    return search, Sorting(query, COLUMNS, default="-tanggal")


def _as_file(user: User, query: QueryDict) -> ListFile:
    search, sort = _search(user, query)
    entries = sort.apply(search.apply().for_table())[:LONGEST_FILE]
    header = [
        "Tanggal SP2D",
        "Nomor SP2D",
        "Tahun anggaran",
        "Kode SKPD",
        "SKPD",
        "Kode kegiatan",
        "Kegiatan",
        "Kode rekening",
        "Uraian",
        "Jumlah (Rp)",
        "Pengembalian",
        "Data contoh",
    ]
    rows = (
        (
            entry.paid_on,
            entry.sp2d_no,
            entry.year,
            entry.agency.code,
            entry.agency.short_name,
            entry.activity.code,
            entry.activity.name,
            entry.account,
            entry.text,
            entry.amount,
            entry.is_refund,
            entry.is_sample,
        )
        for entry in entries
    )
    return ListFile("sp2d", "Daftar SP2D", header, rows)


ENTRIES = LongList("sp2d", may_read_entries, _as_file)
