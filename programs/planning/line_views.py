"""Plan lines: every agency's agreed ones as a list, and adding, editing, deleting those of a draft."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from p2emas import clock
from p2emas.accounts.models import User
from p2emas.accounts.signed_in import UserRequest
from p2emas.drafts.page import DraftedPage
from p2emas.exports.lists import LONGEST_FILE, ListFile, wanted_file
from p2emas.exports.long_lists import LongList
from p2emas.naming import said
from p2emas.ui.filters import Filters
from p2emas.ui.forms import error_items
from p2emas.ui.paging import paginate
from p2emas.ui.sorting import Sorting
from p2emas.workflow.editing import EditConflict
from p2emas.workflow.views import edit_conflict_page, versions_of
from programs.planning.access import allowed, for_writing, may_see_agreed_lines, may_see_plans
from programs.planning.chain.beginning import begun_line
from programs.planning.drafts import LINE
from programs.planning.editing import delete_line, save_line
from programs.planning.forms import LineFilterForm, PlanVersionForm
from programs.planning.line_forms import LineForm
from programs.planning.models import PlanLine, WorkPlan
from programs.planning.services import PlanRefused

COLUMNS = {
    "skpd": ("plan__agency__short_name", "activity__code"),
    "kegiatan": "activity__name",
    "tahun": "plan__year",
    "mulai": "start_month",
    "pagu": "amount",
}


@require_safe
@allowed(may_see_agreed_lines)
def line_list(request: UserRequest) -> HttpResponse:
    search, sort = _search(request.user, request.GET)
    found = search.apply()
    if wanted_file(request):
        return LINES.answer(request, request.user, found.count)
    context = {
        "page": paginate(sort.apply(found.for_table()), request.GET, keys_first=True),
        "sort": sort,
        "filters": Filters(search, request.GET),
        "errors": error_items(search),
        "totals": found.totals_by_year(),
        "may_see_plans": may_see_plans(request.user),
    }
    return render(request, "programs/planning/line_list.html", context)


def _search(user: User, query: QueryDict) -> tuple[LineFilterForm, Sorting]:
    lines = PlanLine.objects.for_user(user).in_force(clock.today())
    return LineFilterForm(query, lines=lines), Sorting(query, COLUMNS, default="skpd")


def _lines_as_file(user: User, query: QueryDict) -> ListFile:
    search, sort = _search(user, query)
    lines = sort.apply(search.apply().for_table())[:LONGEST_FILE]
    header = [
        "Tahun",
        "Kode SKPD",
        "SKPD",
        "Kode kegiatan",
        "Kegiatan",
        "Kode desa",
        "Desa",
        "Kecamatan",
        "Lokasi sasaran",
        "Komoditas",
        "Mata rantai",
        "Sumber dana",
        "Bulan mulai",
        "Cara pengadaan",
        "Musim",
        "Nomor usulan Musrenbang",
        "Usulan Musrenbang",
        "Volume",
        "Satuan",
        "Pagu (Rp)",
        "Alasan di luar lokasi sasaran",
        "Data contoh",
    ]
    rows = (_line_cells(line) for line in lines)
    return ListFile("baris-rencana", "Kegiatan menurut rencana yang berlaku", header, rows)


LINES = LongList("baris-rencana", may_see_agreed_lines, _lines_as_file)


def _line_cells(line: PlanLine) -> list[object]:
    village = line.village
    return [
        line.plan.year,
        line.plan.agency.code,
        line.plan.agency,
        line.activity.code,
        line.activity,
        village.code if village else None,
        village or said("Seluruh {territory}"),
        village.district if village else None,
        line.target_location_id is not None,
        line.commodity,
        line.get_chain_link_display(),
        line.get_fund_display(),
        line.month_name,
        line.procurement,
        line.season_words,
        line.proposal_no,
        line.proposal_text,
        line.volume,
        line.unit,
        line.amount,
        line.exception_reason,
        line.plan.is_sample,
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@for_writing
def line_add(request: UserRequest, plan: WorkPlan) -> HttpResponse:
    """A new line, empty or begun from an empty link of a value chain, to which it leads back."""
    line, chain = begun_line(plan, request.GET)
    drafts = DraftedPage(request, LINE, plan, 0)
    form = drafts.on(LineForm(drafts.typed, instance=line))
    form.helper.attrs["action"] = request.get_full_path() if chain else request.path
    if request.method == "POST" and form.is_valid() and _saved(form, request.user):
        drafts.was_saved()
        messages.success(request, "Baris ditambahkan.")
        if chain and "again" not in request.POST:
            return redirect(chain)
        return redirect("planning:line-add" if "again" in request.POST else "planning:plan-detail", plan.pk)
    drafts.offer()
    context = {"plan": plan, "form": form, "drafts": drafts, "chain": chain}
    return render(request, "programs/planning/line_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_writing
def line_edit(request: UserRequest, plan: WorkPlan, line: int) -> HttpResponse:
    row = _line(plan, line)
    drafts = DraftedPage(request, LINE, plan, row.version, part=row.pk)
    if drafts.is_older:
        return _conflict(plan, line, request, drafts)
    form = drafts.on(LineForm(drafts.typed, instance=row))
    if request.method == "POST":
        try:
            if form.is_valid() and _saved(form, request.user):
                drafts.was_saved()
                messages.success(request, "Baris disimpan.")
                return redirect(plan)
        except EditConflict:
            drafts.keep_typed()
            return _conflict(plan, line, request, drafts)
    drafts.offer()
    context = {"plan": plan, "form": form, "line": row, "drafts": drafts}
    return render(request, "programs/planning/line_form.html", context)


def _saved(form: LineForm, by: User) -> bool:
    try:
        save_line(
            line=form.line(),
            seen=form.cleaned_data["version"],
            targets=form.targets(),
            activity=form.new_activity(),
            by=by,
        )
    except PlanRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _line(plan: WorkPlan, pk: int) -> PlanLine:
    line = get_object_or_404(plan.lines.for_table(), pk=pk)
    line.plan = plan
    return line


def _conflict(plan: WorkPlan, pk: int, request: UserRequest, drafts: DraftedPage) -> HttpResponse:
    line = _line(plan, pk)
    mine, theirs = versions_of(LineForm(drafts.typed, instance=line))
    replace = {"version": line.version}
    return edit_conflict_page(
        request, line, mine=mine, theirs=theirs, replace=replace, parts=("targets",), typed=drafts.taken_data
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_writing
def line_delete(request: UserRequest, plan: WorkPlan, line: int) -> HttpResponse:
    row = _line(plan, line)
    form = PlanVersionForm(request.POST if request.method == "POST" else None, initial={"version": row.version})
    errors = []
    if form.is_valid():
        try:
            delete_line(line=row, seen=form.cleaned_data["version"], by=request.user)
        except (EditConflict, PlanRefused) as refusal:
            errors, row = [str(refusal)], _line(plan, line)
            form = PlanVersionForm(initial={"version": row.version})
        else:
            messages.success(request, "Baris dihapus dari rencana. Riwayat menyimpannya.")
            return redirect(plan)
    context = {"plan": plan, "line": row, "form": form, "errors": errors}
    return render(request, "programs/planning/line_delete.html", context)
