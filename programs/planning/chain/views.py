"""The value chain of the villages: a list with what is open, and the matrix of one village with its answers."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from districts.regions.models import Village
from p2emas import clock
from p2emas.accounts.models import Agency, User
from p2emas.accounts.signed_in import UserRequest
from p2emas.drafts.page import DraftedPage
from p2emas.exports.lists import ListFile, list_response, wanted_file
from p2emas.ui.filters import Filters
from p2emas.ui.forms import error_items
from p2emas.ui.links import with_query
from p2emas.ui.paging import paginate
from programs.planning.access import allowed, may_see_plans
from programs.planning.chain.answering import answer_findings
from programs.planning.chain.drafts import ANSWERS, part_of, version_of_answers, versions_of_answers
from programs.planning.chain.forms import AnswersForm
from programs.planning.chain.matrix import LINKS, VillageChain, is_open_to, village_chains
from programs.planning.chain.page import ChainPage
from programs.planning.chain.reads import (
    answering_agency,
    own_draft,
    targets_of_year,
    village_chain,
    villages_with_keys,
)
from programs.planning.chain.years import ChainYearForm, planned_years
from programs.planning.models import PlanLine, WorkPlan


@require_safe
@allowed(may_see_plans)
def chain_list(request: UserRequest) -> HttpResponse:
    search, year = _year(request.GET)
    targets = targets_of_year(year)
    page = paginate(villages_with_keys(targets), request.GET)
    chains = village_chains(year, list(page.rows), targets)
    context = {
        "page": page,
        "rows": [chains[village.pk] for village in page.rows],
        "year": year,
        "filters": Filters(search, request.GET),
        "errors": error_items(search),
    }
    return render(request, "programs/planning/chain_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(may_see_plans)
def chain(request: UserRequest, slug: str) -> HttpResponse:
    village = get_object_or_404(Village.objects.select_related("district"), slug=slug)
    search, year = _year(request.GET)
    agency = answering_agency(request.user)
    drafts = _drafts(agency, village, year, request)
    if request.method == "POST":
        if agency is None or drafts is None:
            raise PermissionDenied
        form, saved = answer_findings(village=village, year=year, agency=agency, data=request.POST, by=request.user)
        if not form.errors:
            drafts.was_saved()
            messages.success(request, f"{saved} jawaban disimpan." if saved else "Tidak ada yang berubah.")
            return redirect(_without_draft(request.path, request.GET))
        drafts.keep_typed(version=version_of_answers(agency, village, year))
    else:
        form = AnswersForm(village_chain(village, year), agency, drafts.typed if drafts else None)
    if wanted_file(request):
        return list_response(request, _as_file(form.chain, year, request.user))
    if drafts:
        drafts.offer(lambda typed: versions_of_answers(AnswersForm(form.chain, agency, typed)))
    context = {"filters": Filters(search, request.GET), "own_plan": own_draft(agency, year), "drafts": drafts}
    context |= _context(form, year, request)
    return render(request, "programs/planning/chain.html", context)


def _drafts(agency: Agency | None, village: Village, year: int, request: UserRequest) -> DraftedPage | None:
    """None for those who only read."""
    if agency is None:
        return None
    version = version_of_answers(agency, village, year)
    return DraftedPage(request, ANSWERS, agency, version, part=part_of(village, year))


def _without_draft(page: str, query: QueryDict) -> str:
    """This page without the key of a draft that fills it."""
    return f"{page}{with_query(query, isian=None)}"


def _context(form: AnswersForm, year: int, request: UserRequest) -> dict[str, Any]:
    return {
        "village": form.chain.village,
        "year": year,
        "shown": ChainPage(form.chain, year, request.user, form),
        "errors": form.errors,
        "here": _without_draft(request.path, request.GET),
    }


def _year(query) -> tuple[ChainYearForm, int]:
    years = planned_years()
    search = ChainYearForm(query, years=years)
    return search, search.chosen().get("tahun") or (years[0] if years else clock.today().year)


def _as_file(found: VillageChain, year: int, user: User) -> ListFile:
    """The lines of the matrix; of drafts of others link, agency and group, as on the page."""
    header = ["Tahun", "Kode desa", "Desa", "Mata rantai", "Kode SKPD", "SKPD", "Kelompok", "Status rencana",
              "Kegiatan", "Pagu (Rp)", "Data contoh"]  # fmt: skip
    rows = [
        _cells(line, found.village, year, word, is_open_to(user, line.plan))
        for link, word in LINKS
        for line in found.lines.get(link, [])
    ]
    return ListFile(f"rantai-nilai-{found.village.slug}-{year}", f"Rantai nilai {found.village} {year}", header, rows)


def _cells(line: PlanLine, village: Village, year: int, word: str, is_open: bool) -> list[object]:
    plan = line.plan
    state = plan.get_status_display() if is_open else WorkPlan.Status.DRAFT.label
    return [year, village.code, village, word, plan.agency.code, plan.agency, line.group, state,
            line.activity if is_open else None, line.amount if is_open else None, plan.is_sample]  # fmt: skip
