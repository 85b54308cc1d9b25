"""The public's pages: what the programme is, where the money goes, and what everybody may read about this site."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.apply.consent import in_use
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.exports.lists import ListFile, list_response, wanted_file
from p2emas.privacy.register import by_subject
from p2emas.search.help_topics import TERMS
from programs.dashboards.budget import BUDGET_HEADER, agency_budgets, budget_rows
from programs.dashboards.changes import HISTORY
from programs.dashboards.helping import HEIGHT, HELPS, WIDTH, help_of
from programs.dashboards.places import public_map
from programs.dashboards.portal import PublicHome
from programs.planning.access import may_see_agreed_lines
from programs.profiles.forms import ProfileYearForm


@login_not_required
@require_safe
def public_home(request: HttpRequest) -> HttpResponse:
    return render(request, "programs/dashboards/public_home.html", vars(PublicHome.on(clock.today())))


@login_not_required
@require_safe
def map_page(request: HttpRequest) -> HttpResponse:
    today = clock.today()
    return render(request, "programs/dashboards/map.html", {"places": public_map(today), "today": today})


@login_not_required
@require_safe
def budget(request: HttpRequest) -> HttpResponse:
    form = ProfileYearForm(request.GET, today=clock.today())
    page = agency_budgets(form.year, clock.today())
    if wanted_file(request):
        made = ListFile(f"anggaran-{form.year}", f"Anggaran program {form.year}", BUDGET_HEADER, budget_rows(page))
        return list_response(request, made)
    reads_lines = isinstance(request.user, User) and may_see_agreed_lines(request.user)
    context = {"budget": page, "year_form": form, "year": form.year, "reads_lines": reads_lines}
    return render(request, "programs/dashboards/budget.html", context)


@login_not_required
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "programs/dashboards/help.html",
        {
            "terms": TERMS,
            "helps": HELPS,
            "chosen": help_of(request.user, request.GET),
            "width": WIDTH,
            "height": HEIGHT,
        },
    )


@login_not_required
@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    return render(request, "programs/dashboards/changes.html", {"versions": HISTORY})


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "programs/dashboards/accessibility.html")


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    context = {
        "handled": by_subject(),
        "backup_days": settings.BACKUP_DAYS,
        "consents": in_use(Application.objects.agreed_versions()),
    }
    return render(request, "programs/dashboards/privacy.html", context)
