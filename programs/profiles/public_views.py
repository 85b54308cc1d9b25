"""Public pages: a village, its kecamatan, a decree, and what a village's place in the programme rests on."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from districts.locations.decision.papers import decree_text
from districts.regions.models import District, Village
from facilitators.recruitment.result.papers import with_appointments
from p2emas import clock
from p2emas.documents.models import Decree
from p2emas.documents.templates import paper_answer
from p2emas.exports.lists import list_response
from p2emas.ui.filters import Filters
from p2emas.ui.paging import paginate
from programs.aid.survival_page import with_aid
from programs.planning.models import PlanLine
from programs.profiles.activity_page import ActivityPage, readable_lines
from programs.profiles.basis import basis_of
from programs.profiles.decision_basis import chosen_village, competency_basis
from programs.profiles.decrees import DecreePage
from programs.profiles.district_page import DistrictPage
from programs.profiles.exports import works_file
from programs.profiles.forms import DayForm, DecreeListForm, ProfileYearForm
from programs.profiles.samples import any_sample
from programs.profiles.village_page import VillagePage
from programs.profiles.works import total_of, works_of
from programs.reporting.reopening.public import under_correction


@login_not_required
@require_safe
def village_detail(request: HttpRequest, slug: str) -> HttpResponse:
    village = get_object_or_404(with_aid(Village.objects.public().select_related("district")), slug=slug)
    today = clock.today()
    form = ProfileYearForm(request.GET, today=today)
    all_groups = request.GET.get("kelompok") == "semua"
    page = VillagePage.of(village, year=form.year, on=today, user=request.user, all_groups=all_groups)
    return render(request, "programs/profiles/village.html", vars(page) | {"year_form": form, "year": form.year})


@login_not_required
@require_safe
def village_csv(request: HttpRequest, slug: str) -> HttpResponse:
    village = get_object_or_404(Village.objects.public(), slug=slug)
    form = ProfileYearForm(request.GET, today=clock.today())
    works = works_of(PlanLine.objects.in_village(village.pk), year=form.year, on=clock.today())
    title = f"Kegiatan di {village} {form.year}"
    made = works_file(works, f"{village.slug}-{form.year}", title, village_code=village.code)
    return list_response(request, made)


@login_not_required
@require_safe
def village_basis(request: HttpRequest, slug: str) -> HttpResponse:
    village = get_object_or_404(Village.objects.public().select_related("district"), slug=slug)
    today = clock.today()
    works = works_of(PlanLine.objects.in_village(village.pk), year=today.year, on=today)
    basis = basis_of(village, today)
    choice, panel = chosen_village(basis.location), competency_basis(basis.determination)
    context = {
        "village": village,
        "basis": basis,
        "choice": choice,
        "panel": panel,
        "has_sample": any_sample([basis], works, [choice] if choice else []) or bool(panel and panel.has_sample),
        "works": works,
        "total": total_of(works),
        "corrections": under_correction(today.year, {work.line.plan.agency_id for work in works}),
        "today": today,
        "year": today.year,
    }
    return render(request, "programs/profiles/village_basis.html", context)


@login_not_required
@require_safe
def activity_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One piece of work, by its line in any version of the plan."""
    line = get_object_or_404(readable_lines(request.user).select_related("plan"), pk=pk)
    shown = ActivityPage(line, request.user)
    context = {"shown": shown, "line": shown.current, "today": clock.today()}
    return render(request, "programs/profiles/activity.html", context)


@login_not_required
@require_safe
def district_detail(request: HttpRequest, code: str) -> HttpResponse:
    district = get_object_or_404(District, code=code)
    today = clock.today()
    form = ProfileYearForm(request.GET, today=today)
    page = DistrictPage.of(district, year=form.year, on=today, user=request.user, query=request.GET)
    return render(request, "programs/profiles/district.html", vars(page) | {"year_form": form, "year": form.year})


@login_not_required
@require_safe
def decree_list(request: HttpRequest) -> HttpResponse:
    form = DecreeListForm(request.GET, user=request.user)
    rows = form.narrow(Decree.objects.for_user(request.user).select_related("amends"))
    context = {"page": paginate(rows, request.GET), "filters": Filters(form, request.GET), "day": form.chosen}
    context["may_draft"] = Decree.may_attach(request.user)
    return render(request, "programs/profiles/decree_list.html", context)


@login_not_required
@require_safe
def decree_detail(request: HttpRequest, pk: int) -> HttpResponse:
    decree = get_object_or_404(Decree.objects.for_user(request.user).select_related("amends"), pk=pk)
    form = DayForm(request.GET)
    day = form.day(clock.today())
    page = DecreePage.of(decree, day=day, user=request.user)
    return render(request, "programs/profiles/decree.html", vars(page) | {"day_form": form, "day": day})


@login_not_required
@require_safe
def decree_paper(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The text with its annexes, made of the record; the signed scan is another file."""
    decree = get_object_or_404(Decree.objects.for_user(request.user).with_text(), pk=pk)
    text = with_appointments(decree_text(decree), decree, request.user)
    return paper_answer(text, form, str(decree))
