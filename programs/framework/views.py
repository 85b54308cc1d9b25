"""/renstra/: what an agency's five years promise, in one table with the year's activities that carry it out."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from p2emas.accounts.models import Agency
from p2emas.accounts.signed_in import UserRequest
from p2emas.ui.filters import Filters
from p2emas.workflow.editing import EditConflict
from p2emas.workflow.riwayat import riwayat_page
from programs.framework.renstra import RenstraActivity
from programs.framework.renstra_page import (
    RenstraFilterForm,
    RenstraTableForm,
    may_read_renstra,
    may_write_renstra,
)
from programs.framework.renstra_saving import save_renstra
from programs.framework.renstra_table import RenstraTable


@require_http_methods(["GET", "HEAD", "POST"])
def renstra(request: UserRequest) -> HttpResponse:
    if not may_read_renstra(request.user):
        raise PermissionDenied
    search = RenstraFilterForm(request.GET, user=request.user)
    if (agency := search.agency) is None:
        return render(request, "programs/framework/renstra.html", {"filters": Filters(search, request.GET)})
    may_write = may_write_renstra(request.user, agency)
    if request.method == "POST" and not may_write:
        raise PermissionDenied
    form = RenstraTableForm(RenstraTable(agency, search.year), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _saved(form, request):
        return redirect(renstra_address(agency, search.year))
    context = {"filters": Filters(search, request.GET), "table": form.table, "renstra": form}
    context |= {"may_write": may_write, "errors": form.errors}
    return render(request, "programs/framework/renstra.html", context)


def _saved(form: RenstraTableForm, request: UserRequest) -> bool:
    """False when somebody else saved first: the page then shows both versions."""
    rows, years = form.rows, form.years.cleaned_data
    try:
        linked = save_renstra(table=form.table, years=years, forms=rows, seen=form.seen, by=request.user)
    except EditConflict:
        form.show_conflict()
        return False
    messages.success(request, f"Renstra tersimpan. {linked} dari {len(rows)} kegiatan bertaut.")
    return True


def renstra_address(agency: Agency, year: int) -> str:
    return f"{reverse('framework:renstra')}?skpd={agency.code}&tahun={year}"


@require_safe
def renstra_history(request: UserRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(RenstraActivity.objects.for_user(request.user), pk=pk)
    return riwayat_page(request, found, ("targets",))
