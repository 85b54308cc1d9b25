"""Reading what the treasury has paid. It comes in as a file (``/impor/baru/sp2d/``) and is not typed."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from p2emas.accounts.models import User
from p2emas.accounts.signed_in import UserRequest
from p2emas.exports.lists import LONGEST_FILE, ListColumn, ListFile, wanted_file
from p2emas.exports.long_lists import LongList
from p2emas.imports.kinds import kind_of
from p2emas.ui.filters import Filters
from p2emas.ui.forms import error_items
from p2emas.ui.paging import paginate
from p2emas.ui.sorting import Sorting
from programs.framework.opening import with_lines
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
    page = paginate(found, request.GET)
    with_lines(page, "activity_id")
    context = {
        "page": page,
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


ENTRY_COLUMNS: tuple[ListColumn, ...] = (
    ("Tanggal SP2D", lambda entry: entry.paid_on),
    ("Nomor SP2D", lambda entry: entry.sp2d_no),
    ("Tahun anggaran", lambda entry: entry.year),
    ("Kode SKPD", lambda entry: entry.agency.code),
    ("SKPD", lambda entry: entry.agency.short_name),
    ("Kode kegiatan", lambda entry: entry.activity.code),
    ("Kegiatan", lambda entry: entry.activity.name),
    ("Kode rekening", lambda entry: entry.account),
    ("Uraian", lambda entry: entry.text),
    ("Jumlah (Rp)", lambda entry: entry.amount),
    ("Pengembalian", lambda entry: entry.is_refund),
    ("Data contoh", lambda entry: entry.is_sample),
)


def _as_file(user: User, query: QueryDict) -> ListFile:
    search, sort = _search(user, query)
    entries = sort.apply(search.apply().for_table())[:LONGEST_FILE]
    return ListFile.of("sp2d", "Daftar SP2D", ENTRY_COLUMNS, entries)


ENTRIES = LongList("sp2d", may_read_entries, _as_file)
