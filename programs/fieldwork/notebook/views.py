"""The notebook in the field, and what it says of a village."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from districts.regions.models import Village
from p2emas import clock
from p2emas.accounts.signed_in import UserRequest
from p2emas.ui.paging import paginate
from p2emas.workflow.models import StepNotAllowed
from programs.fieldwork.notebook.forms import SaleForm
from programs.fieldwork.notebook.models import SalesEntry
from programs.fieldwork.notebook.page import (
    GroupMonth,
    groups_offered,
    groups_to_write,
    last_months,
    may_read_sales,
    sales_of,
)
from programs.fieldwork.notebook.services import receive_sale, strike_sale
from programs.fieldwork.notebook.villages import VillageSales, asked_months
from programs.fieldwork.rules import ask_field


@require_safe
def sale_list(request: UserRequest) -> HttpResponse:
    """The groups of the facilitator's villages."""
    ask_field(request.user)
    groups = groups_offered(request.user, clock.today())
    context = {"page": paginate(groups, request.GET), "tab": ""}
    return render(request, "programs/fieldwork/sale_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def sale_create(request: UserRequest, pk: int) -> HttpResponse:
    """One line for the notebook of a group, also of one that has ended since; below it what the month has so far."""
    group = get_object_or_404(groups_to_write(request.user, clock.today()), pk=pk)
    last = SalesEntry.objects.of_author(request.user).last_of(group)
    data = request.POST if request.method == "POST" else None
    form = SaleForm(data, group=group, today=clock.today(), last=last)
    if form.is_valid() and _received(form, request):
        return redirect("fieldwork:sale-create", group.pk)
    context = {"form": form, "shown": GroupMonth(group, clock.today()), "tab": ""}
    return render(request, "programs/fieldwork/sale_create.html", context)


def _received(form: SaleForm, request: UserRequest) -> bool:
    try:
        receipt = receive_sale(
            by=request.user,
            token=form.cleaned_data["token"],
            group=form.group,
            day=form.counts_on,
            values=form.values(),
        )
    except StepNotAllowed as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, f"Penjualan tersimpan, nomor {receipt.number}, kode {receipt.shown_code}.")
    return True


@require_POST
def sale_strike(request: UserRequest, pk: int) -> HttpResponse:
    entry = get_object_or_404(SalesEntry.objects.of_author(request.user), pk=pk)
    strike_sale(entry=entry)
    messages.success(request, f"Catatan {entry.number} dicoret.")
    return redirect("fieldwork:sale-create", entry.group_id)


@require_safe
def village_sales(request: UserRequest, slug: str) -> HttpResponse:
    """Sums of groups, for agencies and the people of the village; no single line of a notebook."""
    village = get_object_or_404(Village.objects.public().select_related("district"), slug=slug)
    if not may_read_sales(request.user, village, clock.today()):
        raise Http404
    months = asked_months(request.GET) or last_months(clock.today())
    context = {"village": village, "sales": VillageSales(sales_of([village.pk], months)[village.pk], months)}
    return render(request, "programs/fieldwork/village_sales.html", context)
