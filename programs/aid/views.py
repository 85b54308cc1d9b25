"""Packages: the list, the page of one, what is left item by item, and the forms of packages and checks."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from p2emas import clock
from p2emas.accounts.models import User
from p2emas.accounts.signed_in import UserRequest
from p2emas.exports.lists import LONGEST_FILE, ListColumn, ListFile, wanted_file
from p2emas.exports.long_lists import LongList
from p2emas.ui.filters import Filters
from p2emas.ui.forms import error_items
from p2emas.ui.paging import paginate
from p2emas.ui.sorting import Sorting
from p2emas.workflow.editing import EditConflict
from p2emas.workflow.riwayat import short_timeline
from p2emas.workflow.views import riwayat_page
from programs.aid.forms import AidCheckForm, PackageForm
from programs.aid.list_forms import PackageFilterForm, SurvivalFilterForm
from programs.aid.models import AidPackage, may_keep_packages, window_of
from programs.aid.page import PackagePage, PackageRow, package_rows, packages_headline
from programs.aid.services import CountRefused, record_check, save_package
from programs.aid.survival_page import item_blocks
from programs.planning.models import PlanLine

COLUMNS = {
    "barang": "item",
    "kelompok": ("group__village__name", "group__name"),
    "skpd": "plan_line__plan__agency__short_name",
    "jumlah": "quantity",
    "diserahkan": "handed_on",
}
PARTS = ("checks",)


@require_safe
def package_list(request: UserRequest) -> HttpResponse:
    search, sort = _search(request.user, request.GET)
    found = sort.apply(search.apply().for_table().with_checks())
    if wanted_file(request):
        return PACKAGES.answer(request, request.user, found.count)
    page = paginate(found, request.GET)
    context = {
        "page": page,
        "rows": package_rows(page.rows, clock.today()),
        "headline": packages_headline(search.packages, clock.today()),
        "sort": sort,
        "filters": Filters(search, request.GET),
        "errors": error_items(search),
        "today": clock.today(),
    }
    return render(request, "programs/aid/package_list.html", context)


def _search(user: User, query: QueryDict) -> tuple[PackageFilterForm, Sorting]:
    search = PackageFilterForm(query, user=user, today=clock.today())
    return search, Sorting(query, COLUMNS, default="-diserahkan")


PACKAGE_COLUMNS: tuple[ListColumn, ...] = (
    ("Barang", lambda row: row.package.item),
    ("Jumlah", lambda row: row.package.quantity),
    ("Satuan", lambda row: row.package.unit),
    ("Nilai (Rp)", lambda row: row.package.value),
    ("Habis dipakai", lambda row: row.package.consumable),
    ("Kelompok", lambda row: row.package.group),
    ("Kode desa", lambda row: row.package.village.code),
    ("Desa", lambda row: row.package.village),
    ("Kecamatan", lambda row: row.package.village.district),
    ("Kode SKPD", lambda row: row.package.agency.code),
    ("SKPD", lambda row: row.package.agency.short_name),
    ("Kode kegiatan", lambda row: row.package.plan_line.activity.code),
    ("Kegiatan", lambda row: row.package.plan_line.activity),
    ("Tahun rencana", lambda row: row.package.plan_line.plan.year),
    ("Nomor proposal", lambda row: row.package.proposal_no),
    ("Tanggal proposal", lambda row: row.package.proposal_on),
    ("Nomor SK penerima", lambda row: row.package.recipient_decree_no),
    ("Tanggal SK penerima", lambda row: row.package.recipient_decree_on),
    ("Nomor NPHD", lambda row: row.package.grant_no),
    ("Tanggal NPHD", lambda row: row.package.grant_on),
    ("Nomor BAST", lambda row: row.package.handover_no),
    ("Tanggal BAST", lambda row: row.package.handed_on),
    ("6 bulan", lambda row: _left(row, 0)),
    ("12 bulan", lambda row: _left(row, 1)),
    ("24 bulan", lambda row: _left(row, 2)),
    ("Berikutnya", lambda row: row.next_words),
    ("Data contoh", lambda row: row.package.is_sample),
)


def _left(row: PackageRow, place: int) -> object:
    """The number, or the word that says why there is none."""
    check = row.cells[place].check
    if check is not None and check.left is not None:
        return check.left
    words = row.cells[place].words
    return None if words == "–" else words


def _as_file(user: User, query: QueryDict) -> ListFile:
    search, sort = _search(user, query)
    found = sort.apply(search.apply().for_table().with_checks())[:LONGEST_FILE]
    rows = package_rows(list(found), clock.today())
    return ListFile.of("paket-bantuan", "Daftar paket bantuan", PACKAGE_COLUMNS, rows)


PACKAGES = LongList("paket-bantuan", lambda user: True, _as_file)


@require_safe
def package_survival(request: UserRequest) -> HttpResponse:
    """What is left at 6, 12 and 24 months, per item and agency."""
    search = SurvivalFilterForm(request.GET, user=request.user, today=clock.today())
    context = {
        "blocks": item_blocks(search.narrowed(), clock.today()),
        "filters": Filters(search, request.GET),
        "errors": error_items(search),
        "today": clock.today(),
    }
    return render(request, "programs/aid/package_survival.html", context)


def get_package(pk: int, request: UserRequest) -> AidPackage:
    return get_object_or_404(AidPackage.objects.for_user(request.user).for_table().with_checks(), pk=pk)


@require_safe
def package_detail(request: UserRequest, pk: int) -> HttpResponse:
    package = get_package(pk, request)
    context = {
        "package": package,
        "shown": PackagePage(package, request.user, clock.today()),
        "history": short_timeline(package, parts=PARTS, limit=20)[:6],
    }
    return render(request, "programs/aid/package_detail.html", context)


@require_safe
def package_history(request: UserRequest, pk: int) -> HttpResponse:
    return riwayat_page(request, get_package(pk, request), parts=PARTS)


@require_http_methods(["GET", "HEAD", "POST"])
def package_create(request: UserRequest, line: int) -> HttpResponse:
    """A package of one agreed line of a plan; what the plan says is filled in."""
    lines = PlanLine.objects.for_user(request.user).agreed().for_table()
    found = get_object_or_404(lines, pk=line)
    if not may_keep_packages(request.user, found.plan.agency_id):
        raise PermissionDenied
    return _package_form(AidPackage(plan_line=found, is_sample=found.plan.is_sample), request)


@require_http_methods(["GET", "HEAD", "POST"])
def package_edit(request: UserRequest, pk: int) -> HttpResponse:
    package = get_package(pk, request)
    if not package.may_edit(request.user):
        raise PermissionDenied
    return _package_form(package, request)


def _package_form(package: AidPackage, request: UserRequest) -> HttpResponse:
    is_new = package.pk is None
    form = PackageForm(request.POST if request.method == "POST" else None, package=package)
    if form.is_valid():
        try:
            save_package(package=form.save(commit=False), by=request.user, seen=form.cleaned_data["seen"])
        except CountRefused as refusal:
            form.add_error(refusal.field, str(refusal))
        except EditConflict as conflict:
            form.add_error(None, f"{conflict} Buka lagi halaman ini, lalu ulangi.")
        else:
            messages.success(request, "Paket tersimpan." if is_new else "Perubahan tersimpan.")
            return redirect(package)
    context = {"form": form, "package": package, "line": package.plan_line, "is_new": is_new}
    return render(request, "programs/aid/package_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def check_record(request: UserRequest, pk: int, month: int) -> HttpResponse:
    package = get_package(pk, request)
    window = window_of(package, month) if month in dict(AidCheckForm.MONTHS) else None
    if window is None:
        raise Http404
    if not package.may_check(request.user):
        raise PermissionDenied
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = AidCheckForm(*data, package=package, month=month, checks={each.month: each for each in package.checks.all()})
    if form.is_valid() and _recorded(form, request.user):
        messages.success(request, f"Pemeriksaan bulan ke-{month} tersimpan.")
        return redirect(package)
    context = {"form": form, "package": package, "month": month, "due": package.due_on(month), "window": window}
    return render(request, "programs/aid/check_form.html", context)


def _recorded(form: AidCheckForm, by: User) -> bool:
    try:
        record_check(
            package=form.package,
            found=form.finding,
            photos=[photo for photo in form.cleaned_data["photos"] if photo],
            by=by,
            seen=form.cleaned_data["seen"],
        )
    except CountRefused as refusal:
        form.add_error(refusal.field, str(refusal))
    except EditConflict:
        form.add_error(None, "Orang lain mencatat pemeriksaan ini lebih dahulu. Buka lagi halamannya, lalu periksa.")
    except ValidationError as refusal:  # a photo that is refused after all
        form.add_error("photos", refusal)
    else:
        return True
    return False
